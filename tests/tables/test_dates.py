"""One format for a whole column, and when none can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest

from mkt_lint._evaluation.dates import DateCounts, Dates, decide, decide_all, read_dates, total


def read(cells: Sequence[str], given: str | None = None) -> Dates:
    [found] = read_dates(
        pl.DataFrame({"text:0": cells}, schema={"text:0": pl.String}), {"text:0": given} if given else {}
    ).values()
    return found


def dates(*cells: str, given: str | None = None) -> list[date | None]:
    return read(cells, given).values.to_list()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-03-12", date(2024, 3, 12)),
        (" 2024-03-12 ", date(2024, 3, 12)),
        ("2024/3/2", date(2024, 3, 2)),
        ("2024.03.12", date(2024, 3, 12)),
        ("2020-02-03 04:05:06", date(2020, 2, 3)),
        ("2022-09-10T11:12:13Z", date(2022, 9, 10)),
        ("2026-12-31T23:59:59.000Z", date(2026, 12, 31)),
        ("2026-12-31T23:59:59+02:00", date(2026, 12, 31)),
        ("2026-12-31 23:59", date(2026, 12, 31)),
        ("13/03/2024", date(2024, 3, 13)),
        ("13.3.2024", date(2024, 3, 13)),
        ("13-04-2022 09:30", date(2022, 4, 13)),
        ("6/22/2026 10:00 AM", date(2026, 6, 22)),
        ("03/25/2021 08:00", date(2021, 3, 25)),
        ("12 Mar 2024", date(2024, 3, 12)),
        ("12 mars 2024", date(2024, 3, 12)),
        ("1er août 2023", date(2023, 8, 1)),
        ("3 févr. 2023", date(2023, 2, 3)),
        ("March 12, 2024", date(2024, 3, 12)),
        ("12-Dec-2023", date(2023, 12, 12)),
        ("lundi 12 mars 2024", date(2024, 3, 12)),
        ("45292", date(2024, 1, 1)),
        ("45292.75", date(2024, 1, 1)),
        ("2024-02-30", None),
        ("2024-03-12 soon", None),
        ("20240312", date(2024, 3, 12)),
        ("20110122T111244", date(2011, 1, 22)),
        ("20241312", None),
        ("1710000000", date(2024, 3, 9)),
        ("1710000000123", date(2024, 3, 9)),
        ("0612345678", None),
        ("13/03/24", date(2024, 3, 13)),
        ("13/03/98 10h00", date(1998, 3, 13)),
        ("03/13/24", date(2024, 3, 13)),
        ("13.03.24", date(2024, 3, 13)),
        ("24-03-12", None),
        ("13/03/2024 à 10:00", date(2024, 3, 13)),
        ("13/03/2024 10h", date(2024, 3, 13)),
        ("13/03/2024 at 10:00 PM", date(2024, 3, 13)),
        ("12-Mar-24", date(2024, 3, 12)),
        ("12 déc. 75", date(1975, 12, 12)),
        ('="2024-03-12"', date(2024, 3, 12)),
        ("'13/03/2024", date(2024, 3, 13)),
        ("0000-00-00", None),
        ("12 foo 2024", None),
        ("", None),
    ],
)
def test_one_cell(cell: str, expected: date | None) -> None:
    assert dates(cell) == [expected]


@pytest.mark.parametrize(
    ("cells", "format", "problem"),
    [
        (["", "  "], "ymd", None),
        (["2024-03-12", "2024-03-13 10:00"], "ymd", None),
        (["12/03/2024", "13/03/2024"], "dmy/", None),
        (["12/03/2024", "03/13/2024"], "mdy/", None),
        (["04/04/2024"], "dmy/", None),
        (["12/03/2024", "11/03/2024"], "dmy/", "date-order-unknown"),
        (["13/03/2024", "03/13/2024"], "dmy/", "date-order-mixed"),
        (["13/03/2024 10:00", "03-13-2024", "14/03/2024"], "dmy/", None),
        (["2024-03-12", "13/03/2024", "2024-03-14"], "ymd", None),
        (["2024-03-12", "soon"], "ymd", None),
        (["13/03/2024", "-", "N/A", "Jamais", "0000-00-00"], "dmy/", None),
        (["45292", "0"], "serial", None),
        (["2024-03-12", "unknown", "?"], "ymd", "date-format-unknown"),
        (["2024-03-12", "soon", "later"], "ymd", "date-format-unknown"),
        (["45292", "45293"], "serial", None),
        (["45292", "45293", "x"], "ymd", "date-format-unknown"),
        (["1710000000", "1710000000123", ""], "unix", None),
        (["1710000000", "3126789012"], "ymd", "date-format-unknown"),
        (["20240312", "20240313T101112Z"], "digits", None),
        (["20240312", "33333333"], "ymd", "date-format-unknown"),
        (["12/03/24", "11/03/24"], "dmy/", "date-order-unknown"),
        (["12/03/24", "13/03/2024"], "dmy/", None),
    ],
)
def test_a_column(cells: list[str], format: str, problem: str | None) -> None:
    found = read(cells)
    assert found.counts is not None
    assert decide(found.counts) == (format, problem)
    assert found.format == format


def test_the_sum_of_the_ranges_decides() -> None:
    parts = [read(cells).counts for cells in (["01/02/2024"], ["02/13/2024"], [""])]
    known = [part for part in parts if part is not None]
    assert [decide(part)[0] for part in known] == ["dmy/", "mdy/", "ymd"]
    assert decide(total(known)) == ("mdy/", None)
    assert total(known).filled == 2


def test_a_given_format_is_kept_to() -> None:
    assert dates("01/02/2024", "2024-03-12", given="mdy/") == [date(2024, 1, 2), None]
    assert dates("01/02/2024", "31/12/2024", given="mdy/") == [date(2024, 1, 2), None]
    found = read(["01/02/2024", "x", ""], "dmy/")
    assert found.unreadable is not None
    assert found.unreadable.to_list() == [False, True, False]
    assert found.counts is None
    never = read(["2024-03-12 10:00", " never", "-", "?"], "ymd")
    assert never.unreadable is not None
    assert never.unreadable.to_list() == [False, False, False, True]


def test_nothing_filled_is_nothing_wrong() -> None:
    assert decide(DateCounts(0, {})) == ("ymd", None)


def test_other_columns_tell_the_order_that_one_leaves_open() -> None:
    def counts(*columns: list[str]) -> dict[int, DateCounts]:
        seen = [read(cells).counts for cells in columns]
        return {number: known for number, known in enumerate(seen) if known is not None}

    either, month_first, day_first = ["01/02/2024"], ["01/13/2024"], ["13/01/2024"]
    assert decide_all(counts(either, month_first)) == ({0: "mdy/", 1: "mdy/"}, {})
    assert decide_all(counts(day_first, either)) == ({0: "dmy/", 1: "dmy/"}, {})
    assert decide_all(counts(either, ["13-01-2024"]))[1] == {0: "date-order-unknown"}
    assert decide_all(counts(either, day_first, month_first))[1] == {0: "date-order-unknown"}
    assert decide_all(counts(either, [*day_first, *month_first]))[1] == {
        0: "date-order-unknown", 1: "date-order-mixed",
    }  # fmt: skip
