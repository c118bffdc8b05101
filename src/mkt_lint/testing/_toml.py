"""TOML read and written: configurations, and entries of `cases.toml`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import tomli

_DEEPEST = 50
"""More than any configuration needs, and less than any recursion bears."""
_TOO_DEEP = f"arrays and tables are nested more than {_DEEPEST} deep"


def read(text: str) -> dict[str, Any]:
    """Keys and values of a TOML file.

    Raises:
        ValueError: it is none, or is nested too deeply; where it has a place, a `tomli.TOMLDecodeError`.
    """
    try:
        values = tomli.loads(text)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    except tomli.TOMLDecodeError:
        raise
    except ValueError:  # Python's limit for the digits of a number
        raise ValueError("a number has too many digits") from None
    level: list[Any] = [values]
    for _ in range(_DEEPEST):
        level = [inner for value in level for inner in _within(value)]
    if level:
        raise ValueError(_TOO_DEEP)
    return values


def _within(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def document(values: Mapping[str, Any]) -> str:
    """Keys and values, one a line; tables are inline."""
    return "".join(f"{key(name)} = {inline(value)}\n" for name, value in values.items())


def key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _string(name)


def inline(value: Any) -> str:
    """A value that came from TOML, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value)
        case list() | tuple():
            return f"[{', '.join(map(inline, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key(name)} = {inline(item)}' for name, item in value.items())} }}"
        case _:
            return str(value)


def _string(text: str) -> str:
    # JSON escapes what TOML wants escaped, but for DEL
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
