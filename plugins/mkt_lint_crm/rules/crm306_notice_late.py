from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions, origins
from mkt_lint_crm.references import GDPR_INFORMATION, KASPR

_CONTACTS = (F.FIRST_CONTACT_AT, F.LAST_OUTBOUND_AT, F.LAST_CALL_AT)


class NoticeLate(TableRule):
    """Contacts from elsewhere who were told after the first message, or later than a month.

    ## Why

    When data were not obtained from the person, they must be told with the first communication at the latest, and
    within one month of obtaining the data at most (GDPR article 14(3)). The CNIL fined Kaspr for telling people four
    years later (SAN-2024-020).

    It is an error where the day of the information lies after the first contact; or, where the file has no such column,
    after the last one, which cannot have come before the first. A source that only a list of ours takes for another
    than the person makes a warning.

    ## Examples

    ```csv bad
    email,source,first contacted at,notice sent at
    jeanne@example.com,LinkedIn,2026-03-12,2026-03-20
    ```

    ```csv good
    email,source,first contacted at,notice sent at
    jeanne@example.com,LinkedIn,2026-03-12,2026-03-12
    paul@example.com,Website form,2026-03-12,2026-06-20
    ```

    ## When not to use it

    Where article 14(5) exempts: the person knew already, or the law lays down the disclosure. Records whose source does
    not say that they came from elsewhere and addresses of a function without a name are left out by themselves. The day
    of collection may be that of an import, which puts the month off and reports less.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_INFORMATION, KASPR)
    about = (F.NOTICE_SENT_AT,)
    needs = (
        AnyOf(F.SOURCE, F.SOURCE_URL, F.SOURCE_BROKER),
        AnyOf(*_CONTACTS, F.COLLECTED_AT, F.CREATED_AT),
    )
    messages = {
        "after-contact": Message(
            what="Records from elsewhere than the person, told after they had been contacted: {count}.",
            why="The information is due with the first communication at the latest (GDPR article 14(3)(b)).",
            todo="Put the information into the first message; document the delay of these.",
            severity="error",
        ),
        "after-contact-likely": Message(
            what="Records from elsewhere, by an unverified list of sources, told after they were contacted: {count}.",
            why="The information is due with the first communication at the latest (GDPR article 14(3)(b)).",
            todo="Put the information into the first message; document the delay of these.",
            severity="warning",
        ),
        "after-month": Message(
            what="Records from elsewhere than the person, told later than a month after collection: {count}.",
            why="The information is due within a reasonable period, one month at most (GDPR article 14(3)(a)).",
            todo="Inform people when their data are obtained; document the delay of these.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        indirect = origins.is_indirect(table) & ~exemptions.is_generic(table)
        told, at = table.date(F.NOTICE_SENT_AT), (F.NOTICE_SENT_AT,)
        last = pl.min_horizontal(table.date(F.LAST_OUTBOUND_AT), table.date(F.LAST_CALL_AT))
        contact = pl.coalesce(table.date(F.FIRST_CONTACT_AT), last)
        after_contact = (told > contact).fill_null(False)
        if any(table.has(field) for field in _CONTACTS):
            verified = origins.is_indirect(table, verified=True)
            yield Rows(indirect & after_contact & verified, at=at, message="after-contact")
            yield Rows(indirect & after_contact & ~verified, at=at, message="after-contact-likely")
        if table.has(F.COLLECTED_AT) or table.has(F.CREATED_AT):
            obtained = pl.coalesce(table.date(F.COLLECTED_AT), table.date(F.CREATED_AT))
            late = told > obtained.dt.offset_by("1mo")
            yield Rows(indirect & late & ~after_contact, at=at, message="after-month")
