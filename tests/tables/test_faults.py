"""Faults put into a good file: each is reported where it is, all else stays as it was, and the records add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, NamedTuple

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkt_lint import (
    Defect,
    F,
    Groups,
    Kind,
    MalformedRecords,
    Message,
    Rows,
    RuleReference,
    Table,
    TableRule,
    Unreadable,
)
from mkt_lint._evaluation import evaluate
from mkt_lint._evaluation import evaluation as evaluation_module

Read = Callable[..., Table | Unreadable]
Place = tuple[int, int, str]
"""Line, column and code."""

HEADER = "email,Nom,created,notes"
ROWS = 120
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16-le"]


def line(number: int) -> str:
    """A good record, on a line of its own or on two."""
    notes = ["", "déjà vu", '"deux\nlignes, ""citées"""', '="06"', '"a,b"'][number % 5]
    return f"p{number % 40}@example.com,Léa{number},{2015 + number % 10}-0{1 + number % 9}-12,{notes}"


class Fault(NamedTuple):
    """What is done to a record, and what must be said of it."""

    defect: Defect
    edit: Callable[[str], str]
    at: Callable[[str], int]
    """The column of the defect, in the edited record's first line."""


def cell(text: str) -> Callable[[str], str]:
    """Puts another text in the place of the second cell."""
    return lambda record: record.replace(record.split(",")[1], text, 1)


FAULTS = {
    "a quote in a cell": Fault(Defect.STRAY_QUOTE, cell('Lé"a'), lambda record: record.index('"') + 1),
    "text after a quote": Fault(Defect.STRAY_QUOTE, cell('"Lé"a'), lambda record: record.index('"a,') + 1),
    "a quote that is never closed": Fault(
        Defect.UNTERMINATED_QUOTE, cell('"Léa'), lambda record: record.index('"Léa') + 1
    ),
    "a cell too many": Fault(Defect.RAGGED, lambda record: f"é,{record}", lambda record: record.rindex(",") + 2),
    "a cell too few": Fault(Defect.RAGGED, lambda record: record.partition(",")[2], lambda _: 1),
    "a NUL": Fault(Defect.NUL, cell("Lé\0a"), lambda record: record.index("\0") + 1),
    "a carriage return": Fault(Defect.LONE_CR, cell("Lé\ra"), lambda record: record.index("\r") + 1),
    "a byte that means nothing": Fault(
        Defect.INVALID_BYTE, cell("Lé\udc81a"), lambda record: record.index("\udc81") + 1
    ),
}  # fmt: skip


class Probe(TableRule):
    """Cells of three kinds, records of the same person, and all defects."""

    confidence = "high"
    messages: ClassVar = {"found": Message("{column}: {count}.", "", ""), "bad": Message("{count}.", "", "")}

    def check(self, table: Table) -> Iterator[Rows | Groups | MalformedRecords]:
        if self.code == "ACM100":
            yield Rows(table.text(F.NOTES) != "", at=(F.NOTES,), message="found")
        elif self.code == "ACM101":
            yield Rows(table.date(F.CREATED_AT).dt.year() < 2020, at=(F.CREATED_AT,), message="found")
        elif self.code == "ACM102":
            yield Groups(table.text(F.EMAIL), where=pl.lit(True), at=(F.EMAIL,), message="found")
        else:
            yield MalformedRecords(list(Defect)[int(self.code[3:]) - 200], message="bad")


CODES = [f"ACM{number}" for number in (100, 101, 102, *range(200, 200 + len(Defect)))]


def looked_at(table: Table | Unreadable) -> tuple[list[Place], tuple[int, int, int]]:
    assert isinstance(table, Table), table
    rules = [Probe(RuleReference(code, f"probe-{code[3:]}", Kind.TABLE, "")) for code in CODES]
    result = evaluate(table, rules, threads=1, keep_rows=True, advance=lambda _: None)
    assert result.failures == []
    return list(result.rows), (result.records, result.checked, result.reported)


def encoded(records: list[str], encoding: str) -> bytes:
    text = "\n".join([HEADER, *records]) + "\n"
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    errors = {"utf-16-le": "surrogatepass"}.get(encoding, "surrogateescape")
    return mark + text.encode(encoding, errors)


