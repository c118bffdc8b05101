"""From offsets in a record to lines and columns."""

from __future__ import annotations

from mkt_lint._documents.table import Defect, Dialect
from mkt_lint._model import Span
from mkt_lint._readers.table.encoding import decode
from mkt_lint._readers.table.grammar import cells, content_length


def position(record: bytes, offset: int, line: int, encoding: str) -> tuple[int, int]:
    """Line and column of an offset in a record that begins on `line`."""
    begin = record.rfind(b"\n", 0, offset) + 1
    return line + record.count(b"\n", 0, offset), len(decode(record[begin:offset], encoding)) + 1


def span(record: bytes, begin: int, end: int, line: int, encoding: str) -> Span:
    """The span of `record[begin:end]`."""
    return Span(*position(record, begin, line, encoding), *position(record, end, line, encoding))


def defect_span(record: bytes, defect: Defect, offset: int, dialect: Dialect, line: int) -> Span:
    """Where a malformed record goes wrong.

    A ragged record: the cells that are too many, or the whole record where some are missing. Another defect: from it
    to the end of its line.
    """
    end = content_length(record)
    if defect is Defect.OVERSIZED:
        return Span(line, 1, line, 1)
    if defect is Defect.RAGGED:
        found = cells(record, dialect.delimiter)
        offset = found[dialect.columns][0] if len(found) > dialect.columns else 0
        return span(record, offset, end, line, dialect.encoding)
    stop = record.find(b"\n", offset, end)
    return span(record, offset, stop if stop >= 0 else max(end, offset), line, dialect.encoding)
