from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm.exemptions import is_blank_cell
from mkt_lint_crm.references import GDPR_ACCURACY

_REACHED = (F.LAST_OPEN_AT, F.LAST_CLICK_AT, F.LAST_CONTACT_AT)
_NO = r"(?i)^\s*(?:false|no|faux|non|0)\s*$"
"""What some programs write where there is no reason."""


class BouncedContactKept(TableRule):
    """Contacts that messages do not reach any more and that are kept as if they did.

    ## Why

    Personal data must be accurate and, where necessary, kept up to date; what is not has to be erased or rectified
    (GDPR article 5(1)(d)). An address that messages come back from is not accurate, and it may one day be somebody
    else's.

    ## Examples

    ```csv bad
    email,bounced
    jeanne@example.com,yes
    ```

    ```csv good
    email,bounced,unsubscribed
    jeanne@example.com,no,no
    paul@example.com,yes,yes
    ```

    ## When not to use it

    Where messages came back once and reach the person again; an opening, a click or a reply since then is seen. And
    on a list that is kept in order not to write to its addresses again; people who opted out are left out by
    themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_ACCURACY,)
    about = (AnyOf(F.BOUNCED, F.BOUNCED_AT, F.BOUNCE_REASON),)
    messages: ClassVar = {
        "bounced": Message(
            what="Contacts whose messages come back, by {column}: {count}.",
            why="Personal data has to be accurate and kept up to date (GDPR article 5(1)(d)).",
            todo="Correct the address or delete the contact.",
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        bounced = table.flag(F.BOUNCED)
        if table.column(F.BOUNCED_AT):
            last = table.date(F.BOUNCED_AT)
            reached = pl.max_horizontal(table.date(field) for field in _REACHED) > last
            bounced = bounced.fill_null(last.is_not_null() & ~reached.fill_null(False))
        for column in table.columns_of(F.BOUNCE_REASON):
            reason = ~is_blank_cell(column) & ~pl.col(column.text).str.contains(_NO)
            bounced = bounced.fill_null(False) | reason
        kept = ~table.flag(F.OPTED_OUT).fill_null(False)
        anchors = (F.BOUNCED, F.BOUNCED_AT, F.BOUNCE_REASON, F.EMAIL, F.PHONE, F.FULL_NAME, F.LAST_NAME)
        yield Rows(kept & bounced.fill_null(False), at=anchors, message="bounced")
