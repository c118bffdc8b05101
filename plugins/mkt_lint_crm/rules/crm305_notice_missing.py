from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mkt_lint import AnyOf, F, Message, Period, Rows, Table, TableRule
from mkt_lint_crm import exemptions, origins
from mkt_lint_crm.exemptions import CONTACT
from mkt_lint_crm.references import CNIL_PUBLIC_DATA, GDPR_INFORMATION

_AT = (F.SOURCE, F.SOURCE_BROKER, F.SOURCE_URL, *CONTACT)
_WHY = (
    "Who obtains data from elsewhere than the person tells them where from, for what and what their rights are, within "
    "a month at most and with the first message at the latest (GDPR article 14)."
)
_WAY_OUT = "Send them the information and record the day, or delete them."


class NoticeMissing(TableRule):
    """Contacts from elsewhere, such as LinkedIn, directories and bought lists, whom nobody told.

    ## Why

    When data were not obtained from the person, they must be told who has them, why, from where and what their rights
    are: within a reasonable period, one month at most, and with the first communication at the latest (GDPR article
    14(3)). The CNIL fined Nestor (SAN-2020-018) and Kaspr (SAN-2024-020) for not having done so.

    The rule looks at records whose source is LinkedIn, a scraping tool, a directory, a tool that finds addresses or a
    list that was bought. Where the file has a column for the day of the information, a record is due when a month has
    passed since it was collected (created, where there is no such day), or when it was contacted.

    ## Examples

    ```csv bad
    email,source,collected at,notice sent at
    jeanne@example.com,LinkedIn,2026-03-12,
    ```

    ```csv good
    email,source,collected at,notice sent at
    jeanne@example.com,LinkedIn,2026-03-12,2026-03-20
    paul@example.com,LinkedIn,2026-11-10,
    luc@example.com,Website form,2026-03-12,
    ```

    ## When not to use it

    Where the first message carries the information and no day is recorded, or where article 14(5) exempts: the person
    knows already, or the law lays down the disclosure. Addresses of a function without a name are left out by
    themselves, and people who opted out and were not contacted.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_INFORMATION, CNIL_PUBLIC_DATA)
    needs = (AnyOf(F.SOURCE, F.SOURCE_URL, F.SOURCE_BROKER),)
    spares = ((F.OPTED_OUT, "yes"),)
    messages = {
        "contacted": Message(
            what="Records from elsewhere than the person, contacted without having been told: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
        "due": Message(
            what="Records from elsewhere than the person, kept for more than a month, who were not told: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
        "unrecorded": Message(
            what="Records from elsewhere than the person, in a file that does not say when they were told: {count}.",
            why=_WHY,
            todo=f"{_WAY_OUT} Where it was done, export the column as well.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        indirect = origins.is_indirect(table) & ~exemptions.is_generic(table)
        if not table.has(F.NOTICE_SENT_AT):
            yield Rows(indirect & ~exemptions.is_opted_out(table), at=_AT, message="unrecorded")
            return
        untold = indirect & exemptions.is_blank(table, F.NOTICE_SENT_AT)
        contacted = ~exemptions.is_blank(table, F.FIRST_CONTACT_AT, F.LAST_OUTBOUND_AT, F.LAST_CALL_AT)
        at = (F.NOTICE_SENT_AT, *_AT)
        yield Rows(untold & contacted, at=at, message="contacted")
        if table.has(F.COLLECTED_AT) or table.has(F.CREATED_AT):
            obtained = pl.coalesce(table.date(F.COLLECTED_AT), table.date(F.CREATED_AT))
            due = untold & ~contacted & ~exemptions.is_opted_out(table)
            yield Rows(due & (obtained < Period("1m").before(table.as_of)), at=at, message="due")
