"""The rows as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mkt_lint._report import OffendingRow
from mkt_lint._reporters.reference import Style
from mkt_lint._reporters.rows import report

if TYPE_CHECKING:
    from reporters.conftest import Samples


def test_a_line_for_each_row(samples: type[Samples]) -> None:
    odd = (
        OffendingRow('say "no"\n.csv', 7, 2, "CRM401"),
        OffendingRow("caf\udce9.csv", 1, 1, "CRM401"),
        OffendingRow("crm.xlsx", 3, 2, "CRM401", "sheet a, b"),
    )
    assert list(report(samples.report(rows=(*samples.rows, *odd)), Style())) == [
        "path,line,column,code,part\n",
        "exports/crm.csv,2,12,CRM401,\n",
        '"a,b.csv",5,1,CRM901,\n',
        '"say ""no""\n.csv",7,2,CRM401,\n',
        "caf\N{REPLACEMENT CHARACTER}.csv,1,1,CRM401,\n",
        'crm.xlsx,3,2,CRM401,"sheet a, b"\n',
    ]


def test_no_rows_is_a_header(samples: type[Samples]) -> None:
    assert list(report(samples.report(), Style())) == ["path,line,column,code,part\n"]


def test_rows_are_streamed(samples: type[Samples]) -> None:
    taken = []

    def endless() -> Iterator[OffendingRow]:
        while True:
            taken.append(1)
            yield samples.rows[0]

    pieces = report(samples.report(rows=endless()), Style())
    assert [next(pieces) for _ in range(4)][3] == "exports/crm.csv,2,12,CRM401,\n"
    assert len(taken) == 3
