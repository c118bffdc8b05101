"""A rule pack that a configuration demands, and the versions that will do."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import ClassVar, Self, TypeAlias

_Version: TypeAlias = tuple[tuple[int, ...], int]

# Compiled when they are first used: few configurations have requirements.
_CLAUSE = r"(==|!=|>=|<=|~=|>|<)\s*(\d+(?:\.\d+)*)"
_RELEASE = r"(?s)v?(?:\d+!)?(\d+(?:\.\d+)*)(.*)"
_BEFORE_RELEASE = r"(?i)[._-]?(a|b|c|rc|alpha|beta|pre|preview|dev)"
_AFTER_RELEASE = r"(?i)[._-]?(post|r|rev)|-\d"

_COMPARISONS: dict[str, Callable[[_Version, _Version], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def _release(numbers: str) -> tuple[int, ...]:
    parts = [int(number) for number in numbers.split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _version(text: str) -> _Version | None:
    """The release, and whether the version comes before (-1), is (0) or comes after it (1)."""
    found = re.fullmatch(_RELEASE, text.strip())
    if not found:
        return None
    rest = found[2].partition("+")[0]
    phase = -1 if re.match(_BEFORE_RELEASE, rest) else 1 if re.match(_AFTER_RELEASE, rest) else 0
    return _release(found[1]), phase


class Requirement(str):
    """A pack's name and its versions: `Requirement("acme")`, `Requirement("acme>=1.2,<2")`.

    Raises:
        ValueError: the text is not a name, followed by comparisons with release numbers if wanted.
    """

    __slots__ = ()

    PATTERN: ClassVar[str] = (
        r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?"
        r"(\s*(==|!=|>=|<=|~=|>|<)\s*\d+(\.\d+)*(\s*,\s*(==|!=|>=|<=|~=|>|<)\s*\d+(\.\d+)*)*)?"
    )

    def __new__(cls, text: str) -> Self:
        if not re.fullmatch(cls.PATTERN, text):
            raise ValueError(
                f"{text!r} is not a requirement; write a pack's name, then if need be comparisons with "
                "release numbers, such as 'acme' or 'acme>=1.2,<2'"
            )
        requirement = super().__new__(cls, text)
        if any(comparison == "~=" and "." not in number for comparison, number in requirement._clauses):
            raise ValueError(f"{text!r}: ~= needs two numbers at least, such as '~=1.2'")
        return requirement

    @property
    def name(self) -> str:
        return re.split(r"[\s=!<>~]", self, maxsplit=1)[0]

    @property
    def _clauses(self) -> list[tuple[str, str]]:
        return re.findall(_CLAUSE, self)

    def accepts(self, version: str) -> bool:
        """Whether a version will do. A pre-release comes before its release, a post-release after it."""
        if not self._clauses:
            return True
        found = _version(version)
        return found is not None and all(_holds(found, *clause) for clause in self._clauses)


def _holds(found: _Version, comparison: str, number: str) -> bool:
    wanted = (_release(number), 0)
    if comparison != "~=":
        return _COMPARISONS[comparison](found, wanted)
    prefix = tuple(int(part) for part in number.split(".")[:-1])
    padded = found[0] + (0,) * (len(prefix) - len(found[0]))
    return found >= wanted and padded[: len(prefix)] == prefix
