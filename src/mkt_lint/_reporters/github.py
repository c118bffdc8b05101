"""Annotations for GitHub Actions, as workflow commands on the standard output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mkt_lint._model import Finding, Kind, Severity
from mkt_lint._report import Report
from mkt_lint._reporters.encoding import encodable
from mkt_lint._reporters.location import repository_path
from mkt_lint._reporters.reference import Style

LIMIT: Final = 10
"""Annotations of one level that GitHub shows for a step; it drops the others in silence."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def report(report: Report, _style: Style) -> Iterator[str]:
    """Errors, warnings, notices: of each the first ten, then how many more there are."""
    left_out = []
    for severity, command in _COMMANDS.items():
        findings = [finding for finding in report.findings if finding.severity is severity]
        for finding in findings[:LIMIT]:
            yield _annotation(report, command, finding)
        if (more := len(findings) - LIMIT) > 0:
            left_out.append(f"{more} more {command}{'s' if more > 1 else ''}")
    if left_out:
        yield f"Not annotated, since GitHub shows {LIMIT} of a level for each step: {', '.join(left_out)}.\n"


def _annotation(report: Report, command: str, finding: Finding) -> str:
    # Annotations show on changed lines: those of a table are its records, not its header.
    span = finding.related[0].span if finding.kind is Kind.TABLE and finding.related else finding.span
    message = finding.text
    properties: dict[str, object] = {"file": repository_path(report, finding.path)}
    if finding.part is None:
        properties["line"] = span.line
        properties["endLine"] = span.end_line
        if span.line == span.end_line:  # the runner drops columns of what spans several
            properties["col"] = span.column
            properties["endColumn"] = span.end_column
    else:
        properties["line"] = 1
        message = f"{finding.part}, line {span.line}, column {span.column}: {message}"
    properties["title"] = f"{finding.code} {finding.name}"
    listed = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items())
    return encodable(f"::{command} {listed}::{message.translate(_DATA)}\n")
