"""SARIF 2.1.0, for GitHub code scanning and every other consumer.

What a region cannot say: the lines of a part (a decoded MIME part, a sheet) are not lines of the file. A result in a
part is therefore placed at the file's very start; its message, a logical location and the location's properties say
which part, line and column are meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from mkt_lint._model import Failure, Finding, Fix, Kind, Outcome, Related, Span, Undecided
from mkt_lint._report import Checkout, Report
from mkt_lint._reporters.encoding import dump
from mkt_lint._reporters.links import HOME
from mkt_lint._reporters.location import repository_path, uri
from mkt_lint._reporters.reference import Style
from mkt_lint._reporters.sarif_rules import Json, Taxonomies, descriptor, message_arguments, semantic_version

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT: Final = "%SRCROOT%"
MASK: Final = "(table content is not shown)"
HIDDEN: Final = "(not shown)"
NO_REMOTE: Final = "about:blank"
"""SARIF's schema wants the address of a repository, its validator an entry for every run."""
MAX_SNIPPET: Final = 1000
"""Code points; a longer one is cut, since a region may be a whole page."""


def report(report: Report, _style: Style) -> Iterator[str]:
    """One run, compact, result by result."""
    run = _Run(report)
    head = dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run.head()]})
    yield head.removesuffix("}]}") + ',"results":['
    separator = ""
    for finding in run.findings():
        yield separator + dump(run.result(finding))
        separator = ","
    yield "]}]}\n"


