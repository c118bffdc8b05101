"""For reading in a terminal: what is wrong, the source, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import click

from mkt_lint._model import Excerpt, Failure, Finding, Kind, Outcome, Severity, Span, Undecided
from mkt_lint._report import DocumentInfo, Report
from mkt_lint._reporters.encoding import encodable
from mkt_lint._reporters.reference import Style
from mkt_lint._reporters.terminal import counted, mark, visible, wrap

MIN_WIDTH: Final = 60
MAX_WIDTH: Final = 160

_UNDECIDED: Final = "undecided"
_COLOURS: Final[Mapping[str, str]] = {
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.NOTE: "cyan",
    _UNDECIDED: "magenta",
}


def report(report: Report, style: Style) -> Iterator[str]:
    """Findings, undecided results, counts; under `quiet` a line for each of the first two and nothing else."""
    page = _Page(style)
    if style.quiet:
        yield from map(page.line, report.outcomes())
        return
    if style.verbose:
        yield from page.files(report)
    for finding in report.findings:
        yield page.block(finding, finding.severity)
    if report.undecided:
        yield page.title("What could not be decided")
    for alike in _alike(report.undecided):
        yield page.block(alike[0], _UNDECIDED) if len(alike) == 1 else page.blocks(alike)
    if report.report_suppressed and report.suppressed:
        yield page.title("What is suppressed")
        yield from map(page.suppressed, report.suppressed)
    yield page.summary(report)


def failure_line(failure: Failure) -> str:
    """What kept the linter from its work, in one line for the standard error; its message names the plugin."""
    parts = ["mkt-lint: error"]
    if failure.path is not None:
        place = [failure.path, failure.line, failure.column if failure.line else None]
        parts.append(":".join(str(part) for part in place if part is not None))
    return visible(": ".join([*parts, failure.message]))


class _Page:
    """One style applied to everything that is shown."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._width = min(max(style.width, MIN_WIDTH), MAX_WIDTH)

    def _styled(self, text: str, *, colour: str | None = None, bold: bool = False, dim: bool = False) -> str:
        return click.style(text, fg=colour, bold=bold or None, dim=dim or None) if self._style.colour else text

    def line(self, outcome: Finding | Undecided) -> str:
        """A finding or an undecided result in one line."""
        level = outcome.severity if isinstance(outcome, Finding) else _UNDECIDED
        label = self._styled(level, colour=_COLOURS[level], bold=True)
        return f"{self._place(outcome)}: {label} {outcome.code} {outcome.name}: {visible(outcome.what)}\n"

    def title(self, text: str) -> str:
        return self._styled(text, bold=True) + "\n\n"

    def block(self, outcome: Outcome, level: str) -> str:
        """A finding with its source, or an undecided result, and an empty line."""
        colour = _COLOURS[level]
        label = self._styled(level, colour=colour, bold=True)
        lines = [f"{self._place(outcome)} {label} {self._styled(outcome.code, bold=True)} {outcome.name}"]
        lines += wrap(outcome.what, self._width, "  ", "  ")
        if outcome.kind is Kind.TABLE:
            if isinstance(outcome, Finding) and outcome.count:
                lines += wrap(_records(outcome), self._width, "  ", "  ")
        else:
            lines += self._source(outcome.excerpt, outcome.span, colour) if outcome.excerpt else []
        if outcome.kind is not Kind.TABLE or not outcome.count:
            for place in outcome.related:
                where = f"{_unit(outcome)} {place.span.line}, column {place.span.column}"
                lines += self._labelled("see:", f"{where}: {place.message}" if place.message else where)
        lines += self._labelled("why:", outcome.why)
        lines += self._labelled("do:", outcome.todo)
        if outcome.fix is not None and outcome.part is None:
            flags = "--fix" if outcome.fix.safe else "--fix --unsafe-fixes"
            lines += self._labelled("fix:", f"{outcome.fix.description} ({flags})")
        if self._style.verbose:
            for text in outcome.references:
                lines += self._labelled("text:", f"{text.authority} {text.id} {text.url}")
        return "\n".join(lines) + "\n\n"

    def blocks(self, alike: Sequence[Outcome]) -> str:
        """Undecided results that differ in nothing but the rule and what it lacks, and an empty line."""
        first = alike[0]
        label = self._styled(_UNDECIDED, colour=_COLOURS[_UNDECIDED], bold=True)
        lines = [f"{self._place(first)} {label} for {counted(len(alike), 'rule')}"]
        for outcome in alike:
            begin = f"  {outcome.code} {outcome.name}: "
            for line in wrap(outcome.what, self._width, begin, "    "):
                name = self._styled(outcome.code, bold=True)
                lines.append(line.replace(outcome.code, name, 1) if line.startswith(begin) else line)
        lines += self._labelled("why:", first.why)
        lines += self._labelled("do:", first.todo)
        return "\n".join(lines) + "\n\n"

    def suppressed(self, outcome: Outcome) -> str:
        """What was found and why it is not shown among the findings, and an empty line."""
        level = outcome.severity if isinstance(outcome, Finding) else _UNDECIDED
        lines = [f"{self._place(outcome)} {level} {self._styled(outcome.code, bold=True)} {outcome.name}"]
        lines += wrap(outcome.what, self._width, "  ", "  ")
        if outcome.suppressed:
            where = "comment" if outcome.suppressed.in_source else "configuration"
            lines += self._labelled(f"{where}:", outcome.suppressed.reason or "(no reason)")
        return "\n".join(lines) + "\n\n"

    def _place(self, outcome: Outcome) -> str:
        part = f" [{outcome.part}]" if outcome.part is not None else ""
        return self._styled(visible(f"{outcome.path}{part}:{outcome.span.line}:{outcome.span.column}"), bold=True)

    def _labelled(self, label: str, text: str) -> Iterator[str]:
        begin = f"  {label:<5} "
        for line in wrap(text, self._width, begin, " " * len(begin)):
            yield self._styled(begin, dim=True) + line.removeprefix(begin) if line.startswith(begin) else line

    def _source(self, excerpt: Excerpt, span: Span, colour: str) -> Iterator[str]:
        number = str(excerpt.line)
        margin = " " * len(number)
        start = span.column - excerpt.column if span.line == excerpt.line else 0
        end = span.end_column - excerpt.column if span.end_line == excerpt.line else len(excerpt.text)
        shown = mark(excerpt.text, start, end, self._width - len(number) - 5)
        carets = self._styled("^" * (shown.end - shown.start), colour=colour, bold=True)
        bar = self._styled("|", dim=True)
        yield f"  {margin} {bar}"
        yield f"  {self._styled(number, dim=True)} {bar} {encodable(shown.text)}".rstrip()
        yield f"  {margin} {bar} {' ' * shown.start}{carets}"

    def files(self, report: Report) -> Iterator[str]:
        """What was linted, and as what."""
        if report.documents:
            yield self.title("Files")
            for document in report.documents:
                yield f"  {visible(document.path)}: {visible(_described(document))}\n"
            yield "\n"

    def summary(self, report: Report) -> str:
        """Counts, and what to do next."""
        level = min((finding.severity for finding in report.findings), key=lambda found: found.rank, default=None)
        colour = _COLOURS[level] if level else "green" if not (report.failures or report.undecided) else None
        paragraphs = (wrap(text, self._width, "", "") for text in _summary(report))
        return "".join(self._styled(line, colour=colour) + "\n" for lines in paragraphs for line in lines)


