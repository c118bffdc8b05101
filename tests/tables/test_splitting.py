"""Splitting a table: every record in one file, its bytes as they were."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkt_lint import ReadContext, Source, Table, Vocabulary
from mkt_lint._config.model import FileConfig
from mkt_lint._readers.table import TableReader
from mkt_lint._readers.table.splitting import Outputs, split


def _table(data: bytes) -> Table:
    config = FileConfig(None, Path(), "t.csv")
    context = ReadContext(config, date(2026, 11, 21), lambda: (), lambda: Vocabulary((), {}))
    [table] = TableReader().read(Source("t.csv", None, data), context)
    assert isinstance(table, Table)
    return table


def _split(data: bytes, rows: list[tuple[int, str]], size: int = 1 << 20) -> tuple[tuple[int, ...], tuple[bytes, ...]]:
    files = Outputs(io.BytesIO(), io.BytesIO(), io.BytesIO())
    counts = split(_table(data), rows, files, size)
    return counts, tuple(file.getvalue() for file in files)  # type: ignore[attr-defined]  # made right above


class Record(NamedTuple):
    text: str
    lines: int
    codes: tuple[str, ...] = ()
    malformed: bool = False


_CODES = st.sets(st.sampled_from(["CRM401", "CRM606", "CRM903"]), max_size=2).map(lambda found: tuple(sorted(found)))
_PLAIN = st.builds(
    lambda first, second, codes: Record(f"{first};{second}", 1, codes),
    st.text("abé€", min_size=1, max_size=5), st.text("xyü", max_size=5), _CODES,
)  # fmt: skip
_LONG = st.builds(
    lambda text, codes: Record(f'a;"é{text}\n""ü"', 2, codes), st.text("ab;é", max_size=5), _CODES
)  # fmt: skip
_RAGGED = st.just(Record("é;x;y", 1, ("CRM901",), malformed=True))
_BLANK = st.just(Record("", 1, ("CRM901",), malformed=True))
_FORMS = st.sampled_from(
    [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp1252", "\r\n"), ("utf-16", "\r\n"), ("utf-16", "\n"), ("utf-8", "\r")]
)


@settings(deadline=None)
@given(
    records=st.lists(st.one_of(_PLAIN, _LONG, _RAGGED, _BLANK), min_size=1, max_size=12),
    form=_FORMS,
    above=st.sampled_from(["", "sep=;", "\n"]),
    ended=st.booleans(),
    size=st.sampled_from([16, 50, 1 << 20]),
)
def test_every_record_goes_to_one_file_as_it_is(
    records: list[Record], form: tuple[str, str], above: str, ended: bool, size: int
) -> None:
    encoding, line_end = form
    if line_end == "\r":
        records = [record for record in records if record.lines == 1]
    if records and not records[-1].text:
        ended = True  # nothing is no record
    lines = [above] if above.strip() else [""] if above else []
    texts = [*lines, "né;x", *(record.text for record in records)]
    ends = [line_end] * (len(texts) - 1) + [line_end if ended else ""]
    whole = "".join(text.replace("\n", line_end) + end for text, end in zip(texts, ends, strict=True))
    mark = whole.encode(encoding)[: len("x".encode(encoding)) - len(_plain("x", encoding))]

    rows, line = [], len(lines) + 2
    expected = ["", "", ""]
    for record, end in zip(records, ends[len(lines) + 1 :], strict=True):
        rows += [(line + record.lines - 1, code) for code in record.codes]
        line += record.lines
        text = record.text.replace("\n", line_end)
        which = 2 if record.malformed else 1 if record.codes else 0
        expected[which] += text + (f";{' '.join(record.codes)}" if which == 1 else "") + end
    head = "".join(text + line_end for text in lines)
    header_end = ends[len(lines)]
    heads = [f"{head}né;x{header_end}", f"{head}né;x;mkt_lint_codes{header_end}", f"{head}né;x{header_end}"]

    counts, files = _split(whole.encode(encoding), rows, size)

    assert files == tuple(mark + _plain(a + b, encoding) for a, b in zip(heads, expected, strict=True))
    assert counts == (
        sum(not record.malformed and not record.codes for record in records),
        sum(not record.malformed and bool(record.codes) for record in records),
        sum(record.malformed for record in records),
    )


def _plain(text: str, encoding: str) -> bytes:
    return text.encode({"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding))


def test_without_a_header_no_header_is_added() -> None:
    counts, files = _split(b"a@example.com,1\nb@example.com,2\n", [(2, "CRM606")])
    assert counts == (1, 1, 0)
    assert files == (b"a@example.com,1\n", b"b@example.com,2,CRM606\n", b"")


def test_a_record_that_is_too_long_is_malformed() -> None:
    long = b"x" * (3 << 20)
    counts, files = _split(b"a,b\n1,2\n" + long + b"\n3,4\n", [(3, "CRM901"), (4, "CRM606")])
    assert counts == (1, 1, 1)
    assert files == (b"a,b\n1,2\n", b"a,b,mkt_lint_codes\n3,4,CRM606\n", b"a,b\n" + long + b"\n")


@pytest.mark.parametrize("footer", [b"Total,2\n", b'\n"Copyright (c) Acme"\n"Confidential Information"\n'])
def test_what_stands_below_the_last_record_goes_nowhere(footer: bytes) -> None:
    counts, files = _split(b"a,b\n1,2\n3,4\n" + footer, [])
    assert counts == (2, 0, 0)
    assert files[0] == b"a,b\n1,2\n3,4\n"
