"""Checks that speak of columns: any column as an anchor, dates that cannot be read or ordered, verdicts on headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest

from mkt_lint import (
    AmbiguousDates,
    F,
    Header,
    Kind,
    Message,
    Rows,
    RuleReference,
    Span,
    Table,
    TableCheck,
    TableRule,
    Unreadable,
)
from mkt_lint._evaluation import TableResult, evaluate
from mkt_lint._evaluation import evaluation as evaluation_module

Read = Callable[..., Table | Unreadable]


class Dates(TableRule):
    """Tells all that may be wrong with dates."""

    confidence = "high"
    messages = {key: Message(f"{key} {{column}}.", "", "") for key in ("unreadable", "late", "ambiguous")}  # noqa: RUF012

    def check(self, table: Table) -> Iterator[TableCheck]:
        for column in table.columns_of(F.CREATED_AT):
            yield Rows(pl.col(column.unreadable), at=(column,), message="unreadable")
            yield Rows(pl.col(column.date) > table.as_of, at=(column,), message="late")
            yield AmbiguousDates(column, "ambiguous")


class Headers(TableRule):
    """Counts columns that have no field."""

    confidence = "high"
    messages = {"unknown": Message("{columns} unknown.", "", "")}  # noqa: RUF012

    def check(self, table: Table) -> Iterator[TableCheck]:
        unknown = [column for column in table.columns if column.field is None]
        yield Rows(pl.col(unknown[0].text) == "x", at=(unknown[0],), message="unknown", columns=0)
        yield self.finding("unknown", at=unknown[0], columns=len(unknown))


def result(table: Table | Unreadable, rule: type[TableRule]) -> TableResult:
    assert isinstance(table, Table), table
    made = rule(RuleReference("ACME101", "acme", Kind.TABLE, ""))
    return evaluate(table, [made], threads=1, keep_rows=True, advance=lambda _: None)


def told(found: TableResult) -> list[tuple[str, Span, int, bool]]:
    return [(verdict.message_id, verdict.span, verdict.records, verdict.decided) for _, verdict in found.verdicts]


@pytest.fixture(params=[16, 1 << 20])
def ranges(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_module, "RANGE", request.param)


@pytest.mark.usefixtures("ranges")
class TestDates:
    SPAN = Span(1, 7, 1, 14)

    def test_unreadable_ones_are_told_and_keep_no_other_check_from_its_work(self, read: Read) -> None:
        data = "email,created\na@b.fr,2024-02-30\na@b.fr,2024-02-03\na@b.fr,\na@b.fr,2062-01-01\na@b.fr,2025-01-01\n"
        found = result(read(data), Dates)
        assert told(found) == [("unreadable", self.SPAN, 1, True), ("late", self.SPAN, 1, True)]
        assert list(found.rows) == [(2, 8, "ACME101"), (5, 8, "ACME101")]

    def test_an_order_that_no_value_tells_is_the_rules_to_tell(self, read: Read) -> None:
        found = result(read("email,created\na@b.fr,01/02/2024\na@b.fr,03/04/2062\n"), Dates)
        assert told(found) == [("ambiguous", self.SPAN, 0, True)]
        [(_, verdict)] = found.verdicts
        assert verdict.arguments == {"column": Header("created", 2)}
        assert verdict.identity == "created_at:created"
        assert list(found.rows) == []

    def test_a_contradiction_is_told_by_the_cells_of_the_lesser_order(self, read: Read) -> None:
        found = result(read("email,created\na@b.fr,31/12/2024\na@b.fr,12/31/2024\na@b.fr,30/11/2024\n"), Dates)
        assert told(found) == [("unreadable", self.SPAN, 1, True)]
        assert list(found.rows) == [(3, 8, "ACME101")]

    def test_nothing_is_wrong(self, read: Read) -> None:
        assert told(result(read("email,created\na@b.fr,31/12/2024\na@b.fr,\n"), Dates)) == []


def test_a_column_without_field_may_be_the_anchor_and_a_verdict_stands_for_no_record(read: Read) -> None:
    found = result(read("email,zone,size\na@b.fr,x,1\na@b.fr,y,2\n"), Headers)
    span = Span(1, 7, 1, 11)
    assert sorted(told(found), key=lambda verdict: verdict[2]) == [
        ("unknown", span, 0, True),
        ("unknown", span, 1, True),
    ]
    assert list(found.rows) == [(2, 8, "ACME101")]


def test_what_a_table_rule_may_not_yield(read: Read) -> None:
    class Wrong(Headers):
        def check(self, table: Table) -> Iterator[Any]:
            yield "nothing"

    found = result(read("email\na@b.fr\n"), Wrong)
    assert [(failure.code, failure.error_type) for failure in found.failures] == [("ACME101", "TypeError")]
