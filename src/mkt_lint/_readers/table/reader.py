"""Decides what a table's bytes mean; the records themselves are read when rules are evaluated."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from mkt_lint._documents.mapping import known_headers
from mkt_lint._documents.table import Defect, Dialect, Table
from mkt_lint._model import Kind, Span
from mkt_lint._readers.table import places
from mkt_lint._readers.table.building import table_from
from mkt_lint._readers.table.compressed import unpacked
from mkt_lint._readers.table.dialect import (
    DELIMITERS,
    choose_delimiter,
    footer_length,
    hidden_delimiter,
    looks_like_data,
    preamble_length,
    separator_line,
)
from mkt_lint._readers.table.encoding import (
    byte_order_mark,
    decode,
    is_utf8,
    likely_code_page,
    looks_foreign,
    measure,
    transcode,
    utf8_shares,
    utf16_without_mark,
)
from mkt_lint._readers.table.grammar import cells, first_defect, record_pattern, unquoted
from mkt_lint._readers.table.index import RECORD_LIMIT
from mkt_lint._source import ReadContext, Reader, Source, Unreadable

if TYPE_CHECKING:
    from mkt_lint._facts import Vocabulary

_HEAD = 2 * RECORD_LIMIT + 64 * 1024
_SAMPLE = 64 * 1024
_TAIL = 64 * 1024
_NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar", "^": "a caret", ":": "a colon"}
_ASK = "save it with commas, semicolons, tabs or bars between the cells"
_PROBLEMS = {
    Defect.STRAY_QUOTE: "a quotation mark stands where none may; quote the whole header and double the marks inside it",
    Defect.UNTERMINATED_QUOTE: "a header's quotation mark is never closed; close it",
    Defect.NUL: "the header holds a NUL byte; export the file again as text",
    Defect.INVALID_BYTE: "the header holds bytes that mean nothing in the file's encoding; export the file as UTF-8",
    Defect.LONE_CR: "the header holds a carriage return outside quotation marks; quote that header",
}


class TableReader(Reader):
    """Reads files of records with `,`, `;`, tab or `|` between the cells, in an archive or not."""

    kind = Kind.TABLE

    def read(self, source: Source, context: ReadContext) -> Iterator[Table | Unreadable]:
        """One table, which holds decisions and no data."""
        yield self._read(unpacked(source), context)

    def _read(self, source: Source, context: ReadContext) -> Table | Unreadable:
        with source.open() as file:
            raw = file.read(_HEAD)
        marked = byte_order_mark(raw)
        known, offset = marked or (utf16_without_mark(raw[:_SAMPLE]) or "", 0)
        if not marked and (foreign := looks_foreign(transcode(raw[:_SAMPLE], known, False))):
            return Unreadable(foreign)
        whole = len(raw) < _HEAD
        even = len(raw) if whole else len(raw) - len(raw) % 2 - 2  # not inside of a UTF-16 character
        head = transcode(raw[offset:even], known, False)
        bare_cr = b"\r" in head[:_SAMPLE] and b"\n" not in head[:_SAMPLE]
        if not whole and (b"\r" if bare_cr else b"\n") not in head[:RECORD_LIMIT]:
            return Unreadable("the first line is longer than 1 MiB; a table has one record a line", 1, 1)
        encoding, sound = known, False
        if not known.startswith("utf-16"):
            with source.open() as file:
                sound = is_utf8(file)
            encoding = known or ("utf-8" if sound or _is_mostly_utf8(source) else "cp1252")
        if encoding == "cp1252" or bare_cr:
            head = transcode(raw[offset:even], encoding, bare_cr)
        start, line = offset, 1
        length = measure(encoding)
        separator = separator_line(head)
        if separator:
            start, line = start + length(head[: separator[1]]), line + 1
            head = head[separator[1] :]
        above = preamble_length(head[:_SAMPLE])
        start, line = start + length(head[:above]), line + head.count(b"\n", 0, above)
        head = head[above:]
        if not head.strip():
            return Unreadable("the file is empty; expected a header and records")
        delimiter = self._delimiter(head[:_SAMPLE], separator and separator[0])
        if isinstance(delimiter, Unreadable):
            return delimiter
        if encoding == "cp1252":
            encoding = _code_page(raw[start:even], bare_cr, delimiter, context.vocabulary())
            head = transcode(raw[start:even], encoding, bare_cr)
        return self._table(source, context, head, Dialect(encoding, delimiter, bare_cr, 0, start, line, sound))

    @staticmethod
    def _delimiter(sample: bytes, told: str | None) -> str | Unreadable:
        if told and told not in DELIMITERS:
            return Unreadable(f"the first line names a delimiter that is not supported; {_ASK}", 1, 1)
        chosen = told or choose_delimiter(sample)
        if chosen:
            return chosen
        if hidden := hidden_delimiter(sample):
            return Unreadable(f"the header is one cell, but {_NAMES[hidden]} splits most records; {_ASK}")
        return ","

    @staticmethod
    def _table(source: Source, context: ReadContext, head: bytes, dialect: Dialect) -> Table | Unreadable:
        record, ended = _first_record(head, dialect.delimiter)
        line = dialect.first_line
        problem = first_defect(record, dialect.delimiter)
        if problem:
            defect, offset = problem
            return Unreadable(_PROBLEMS[defect], *places.position(record, offset, line, dialect))
        if not ended:
            return Unreadable("the header is longer than 1 MiB; expected a header and records", line, 1)
        found = cells(record, dialect.delimiter)
        texts = _texts(record, dialect.delimiter, dialect.encoding)
        spans = [places.span(record, begin, end, line, dialect) for begin, end in found]
        headless = looks_like_data(texts)
        headers: list[tuple[str | None, Span]] = [
            (None if headless else text, where) for text, where in zip(texts, spans, strict=True)
        ]
        length = 0 if headless else measure(dialect.encoding)(record)
        lines = 0 if headless else record.count(b"\n")
        start = dialect.offset + length
        decided = replace(
            dialect,
            columns=len(found),
            offset=start,
            first_line=line + lines,
            end=_end(source, dialect, start),
        )
        return table_from(source, context, headers, decided)


def _is_mostly_utf8(source: Source) -> bool:
    with source.open() as file:
        valid, invalid = utf8_shares(file)
    return invalid * 99 <= valid


def _first_record(head: bytes, delimiter: str) -> tuple[bytes, bool]:
    """The first record, and whether it is one; else the first line."""
    matched = record_pattern(delimiter).match(head, 0, RECORD_LIMIT)
    if matched and (matched[0].endswith(b"\n") or matched.end() == len(head)):
        return matched[0], True
    return head[: head.find(b"\n") + 1 or len(head)], False


def _texts(record: bytes, delimiter: str, encoding: str) -> list[str]:
    return [decode(unquoted(record[begin:end]), encoding) for begin, end in cells(record, delimiter)]


def _code_page(raw: bytes, bare_cr: bool, delimiter: str, vocabulary: Vocabulary) -> str:
    """cp1252, unless chardet names another code page in which more headers are known. `raw` begins at the header."""

    def headers(encoding: str) -> list[str]:
        record, _ = _first_record(transcode(raw, encoding, bare_cr), delimiter)
        return _texts(record, delimiter, encoding)

    western = headers("cp1252")
    known = known_headers(western, vocabulary)
    if all(map(str.isascii, western)) or known == len(western):
        return "cp1252"
    likely = likely_code_page(raw[:_SAMPLE])
    return likely if likely and known_headers(headers(likely), vocabulary) > known else "cp1252"


def _end(source: Source, dialect: Dialect, start: int) -> int | None:
    """Where totals and notes below the records begin, in bytes of the file; None where there are none."""
    with source.open() as file:
        size = file.seek(0, os.SEEK_END)
        begin = max(start, size - _TAIL)
        file.seek(begin - (begin - start) % 2)  # in UTF-16 at a whole character
        tail = transcode(file.read(), dialect.encoding, dialect.bare_cr)
    length = footer_length(tail if begin == start else tail[tail.find(b"\n") + 1 :], dialect.delimiter)
    return size - measure(dialect.encoding)(tail[len(tail) - length :]) if length else None
