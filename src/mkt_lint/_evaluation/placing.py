"""Lines and columns of offending cells, of no more of them than are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mkt_lint._documents.table import Dialect
from mkt_lint._evaluation.check import Numbers
from mkt_lint._model import Span
from mkt_lint._readers.table import places
from mkt_lint._readers.table.batch import Offsets
from mkt_lint._readers.table.grammar import cells
from mkt_lint._readers.table.index import index


class InternalError(Exception):
    """The linter contradicts itself: a fault of ours, never the file's."""


class Range(NamedTuple):
    """Records that follow each other in a file."""

    number: int
    """From 0, in the file's order."""
    offset: int
    length: int
    """In bytes of the file."""
    first_line: int


class Records(NamedTuple):
    """The well-formed records of a range."""

    data: bytes
    starts: Offsets
    ends: Offsets
    lines: Offsets | None
    """Of each of them; None where they follow each other from `first_line` on."""
    first_line: int


class Wanted(NamedTuple):
    """Records whose cell in the column `at` a check finds wrong."""

    check: int
    at: int
    numbers: Numbers
    spans: int
    """How many of them are wanted with their ends."""


class Placed(NamedTuple):
    """Where cells are."""

    spans: dict[int, list[Span]]
    """By check: the first cells."""
    rows: NDArray[np.int64] | None
    """Line, column, check of all; None unless asked for."""


def place(records: Records, wanted: Sequence[Wanted], dialect: Dialect, keep_rows: bool) -> Placed:
    """Find cells in the records of a range."""
    rows = []
    known: dict[int, tuple[bytes, list[tuple[int, int]], int]] = {}

    def cell(number: int, at: int) -> tuple[bytes, int, int, int]:
        if number not in known:
            record = records.data[int(records.starts[number]) : int(records.ends[number])]
            line = records.first_line + number if records.lines is None else int(records.lines[number])
            known[number] = (record, cells(record, dialect.delimiter), line)
        record, found, line = known[number]
        return (record, *found[at], line)

    spans: dict[int, list[Span]] = {}
    for check, at, numbers, first in wanted:
        spans[check] = [places.span(*cell(number, at), dialect) for number in numbers[:first].tolist()]
        for number in numbers.tolist() if keep_rows else ():
            record, begin, _, line = cell(number, at)
            rows.append((*places.position(record, begin, line, dialect), check))
    return Placed(spans, np.array(rows, np.int64).reshape(-1, 3) if keep_rows else None)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Records that were found once the whole table was known, and the range that they are in."""

    range: Range
    dialect: Dialect
    data: bytes
    """As UTF-8."""
    wanted: tuple[Wanted, ...]
    keep_rows: bool


def look_up(lookup: Lookup) -> Placed:
    """Find cells in a range whose records are no longer known: they are found again.

    Raises:
        InternalError: there are fewer of them.
    """
    dialect, data = lookup.dialect, lookup.data
    starts, ends, lines = [], [], []
    begin = 0
    for batch in index(
        [data],
        delimiter=dialect.delimiter,
        columns=dialect.columns,
        first_line=lookup.range.first_line,
        sound=dialect.sound,
    ):
        starts.append(batch.starts + begin)
        ends.append(batch.ends + begin)
        lines.append(batch.lines(batch.starts))
        begin += batch.raw_length
    records = Records(
        data, np.concatenate(starts), np.concatenate(ends), np.concatenate(lines), lookup.range.first_line
    )
    if max(int(wanted.numbers[-1]) for wanted in lookup.wanted) >= len(records.starts):
        raise InternalError(f"{len(records.starts)} well-formed records were found where there were more")
    return place(records, lookup.wanted, dialect, lookup.keep_rows)
