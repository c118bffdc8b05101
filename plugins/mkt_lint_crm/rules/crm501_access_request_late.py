from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import polars as pl

from mkt_lint import F, Message, Rows, Table, TableRule
from mkt_lint_crm.exemptions import is_blank
from mkt_lint_crm.references import GDPR_ACCESS

_SATURDAY, _SUNDAY = 6, 7
_MONTH = "The answer is due within one month of receipt (GDPR article 12(3))."
_UNKNOWN = f"{_MONTH[:-1]}, unless the person was told of an extension within that month; the file does not say."
_THREE = "The answer is due within one month of receipt, or three where the person was told so (GDPR article 12(3))."
_ANSWER = "Answer now, with a copy of all data, and see why these requests were left lying."
_LEARN = "See why these requests were left lying, and answer the next ones in time."


def _message(late: str, why: str, todo: str, severity: Literal["error", "warning"] = "error") -> Message:
    return Message(what=f"Requests for access {late}: {{count}}.", why=why, todo=todo, severity=severity)


class AccessRequestLate(TableRule):
    """Requests for access that were not answered within the time that the law allows.

    ## Why

    Who asks for access to their data gets an answer without undue delay and within one month of receipt, a calendar
    month and not thirty days (GDPR articles 12(3) and 15). Two further months are allowed where the person is told so,
    with the reasons, within the first. A refusal is due within one month too (article 12(4)). A last day that is a
    Saturday or Sunday moves to the Monday (Regulation 1182/71, article 3(4)).

    It is an error past three months, and past one month where the file has a column for the extension and it is empty.

    ## Examples

    ```csv bad
    email,access request,access answered
    jeanne@example.com,2026-05-04,
    ```

    ```csv good
    email,access request,access answered
    jeanne@example.com,2026-05-04,2026-06-04
    paul@example.com,2026-11-02,
    ```

    ## When not to use it

    Where the clock was stopped because it was not clear who asks: put the date on which they proved it into the file.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR", "DE", "IT", "GB"})
    references = (GDPR_ACCESS,)
    about = (F.ACCESS_REQUEST_AT,)
    needs = (F.ACCESS_ANSWERED_AT,)
    messages: ClassVar = {
        "open": _message("without an answer after the three months that are the most", _THREE, _ANSWER),
        "answered": _message("answered after the three months that are the most", _THREE, _LEARN),
        "open-unextended": _message("without an answer after one month, and without an extension", _MONTH, _ANSWER),
        "answered-unextended": _message("answered after more than one month, without an extension", _MONTH, _LEARN),
        "open-unless-extended": _message("without an answer after one month", _UNKNOWN, _ANSWER, "warning"),
        "answered-unless-extended": _message("answered after more than one month", _UNKNOWN, _LEARN, "warning"),
    }

    def check(self, table: Table) -> Iterator[Rows]:
        asked, answered = table.date(F.ACCESS_REQUEST_AT), table.date(F.ACCESS_ANSWERED_AT)
        waiting = is_blank(table, F.ACCESS_ANSWERED_AT)
        until = pl.when(waiting).then(pl.lit(table.as_of)).otherwise(answered)
        past_most, past_month = until > _deadline(asked, "3mo"), until > _deadline(asked, "1mo")
        within = past_month & ~past_most
        extensions = [pl.col(column.text).str.strip_chars() == "" for column in table.columns_of(F.ACCESS_EXTENDED_AT)]
        unextended = within & pl.all_horizontal(extensions) if extensions else within
        kinds = {"": past_most, "-unextended" if extensions else "-unless-extended": unextended}
        for suffix, late in kinds.items():
            yield Rows(late & waiting, at=(F.ACCESS_REQUEST_AT,), message=f"open{suffix}")
            yield Rows(late & ~waiting, at=(F.ACCESS_ANSWERED_AT,), message=f"answered{suffix}")


def _deadline(asked: pl.Expr, period: str) -> pl.Expr:
    """The last day; the Monday after, where it falls on a week-end."""
    day = asked.dt.offset_by(period)
    weekday = day.dt.weekday()
    return (
        pl.when(weekday == _SATURDAY).then(day.dt.offset_by("2d"))
        .when(weekday == _SUNDAY).then(day.dt.offset_by("1d"))
        .otherwise(day)
    )  # fmt: skip
