"""Every cell of every record, found where an oracle on the standard library's csv module says that it is.

`test_against_csv` holds well-formed files of all encodings against it; here files are of any bytes, and large.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mkt_lint import Defect, Kind, MalformedRecords, Message, Rows, RuleReference, Table, TableRule, Unreadable
from mkt_lint._evaluation import evaluate
from mkt_lint._evaluation import evaluation as evaluation_module

LONGEST = 60
"""Lines of a record here."""
KEPT = re.compile(r'="[^"\r\n,]*"')


class Record(NamedTuple):
    """What the oracle says of a record."""

    line: int
    lines: int
    cells: list[tuple[str, int, int]] | None
    """Text, line and column of each; None for a malformed record."""


def oracle(text: str, columns: int) -> Iterator[Record]:
    """The records of a CSV file, whose invalid bytes are surrogates: what csv takes whole, else a single line."""
    at, line = 0, 1
    while at < len(text):
        stop, cells = at, None
        for _ in range(LONGEST):
            stop = text.find("\n", stop) + 1 or len(text)
            cells = _cells(text[at:stop], line)
            if cells is not None or stop == len(text) or not _is_open(text[at:stop]):
                break
        if cells is None:
            stop = text.find("\n", at) + 1 or len(text)
        record = text[at:stop]
        blank = not record.rstrip("\r\n")
        sound = cells is not None and len(cells) == columns and not blank and not re.search("[\0\ud800-\udfff]", record)
        breaks = record.count("\n")
        yield Record(line, breaks if record.endswith("\n") else breaks + 1, cells if sound else None)
        at, line = stop, line + breaks


def _is_open(record: str) -> bool:
    """Whether a quoted cell goes on in the next line, to csv."""
    try:
        list(csv.reader(io.StringIO(record, newline=""), strict=True))
    except csv.Error as error:
        return str(error) == "unexpected end of data"
    return False


def _cells(record: str, line: int) -> list[tuple[str, int, int]] | None:
    """The cells of a piece of text that is one record to csv, written as it would write them; None for another."""
    try:
        rows = list(csv.reader(io.StringIO(record, newline=""), strict=True))
    except csv.Error:
        return None
    cells, at, column = [], 0, 1
    for number, cell in enumerate(rows[0] if len(rows) == 1 else ()):
        if number:
            at, column = at + 1, column + 1
        cells.append((cell, line, column))
        quoted = record[at : at + 1] == '"'
        if not quoted and ('"' in cell or "\r" in cell) and not KEPT.fullmatch(cell):
            return None
        written = cell.replace('"', '""').join('""') if quoted else cell
        at += len(written)
        line += written.count("\n")
        column = len(written) - written.rfind("\n") if "\n" in written else column + len(written)
    if record in ("\n", "\r\n"):
        return [("", line, 1)]
    return cells if record[at:] in ("", "\n", "\r\n") and cells else None


class Everything(TableRule):
    """Every cell, in one rule a column."""

    confidence = "high"
    contacts_only = False
    messages: ClassVar = {"found": Message("{column}: {count}.", "", "")}

    def check(self, table: Table) -> Iterator[Rows]:
        column = table.columns[int(self.code[3:]) - 100]
        yield Rows(pl.lit(True), at=(column,), message="found")


class Malformed(TableRule):
    """Records with a defect."""

    confidence = "high"
    contacts_only = False
    messages: ClassVar = {"found": Message("{count}.", "", "")}

    def check(self, table: Table) -> Iterator[MalformedRecords]:
        for defect in Defect:
            yield MalformedRecords(defect, message="found")


def hold(table: Table | Unreadable, text: str) -> int:
    """Hold what is found in a table against the oracle; returns the number of cells."""
    assert isinstance(table, Table), table
    columns = len(table.columns)
    rules: list[TableRule] = [Malformed(RuleReference("BAD100", "malformed", Kind.TABLE, ""))]
    rules += [Everything(RuleReference(f"ACM{100 + at}", f"cells-{at}", Kind.TABLE, "")) for at in range(columns)]
    result = evaluate(table, rules, threads=1, keep_rows=True, advance=lambda _: None)
    assert result.failures == []
    records = list(oracle(text, columns))[1:]
    sound = [record.cells for record in records if record.cells is not None]
    broken = [record for record in records if record.cells is None]
    assert (result.records, result.checked, result.reported) == (len(records), len(sound), len(broken))
    rows = list(result.rows)
    assert [row for row in rows if row[2] != "BAD100"] == sorted(
        (line, column, f"ACM{100 + at}") for cells in sound for at, (_, line, column) in enumerate(cells)
    )
    told = [line for line, _, code in rows if code == "BAD100"]
    assert len(told) == len(broken)
    for line, record in zip(told, broken, strict=True):
        assert record.line <= line < record.line + record.lines
    return sum(map(len, sound))


ANY = st.lists(
    st.sampled_from([
        b'"', b'""', b",", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xc3", b"\xc3\xa9", b"\xf0\x9f\x98\x80", b"a",
        b'="06"', b'="', b"=", b" ", b";", b"\t", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\x0c", b"\x1c",
    ]),
    max_size=30,
).map(b"".join)  # fmt: skip
# So many characters beyond ASCII that a few invalid bytes do not make it another encoding, and a record as example.
HEAD = ("email,notes," + "é" * 3000 + "\na,b,c\n").encode()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=ANY, size=st.sampled_from([100, 2000, 8 << 20]))
@example(b'a,"b\n\n",="0,6"\n,,"', 100)
@example(b'a,b,"c"\r', 8 << 20)
@example(b'a,b,="06"\r\n="1",="2"x,c\n', 100)
@example(b'"\n\0"', 100)
def test_files_of_any_bytes(read: Callable[..., Table | Unreadable], data: bytes, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_module, "RANGE", size)
        hold(read(HEAD + data), (HEAD + data).decode("utf-8", "surrogateescape"))


def make_table(path: Path, rows: int) -> None:
    """A large table, as benchmarks make it; one record in a hundred is malformed."""
    place = Path(__file__).parents[2] / "benchmarks" / "make_table.py"
    spec = importlib.util.spec_from_file_location("make_table", place)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_table"] = module
    spec.loader.exec_module(module)
    module.write(path, rows, 1, 0.01)


def test_a_large_file(read: Callable[..., Table | Unreadable], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In many ranges."""
    path = tmp_path / "large.csv"
    make_table(path, 10_000)
    monkeypatch.setattr(evaluation_module, "RANGE", 100_000)
    assert hold(read(path), path.read_bytes().decode("utf-8", "surrogateescape")) > 150_000