def _alike(outcomes: Iterable[Undecided]) -> Iterator[list[Undecided]]:
    """Of tables, those in a row that stand at the same place for the same reason: a list lacks many columns."""

    def reason(outcome: Undecided) -> tuple[object, ...]:
        same = (outcome.path, outcome.part, outcome.span, outcome.message)
        return same if outcome.kind is Kind.TABLE else (id(outcome),)

    return (list(alike) for _, alike in groupby(outcomes, reason))


def _records(finding: Finding) -> str:
    """`3 records, first at lines 2, 5, 9`."""
    unit = _unit(finding)
    lines = list(dict.fromkeys(f"{place.span.line}" for place in finding.related))
    if not lines:
        return counted(finding.count, "record")
    first = "first at" if finding.count > len(finding.related) else "at"
    return f"{counted(finding.count, 'record')}, {first} {unit if len(lines) == 1 else f'{unit}s'} {', '.join(lines)}"


def _unit(outcome: Outcome) -> str:
    """What counts as a line: in a sheet or another table that is no text, a row."""
    return "row" if outcome.kind is Kind.TABLE and outcome.part is not None else "line"


def _described(document: DocumentInfo) -> str:
    kind = f"{document.kind} ({document.purpose})" if document.purpose else str(document.kind)
    facts = [*([document.part] if document.part else []), kind, document.encoding]
    if document.records is not None:
        facts.append(counted(document.records, "record"))
        if document.records_reported:
            facts.append(f"{document.records_checked or 0:,} checked, {document.records_reported:,} malformed")
    return ", ".join(facts)


def _summary(report: Report) -> Iterator[str]:
    files = counted(report.files, "file")
    found = [counted(count, severity) for severity, count in report.by_severity.items() if count]
    others = [
        f"{len(outcomes):,} {name}"
        for name, outcomes in (("undecided", report.undecided), ("suppressed", report.suppressed))
        if outcomes
    ]
    nothing = "nothing found in what could be linted" if report.failures else "nothing found"
    if report.files:
        yield f"{files}: {'; '.join([', '.join(found) or nothing, *others])}."
    else:
        yield "No file was linted."
    if report.failures:
        yield f"{counted(len(report.failures), 'problem')} kept the linter from its work; see the standard error."
    elif not report.files:
        yield "Name templates, CSV exports or settings, or folders that hold some."
    outcomes = sorted(report.findings, key=lambda finding: finding.severity.rank) or report.undecided
    if outcomes:
        yield f"To read about a rule: mkt-lint explain {outcomes[0].code}"
