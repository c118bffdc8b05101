"""Dates of a column: one format that fits the whole column; its order of day and month may come from other columns.

A value belongs to one family by its looks: year first, numbers with the year last (day or month first), a month's name.
Families of bare numbers (a spreadsheet's days, seconds or milliseconds since 1970, eight digits) are taken only where
every value of the column belongs. Each range of records is counted by family; the sum over all ranges decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import polars as pl

from mkt_lint._documents.table import AROUND

Problem: TypeAlias = Literal["date-order-unknown", "date-order-mixed", "date-format-unknown"]

YEAR_FIRST, WORDS = "ymd", "words"
SERIAL, UNIX, DIGITS = "serial", "unix", "digits"
_NUMBERS = (SERIAL, UNIX, DIGITS)
_SEPARATORS = ("/", "-", ".")
_TIME = (
    r"(?:,?(?:[Tt]| (?:à |at )?)\s*\d{1,2}(?:[:hH]\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?|[hH])"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:[Zz]|UTC|utc|GMT|gmt|[+-]\d{2}:?\d{2})?)?"
)
_PADDED = 10
"""Bytes of `2024-03-12` and `12/03/2024`."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier janv",
            "feb february fevrier février fevr févr fev fév",
            "mar march mars",
            "apr april avril avr",
            "may mai",
            "jun june juin",
            "jul july juillet juil",
            "aug august aout août aou aoû",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre décembre déc",
        ),
        1,
    )
    for name in names.split()
}
_SHORT_YEAR, _PIVOT = 2, "70"
"""Digits of a year without its century, and the first such year of the last century."""
_NOTHING = [
    "", "-", "--", "–", "—", ".", "/", "n/a", "na", "n.a.", "#n/a", "null", "none", "(none)", "nil", "nan", "never",
    "jamais", "aucun", "aucune", "vide", "(vide)", "(blank)", "0", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000",
]  # fmt: skip
"""Cells that say that there is no date, as an empty one does; a word for one that is not known does not."""
_EPOCH_OF_SPREADSHEETS = -25569
"""1899-12-30 in days from 1970-01-01."""


@dataclass(frozen=True, slots=True)
class DateCounts:
    """What one range says of a column of dates."""

    filled: int
    formats: Mapping[str, int]
    """How many values each format reads; `only dmy/` counts those that the other order of the family does not."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one range of a column."""

    values: pl.Series
    unreadable: pl.Series | None
    """Which cells are filled, with another word than one for no date, but in another format; None for no cell."""
    format: str
    counts: DateCounts | None
    """None where the format was given."""


def decide(counts: DateCounts) -> tuple[str, Problem | None]:
    """The format that fits, and what speaks against relying on it; a guess where nothing fits."""
    seen = counts.formats
    families = {YEAR_FIRST: seen.get(YEAR_FIRST, 0), WORDS: seen.get(WORDS, 0)}
    families |= {sign: seen.get(f"dmy{sign}", 0) + seen.get(f"only mdy{sign}", 0) for sign in _SEPARATORS}
    families |= {name: counts.filled for name in _NUMBERS if seen.get(name, 0) == counts.filled}
    best = max(families, key=lambda family: families[family])
    problem: Problem | None = "date-format-unknown" if families[best] * 2 < counts.filled else None
    if best not in _SEPARATORS or not counts.filled:
        return best, problem
    day_first, month_first = seen.get(f"only dmy{best}", 0), seen.get(f"only mdy{best}", 0)
    if day_first and month_first:
        problem = problem or "date-order-mixed"
    elif not day_first and not month_first and seen.get(f"differ{best}", 0):
        problem = problem or "date-order-unknown"
    return (f"mdy{best}" if month_first > day_first else f"dmy{best}"), problem


def decide_all(columns: Mapping[int, DateCounts]) -> tuple[dict[int, str], dict[int, Problem]]:
    """The format of each column of a file, and what speaks against relying on it.

    One program wrote the file: a column that leaves the order of day and month open has that of the others.
    """
    formats: dict[int, str] = {}
    problems: dict[int, Problem] = {}
    for column, counts in columns.items():
        formats[column], problem = decide(counts)
        if problem:
            problems[column] = problem
    for column in [column for column, problem in problems.items() if problem == "date-order-unknown"]:
        sign = formats[column][-1]
        seen = [f"{order}{sign}" for order in ("dmy", "mdy")
                if any(counts.formats.get(f"only {order}{sign}") for counts in columns.values())]  # fmt: skip
        if len(seen) == 1:
            formats[column] = seen[0]
            del problems[column]
    return formats, problems


