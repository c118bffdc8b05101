from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import polars as pl

from mkt_lint import AmbiguousDates, F, Message, Rows, Table, TableRule
from mkt_lint_crm.exemptions import is_filled

_OTHER = frozenset({F.BIRTH_DATE})
"""Often without a year, on purpose."""
_AHEAD = frozenset({F.CONTRACT_END_AT})
_WHY = "No period can be reckoned from these records, so that the rules about dates leave them out."


class DateInvalid(TableRule):
    """Dates that cannot be read, that lie in the future, or that may be day first or month first.

    ## Why

    Consent, retention and opposition are reckoned from dates. A date that programs read differently, or not at all,
    proves nothing (GDPR article 5(2)), and records with one are checked by no rule about dates.

    A column has one format: the one that fits most of its cells. What the file's own values do not decide, such as
    whether 03/04/2026 is in March or April, the linter does not guess.

    ## Examples

    ```csv bad
    email,created at
    jeanne@example.com,2026-02-30
    paul@example.com,2025-11-03
    ```

    ```csv good
    email,created at
    jeanne@example.com,2026-02-28
    paul@example.com,2025-11-03
    ```

    ## When not to use it

    Never: a date that is not read is not checked either.
    """

    confidence = "high"
    messages: ClassVar = {
        "unreadable": Message(
            what="Cells of {column} that are no date in the column's format: {count}.",
            why=_WHY,
            todo="Correct them, and export dates as year-month-day.",
        ),
        "future": Message(
            what="Dates of {column} that lie after {today}: {count}.",
            why="What is dated there has not happened yet. The rules about dates take no account of them.",
            todo="Correct them in the CRM.",
        ),
        "ambiguous": Message(
            what="The dates of {column} may be day first or month first.",
            why="No value excludes either order, so that no rule relies on the column.",
            todo="Export dates as year-month-day.",
            severity="note",
        ),
    }

    def check(self, table: Table) -> Iterator[Rows | AmbiguousDates]:
        # it may be tomorrow already where the record was made
        tomorrow = date.fromordinal(min(table.as_of.toordinal() + 1, date.max.toordinal()))
        for column in table.columns:
            field = column.field
            if field is None or field in _OTHER or not field.endswith(("_at", "_date")):
                continue
            yield Rows(pl.col(column.unreadable), at=(column,), message="unreadable", confirm=is_filled)
            if field not in _AHEAD:
                late = pl.col(column.date) > tomorrow
                yield Rows(late, at=(column,), message="future", today=table.as_of)
            yield AmbiguousDates(column, "ambiguous")
