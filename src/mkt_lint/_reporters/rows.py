"""Every offending row as a line of CSV: where it is and which rule flags it, nothing else of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final

from mkt_lint._report import Report
from mkt_lint._reporters.encoding import encodable
from mkt_lint._reporters.reference import Style

HEADER: Final = ("path", "line", "column", "code", "part")


class _Line:
    """A file for `csv.writer` that keeps the last line written to it."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def report(report: Report, _style: Style) -> Iterator[str]:
    """A header, then a line of text for each row."""
    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(HEADER)
    yield line.text
    for row in report.rows:
        writer.writerow((encodable(row.path), row.line, row.column, row.code, encodable(row.part or "")))
        yield line.text
