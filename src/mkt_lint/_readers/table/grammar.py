"""One record of RFC 4180 in bytes: what is well formed, where its cells are, where it goes wrong.

Line ends are LF or CRLF. A quoted field begins right at the field's start, and a delimiter, a line end or the end of
the file follows its closing quote. One form is taken besides: `="0612"`, by which spreadsheets keep a number as it is;
nothing in it separates. All patterns are possessive, so that no input makes them try twice.
"""

from __future__ import annotations

import re
from functools import cache

from mkt_lint._documents.table import Defect

_QUOTED = rb'"[^"]*+(?:""[^"]*+)*+"'


@cache
def field_pattern(delimiter: str) -> re.Pattern[bytes]:
    """One field, up to what follows it."""
    return re.compile(_field(delimiter))


@cache
def record_pattern(delimiter: str) -> re.Pattern[bytes]:
    """A well-formed record with its line end, or up to the end of what is searched."""
    sign, field = re.escape(delimiter.encode()), _field(delimiter)
    return re.compile(rb"(?:%s)(?:%s(?:%s))*+(?:\r?\n|\Z)" % (field, sign, field))


def _field(delimiter: str) -> bytes:
    sign = re.escape(delimiter.encode())
    kept = rb'="[^"\r\n%s]*+"(?=%s|\r?\n|\Z)' % (sign, sign)
    return rb'%s|%s|[^"\n%s]*+' % (_QUOTED, kept, sign)


def content_length(record: bytes) -> int:
    """The length of a record without its line end."""
    if record.endswith(b"\r\n"):
        return len(record) - 2
    return len(record) - record.endswith(b"\n")


def cells(record: bytes, delimiter: str) -> list[tuple[int, int]]:
    """Begin and end of every cell of a well-formed record, quotes included, line end excluded."""
    end = content_length(record)
    sign = delimiter.encode()
    found: list[tuple[int, int]] = []
    begin = 0
    if record.find(b'"') < 0:
        stop = record.find(sign, 0, end)
        while stop >= 0:
            found.append((begin, stop))
            begin = stop + 1
            stop = record.find(sign, begin, end)
        return [*found, (begin, end)]
    field = field_pattern(delimiter)
    while True:
        matched = field.match(record, begin, end)
        stop = matched.end() if matched else end
        found.append((begin, stop))
        if stop >= end:
            return found
        begin = stop + 1


def field_count(record: bytes, delimiter: str) -> int:
    """How many cells a well-formed record has."""
    if record.find(b'"') < 0:
        return record.count(delimiter.encode()) + 1
    return len(cells(record, delimiter))


def unquoted(cell: bytes) -> bytes:
    """The value of a cell."""
    return cell[1:-1].replace(b'""', b'"') if cell.startswith(b'"') else cell


def first_defect(record: bytes, delimiter: str) -> tuple[Defect, int] | None:
    """What is wrong first with a record, or with the physical line that stands for one, and at which offset.

    Says nothing of the number of fields. None for a record that is well formed in every other respect.
    """
    content = record[: content_length(record)]
    found = []
    if (offset := content.find(b"\0")) >= 0:
        found.append((offset, Defect.NUL))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        found.append((error.start, Defect.INVALID_BYTE))
    structural = _first_structural_defect(content, delimiter)
    if structural:
        found.append(structural)
    if not found:
        return None
    offset, defect = min(found)
    return defect, offset


def _first_structural_defect(content: bytes, delimiter: str) -> tuple[int, Defect] | None:
    field = field_pattern(delimiter)
    sign = delimiter.encode()
    begin, end = 0, len(content)
    while True:
        matched = field.match(content, begin)
        stop = matched.end() if matched else begin
        if content[begin : begin + 1] == b'"':
            if stop == begin:
                return begin, Defect.UNTERMINATED_QUOTE
            if stop < end and content[stop : stop + 1] != sign:
                return stop - 1, Defect.STRAY_QUOTE
        else:
            if (offset := content.find(b"\r", begin, stop)) >= 0:
                return offset, Defect.LONE_CR
            if content[stop : stop + 1] == b'"':
                return stop, Defect.STRAY_QUOTE
        if stop >= end:
            return None
        begin = stop + 1
