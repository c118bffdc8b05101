"""One range of records: a unit of work that any thread can do, and the pure function that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mkt_lint._documents.table import Dialect
from mkt_lint._evaluation.check import Check, Raised, find
from mkt_lint._evaluation.dates import DateCounts, Dates, read_dates
from mkt_lint._evaluation.groups import Members
from mkt_lint._evaluation.placing import InternalError, Range, Records, Wanted, place
from mkt_lint._evaluation.sharing import Shared
from mkt_lint._model import Span
from mkt_lint._readers.table.batch import Offsets


@dataclass(frozen=True, slots=True)
class Unit:
    """A range, and what to evaluate on it."""

    range: Range
    dialect: Dialect
    data: bytes
    """As UTF-8."""
    starts: Offsets
    ends: Offsets
    """Of the well-formed records, in bytes of UTF-8."""
    lines: Offsets | None
    """Of each of them; None where they follow each other."""
    checks: tuple[Check, ...]
    shared: Shared
    formats: Mapping[int, str]
    """Of columns of dates, as far as it was decided."""
    wanted: tuple[int, ...]
    """By check: how many places are still of interest."""
    keep_rows: bool


@dataclass(slots=True)
class UnitResult:
    """What a range came to."""

    counts: dict[int, int] = field(default_factory=dict)
    """By check: how many records hold."""
    places: dict[int, list[Span]] = field(default_factory=dict)
    """By check: the first cells."""
    members: dict[int, Members] = field(default_factory=dict)
    """By check of groups: the records that take part."""
    formats: dict[int, str] = field(default_factory=dict)
    dates: dict[int, DateCounts] = field(default_factory=dict)
    """By column: what was counted where no format was given."""
    failures: dict[int, Raised] = field(default_factory=dict)
    """By check."""
    rows: NDArray[np.int64] | None = None
    """Line, column, check."""


def run(unit: Unit) -> UnitResult:
    """Evaluate one range.

    Raises:
        InternalError: Polars sees other records than the index does.
    """
    result = UnitResult()
    if not unit.checks or not len(unit.starts):
        return result
    frame = _frame(unit)
    unreadable = {}
    asked = {index for check in unit.checks for index in check.readable}
    further: list[pl.Series] = []
    for index, dates in _dates(unit, frame).items():
        further.append(dates.values.alias(f"date:{index}"))
        result.formats[index] = dates.format
        if dates.counts is not None:
            result.dates[index] = dates.counts
        if dates.unreadable is not None:
            unreadable[index] = f"unreadable:{index}"
            further.append(dates.unreadable.alias(unreadable[index]))
        elif index in asked:
            further.append(pl.Series(f"unreadable:{index}", [False]).new_from_index(0, frame.height))
    found, result.failures = find(frame.hstack(further), unit.shared, unit.checks, unreadable)
    wanted = []
    for check, first in zip(unit.checks, unit.wanted, strict=True):
        numbers = found.get(check.number)
        if isinstance(numbers, Members):
            result.members[check.number] = numbers
        elif numbers is not None:
            result.counts[check.number] = len(numbers)
            wanted.append(Wanted(check.number, check.at, numbers, first))
    records = Records(unit.data, unit.starts, unit.ends, unit.lines, unit.range.first_line)
    result.places, result.rows = place(records, wanted, unit.dialect, unit.keep_rows)
    return result


def _frame(unit: Unit) -> pl.DataFrame:
    """The cells of the well-formed records, of the columns in use."""
    dialect = unit.dialect
    used = sorted(frozenset().union(*(check.columns for check in unit.checks))) or [0]
    names = [f"text:{index}" for index in range(dialect.columns)]
    try:
        frame = pl.read_csv(
            _excised(unit),
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            columns=used,
            separator=dialect.delimiter,
            empty_string_is_null=False,
            extra_columns="raise",
            missing_columns="raise",
        )
    except (pl.exceptions.PolarsError, ValueError) as error:  # its text quotes the file
        raise InternalError(f"Polars could not read well-formed records: {type(error).__name__}") from None
    if frame.height != len(unit.starts):
        raise InternalError(f"{len(unit.starts)} well-formed records were found and Polars read {frame.height}")
    return frame.rechunk()  # else each column that is put beside them has all others copied again


def _dates(unit: Unit, frame: pl.DataFrame) -> dict[int, Dates]:
    """By index of a column: those that a check looks at as dates."""
    columns = sorted({index for check in unit.checks for index in (*check.dates, *check.readable)})
    if not columns:
        return {}
    names = {f"text:{index}": index for index in columns}
    given = {name: unit.formats[index] for name, index in names.items() if index in unit.formats}
    return {names[name]: dates for name, dates in read_dates(frame.select(*names), given).items()}


def _excised(unit: Unit) -> bytes:
    """The bytes without malformed records."""
    data, starts, ends = unit.data, unit.starts, unit.ends
    gaps = np.flatnonzero(starts[1:] != ends[:-1])
    if not len(gaps) and starts[0] == 0 and ends[-1] == len(data):
        return data
    firsts = np.concatenate((starts[:1], starts[gaps + 1])).tolist()
    lasts = np.concatenate((ends[gaps], ends[-1:])).tolist()
    return b"".join(data[first:last] for first, last in zip(firsts, lasts, strict=True))
