from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import polars as pl

from mkt_lint import AnyOf, F, Message, Period, Rows, RuleOptions, Table, TableRule, option
from mkt_lint_crm.references import CALOGA, CNIL_FRAMEWORK, GDPR_STORAGE

_CONTACTS = (F.LAST_CONTACT_AT, F.LAST_CLICK_AT, F.LAST_ORDER_AT)
_CLOCKS = {"activity": F.LAST_ACTIVITY_AT, "open": F.LAST_OPEN_AT, "outbound": F.LAST_OUTBOUND_AT}
_CHANGES = (F.UPDATED_AT, F.ENRICHED_AT)
_WHAT = "Records of prospects collected before {cutoff} whose only later date is {column}"
_WAY_OUT = (
    "Export the date of the last contact made by the prospect (a click, a reply, a request), or reckon from the "
    "date of collection."
)


def _message(which: str, why: str, severity: Literal["warning", "note"] = "warning") -> Message:
    return Message(what=f"{_WHAT}, {which}: {{count}}.", why=why, todo=_WAY_OUT, severity=severity)


class RetentionClockUnreliable(TableRule):
    """Prospects whose only recent date shows no contact that came from them.

    ## Why

    The CNIL's reference (deliberation 2021-131 of 23 September 2021) lets a prospect's data be kept for three years
    after the last contact *made by the prospect*. An opened e-mail is none, and neither is a message or a call from the
    company, or a change of the record. The CNIL fined Caloga 80,000 euros on 15 May 2025; among other breaches,
    retention began anew with each opened e-mail. Dates of “last activity” mix all of these in many CRMs.

    The rule looks at tables without a date of a contact or click that came from the prospect, and counts the records
    that are old by their collection and recent by such a date alone. Every program dates changes, and few
    reckon from them: these make a note, where no other such date is in the file.

    ## Examples

    ```csv bad
    email,collected_at,last activity
    jeanne@example.com,2019-03-12,2026-05-02
    ```

    ```csv good
    email,collected_at,last activity,last reply
    jeanne@example.com,2019-03-12,2026-05-02,2026-05-02
    ```

    ## Options

    `max-age`: the retention period of your own register, where you have documented another one.

    ## When not to use it

    Where the date that is named “activity” holds contacts of the prospect alone: map it to `last_contact_at` under
    `tables.columns`. Customers and people who opted out are left out by themselves.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (GDPR_STORAGE, CNIL_FRAMEWORK, CALOGA)
    needs = (AnyOf(F.COLLECTED_AT, F.CREATED_AT),)
    spares = ((F.OPTED_OUT, "yes"),)
    messages: ClassVar = {
        "activity": _message(
            "which mixes contacts of both sides",
            "The CNIL's reference of three years counts contacts made by the prospect alone.",
        ),
        "open": _message(
            "the opening of an e-mail",
            "By the CNIL's reference an opening is no contact made by the prospect; Caloga was fined for counting it.",
        ),
        "outbound": _message(
            "a contact made by the company",
            "By the CNIL's reference only contacts made by the prospect begin the three years anew.",
        ),
        "updated": _message(
            "the last change of the record",
            "By the CNIL's reference a change of the record does not begin the three years anew.",
            "note",
        ),
    }

    class Options(RuleOptions):
        max_age: Period = option(Period("3y"), "Kept at most this long after the last contact.")

    options: Options

    def check(self, table: Table) -> Iterator[Rows]:
        if any(table.has(field) for field in _CONTACTS):
            return
        cutoff = self.options.max_age.before(table.as_of)
        collected = pl.coalesce(table.date(F.COLLECTED_AT), table.date(F.CREATED_AT))
        known = pl.max_horizontal(collected, table.date(F.CONSENT_DATE))
        old = table.is_prospect & ~table.flag(F.OPTED_OUT).fill_null(False) & (known < cutoff)
        clocks = {message: field for message, field in _CLOCKS.items() if table.column(field)}
        if not clocks:
            clocks = next(({"updated": field} for field in _CHANGES if table.column(field)), {})
        for message, field in clocks.items():
            yield Rows(old & (table.date(field) >= cutoff), at=(field,), message=message, cutoff=cutoff)
            old &= (table.date(field) < cutoff).fill_null(True)
