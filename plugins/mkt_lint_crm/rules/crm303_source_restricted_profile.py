from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions, origins
from mkt_lint_crm.consent import pattern
from mkt_lint_crm.references import GDPR_LAWFULNESS, KASPR

_WHY = (
    "Who restricts the visibility of their contact data does not expect them to be collected by others: there is no "
    "lawful basis (GDPR article 6; CNIL, SAN-2024-020)."
)


class SourceRestrictedProfile(TableRule):
    """Contacts that were collected although the person let only their own connections see them.

    ## Why

    Members of LinkedIn choose who may see their address: themselves, their connections of the first degree, of the
    first and second degree, or everyone. The CNIL fined Kaspr 240,000 euros on 5 December 2024 (SAN-2024-020) for
    collecting the data of members who had chosen one of the middle two: nothing in article 6 of the GDPR allowed it.

    It is an error where the source, or the header, names a scraping tool. LinkedIn itself as the source may stand for a
    member's own connections.

    ## Examples

    ```csv bad
    email,source,visibility
    jeanne@example.com,Kaspr,1st degree connections
    ```

    ```csv good
    email,source,visibility
    jeanne@example.com,LinkedIn Lead Gen Form,Everyone on LinkedIn
    ```

    ## When not to use it

    On one's own connections, who let one see their address. A member's own export has no such column.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_LAWFULNESS, KASPR)
    about = (AnyOf(F.VISIBILITY, F.SOURCE_URL),)
    needs = (F.VISIBILITY,)
    messages = {
        "collected": Message(
            what="Records that were collected by a tool, and whose {column} is restricted: {count}.",
            why=_WHY,
            todo="Delete them, and tell those who ask where the data came from.",
            severity="error",
        ),
        "restricted": Message(
            what="Records whose {column} is restricted: {count}.",
            why=_WHY,
            todo="Find out how they were obtained, and delete those that did not come from the person.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        restricted = (table.value(F.VISIBILITY) == "restricted").fill_null(False)
        verified = exemptions.matches(table, pattern("restricted", "verified"), F.VISIBILITY)
        tool = pl.lit(True) if origins.is_harvest(table) else origins.names_tool(table, verified=True)
        collected = restricted & verified & tool
        yield Rows(collected, at=(F.VISIBILITY,), message="collected")
        yield Rows(restricted & ~collected & ~origins.is_given(table), at=(F.VISIBILITY,), message="restricted")
