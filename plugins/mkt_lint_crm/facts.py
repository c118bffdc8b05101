"""The facts in `data/`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from mkt_lint import ColumnAlias, Field, FileAlias, HeaderPhrase, Vocabulary, normalise_header

_DATA = Path(__file__).parent / "data"
_VOWELS = "aeiouh"


@dataclass(frozen=True, slots=True)
class Scraper:
    """A tool that collects contacts from LinkedIn."""

    name: str
    pattern: str
    """A regular expression for the tool's name in a source; empty for none."""
    headers: tuple[frozenset[str], ...]
    """Sets of normalised headers; a file with all headers of one set was made by the tool."""
    verified: bool
    """Whether somebody saw that; else it is believed, and makes no error."""


def _read(name: str) -> dict[str, Any]:
    return tomli.loads((_DATA / name).read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """Headers, cell values and file names of CRM exports."""
    columns: dict[tuple[str, bool, frozenset[str]], ColumnAlias] = {}
    for row in _read("headers.toml")["columns"]:
        beside = frozenset(map(normalise_header, row.get("beside", ())))
        begins = row.get("begins", False)
        for header in row["headers"]:
            normal = normalise_header(header)
            alias = ColumnAlias(normal, Field(row["field"]), row.get("inverted", False), begins, beside)
            columns.setdefault((normal, begins, beside), alias)
    data = _read("values.toml")
    values: dict[Field, dict[str, str]] = {}
    for row in data["values"]:
        for name in row["fields"]:
            values.setdefault(Field(name), {}).update((said.lower(), row["meaning"]) for said in row["said"])
    files = tuple(
        FileAlias(
            row.get("pattern", "*"),
            Field(row["field"]),
            row["value"],
            frozenset(map(normalise_header, row.get("headers", ()))),
        )
        for row in data["files"]
    )
    implied: dict[Field, dict[str, dict[Field, str]]] = {}
    for row in data["implied"]:
        says = {Field(name): meant for name, meant in row["says"].items()}
        implied.setdefault(Field(row["field"]), {})[row["value"]] = says
    words, phrases = _phrases()
    return Vocabulary(tuple(columns.values()), values, files, implied, words, phrases)


def _phrases() -> tuple[dict[str, str], tuple[HeaderPhrase, ...]]:
    """What words of headers stand for, and what their notions mean together."""
    data = _read("phrases.toml")
    words = {word: "" if notion == "nothing" else notion for notion, said in data["words"].items() for word in said}
    elided = {before + word: notion for word, notion in words.items() if word[0] in _VOWELS for before in "dlj"}
    phrases = tuple(
        HeaderPhrase(Field(row["field"]), frozenset(notions), frozenset(row.get("may", ())))
        for row in data["phrases"]
        for notions in row["all"]
    )
    return elided | words, phrases


@cache
def scrapers() -> tuple[Scraper, ...]:
    """Tools that collect contacts from LinkedIn."""
    return tuple(
        Scraper(
            row["name"],
            row.get("pattern", ""),
            tuple(frozenset(map(normalise_header, group)) for group in row.get("headers", [])),
            row["status"] == "verified",
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
