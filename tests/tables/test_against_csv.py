"""Lines, columns and counts of offending cells, against the standard library's csv module, in every encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkt_lint import F, Kind, Message, Rows, RuleReference, Table, TableRule, Unreadable
from mkt_lint._evaluation import evaluate

MARK = "found"
CELLS = ["", "a", "é", "€", "x,y", "x;y", "t\tb", "|", '"', 'a"b', "l\nm", "c\r\nd", "\n\n", " s ", MARK, f"{MARK}\n"]
BEYOND_CP1252 = ["😀", "𝔘\n", "\u2028", "\x85", "\ufeff"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be"]


class Found(TableRule):
    """Cells with the mark."""

    confidence = "high"
    messages = {"found": Message("{column}: {count}.", "", "")}  # noqa: RUF012  # as rules write it

    def check(self, table: Table) -> Iterator[Rows]:
        yield Rows(table.text(F.NOTES).str.starts_with(MARK), at=(F.NOTES,), message="found")


def places(text: str, delimiter: str, column: int) -> list[tuple[int, int]]:
    """Where the marked cells of a column begin: csv tells the cells, their written length the place."""
    found = []
    line = position = at = 0
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)):
        for index, cell in enumerate(row):
            if number and index == column and cell.strip().startswith(MARK):
                found.append((line + 1, position + 1))
            written = cell.replace('"', '""').join('""') if text[at] == '"' else cell
            at += len(written)
            line += written.count("\n")
            position = len(written) - written.rfind("\n") - 1 if "\n" in written else position + len(written)
            if index + 1 < len(row):
                at, position = at + 1, position + 1
        at = text.index("\n", at) + 1
        line, position = line + 1, 0
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_places_of_cells(read: Callable[..., Table | Unreadable], data: st.DataObject) -> None:
    encoding = data.draw(st.sampled_from(ENCODINGS))
    delimiter = data.draw(st.sampled_from(",;\t|"))
    cells = CELLS if encoding == "cp1252" else CELLS + BEYOND_CP1252
    header = data.draw(st.permutations(["email", "notes", "", "nom", "nom", "é"]))
    rows = data.draw(st.lists(st.lists(st.sampled_from(cells), min_size=6, max_size=6), max_size=12))
    if encoding == "cp1252":
        rows.append(["é"] * 6)  # one byte that is no UTF-8
    written = io.StringIO(newline="")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if data.draw(st.booleans()) else csv.QUOTE_MINIMAL
    line_end = data.draw(st.sampled_from(["\n", "\r\n"]))
    csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows([header, *rows])
    text = written.getvalue()
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    table = read((mark + text).encode(encoding))
    assert isinstance(table, Table), table
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    rule = Found(RuleReference("ACME101", "found", Kind.TABLE, ""))
    found = evaluate(table, [rule], threads=1, keep_rows=True, advance=lambda _: None)
    expected = places(text, delimiter, header.index("notes"))
    assert [(line, column) for line, column, _ in found.rows] == expected
    assert sum(verdict.records for _, verdict in found.verdicts) == len(expected)
    assert (found.records, found.checked, found.reported) == (len(rows), len(rows), 0)
