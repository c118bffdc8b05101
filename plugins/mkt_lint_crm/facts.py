"""The facts in `data/`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mkt_lint import ColumnAlias, Field, Vocabulary, normalise_header

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Scraper:
    """A tool that collects contacts from LinkedIn."""

    name: str
    pattern: str
    """A regular expression for the tool's name in a source; empty for none."""
    headers: tuple[frozenset[str], ...]
    """Sets of normalised headers; a file with all headers of one set was made by the tool."""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """Headers and cell values of CRM exports."""
    columns: dict[str, ColumnAlias] = {}
    for row in _read("headers.toml")["columns"]:
        for header in row["headers"]:
            normal = normalise_header(header)
            columns.setdefault(normal, ColumnAlias(normal, Field(row["field"]), row.get("inverted", False)))
    values: dict[Field, dict[str, str]] = {}
    for row in _read("values.toml")["values"]:
        for name in row["fields"]:
            values.setdefault(Field(name), {}).update((said.lower(), row["meaning"]) for said in row["said"])
    return Vocabulary(tuple(columns.values()), values)


@cache
def scrapers() -> tuple[Scraper, ...]:
    """Tools that collect contacts from LinkedIn."""
    return tuple(
        Scraper(
            row["name"],
            row.get("pattern", ""),
            tuple(frozenset(map(normalise_header, group)) for group in row.get("headers", [])),
        )
        for row in _read("scrapers.toml")["scrapers"]
    )


@cache
def own_exports() -> frozenset[frozenset[str]]:
    """The headers of a member's own export of their connections, in each language."""
    return frozenset(frozenset(map(normalise_header, row["headers"])) for row in _read("scrapers.toml")["own-exports"])


@cache
def linkedin() -> dict[str, str]:
    """Regular expressions for what LinkedIn leaves in a source: `source`, `given`, `address` and `harvested`."""
    return dict(_read("scrapers.toml")["linkedin"])
