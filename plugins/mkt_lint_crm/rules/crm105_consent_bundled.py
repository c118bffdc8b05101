from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions
from mkt_lint_crm.consent import CHANNELS, channels, pattern
from mkt_lint_crm.exemptions import cell_has
from mkt_lint_crm.references import GDPR_CONSENT

_WHY = "Consent is specific: to each channel and to each company that will use it (GDPR article 7(2), recital 43)."


class ConsentBundled(TableRule):
    """One consent for several channels, or for partners that nobody names.

    ## Why

    Consent must be specific (GDPR article 4(11)): who is asked once for e-mail, text messages and calls cannot say yes
    to one of them alone (recital 43). Consent to calls names the company that will call (code de la consommation,
    article R223-1); "our partners" is nobody's name.

    The rule looks at headers of consent columns that name two channels, and at the wording that is kept as proof.

    ## Examples

    ```csv bad
    email,phone,consent e-mail/SMS/phone
    jeanne@example.com,0612345678,yes
    ```

    ```csv bad
    email,consent,consent proof
    jeanne@example.com,yes,"I agree to receive offers from our partners"
    ```

    ```csv good
    email,phone,consent,phone consent,consent proof
    jeanne@example.com,0612345678,yes,no,"I agree to receive offers by e-mail"
    ```

    ## When not to use it

    Where people chose among the channels and the column holds what they chose, or where the form linked to the list of
    partners. A column that is only called "consent" is taken to be for e-mail.
    """

    confidence = "low"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_CONSENT,)
    about = (AnyOf(F.CONSENT_STATUS, F.CONSENT_PROOF),)
    messages = {
        "header": Message(
            what="Records with one consent for several channels, in {column}: {count}.",
            why=_WHY,
            todo="Ask for each channel by a box of its own, and keep a column for each.",
            severity="warning",
        ),
        "wording": Message(
            what="Records whose {column} names several channels in one consent: {count}.",
            why=_WHY,
            todo="Ask for each channel by a box of its own.",
            severity="warning",
        ),
        "partners": Message(
            what="Records whose {column} names partners without saying who they are: {count}.",
            why=_WHY,
            todo="Name the partners where consent is asked for, or link to their list.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        concerned = ~exemptions.is_opted_out(table) & exemptions.is_under(table, self.jurisdictions)
        consented = table.flag(F.CONSENT_STATUS).fill_null(False)
        for column in table.columns_of(F.CONSENT_STATUS):
            if column.field == F.CONSENT_STATUS and channels(column.identity) > 1:
                yield Rows(concerned & consented, at=(column,), message="header")
        if proof := table.column(F.CONSENT_PROOF):
            claimed = concerned & table.flag(F.CONSENT_STATUS).fill_null(True)
            named = [cell_has(table, proof, pattern("channels", name)) for name in CHANNELS]
            several = pl.sum_horizontal(named) > 1
            chosen = cell_has(table, proof, pattern("channels", "choice"))
            yield Rows(claimed & several & ~chosen, at=(proof,), message="wording")
            listed = cell_has(table, proof, pattern("partners", "listed"))
            unnamed = cell_has(table, proof, pattern("partners")) & ~listed
            yield Rows(claimed & unnamed, at=(proof,), message="partners")
