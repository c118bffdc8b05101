from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Period, Rows, Table, TableRule
from mkt_lint_crm import calls
from mkt_lint_crm.exemptions import is_blank
from mkt_lint_crm.references import CONSO_L223_1, DECREE_2026_662

_WHY = (
    "Consent to calls lasts one year from the day it was given, and is not renewed by itself (decree 2026-662, "
    "articles R223-1 to R223-4 of the code de la consommation)."
)


class PhoneConsentExpired(TableRule):
    """Consents to calls that are older than one year.

    ## Why

    Since 11 August 2026 consent to calls is valid for one year at most from the day it was collected, without tacit
    renewal (decree 2026-662 of 23 July 2026); where its day is not on record, nobody can tell whether it still
    holds. The anniversary itself is still within the year. The decree is being challenged before the Conseil
    d'Etat, and is in force. No rule says what becomes of consents that were given before 11 August 2026: they are
    reported for review.

    It is an error where the record also says that it is a consumer's, that no contract runs, and that the call came
    after the anniversary.

    ## Examples

    ```csv bad
    phone,phone consent,phone consent date
    0612345678,yes,2025-09-01
    ```

    ```csv good
    phone,phone consent,phone consent date
    0612345678,yes,2025-11-21
    0612345679,no,2023-02-01
    ```

    ## When not to use it

    Where nobody is called, or for newspapers and magazines. Left out by themselves: professionals, numbers of other
    countries, current contracts, people who are not to be called, and those who asked for a call.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR"})
    references = (DECREE_2026_662, CONSO_L223_1)
    about = (F.PHONE, AnyOf(F.PHONE_CONSENT, F.PHONE_CONSENT_AT, F.PHONE_BASIS))
    needs = (F.PHONE_CONSENT_AT,)
    messages = {
        "called-known": Message(
            what="Records of consumers, under no contract, who were called after their consent had expired: {count}.",
            why=_WHY,
            todo="Stop calling them until they consent again.",
            severity="error",
        ),
        "called": Message(
            what="Records that were called after the consent to calls had expired: {count}.",
            why=_WHY,
            todo="Stop calling consumers among them until they consent again.",
            severity="warning",
        ),
        "expired": Message(
            what="Records whose consent to calls was given before {cutoff}: {count}.",
            why=_WHY,
            todo="Take them off call lists until they consent again.",
            severity="warning",
        ),
        "undated": Message(
            what="Records with a consent to calls whose {column} is empty: {count}.",
            why=f"{_WHY} The caller has to prove it, with its day and hour.",
            todo="Look the days up where the consents were given, or take these people off call lists.",
            severity="warning",
        ),
        "review": Message(
            what="Records whose consent to calls was given before {cutoff}, and before {since}: {count}.",
            why=f"{_WHY} The texts do not say what becomes of consents that were given before they came into force.",
            todo="Ask them to consent again before the next call.",
            severity="warning",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        if table.as_of < calls.CONSENT_SINCE:
            return
        given = table.date(F.PHONE_CONSENT_AT)
        relied_on = calls.needs_consent(table, self.jurisdictions) & table.flag(F.PHONE_CONSENT).fill_null(True)
        at = (F.PHONE_CONSENT_AT,)
        since, cutoff = calls.CONSENT_SINCE, Period("1y").before(table.as_of)
        expired = relied_on & (given < cutoff)
        undated = relied_on & table.flag(F.PHONE_CONSENT).fill_null(False)
        yield Rows(undated & is_blank(table, F.PHONE_CONSENT_AT), at=at, message="undated")
        if table.has(F.LAST_CALL_AT):
            late = relied_on & (table.date(F.LAST_CALL_AT) > given.dt.offset_by("1y")) & (given >= since)
            known = calls.is_proven(table)
            yield Rows(late & known, at=at, message="called-known")
            yield Rows(late & ~known, at=at, message="called")
            expired &= ~late.fill_null(False)
        yield Rows(expired & (given >= since), at=at, message="expired", cutoff=cutoff)
        yield Rows(expired & (given < since), at=at, message="review", cutoff=min(cutoff, since), since=since)
