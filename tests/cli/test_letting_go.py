"""What a run keeps of a file that it is done with."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import pytest

from harness import write
from mkt_lint._documents.markup import Element, Markup
from mkt_lint._source import Source
from mkt_lint.cli import app

MAIL = """\
<html><body><h1>Our newsletter: 20% off</h1>{% include "footer.html" %}<table><tr><td>
<a href="#">Unsubscribe</a></td></tr></table><form><input type="password" minlength="6"></form></body></html>
"""
MESSAGE = """\
From: shop@acme.fr
Subject: Our newsletter
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html

<p>20% off</p><a href="#">Unsubscribe</a>
--x
Content-Type: text/html

<p>20% off</p>
--x--
"""


def test_neither_bytes_nor_elements_are_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"mail.html": MAIL, "footer.html": "<p><i>ACME, 1 rue du Bois, Paris</i></p>", "sent.eml": MESSAGE})
    monkeypatch.chdir(project)
    sources: list[Source] = []
    markups: list[weakref.ref[Markup]] = []
    elements = 0

    def made(self: Markup, *arguments: Any) -> None:
        nonlocal elements
        markup_init(self, *arguments)
        markups.append(weakref.ref(self))
        elements += sum(isinstance(element, Element) for element in self.elements)

    def found(self: Source, *arguments: Any) -> None:
        source_init(self, *arguments)
        sources.append(self)

    markup_init, source_init = Markup.__init__, Source.__init__
    monkeypatch.setattr(Markup, "__init__", made)
    monkeypatch.setattr(Source, "__init__", found)
    for name in ("enable", "freeze", "set_threshold"):  # so that nothing but counts of references frees anything
        monkeypatch.setattr(gc, name, lambda *_: None)
    gc.disable()
    try:
        with pytest.raises(SystemExit) as ended:
            app(["check", "--isolated", "-j", "1"])
        alive = sum(markup() is not None for markup in markups)
    finally:
        monkeypatch.undo()
        gc.enable()
    assert ended.value.code == 1
    assert "3 files:" in capsys.readouterr().out
    assert (len(markups), elements, alive) == (5, 16, 0)
    assert sorted(source.path for source in sources) == ["footer.html", "mail.html", "sent.eml"]
    assert not any({"head", "data"} & vars(source).keys() for source in sources)