def with_faults(good: list[str], faults: dict[int, Fault]) -> tuple[list[str], dict[int, int | None], list[Place]]:
    """The records with faults, where each line went, and what must be said of the faults."""
    records, lines, expected = [], {}, []
    old = new = 2
    for number, record in enumerate(good):
        fault = faults.get(number)
        written = record
        if fault:
            written = fault.edit(",".join([*record.split(",")[:3], "x"]))  # one line, and no other quote
            code = CODES[3 + list(Defect).index(fault.defect)]
            expected.append((new, fault.at(written), code))
        for within in range(record.count("\n") + 1):
            lines[old + within] = None if fault else new + within
        records.append(written)
        old += record.count("\n") + 1
        new += written.count("\n") + 1
    return records, lines, expected


def check(read: Read, encoding: str, faults: dict[int, Fault]) -> None:
    good = [line(number) for number in range(ROWS)]
    before, counts = looked_at(read(encoded(good, encoding)))
    assert counts == (ROWS, ROWS, 0)
    assert len(before) > 2 * ROWS
    records, lines, expected = with_faults(good, faults)
    table = read(encoded(records, encoding))
    assert isinstance(table, Table), table
    assert table.encoding == encoding
    after, counts = looked_at(table)
    assert counts == (ROWS, ROWS - len(faults), len(faults))
    kept = [(there, column, code) for at, column, code in before if (there := lines[at]) is not None]
    alone = _alone(good, faults)
    assert after == sorted(
        [place for place in kept if not (place[2] == "ACM102" and place[0] in {lines[at] for at in alone})] + expected
    )


def _alone(good: list[str], faults: dict[int, Fault]) -> set[int]:
    """The lines of records whose person no other sound record names any more."""
    sound = [number for number in range(len(good)) if number not in faults]
    people = [good[number].split(",")[0] for number in sound]
    lines, at = {}, 2
    for number, record in enumerate(good):
        lines[number] = at
        at += record.count("\n") + 1
    return {lines[number] for number, person in zip(sound, people, strict=True) if people.count(person) == 1}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", FAULTS)
def test_one_fault(read: Read, name: str, encoding: str) -> None:
    for number in (0, ROWS // 2, ROWS - 1):
        check(read, encoding, {number: FAULTS[name]})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    faults=st.dictionaries(st.integers(0, ROWS - 1), st.sampled_from(sorted(FAULTS)), max_size=12),
    encoding=st.sampled_from(ENCODINGS),
    size=st.sampled_from([200, 1000, 8 << 20]),
)
def test_several_faults(read: Read, faults: dict[int, str], encoding: str, size: int) -> None:
    """However the file is cut into ranges."""
    # Invalid bytes are few: more than one in a hundred make it another encoding.
    few = {number: FAULTS[name] for number, name in faults.items() if FAULTS[name].defect is not Defect.INVALID_BYTE}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation_module, "RANGE", size)
        check(read, encoding, few)


def test_blank_lines_and_truncation(read: Read) -> None:
    good = [line(number) for number in range(10)]
    places, counts = looked_at(read(encoded([*good[:3], "", *good[3:]], "utf-8")))
    blank = CODES[3 + list(Defect).index(Defect.BLANK_LINE)]
    assert counts == (11, 10, 1)
    assert [place for place in places if place[2] == blank] == [(6, 1, blank)]
    cut = encoded(good, "utf-8")[:-3]  # inside the last cell, a quoted one
    places, counts = looked_at(read(cut))
    assert counts == (10, 9, 1)
    unterminated = CODES[3 + list(Defect).index(Defect.UNTERMINATED_QUOTE)]
    assert places[-1][1:] == (len("p9@example.com,Léa9,2024-01-12,") + 1, unterminated)


def test_a_few_bad_bytes_do_not_make_it_another_encoding(read: Read) -> None:
    """One in a hundred of what is not ASCII; more are another encoding, in which they mean something."""
    good = "".join(f"p{number}@example.com,Léa,2020-01-02,é\n" for number in range(400)).encode()
    bad = b"p@example.com,L\xe9a,2020-01-02,\n"
    head = f"{HEADER}\n".encode()
    table = read(head + good + bad * 8)
    assert isinstance(table, Table)
    assert table.encoding == "utf-8"
    assert looked_at(table)[1] == (408, 400, 8)
    other = read(head + good + bad * 9)
    assert isinstance(other, Table)
    assert other.encoding == "cp1252"
    assert looked_at(other)[1] == (409, 409, 0)