class _Run:
    """What the parts of one log share: the places of rules and texts in their tables."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._rules = {rule.code: (index, rule) for index, rule in enumerate(report.rules)}
        self._taxonomies = Taxonomies(text for rule in report.rules for text in rule.references)

    def findings(self) -> Iterator[Finding]:
        yield from self._report.findings
        if self._report.report_suppressed:
            yield from (outcome for outcome in self._report.suppressed if isinstance(outcome, Finding))

    def head(self) -> Json:
        """The run without its results."""
        report = self._report
        run: Json = {"tool": self._tool(), "invocations": [self._invocation()]}
        run["versionControlProvenance"] = [_provenance(report.checkout)]
        # Without a `uri`, which would be a path on the machine of whoever ran the linter.
        root = "The repository's root." if report.checkout else "The folder that the linter ran in."
        run["originalUriBaseIds"] = {ROOT: {"description": {"text": root}}}
        if report.category:
            # GitHub takes what stands before the last slash for the category, and what follows for the run's id.
            run["automationDetails"] = {"id": f"{report.category.rstrip('/')}/"}
        run["columnKind"] = "unicodeCodePoints"
        if self._taxonomies.components:
            run["taxonomies"] = self._taxonomies.components
        return run

    def _tool(self) -> Json:
        report = self._report
        driver: Json = {
            "name": "mkt-lint",
            "version": report.version,
            "semanticVersion": semantic_version(report.version) or "0.0.0",
            "informationUri": HOME,
            "rules": [descriptor(rule, self._taxonomies) for rule in report.rules],
        }
        if self._taxonomies.components:
            driver["supportedTaxonomies"] = self._taxonomies.supported
        tool: Json = {"driver": driver}
        if report.plugins:
            tool["extensions"] = [
                {"name": plugin.name, "fullName": f"{plugin.distribution} {plugin.version}", "version": plugin.version}
                for plugin in report.plugins
            ]
        return tool

    def _invocation(self) -> Json:
        failures = self._report.failures
        broken = any(failure.plugin or failure.code or not failure.path for failure in failures)
        notifications: dict[bool, list[Json]] = {True: [], False: []}
        for failure in failures:
            notifications[failure.path is None].append(self._failure(failure))
        notifications[False] += [self._undecided(outcome) for outcome in self._report.undecided]
        invocation: Json = {"executionSuccessful": not broken}
        if notifications[False]:
            invocation["toolExecutionNotifications"] = notifications[False]
        if notifications[True]:
            invocation["toolConfigurationNotifications"] = notifications[True]
        return invocation

    def _failure(self, failure: Failure) -> Json:
        notification: Json = {"level": "error", "message": {"text": failure.message}}
        if failure.code in self._rules:
            notification["associatedRule"] = self._rule(failure.code)
        if failure.path is not None:
            physical: Json = {"artifactLocation": self._artifact(failure.path)}
            if failure.line:
                region = {"startLine": failure.line}
                physical["region"] = region | ({"startColumn": failure.column} if failure.column else {})
            notification["locations"] = [{"physicalLocation": physical}]
        return notification

    def _undecided(self, outcome: Undecided) -> Json:
        return {
            "level": "note",
            "message": {"text": _message_text(outcome)},
            "associatedRule": self._rule(outcome.code),
            "locations": [self._location(outcome)],
        }

    def _rule(self, code: str) -> Json:
        return {"id": code, "index": self._rules[code][0]}

    def result(self, finding: Finding) -> Json:
        index, rule = self._rules[finding.code]
        message: Json = {"text": _message_text(finding)}
        if finding.message_id in rule.messages:
            message["id"] = finding.message_id
            message["arguments"] = message_arguments(finding, repository_path(self._report, finding.path))
        result: Json = {
            "ruleId": finding.code,
            "ruleIndex": index,
            "level": finding.severity,
            "message": message,
            "locations": [self._location(finding)],
            "partialFingerprints": {"mktLint/v1": finding.fingerprint},
        }
        if finding.line_hash:
            result["partialFingerprints"]["primaryLocationLineHash"] = finding.line_hash
        if finding.kind is Kind.TABLE and finding.count:
            result["occurrenceCount"] = finding.count
        if finding.related:
            related = partial(self._related, finding)
            result["relatedLocations"] = [related(number, place) for number, place in enumerate(finding.related, 1)]
        if finding.references:
            result["taxa"] = self._taxonomies.targets(finding.references)
        if finding.fix and finding.part is None:
            result["fixes"] = [self._fix(finding, finding.fix)]
        if finding.suppressed is not None:
            suppression: Json = {"kind": "inSource" if finding.suppressed.in_source else "external"}
            if finding.suppressed.reason:
                suppression["justification"] = finding.suppressed.reason
            result["suppressions"] = [suppression]
        return result

    def _artifact(self, path: str) -> Json:
        return {"uri": uri(repository_path(self._report, path)), "uriBaseId": ROOT}

    def _location(self, outcome: Outcome) -> Json:
        snippet = MASK if outcome.kind is Kind.TABLE else outcome.snippet
        location = self._place(outcome, outcome.span, snippet or "")
        location["physicalLocation"]["contextRegion"] = _context(outcome)
        return location

    def _related(self, outcome: Outcome, number: int, place: Related) -> Json:
        table = outcome.kind is Kind.TABLE
        default = "A cell that the finding counts." if table else "A place that belongs to the finding."
        location = self._place(outcome, place.span, MASK if table else None)
        return {"id": number, **location, "message": {"text": place.message or default}}

    def _place(self, outcome: Outcome, span: Span, snippet: str | None) -> Json:
        physical: Json = {"artifactLocation": self._artifact(outcome.path)}
        if outcome.part is not None:
            physical["region"] = {**_region(Span(1, 1, 1, 1)), "snippet": {"text": ""}}
            name = f"{outcome.part}:{span.line}:{span.column}"
            logical = {"name": outcome.part, "fullyQualifiedName": name, "kind": "module"}
            return {"physicalLocation": physical, "logicalLocations": [logical]}
        physical["region"] = _region(span)
        if snippet is not None:
            cut = snippet if len(snippet) <= MAX_SNIPPET else f"{snippet[:MAX_SNIPPET]}…"
            physical["region"]["snippet"] = {"text": cut}
        return {"physicalLocation": physical}

    def _fix(self, finding: Finding, fix: Fix) -> Json:
        replacements = [
            {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
        ]
        change = {"artifactLocation": self._artifact(finding.path), "replacements": replacements}
        return {"description": {"text": fix.description}, "artifactChanges": [change]}


def _provenance(checkout: Checkout | None) -> Json:
    provenance: Json = {"repositoryUri": checkout.uri if checkout and checkout.uri else NO_REMOTE}
    if checkout and checkout.revision:
        provenance["revisionId"] = checkout.revision
    if checkout and checkout.branch:
        provenance["branch"] = checkout.branch
    return provenance | {"mappedTo": {"uriBaseId": ROOT}}


def _context(outcome: Outcome) -> Json:
    """What surrounds the region, and more than that: the excerpt, else its lines, of which nothing is shown."""
    span, excerpt = outcome.span, outcome.excerpt
    if outcome.part is not None:
        return {"startLine": 1, "endLine": 1, "snippet": {"text": HIDDEN}}
    if outcome.kind is Kind.TEMPLATE and excerpt:
        around = Span(excerpt.line, excerpt.column, excerpt.line, excerpt.column + len(excerpt.text))
        if _surrounds(around, span):
            return {**_region(around), "snippet": {"text": excerpt.text}}
    return {"startLine": span.line, "endLine": span.end_line, "snippet": {"text": HIDDEN}}


def _surrounds(outer: Span, inner: Span) -> bool:
    starts_before = (outer.line, outer.column) <= (inner.line, inner.column)
    ends_after = (outer.end_line, outer.end_column) >= (inner.end_line, inner.end_column)
    return starts_before and ends_after and outer != inner


def _region(span: Span) -> Json:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _message_text(outcome: Outcome) -> str:
    """The message in full.

    Braces are not doubled here: consumers show this text as it is. A square bracket before a round one would be a
    link, which text from a template must not make.
    """
    text = outcome.text.replace("](", "] (")
    if outcome.part is None:
        return text
    return f"{text} (In {outcome.part}, line {outcome.span.line}, column {outcome.span.column}.)"
