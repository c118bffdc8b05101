"""Where the data of a record came from, as far as its source tells."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import tomli

from mkt_lint import F, Table, normalise_header
from mkt_lint_crm.exemptions import cell_has, expression, is_blank, matches
from mkt_lint_crm.facts import linkedin, own_exports, scrapers


@cache
def _facts() -> dict[str, Any]:
    return tomli.loads((Path(__file__).parent / "data/origins.toml").read_text(encoding="utf-8"))


def _headers(table: Table) -> frozenset[str]:
    return frozenset(normalise_header(column.header.name) for column in table.columns if column.header.name)


def is_own_export(table: Table) -> bool:
    """Whether the file is a member's own export of their connections on LinkedIn."""
    return _headers(table) in own_exports()


def is_harvest(table: Table) -> bool:
    """Whether the header is that of a tool that collects contacts from LinkedIn."""
    return any(group <= _headers(table) for tool in scrapers() for group in tool.headers)


def is_given(table: Table) -> pl.Expr:
    """Whether the source says that people gave their data themselves, on LinkedIn or having come from there."""
    return matches(table, expression(linkedin()["given"]), F.SOURCE)


def names_tool(table: Table, *, verified: bool = False) -> pl.Expr:
    """Whether the source names a scraping tool; `verified`: one that somebody saw."""
    tools = "|".join(tool.pattern for tool in scrapers() if tool.pattern and (tool.verified or not verified))
    return matches(table, expression(tools), F.SOURCE)


def names_scraping(table: Table, *, verified: bool = False) -> pl.Expr:
    """Whether the source names a scraping tool, or LinkedIn, but not as the place of a form or an advertisement."""
    site = matches(table, expression(linkedin()["source"]), F.SOURCE) & ~is_given(table)
    return names_tool(table, verified=verified) | site


def is_page_on_linkedin(table: Table) -> pl.Expr:
    """Whether the address of the source is a page on LinkedIn that the person did not give."""
    column = table.column(F.SOURCE_URL)
    if column is None:
        return pl.lit(False)
    # a column for the person's profile may have been filled in by that person
    profile = "linkedin" in column.identity or "profil" in column.identity
    address = linkedin()["harvested" if profile else "address"]
    return cell_has(table, column, expression(address)) & ~is_given(table)


def is_scraped(table: Table, *, verified: bool = False) -> pl.Expr:
    """Whether the record was collected from LinkedIn or by a scraping tool; `verified`: one that somebody saw."""
    if is_own_export(table):
        return pl.lit(False)
    if is_harvest(table):
        return pl.lit(True)
    return names_scraping(table, verified=verified) | is_page_on_linkedin(table)


def pattern(*kinds: str, verified: bool = False) -> str:
    """A regular expression for sources of these kinds: `bought`, `directory`, `enricher`; `verified` as above."""
    rows = [row for row in _facts()["origins"] if row["status"] == "verified" or not verified]
    return expression("|".join(row["pattern"] for row in rows if row["kind"] in kinds))


@cache
def _tools(verified: bool) -> tuple[frozenset[str], ...]:
    """Sets of normalised headers that tools for finding addresses write."""
    rows = [row for row in _facts()["headers"] if row["status"] == "verified" or not verified]
    return tuple(frozenset(map(normalise_header, names)) for row in rows for names in row["sets"])


def is_bought(table: Table) -> pl.Expr:
    """Whether the record was bought or rented: its source says so, or a seller is named."""
    return matches(table, pattern("bought"), F.SOURCE) | ~is_blank(table, F.SOURCE_BROKER)


def is_indirect(table: Table, *, verified: bool = False) -> pl.Expr:
    """Whether the data came from elsewhere than the person: scraped, bought, looked up or, if need not be `verified`,
    guessed by a tool.
    """
    if any(group <= _headers(table) for group in _tools(verified)):
        return pl.lit(True)
    named = matches(table, pattern("bought", "directory", "enricher", verified=verified), F.SOURCE)
    known = named | is_scraped(table, verified=verified) | ~is_blank(table, F.SOURCE_BROKER)
    return known if verified else known | (table.value(F.EMAIL_STATUS) == "guessed").fill_null(False)


def is_vague(table: Table) -> pl.Expr:
    """Whether the source says how the record came into the system, and not where the data are from."""
    words = _facts()["vague"]["words"]
    return table.shared(table.text(F.SOURCE).str.to_lowercase().is_in(words))
