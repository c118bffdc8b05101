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
    """The items of a policy string, split as Keycloak splits it, each with its place inside the string."""
    value, raw = str(policy.value), policy.raw
    # A plain text of YAML has no quotes. What is left to mind in a string on one line are its escapes.
    quote = 0 if raw == value else 1
    columns = [found.start() for found in _CHARACTER.finditer(raw[quote : len(raw) - quote])]
    columns.append(len(raw) - 2 * quote)
    whole = "\n" in raw or len(columns) != len(value) + 1  # folded, or with escapes of another kind
    line, first = policy.span.line, policy.span.column + quote
    start = 0
    for piece in value.split(_SEPARATOR):
        text = piece.strip()
        begin = start + len(piece) - len(piece.lstrip())
        start += len(piece) + len(_SEPARATOR)
        if not text:
            continue
        span = policy.span
        if not whole:
            span = Span(line, first + columns[begin], line, first + columns[begin + len(text)])
        name, bracket, rest = text.partition("(")
        argument = rest[:-1] if bracket and rest[:-1] not in ("", "undefined") else None
        yield Item(name.strip(), argument, not bracket or rest.endswith(")"), span)
