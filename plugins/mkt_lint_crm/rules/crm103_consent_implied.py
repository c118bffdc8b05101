from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import exemptions
from mkt_lint_crm.consent import pattern
from mkt_lint_crm.exemptions import cell_has
from mkt_lint_crm.references import CPCE_L34_5, GDPR_CONSENT, PLANET49

_WHY = (
    "Consent is an act of the person: silence, inactivity and a box that was ticked beforehand are none (GDPR article "
    "4(11) and recital 32, CJEU C-673/17)."
)
_WAY_OUT = "Stop mailing them, and ask only those again whom you may write to for another reason."


class ConsentImplied(TableRule):
    """Consents that nobody gave: pre-ticked boxes, defaults, silence, opt-out forms.

    ## Why

    Consent takes a clear affirmative act (GDPR article 4(11)). Silence, pre-ticked boxes and inactivity are no consent
    (recital 32; CJEU, Planet49, C-673/17). The rule looks for words that say so, in French and English, in the status,
    the source and the proof of a consent.

    It is an error where the record also shows that it is a prospect and a consumer, who may not be mailed without.

    ## Examples

    ```csv bad
    email,consent,consent source
    jeanne@example.com,yes,pre-ticked box at checkout
    ```

    ```csv good
    email,consent,consent source
    jeanne@example.com,yes,"newsletter form, box not pre-ticked"
    paul@example.com,no,opt-out form
    ```

    ## When not to use it

    Where a source is only called so. Left out by themselves: records that do not claim consent, customers and people
    addressed in their profession, who may be mailed until they object, and countries whose law the configuration does
    not name (Canada knows implied consent).
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_CONSENT, PLANET49, CPCE_L34_5)
    about = (AnyOf(F.CONSENT_STATUS, F.CONSENT_SOURCE, F.CONSENT_PROOF),)
    messages = {
        "implied-known": Message(
            what="Records of consumers, not customers, whose {column} names a consent that nobody gave: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="error",
        ),
        "implied": Message(
            what="Records whose {column} names a default, a pre-ticked box or silence as consent: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        said = table.flag(F.CONSENT_STATUS)
        claimed = said.fill_null(True) & exemptions.needs_consent(table, self.jurisdictions)
        known = exemptions.is_known_prospect(table) & exemptions.is_known_consumer(table)
        for field in (F.CONSENT_STATUS, F.CONSENT_SOURCE, F.CONSENT_PROOF):
            column = table.column(field)
            if column is None or column.field != field:
                continue
            named = cell_has(table, column, pattern("implied"))
            if field == F.CONSENT_STATUS:
                named |= cell_has(table, column, pattern("implied", "whole"))
            else:
                named |= cell_has(table, column, pattern("implied", "opt_out")) & said.fill_null(False)
            named &= claimed & ~cell_has(table, column, pattern("implied", "negated"))
            yield Rows(named & known, at=(column,), message="implied-known")
            yield Rows(named & ~known, at=(column,), message="implied")
