"""The index against a slow reading of the same definition, and against the stdlib's csv module."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkt_lint import Defect
from mkt_lint._readers.table.batch import Batch
from mkt_lint._readers.table.grammar import cells, unquoted
from mkt_lint._readers.table.index import RECORD_LIMIT, index

NASTY = [b"a", b",", b";", b'"', b"\r", b"\n", b"\0", b"\xff", "é".encode(), b"\xc3", b'""', b'"a"', b"a,a\n", b"\r\n",
         b'="', b'="a"', b',="a",']  # fmt: skip
nasty = st.lists(st.sampled_from(NASTY), max_size=40).map(b"".join)
Record = tuple[int, int, int, Defect | None, int]
"""Begin, end, line, defect, offset of the defect."""


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def indexed(data: bytes, columns: int, size: int, limit: int) -> list[Record]:
    """What the index finds, from the start of the data."""
    found: list[Record] = []
    begin = 0
    for batch in index(pieces(data, size), delimiter=",", columns=columns, first_line=1, limit=limit):
        found += shifted(batch, begin)
        begin += batch.raw_length
    assert begin == len(data)
    return found


def shifted(batch: Batch, begin: int) -> list[Record]:
    if not batch.data:
        assert batch.defect(0) is Defect.OVERSIZED
        return [(begin, begin + batch.raw_length, batch.first_line, Defect.OVERSIZED, begin)]
    known = batch.record_lines
    lines = range(batch.first_line, batch.first_line + len(batch.starts)) if known is None else known.tolist()
    found: list[Record] = [
        (begin + int(start), begin + int(end), int(line), None, -1)
        for start, end, line in zip(batch.starts, batch.ends, lines, strict=True)
    ]
    for number, (start, end) in enumerate(zip(batch.malformed_starts, batch.malformed_ends, strict=True)):
        line = int(batch.lines(batch.malformed_starts[number : number + 1])[0])
        place = begin + int(batch.places[number])
        found.append((begin + int(start), begin + int(end), line, batch.defect(number), place))
    return sorted(found, key=lambda record: record[0])


def kept_length(data: bytes, begin: int) -> int:
    """Of a field like `="06"`; 0 for another."""
    end = data.find(b'"', begin + 2) + 1
    inside = data[begin + 2 : end - 1]
    closed = end == len(data) or data[end : end + 1] in (b",", b"\n") or data[end : end + 2] == b"\r\n"
    found = data[begin : begin + 2] == b'="' and end and closed and not set(inside) & set(b",\r\n")
    return end - begin if found else 0


def fields_of(  # noqa: C901, PLR0911, PLR0912  # a reference is plainest in one piece
    data: bytes, begin: int
) -> tuple[int, list[tuple[int, int]]] | tuple[None, int]:
    """Byte by byte: the end of the well-formed record at `begin` and its fields; or where it fails."""
    at, fields = begin, []
    while True:
        start = at
        if kept := kept_length(data, at):
            at += kept
            fields.append((start, at))
            if data[at : at + 2] == b"\r\n":
                return at + 2, fields
        elif data[at : at + 1] == b'"':
            at += 1
            while True:
                if at >= len(data):
                    return None, at
                if data[at : at + 2] == b'""':
                    at += 2
                elif data[at] == ord('"'):
                    break
                else:
                    at += 1
            quote = at
            at += 1
            fields.append((start, at))
            if data[at : at + 2] == b"\r\n":
                return at + 2, fields
            if at < len(data) and data[at] not in b",\n":
                return None, quote
        else:
            while at < len(data) and data[at] not in b',\n"':
                at += 1
            if data[at : at + 1] == b'"':
                return None, at
            crlf = data[at : at + 1] == b"\n" and at > start and data[at - 1 : at] == b"\r"
            fields.append((start, at - crlf))
        if at >= len(data):
            return at, fields
        if data[at : at + 1] == b"\n":
            return at + 1, fields
        at += 1


def invalid_at(record: bytes) -> int | None:
    try:
        record.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def slowly(data: bytes, columns: int, limit: int) -> list[Record]:
    """The definition, word by word."""
    found: list[Record] = []
    begin = 0
    while begin < len(data):
        line = data.count(b"\n", 0, begin) + 1
        end, told = fields_of(data, begin)
        if end is not None and end - begin <= limit:
            assert isinstance(told, list)
            record = data[begin:end]
            outside = [range(*field) for field in told if data[field[0] : field[0] + 1] != b'"']
            bad: list[tuple[int, Defect]] = [(data.index(b"\0", begin, end), Defect.NUL)] if b"\0" in record else []
            bad += [(at, Defect.LONE_CR) for part in outside for at in part if data[at] == ord("\r")]
            if (at := invalid_at(record)) is not None:
                bad.append((begin + at, Defect.INVALID_BYTE))
            if bad:
                place, defect = min(bad)
                found.append((begin, end, line, defect, place))
            elif record in (b"\n", b"\r\n"):
                found.append((begin, end, line, Defect.BLANK_LINE, begin))
            elif len(told) != columns:
                found.append((begin, end, line, Defect.RAGGED, begin))
            else:
                found.append((begin, end, line, None, -1))
        else:
            end = data.find(b"\n", begin) + 1 or len(data)
            found.append((begin, end, line, *malformed(data, begin, end, limit)))
        begin = end
    return found


def malformed(  # noqa: C901, PLR0912  # as above
    data: bytes, begin: int, end: int, limit: int
) -> tuple[Defect, int]:
    if end - begin > limit:
        return Defect.OVERSIZED, begin
    stop = end
    if data[begin:end].endswith(b"\n"):
        stop -= 2 if data[begin:end].endswith(b"\r\n") else 1
    physical = data[begin:stop]
    bad: list[tuple[int, Defect]] = [(physical.index(b"\0"), Defect.NUL)] if b"\0" in physical else []
    if (at := invalid_at(physical)) is not None:
        bad.append((at, Defect.INVALID_BYTE))
    opened, quoted, at = 0, False, 0
    while at < len(physical):
        sign = physical[at : at + 1]
        starts = at == 0 or (not quoted and physical[at - 1 : at] == b",")
        if starts and not quoted and (kept := kept_length(physical, at)):
            at += kept
            continue
        if quoted:
            if physical[at : at + 2] == b'""':
                at += 1
            elif sign == b'"':
                if physical[at + 1 : at + 2] not in (b"", b","):
                    bad.append((at, Defect.STRAY_QUOTE))
                    break
                quoted = False
                at += 1
        elif sign == b'"':
            if not starts:
                bad.append((at, Defect.STRAY_QUOTE))
                break
            opened, quoted = at, True
        elif sign == b"\r":
            bad.append((at, Defect.LONE_CR))
            break
        at += 1
    else:
        if quoted:
            bad.append((opened, Defect.UNTERMINATED_QUOTE))
    place, defect = min(bad)
    return defect, begin + place


@settings(max_examples=1500, deadline=None)
@given(data=nasty, columns=st.integers(1, 3), size=st.integers(1, 64), limit=st.sampled_from([3, 8, 24, RECORD_LIMIT]))
@example(data=b'"a\n"b,c\n', columns=2, size=7, limit=RECORD_LIMIT)
@example(data=b'a,"b"\r', columns=2, size=7, limit=RECORD_LIMIT)
@example(data=b'a\n"b\r\nc"', columns=1, size=2, limit=RECORD_LIMIT)
@example(data=b"aaaaaaaaaaaaaaaaaaaa\nb\n", columns=1, size=4, limit=8)
@example(data=b'"a,="b",c\nx,y"\n', columns=2, size=64, limit=RECORD_LIMIT)
@example(data=b'="a",="",b\r\n="a\r",c\n', columns=3, size=64, limit=RECORD_LIMIT)
def test_the_index_is_what_the_definition_says(data: bytes, columns: int, size: int, limit: int) -> None:
    assert indexed(data, columns, size, limit) == slowly(data, columns, limit)


well_formed = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.text('aé€😀,;"\n \'', max_size=6), min_size=width, max_size=width).filter(any),
        min_size=1, max_size=12,
    )
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(rows=well_formed, size=st.integers(1, 50), line_end=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_the_stdlib_reads_the_same_records_and_cells(
    rows: list[list[str]], size: int, line_end: str, last: bool
) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator=line_end, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    text = written.getvalue()
    data = (text if last else text.removesuffix(line_end)).encode()
    found = indexed(data, len(rows[0]), size, RECORD_LIMIT)
    assert [record[3] for record in found] == [None] * len(rows)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    reader = csv.reader(io.StringIO(data.decode(), newline=""))
    for begin, end, _, _, _ in found:
        record = data[begin:end]
        assert [unquoted(record[a:b]).decode() for a, b in cells(record, ",")] == next(reader)
    assert next(reader, None) is None


HOSTILE = b'"a|x,"a|"a""|"""|a"b|"a"b||\0|\xff|"\n"x|","|",",'.split(b"|")


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_input_costs_no_more_than_its_length(line: bytes) -> None:
    data = (line + b"\n") * (300_000 // (len(line) + 1))
    steps = sum(batch.records for batch in index(pieces(data, 1 << 16), delimiter=",", columns=2, first_line=1))
    assert steps > 0


def test_a_long_line_in_the_middle_is_not_kept() -> None:
    def chunks() -> list[bytes]:
        return [b"a,b\n", *[b"x" * (1 << 20)] * 8, b"\nc,d\n"]

    batches = list(index(chunks(), delimiter=",", columns=2, first_line=5))
    assert max(len(batch.data) for batch in batches) < 10
    assert sum(batch.raw_length for batch in batches) == 4 + (8 << 20) + 5
    assert [batch.first_line for batch in batches] == [5, 6, 7]
    assert batches[1].defect(0) is Defect.OVERSIZED


@given(data=nasty, final=nasty, marks=st.integers(0, 8))
@example(data=b"a,b\n" * 8, final=b'"a\n', marks=2)
def test_lines_that_are_too_short_for_one_batch(data: bytes, final: bytes, marks: int) -> None:
    """Where a batch is full, the next begins; nothing depends on where that is."""
    data = data * 8 + final
    limit = 24
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mkt_lint._readers.table.index._MARKS", marks)
        patch.setattr("mkt_lint._readers.table.index._BLOCK", 16)
        found = indexed(data, 2, len(data) or 1, limit)
    assert found == indexed(data, 2, len(data) or 1, limit)


def test_batches_of_short_lines_are_bounded() -> None:
    data = b"a\n" * (4 << 20)
    batches = list(index([data], delimiter=",", columns=1, first_line=1))
    assert sum(batch.records for batch in batches) == 4 << 20
    assert max(batch.records for batch in batches) < 2 << 20
