from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions
from mkt_lint_crm.consent import pattern
from mkt_lint_crm.exemptions import cell_has
from mkt_lint_crm.references import CPCE_L34_5, GDPR_CONSENT

_WHY = (
    "Accepting terms of use or sale is no specific consent to advertising (CPCE article L34-5, GDPR articles 4(11) and "
    "7(2); Conseil d'Etat, 11 March 2015, 368624)."
)
_WAY_OUT = "Stop mailing them, and ask for consent by a box of its own, apart from the terms."


class ConsentFromTerms(TableRule):
    """Consents whose source or proof is the acceptance of terms of use or sale.

    ## Why

    Consent must be specific, and a request for it must be set apart from other matters (GDPR articles 4(11) and 7(2)).
    Whoever clicks on general terms has not consented to advertising: the Conseil d'Etat said so on 11 March 2015
    (368624).

    It is an error where the record also shows that it is a prospect and a consumer, who may not be mailed without.

    ## Examples

    ```csv bad
    email,consent,consent source
    jeanne@example.com,yes,Acceptation des CGV
    ```

    ```csv good
    email,consent,consent source,cgv
    jeanne@example.com,yes,newsletter box,yes
    paul@example.com,yes,"checkbox below the terms of sale",yes
    ```

    ## When not to use it

    Where the column names the page alone, and the consent on it was a box of its own; a cell that names the box too is
    left out by itself. A column that only says that terms were accepted is no consent and is not looked at. Left out
    too: customers, people addressed in their profession, those who did not consent.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (CPCE_L34_5, GDPR_CONSENT)
    about = (AnyOf(F.CONSENT_STATUS, F.CONSENT_DATE, F.CONSENT_SOURCE, F.CONSENT_PROOF),)
    needs = (AnyOf(F.CONSENT_SOURCE, F.CONSENT_PROOF),)
    messages = {
        "terms-known": Message(
            what="Records of consumers, not customers, whose {column} names terms of use or sale: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="error",
        ),
        "terms": Message(
            what="Records whose {column} names terms of use or sale: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        said = table.flag(F.CONSENT_STATUS)
        claimed = said.fill_null(True) & exemptions.needs_consent(table, self.jurisdictions)
        known = exemptions.is_known_prospect(table) & exemptions.is_known_consumer(table) & said.fill_null(False)
        acts = exemptions.matches(table, pattern("terms", "act"), F.CONSENT_SOURCE, F.CONSENT_PROOF)
        for field in (F.CONSENT_SOURCE, F.CONSENT_PROOF):
            if column := table.column(field):
                named = cell_has(table, column, pattern("terms")) & ~acts & claimed
                yield Rows(named & known, at=(column,), message="terms-known")
                yield Rows(named & ~known, at=(column,), message="terms")
