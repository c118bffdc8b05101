"""What a text or a list in the configuration must be beyond its type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from mkt_lint._config.spelling import suggestion
from mkt_lint._fields import F, Field

if TYPE_CHECKING:
    from mkt_lint._config.selectors import KnownRules

T = TypeVar("T")

# Compiled when they are first used: most runs check no configuration.
_PACK_FIELD = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+"
_ONLY_SLASHES = r"!?/*\s*"
_WELL_FORMED = r"(?s:[^\\\[]|\\.|\[[!^]?+\]?+[^\]]*\])*"


class Constraint(Protocol):
    """One demand on a value whose type is already right."""

    @property
    def json(self) -> Mapping[str, Any]:
        """The demand in JSON Schema."""

    def convert(self, value: Any, known: KnownRules | None, /) -> Any:
        """The value as the linter uses it. Raises `ValueError` with a message for the user."""


class AtLeast:
    """A number that is not smaller."""

    def __init__(self, minimum: int) -> None:
        self._minimum = minimum

    @property
    def json(self) -> Mapping[str, Any]:
        return {"minimum": self._minimum}

    def convert(self, value: int, _known: KnownRules | None, /) -> int:
        if value < self._minimum:
            raise ValueError(f"must be {self._minimum} or more")
        return value


class NotEmpty:
    """A list with an item at least.

    Args:
        instead: What to do, for the message.
    """

    def __init__(self, instead: str) -> None:
        self._instead = instead

    @property
    def json(self) -> Mapping[str, Any]:
        return {"minItems": 1}

    def convert(self, value: Sequence[T], _known: KnownRules | None, /) -> Sequence[T]:
        if not value:
            raise ValueError(f"must not be empty; {self._instead}")
        return value


class NotBlank:
    """A text that says something."""

    @property
    def json(self) -> Mapping[str, Any]:
        return {"pattern": r"\S"}

    def convert(self, value: str, _known: KnownRules | None, /) -> str:
        if not value.strip():
            raise ValueError("must not be blank")
        return value


class GlobSyntax:
    """A glob as in .gitignore that can match a file below the configuration's folder."""

    @property
    def json(self) -> Mapping[str, Any]:
        return {"pattern": r"^(?!\.{0,2}/?$|\.{1,2}/|#)"}

    def convert(self, value: str, _known: KnownRules | None, /) -> str:
        path = value.removeprefix("!")
        if re.fullmatch(_ONLY_SLASHES, value):
            raise ValueError(f"the glob {value!r} matches nothing")
        if value.startswith("#"):
            raise ValueError(r"a glob that begins with # is a comment; write \#")
        if path in (".", "..") or path.startswith(("./", "../")) or "/../" in path:
            raise ValueError(
                f"the glob {value!r} matches nothing: globs are relative to this file's folder and have no . or .."
            )
        if not re.fullmatch(_WELL_FORMED, value):
            raise ValueError(rf"the glob {value!r} has a [ without its ], or ends with a backslash; write \[ or \\")
        return value


class FieldName:
    """The name of a field that the core or a pack knows."""

    @property
    def json(self) -> Mapping[str, Any]:
        return {"anyOf": [{"enum": _field_names()}, {"pattern": f"^{_PACK_FIELD}$"}]}

    def convert(self, value: str, _known: KnownRules | None, /) -> str:
        names = _field_names()
        if value not in names and not re.fullmatch(_PACK_FIELD, value):
            raise ValueError(f"there is no field {value!r}" + suggestion(value, names, "fields are"))
        return value


def _field_names() -> list[str]:
    return sorted(field.name for field in vars(F).values() if isinstance(field, Field))


class SelectorOf:
    """A code, the beginning of codes, a rule's name, or `ALL`."""

    @property
    def json(self) -> Mapping[str, Any]:
        return {"$ref": "#/$defs/selector"}

    def convert(self, value: str, known: KnownRules | None, /) -> str:
        if known is not None:
            known.check_selector(value)
        return value


class RuleName:
    """One rule, by code or name; becomes its code."""

    @property
    def json(self) -> Mapping[str, Any]:
        return {}

    def convert(self, value: str, known: KnownRules | None, /) -> str:
        return known.code_of(value) if known is not None else value
