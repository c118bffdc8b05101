"""Excel workbooks: each sheet is a table, by rows and columns of the sheet; what cells of all kinds say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, ClassVar

import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import AS_OF, Run, write
from mkt_lint import (
    ColumnAlias,
    F,
    Kind,
    Message,
    ReadContext,
    Rows,
    RuleReference,
    Source,
    Span,
    Table,
    TableRule,
    Unreadable,
    Vocabulary,
)
from mkt_lint._config.model import FileConfig
from mkt_lint._evaluation import evaluate
from mkt_lint._readers.table import workbook as workbook_module
from mkt_lint._readers.table.xlsx import WorkbookReader

VOCABULARY = Vocabulary(columns=(ColumnAlias("email", F.EMAIL), ColumnAlias("notes", F.NOTES)))
CONTACTS: list[list[Any]] = [
    ["email", "nom", "source", "created", "notes"],
    ["jeanne@example.com", "Dupont", "PhantomBuster", datetime(2019, 1, 2), ""],  # noqa: DTZ001  # sheets know no zones
    ["paul@example.com", "Léa", "Salon", datetime(2026, 1, 2), 'deux\nlignes, "citées"'],  # noqa: DTZ001
    ["jeanne@example.com", "Dupont", "Salon", "2019-01-02", 3],
]


def made(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    """A workbook in bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"})
    fill(book)
    book.close()
    return file.getvalue()


def sheet(rows: list[list[Any]], *, row: int = 0, column: int = 0) -> bytes:
    """A workbook of one sheet, whose cells begin at a row and a column from 0."""

    def fill(book: xlsxwriter.Workbook) -> None:
        added = book.add_worksheet("Contacts")
        for number, cells in enumerate(rows, row):
            added.write_row(number, column, cells)

    return made(fill)


def edited(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The workbook with another text in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, edit(text) if name == part else text)
    return file.getvalue()


def read(data: bytes) -> list[Table | Unreadable]:
    context = ReadContext(FileConfig(None, Path(), "t.xlsx"), date(2026, 11, 21), lambda: (), lambda: VOCABULARY)
    return list(WorkbookReader().read(Source("t.xlsx", None, data), context))


def table(data: bytes) -> Table:
    [found] = read(data)
    assert isinstance(found, Table), found
    return found


def lines(found: Table) -> list[str]:
    """The records as the rules' cells are read from them."""
    with found.source.open() as file:
        file.seek(found.dialect.offset)
        return file.read().decode().split("\n")[:-1]


class Filled(TableRule):
    """Every cell that is marked."""

    confidence = "high"
    contacts_only = False
    messages: ClassVar = {"found": Message("{column}: {count}.", "", "")}

    def check(self, table: Table) -> Iterator[Rows]:
        for column in table.columns:
            yield Rows(pl.col(column.text).str.starts_with("found"), at=(column,), message="found")


def found(of: Table) -> tuple[list[tuple[int, int]], tuple[int, int, int]]:
    rule = Filled(RuleReference("ACME101", "filled", Kind.TABLE, ""))
    result = evaluate(of, [rule], threads=1, keep_rows=True, advance=lambda _: None)
    return [(row, column) for row, column, _ in result.rows], (result.records, result.checked, result.reported)


