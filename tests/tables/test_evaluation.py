"""Rules over whole tables: what is found, what is not told, what fails, and what is the same in every thread."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
import pytest

from mkt_lint import (
    AnyOf,
    Defect,
    F,
    Header,
    Kind,
    MalformedRecords,
    Message,
    Related,
    Rows,
    RuleReference,
    Span,
    Table,
    TableCheck,
    TableRule,
    Unreadable,
)
from mkt_lint._evaluation import CORE_MESSAGES, InternalError, TableResult, evaluate
from mkt_lint._evaluation import evaluation as evaluation_module
from mkt_lint._evaluation import unit as unit_module

Read = Callable[..., Table | Unreadable]
Check = Callable[[Table], Iterator[TableCheck]]


def rule(check: Check, code: str = "ACME101", **attributes: Any) -> TableRule:
    message = Message("{column}: {count}.", "", "")
    malformed = Message("{count} of {records}.", "", "")
    members = {"check": lambda _, table: check(table), "confidence": "high", **attributes}
    members["messages"] = {"found": message, "malformed": malformed}
    made: TableRule = type("Acme", (TableRule,), members)(RuleReference(code, "acme", Kind.TABLE, ""))
    return made


def where(expression: Callable[[Table], pl.Expr], *at: Any) -> Check:
    def check(table: Table) -> Iterator[TableCheck]:
        yield Rows(expression(table), at=at or (F.EMAIL,), message="found")

    return check


def result(table: Table | Unreadable, *rules: TableRule, threads: int = 1, keep_rows: bool = True) -> TableResult:
    assert isinstance(table, Table), table
    return evaluate(table, rules, threads=threads, keep_rows=keep_rows, advance=lambda _: None)


def lines(found: TableResult) -> list[int]:
    return [line for line, _, _ in found.rows]


def test_a_finding_is_anchored_at_the_header_and_tells_the_first_cells(read: Read) -> None:
    data = 'nom,"email"\n' + 'x,"é\nb"\n' * 12 + "x,good\n"
    found = result(read(data), rule(where(lambda table: table.text(F.EMAIL) != "good", F.PHONE, F.EMAIL)))
    [(_, verdict)] = found.verdicts
    assert verdict.span == Span(1, 5, 1, 12)
    assert verdict.arguments == {"count": 12, "column": Header("email", 2)}
    assert (verdict.records, verdict.identity, verdict.decided) == (12, "email:email", True)
    assert verdict.related == tuple(Related(Span(n, 3, n + 1, 3)) for n in range(2, 22, 2))
    assert (found.records, found.checked, found.reported) == (13, 13, 0)
    assert list(found.rows) == [(n, 3, "ACME101") for n in range(2, 26, 2)]


def test_records_are_checked_or_reported(read: Read) -> None:
    def malformed(table: Table) -> Iterator[TableCheck]:
        yield MalformedRecords(Defect.RAGGED, message="malformed")
        yield MalformedRecords(Defect.NUL, message="malformed")
        yield MalformedRecords(Defect.OVERSIZED, message="malformed")

    data = b"email,nom\na,b\nx\na,\0\n\n" + b"y" * (2 << 20) + b"\nb,c\nb,c,d\n"
    found = result(
        read(data),
        rule(malformed, "ACME900", contacts_only=False),
        rule(where(lambda table: table.text(F.EMAIL) == "b")),
    )
    assert (found.records, found.checked, found.reported) == (7, 2, 5)
    assert [(v.message_id, v.span, v.records, v.identity) for _, v in found.verdicts] == [
        ("malformed", Span(3, 1, 3, 2), 2, "ragged"),
        ("malformed", Span(4, 3, 4, 4), 1, "nul"),
        ("malformed", Span(6, 1, 6, 1), 1, "oversized"),
        ("found", Span(1, 1, 1, 6), 1, "email:email"),
    ]
    assert found.verdicts[0][1].arguments == {"count": 2, "records": 7}
    assert list(found.rows) == [
        (3, 1, "ACME900"), (4, 3, "ACME900"), (6, 1, "ACME900"), (7, 1, "ACME101"), (8, 5, "ACME900"),
    ]  # fmt: skip


def test_constant_and_null_conditions(read: Read) -> None:
    table = read("email,nom\na,b\nc,d\n")
    assert lines(result(table, rule(where(lambda _: pl.lit(True))))) == [2, 3]
    assert lines(result(table, rule(where(lambda _: pl.lit(None))))) == []
    assert lines(result(table, rule(where(lambda table: table.date(F.CREATED_AT) < date(2030, 1, 1))))) == []
    assert lines(result(table, rule(where(lambda table: table.text(F.NOTES) == "")))) == [2, 3]


def test_expressions_over_fields(read: Read) -> None:
    table = read(
        "email,status,est prospect,opt out,collected,added,created\n"
        "a,Client ,,1,2020-01-01,2021-01-01,2020-01-01\n"
        "b,lead,,no,2020-01-01,2062-01-01,2020-01-01\n"
        "c,,oui,?,,,2020-01-01\n"
    )
    latest = table.date(F.COLLECTED_AT)  # type: ignore[union-attr]  # read above
    assert lines(result(table, rule(where(lambda table: table.is_prospect)))) == [3, 4]
    assert lines(result(table, rule(where(lambda table: table.value(F.STATUS) == "prospect")))) == [3, 4]
    assert lines(result(table, rule(where(lambda table: table.flag(F.OPTED_OUT))))) == [2]
    assert lines(result(table, rule(where(lambda table: ~table.flag(F.OPTED_OUT))))) == [3]
    assert lines(result(table, rule(where(lambda _: latest == date(2021, 1, 1))))) == [2]
    assert lines(result(table, rule(where(lambda _: latest == date(2020, 1, 1))))) == [3]
    assert lines(result(table, rule(where(lambda _: latest.is_null())))) == [4]


def test_a_rule_that_raises_takes_no_other_with_it(read: Read) -> None:
    def raises(table: Table) -> Iterator[TableCheck]:
        raise RuntimeError("a" + chr(64) + "b.fr")

    def wrong_message(table: Table) -> Iterator[TableCheck]:
        yield Rows(pl.lit(True), at=(F.EMAIL,), message="nothing")

    table = read("email,nom\na@b.fr,b\n")
    found = result(
        table,
        rule(raises, "ACME001"),
        rule(where(lambda _: pl.col("nowhere") == "x"), "ACME002"),
        rule(where(lambda table: table.text(F.EMAIL).cast(pl.Int64) > 0), "ACME003"),
        rule(where(lambda table: table.text(F.EMAIL)), "ACME004"),
        rule(wrong_message, "ACME005"),
        rule(where(lambda _: pl.lit(True), F.PHONE), "ACME006"),
        rule(where(lambda table: table.text(F.EMAIL) != ""), "ACME007"),
    )
    assert sorted((failure.code, failure.error_type) for failure in found.failures) == [
        ("ACME001", "RuntimeError"),
        ("ACME002", "ColumnNotFoundError"),
        ("ACME003", "InvalidOperationError"),
        ("ACME004", "InvalidOperationError"),
        ("ACME005", "KeyError"),
        ("ACME006", "ValueError"),
    ]
    assert not any("a@b.fr" in failure.traceback for failure in found.failures)
    assert [(r.code, v.records) for r, v in found.verdicts] == [("ACME007", 1)]
    assert list(found.rows) == [(2, 1, "ACME007")]


def test_unmet_needs_are_undecided_once_and_only_in_a_list_of_contacts(read: Read) -> None:
    needs = (F.EMAIL, AnyOf(F.COLLECTED_AT, F.CREATED_AT))
    demanding = rule(where(lambda _: pl.lit(True)), needs=needs)
    found = result(read("email,nom\na,b\n"), demanding)
    [(_, verdict)] = found.verdicts
    assert (verdict.message_id, verdict.decided, verdict.span) == ("needs", False, Span(1, 1, 1, 10))
    assert verdict.arguments == {"fields": (F.COLLECTED_AT, F.CREATED_AT)}
    assert result(read("product,price\na,b\n"), demanding).verdicts == []
    assert set(CORE_MESSAGES) >= {verdict.message_id}


@pytest.mark.parametrize(
    ("cells", "message_id"),
    [
        (("01/02/2019", "03/04/2019"), "date-order-unknown"),
        (("13/02/2019", "02/13/2019"), "date-order-mixed"),
        (("x", "y", "2019-01-01"), "date-format-unknown"),
    ],
)
def test_dates_that_cannot_be_relied_on_are_undecided_once_a_rule(
    read: Read, cells: tuple[str, ...], message_id: str
) -> None:
    def check(table: Table) -> Iterator[TableCheck]:
        yield Rows(table.date(F.CREATED_AT) < date(2025, 1, 1), at=(F.CREATED_AT,), message="found")
        yield Rows(table.date(F.CREATED_AT) < date(2026, 1, 1), at=(F.CREATED_AT,), message="found")

    data = "email,created\n" + "".join(f"a,{cell}\n" for cell in cells)
    found = result(read(data), rule(check), rule(where(lambda _: pl.lit(True)), "ACME102"))
    assert [(r.code, v.message_id, v.decided) for r, v in found.verdicts] == [
        ("ACME101", message_id, False),
        ("ACME102", "found", True),
    ]
    assert found.verdicts[0][1].arguments == {"column": Header("created", 2)}
    assert {code for _, _, code in found.rows} == {"ACME102"}


def test_a_record_with_an_unreadable_date_is_not_flagged(read: Read) -> None:
    table = read("email,created,collected\na,2019-01-01,\nb,2019-01-01,soon\nc,2019-01-01,2019-01-01\nd,,2019-01-01\n")

    def old(table: Table) -> pl.Expr:
        return pl.max_horizontal(table.date(F.CREATED_AT), table.date(F.COLLECTED_AT)) < date(2025, 1, 1)

    assert lines(result(table, rule(where(old)))) == [2, 4, 5]


class Old(TableRule):
    """Records made long ago."""

    confidence = "high"
    messages: ClassVar = {"found": Message("{count}.", "", ""), "malformed": Message("{count} of {records}.", "", "")}
    contacts_only = False

    def check(self, table: Table) -> Iterator[TableCheck]:
        yield Rows(table.date(F.CREATED_AT) < date(2020, 1, 5), at=(F.CREATED_AT,), message="found")
        yield MalformedRecords(Defect.RAGGED, message="malformed")


@pytest.fixture
def small_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_module, "RANGE", 4 << 20)


def large(path: Path) -> Path:
    """Three ranges; only the last one tells that the month comes first."""
    line = "a@example.com,01/0{}/20{},é" + "x" * 200 + "\n"
    with path.open("w", encoding="utf-8") as file:
        file.write("email,created,notes\n")
        for number in range(50_000):
            file.write("ragged\n" if number % 5_000 == 7 else line.format(number % 9 + 1, 19 + number % 3))
        file.write("b@example.com,12/31/2019,\n")
    return path


def test_any_number_of_threads_comes_to_the_same(read: Read, tmp_path: Path, small_ranges: None) -> None:
    table = read(large(tmp_path / "t.csv"))
    old = Old(RuleReference("ACME101", "old", Kind.TABLE, ""))
    here = result(table, old)
    there = result(table, old, threads=3)
    assert [verdict for _, verdict in here.verdicts] == [verdict for _, verdict in there.verdicts]
    rows = list(here.rows)
    assert rows == list(there.rows)
    assert rows == sorted(rows)
    expected = [n for n in range(50_000) if n % 5_000 != 7 and (n % 3 == 0 or (n % 3 == 1 and n % 9 + 1 <= 4))]
    by_month_first = [(n + 2, 15) for n in expected] + [(50_002, 15)]
    assert [(line, column) for line, column, _ in rows if column == 15] == by_month_first
    assert [verdict.records for _, verdict in here.verdicts] == [10, len(by_month_first)]
    assert [place.span.line for place in here.verdicts[1][1].related] == [line for line, _ in by_month_first[:10]]
    assert (here.records, here.checked, here.reported) == (50_001, 49_991, 10)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_ranges_cover_the_file(
    read: Read, tmp_path: Path, encoding: str, small_ranges: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = large(tmp_path / "t.csv")
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    table = read(path)
    assert isinstance(table, Table)
    old = Old(RuleReference("ACME101", "old", Kind.TABLE, ""))
    units: list[unit_module.Unit] = []

    def recorded(unit: unit_module.Unit) -> unit_module.UnitResult:
        units.append(unit)
        return unit_module.run(unit)

    monkeypatch.setattr(evaluation_module, "run", recorded)
    done: list[int] = []
    there = evaluate(table, [old], threads=2, keep_rows=True, advance=done.append)
    assert sum(done) == path.stat().st_size
    assert len(units) >= 6  # twice, since the last range decides the dates
    assert list(there.rows) == list(result(table, old).rows)


def test_lost_records_are_no_silent_matter(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_module, "_excised", lambda unit: unit.data[: len(unit.data) // 2])
    with pytest.raises(InternalError, match="3 well-formed records were found and Polars read"):
        result(read("email,nom\na,b\nc,d\ne,f\n"), rule(where(lambda _: pl.lit(True))))


@pytest.mark.parametrize("error", [InternalError("lost"), KeyboardInterrupt()])
def test_what_a_thread_raises_ends_the_run(read: Read, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    monkeypatch.setattr(evaluation_module, "RANGE", 64)
    begun: list[int] = []

    def failing(unit: unit_module.Unit) -> unit_module.UnitResult:
        begun.append(unit.range.number)
        if unit.range.number == 3:
            raise error
        return unit_module.run(unit)

    monkeypatch.setattr(evaluation_module, "run", failing)
    table = read("email,nom\n" + "a@example.com,b\n" * 400)
    with pytest.raises(type(error)):
        result(table, rule(where(lambda _: pl.lit(True))), threads=2)
    assert max(begun) < 8  # of 100


def test_memory_does_not_grow_with_the_table(read: Read, tmp_path: Path, small_ranges: None) -> None:
    table = read(large(tmp_path / "t.csv"))
    tracemalloc.start()
    try:
        result(table, Old(RuleReference("ACME101", "old", Kind.TABLE, "")), keep_rows=False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 80 << 20
