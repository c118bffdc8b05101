"""Messages as files: the HTML parts of an EML file, at their places in the file where they are there as they are."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from mkt_lint._documents.message import HeaderField, MessageContent, PlainText
from mkt_lint._documents.template import Template
from mkt_lint._documents.text import Range, SourceText
from mkt_lint._model import Kind
from mkt_lint._readers.template.build import build
from mkt_lint._readers.template.decoding import Decoded, decode
from mkt_lint._readers.template.html import HtmlReader
from mkt_lint._readers.template.includes import Definitions, Library
from mkt_lint._source import ReadContext, Reader, Source, Unreadable

_HEADER_LINE = rb"[!-9;-~]+[ \t]*:|From "
_CODE = rb"(?:\xef\xbb\xbf)?\s*(?:\{[%{#]|<%)"
"""How a template begins that a program makes a message of; it may have blocks for the fields."""
_FIELD = r"^([!-9;-~]+)[ \t]*:(.*(?:\r?\n[ \t].*)*)"
_BLANK_LINE = rb"\r?\n(?=\r?\n)"
_MAX_DEPTH = 20
"""Of multiparts in multiparts; beyond is no mail program's message."""
_HANDLED = ("received", "message-id", "dkim-signature")


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    """From 1, among the parts that hold no others."""
    type: str
    start: int
    end: int
    charset: str | None
    transfer: str

    @property
    def is_encoded(self) -> bool:
        """Whether the file holds something else than the part's own bytes."""
        return self.transfer in ("base64", "quoted-printable")


class _BrokenError(Exception):
    """A message that is none; its text is the reason."""


class EmlReader(Reader):
    """Reads the HTML parts of a message; one without such a part gives no template.

    A template for messages that has the ending `.eml` and begins with template code is read as other templates are.
    """

    kind = Kind.TEMPLATE

    def __init__(self) -> None:
        self._html = HtmlReader()

    def read(self, source: Source, context: ReadContext) -> Iterator[Template | Unreadable]:
        data = source.data
        if re.match(_CODE, data):
            yield from self._html.read(source, context) if self._html.recognises(source) else ()
            return
        try:
            if not re.match(_HEADER_LINE, data.removeprefix(b"\xef\xbb\xbf")):
                raise _BrokenError("expected a message that begins with header lines such as “Subject: ...”")
            templates = _Message(source, context, data).templates()
        except _BrokenError as broken:
            yield Unreadable(f"{broken}; save the message again from a mail program")
            return
        yield from templates


class _Message:
    def __init__(self, source: Source, context: ReadContext, data: bytes) -> None:
        self._source = source
        self._context = context
        self._data = data
        self._library = Library(context, build, Definitions())
        self._head = data[: _headers(data, 0, len(data))[1]]

    def templates(self) -> list[Template]:
        """The HTML parts. The first one speaks for the message, the others are pieces of it."""
        parts = list(_parts(self._data, 0, len(self._data)))
        html = [part for part in parts if part.type == "text/html"]
        texts = [part for part in parts if part.type == "text/plain"]
        further = [self._template(part) for part in html[1:]]
        if not html:
            return []
        plain = self._plain_text(texts[0]) if texts else None
        return [self._template(html[0], plain, tuple(further)), *further]

    def _template(
        self, part: _Part, plain: PlainText | None = None, further: tuple[Template, ...] | None = None
    ) -> Template:
        decoded = self._decoded(part)
        text, extent, name = decoded.text, Range(0, len(decoded.text)), None
        codec = "utf-8"
        if part.is_encoded:
            name = f"part {part.number}, {part.type} decoded from {part.transfer}"
        else:
            codec = decoded.encoding.removesuffix("-sig")
            before = self._data[: part.start].decode(codec, "replace").removeprefix("\ufeff")
            extent = Range(len(before), len(before) + len(decoded.text))
            text = f"{before}{decoded.text}{self._data[part.end :].decode(codec, 'replace')}"
        head = self._head.decode(codec, "replace").removeprefix("\ufeff")
        fields = _fields(head, None if part.is_encoded else SourceText(text))
        message = MessageContent(fields, _is_sent(fields), plain, further)
        return build(
            self._source.path, text, decoded.encoding, self._context, self._library, None,
            extent=extent, part=name, message=message,
        )  # fmt: skip

    def _plain_text(self, part: _Part) -> PlainText | None:
        try:
            return PlainText(self._decoded(part).text, part.number)
        except _BrokenError:  # the HTML part may be sound
            return None

    def _decoded(self, part: _Part) -> Decoded:
        content = self._data[part.start : part.end]
        decoded = decode(_transfer_decoded(content, part) if part.is_encoded else content, part.charset)
        if decoded is None:
            raise _BrokenError(f"the {part.type} part holds binary data")
        return decoded


def _fields(head: str, source: SourceText | None) -> tuple[HeaderField, ...]:
    """The header fields of a message.

    Args:
        head: All that stands before its body.
        source: The file's text; None where positions are those of a decoded part.
    """
    found = re.finditer(_FIELD, head, re.MULTILINE)
    return tuple(
        HeaderField(
            field[1].lower(), _unfolded(field[2]), field.start(), field.start() + len(field[0].rstrip()), source
        )
        for field in found
    )


def _unfolded(value: str) -> str:
    unfolded = " ".join(value.split())
    if "=?" not in unfolded:
        return unfolded
    from email.errors import HeaderParseError  # few headers are encoded
    from email.header import decode_header, make_header

    try:
        return " ".join(str(make_header(decode_header(unfolded))).split())
    except (HeaderParseError, LookupError, ValueError):  # no such charset, no such bytes in it
        return unfolded


def _is_sent(fields: tuple[HeaderField, ...]) -> bool:
    names = {field.name for field in fields}
    return not names.isdisjoint(_HANDLED) and "x-unsent" not in names


def _headers(data: bytes, start: int, stop: int) -> tuple[Message, int]:
    """The headers that begin at an offset, and where the body begins."""
    if data.startswith((b"\n", b"\r\n"), start):
        return Message(), data.index(b"\n", start) + 1
    blank = re.compile(_BLANK_LINE).search(data, start, stop)
    end = blank.end() if blank else stop
    text = data[start:end].decode("utf-8", "replace").removeprefix("\ufeff")
    body = data.find(b"\n", end) + 1 if blank else stop
    headers = Message()
    for field in re.finditer(_FIELD, text, re.MULTILINE):
        headers[field[1]] = " ".join(field[2].split())
    return headers, body


def _parts(data: bytes, start: int, end: int) -> Iterator[_Part]:
    """The parts of text that are no attachments, in order."""
    number = 0
    waiting = [(start, end, 0)]
    while waiting:
        begin, stop, depth = waiting.pop()
        headers, body = _headers(data, begin, stop)
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
        kind = headers.get_content_type()
        if kind in ("text/html", "text/plain") and headers.get_content_disposition() != "attachment":
            charset = headers.get_content_charset()
            transfer = str(headers.get("Content-Transfer-Encoding", "7bit")).strip().lower()
            yield _Part(number, kind, body, stop, charset, transfer)


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


def _transfer_decoded(content: bytes, part: _Part) -> bytes:
    if part.transfer == "quoted-printable":
        return quopri.decodestring(content)
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error:
        raise _BrokenError(f"the {part.type} part is no valid base64") from None