def test_every_format_names_sheet_row_and_column(run: Run, project: Path) -> None:
    write(project, {"crm.xlsx": sheet(CONTACTS, row=2, column=1)})
    done = run("check", "--as-of", AS_OF, "-f", "json", "--select", "CRM302,CRM905", "crm.xlsx")
    assert (done.status, done.stderr) == (1, "")
    assert done.json["files"] == [
        {
            "path": "crm.xlsx", "part": "sheet Contacts", "kind": "table", "encoding": "utf-8",
            "records": 3, "records_checked": 3, "records_reported": 0,
        }
    ]  # fmt: skip
    duplicate, scraped = sorted(done.json["findings"], key=lambda finding: finding["column"])
    assert [finding["part"] for finding in (duplicate, scraped)] == ["sheet Contacts"] * 2
    assert duplicate["code"], scraped["code"] == ("CRM905", "CRM302")
    place = ("line", "column", "end_line", "end_column")
    assert [scraped[key] for key in place] == [3, 4, 3, 5]
    assert [[related[key] for key in place] for related in scraped["related"]] == [[4, 4, 4, 5]]
    assert [[related[key] for key in place] for related in duplicate["related"]] == [[4, 2, 4, 3], [6, 2, 6, 3]]
    rows = run("check", "--as-of", AS_OF, "-f", "rows", "--select", "CRM302,CRM905", "crm.xlsx")
    assert rows.stdout == (
        "path,line,column,code,part\n"
        "crm.xlsx,4,2,CRM905,sheet Contacts\n"
        "crm.xlsx,4,4,CRM302,sheet Contacts\n"
        "crm.xlsx,6,2,CRM905,sheet Contacts\n"
    )
    text = run("check", "--as-of", AS_OF, "--select", "CRM302", "crm.xlsx").stdout
    assert text.startswith("crm.xlsx [sheet Contacts]:3:4 warning CRM302 source-scraped\n")
    assert "  1 record, at row 4\n" in text
    github = run("check", "--as-of", AS_OF, "-f", "github", "--select", "CRM302", "crm.xlsx").stdout
    assert github.startswith(
        "::warning file=crm.xlsx,line=1,title=CRM302 source-scraped::sheet Contacts, line 4, column 4: "
    )
    sarif = run("check", "--as-of", AS_OF, "-f", "sarif", "--select", "CRM302", "crm.xlsx").json
    [result] = sarif["runs"][0]["results"]
    assert result["message"]["text"].endswith("(In sheet Contacts, line 3, column 4.)")
    [location] = result["locations"]
    assert location["physicalLocation"]["region"]["startLine"] == 1
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "sheet Contacts:3:4"


def test_the_findings_are_those_of_the_same_table_in_csv(run: Run, project: Path) -> None:
    csv = "\n".join(
        ",".join(f'"{cell.date() if isinstance(cell, datetime) else str(cell).replace(chr(34), chr(34) * 2)}"'
                 for cell in row)
        for row in CONTACTS
    )  # fmt: skip
    write(project, {"crm.csv": csv + "\n", "crm.xlsx": sheet(CONTACTS)})
    kept = ("code", "severity", "message", "count", "message_id")
    plain, packed = (
        [[finding[key] for key in kept] for finding in done.json["findings"]]
        for done in (run("check", "--as-of", AS_OF, "-f", "json", name) for name in ("crm.csv", "crm.xlsx"))
    )
    assert sorted(plain) == sorted(packed)
    assert len(plain) > 3


def test_what_cells_of_all_kinds_say() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        added = book.add_worksheet("S")
        added.write_row(0, 0, ["email", *"bcdefghijkl"])
        clock, hours = book.add_format({"num_format": "hh:mm"}), book.add_format({"num_format": "[h]:mm"})
        full = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        added.write_row(1, 0, [33612345678, 1.5, True, False, datetime(2024, 3, 12), " a\r\nb\nc "])  # noqa: DTZ001
        added.write_datetime(1, 6, datetime(2024, 3, 12, 14, 5, 6), full)  # noqa: DTZ001
        added.write_datetime(1, 7, time(14, 5), clock)
        added.write_datetime(1, 8, timedelta(hours=38, minutes=24), hours)
        added.write_formula(1, 9, "=1/0", None, "#DIV/0!")
        added.write_formula(1, 10, '="a"&"b"', None, "ab")
        added.write_string(1, 11, '="06"')

    assert lines(table(made(fill))) == [
        '33612345678,1.5,true,false,2024-03-12," a\rb\rc ",2024-03-12 14:05:06,14:05:00,38:24:00,#DIV/0!,ab,"=""06"""'
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (-3, "-3"), (0.1, "0.1"), (1.0, "1"), (1e15, "1000000000000000"), (1e21, "1e+21")],
)
def test_numbers(number: float, text: str) -> None:
    assert lines(table(sheet([["email", "n"], ["x", number]]))) == [f"x,{text}"]


def test_a_cell_over_several_rows_speaks_for_all_of_them() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        added = book.add_worksheet("S")
        added.write_row(0, 1, ["email", "société", "ville"])
        for row in range(1, 5):
            added.write(row, 1, f"p{row}@example.com")
        added.merge_range(1, 2, 3, 2, "Acme")
        added.merge_range(4, 2, 4, 3, "Globex")

    assert lines(table(made(fill))) == [
        "p1@example.com,Acme,", "p2@example.com,Acme,", "p3@example.com,Acme,", "p4@example.com,Globex,",
    ]  # fmt: skip


