"""The HTML part of a message, at its place."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint._documents.template import Template
from mkt_lint._model import Span
from mkt_lint._readers.template.eml import _BrokenError, _html_parts
from mkt_lint._source import Unreadable

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
    assert template.headers["subject"] == "Offers =?utf-8?q?=C3=A9t=C3=A9?= of the week"
    assert template.visible_text == "é x"


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
        parts = list(_html_parts(data, 0, len(data)))
    except _BrokenError:
        return
    assert all(0 <= part.start <= part.end <= len(data) for part in parts)


def test_what_is_read_is_a_template(read: Read) -> None:
    assert isinstance(read("Content-Type: text/html\n\n<p>", "mail.eml"), Template)
