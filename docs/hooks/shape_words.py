"""What a value of the configuration must be, in words."""

from __future__ import annotations

from collections.abc import Mapping

from mkt_lint._config.constraints import AtLeast, FieldName, GlobSyntax, RuleName, SelectorOf
from mkt_lint._config.requirement import Requirement
from mkt_lint._config.shapes import (
    Choice,
    Constrained,
    DateShape,
    FromText,
    ListOf,
    ListOrTables,
    MapOf,
    Scalar,
    Shape,
    TableOf,
)
from mkt_lint._options import Period

_NOUNS: Mapping[type, tuple[str, str]] = {
    SelectorOf: ("selector of rules", "selectors of rules"),
    GlobSyntax: ("glob", "globs"),
    FieldName: ("field", "fields"),
    RuleName: ("rule", "rules"),
    bool: ("boolean", "booleans"),
    int: ("integer", "integers"),
    str: ("string", "strings"),
    Period: ('period such as `"3y"`, `"6m"`, `"30d"`', "periods"),
    Requirement: ('requirement such as `"acme>=1.2"`', 'requirements such as `"acme>=1.2"`'),
    TableOf: ("table", "tables"),
    DateShape: ("date such as `2027-01-31`", "dates"),
}
"""For one and for several."""


def described(shape: Shape) -> str:
    """A shape in words, with Markdown's code spans.

    Raises:
        TypeError: there are no words for the shape.
    """
    match shape:
        case ListOrTables(plain=codes):
            return f"{described(codes)}; or array of tables"
        case ListOf(item=item):
            return f"array of {_noun(item)[1]}"
        case MapOf(key=key, value=value):
            return f"table, {described(key)} to {described(value)}"
        case Constrained(shape=inner, constraint=AtLeast() as least):
            return f"{described(inner)}, {least.json['minimum']} or more"
        case Constrained(shape=inner, constraint=constraint) if type(constraint) not in _NOUNS:
            return described(inner)
    return _noun(shape)[0]


def _noun(shape: Shape) -> tuple[str, str]:
    match shape:
        case Constrained(constraint=constraint) if type(constraint) in _NOUNS:
            return _NOUNS[type(constraint)]
        case Constrained(shape=inner):
            return _noun(inner)
        case Scalar(type=kind) | FromText(type=kind) if kind in _NOUNS:
            return _NOUNS[kind]
        case DateShape() | TableOf():
            return _NOUNS[type(shape)]
        case Choice(choices=choices):
            listed = ", ".join(f'`"{choice}"`' for choice in choices)
            return f"one of {listed}", f"any of {listed}"
    raise TypeError(f"there are no words for {type(shape).__name__}")
