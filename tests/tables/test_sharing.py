"""Expressions that checks share: evaluated once, on distinct cells where a column repeats them, to the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest

from mkt_lint import F, Kind, Message, Rows, RuleReference, Table, TableCheck, TableRule
from mkt_lint._evaluation import TableResult, evaluate
from mkt_lint._evaluation import evaluation as evaluation_module
from mkt_lint._evaluation.sharing import arrange, with_shared

Read = Callable[..., Any]


def rule(check: Callable[[Table], Iterator[TableCheck]], code: str) -> TableRule:
    messages = {"found": Message("{column}: {count}.", "", "")}
    attributes = {"check": lambda _, table: check(table), "confidence": "high", "messages": messages}
    made: TableRule = type("Acme", (TableRule,), attributes)(RuleReference(code, "acme", Kind.TABLE, ""))
    return made


def finding(where: Callable[[Table], pl.Expr]) -> Callable[[Table], Iterator[TableCheck]]:
    def check(table: Table) -> Iterator[TableCheck]:
        yield Rows(where(table), at=(F.EMAIL,), message="found")

    return check


def result(table: Table, *rules: TableRule) -> TableResult:
    return evaluate(table, rules, threads=1, keep_rows=True, advance=lambda _: None)


def test_like_expressions_are_one(read: Read) -> None:
    table = read("email,status\na,lead\n")
    first = table.shared(table.text(F.EMAIL).str.contains("(?i)a"))
    assert first.meta.eq(table.shared(table.text(F.EMAIL).str.contains("(?i)a")))
    assert not first.meta.eq(table.shared(table.text(F.EMAIL).str.contains("(?i)b")))
    assert table.value(F.STATUS).meta.eq(table.value(F.STATUS))
    with_other_values = [table.shared(pl.col("text:0").replace_strict({"a": value}, default=0)) for value in (1, 2)]
    assert not with_other_values[0].meta.eq(with_other_values[1])


def test_what_looks_at_one_column_is_told_apart() -> None:
    expressions = {
        "shared:0": pl.col("text:1").str.to_lowercase(),
        "shared:1": pl.col("shared:0") == "x",
        "shared:2": pl.col("shared:0") == pl.col("text:2"),
        "shared:3": pl.col("shared:1") & pl.col("shared:2"),
        "shared:4": pl.lit(True),
        "shared:5": pl.col("date:1").is_null(),
        "shared:6": pl.col("text:9") == "nobody asks",
    }
    shared = arrange(expressions, ["shared:3", "shared:4", "shared:5"])
    assert list(shared.expressions) == list(expressions)[:6]
    assert list(shared.of_cells) == ["text:1"]
    assert [list(step) for step in shared.of_cells["text:1"].steps] == [["shared:0"], ["shared:1"]]
    assert shared.of_cells["text:1"].kept == ("shared:0", "shared:1")
    assert [list(step) for step in shared.of_records] == [["shared:2", "shared:4", "shared:5"], ["shared:3"]]


@pytest.mark.parametrize("cells", [["x", "y", "X", ""] * 30, [f"x{number}" for number in range(120)]])
def test_repeated_cells_give_what_all_cells_give(cells: list[str]) -> None:
    frame = pl.DataFrame({"text:0": cells, "text:1": [str(number % 7) for number in range(len(cells))]})
    expressions = {
        "shared:0": pl.col("text:0").str.to_lowercase(),
        "shared:1": pl.col("shared:0").str.contains("x"),
        "shared:2": pl.col("shared:0") + pl.col("text:1"),
        "shared:3": pl.lit(True),
    }
    values = with_shared(frame, arrange(expressions, list(expressions)))
    assert values["shared:0"].to_list() == [cell.lower() for cell in cells]
    assert values["shared:1"].to_list() == ["x" in cell.lower() for cell in cells]
    assert values["shared:2"].to_list() == [f"{cell.lower()}{number % 7}" for number, cell in enumerate(cells)]
    assert values["shared:3"].to_list() == [True] * len(cells)


def test_what_was_made_of_repeated_cells_is_kept() -> None:
    """From range to range: further cells are added, and a column that no longer repeats its cells is like any other."""
    expressions = {"shared:0": pl.col("text:0").str.to_lowercase(), "shared:1": pl.col("shared:0") + "!"}
    shared = arrange(expressions, ["shared:1"])

    def said(cells: list[str]) -> list[str]:
        values: list[str] = with_shared(pl.DataFrame({"text:0": cells}), shared)["shared:1"].to_list()
        assert values == [f"{cell.lower()}!" for cell in cells]
        return values

    def known() -> list[str] | None:
        found = shared.known["text:0"]
        return found and sorted(found.cells.categories)

    said(["X", "y"] * 40)
    assert known() == ["X", "y"]
    said(["y", "Z", "", "X"])
    assert known() == ["", "X", "Z", "y"]
    said([f"X{number}" for number in range(5000)] + ["y"])
    assert known() is None
    said(["y", "Q"])


def test_a_shared_expression_that_fails_takes_down_those_who_ask_for_it_alone(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_module, "RANGE", 64)

    def number(table: Table) -> pl.Expr:
        return table.shared(table.text(F.EMAIL).cast(pl.Int64))

    table = read("email,nom\n" + "1,b\n" * 40 + "secret,b\n" + "2,b\n" * 40)
    found = result(
        table,
        rule(finding(lambda table: number(table) > 0), "ACME001"),
        rule(finding(lambda table: number(table) > 1), "ACME002"),
        rule(finding(lambda table: table.text(F.EMAIL) != ""), "ACME003"),
    )
    assert [failure.code for failure in found.failures] == ["ACME001", "ACME002"]
    assert not any("secret" in failure.traceback for failure in found.failures)
    assert [(r.code, v.records) for r, v in found.verdicts] == [("ACME003", 81)]