def test_hidden_sheets_count_and_empty_ones_and_charts_do_not(run: Run, project: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Vide")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Vide!$A$1:$A$2"})
        book.add_chartsheet("Courbe").set_chart(chart)
        hidden, very = book.add_worksheet("Caché"), book.add_worksheet("Très caché")
        hidden.hide()
        very.very_hidden()
        for added in (hidden, very):
            added.write_row(0, 0, ["email", "source"])
            added.write_row(1, 0, ["a@example.com", "PhantomBuster"])

    write(project, {"crm.xlsx": made(fill)})
    done = run("check", "-f", "json", "--select", "CRM302", "crm.xlsx")
    assert [file["part"] for file in done.json["files"]] == ["sheet Caché", "sheet Très caché"]
    assert [finding["part"] for finding in done.json["findings"]] == ["sheet Caché", "sheet Très caché"]
    assert len({finding["fingerprint"] for finding in done.json["findings"]}) == 2


@pytest.mark.parametrize(
    ("rows", "header", "records"),
    [
        ([["Export du CRM"], ["12/03/2024"], [], ["email", "nom"], ["a", "b"]], 4, 1),
        ([["email"], ["a"], ["b"]], 1, 2),
        ([["email", "nom", "ville", "notes"], ["a"], ["b", "c", "d"]], 1, 2),
        ([[], [], ["", "email", "nom"], ["", "a", "b"]], 3, 1),
        ([["email", "n"], ["a", 1], ["Total", 1]], 1, 1),
        ([["email", "n"], ["a", 1], [], ["Confidential - do not share"]], 1, 1),
        ([["email", "n"], ["a", 1], ["Total", ""]], 1, 2),
    ],
)
def test_where_the_header_and_the_records_are(rows: list[list[Any]], header: int, records: int) -> None:
    read_ = table(sheet(rows))
    assert read_.header_span.line == header
    assert found(read_)[1] == (records, records, 0)


def test_a_sheet_without_headers_has_columns_by_number() -> None:
    read_ = table(sheet([["jeanne@example.com", "Dupont"], ["found", "x"]]))
    assert [column.header.name for column in read_.columns] == [None, None]
    assert found(read_) == ([(2, 1)], (2, 2, 0))


def test_an_empty_row_is_a_record_that_cannot_be_checked(run: Run, project: Path) -> None:
    write(project, {"crm.xlsx": sheet([["email", "source"], ["a@example.com", "x"], [], ["b@example.com", "y"]])})
    done = run("check", "-f", "json", "--select", "CRM901", "crm.xlsx")
    [finding] = done.json["findings"]
    assert (finding["line"], finding["column"]) == (3, 1)
    assert finding["message"].startswith("Blank lines among the records: 1 of 3.")


def test_headers_have_the_span_of_their_cell() -> None:
    read_ = table(sheet([["email", "", 'e, "x"'], ["a", "b", "c"]], row=3, column=2))
    assert [(column.header.name, column.header.number, column.span) for column in read_.columns] == [
        ("email", 1, Span(4, 3, 4, 4)), (None, 2, Span(4, 4, 4, 5)), ('e, "x"', 3, Span(4, 5, 4, 6)),
    ]  # fmt: skip


CELLS = st.sampled_from(["found", "found,\n", 'found"', "x", "é\r\n€", "", "a,b", '"', "\n", "=found", " "])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8), st.integers(0, 3), st.integers(0, 30))
def test_places_are_those_of_the_cells(rows: list[list[str]], row: int, column: int) -> None:
    while rows and not any(rows[-1]):
        rows.pop()
    read_ = table(sheet([["email", "notes", "b"], *rows], row=row, column=column))
    places, (records, checked, reported) = found(read_)
    assert places == [
        (row + 2 + number, column + 1 + at)
        for number, cells in enumerate(rows)
        for at, cell in enumerate(cells)
        if cell.startswith("found")
    ]
    assert records == len(rows)
    assert reported == sum(not any(cells) for cells in rows)
    assert checked + reported == records


