"""Whom a rule leaves alone: expressions over the records of a table that several rules need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import polars as pl
import tomli

from mkt_lint import Column, F, Field, Table

CONTACT = (F.EMAIL, F.PHONE, F.FULL_NAME, F.LAST_NAME, F.COMPANY)
"""Where a finding about a record as a whole is anchored; a list of contacts has one of these columns."""

_WORK = (F.COMPANY, F.JOB_TITLE)
_TERRITORIES = {"FR": ("FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM")}


@cache
def _facts() -> dict[str, dict[str, Any]]:
    return tomli.loads((Path(__file__).parent / "data/exemptions.toml").read_text(encoding="utf-8"))


def expression(pattern: str) -> str:
    """A regular expression of one of the data files, made to compare without case.

    Its word boundaries are those of ASCII: the engine is thirty times slower where it has to know other letters.
    """
    return "(?i)" + pattern.replace(r"\b", r"(?-u:\b)")


def pattern(name: str, key: str = "pattern") -> str:
    """A regular expression of `data/exemptions.toml`, made to compare without case."""
    return expression(_facts()[name][key])


@cache
def blank_words(*further: str) -> str:
    """A regular expression for cells that are empty or hold a word that stands for an empty one.

    Args:
        further: Names of other lists of words in `data/exemptions.toml`.
    """
    words = [word for name in ("blank", *further) for word in _facts()[name]["words"]]
    return expression(rf"^\s*(?:{'|'.join(map(re.escape, words))})\s*$")


def matches(table: Table, expression: str, *fields: Field) -> pl.Expr:
    """Whether a cell of one of the fields' own columns contains the regular expression."""
    return _any(cell_has(table, column, expression) for column in _own(table, fields))


def cell_has(table: Table, column: Column, expression: str) -> pl.Expr:
    """Whether a column's cell contains the regular expression."""
    return table.shared(pl.col(column.text).str.contains(expression))


def is_blank(table: Table, *fields: Field) -> pl.Expr:
    """Whether all cells of the fields' own columns are empty or hold a word that stands for an empty cell."""
    blank = [table.shared(is_blank_cell(column)) for column in _own(table, fields)]
    return reduce(and_, blank) if blank else pl.lit(True)


def is_filled(text: str) -> bool:
    """Whether a cell's text is no word that stands for an empty cell."""
    return text.strip().lower() not in _facts()["blank"]["words"]


def is_blank_cell(column: Column) -> pl.Expr:
    """Whether a cell is empty or holds a word that stands for an empty one."""
    return pl.col(column.text).str.contains(blank_words())


def has_personal_address(table: Table) -> pl.Expr:
    """Whether one of the addresses is a person's: not `info@`, `contact@` or another that belongs to a function.

    With a private mail provider such an address is a person's all the same.
    """
    generic = pattern("generic")
    found = []
    for column in table.columns_of(F.EMAIL):
        of_a_function = cell_has(table, column, generic) & ~cell_has(table, column, pattern("private"))
        found.append(cell_has(table, column, "@") & ~of_a_function)
    return table.shared(_any(found))


def has_private_address(table: Table) -> pl.Expr:
    """Whether one of the addresses is with a provider of private mail."""
    return matches(table, pattern("private"), F.EMAIL)


def is_generic(table: Table) -> pl.Expr:
    """Whether the record speaks of no person: its only address belongs to a function, and it has no name."""
    named = ~is_blank(table, F.FIRST_NAME, F.LAST_NAME, F.FULL_NAME)
    return table.shared(matches(table, "@", F.EMAIL) & ~has_personal_address(table) & ~named)


def has_profession(table: Table) -> pl.Expr:
    """Whether a company or a job title is named."""
    none = blank_words("no-company")
    return _any(~cell_has(table, column, none) for column in _own(table, _WORK))


def is_professional(table: Table) -> pl.Expr:
    """Whether the record speaks of a person at work: by its type, or by a company or job title; where the address is
    private, by both, or by words for people who work for themselves.

    The configuration's audience goes before the columns: consumers are never at work, professionals always but where
    the type says otherwise.
    """
    if table.config.audience == "consumers":
        return pl.lit(False)
    said = table.value(F.CONTACT_TYPE)
    consumer = (said == "consumer").fill_null(False)
    if table.config.audience == "professionals":
        return ~consumer
    both = ~is_blank(table, F.COMPANY) & ~is_blank(table, F.JOB_TITLE)
    alone = matches(table, pattern("sole-trader"), *_WORK)
    at_work = has_profession(table) & (~has_private_address(table) | both | alone)
    return table.shared((said == "professional").fill_null(False) | (at_work & ~consumer))


def is_known_consumer(table: Table) -> pl.Expr:
    """Whether the file proves that the person is addressed outside work: by the audience, by its type, or by a private
    address, with a provider that is verified, without company and job title, for which the file has a column.
    """
    if table.config.audience == "consumers":
        return pl.lit(True)
    said = table.value(F.CONTACT_TYPE)
    told = (said == "consumer").fill_null(False)
    if table.config.audience == "mixed" and (table.has(F.COMPANY) or table.has(F.JOB_TITLE)):
        private = matches(table, pattern("private", "verified"), F.EMAIL)
        told |= said.is_null() & private & ~has_profession(table)
    return table.shared(told)


def is_known_prospect(table: Table) -> pl.Expr:
    """Whether the record itself says prospect, and nothing in it says otherwise."""
    return table.shared((table.value(F.STATUS) == "prospect").fill_null(False) & table.is_prospect)


def is_opted_out(table: Table) -> pl.Expr:
    """Whether the person opposed e-mails: a column says so, or there is a day and none says that they did not."""
    return table.shared(table.flag(F.OPTED_OUT).fill_null(~is_blank(table, F.OPT_OUT_AT)))


def is_under(table: Table, law: frozenset[str]) -> pl.Expr:
    """Whether the record's country is one of the jurisdictions that both the rule and the configuration name.

    A record that names no country that is known counts as one; a country that has no column, too.
    """
    if not table.has(F.COUNTRY):
        return pl.lit(True)
    codes = [code for name in sorted(law & set(table.config.jurisdictions)) for code in _TERRITORIES.get(name, (name,))]
    return table.shared(table.country.is_in(codes).fill_null(True))


def is_german(table: Table) -> pl.Expr:
    """Whether German law (UWG, section 7) is the record's: it asks for consent of professionals too."""
    return _is_in(table, frozenset({"DE"}))


def asks_professionals(table: Table) -> pl.Expr:
    """Whether the law of the record's country asks for consent of professionals too: Germany's, or Italy's."""
    return _is_in(table, frozenset({"DE", "IT"}))


def _is_in(table: Table, countries: frozenset[str]) -> pl.Expr:
    law = countries & set(table.config.jurisdictions)
    if not law:
        return pl.lit(False)
    return table.country.is_in(sorted(law)).fill_null(law == set(table.config.jurisdictions))


def needs_consent(table: Table, law: frozenset[str]) -> pl.Expr:
    """Whether nothing but consent would allow e-mails: the record is a person's, who is no customer, is not addressed
    in their profession (where that exempts), did not oppose, and is under the given law.
    """
    return table.shared(
        ~is_generic(table)
        & table.is_prospect
        & is_under(table, law)
        & ~(is_professional(table) & ~asks_professionals(table))
        & ~is_opted_out(table)
    )


def _own(table: Table, fields: tuple[Field, ...]) -> list[Column]:
    return [column for column in table.columns if column.field in fields]


def _any(said: Iterable[pl.Expr]) -> pl.Expr:
    return reduce(or_, said, pl.lit(False))
