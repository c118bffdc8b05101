"""The HTML part of a message, at its place."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint._config.model import FileConfig, TemplatesConfig
from mkt_lint._documents.message import PlainText
from mkt_lint._documents.template import Purpose, Template
from mkt_lint._facts import Vocabulary
from mkt_lint._model import Span
from mkt_lint._readers.template.eml import EmlReader, _BrokenError, _parts
from mkt_lint._source import ReadContext, Source, Unreadable

Read = Callable[..., Any]
HEAD = "From: a@acme.fr\r\nSubject: Offers =?utf-8?q?=C3=A9t=C3=A9?=\r\n of the week\r\nMIME-Version: 1.0\r\n"


def test_a_part_that_is_there_as_it_is_keeps_the_places_of_the_file(read: Read) -> None:
    message = HEAD + (
        'Content-Type: multipart/mixed; boundary="o"\r\n\r\npreamble <a>\r\n--o\r\n'
        "Content-Type: multipart/alternative;\r\n boundary=i\r\n\r\n--i\r\nContent-Type: text/plain\r\n\r\n<b>\r\n"
        "--i\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<p>\xe9</p> <a>x</a>\r\n--i--\r\n--o\r\nContent-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n"
        "<i>\r\n--o--\r\n"
    )
    template = read(message.encode("latin-1"), "mail.eml")
    assert [(element.tag, element.span) for element in template.elements] == [
        ("p", Span(20, 1, 20, 4)),
        ("a", Span(20, 10, 20, 13)),
    ]
    assert (template.part, template.encoding) == (None, "cp1252")
    assert template.visible_text == "é x"
    assert template.plain_text == PlainText("<b>", 1)


def test_header_fields_have_places(read: Read) -> None:
    template = read(HEAD + "List-Unsubscribe : <https://a.fr/u>\r\nContent-Type: text/html\r\n\r\n<p>", "mail.eml")
    assert [(field.name, field.value, field.span) for field in template.header_fields[:2]] == [
        ("from", "a@acme.fr", Span(1, 1, 1, 16)),
        ("subject", "Offers été of the week", Span(2, 1, 3, 13)),
    ]
    assert template.headers["list-unsubscribe"] == "<https://a.fr/u>"
    assert template.snippet(template.header_fields[3].span) == "List-Unsubscribe : <https://a.fr/u>"


def test_of_fields_with_one_name_the_first_is_told(read: Read) -> None:
    template = read("Subject: a\nSubject: b\nX: =?no-such?q?a?=\nContent-Type: text/html\n\n<p>", "mail.eml")
    assert template.headers["subject"] == "a"
    assert [field.value for field in template.header_fields][:3] == ["a", "b", "=?no-such?q?a?="]


def test_fields_of_an_encoded_part_have_no_place_in_its_text(read: Read) -> None:
    text = HEAD + "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=41</p>"
    template = read(text, "mail.eml")
    assert (template.headers["from"], template.header_fields[0].span) == ("a@acme.fr", None)
    assert template.visible_text == "A"


def test_the_first_html_part_speaks_for_the_message(tmp_path: Path) -> None:
    message = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<html><p>one</p></html>\n"
        "--b\nContent-Type: text/html\n\n<html><p>two</p></html>\n--b\n"
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!\n--b--\n"
    )
    config = FileConfig(None, tmp_path, "mail.eml", templates=TemplatesConfig(marketing=("*",)))
    context = ReadContext(config, date(2026, 11, 21), lambda: (), Vocabulary)
    first, second = EmlReader().read(Source("mail.eml", None, message.encode()), context)
    assert isinstance(first, Template) and isinstance(second, Template)  # noqa: PT018  # both are needed
    assert [part.visible_text for part in first.all_parts()] == ["one", "two"]
    assert [part.visible_text for part in second.all_parts()] == ["two"]
    assert (first.purpose, second.purpose) == (Purpose.MARKETING, Purpose.PARTIAL)
    assert [template.elements[1].span.line for template in (first, second)] == [6, 10]
    assert first.plain_text is None


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
def test_an_encoded_part_has_places_of_its_own(read: Read, transfer: str) -> None:
    encoded = {
        "base64": base64.encodebytes("<p>é</p>\n<a>x</a>".encode()),
        "quoted-printable": b"<p>=C3=A9</p>\n<a>x</a>",
    }[transfer]
    message = (
        HEAD.encode() + b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nplain\r\n--b\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: " + transfer.upper().encode() + b"\r\n\r\n" + encoded + b"\r\n--b--\r\n"
    )
    template = read(message, "mail.eml")
    assert template.part == f"part 2, text/html decoded from {transfer}"
    assert [element.span for element in template.elements] == [Span(1, 1, 1, 4), Span(2, 1, 2, 4)]
    assert template.visible_text == "é x"


def test_a_message_without_html_is_no_template(read: Read) -> None:
    assert read("Subject: x\n\n<a href='#'>unsubscribe</a>\n", "mail.eml") is None
    assert read("Subject: x\n", "mail.eml") is None


@pytest.mark.parametrize(
    ("headers", "sent"),
    [("Received: by x", True), ("Message-ID: <1>", True), ("X-Unsent: 1\nMessage-ID: <1>", False), ("To: b", False)],
)
def test_sent_messages_are_told_from_drafts(read: Read, headers: str, sent: bool) -> None:
    assert read(f"{headers}\nContent-Type: text/html\n\n<p>", "mail.eml").sent is sent


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("<html>", "expected a message that begins with header lines such as “Subject: ...”"),
        ("", "expected a message that begins with header lines such as “Subject: ...”"),
        ("Content-Type: multipart/mixed\n\nx", "the message is multipart but names no boundary"),
        ("Content-Type: multipart/mixed; boundary=b\n\nx", "the message is multipart but its boundary never comes"),
        (
            "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n<html>",
            "the text/html part is no valid base64",
        ),
        ("Content-Type: text/html\n\n" + "\0\1" * 99, "the text/html part holds binary data"),
    ],
)
def test_broken_messages(read: Read, message: str, reason: str) -> None:
    assert read(message, "mail.eml") == Unreadable(f"{reason}; save the message again from a mail program")


@pytest.mark.parametrize("before", ["", "\ufeff", "\n"])
def test_code_that_makes_a_message_is_a_template(read: Read, before: str) -> None:
    text = "{% block subject %}May{% endblock %}\n{% block html %}<p>Our <b>news</b></p>{% endblock %}"
    template = read(before + text, "mail.eml")
    assert [element.tag for element in template.elements] == ["p", "b"]
    assert template.elements[0].span.line == 2 + before.count("\n")
    assert template.headers == {}
    assert read("{% block text %}May{% endblock %}", "mail.eml") is None


def test_parts_nested_without_end_are_refused(read: Read) -> None:
    message = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(30))
    assert isinstance(read(message, "mail.eml"), Unreadable)


LINES = st.sampled_from([
    b"--b", b"--b--", b"--c", b"", b"Content-Type: text/html", b"Content-Type: multipart/mixed; boundary=b",
    b" boundary=c",
    b"Content-Type: multipart/mixed; boundary=c", b"<p>x", b"\xff\0", b"Content-Transfer-Encoding: base64", b"x:",
])  # fmt: skip


@given(st.lists(LINES), st.sampled_from([b"\n", b"\r\n"]))
def test_parts_lie_inside_the_message(lines: list[bytes], line_end: bytes) -> None:
    data = line_end.join([b"Content-Type: multipart/mixed; boundary=b", b"", b"--b", *lines])
    try:
        parts = list(_parts(data, 0, len(data)))
    except _BrokenError:
        return
    assert all(0 <= part.start <= part.end <= len(data) for part in parts)


def test_what_is_read_is_a_template(read: Read) -> None:
    assert isinstance(read("Content-Type: text/html\n\n<p>", "mail.eml"), Template)
