from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions, origins
from mkt_lint_crm.references import CNIL_PUBLIC_DATA, GDPR_ACCOUNTABILITY, SOLOCAL


class SourceBrokerUndocumented(TableRule):
    """Contacts that were bought or rented, without a contract or a proof of consent on record.

    ## Why

    Who buys contacts answers for them: it has to make sure that the seller collected them lawfully, and to be able to
    show it (GDPR articles 5(2) and 24). The CNIL fined Solocal Marketing Services 900,000 euros on 15 May 2025 for
    prospecting people whose data came from brokers, without proof of their consent.

    ## Examples

    ```csv bad
    email,lead source,consent proof
    jeanne@example.com,Purchased List,
    ```

    ```csv good
    email,lead source,consent proof
    jeanne@example.com,Purchased List,"form of 2026-03-12, wording 4"
    paul@example.com,Online purchase,
    ```

    ## When not to use it

    Where the contracts are kept elsewhere and each list can be traced to one. Addresses of a function without a name
    and people who opted out are left out by themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_ACCOUNTABILITY, SOLOCAL, CNIL_PUBLIC_DATA)
    needs = (AnyOf(F.SOURCE, F.SOURCE_BROKER),)
    spares = ((F.OPTED_OUT, "yes"),)
    messages = {
        "undocumented": Message(
            what="Records that were bought or rented, without a contract or a proof of consent: {count}.",
            why="Who uses bought contacts has to show that they were collected lawfully (GDPR articles 5(2) and 24).",
            todo="Ask the seller for each person's consent, with date and wording; without it, do not use the list.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        documented = ~exemptions.is_blank(table, F.SOURCE_CONTRACT, F.CONSENT_PROOF)
        form = ~exemptions.is_blank(table, F.CONSENT_SOURCE) & ~exemptions.is_blank(table, F.CONSENT_DATE)
        kept = ~exemptions.is_opted_out(table) & ~exemptions.is_generic(table)
        undocumented = origins.is_bought(table) & kept & ~documented & ~form
        yield Rows(undocumented, at=(F.SOURCE, F.SOURCE_BROKER), message="undocumented")
