"""TOML written: configurations, and entries of `cases.toml`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any


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
