"""Values on their way from a file: where each stands, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mkt_lint._config.document import ConfigFile, KeyPath, Origin, Problem, Spot, dotted
from mkt_lint._named import NamedTuple

if TYPE_CHECKING:
    from mkt_lint._config.selectors import KnownRules

_TOML_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "a boolean"), (int, "an integer"), (float, "a float"), (str, "a string"), (list, "an array"),
    (dict, "a table"),
)  # fmt: skip


def _toml_type(value: object) -> str:
    return next((name for kind, name in _TOML_TYPES if isinstance(value, kind)), "a date or time")


class Value(NamedTuple):
    """A value that was checked, and where it was written."""

    value: Any
    origins: tuple[Origin | str, ...]
    """More than one where lists were added to each other."""


Layer: TypeAlias = dict[str, Any]
"""Checked values by key; tables are layers in turn, all else is a `Value`."""


class Place:
    """Where in a file a check stands, and what it has found wrong so far."""

    def __init__(
        self,
        file: ConfigFile | None,
        known: KnownRules | None = None,
        path: KeyPath = (),
        spot: Spot = "value",
        problems: list[Problem] | None = None,
    ) -> None:
        self.file = file
        self.known = known
        self.path = path
        self.spot: Spot = spot
        self.problems = problems if problems is not None else []

    def at(self, step: str | int) -> Place:
        return Place(self.file, self.known, (*self.path, step), self.spot, self.problems)

    def at_key(self) -> Place:
        return Place(self.file, self.known, self.path, "key", self.problems)

    def wrong(self, message: str) -> None:
        self.problems.append(Problem(self.path, message, self.spot))

    def must_be(self, expected: str, value: object) -> None:
        self.wrong(f"{dotted(self.path)!r} must be {expected}, not {_toml_type(value)}")

    def value(self, value: object) -> Value:
        return Value(value, (Origin(self.file, self.path),) if self.file is not None else ())
