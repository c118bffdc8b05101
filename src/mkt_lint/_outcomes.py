"""From what a rule says of a place to an entry of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mkt_lint._config.model import FileConfig
from mkt_lint._contract import check_verdict
from mkt_lint._evaluation.messages import CORE_MESSAGES
from mkt_lint._model import Confidence, Finding, Kind, Message, Severity, Undecided, Verdict
from mkt_lint._rule import Rule

if TYPE_CHECKING:
    from mkt_lint._source import Document


def place(
    document: Document,
    config: FileConfig,
    verdicts: Iterable[tuple[Rule, Verdict]],
    hashes: Mapping[int, str],
    fingerprint: Callable[[str, str, str, int], str],
) -> list[Finding | Undecided]:
    """The outcomes of one document, in order, with severities, excerpts and fingerprints.

    Args:
        hashes: GitHub's hash of each line that has a verdict, where they are wanted.
        fingerprint: Ours, of a code, a message, what it is about, and the how-manieth of these it is.
    """
    ordered = sorted(verdicts, key=lambda pair: (pair[1].span, pair[0].code, pair[1].message_id))
    seen: Counter[tuple[str, str, str]] = Counter()
    placed: list[Finding | Undecided] = []
    for rule, verdict in ordered:
        identity = _identity(document, verdict)
        same = (rule.code, verdict.message_id, identity)
        seen[same] += 1
        message = _message(rule, verdict)
        assert message is not None  # `check` saw to it
        common: dict[str, Any] = {
            "path": document.path,
            "part": document.part,
            "kind": document.kind,
            "span": verdict.span,
            "code": rule.code,
            "name": rule.name,
            "confidence": Confidence(rule.confidence),
            "message_id": verdict.message_id,
            "message": message,
            "arguments": dict(verdict.arguments),
            "references": rule.references,
            "fingerprint": fingerprint(*same, seen[same]),
            "line_hash": hashes.get(verdict.span.line),
            "count": verdict.records,
            "related": verdict.related,
            "fix": verdict.fix,
        }
        if document.kind is not Kind.TABLE:
            common["excerpt"] = document.excerpt(verdict.span)
            common["snippet"] = document.snippet(verdict.span)
        if verdict.decided:
            override = config.rules[rule.code].severity if rule.code in config.rules else None
            placed.append(Finding(**common, severity=Severity(override or message.severity)))
        else:
            placed.append(Undecided(**common))
    return placed


def check(document: Document, rule: Rule, verdict: Verdict) -> None:
    """Hold what a rule yielded against what a report needs.

    Raises:
        TypeError, ValueError, IndexError: it is no verdict, its message cannot be told, or its place is not there.
    """
    check_verdict(verdict, document.kind, _message(rule, verdict) if isinstance(verdict, Verdict) else None)
    if document.kind is not Kind.TABLE:
        edits = verdict.fix.edits if verdict.fix else ()
        for span in (verdict.span, *(place.span for place in verdict.related), *(edit.span for edit in edits)):
            if not document.source_text.holds(span):
                where = f"{span.line}:{span.column} to {span.end_line}:{span.end_column}"
                raise IndexError(f"{where} is no place in the document")


def _message(rule: Rule, verdict: Verdict) -> Message | None:
    core = CORE_MESSAGES if rule.kind is Kind.TABLE else {}
    return rule.messages.get(verdict.message_id) or core.get(verdict.message_id)


def _identity(document: Document, verdict: Verdict) -> str:
    """What tells a place from others in its file; never the content of a cell, nor a setting's value."""
    identity = verdict.identity
    if identity is None:
        identity = " ".join(document.snippet(verdict.span).split()) if document.kind is Kind.TEMPLATE else ""
    return f"{document.part}: {identity}" if document.part else identity
