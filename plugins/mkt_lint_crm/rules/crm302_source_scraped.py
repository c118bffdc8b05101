from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import ClassVar

import polars as pl

from mkt_lint import F, Message, Rows, Table, TableRule, normalise_header
from mkt_lint_crm.facts import linkedin, own_exports, scrapers
from mkt_lint_crm.references import CNIL_PUBLIC_DATA, KASPR

_WHY = (
    "LinkedIn's user agreement (8.2) forbids collecting profiles with tools, and the CNIL asks that data be taken for "
    "prospecting only from sites whose terms allow it."
)
_WAY_OUT = (
    "Find out how these contacts were obtained; delete those that were harvested, and tell the others where you have "
    "their data from (GDPR article 14)."
)


class SourceScraped(TableRule):
    """Contacts that were collected from LinkedIn or by a scraping tool.

    ## Why

    Before data is taken from a website for prospecting, its terms of use must allow it: the CNIL says so in its notice
    of 30 April 2020 on the reuse of public data, and LinkedIn's user agreement (8.2) forbids it. The CNIL fined Kaspr
    240,000 euros on 5 December 2024 for contacts taken from LinkedIn (SAN-2024-020).

    The rule looks at the source of each record, at addresses of pages on LinkedIn that are given as the source, and at
    headers that only scraping tools write.

    ## Examples

    ```csv bad
    email,lead source
    jeanne@example.com,PhantomBuster
    ```

    ```csv good
    email,lead source,linkedin url
    jeanne@example.com,LinkedIn Lead Gen Form,https://www.linkedin.com/in/jeanne
    ```

    ## When not to use it

    Where people gave their data themselves: LinkedIn's Lead Gen Forms and advertisements, an address of a profile that
    the person typed in, and a member's own export of connections are left out by themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_PUBLIC_DATA, KASPR)
    messages: ClassVar = {
        "source": Message(
            what="Records whose {column} names LinkedIn or a scraping tool: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
        "address": Message(
            what="Records whose {column} is the address of a page on LinkedIn: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
        "tool": Message(
            what="The header is that of a tool that collects contacts from LinkedIn; records: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        headers = frozenset(normalise_header(column.header.name) for column in table.columns if column.header.name)
        if headers in own_exports():
            return
        anchors = (F.SOURCE_URL, F.EMAIL, F.PHONE, F.FULL_NAME, F.LAST_NAME)
        if any(group <= headers for tool in scrapers() for group in tool.headers):
            yield Rows(pl.lit(True), at=anchors, message="tool")
            return
        given = pl.lit(False)
        if table.has(F.SOURCE):
            texts = [pl.col(column.text) for column in table.columns_of(F.SOURCE)]
            given = reduce(or_, (_contains(text, linkedin()["given"]) for text in texts))
            tools = "|".join(tool.pattern for tool in scrapers() if tool.pattern)
            named = reduce(or_, (_contains(text, tools) for text in texts))
            site = reduce(or_, (_contains(text, linkedin()["source"]) for text in texts))
            yield Rows(named | (site & ~given), at=(F.SOURCE,), message="source")
        for column in table.columns_of(F.SOURCE_URL)[:1]:
            # a column for the person's profile may have been filled in by that person
            profile = "linkedin" in column.identity or "profil" in column.identity
            pattern = linkedin()["harvested" if profile else "address"]
            yield Rows(_contains(table.text(F.SOURCE_URL), pattern) & ~given, at=(F.SOURCE_URL,), message="address")


def _contains(text: pl.Expr, pattern: str) -> pl.Expr:
    return text.str.contains(f"(?i){pattern}")
