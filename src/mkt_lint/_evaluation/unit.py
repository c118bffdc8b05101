"""One range of records: a unit of work that any process can do, and the pure function that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mkt_lint._documents.table import Dialect
from mkt_lint._evaluation.dates import DateCounts, Dates, read_dates
from mkt_lint._model import Span
from mkt_lint._readers.table import places
from mkt_lint._readers.table.batch import Offsets
from mkt_lint._readers.table.encoding import transcode
from mkt_lint._readers.table.grammar import cells
from mkt_lint._tracebacks import frames

_RECORD = "record"


class InternalError(Exception):
    """The linter contradicts itself: a fault of ours, never the file's."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expression to evaluate."""

    number: int
    where: pl.Expr
    at: int
    """The index of the column whose cell is the offending one."""
    texts: tuple[int, ...]
    dates: tuple[int, ...]
    """Indices of the columns whose cells and dates the expression looks at."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Records that follow each other in a file, and what to evaluate on them."""

    location: str | None
    data: bytes | None
    """The range's bytes as UTF-8; None where they are to be read from `location`."""
    offset: int
    length: int
    """In bytes of the file."""
    dialect: Dialect
    first_line: int
    starts: Offsets
    ends: Offsets
    """Of the well-formed records, in bytes of UTF-8."""
    lines: Offsets | None
    """Of each of them; None where they follow each other from `first_line` on."""
    checks: tuple[Check, ...]
    formats: Mapping[int, str]
    """Of columns of dates, as far as it was decided."""
    wanted: tuple[int, ...]
    """By check: how many places are still of interest."""
    keep_rows: bool


@dataclass(slots=True)
class UnitResult:
    """What a range came to."""

    length: int
    counts: dict[int, int] = field(default_factory=dict)
    """By check: how many records hold."""
    places: dict[int, list[Span]] = field(default_factory=dict)
    """By check: the first cells."""
    formats: dict[int, str] = field(default_factory=dict)
    dates: dict[int, DateCounts] = field(default_factory=dict)
    """By column: what was counted where no format was given."""
    failures: dict[int, tuple[str, str]] = field(default_factory=dict)
    """By check: the type of the error and its frames."""
    rows: NDArray[np.int64] | None = None
    """Line, column, check."""


def run(unit: Unit) -> UnitResult:
    """Evaluate one range.

    Raises:
        InternalError: Polars sees other records than the index does.
        OSError: the file cannot be read any more.
    """
    result = UnitResult(unit.length)
    if not unit.checks or not len(unit.starts):
        return result
    data = _bytes_of(unit)
    frame = _frame(unit, data)
    unreadable = {}
    for index in sorted({index for check in unit.checks for index in check.dates}):
        dates: Dates = read_dates(frame[f"text:{index}"], unit.formats.get(index))
        frame = frame.with_columns(dates.values.alias(f"date:{index}"))
        result.formats[index] = dates.format
        if dates.counts is not None:
            result.dates[index] = dates.counts
        if dates.unreadable is not None:
            unreadable[index] = f"unreadable:{index}"
            frame = frame.with_columns(dates.unreadable.alias(unreadable[index]))
    hits = _hits(frame, unit.checks, unreadable, result)
    _place(unit, data, hits, result)
    return result


def _bytes_of(unit: Unit) -> bytes:
    if unit.data is not None:
        return unit.data
    assert unit.location is not None  # the standard input comes with its bytes
    with open(unit.location, "rb") as file:  # noqa: PTH123  # a string, since a path is slow to pickle
        file.seek(unit.offset)
        raw = file.read(unit.length)
    return transcode(raw, unit.dialect.encoding, unit.dialect.bare_cr)


