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

RECORD = "record"
"""The name of a column that is true in every record."""

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
    where: pl.Expr
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
    key: pl.Expr | None = None
    """What records are grouped by; None where each is judged by itself."""
    others: pl.Expr | None = None

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
    selections = [_selection(check, unreadable) for check in checks]
    fused: pl.DataFrame | None = None
    try:
        fused = with_shared(frame, shared).select([part for selection in selections for part in selection])
    except (Exception, SystemExit, pl.exceptions.PanicException):  # any rule may be a third party's
        fused = None
    for check, selection in zip(checks, selections, strict=True):
        try:
            selected = fused
            if selected is None:
                selected = with_shared(frame, arrange(shared.expressions, check.shared)).select(selection)
            parts = [selected[part.meta.output_name()][0].to_numpy() for part in selection]
            found[check.number] = members(*parts) if len(parts) > 1 else _confirmed(frame, check, parts[0])
        except (Exception, SystemExit, pl.exceptions.PanicException) as error:  # as above
            problems[check.number] = (type(error).__name__, frames(error))
    return found, problems


def _selection(check: Check, unreadable: Mapping[int, str]) -> list[pl.Expr]:
    """The numbers of the records for which a check holds; of groups: of each record its key's hash and its flags."""
    where = _known(check, check.where, unreadable)
    if check.key is None:
        return [where.arg_true().implode().alias(str(check.number))]
    key = pl.when(pl.col(RECORD)).then(check.key)
    filled = (key != "").fill_null(False)
    others = filled if check.others is None else _known(check, check.others, unreadable) & filled
    flags = (where & filled).cast(pl.UInt8) * MAY_BE_FLAGGED + others.cast(pl.UInt8) * OTHER
    return [key.hash().implode().alias(f"{check.number}:key"), flags.implode().alias(f"{check.number}:flags")]


def _known(check: Check, expression: pl.Expr, unreadable: Mapping[int, str]) -> pl.Expr:
    """A condition for records whose dates can all be read, if the check looks at them."""
    expression &= pl.col(RECORD)  # a condition that looks at no cell has one value, not one a record
    for index in check.dates:
        if index in unreadable:
            expression &= ~pl.col(unreadable[index])
    return expression.fill_null(False)


def _confirmed(frame: pl.DataFrame, check: Check, numbers: Numbers) -> Numbers:
    if check.confirm is None or not len(numbers):
        return numbers
    cells = [
        [""] * len(numbers) if index is None else frame[f"text:{index}"].gather(numbers).str.strip_chars().to_list()
        for index in check.over
    ]
    return numbers[[bool(check.confirm(*texts)) for texts in zip(*cells, strict=True)]]
