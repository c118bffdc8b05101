"""Fuzzing of the readers of templates and of the rules for them, led by what code is reached; run by hand.

    pip install atheris
    cd tests && python -m templates.fuzz -max_total_time=600 [FOLDER FOR WHAT IS FOUND] [FOLDER OF SEEDS]

The first byte of an input decides whether the rest is a message or a page.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # no dependency: it has no wheels for all platforms

with atheris.instrument_imports(include=["mkt_lint", "mkt_lint_email"]):
    from mkt_lint._readers.template.eml import EmlReader
    from mkt_lint._readers.template.html import HtmlReader
    from templates.test_any_input import lint

    with tempfile.TemporaryDirectory() as first:  # modules are instrumented when they are first needed
        lint(EmlReader(), "mail.eml", b"Subject: x\nContent-Type: text/html\n\n<html><body><a href='#'>x", Path(first))


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "a.html").write_text("<body>{% block a %}<a href='#'>x</a>{% endblock %}</body>", encoding="utf-8")

        def once(data: bytes) -> None:
            if data[:1] < b"\x80":
                lint(HtmlReader(), "mail.html", data[1:], folder)
            else:
                lint(EmlReader(), "mail.eml", data[1:], folder)

        atheris.Setup(sys.argv, once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