def _frame(unit: Unit, data: bytes) -> pl.DataFrame:
    """The cells of the well-formed records, of the columns in use."""
    used = sorted({index for check in unit.checks for index in (*check.texts, *check.dates)}) or [0]
    names = [f"text:{index}" for index in range(unit.dialect.columns)]
    try:
        frame = pl.read_csv(
            _excised(unit, data),
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            columns=used,
            separator=unit.dialect.delimiter,
            empty_string_is_null=False,
            extra_columns="raise",
            missing_columns="raise",
        )
    except (pl.exceptions.PolarsError, ValueError) as error:  # its text quotes the file
        raise InternalError(f"Polars could not read well-formed records: {type(error).__name__}") from None
    if frame.height != len(unit.starts):
        raise InternalError(f"{len(unit.starts)} well-formed records were found and Polars read {frame.height}")
    return frame.with_columns(pl.lit(True).alias(_RECORD))


def _excised(unit: Unit, data: bytes) -> bytes:
    """The bytes without malformed records."""
    starts, ends = unit.starts, unit.ends
    gaps = np.flatnonzero(starts[1:] != ends[:-1])
    if not len(gaps) and starts[0] == 0 and ends[-1] == len(data):
        return data
    firsts = np.concatenate((starts[:1], starts[gaps + 1])).tolist()
    lasts = np.concatenate((ends[gaps], ends[-1:])).tolist()
    return b"".join(data[first:last] for first, last in zip(firsts, lasts, strict=True))


def _hits(
    frame: pl.DataFrame, checks: tuple[Check, ...], unreadable: Mapping[int, str], result: UnitResult
) -> dict[int, Offsets]:
    """By check: the numbers of the records for which it holds; all checks at once, or one by one if that fails."""
    selected = [_selection(check, unreadable) for check in checks]
    try:
        found = frame.lazy().select(selected).collect()
    except (Exception, SystemExit, pl.exceptions.PanicException):  # any rule may be a third party's
        return _hits_one_by_one(frame, checks, selected, result)
    return {check.number: found.to_series(place)[0].to_numpy() for place, check in enumerate(checks)}


def _hits_one_by_one(
    frame: pl.DataFrame, checks: tuple[Check, ...], selected: list[pl.Expr], result: UnitResult
) -> dict[int, Offsets]:
    hits = {}
    for check, selection in zip(checks, selected, strict=True):
        try:
            hits[check.number] = frame.lazy().select(selection).collect().to_series()[0].to_numpy()
        except (Exception, SystemExit, pl.exceptions.PanicException) as error:  # as above
            result.failures[check.number] = (type(error).__name__, frames(error))
    return hits


def _selection(check: Check, unreadable: Mapping[int, str]) -> pl.Expr:
    where = check.where & pl.col(_RECORD)  # a condition that looks at no cell has one value, not one a record
    for index in check.dates:
        if index in unreadable:
            where &= ~pl.col(unreadable[index])
    return where.fill_null(False).arg_true().implode().alias(str(check.number))


def _place(unit: Unit, data: bytes, hits: Mapping[int, Offsets], result: UnitResult) -> None:
    """Lines and columns of the cells, of no more of them than are asked for."""
    rows = []
    known: dict[int, tuple[bytes, list[tuple[int, int]], int]] = {}

    def cell(number: int, index: int) -> tuple[bytes, int, int, int]:
        if number not in known:
            record = data[int(unit.starts[number]) : int(unit.ends[number])]
            line = unit.first_line + number if unit.lines is None else int(unit.lines[number])
            known[number] = (record, cells(record, unit.dialect.delimiter), line)
        record, found, line = known[number]
        return (record, *found[index], line)

    for check, wanted in zip(unit.checks, unit.wanted, strict=True):
        if check.number not in hits:
            continue
        numbers = hits[check.number]
        result.counts[check.number] = len(numbers)
        spans = []
        for number in numbers[:wanted].tolist():
            record, begin, end, line = cell(number, check.at)
            spans.append(places.span(record, begin, end, line, unit.dialect.encoding))
        result.places[check.number] = spans
        if unit.keep_rows:
            for number in numbers.tolist():
                record, begin, _, line = cell(number, check.at)
                rows.append((*places.position(record, begin, line, unit.dialect.encoding), check.number))
    if unit.keep_rows:
        result.rows = np.array(rows, np.int64).reshape(-1, 3)
