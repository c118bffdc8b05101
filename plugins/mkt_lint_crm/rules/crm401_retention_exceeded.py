from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import AnyOf, F, Message, Period, Rows, RuleOptions, Table, TableRule, Verdict, option
from mkt_lint_crm.references import CALOGA, CNIL_FRAMEWORK, GDPR_STORAGE

_PLACEHOLDERS_END = datetime.date(1990, 1, 1)
"""Earlier dates stand for an empty cell: 1900-01-01, 1970-01-01."""

_CONTACTS = (F.CONSENT_DATE, F.LAST_CONTACT_AT, F.LAST_CLICK_AT, F.OPT_OUT_AT)
_WHY = (
    "This exceeds the CNIL's reference of three years after collection or the last contact made by the prospect, "
    "under GDPR article 5(1)(e)."
)
_WAY_OUT = (
    "Ask them once whether they wish to stay, and delete or archive those who do not say yes. "
    "Where a longer period is justified, document it and set max-age."
)


class RetentionExceeded(TableRule):
    """Prospects kept for longer than three years after the last contact that came from them.

    ## Why

    Personal data may be kept no longer than its purpose needs (GDPR article 5(1)(e)). For prospects the CNIL's
    reference (deliberation 2021-131 of 23 September 2021) is three years from collection or from the last contact
    that the prospect made: a click, a request, an order, a message; not an opened e-mail, nor a message or a call
    from the company. It is a reference value, not a binding norm: a controller may justify another period. Caloga,
    which began anew with each opened e-mail, was among others for that fined 80,000 euros on 15 May 2025.

    The clock starts at the latest of the dates of collection (of creation, where there is none), of consent, of the
    last contact made by the prospect, of the last click and of the opposition. “Last activity”, which mixes
    contacts of both sides, proves none by the prospect; where the file has no better date, records with a recent
    one are left alone.

    ## Examples

    ```csv bad
    email,status,collected_at,last_reply
    jeanne@example.com,prospect,2021-03-12,2022-05-02
    ```

    ```csv good
    email,status,collected_at,last_reply
    jeanne@example.com,prospect,2021-03-12,2025-05-02
    paul@example.com,customer,2019-03-12,
    ```

    ## Options

    `max-age`: the retention period of your own register, where you have documented another one.

    ## When not to use it

    On lists of customers, who have another clock; records that say so are left out, and a file that says nothing is
    taken to hold prospects. So are people who opted out: an opposition is kept for three years at least, and nobody who
    made one may be asked to stay.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR"})
    references = (GDPR_STORAGE, CNIL_FRAMEWORK, CALOGA)
    needs = (AnyOf(F.COLLECTED_AT, F.CREATED_AT, F.LAST_CONTACT_AT, F.CONSENT_DATE),)
    spares = ((F.OPTED_OUT, "yes"),)
    messages: ClassVar = {
        "kept": Message(
            "Records of prospects that show no contact from the prospect since {cutoff}: {count}.", _WHY, _WAY_OUT
        ),
        "kept-known": Message(
            "Records with the status prospect, collected before {cutoff} and without contact from the prospect since: "
            "{count}.",
            _WHY,
            _WAY_OUT,
            "error",
        ),
        "bare": Message(
            "A list of addresses and days alone may be one of people who opted out.",
            "That would have to be kept for three years at least, and one of prospects for three years at most.",
            "Name the column of days opt_out_at or collected_at under tables.columns in the configuration.",
        ),
    }

    class Options(RuleOptions):
        max_age: Period = option(Period("3y"), "Kept at most this long after the last contact.")

    options: Options

    def check(self, table: Table) -> Iterator[Rows | Verdict]:
        created = table.column(F.CREATED_AT)
        if created and {column.field for column in table.columns} == {F.EMAIL, F.CREATED_AT} and not table.given:
            yield self.undecided("bare", at=created)
            return
        cutoff = self.options.max_age.before(table.as_of)
        collected = table.date(F.COLLECTED_AT)
        contacts = [table.date(field) for field in _CONTACTS if table.has(field)]
        last = table.shared(pl.max_horizontal(pl.coalesce(collected, table.date(F.CREATED_AT)), *contacts))
        asked = ~table.flag(F.OPTED_OUT).fill_null(False)
        kept = asked & table.is_prospect & (last < cutoff) & (last >= _PLACEHOLDERS_END)
        at = (F.LAST_CONTACT_AT, F.COLLECTED_AT, F.CREATED_AT, F.CONSENT_DATE)
        if not table.has(F.LAST_CONTACT_AT) and table.has(F.LAST_ACTIVITY_AT):
            kept &= (table.date(F.LAST_ACTIVITY_AT) < cutoff).fill_null(True)
        if table.has(F.COLLECTED_AT, F.LAST_CONTACT_AT, F.STATUS):
            known = (table.value(F.STATUS) == "prospect").fill_null(False) & collected.is_not_null()
            yield Rows(kept & known, at=at, message="kept-known", cutoff=cutoff)
            kept &= ~known
        yield Rows(kept, at=at, message="kept", cutoff=cutoff)
