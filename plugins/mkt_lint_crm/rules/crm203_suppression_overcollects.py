from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions
from mkt_lint_crm.references import CNIL_FRAMEWORK, GDPR_MINIMISATION

_UNNEEDED = (
    F.NOTES, F.BIRTH_DATE, F.GENDER, F.FAMILY, F.IP, F.GEOLOCATION, F.PHOTO, F.ADDRESS, F.JOB_TITLE, F.LAST_OPEN_AT,
)  # fmt: skip


class SuppressionOvercollects(TableRule):
    """People who opted out, whose record holds more than is needed to recognise them.

    ## Why

    So that an opposition is honoured, the address is kept, for three years at least by the CNIL's reference
    (deliberation 2021-131), and for that use alone. Nothing else is needed to recognise the person; a fingerprint of
    the address is better still. What else there is about somebody who is no customer has lost its purpose (GDPR article
    5(1)(c)).

    ## Examples

    ```csv bad
    email,unsubscribed,birth date
    jeanne@example.com,yes,1985-03-12
    ```

    ```csv good
    email,unsubscribed,birth date,status
    jeanne@example.com,yes,,prospect
    paul@example.com,yes,1985-03-12,customer
    luc@example.com,no,1985-03-12,prospect
    ```

    ## When not to use it

    Where people are opted out of e-mail and their records serve another purpose. Customers, partners and suppliers are
    left out by themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_MINIMISATION, CNIL_FRAMEWORK)
    about = (AnyOf(F.OPTED_OUT, F.OPT_OUT_AT),)
    messages = {
        "kept": Message(
            what="Records of people who opted out, with more than is needed to recognise them, in {column}: {count}.",
            why="Of people who opted out and are no customers, only what recognises them is still needed "
            "(GDPR article 5(1)(c), CNIL's reference 2021-131).",
            todo="Keep the address or its fingerprint, and empty the rest.",
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        suppressed = exemptions.is_opted_out(table) & table.is_prospect
        for field in _UNNEEDED:
            if table.column(field):
                yield Rows(suppressed & ~exemptions.is_blank(table, field), at=(field,), message="kept")
