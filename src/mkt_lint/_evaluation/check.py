"""A check as a range's records are held against it: expressions, fused with those of all other checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mkt_lint._evaluation.groups import MAY_BE_FLAGGED, OTHER, Members, members
from mkt_lint._evaluation.sharing import Shared, arrange, with_shared
from mkt_lint._tracebacks import frames

Numbers: TypeAlias = NDArray[np.uint32]
"""Of records, among the well-formed ones of a range, from 0 and ascending."""

Found: TypeAlias = Numbers | Members
"""The offending records; of a check of groups, those that take part."""

Raised: TypeAlias = tuple[str, str]
"""The type of an error, and its frames."""


@dataclass(frozen=True, slots=True)
class Check:
    """The expressions of one check, and what they look at."""

    number: int
    where: str
    """The name of the shared expression that holds for the offending records."""
    at: int
    """The index of the column whose cell is the offending one."""
    texts: tuple[int, ...]
    dates: tuple[int, ...]
    """Indices of the columns whose cells and dates it looks at."""
    shared: frozenset[str] = frozenset()
    """The names of the shared expressions that make it up."""
    readable: tuple[int, ...] = ()
    """Of the columns of dates of which it asks which cells cannot be read."""
    confirm: Callable[..., bool] | None = None
    over: tuple[int | None, ...] = ()
    """Indices of the columns that `confirm` looks at; None for a column that is not there."""
    key: str | None = None
    """The name of what records are grouped by; None where each is judged by itself."""
    others: str | None = None

    @property
    def columns(self) -> frozenset[int]:
        """All columns that it looks at."""
        return frozenset((*self.texts, *self.dates, *self.readable))


def find(
    frame: pl.DataFrame, shared: Shared, checks: Sequence[Check], unreadable: Mapping[int, str]
) -> tuple[dict[int, Found], dict[int, Raised]]:
    """By check: the records found, and what went wrong; all checks at once, or one by one if that fails.

    Args:
        shared: The expressions that the checks look at.
        unreadable: By index of a column of dates, the column that says which cells are filled but no dates.
    """
    found: dict[int, Found] = {}
    problems: dict[int, Raised] = {}
    whole: pl.DataFrame | None = None
    try:
        whole = with_shared(frame, shared)
    except (Exception, SystemExit, pl.exceptions.PanicException):  # any rule may be a third party's
        whole = None
    keys: dict[str, _Keys] = {}
    for check in checks:
        try:
            values = with_shared(frame, arrange(shared.expressions, check.shared)) if whole is None else whole
            if check.key is None:
                numbers = np.flatnonzero(_holds(values, check, check.where, unreadable)).astype(np.uint32)
                found[check.number] = _confirmed(frame, check, numbers)
            else:
                if check.key not in keys:
                    keys[check.key] = _Keys(values[check.key])
                keys[check.key].add(values, check, unreadable)
        except (Exception, SystemExit, pl.exceptions.PanicException) as error:  # as above
            problems[check.number] = (type(error).__name__, frames(error))
    for key in keys.values():
        found.update(zip(key.flags, members(key.hashes, *key.flags.values()), strict=True))
    return found, problems


class _Keys:
    """What the records of a range are grouped by, in all checks that group them so."""

    def __init__(self, key: pl.Series) -> None:
        self.hashes = key.hash().to_numpy()
        self.filled = _true(key != "")
        self.flags: dict[int, NDArray[np.uint8]] = {}
        """By check."""

    def add(self, values: pl.DataFrame, check: Check, unreadable: Mapping[int, str]) -> None:
        """Take down which records a check flags, and which make it do so."""
        flagged = _holds(values, check, check.where, unreadable) & self.filled
        others = self.filled
        if check.others is not None:
            others = _holds(values, check, check.others, unreadable) & self.filled
        self.flags[check.number] = flagged * np.uint8(MAY_BE_FLAGGED) + others * np.uint8(OTHER)


def _holds(values: pl.DataFrame, check: Check, name: str, unreadable: Mapping[int, str]) -> NDArray[np.bool_]:
    """Where a condition holds, among records whose dates can all be read, if the check looks at them."""
    holds = _true(values[name])
    if holds.any():
        for index in check.dates:
            if index in unreadable:
                holds = holds & ~values[unreadable[index]].to_numpy()
    return holds


def _true(condition: pl.Series) -> NDArray[np.bool_]:
    """Where a condition is true, and not null."""
    if condition.dtype != pl.Boolean or not condition.any():
        if condition.dtype not in (pl.Boolean, pl.Null):
            raise pl.exceptions.InvalidOperationError("a condition is true or false for each record")
        return np.zeros(len(condition), bool)
    return (condition.fill_null(False) if condition.null_count() else condition).to_numpy()


def _confirmed(frame: pl.DataFrame, check: Check, numbers: Numbers) -> Numbers:
    if check.confirm is None or not len(numbers):
        return numbers
    cells = [
        [""] * len(numbers) if index is None else frame[f"text:{index}"].gather(numbers).str.strip_chars().to_list()
        for index in check.over
    ]
    return numbers[[bool(check.confirm(*texts)) for texts in zip(*cells, strict=True)]]
