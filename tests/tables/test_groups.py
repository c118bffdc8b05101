"""Records of the same key, and records that a function confirms, against plain Python over the csv module."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkt_lint import (
    F,
    Groups,
    Header,
    Kind,
    Message,
    Related,
    Rows,
    RuleReference,
    Span,
    Table,
    TableCheck,
    TableRule,
    Verdict,
)
from mkt_lint._evaluation import TableResult, evaluate
from mkt_lint._evaluation import evaluation as evaluation_module
from mkt_lint._evaluation import groups as groups_module
from mkt_lint._evaluation.groups import MAY_BE_FLAGGED, OTHER, mark, members

Read = Callable[..., Any]
MESSAGES = {"found": Message("{column}: {count}.", "", "")}


def rule(check: Callable[[Table], Iterator[TableCheck]], code: str = "ACME101") -> TableRule:
    attributes = {"check": lambda _, table: check(table), "confidence": "high", "messages": MESSAGES}
    made: TableRule = type("Acme", (TableRule,), attributes)(RuleReference(code, "acme", Kind.TABLE, ""))
    return made


def result(table: Any, *rules: TableRule, threads: int = 1, keep_rows: bool = True) -> TableResult:
    assert isinstance(table, Table), table
    return evaluate(table, rules, threads=threads, keep_rows=keep_rows, advance=lambda _: None)


def places(found: TableResult, code: str = "ACME101") -> list[tuple[int, int]]:
    return [(line, column) for line, column, found_code in found.rows if found_code == code]


def by_column(found: TableResult) -> dict[str | None, Verdict]:
    verdicts = {}
    for _, verdict in found.verdicts:
        header = verdict.arguments["column"]
        assert isinstance(header, Header)
        verdicts[header.name] = verdict
    return verdicts


def address(table: Table) -> pl.Expr:
    return table.text(F.EMAIL).str.to_lowercase()


def same(where: Callable[[Table], pl.Expr], others: Callable[[Table], pl.Expr] | None = None) -> TableRule:
    def check(table: Table) -> Iterator[TableCheck]:
        yield Groups(
            address(table), where=where(table), others=others and others(table), at=(F.PHONE, F.EMAIL), message="found"
        )

    return rule(check)


def test_every_record_of_a_key_that_another_has_too(read: Read) -> None:
    table = read("nom,email\nx,a\nx, A \nx,b\nx,\nx,\nx,c\nx,é\nx,É\n")
    found = result(table, same(lambda _: pl.lit(True)))
    assert places(found) == [(2, 3), (3, 3), (8, 3), (9, 3)]
    [(_, verdict)] = found.verdicts
    assert (verdict.span, verdict.records, verdict.identity) == (Span(1, 5, 1, 10), 4, "email:email")
    assert verdict.related[:2] == (Related(Span(2, 3, 2, 4)), Related(Span(3, 3, 3, 6)))


def test_others_make_a_record_a_finding_and_not_it_itself(read: Read) -> None:
    table = read("email,opt out\na,yes\nb,no\nb,yes\nc,no\nc,no\nd,\nd,yes\nd,yes\n")
    opted_out = same(lambda _: pl.lit(True), lambda t: t.flag(F.OPTED_OUT))
    assert places(result(table, opted_out)) == [(3, 1), (7, 1), (8, 1), (9, 1)]
    active = same(lambda t: ~t.flag(F.OPTED_OUT), lambda t: t.flag(F.OPTED_OUT))
    assert places(result(table, active)) == [(3, 1)]


def test_ten_places_are_told_and_every_row_is_kept_apart(read: Read) -> None:
    table = read("email\n" + "a\n" * 25)
    found = result(table, same(lambda _: pl.lit(True)), keep_rows=False)
    assert list(found.rows) == []
    [(_, verdict)] = found.verdicts
    assert verdict.records == 25
    assert [place.span.line for place in verdict.related] == list(range(2, 12))


def test_malformed_records_take_no_part(read: Read) -> None:
    found = result(read('email,nom\na,x\na,x,y\nb,x\nb,"x\nc,x\nc,x\n\n'), same(lambda _: pl.lit(True)))
    assert places(found) == [(6, 1), (7, 1)]
    assert (found.checked, found.reported) == (4, 3)


def test_a_record_with_an_unreadable_date_is_not_flagged(read: Read) -> None:
    table = read("email,created\na,2020-01-01\na,soon\nb,2020-01-01\nb,2020-01-02\nb,\n")
    old = same(lambda t: t.date(F.CREATED_AT) < date(2024, 1, 1))
    assert places(result(table, old)) == [(2, 1), (4, 1), (5, 1)]
    of_old = same(lambda _: pl.lit(True), lambda t: t.date(F.CREATED_AT) < date(2024, 1, 1))
    assert places(result(table, of_old)) == [(4, 1), (5, 1), (6, 1)]


def test_dates_of_a_whole_column_decide_before_records_are_grouped(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_module, "RANGE", 64)
    rows = ["a,01/02/2019", "a,02/01/2019"] * 20 + ["a,01/31/2020"]  # only the last range tells the order
    table = read("email,created\n" + "\n".join(rows) + "\n")
    january = same(lambda t: t.date(F.CREATED_AT) < date(2019, 1, 31))
    assert places(result(table, january)) == [(line, 1) for line in range(2, 42, 2)]


def test_columns_may_be_named_themselves(read: Read) -> None:
    def check(table: Table) -> Iterator[TableCheck]:
        last = table.columns[-1]
        yield Groups(pl.col(last.text), where=pl.lit(True), at=(last,), message="found")
        yield Rows(pl.lit(True), at=(last,), message="found", confirm=is_a, over=(last, F.PHONE))

    assert places(result(read("email,x\n1,a\n2, a\n3, a\n"), rule(check))) == [(2, 3), (3, 3), (3, 3), (4, 3), (4, 3)]


def is_a(text: str, other: str = "") -> bool:
    return text + other == "a"


def has_even_digits(text: str, name: str) -> bool:
    return sum(map(int, filter(str.isdigit, text + name))) % 2 == 0


def chokes(text: str) -> bool:
    raise ValueError(text)


def is_long(text: str) -> bool:
    return len(text) > 100


def test_a_function_is_called_for_what_the_expression_leaves(read: Read) -> None:
    def check(table: Table) -> Iterator[TableCheck]:
        yield Rows(table.text(F.EMAIL) != "", at=(F.PHONE, F.EMAIL), message="found", confirm=is_a)

    found = result(read('email,nom\na,x\n" a ",x\n,x\nb,x\n'), rule(check))
    assert places(found) == [(2, 1), (3, 1)]
    assert [verdict.records for _, verdict in found.verdicts] == [2]


def test_what_raises_is_named_and_takes_no_other_with_it(read: Read) -> None:
    def confirming(confirm: Callable[..., bool]) -> Callable[[Table], Iterator[TableCheck]]:
        def check(table: Table) -> Iterator[TableCheck]:
            yield Rows(pl.lit(True), at=(F.EMAIL,), message="found")
            yield Rows(pl.lit(True), at=(F.EMAIL,), message="found", confirm=confirm)

        return check

    def grouping(key: pl.Expr, **others: pl.Expr) -> Callable[[Table], Iterator[TableCheck]]:
        def check(table: Table) -> Iterator[TableCheck]:
            yield Groups(key, where=pl.lit(True), at=(F.EMAIL,), message="found", **others)  # type: ignore[arg-type]  # only `others`

        return check

    found = result(
        read("email,nom\nsecret,b\nsecret,b\n"),
        rule(confirming(chokes), "ACME001"),
        rule(confirming(is_long), "ACME003"),
        rule(grouping(pl.col("nowhere")), "ACME004"),
        rule(grouping(pl.col("text:0").cast(pl.Int64)), "ACME005"),
        rule(grouping(pl.col("text:0").str.len_bytes()), "ACME006"),
        rule(grouping(pl.col("text:0"), others=pl.col("text:1")), "ACME007"),
        rule(grouping(pl.col("text:0"), others=pl.col("text:1") == "c"), "ACME008"),
        rule(grouping(pl.col("text:0")), "ACME009"),
    )
    failed = {failure.code: failure.error_type for failure in found.failures}
    assert set(failed) == {"ACME001", "ACME004", "ACME005", "ACME006", "ACME007"}
    assert (failed["ACME001"], failed["ACME004"]) == ("ValueError", "ColumnNotFoundError")
    assert "chokes" in next(failure.traceback for failure in found.failures if failure.code == "ACME001")
    assert not any("secret" in failure.traceback for failure in found.failures)
    assert [(r.code, v.records) for r, v in found.verdicts] == [("ACME003", 2), ("ACME009", 2)]


class Twice(TableRule):
    """The same person twice, and an address whose digits a function looks at."""

    confidence = "high"
    messages: ClassVar = MESSAGES

    def check(self, table: Table) -> Iterator[TableCheck]:
        yield Groups(address(table), where=~table.flag(F.OPTED_OUT), others=table.flag(F.OPTED_OUT), at=(F.EMAIL,),
                     message="found")  # fmt: skip
        yield Groups(address(table), where=pl.lit(True), at=(F.LAST_NAME,), message="found")
        yield Rows(
            table.text(F.EMAIL).str.contains("[0-9]"), at=(F.NOTES,), message="found", confirm=has_even_digits,
            over=(F.EMAIL, F.LAST_NAME),
        )  # fmt: skip


def expected(text: str, names: list[str]) -> dict[str, list[int]]:
    """By field of the offending cell: the numbers of the records."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    email, name, out = (names.index(wanted) for wanted in ("email", "nom", "opt out"))
    keys = [row[email].strip().lower() for row in rows]
    flags = [{"yes": True, "no": False}.get(row[out].strip().lower()) for row in rows]
    found: dict[str, list[int]] = {"email": [], "nom": [], "notes": []}
    for at, (row, key, flag) in enumerate(zip(rows, keys, flags, strict=True)):
        others = [other for other in range(len(rows)) if other != at and key and keys[other] == key]
        if flag is False and any(flags[other] for other in others):
            found["email"].append(at)
        if others:
            found["nom"].append(at)
        if any(sign in "0123456789" for sign in row[email]) and has_even_digits(row[email].strip(), row[name].strip()):
            found["notes"].append(at)
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_against_plain_python(read: Read, data: st.DataObject) -> None:
    names = data.draw(st.permutations(["email", "nom", "opt out", "notes", "x"]))
    cells = {
        "email": st.sampled_from(["", " ", "a", "A ", "b1", "B1", "c12", "é\n3", "É\n3", 'a"b', "a,b"]),
        "nom": st.sampled_from(["", "1", "x\ny2"]),
        "opt out": st.sampled_from(["yes", "no", "?", ""]),
        "notes": st.sampled_from(["", "é", "\n\n", "z"]),
        "x": st.sampled_from(["", "y"]),
    }
    rows = data.draw(st.lists(st.tuples(*(cells[name] for name in names)), max_size=40))
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=data.draw(st.sampled_from(["\n", "\r\n"]))).writerows([names, *rows])
    text = written.getvalue()
    encoding = data.draw(st.sampled_from(["utf-8", "cp1252", "utf-16"]))
    table = read(text.encode(encoding))
    twice = Twice(RuleReference("ACME101", "twice", Kind.TABLE, ""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_module, "RANGE", data.draw(st.sampled_from([16, 100, 4096])))
        patch.setattr(groups_module, "_SHARE", data.draw(st.sampled_from([1, 3, 1000])))
        found = result(table, twice)
        few = result(table, twice, keep_rows=False)
    records = {at: dict(zip(names, row, strict=True)) for at, row in enumerate(cell_places(text))}
    want = expected(text, names)
    assert places(found) == sorted(records[at][name] for name, numbers in want.items() for at in numbers)
    counts = {name: len(numbers) for name, numbers in want.items() if numbers}
    for told in (found, few):
        verdicts = by_column(told)
        assert {name: verdict.records for name, verdict in verdicts.items()} == counts
        for name, verdict in verdicts.items():
            first = [records[at][name or ""] for at in want[name or ""][:10]]
            assert [(place.span.line, place.span.column) for place in verdict.related] == first


def cell_places(text: str) -> Iterator[list[tuple[int, int]]]:
    """Where the cells of each record begin: csv tells the cells, their written length the place."""
    line = 0
    column = at = 0
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True)):
        found = []
        for cell in row:
            found.append((line + 1, column + 1))
            written = cell.replace('"', '""').join('""') if text[at] == '"' else cell
            at += len(written) + 1
            line += written.count("\n")
            column = len(written) - written.rfind("\n") if "\n" in written else column + len(written) + 1
        at = text.index("\n", at - 1) + 1
        line, column = line + 1, 0
        if number:
            yield found


