"""Keycloak's policy strings: `length(12) and digits(1) and notUsername(undefined)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mkt_lint import Node, Span

_SEPARATOR = " and "
DIGITS = re.compile(r"[+-]?[0-9]{1,9}")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
VARIABLE = re.compile(r"\$\{|\$\(")


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement of a policy string."""

    name: str = field(repr=False)
    argument: str | None = field(repr=False)
    """None where there is none, also as `()` and `(undefined)`."""
    closed: bool
    """Whether a bracket that opens is closed."""
    span: Span

    @property
    def variable(self) -> bool:
        """Whether its name comes from elsewhere."""
        return bool(VARIABLE.search(self.name))

    def number(self, default: int) -> int | None:
        """The argument as Keycloak reads it; None where it comes from elsewhere.

        Raises:
            ValueError: Keycloak takes it for no number.
        """
        if self.argument is None:
            return default
        if VARIABLE.search(self.argument):
            return None
        if not DIGITS.fullmatch(self.argument):
            raise ValueError
        return int(self.argument)


def items(policy: Node) -> Iterator[Item]:
    """The items of a policy string, split as Keycloak splits it, each with its place inside the JSON string."""
    # A JSON string has no line ends; what is left to mind are its escapes.
    columns = [found.start() for found in _CHARACTER.finditer(policy.raw[1:-1])]
    columns.append(len(policy.raw) - 2)
    line, first = policy.span.line, policy.span.column + 1
    start = 0
    for piece in str(policy.value).split(_SEPARATOR):
        text = piece.strip()
        begin = start + len(piece) - len(piece.lstrip())
        start += len(piece) + len(_SEPARATOR)
        if not text:
            continue
        span = Span(line, first + columns[begin], line, first + columns[begin + len(text)])
        name, bracket, rest = text.partition("(")
        argument = rest[:-1] if bracket and rest[:-1] not in ("", "undefined") else None
        yield Item(name.strip(), argument, not bracket or rest.endswith(")"), span)
