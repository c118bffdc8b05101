"""Which columns may hold anything, and what must not be in them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mkt_lint import Column, F, Table

_DATA = Path(__file__).parent / "data" / "contents.toml"
_FREE = frozenset({F.NOTES, F.TAGS, F.OPT_OUT_REASON, F.CONSENT_PROOF, F.PURPOSE})
_CLAUSE_END = re.compile(r"[.;:!?\n]|,? (?:mais|but|however) ", re.IGNORECASE)


class SpecialWords(NamedTuple):
    """Words that speak of a person's health, beliefs and the like."""

    pattern: str
    """For Polars: without look-around."""
    words: re.Pattern[str]
    negations: re.Pattern[str]


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def free_text(table: Table) -> tuple[Column, ...]:
    """The columns that people write into: notes, tags and all that no vocabulary knows, but no identifiers."""
    identifiers = frozenset(_facts()["identifiers"]["words"])
    return tuple(
        column
        for column in table.columns
        if column.field in _FREE or (column.field is None and identifiers.isdisjoint(column.identity.split()))
    )


@cache
def no_password() -> str:
    """A regular expression for cells of a column of passwords that hold none: flags and masks."""
    return str(_facts()["no-password"]["pattern"])


@cache
def secrets() -> str:
    """A regular expression for tokens, keys and hashes of passwords that tell themselves by their form."""
    return "|".join(row["pattern"] for row in _facts()["secrets"])


@cache
def special_words() -> SpecialWords:
    """Words that speak of a person's health, beliefs and the like, and those that deny it."""
    rows = _facts()["special"]
    pattern = rf"(?i)\b(?:{'|'.join(word for row in rows for word in row['words'])})\b"
    negations = "|".join(_facts()["negations"]["words"])
    return SpecialWords(pattern, re.compile(pattern), re.compile(rf"(?i)\b(?:{negations})\b"))


def speaks_of_special_category(text: str) -> bool:
    """Whether a text has such a word that nothing before it in its clause denies."""
    _, words, negations = special_words()
    for clause in _CLAUSE_END.split(text):
        for found in words.finditer(clause):
            if not negations.search(clause, 0, found.start()):
                return True
    return False
