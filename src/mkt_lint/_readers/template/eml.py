"""Messages as files: the HTML part of an EML file, at its place in the file where it is there as it is."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser

from mkt_lint._documents.template import Template
from mkt_lint._documents.text import Range
from mkt_lint._model import Kind
from mkt_lint._readers.template.build import build
from mkt_lint._readers.template.decoding import decode
from mkt_lint._readers.template.includes import Library
from mkt_lint._source import ReadContext, Reader, Source, Unreadable

_HEADER_LINE = rb"[!-9;-~]+[ \t]*:|From "
_BLANK_LINE = rb"\r?\n(?=\r?\n)"
_MAX_DEPTH = 20
"""Of multiparts in multiparts; beyond is no mail program's message."""
_HANDLED = ("received", "message-id", "dkim-signature")


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    """From 1, among the parts that hold no others."""
    start: int
    end: int
    charset: str | None
    transfer: str


class _BrokenError(Exception):
    """A message that is none; its text is the reason."""


class EmlReader(Reader):
    """Reads the HTML part of a message; one without such a part gives no template."""

    kind = Kind.TEMPLATE

    def read(self, source: Source, context: ReadContext) -> Iterator[Template | Unreadable]:
        data = source.data
        try:
            if not re.match(_HEADER_LINE, data.removeprefix(b"\xef\xbb\xbf")):
                raise _BrokenError("expected a message that begins with header lines such as “Subject: ...”")
            headers = _headers(data, 0)[0]
            part = next(_html_parts(data, 0, len(data)), None)
            if part is None:
                return
            template = _template(source, context, data, part, headers)
        except _BrokenError as broken:
            yield Unreadable(f"{broken}; save the message again from a mail program")
            return
        yield template


def _template(source: Source, context: ReadContext, data: bytes, part: _Part, headers: Message) -> Template:
    named = {name.lower(): " ".join(str(value).split()) for name, value in reversed(headers.items())}
    sent = any(name in named for name in _HANDLED) and "x-unsent" not in named
    library = Library(context, build)
    content = data[part.start : part.end]
    if part.transfer in ("base64", "quoted-printable"):
        decoded = decode(_transfer_decoded(content, part.transfer), part.charset)
        if decoded is None:
            raise _BrokenError("the text/html part holds binary data")
        name = f"part {part.number}, text/html decoded from {part.transfer}"
        return build(
            source.path, decoded.text, decoded.encoding, context, library, None, part=name, headers=named, sent=sent
        )
    decoded = decode(content, part.charset)
    if decoded is None:
        raise _BrokenError("the text/html part holds binary data")
    codec = decoded.encoding.removesuffix("-sig")
    before, after = data[: part.start].decode(codec, "replace"), data[part.end :].decode(codec, "replace")
    before = before.removeprefix("\ufeff")
    extent = Range(len(before), len(before) + len(decoded.text))
    return build(
        source.path, before + decoded.text + after, decoded.encoding, context, library, None,
        extent=extent, headers=named, sent=sent,
    )  # fmt: skip


def _headers(data: bytes, start: int) -> tuple[Message, int]:
    """The headers that begin at an offset, and where the body begins."""
    if data.startswith((b"\n", b"\r\n"), start):
        return Message(), data.index(b"\n", start) + 1
    blank = re.compile(_BLANK_LINE).search(data, start)
    end = blank.end() if blank else len(data)
    text = data[start:end].decode("utf-8", "replace").removeprefix("\ufeff")
    body = data.find(b"\n", end) + 1 if blank else len(data)
    return Parser().parsestr(text, headersonly=True), body


def _html_parts(data: bytes, start: int, end: int) -> Iterator[_Part]:
    """The text/html parts that are no attachments, in order."""
    number = 0
    waiting = [(start, end, 0)]
    while waiting:
        begin, stop, depth = waiting.pop()
        headers, body = _headers(data, begin)
        body = min(body, stop)
        if headers.get_content_maintype() == "multipart":
            if depth == _MAX_DEPTH:
                raise _BrokenError("the message nests its parts too deeply")
            boundary = headers.get_boundary()
            if not boundary:
                raise _BrokenError("the message is multipart but names no boundary")
            pieces = list(_pieces(data, body, stop, boundary))
            if not pieces:
                raise _BrokenError("the message is multipart but its boundary never comes")
            waiting += [(*piece, depth + 1) for piece in reversed(pieces)]
            continue
        number += 1
        if headers.get_content_type() == "text/html" and headers.get_content_disposition() != "attachment":
            charset = headers.get_content_charset()
            transfer = str(headers.get("Content-Transfer-Encoding", "7bit")).strip().lower()
            yield _Part(number, body, stop, charset, transfer)


def _pieces(data: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
    """Offsets of what stands between the lines of a boundary; a missing last one is forgiven."""
    line = re.compile(rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?$\n?", re.MULTILINE)
    begin: int | None = None
    for found in line.finditer(data, start, end):
        if begin is not None:
            piece_end = found.start()
            piece_end -= 2 if data[piece_end - 2 : piece_end] == b"\r\n" else 1
            yield begin, max(begin, piece_end)
        begin = found.end()
        if found[1]:
            return
    if begin is not None:
        yield begin, end


def _transfer_decoded(content: bytes, transfer: str) -> bytes:
    if transfer == "quoted-printable":
        return quopri.decodestring(content)
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error:
        raise _BrokenError("the text/html part is no valid base64") from None
