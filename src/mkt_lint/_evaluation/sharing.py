"""Expressions that checks share: evaluated once a range, and once a distinct cell where a column repeats its cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

import polars as pl

Step: TypeAlias = Mapping[str, pl.Expr]
"""Expressions by name, none of which looks at another."""

_SAMPLE = 2048
"""Cells that tell whether a column repeats its cells, before all are looked at."""
_REPEATS = 8
"""How often a cell must be met, on average, for its expressions to be worth evaluating once a distinct cell."""
_DISTINCT = 2048
"""Distinct cells of a column that are kept with what was made of them."""


class OfCells(NamedTuple):
    """Expressions over the cells of one column and nothing else."""

    steps: tuple[Step, ...]
    kept: tuple[str, ...]
    """The names that something else looks at."""


class Known(NamedTuple):
    """The distinct cells of a column that repeats its cells, and what was made of them."""

    cells: pl.Enum
    values: pl.DataFrame
    """One row a cell."""


class Shared(NamedTuple):
    """Expressions in an order in which they can be evaluated."""

    expressions: Mapping[str, pl.Expr]
    """All of them, by name."""
    of_cells: Mapping[str, OfCells]
    """By name of a column of cells."""
    of_records: tuple[Step, ...]
    known: dict[str, Known | None]
    """By name of a column of cells, from the ranges so far; None for one that does not repeat them. Threads share it:
    where one replaces what another has found, that is found again."""


def names_of(expressions: Mapping[str, pl.Expr], asked: Collection[str]) -> frozenset[str]:
    """The names of all that names look at, themselves included."""
    names: set[str] = set()
    waiting = list(asked)
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += expressions[name].meta.root_names() if name in expressions else ()
    return frozenset(names)


def arrange(expressions: Mapping[str, pl.Expr], asked: Collection[str]) -> Shared:
    """The expressions that are needed for those that are asked for.

    Args:
        expressions: Each looks at no other than earlier ones.
        asked: Names of expressions and of other columns.
    """
    names = names_of(expressions, asked)
    wanted = {name: expression for name, expression in expressions.items() if name in names}
    homes: dict[str, str | None] = {}
    """By name: the one column of cells that it looks at."""
    looked_at: set[str] = set(asked)
    of_cells: dict[str, dict[str, pl.Expr]] = {}
    of_records: dict[str, pl.Expr] = {}
    for name, expression in wanted.items():
        roots = expression.meta.root_names()
        columns = {homes[root] if root in homes else (root if root.startswith("text:") else None) for root in roots}
        homes[name] = home = columns.pop() if len(columns) == 1 else None
        if home is None:
            of_records[name] = expression
            looked_at.update(roots)
        else:
            of_cells.setdefault(home, {})[name] = expression
    cells = {
        home: OfCells(_steps(own), tuple(name for name in own if name in looked_at)) for home, own in of_cells.items()
    }
    return Shared(wanted, cells, _steps(of_records), {})


def _steps(expressions: Mapping[str, pl.Expr]) -> tuple[Step, ...]:
    depths: dict[str, int] = {}
    steps: list[dict[str, pl.Expr]] = []
    for name, expression in expressions.items():
        depths[name] = max((depths[root] + 1 for root in expression.meta.root_names() if root in depths), default=0)
        if depths[name] == len(steps):
            steps.append({})
        steps[depths[name]][name] = expression
    return tuple(steps)


def with_shared(frame: pl.DataFrame, shared: Shared) -> pl.DataFrame:
    """The frame with the values of the expressions."""
    known = {name: _known(frame[name], of_cells, shared.known) for name, of_cells in shared.of_cells.items()}
    places = frame.select(_place(name, found.cells) for name, found in known.items() if found)
    others = [name for name, found in known.items() if found is None]
    values = _evaluated(frame.select(others), *(shared.of_cells[name] for name in others)).get_columns()
    for name, found in known.items():
        if found is not None:
            values += _looked_up(frame[name], places[name], found, shared.of_cells[name], shared.known).get_columns()
    frame = frame.hstack(values)
    for step in shared.of_records:
        frame = frame.with_columns(**step)
    return frame


def _known(cells: pl.Series, of_cells: OfCells, known: dict[str, Known | None]) -> Known | None:
    if cells.name not in known:
        distinct = _distinct(cells)
        known[cells.name] = (
            None if distinct is None else Known(pl.Enum(distinct), _evaluated(distinct.to_frame(), of_cells))
        )
    return known[cells.name]


def _place(name: str, cells: pl.Enum) -> pl.Expr:
    """Where each of a column's cells is among those that are known; null for another."""
    return pl.col(name).cast(cells, strict=False).to_physical().cast(pl.UInt32)


def _looked_up(
    cells: pl.Series, places: pl.Series, found: Known, of_cells: OfCells, known: dict[str, Known | None]
) -> pl.DataFrame:
    if not places.null_count():
        return found.values[places]
    further = cells.filter(places.is_null()).unique()
    distinct = pl.concat([found.cells.categories, further.alias("category")])
    if len(distinct) > _DISTINCT:
        known[cells.name] = None
        return _evaluated(cells.to_frame(), of_cells)
    values = pl.concat([found.values, _evaluated(further.to_frame(), of_cells)], rechunk=True)
    known[cells.name] = found = Known(pl.Enum(distinct), values)
    return found.values[cells.to_frame().select(_place(cells.name, found.cells)).to_series()]


def _evaluated(cells: pl.DataFrame, *of_cells: OfCells) -> pl.DataFrame:
    """The values of one or more columns' expressions."""
    for steps in zip_longest(*(own.steps for own in of_cells), fillvalue={}):
        cells = cells.with_columns(**{name: expression for step in steps for name, expression in step.items()})
    return cells.select(*(name for own in of_cells for name in own.kept))


def _distinct(cells: pl.Series) -> pl.Series | None:
    """The distinct cells; None where most of them are."""
    sample = cells.head(_SAMPLE)
    if sample.n_unique() * 2 > len(sample):
        return None
    distinct = cells.unique()
    return distinct if len(distinct) <= min(_DISTINCT, len(cells) // _REPEATS) else None
