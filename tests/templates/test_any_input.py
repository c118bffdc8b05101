"""Whatever a file holds, it is read, and every rule for templates says something or nothing of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkt_lint import _plugins
from mkt_lint._config.model import FileConfig, TemplatesConfig
from mkt_lint._documents.template import Purpose, Template
from mkt_lint._model import Kind
from mkt_lint._outcomes import check
from mkt_lint._readers.template.eml import EmlReader
from mkt_lint._readers.template.html import HtmlReader
from mkt_lint._rule import TemplateRule
from mkt_lint._rules import Rules
from mkt_lint._source import ReadContext, Reader, Source

JURISDICTIONS = ("FR", "DE", "IT", "GB", "US", "CA", "bulk-senders")
PIECES = st.sampled_from([
    "<html>", "<body>", "<a href='", "#", "'>", "unsubscribe", "</a>", "<!--", "-->", "<!--[if mso]>", "<![endif]-->",
    "{{", "}}", "{% ", " %}", "{{ unsubscribe_url }}", "{% block a %}", "{% endblock %}", "{% extends 'a.html' %}",
    "{% include 'b.html' %}", "{{ define \"x\" }}", "{{ end }}", "{{ template \"x\" }}", "*|UNSUB|*", "*|UNSUBX|*",
    "<style>", "</style>", "a{display:none}", " style='display:none;color:#fff'", "<form>",
    "<input type=checkbox checked", " name=newsletter>",
    "<img width=1 height=1 src='https://t.fr/open?e={{ email }}'>", "<mjml>",
    "<mj-include path='",
    "Sale 20% off", "\x00", "\ufeff", "\r", "\n", "é𝄞", "&#xe9;", "&", "<x-y/>", "<title/>", "<", ">", "\"", "=",
    "mkt-lint: ignore[EML101] x", "@include('", "<?php include 'x'; ?>", "%%=ContentBlockByKey('a')=%%", "©",
    "---\nlayout: a\nsubject: b\n---\n", "{include file='b.html'}", "<%include file='b.html'/>", "\u0130",
])  # fmt: skip
MESSAGE = st.sampled_from([
    "Subject: Re: 20% off", "Content-Type: multipart/mixed; boundary=b", "Content-Type: text/html; charset=x",
    "Content-Type: text/plain", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "",
    "List-Unsubscribe: <https://a.fr>", "List-Unsubscribe-Post: x", "DKIM-Signature: h=a:b", "Received: x",
    "--b", "--b--",
    "<html><body><a href=#>unsubscribe</a>", "=3D=", "PGh0bWw+", " folded",
    "Subject: =?utf-8?b?w6k=?=", "\xff:", ":",
])  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "a.html").write_text("<body>{% block a %}<a href='#'>x</a>{% endblock %}</body>", encoding="utf-8")
    (folder / "b.html").write_text("{% include 'mail.html' %}{% include 'b.html' %}", encoding="utf-8")
    (folder / "c.html").write_text('{{ define "x" }}<p>{{ end }}', encoding="utf-8")
    return folder


@cache
def loaded() -> _plugins.Host:
    return _plugins.load()


def lint(reader: Reader, name: str, data: bytes, folder: Path) -> int:
    """Read a file and apply all rules to it; how many templates it has."""
    host = loaded()
    file = folder / name
    file.write_bytes(data)
    config = FileConfig(
        None, folder, name, preview=True, jurisdictions=JURISDICTIONS,  # type: ignore[arg-type]  # literals
        templates=TemplatesConfig(first_touch=("*",)),
    )  # fmt: skip
    context = ReadContext(config, date(2026, 11, 21), lambda: host.platforms, lambda: host.vocabulary)
    rules = [rule for rule in Rules(host).enabled(config, Kind.TEMPLATE) if isinstance(rule, TemplateRule)]
    assert rules
    found = [document for document in reader.read(Source(name, file), context) if isinstance(document, Template)]
    for template in found:
        assert template.purpose in Purpose
        assert template.purpose_reason
        for element in template.elements:
            assert template.snippet(element.span)[:1] == "<" or "@" in template.snippet(element.span)
            for attribute in element.attributes.values():
                assert template.text[attribute.start : attribute.end] == attribute.value
        assert all(template.snippet(text.span) == text.text or "@" in text.text for text in template.texts)
        for rule in rules:
            for verdict in rule.check(template):
                check(template, rule, verdict)
            assert all(landmark.span for landmark in rule.landmarks(template))
    return len(found)


few = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_any_bytes(folder: Path, data: bytes) -> None:
    assert lint(HtmlReader(), "mail.html", data, folder) <= 1


@few
@given(st.lists(PIECES, max_size=30).map("".join))
def test_pieces_of_templates(folder: Path, text: str) -> None:
    assert lint(HtmlReader(), "mail.html", text.encode(), folder) <= 1


@few
@given(st.lists(MESSAGE, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_pieces_of_messages(folder: Path, lines: list[str], line_end: str) -> None:
    data = line_end.join(["Subject: x", *lines]).encode("latin-1", "replace")
    assert lint(EmlReader(), "mail.eml", data, folder) <= len(lines) + 1


@few
@given(st.binary(max_size=200))
def test_any_bytes_of_a_message(folder: Path, data: bytes) -> None:
    assert lint(EmlReader(), "mail.eml", b"Content-Type: text/html\n" + data, folder) <= 2
