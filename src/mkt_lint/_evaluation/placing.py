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
from mkt_lint._readers.table.encoding import transcode
from mkt_lint._readers.table.grammar import cells
from mkt_lint._readers.table.index import index


class InternalError(Exception):
    """The linter contradicts itself: a fault of ours, never the file's."""


@dataclass(frozen=True, slots=True)
class Range:
    """Records that follow each other in a file."""

    number: int
    """From 0, in the file's order."""
    location: str | None
    data: bytes | None
    """As UTF-8; None where they are to be read from `location`."""
    offset: int
    length: int
    """In bytes of the file."""
    dialect: Dialect
    first_line: int

    def read(self) -> bytes:
        """The bytes as UTF-8. Raises `OSError`."""
        if self.data is not None:
            return self.data
        assert self.location is not None  # the standard input comes with its bytes
        with open(self.location, "rb") as file:  # noqa: PTH123  # a string, since a path is slow to pickle
            file.seek(self.offset)
            raw = file.read(self.length)
        return transcode(raw, self.dialect.encoding, self.dialect.bare_cr)


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
    wanted: tuple[Wanted, ...]
    keep_rows: bool


def look_up(lookup: Lookup) -> Placed:
    """Find cells in a range whose records are no longer known: they are found again.

    Raises:
        InternalError: there are fewer of them.
        OSError: the file cannot be read any more.
    """
    dialect, data = lookup.range.dialect, lookup.range.read()
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
