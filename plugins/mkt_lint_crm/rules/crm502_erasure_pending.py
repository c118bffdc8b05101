from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import AnyOf, F, Message, Period, Rows, Table, TableRule
from mkt_lint_crm.references import GDPR_ERASURE

_MONTH = Period("1m")
_WAY_OUT = (
    "Delete these records; keep no more of them than is needed to respect the opposition or a legal duty, apart from "
    "the CRM."
)


class ErasurePending(TableRule):
    """People who asked to be erased and who are still in the file.

    ## Why

    Who asks for erasure is entitled to it without undue delay (GDPR article 17), and to an answer within one month of
    receipt (article 12(3)). A record that is still exported a month later was not erased.

    ## Examples

    ```csv bad
    email,erasure requested at
    jeanne@example.com,2026-05-04
    ```

    ```csv good
    email,erasure requested at
    jeanne@example.com,2026-11-04
    paul@example.com,
    ```

    ## When not to use it

    Where a legal duty asks to keep the data (GDPR article 17(3)(b)), such as invoices. Customers are left out by
    themselves for that reason, and so are records with a date of erasure.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_ERASURE,)
    about = (AnyOf(F.ERASURE_REQUEST_AT, F.ERASURE_REQUESTED),)
    messages: ClassVar = {
        "late": Message(
            what="Records whose erasure was asked for before {cutoff}, and which are still here: {count}.",
            why="A request is answered within one month (GDPR articles 12(3) and 17).",
            todo=_WAY_OUT,
        ),
        "undated": Message(
            what="Records whose erasure was asked for, without a date, and which are still here: {count}.",
            why="A request is answered within one month (GDPR articles 12(3) and 17), which nobody can prove without "
            "its date.",
            todo=_WAY_OUT,
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        cutoff = _MONTH.before(table.as_of)
        kept = table.is_prospect & (table.text(F.ERASED_AT) == "")
        asked = table.date(F.ERASURE_REQUEST_AT)
        if table.column(F.ERASURE_REQUEST_AT):
            yield Rows(kept & (asked < cutoff), at=(F.ERASURE_REQUEST_AT,), message="late", cutoff=cutoff)
        if table.column(F.ERASURE_REQUESTED):
            undated = table.flag(F.ERASURE_REQUESTED).fill_null(False)
            if table.column(F.ERASURE_REQUEST_AT):
                undated &= pl.col(table.columns_of(F.ERASURE_REQUEST_AT)[0].text).str.strip_chars() == ""
            yield Rows(kept & undated, at=(F.ERASURE_REQUESTED,), message="undated")
