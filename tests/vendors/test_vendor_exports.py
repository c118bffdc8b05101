"""What is read in each vendor's export with no configuration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest

from mkt_lint import F, Field, Kind, Message, Rows, RuleReference, Table, TableRule
from mkt_lint._evaluation import evaluate
from mkt_lint_crm.facts import vocabulary
from vendors import tables_page
from vendors.exports import EXPORTS, FOLDER, read


def lines(table: Table, where: pl.Expr) -> list[int]:
    """The lines of the records of which the expression is true; each record must be well formed."""

    class Asked(TableRule):
        """Records asked for."""

        confidence = "high"
        messages = {"found": Message("{column}: {count}.", "", "")}  # noqa: RUF012  # as rules write it

        def check(self, table: Table) -> Iterator[Rows]:
            yield Rows(where, at=(F.EMAIL, F.FULL_NAME), message="found")

    rule = Asked(RuleReference("ACME101", "asked", Kind.TABLE, ""))
    found = evaluate(table, [rule], threads=1, keep_rows=True, advance=lambda _: None)
    assert (found.reported, found.failures) == (0, [])
    return [line for line, _, _ in found.rows]


@pytest.fixture(params=list(EXPORTS.values()), ids=list(EXPORTS))
def export(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_columns(export: dict[str, Any]) -> None:
    table = read(export)
    assert (table.encoding, table.delimiter) == (export["encoding"], export["delimiter"])
    found = {column.header.name: str(column.field or "") for column in table.columns}
    assert found == export["columns"]
    assert table.is_contact_list


def test_flags(export: dict[str, Any]) -> None:
    table = read(export)
    for field, expected in export.get("true", {}).items():
        assert (field, lines(table, table.flag(Field(field)))) == (field, expected)
    for field, expected in export.get("false", {}).items():
        assert (field, lines(table, ~table.flag(Field(field)))) == (field, expected)
        assert table.has(Field(field))
    if "prospects" in export:
        assert lines(table, table.is_prospect) == export["prospects"]


def test_values(export: dict[str, Any]) -> None:
    table = read(export)
    for field, values in export.get("values", {}).items():
        for value, expected in values.items():
            assert (field, value, lines(table, table.value(Field(field)) == value)) == (field, value, expected)


def test_dates(export: dict[str, Any]) -> None:
    table = read(export)
    first = table.dialect.first_line
    for field, dates in export.get("dates", {}).items():
        for number, day in enumerate(dates):
            on = table.date(Field(field))
            held = on == date.fromisoformat(day) if day else on.is_null()
            assert (field, day, first + number in lines(table, held)) == (field, day, True)


def test_every_export_is_listed() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {export["file"] for export in EXPORTS.values()}


def test_every_field_has_a_header() -> None:
    known = {field for field in vars(F).values() if isinstance(field, Field)}
    assert {alias.field for alias in vocabulary().columns} == known


def test_the_page_on_tables_says_what_is_so() -> None:
    written = tables_page.PAGE.read_text(encoding="utf-8")
    below = written.partition(tables_page.MARK)[2]
    assert below == tables_page.generated(), "write it anew: PYTHONPATH=tests python -m vendors.tables_page"
