"""Parquet files: the rules of all tables on columns of any type, by row and column."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import AS_OF, Run, write
from mkt_lint import (
    F,
    Kind,
    Message,
    ReadContext,
    Rows,
    RuleReference,
    Source,
    Table,
    TableRule,
    Unreadable,
    Vocabulary,
)
from mkt_lint._config.model import FileConfig
from mkt_lint._evaluation import evaluate
from mkt_lint._readers.table import parquet as parquet_module
from mkt_lint._readers.table.parquet import ParquetReader

CONTACTS = pl.DataFrame(
    {
        "email": ["jeanne@example.com", "paul@example.com", "jeanne@example.com"],
        "nom": ["Dupont", "Léa", "Dupont"],
        "source": ["PhantomBuster", "Salon", "Salon"],
        "created": [date(2019, 1, 2), date(2026, 1, 2), date(2019, 1, 2)],
        "notes": [None, 'deux\nlignes, "citées"', "3"],
    }
)


def packed(frame: pl.DataFrame, **options: int) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file, **options)  # type: ignore[arg-type]  # all are numbers
    return file.getvalue()


def read(data: bytes | Path) -> Table | Unreadable:
    context = ReadContext(FileConfig(None, Path(), "t.parquet"), date(2026, 11, 21), lambda: (), Vocabulary)
    source = Source("t.parquet", data) if isinstance(data, Path) else Source("t.parquet", None, data)
    [found] = ParquetReader().read(source, context)
    return found


def table(data: bytes | Path) -> Table:
    found = read(data)
    assert isinstance(found, Table), found
    return found


def lines(found: Table) -> list[str]:
    with found.source.open() as file:
        file.seek(found.dialect.offset)
        return file.read().decode().split("\n")[:-1]


class Marked(TableRule):
    """Every cell that is marked."""

    confidence = "high"
    contacts_only = False
    messages: ClassVar = {"found": Message("{column}: {count}.", "", "")}

    def check(self, table: Table) -> Iterator[Rows]:
        for column in table.columns:
            yield Rows(pl.col(column.text).str.starts_with("found"), at=(column,), message="found")


def found(of: Table) -> tuple[list[tuple[int, int]], tuple[int, int, int]]:
    rule = Marked(RuleReference("ACME101", "marked", Kind.TABLE, ""))
    result = evaluate(of, [rule], threads=1, keep_rows=True, advance=lambda _: None)
    return [(row, column) for row, column, _ in result.rows], (result.records, result.checked, result.reported)


def test_every_format_names_row_and_column(run: Run, project: Path) -> None:
    write(project, {"crm.parquet": packed(CONTACTS)})
    select = ("--as-of", AS_OF, "--select", "CRM302,CRM905", "crm.parquet")
    done = run("check", "-f", "json", *select)
    assert (done.status, done.stderr) == (1, "")
    assert done.json["files"] == [
        {
            "path": "crm.parquet", "part": "table", "kind": "table", "encoding": "utf-8",
            "records": 3, "records_checked": 3, "records_reported": 0,
        }
    ]  # fmt: skip
    [scraped] = [finding for finding in done.json["findings"] if finding["code"] == "CRM302"]
    place = ("line", "column", "end_line", "end_column")
    assert [scraped[key] for key in place] == [1, 3, 1, 4]
    assert [[related[key] for key in place] for related in scraped["related"]] == [[2, 3, 2, 4]]
    assert run("check", "-f", "rows", *select).stdout == (
        "path,line,column,code,part\n"
        "crm.parquet,2,1,CRM905,table\n"
        "crm.parquet,2,3,CRM302,table\n"
        "crm.parquet,4,1,CRM905,table\n"
    )
    assert "crm.parquet [table]:1:3 warning CRM302 source-scraped\n" in run("check", *select).stdout
    assert (
        run("check", "-f", "github", *select)
        .stdout.splitlines()[0]
        .startswith("::warning file=crm.parquet,line=1,title=CRM302 source-scraped::table, line 2, column 3: ")
    )
    results = run("check", "-f", "sarif", *select).json["runs"][0]["results"]
    for result in results:
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 1
    assert results[1]["message"]["text"].endswith("(In table, line 1, column 3.)")


def test_the_findings_are_those_of_the_same_table_in_csv(run: Run, project: Path) -> None:
    write(project, {"crm.csv": CONTACTS.write_csv(), "crm.parquet": packed(CONTACTS)})
    kept = ("code", "severity", "message", "count", "message_id")
    plain, typed = (
        [[finding[key] for key in kept] for finding in done.json["findings"]]
        for done in (run("check", "--as-of", AS_OF, "-f", "json", name) for name in ("crm.csv", "crm.parquet"))
    )
    assert sorted(plain) == sorted(typed)
    assert len(plain) > 3


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pl.Series([date(2024, 3, 12), None]), ["2024-03-12", ""]),
        (pl.Series([datetime(2024, 3, 12, 4, 5, 6, 789), None]), ["2024-03-12 04:05:06", ""]),  # noqa: DTZ001
        (
            pl.Series([datetime(2024, 3, 12, 23, 30)]).dt.replace_time_zone("Europe/Paris"),  # noqa: DTZ001
            ["2024-03-12 23:30:00"],
        ),
        (pl.Series([time(4, 5, 6), None]), ["04:05:06", ""]),
        (pl.Series([timedelta(hours=30)]), ["P1DT6H"]),
        (pl.Series([True, False, None]), ["true", "false", ""]),
        (pl.Series([33612345678.0, 1.5, -0.25]), ["33612345678", "1.5", "-0.25"]),
        (pl.Series([33612345678, None]), ["33612345678", ""]),
        (pl.Series([Decimal("1.50")]), ["1.50"]),
        (pl.Series([["a", "b,c", None], [], None]), ['"a;b,c"', '""', ""]),
        (pl.Series([[1, 2]]), ["1;2"]),
        (pl.Series([[date(2024, 3, 12)]]), ["2024-03-12"]),
        (pl.Series([[1.0, 2.5]], dtype=pl.Array(pl.Float64, 2)), ["1;2.5"]),
        (pl.Series([{"a": 1, "b": "x"}, None]), ['"{""a"":1,""b"":""x""}"', ""]),
        (pl.Series(["u", "v", None], dtype=pl.Categorical), ["u", "v", ""]),
        (pl.Series(["u"], dtype=pl.Enum(["u"])), ["u"]),
        (pl.Series([b"Zo\xc3\xab", b"\xff\xfe", None]), ["Zoë", "\ufffd\ufffd", ""]),
        (pl.Series([None, None], dtype=pl.Null), ["", ""]),
        (pl.Series(["a\nb\r\nc", ' "x" ', "=1"]), ['"a\rb\rc"', '" ""x"" "', "=1"]),
    ],
    ids=lambda values: str(values.dtype) if isinstance(values, pl.Series) else "",
)
def test_what_values_of_all_types_say(values: pl.Series, texts: list[str]) -> None:
    frame = pl.DataFrame({"before": ["x"] * len(values), "values": values})
    assert lines(table(packed(frame))) == [f"x,{text}" for text in texts]


def test_a_single_column() -> None:
    of = table(packed(pl.DataFrame({"email": ["found", None, "", "found"]})))
    assert found(of) == ([(2, 1), (5, 1)], (4, 4, 0))


def test_no_rows() -> None:
    assert found(table(packed(pl.DataFrame({"email": []}, schema={"email": pl.String})))) == ([], (0, 0, 0))


def test_a_nul_is_reported_where_it_is(run: Run, project: Path) -> None:
    frame = pl.DataFrame({"email": ["a@example.com", "b"], "notes": ["x", "y\0z"]})
    write(project, {"crm.parquet": packed(frame)})
    done = run("check", "-f", "json", "--select", "CRM901", "crm.parquet")
    [finding] = done.json["findings"]
    assert [finding[key] for key in ("line", "column", "end_line", "end_column")] == [3, 2, 3, 3]
    assert done.json["files"][0]["records_reported"] == 1


def test_names_that_are_data_are_no_headers() -> None:
    """As pandas writes it that took the first record for the headers."""
    of = table(packed(pl.DataFrame({"jeanne@example.com": ["found"], "Dupont": ["x"]})))
    assert [column.header.name for column in of.columns] == [None, None]


CELLS = st.sampled_from([None, "found", "found,\n", 'found"', "x", "é\r\n€", "", "a,b", '"', "\n", "=found", "\ufeff"])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=20),
    st.integers(1, 7),
    st.integers(1, 7),
)
def test_places_are_those_of_the_cells(rows: list[list[str | None]], group: int, batch: int) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("email", "notes", "b"), pl.String), orient="row")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet_module, "_ROWS", batch)
        places, counts = found(table(packed(frame, row_group_size=group)))
    assert places == [
        (row, column)
        for row, cells in enumerate(rows, 2)
        for column, cell in enumerate(cells, 1)
        if cell and cell.startswith("found")
    ]
    assert counts == (len(rows), len(rows), 0)


BROKEN = "this is no Parquet file, or it is damaged; write it again"


@pytest.mark.parametrize(
    "data", [b"", b"email,nom\na,b\n", b"PAR1", packed(CONTACTS)[:-9], b"PAR1" + bytes(99) + b"PAR1"]
)
def test_what_is_no_parquet_is_an_error(data: bytes) -> None:
    assert read(data) == Unreadable(BROKEN)


def test_pages_that_are_damaged_are_an_error(run: Run, project: Path) -> None:
    data = bytearray(
        packed(pl.DataFrame({"email": [f"{n}@example.com" for n in range(50_000)]}), row_group_size=25_000)
    )
    for place in range(4, len(data) // 3, 50):
        data[place] ^= 0x55
    write(project, {"crm.parquet": bytes(data)})
    done = run("check", "-f", "json", "crm.parquet")
    assert done.status == 2
    assert (done.json["findings"], done.json["files"]) == ([], [])
    assert done.json["errors"] == [{"path": "crm.parquet", "message": f"cannot be read: after row 1: {BROKEN}"}]


def test_any_byte_may_be_wrong(run: Run, project: Path) -> None:
    data = packed(CONTACTS)
    chance = random.Random(3)
    files = {}
    for number in range(60):
        place = chance.randrange(len(data))
        files[f"{number}.parquet"] = (
            data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
        )
    write(project, files)
    done = run("check", "-f", "json", "--jobs", "1", ".")
    paths = {entry["path"] for entry in (*done.json["files"], *done.json["errors"])}
    assert paths == set(files)
    assert all("example.com" not in error["message"] for error in done.json["errors"])


def test_split_says_what_to_do(run: Run, project: Path) -> None:
    write(project, {"crm.parquet": packed(CONTACTS)})
    done = run("split", "crm.parquet", "--out", "out")
    assert done.status == 2
    assert done.stderr == (
        "mkt-lint: error: crm.parquet: has no lines that could be kept as they are; "
        "save the table as CSV and split that\n"
    )


def test_from_the_standard_input(run: Run, project: Path) -> None:
    done = run(
        "check", "-f", "rows", "--select", "CRM302", "--stdin-filename", "c.parquet", "-", stdin=packed(CONTACTS)
    )
    assert done.stdout == "path,line,column,code,part\nc.parquet,2,3,CRM302,table\n"


def test_columns_have_meanings(run: Run, project: Path) -> None:
    write(project, {"crm.parquet": packed(CONTACTS)})
    [shown] = run("tables", "-f", "json", "crm.parquet").json["tables"]
    assert [column["field"] for column in shown["columns"]][:2] == [F.EMAIL, F.LAST_NAME]
    assert (shown["header_line"], shown["delimiter"], shown["records"]) == (1, None, 3)
