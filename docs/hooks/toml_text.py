"""A configuration as a reader would write it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def as_toml(config: Mapping[str, Any]) -> str:
    """TOML with a table for each nested mapping and an array of tables for each list of them."""
    return _table(config, "").lstrip("\n")


def _table(table: Mapping[str, Any], prefix: str) -> str:
    text = ""
    nested = {name: value for name, value in table.items() if _is_table(value) or _is_tables(value)}
    for name, value in table.items():
        if name not in nested:
            text += f"{_key(name)} = {_value(value)}\n"
    for name, value in nested.items():
        path = f"{prefix}{_key(name)}"
        if _is_table(value):
            only_tables = all(map(_is_table, value.values()))
            text += ("" if only_tables else f"\n[{path}]\n") + _table(value, f"{path}.")
        else:
            text += "".join(f"\n[[{path}]]\n{_table(item, f'{path}.')}" for item in value)
    return text


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    match value:
        case bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
        case Mapping():
            return "{" + ", ".join(f"{_key(name)} = {_value(item)}" for name, item in value.items()) + "}"
        case _:  # dates and times, which TOML writes as ISO 8601 does
            return str(value)
