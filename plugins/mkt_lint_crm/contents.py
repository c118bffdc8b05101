"""Which columns may hold anything, and what must not be in them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import tomli

from mkt_lint import Column, F, Table
from mkt_lint_crm.check_digits import IBAN, LONG_NUMBER

_DATA = Path(__file__).parent / "data" / "contents.toml"
_FREE = frozenset({F.NOTES, F.TAGS, F.OPT_OUT_REASON, F.CONSENT_PROOF, F.PURPOSE})
_CLAUSE_END = re.compile(r"[.;:!?\n]|,? (?:mais|but|however) ", re.IGNORECASE)


class _SpecialWords(NamedTuple):
    """Words that speak of a person's health, beliefs and the like."""

    words: re.Pattern[str]
    negations: re.Pattern[str]


@cache
def _facts() -> dict[str, Any]:
    return tomli.loads(_DATA.read_text(encoding="utf-8"))


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
def _secrets() -> re.Pattern[str]:
    patterns = (row["pattern"] for row in _facts()["secrets"])
    return re.compile(
        "|".join(f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else pattern for pattern in patterns)
    )


def holds_secret(text: str) -> bool:
    """Whether a text holds a token, a key or the hash of a password that tells itself by its form."""
    return _secrets().search(text) is not None


@cache
def _special_words() -> _SpecialWords:
    words = "|".join(word for row in _facts()["special"] for word in row["words"])
    negations = "|".join(_facts()["negations"]["words"])
    return _SpecialWords(re.compile(rf"(?i)\b(?:{words})\b"), re.compile(rf"(?i)\b(?:{negations})\b"))


@cache
def suspicious() -> str:
    """The regular expression of `is_suspicious`."""
    words = "|".join(word for row in _facts()["special"] for word in row["words"])
    secrets = _secrets().pattern.replace(r"\b", "")  # which is slow beside accents
    return f"{LONG_NUMBER}|{IBAN}|(?i:{words})|(?:{secrets})"


def is_suspicious(column: Column) -> pl.Expr:
    """Whether a cell may hold a number that proves itself, a secret, or a word of a special category.

    One pass for all of them: a function has to tell which, if any.
    """
    return pl.col(column.text).str.contains(suspicious())


def speaks_of_special_category(text: str) -> bool:
    """Whether a text has such a word that nothing before it in its clause denies."""
    words, negations = _special_words()
    for clause in _CLAUSE_END.split(text):
        for found in words.finditer(clause):
            if not negations.search(clause, 0, found.start()):
                return True
    return False
