"""From offsets in a record to lines and columns; in a grid, to rows and columns."""

from __future__ import annotations

from bisect import bisect_right

from mkt_lint._documents.table import Defect, Dialect
from mkt_lint._model import Span
from mkt_lint._readers.table.encoding import decode
from mkt_lint._readers.table.grammar import cells, content_length


def position(record: bytes, offset: int, line: int, dialect: Dialect) -> tuple[int, int]:
    """Line and column of an offset in a record that begins on `line`."""
    if dialect.first_column is not None:
        begins = [begin for begin, _ in cells(record, dialect.delimiter)]
        return line, dialect.first_column + bisect_right(begins, offset) - 1
    begin = record.rfind(b"\n", 0, offset) + 1
    return line + record.count(b"\n", 0, offset), len(decode(record[begin:offset], dialect.encoding)) + 1


def span(record: bytes, begin: int, end: int, line: int, dialect: Dialect) -> Span:
    """The span of `record[begin:end]`; in a grid, of the cells that it touches."""
    end_line, end_column = position(record, end, line, dialect)
    return Span(*position(record, begin, line, dialect), end_line, end_column + (dialect.first_column is not None))


def defect_span(record: bytes, defect: Defect, offset: int, dialect: Dialect, line: int) -> Span:
    """Where a malformed record goes wrong.

    A ragged record: the cells that are too many, or the whole record where some are missing. Another defect: from it
    to the end of its line; in a grid, the cell.
    """
    end = content_length(record)
    if defect is Defect.OVERSIZED:
        return Span(line, 1, line, 1)
    if dialect.first_column is not None:
        return span(record, offset, offset, line, dialect)
    if defect is Defect.RAGGED:
        found = cells(record, dialect.delimiter)
        offset = found[dialect.columns][0] if len(found) > dialect.columns else 0
        return span(record, offset, end, line, dialect)
    stop = record.find(b"\n", offset, end)
    return span(record, offset, stop if stop >= 0 else max(end, offset), line, dialect)
