from __future__ import annotations

import datetime
from collections.abc import Iterator

import polars as pl

from mkt_lint import F, Message, Rows, Table, TableRule
from mkt_lint_crm import calls, exemptions
from mkt_lint_crm.references import CONSO_L223_1, DECREE_2026_662

_SINCE = datetime.date(2023, 3, 1)
"""Decree 2022-1313, which asked for the same days and hours as decree 2026-662."""
_SATURDAY = 6
_HOLIDAYS = ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25")
"""Of article L3133-1 of the code du travail, those that are on the same day each year."""
_TIME = r"[T ]\d{1,2}[:h]\d{2}(?::\d{2})?\s*$"
"""A time of the caller's own zone, at which the person's is not far from it; not 12:00 PM, 08:00Z, 08:00+02:00."""
_ALLOWED = r"[T ](?:(?:1[0-2]|1[4-9])[:h]\d{2}|(?:13|20)[:h]00)|[T ]0?0[:h]00(?::00)?\s*$"
"""Midnight stands for a time that is not known."""


class CallOutsideHours(TableRule):
    """Consumers who were called at an hour or on a day at which nobody may be called for advertising.

    ## Why

    In France a consumer may be called for advertising from Monday to Friday, but on public holidays, from 10 to 13 and
    from 14 to 20 o'clock in their own time zone (code de la consommation, article D223-9; decree 2026-662, and since
    1 March 2023 decree 2022-1313). The only exception is a precise day and hour that the person expressly agreed to.

    The rule looks at records that say that they are a consumer's, and at the last call alone. Easter Monday, Ascension
    and Whit Monday are not known to it.

    ## Examples

    ```csv bad
    phone,customer type,last call
    0612345678,consumer,2026-09-14 21:10
    0612345679,consumer,2026-09-13 11:00
    ```

    ```csv good
    phone,customer type,last call,source
    0612345678,consumer,2026-09-14 10:00,
    0612345679,professional,2026-09-14 08:30,
    0612345670,consumer,2026-09-14 20:30,appointment
    ```

    ## When not to use it

    Where the column holds calls that came from the person, or was written in another time zone; times with a zone are
    left out by themselves. So are professionals, numbers of other countries, current contracts, newspapers and
    magazines, and people who asked for the call.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (DECREE_2026_662, CONSO_L223_1)
    about = (F.PHONE, F.LAST_CALL_AT)
    messages = {
        "hour": Message(
            "Records of consumers who were called before 10, from 13 to 14 or after 20 o'clock, by {column}: {count}.",
            "At these hours a consumer may not be called for advertising, unless they agreed to that very hour (code "
            "de la consommation, article D223-9).",
            "Set the hours in the tool that calls, and keep on record what people agreed to.",
        ),
        "day": Message(
            "Records of consumers who were called on a week-end or a public holiday, by {column}: {count}.",
            "On these days a consumer may not be called for advertising, unless they agreed to that very hour (code "
            "de la consommation, article D223-9).",
            "Set the days in the tool that calls, and keep on record what people agreed to.",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        day = table.date(F.LAST_CALL_AT)
        called = calls.needs_consent(table, self.jurisdictions) & exemptions.is_known_consumer(table) & (day >= _SINCE)
        closed = (day.dt.weekday() >= _SATURDAY) | day.dt.to_string("%m-%d").is_in(_HOLIDAYS)
        yield Rows(called & closed, at=(F.LAST_CALL_AT,), message="day")
        for column in table.columns_of(F.LAST_CALL_AT):
            cell = pl.col(column.text)
            late = cell.str.contains(_TIME) & ~cell.str.contains(_ALLOWED)
            yield Rows(called & ~closed & late, at=(column,), message="hour")
