from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions
from mkt_lint_crm.exemptions import CONTACT
from mkt_lint_crm.references import GDPR_CONSENT, SOLOCAL

_WHY = (
    "Who relies on consent must be able to show who gave it, when, how, and to what wording (GDPR articles 5(2) and "
    "7(1))."
)


class ConsentUnproven(TableRule):
    """Consents without a date, or without a source and a proof.

    ## Why

    The controller must be able to show that a person consented (GDPR article 7(1)): who, when, how, and what they were
    shown. The CNIL fined Solocal Marketing Services 900,000 euros on 15 May 2025 for prospecting people whose consent
    it could not prove.

    The rule looks at the columns that the file has: a consent whose date is empty in a file with dates of consent, and
    one without source and proof in a file that has a column for either.

    ## Examples

    ```csv bad
    email,consent,consent date,consent source
    jeanne@example.com,yes,,newsletter form
    ```

    ```csv bad
    email,consent,consent date,consent source
    paul@example.com,yes,2025-03-12,
    ```

    ```csv good
    email,consent,consent date,consent source
    jeanne@example.com,yes,2025-03-12,newsletter form
    paul@example.com,no,,
    ```

    ## When not to use it

    Where the proof is kept elsewhere, in another table or at the e-mail platform, and these columns are empty for that
    reason. Left out by themselves: customers and people who opted out, for whom nobody relies on the consent, and
    addresses of a function.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_CONSENT, SOLOCAL)
    about = (AnyOf(F.CONSENT_STATUS, F.LAWFUL_BASIS),)
    needs = (AnyOf(F.CONSENT_DATE, F.CONSENT_SOURCE, F.CONSENT_PROOF),)
    messages = {
        "undated": Message(
            what="Records that say consent and whose {column} is empty: {count}.",
            why=_WHY,
            todo="Look the dates up where the consents were given; ask again, or stop mailing, where there is none.",
            severity="warning",
        ),
        "unsourced": Message(
            what="Records that say consent, without the form or page it was given on and without a proof: {count}.",
            why=_WHY,
            todo="Record the form and the wording; ask again, or stop mailing, where neither can be found.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        consent = table.flag(F.CONSENT_STATUS).fill_null(table.lists(F.LAWFUL_BASIS, "consent"))
        relied_on = (
            consent
            & table.is_prospect
            & ~exemptions.is_opted_out(table).fill_null(False)
            & ~exemptions.is_generic(table)
        )
        if table.has(F.CONSENT_DATE):
            undated = relied_on & exemptions.is_blank(table, F.CONSENT_DATE)
            yield Rows(undated, at=(F.CONSENT_DATE, *CONTACT), message="undated")
        if table.has(F.CONSENT_SOURCE) or table.has(F.CONSENT_PROOF):
            unsourced = relied_on & exemptions.is_blank(table, F.CONSENT_SOURCE, F.CONSENT_PROOF)
            yield Rows(unsourced, at=(F.CONSENT_SOURCE, F.CONSENT_PROOF, *CONTACT), message="unsourced")
