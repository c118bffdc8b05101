from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import ClassVar

import polars as pl

from mkt_lint import F, Message, Rows, Table, TableRule
from mkt_lint_crm.references import CNIL_PIXELS

_PUBLISHED = datetime.date(2026, 4, 14)
"""Of addresses collected earlier the CNIL asks for information and a way to object, not for consent."""
_TIME_OF_DAY = (
    r"[T ]\s*(?:0?[1-9]|1\d|2[0-3])[:h]\d{2}|[T ]\s*00?[:h](?:0[1-9]|[1-5]\d)|[T ]\s*00?:00:(?:0[1-9]|[1-5]\d)"
)

_WHY = "The CNIL's recommendation 2026-042 asks for a consent of its own to measure opens person by person."


class OpenTimeStored(TableRule):
    """The hour at which people opened an e-mail, without their consent to tracking.

    ## Why

    Measuring opens person by person takes a consent of its own, apart from that to receive messages (French law 78-17,
    article 82; CNIL's recommendation 2026-042 of 12 March 2026, which is soft law). One exception is care for
    deliverability: to find out who no longer reads, the day of the last open may be kept, without the time, and
    overwritten each time. The time of day shows that more is kept. For addresses collected before 14 April 2026 the
    CNIL asks for information and an easy way to object. Italy's Garante published guidelines to the same end on
    17 April 2026.

    The rule looks at records that refused tracking, and at those collected since 14 April 2026 whose consent to it is
    empty.

    ## Examples

    ```csv bad
    email,last open,tracking consent
    jeanne@example.com,2026-11-02 08:14,no
    ```

    ```csv good
    email,last open,tracking consent
    jeanne@example.com,2026-11-02,no
    paul@example.com,2026-11-02 08:14,yes
    ```

    ## When not to use it

    Where opens are measured for the security of sign-ins alone.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "IT"})
    references = (CNIL_PIXELS,)
    about = (F.LAST_OPEN_AT,)
    needs = (F.TRACKING_CONSENT,)
    messages: ClassVar = {
        "refused": Message(
            what="Records of people who refused tracking, with the hour of an opening in {column}: {count}.",
            why=_WHY,
            todo="Stop tracking these people, and delete the hours.",
        ),
        "unasked": Message(
            what="Records collected since {since} without consent to tracking, with the hour of an opening in "
            "{column}: {count}.",
            why=f"{_WHY} For deliverability it lets the day of the last open be kept.",
            todo="Keep the day alone, or ask for consent.",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        if table.as_of < _PUBLISHED:
            return
        consent = table.flag(F.TRACKING_CONSENT)
        collected = pl.coalesce(table.date(F.COLLECTED_AT), table.date(F.CREATED_AT))
        for column in table.columns_of(F.LAST_OPEN_AT):
            timed = pl.col(column.text).str.contains(_TIME_OF_DAY)
            yield Rows(timed & ~consent, at=(column,), message="refused")
            recent = consent.is_null() & (collected >= _PUBLISHED)
            yield Rows(timed & recent, at=(column,), message="unasked", since=_PUBLISHED)
