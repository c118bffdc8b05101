"""Tables whose cells lie in rows and columns, of a sheet for example, as bytes that all tables are read from.

Each row is one line of CSV, so that lines are rows: a line feed in a cell becomes a carriage return.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkt_lint._documents.table import Dialect, Table
from mkt_lint._model import Span
from mkt_lint._readers.table.building import table_from
from mkt_lint._readers.table.dialect import footer_length, looks_like_data
from mkt_lint._source import ReadContext, Source

DELIMITER = ","
_is_special = re.compile(r'[",\r\n]').search


def csv_row(cells: Sequence[str]) -> str:
    """A row as a line of CSV; an empty one is a blank line."""
    line = DELIMITER.join([_csv_cell(text) if _is_special(text) else text for text in cells])
    return line + "\n" if line.strip(DELIMITER) else "\n"


def _csv_cell(text: str) -> str:
    return '"{}"'.format(text.replace("\r\n", "\r").replace("\n", "\r").replace('"', '""'))


def grid(
    source: Source, context: ReadContext, headers: Sequence[str], part: str, *, row: int, first_column: int
) -> Table:
    """A table of rows.

    Args:
        source: Lines of `csv_row`, the first of which are the headers.
        headers: What the row of headers holds; where that looks like data, it is the first record.
        row: The number of that row.
        first_column: The number of the column that the first header stands in.
    """
    headless = looks_like_data(headers)
    spans = [Span(row, column, row, column + 1) for column in range(first_column, first_column + len(headers))]
    dialect = Dialect(
        encoding="utf-8",
        delimiter=DELIMITER,
        bare_cr=False,
        columns=len(headers),
        offset=0 if headless else len(csv_row(headers).encode()),
        first_line=row if headless else row + 1,
        sound=True,
        first_column=first_column,
    )
    texts = [None if headless else text for text in headers]
    return table_from(source, context, zip(texts, spans, strict=True), dialect, part)


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows holds the headers, from 0; None where all are empty.

    The first that has half as many cells as the fullest of them, and several if that one has: others are titles.
    """
    filled = [sum(map(bool, row)) for row in rows]
    most = max(filled, default=0)
    least = max(min(most, 2), most / 2)
    return next((at for at, count in enumerate(filled) if most and count >= least), None)


def footer_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many of the last rows are totals or a program's notes, and no records."""
    lines = []
    for row in rows:
        filled = max((at for at, cell in enumerate(row, 1) if cell), default=0)
        lines.append(csv_row(row[:filled]).encode())
    length = footer_length(b"".join(lines), DELIMITER)
    return b"".join(lines)[-length:].count(b"\n") if length else 0