def test_any_number_of_threads_comes_to_the_same(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_module, "RANGE", 2 << 20)
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("email,nom,opt out,notes\n")
        for number in range(60_000):
            out = "yes" if number % 7 == 0 else "no"
            file.write("ragged\n" if number % 977 == 5 else f"u{number % 59_000},é{number % 5},{out},{'x' * 180}\n")
    table = read(path)
    twice = Twice(RuleReference("ACME101", "twice", Kind.TABLE, ""))
    here = result(table, twice)
    there = result(table, twice, threads=3)
    assert [verdict for _, verdict in here.verdicts] == [verdict for _, verdict in there.verdicts]
    rows = list(here.rows)
    assert rows == list(there.rows)
    assert len([column for _, column, _ in rows if column == 1]) == here.verdicts[0][1].records > 100
    good = [number for number in range(60_000) if number % 977 != 5]
    keys = [number % 59_000 for number in good]
    doubled = {key for key in range(1000) if keys.count(key) == 2}
    assert by_column(here)["nom"].records == 2 * len(doubled)


def test_members_cost_thirteen_bytes() -> None:
    random = np.random.default_rng(1)
    count = 100_000
    flags = np.full(count, MAY_BE_FLAGGED | OTHER, np.uint8)
    parts = [part for _ in range(3) for part in members(random.integers(0, 1 << 63, count, dtype=np.uint64), flags)]
    assert sum(array.nbytes for part in parts for array in part) == 13 * 3 * count
    parts[2].hashes[:2] = parts[0].hashes[:2]
    parts[2].hashes.sort()
    mark(parts)
    assert [len(part.flagged()) for part in parts] == [2, 0, 2]