def total(parts: list[DateCounts]) -> DateCounts:
    """The counts of all ranges together."""
    formats: Counter[str] = Counter()
    for part in parts:
        formats.update(part.formats)
    return DateCounts(sum(part.filled for part in parts), formats)


def read_dates(texts: pl.DataFrame, given: Mapping[str, str]) -> dict[str, Dates]:
    """The dates of columns' cells, by the name of the column.

    Args:
        given: Formats by name of column; another column's is the one that fits its cells best.
    """
    usual = _read_year_first(texts, given)
    return {name: usual.get(name) or _read_column(texts[name], given.get(name)) for name in texts.columns}


def _read_year_first(texts: pl.DataFrame, given: Mapping[str, str]) -> dict[str, Dates]:
    """The most usual case, quickly and at once: every filled cell of a column is like `2024-03-12`."""
    length = pl.all().str.len_bytes()
    looks = texts.select(
        (length == 0).sum().name.suffix(" empty"),
        (length == _PADDED).sum().name.suffix(" padded"),
        length.arg_max().name.suffix(" longest"),
    ).row(0, named=True)
    filled, signs = {}, {}
    for name in texts.columns:
        empty, padded, longest = (looks[f"{name} {look}"] for look in ("empty", "padded", "longest"))
        sign = texts[name][longest][4:5] if padded and empty + padded == texts.height else ""
        if sign in _SEPARATORS and given.get(name) in (None, YEAR_FIRST):
            filled[name], signs[name] = padded, sign
    dates = texts.select(_parsed(name, "ymd", sign) for name, sign in signs.items())
    return {
        name: Dates(dates[name], None, YEAR_FIRST, None if name in given else DateCounts(count, {YEAR_FIRST: count}))
        for name, count in filled.items()
        if texts.height - dates[name].null_count() == count
    }


def _read_column(text: pl.Series, given: str | None) -> Dates:
    length = text.str.len_bytes()
    empty = int((length == 0).sum())
    if empty == len(text):
        return Dates(_no_dates(len(text)), None, given or YEAR_FIRST, None if given else DateCounts(0, {}))
    quick = None
    if empty + int((length == _PADDED).sum()) == len(text):
        quick = _read_year_last(text, str(text[length.arg_max() or 0])[2:3], len(text) - empty, given)
    return quick or _read(text, given)


def _no_dates(size: int) -> pl.Series:
    return pl.Series([None], dtype=pl.Date).new_from_index(0, size)


def _parsed(name: str, order: str, sign: str) -> pl.Expr:
    pattern = sign.join(f"%{part.upper() if part == 'y' else part}" for part in order)
    filled = pl.when(pl.col(name) != "").then(pl.col(name))  # a null is passed over, and an empty text is not
    return filled.str.to_date(pattern, strict=False, cache=False)


def _read_year_last(text: pl.Series, sign: str, filled: int, given: str | None) -> Dates | None:
    """Another usual case: every filled cell is like `12/03/2024`; None for any other case."""
    candidates = [f"dmy{sign}", f"mdy{sign}"]
    if sign not in _SEPARATORS or given not in (None, *candidates):
        return None
    formats = [given] if given else candidates
    dates = text.to_frame().select(_parsed(text.name, known[:3], sign).alias(known) for known in formats)
    if given:
        return Dates(dates[given], None, given, None) if len(text) - dates[given].null_count() == filled else None
    day_first, month_first = dates.get_columns()
    seen = _numeric_counts(day_first, month_first, sign)
    if seen[f"dmy{sign}"] + seen[f"only mdy{sign}"] < filled:
        return None
    return _chosen(dates.to_dict(), text != "", DateCounts(filled, seen))


def _numeric_counts(day_first: pl.Series, month_first: pl.Series, sign: str) -> dict[str, int]:
    either = day_first.is_not_null(), month_first.is_not_null()
    return {
        f"dmy{sign}": int(either[0].sum()),
        f"mdy{sign}": int(either[1].sum()),
        f"only dmy{sign}": int((either[0] & ~either[1]).sum()),
        f"only mdy{sign}": int((either[1] & ~either[0]).sum()),
        f"differ{sign}": int((day_first != month_first).sum()),
    }


def _chosen(candidates: Mapping[str, pl.Series], filled: pl.Series, counts: DateCounts) -> Dates:
    best, _ = decide(counts)
    return _dates(candidates[best], filled, best, counts)


def _dates(values: pl.Series, filled: pl.Series, format: str, counts: DateCounts | None) -> Dates:
    unreadable = filled & values.is_null()
    return Dates(values, unreadable if unreadable.any() else None, format, counts)


