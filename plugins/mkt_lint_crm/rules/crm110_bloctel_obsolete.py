from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import AnyOf, F, Message, Rows, Table, TableRule
from mkt_lint_crm import calls
from mkt_lint_crm.references import CONSO_L223_1, LAW_2025_594

_WHY = (
    "The list of Bloctel was repealed on {since}: not to be on it allows no call to a consumer, who must have "
    "consented (code de la consommation, article L223-1)."
)
_WAY_OUT = "Record consent to calls, its date and its proof; keep the column only for calls made before that day."


class BloctelObsolete(TableRule):
    """Calls that rest on the list of Bloctel, which was repealed on 11 August 2026.

    ## Why

    Until 10 August 2026 consumers who did not wish to be called could enter a list, Bloctel, and everyone else could be
    called. Law 2025-594 (article 13) repealed the articles on that list (L223-3 and L223-4 of the code de la
    consommation) and asks for prior consent in its place. That someone is not on the list says nothing any more.

    ## Examples

    ```csv bad
    phone,bloctel,phone consent
    0612345678,no,
    ```

    ```csv good
    phone,bloctel,phone consent
    0612345678,no,yes
    0612345679,yes,
    ```

    ## When not to use it

    On records of calls that were made before 11 August 2026; where the file has dates of calls or of checks they are
    left out by themselves, like professionals, current contracts and people who consented to calls.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (CONSO_L223_1, LAW_2025_594)
    about = (F.PHONE, AnyOf(F.BLOCTEL, F.BLOCTEL_CHECKED_AT))
    messages = {
        "checked": Message(
            what="Records that were checked against Bloctel since {since} and show no consent to calls: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="note",
        ),
        "listed": Message(
            what="Records that say whether the person is on Bloctel, and show no consent to calls: {count}.",
            why=_WHY,
            todo=_WAY_OUT,
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        since = calls.CONSENT_SINCE
        if table.as_of < since:
            return
        relying = calls.needs_consent(table, self.jurisdictions) & ~calls.has_consented(table)
        if table.has(F.BLOCTEL_CHECKED_AT):
            checked = relying & (table.date(F.BLOCTEL_CHECKED_AT) >= since)
            yield Rows(checked, at=(F.BLOCTEL_CHECKED_AT,), message="checked", since=since)
            return
        relying &= (~table.flag(F.BLOCTEL)).fill_null(False)
        if table.has(F.LAST_CALL_AT):
            relying &= table.date(F.LAST_CALL_AT) >= since
        yield Rows(relying, at=(F.BLOCTEL,), message="listed", since=since)
