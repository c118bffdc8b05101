"""Excel workbooks: each sheet is a table, whose places are rows and columns of the sheet."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from mkt_lint._documents.table import Table
from mkt_lint._model import Kind
from mkt_lint._readers.table.grid import csv_row, footer_rows, grid, header_row
from mkt_lint._readers.table.streams import Streamed
from mkt_lint._readers.table.workbook import BrokenWorkbookError, Sheet, look_through
from mkt_lint._source import ReadContext, Reader, Source, Unreadable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_ABOVE = 20
"""Rows among which the headers are looked for, and rows that may be totals."""
_PIECE = 1 << 20
_MISSING = "reading Excel workbooks takes an extra: pip install 'mkt-lint[xlsx]'"


class WorkbookReader(Reader):
    """Reads workbooks as Excel has saved them since 2007, hidden sheets too."""

    kind = Kind.TABLE

    def recognises(self, source: Source) -> bool:
        return not source.name.startswith("~$")  # what Excel puts beside a workbook that is open

    def read(self, source: Source, context: ReadContext) -> Iterator[Table | Unreadable]:
        """One table for each sheet that holds anything."""
        try:
            from python_calamine import CalamineError, CalamineWorkbook  # an extra
        except ImportError:
            yield Unreadable(_MISSING)
            return
        try:
            with source.open() as file:
                sheets = look_through(file)
            with source.open() as file, CalamineWorkbook.from_filelike(file) as book:
                yield from _tables(source, context, book, sheets)
        except BrokenWorkbookError as error:
            yield Unreadable(str(error))
        except CalamineError:  # its text may quote the workbook
            yield Unreadable("the workbook cannot be read; open it in Excel and save it again")


def _tables(
    source: Source, context: ReadContext, book: CalamineWorkbook, sheets: dict[str, Sheet]
) -> Iterator[Table | Unreadable]:
    empty = True
    for name in book.sheet_names:
        known = sheets.get(name)
        if known is None:  # a chart
            continue
        part = f"sheet {name}"
        if known.is_too_large:
            yield Unreadable(
                f"{part}: its cells span {known.rows} rows and {known.columns} columns, more than 20 million cells; "
                "delete what stands far from the table, or export it as CSV"
            )
        elif known.unstored:
            row, column = known.unstored
            yield Unreadable(
                f"{part}: the formula in row {row}, column {column} has no stored result; "
                "open the workbook in Excel and save it"
            )
        else:
            table = _table(source, context, book.get_sheet_by_name(name), known, part, len(sheets))
            if table is None:
                continue
            yield table
        empty = False
    if empty:
        yield Unreadable("the workbook is empty; expected a header and records")


def _table(
    source: Source, context: ReadContext, sheet: CalamineSheet, known: Sheet, part: str, share: int
) -> Table | None:
    if sheet.start is None:
        return None
    top, left = sheet.start  # from 0
    rows = islice(_rows(sheet, known, left), top, None)
    above = list(islice(rows, _ABOVE))
    header = header_row(above)
    if header is None:
        return None
    content = _csv(chain(above[header:], rows))
    pieces = Streamed(source, lambda: _sliced(content), len(content), share)
    return grid(pieces, context, above[header], part, row=top + header + 1, first_column=left + 1)


def _rows(sheet: CalamineSheet, known: Sheet, left: int) -> Iterator[list[str]]:
    """The texts of the cells, of all rows from the first of the sheet on."""
    merged = _Merged(sheet.merged_cell_ranges or [], left)
    errors: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in known.errors.items():
        errors.setdefault(row - 1, []).append((column - 1 - left, text))
    for number, values in enumerate(sheet.iter_rows()):
        cells = [_TEXTS[type(value)](value) for value in values]
        for column, text in errors.get(number, ()):
            cells[column] = text
        merged.fill(number, cells)
        yield cells


class _Merged:
    """Cells that go over several rows: what the first of them says is so of all.

    Those that go over several columns are titles, and stand where they begin.
    """

    def __init__(self, ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], left: int) -> None:
        self._beginning: dict[int, list[tuple[int, int]]] = {}
        for (first, column), (last, _) in ranges:
            if first < last and column >= left:
                self._beginning.setdefault(first, []).append((column - left, last))
        self._running: list[tuple[int, int, str]] = []

    def fill(self, number: int, cells: list[str]) -> None:
        if self._running:
            self._running = [(column, last, text) for column, last, text in self._running if number <= last]
            for column, _, text in self._running:
                cells[column] = cells[column] or text
        for column, last in self._beginning.get(number, ()):
            if column < len(cells) and cells[column]:
                self._running.append((column, last, cells[column]))


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV, the first of which are the headers, without totals and notes at the end."""
    file = io.BytesIO()
    last: deque[tuple[Sequence[str], int]] = deque(maxlen=_ABOVE)
    for number, row in enumerate(rows):
        if number:
            last.append((row, file.tell()))
        file.write(csv_row(row).encode("utf-8", "replace"))
    cut = footer_rows([row for row, _ in last])
    if cut:
        file.truncate(last[-cut][1])
    return file.getvalue()


def _sliced(content: bytes) -> Iterator[bytes]:
    return (content[begin : begin + _PIECE] for begin in range(0, len(content), _PIECE))


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)


def _hours(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


_EXACT = 1e16
"""Whole numbers below it are kept to the last digit."""
_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "true" if value else "false",
    date: date.isoformat,
    datetime: lambda value: value.isoformat(" ", "seconds"),
    time: lambda value: value.isoformat("seconds"),
    timedelta: _hours,
}