def _read(text: pl.Series, given: str | None) -> Dates:
    """Any case: every format is tried."""
    text = text.str.strip_chars(AROUND)
    filled = ~text.str.to_lowercase().is_in(_NOTHING)
    if given:
        return _dates(_by_format(text, given), filled, given, None)
    names = [YEAR_FIRST, WORDS, *_NUMBERS, *(f"{order}{sign}" for sign in _SEPARATORS for order in ("dmy", "mdy"))]
    candidates = {name: _by_format(text, name) for name in names}
    seen = {name: len(text) - candidates[name].null_count() for name in (YEAR_FIRST, WORDS, *_NUMBERS)}
    for sign in _SEPARATORS:
        seen |= _numeric_counts(candidates[f"dmy{sign}"], candidates[f"mdy{sign}"], sign)
    return _chosen(candidates, filled, DateCounts(int(filled.sum()), seen))


def _by_format(text: pl.Series, format: str) -> pl.Series:
    frame = text.to_frame("text")
    cell = pl.col("text")
    if format == YEAR_FIRST:
        found = cell.str.extract(rf"^(\d{{4}}[-/.]\s?\d{{1,2}}[-/.]\s?\d{{1,2}}){_TIME}$").str.replace_all("[/.]", "-")
        return frame.select(found.str.to_date("%Y-%m-%d", strict=False)).to_series()
    if format == SERIAL:
        days = cell.str.extract(r"^([2-7]\d{4})(?:[.,]\d+)?$").cast(pl.Int32)
        return frame.select((days + _EPOCH_OF_SPREADSHEETS).cast(pl.Date)).to_series()
    if format == UNIX:
        seconds = cell.str.extract(r"^([12]\d{9})(?:\d{3}|\.\d{1,9})?$").cast(pl.Int64)
        return frame.select(pl.from_epoch(seconds, "s").cast(pl.Date)).to_series()
    if format == DIGITS:
        found = cell.str.extract(r"^((?:19|20)\d{6})(?:T?\d{4}(?:\d{2})?Z?)?$")
        return frame.select(found.str.to_date("%Y%m%d", strict=False)).to_series()
    if format == WORDS:
        return frame.select(_in_words(cell)).to_series()
    return _year_last(frame, format[:3], format[3])


def _year_last(frame: pl.DataFrame, order: str, sign: str) -> pl.Series:
    """`12/03/2024`, or `12/03/24` with a stroke or points: `24-03-12` may begin with the year."""
    mark = rf"\{sign}"
    cell, parts = pl.col("text"), rf"\d{{1,2}}{mark}\s?\d{{1,2}}{mark}\s?"
    dates = (
        frame.select(cell.str.extract(rf"^({parts}\d{{4}}){_TIME}$")).select(_parsed("text", order, sign)).to_series()
    )
    short = frame.select(cell.str.extract(rf"^({parts}\d{{2}}){_TIME}$")).to_series()
    if sign == "-" or short.null_count() == len(short):
        return dates
    return dates.fill_null(short.str.to_date(sign.join(f"%{part}" for part in order), strict=False, cache=False))


def _in_words(cell: pl.Expr) -> pl.Expr:
    """`12 Mar 2024`, `1er mars 2024`, `12-févr.-24`, `March 12, 2024`."""
    cell = cell.str.to_lowercase()
    weekday, day = r"(?:\p{L}+\.?,? )?", r"(?P<d>\d{1,2})(?:er|st|nd|rd|th)?"
    month, year = r"(?P<m>\p{L}+)\.?", r"(?P<y>\d{4}|\d{2})"
    day_first = cell.str.extract_groups(rf"^{weekday}{day}[ -]{month},?[ -]{year}{_TIME}$")
    month_first = cell.str.extract_groups(rf"^{weekday}{month} {day},? {year}{_TIME}$")
    return pl.coalesce(_from_parts(day_first), _from_parts(month_first))


def _from_parts(parts: pl.Expr) -> pl.Expr:
    month = parts.struct.field("m").replace_strict(_MONTHS, default=None, return_dtype=pl.Int32)
    year = parts.struct.field("y")
    century = pl.when(year.str.len_bytes() > _SHORT_YEAR).then(pl.lit("")).when(year < _PIVOT).then(pl.lit("20"))
    written = pl.concat_str(
        century.otherwise(pl.lit("19")) + year,
        month.cast(pl.String).str.zfill(2),
        parts.struct.field("d").str.zfill(2),
        separator="-",
    )
    return written.str.to_date("%Y-%m-%d", strict=False)
