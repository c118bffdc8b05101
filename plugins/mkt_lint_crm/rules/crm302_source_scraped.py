from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import F, Message, Rows, Table, TableRule
from mkt_lint_crm import origins
from mkt_lint_crm.exemptions import CONTACT
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
        if origins.is_own_export(table):
            return
        if origins.is_harvest(table):
            yield Rows(pl.lit(True), at=(F.SOURCE_URL, *CONTACT), message="tool")
            return
        if table.has(F.SOURCE):
            yield Rows(origins.names_scraping(table), at=(F.SOURCE,), message="source")
        if table.has(F.SOURCE_URL):
            yield Rows(origins.is_page_on_linkedin(table), at=(F.SOURCE_URL,), message="address")
