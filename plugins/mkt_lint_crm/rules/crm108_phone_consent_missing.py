from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import calls
from mkt_lint_crm.references import CONSO_L223_1, DECREE_2026_662, LAW_2025_594

_WHY = (
    "Since 11 August 2026 a consumer may be called for advertising only after they consented, and the caller has to "
    "prove it (code de la consommation, article L223-1)."
)


class PhoneConsentMissing(TableRule):
    """Consumers with a telephone number who have not consented to calls.

    ## Why

    Since 11 August 2026 it is forbidden to call a consumer in France for advertising who has not consented beforehand
    (law 2025-594, article 13; code de la consommation, article L223-1). Exempt are calls under a current contract,
    about its object or what complements it, and calls for newspapers and magazines (L223-5). Having bought something
    once is no exemption. The decree of 23 July 2026 is being challenged before the Conseil d'Etat, and is in force.

    Where the file has a column for calls, only records with a call since that day are looked at: an error where the
    record says that the consumer did not consent and that no contract runs; an empty cell may stand for a request to be
    called, and makes a warning. Without such a column, all records that would need
    consent are.

    ## Examples

    ```csv bad
    phone,customer type,status,last call,phone consent
    0612345678,consumer,prospect,2026-09-14,no
    ```

    ```csv good
    phone,customer type,status,contract active,last call,phone consent
    0612345678,consumer,prospect,no,2026-09-14,yes
    0612345679,consumer,prospect,no,2026-08-10,
    0612345670,consumer,customer,yes,2026-09-14,
    0612345671,professional,prospect,no,2026-09-14,
    ```

    ## When not to use it

    Where nobody is called, or for newspapers and magazines. Left out by themselves: professionals, numbers of other
    countries, current contracts, people who are not to be called, and those who asked for a call or agreed to an
    appointment. Where the file does not tell companies from people, set `audience` in the configuration.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (CONSO_L223_1, LAW_2025_594, DECREE_2026_662)
    about = (F.PHONE,)
    needs = (AnyOf(F.PHONE_CONSENT, F.PHONE_CONSENT_AT, F.PHONE_BASIS, F.CONSENT_CHANNEL),)
    messages = {
        "called-known": Message(
            what="Records of consumers who did not consent, under no contract, who were called since {since}: {count}.",
            why=_WHY,
            todo="Stop calling them; ask for consent where they come to you.",
            severity="error",
        ),
        "called": Message(
            what="Records that were called since {since} and show no consent to calls: {count}.",
            why=_WHY,
            todo="Stop calling consumers among them; record who is a professional and whose contract runs.",
            severity="warning",
        ),
        "callable": Message(
            what="Records with a telephone number that show no consent to calls: {count}.",
            why=_WHY,
            todo="Keep them off call lists; record who is a professional and whose contract runs.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        if table.as_of < calls.CONSENT_SINCE:
            return
        missing = calls.needs_consent(table, self.jurisdictions) & ~calls.has_consented(table)
        at = (F.PHONE_CONSENT, F.PHONE_BASIS, F.PHONE)
        if not table.has(F.LAST_CALL_AT):
            yield Rows(missing, at=at, message="callable")
            return
        missing &= table.date(F.LAST_CALL_AT) >= calls.CONSENT_SINCE
        known = calls.is_proven(table) & (~table.flag(F.PHONE_CONSENT)).fill_null(False)
        yield Rows(missing & known, at=at, message="called-known", since=calls.CONSENT_SINCE)
        yield Rows(missing & ~known, at=at, message="called", since=calls.CONSENT_SINCE)