BROKEN = "this is no Excel workbook, or it is damaged or protected by a password; save it as .xlsx without one"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", BROKEN),
        (b"email,nom\na,b\n", BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), BROKEN),
        (sheet(CONTACTS)[:-900], BROKEN),
        (sheet([]), "the workbook is empty; expected a header and records"),
        (edited(sheet(CONTACTS), "xl/workbook.xml", lambda text: text.replace(b"<sheets", b"<")), BROKEN),
        (edited(sheet(CONTACTS), "xl/_rels/workbook.xml.rels", lambda text: text.replace(b"sheet1", b"x")), BROKEN),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_an_error(data: bytes, message: str) -> None:
    assert read(data) == [Unreadable(message)]


def test_a_sheet_that_is_broken_off_is_an_error() -> None:
    data = edited(sheet(CONTACTS), "xl/worksheets/sheet1.xml", lambda text: text[: len(text) // 2])
    assert read(data) == [Unreadable("the workbook cannot be read; open it in Excel and save it again")]


def test_any_byte_may_be_wrong() -> None:
    data = sheet(CONTACTS)
    for place in range(0, len(data), 97):
        for outcome in read(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]):
            assert isinstance(outcome, Table) or outcome.message.endswith(("again", "one", "records"))


CORNER = b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'


def test_cells_in_far_corners_are_refused() -> None:
    """calamine would ask for 512 GiB."""
    data = edited(
        sheet([["email"], ["a"]]), "xl/worksheets/sheet1.xml",
        lambda text: text.replace(b"</sheetData>", CORNER + b"</sheetData>"),
    )  # fmt: skip
    assert read(data) == [
        Unreadable(
            "sheet Contacts: its cells span 1048576 rows and 16384 columns, more than 20 million cells; "
            "delete what stands far from the table, or export it as CSV"
        )
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "UNPACKED", 10_000)
    data = edited(sheet(CONTACTS), "xl/sharedStrings.xml", lambda text: text + b" " * 20_000)
    assert read(data) == [Unreadable("the workbook is larger than 1 GiB when it is unpacked; export it as CSV")]


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = bytearray(edited(sheet(CONTACTS), "xl/sharedStrings.xml", lambda text: text + b" " * 20_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    lied = bytes(data).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert read(lied) == [Unreadable(BROKEN)]


def test_formulas_without_results_are_no_empty_cells() -> None:
    data = edited(
        sheet(CONTACTS), "xl/worksheets/sheet1.xml",
        lambda text: re.sub(rb'<c r="C3"[^>]*>.*?</c>', rb'<c r="C3"><f>A1&amp;B1</f><v></v></c>', text),
    )  # fmt: skip
    assert read(data) == [
        Unreadable(
            "sheet Contacts: the formula in row 3, column 3 has no stored result; "
            "open the workbook in Excel and save it"
        )
    ]
    stored = edited(
        sheet(CONTACTS), "xl/worksheets/sheet1.xml",
        lambda text: re.sub(rb'<c r="C3"[^>]*>.*?</c>', rb'<c r="C3" t="str"><f>A1&amp;B1</f><v></v></c>', text),
    )  # fmt: skip
    assert lines(table(stored))[1].startswith("paul@example.com,Léa,,2026-01-02,")


def test_without_the_extra(run: Run, project: Path, site: Path) -> None:
    (site / "python_calamine.py").write_text("raise ImportError('not installed')")
    write(project, {"crm.xlsx": sheet(CONTACTS), "~$crm.xlsx": b"\x05Jeanne"})
    done = run("check", ".")
    assert done.status == 2
    assert done.stderr == (
        "mkt-lint: error: crm.xlsx: reading Excel workbooks takes an extra: pip install 'mkt-lint[xlsx]'\n"
    )


def test_split_says_what_to_do(run: Run, project: Path) -> None:
    write(project, {"crm.xlsx": sheet(CONTACTS)})
    done = run("split", "crm.xlsx", "--out", "out")
    assert done.status == 2
    assert done.stderr == (
        "mkt-lint: error: crm.xlsx: has no lines that could be kept as they are; save the table as CSV and split that\n"
    )
    assert not (project / "out").exists()


def test_how_the_sheet_was_read(run: Run, project: Path) -> None:
    write(project, {"crm.xlsx": sheet(CONTACTS, row=2)})
    text = run("tables", "crm.xlsx").stdout
    assert text.startswith("crm.xlsx [sheet Contacts]\n  Header:     row 3\n  Records:    3\n")
    [shown] = run("tables", "-f", "json", "crm.xlsx").json["tables"]
    assert (shown["part"], shown["delimiter"], shown["header_line"]) == ("sheet Contacts", None, 3)
