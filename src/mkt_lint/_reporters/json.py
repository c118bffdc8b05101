"""Everything a run found, for programs. The keys are a contract: `json-report.schema.json` describes each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkt_lint._model import Failure, Finding, Fix, Outcome, Silence, Span
from mkt_lint._report import DocumentInfo, Report
from mkt_lint._reporters.encoding import dump
from mkt_lint._reporters.reference import Style

VERSION = 1


def report(report: Report, _style: Style) -> Iterator[str]:
    """The report as one JSON object, entry by entry."""
    plugins = [{"name": plugin.name, "version": plugin.version} for plugin in report.plugins]
    tool = {"name": "mkt-lint", "version": report.version, "plugins": plugins}
    yield f'{{\n  "version": {VERSION},\n  "tool": {dump(tool, indent=2, depth=1)},\n'
    yield f'  "as_of": "{report.as_of.isoformat()}",\n'
    yield from _array("files", map(_file, report.documents))
    yield from _array("findings", map(_outcome, report.findings))
    yield from _array("undecided", map(_outcome, report.undecided))
    if report.report_suppressed:
        yield from _array("suppressed", map(_outcome, report.suppressed))
    yield from _array("errors", map(_error, report.failures))
    yield f'  "summary": {dump(_summary(report), indent=2, depth=1)}\n}}\n'


def _array(key: str, entries: Iterable[object]) -> Iterator[str]:
    yield f'  "{key}": ['
    separator, end = "\n    ", ""
    for entry in entries:
        yield separator + dump(entry, indent=2, depth=2)
        separator, end = ",\n    ", "\n  "
    yield f"{end}],\n"


def _known(**values: object) -> dict[str, object]:
    """Keys whose value is known; a reader tells the others by their absence."""
    return {key: value for key, value in values.items() if value is not None}


def _file(document: DocumentInfo) -> dict[str, object]:
    return _known(
        path=document.path,
        part=document.part,
        kind=document.kind,
        purpose=document.purpose,
        encoding=document.encoding,
        records=document.records,
        records_checked=document.records_checked,
        records_reported=document.records_reported,
    )


def _span(span: Span) -> dict[str, object]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def _outcome(outcome: Outcome) -> dict[str, object]:
    references = [
        {"authority": text.authority, "id": text.id, "url": text.url, "jurisdiction": text.jurisdiction}
        for text in outcome.references
    ]
    return {
        **_known(path=outcome.path, part=outcome.part),
        **_span(outcome.span),
        "code": outcome.code,
        "name": outcome.name,
        **({"severity": outcome.severity} if isinstance(outcome, Finding) else {}),
        "confidence": outcome.confidence,
        "message_id": outcome.message_id,
        "message": outcome.text,
        "count": outcome.count,
        "related": [{**_span(place.span), **_known(message=place.message)} for place in outcome.related],
        "references": references,
        **({"fix": _fix(outcome.fix)} if outcome.fix else {}),
        **({"suppression": _suppression(outcome.suppressed)} if outcome.suppressed else {}),
        "fingerprint": outcome.fingerprint,
    }


def _suppression(silence: Silence) -> dict[str, object]:
    return {"by": "comment" if silence.in_source else "configuration", "reason": silence.reason}


def _fix(fix: Fix) -> dict[str, object]:
    edits = [{**_span(edit.span), "text": edit.text} for edit in fix.edits]
    return {"description": fix.description, "safe": fix.safe, "edits": edits}


def _error(failure: Failure) -> dict[str, object]:
    return _known(
        path=failure.path,
        plugin=failure.plugin,
        code=failure.code,
        message=failure.message,
        line=failure.line,
        column=failure.column,
    )


def _summary(report: Report) -> dict[str, object]:
    return {
        "files": report.files,
        "findings": len(report.findings),
        "undecided": len(report.undecided),
        "errors": len(report.failures),
        "suppressed": len(report.suppressed),
        "rows_flagged": report.rows_flagged,
        "by_code": report.by_code,
        "by_severity": {str(severity): count for severity, count in report.by_severity.items()},
    }
