"""The one place that silences a finding."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mkt_lint._config.model import FileConfig, Ignore
from mkt_lint._config.selectors import selects
from mkt_lint._documents.text import Range
from mkt_lint._model import Finding, Kind, Silence, Undecided

if TYPE_CHECKING:
    from mkt_lint._documents.directives import Directive
    from mkt_lint._documents.markup import Element
    from mkt_lint._documents.template import Template
    from mkt_lint._source import Document


class IgnoreComment(NamedTuple):
    """A comment in a template that silences findings."""

    directive: Directive
    covers: Range | None
    """Offsets of the stretch that it speaks of; None for the whole file."""

    @property
    def selectors(self) -> tuple[str, ...]:
        return tuple(text for text, _ in self.directive.selectors)

    @property
    def reason(self) -> str:
        return self.directive.rest.lstrip(":-–— ")


class Suppressed(NamedTuple):
    """The outcomes of one document, those that are silenced marked as such, and what silenced something."""

    outcomes: list[Finding | Undecided]
    comments: frozenset[IgnoreComment]
    ignores: frozenset[int]
    """By their place among the `[[ignore]]` tables of the configuration."""


def suppress(
    outcomes: Sequence[Finding | Undecided],
    document: Document,
    comments: Sequence[IgnoreComment],
    ignores: Sequence[tuple[int, Ignore]],
) -> Suppressed:
    """Hold each outcome against all that could silence it.

    Args:
        outcomes: In the order of the source.
        comments: Those in the document.
        ignores: Tables of the configuration that hold for the file on the day of the run, with their places.
    """
    marked: list[Finding | Undecided] = []
    used_comments: set[IgnoreComment] = set()
    used_ignores: set[int] = set()
    for outcome, said in _commented(outcomes, document, comments):
        tables = [table for table in ignores if selects(table[1].codes, outcome.code, outcome.name)]
        used_comments.update(said)
        used_ignores.update(place for place, _ in tables)
        silence = None
        if said:
            silence = Silence(said[0].reason, in_source=True)
        elif tables:
            silence = Silence(tables[0][1].reason, in_source=False)
        marked.append(replace(outcome, suppressed=silence) if silence else outcome)
    return Suppressed(marked, frozenset(used_comments), frozenset(used_ignores))


def _commented(
    outcomes: Sequence[Finding | Undecided], document: Document, comments: Sequence[IgnoreComment]
) -> Iterator[tuple[Finding | Undecided, list[IgnoreComment]]]:
    """Each outcome with the comments that silence it; both are gone through once, in the order of the source."""
    if document.kind is not Kind.TEMPLATE or not comments:
        yield from ((outcome, []) for outcome in outcomes)
        return
    of_file = [comment for comment in comments if comment.covers is None]
    waiting = sorted(
        ((*comment.covers, number) for number, comment in enumerate(comments) if comment.covers), reverse=True
    )
    reached: list[tuple[int, IgnoreComment]] = []
    for outcome in outcomes:
        at = document.source_text.offset(outcome.span.line, outcome.span.column)
        while waiting and waiting[-1][0] <= at:
            _, end, number = waiting.pop()
            reached.append((end, comments[number]))
        reached = [(end, comment) for end, comment in reached if end > at]
        candidates = [*(comment for _, comment in reached), *of_file]
        yield outcome, [comment for comment in candidates if selects(comment.selectors, outcome.code, outcome.name)]


def ignores_for(config: FileConfig, as_of: date) -> list[tuple[int, Ignore]]:
    """The `[[ignore]]` tables that hold for a file on a day, with their places in the configuration."""
    return [(place, ignore) for place, ignore in ignores_matching(config) if not expired(ignore, as_of)]


def ignores_matching(config: FileConfig) -> Iterator[tuple[int, Ignore]]:
    """Those that are meant for a file, whatever the day."""
    return ((place, ignore) for place, ignore in enumerate(config.ignores) if config.matches(ignore.files))


def expired(ignore: Ignore, as_of: date) -> bool:
    """Whether the last day on which a table holds has passed."""
    return ignore.until is not None and ignore.until < as_of


def ignore_comments(document: Document) -> list[IgnoreComment]:
    """The comments of a document that silence findings; a template's, since nothing else has any."""
    if document.kind is not Kind.TEMPLATE or not document.directives:
        return []
    elements = [element for element in document.elements if not element.conditional]
    comments = []
    begins = 0  # of the row of comments that the one before stands in
    for number, directive in enumerate(document.directives):
        before = document.directives[number - 1].end if number else 0
        if not number or document.text[before : directive.start].strip():
            begins = directive.start
        if directive.name == "ignore-file":
            comments.append(IgnoreComment(directive, None))
        elif directive.name == "ignore":
            comments.append(IgnoreComment(directive, _covered(document, elements, directive, begins)))
    return comments


def _covered(template: Template, elements: Sequence[Element], comment: Directive, begins: int) -> Range:
    """The stretch that a comment speaks of: the element whose tag it is in, the one after it, or its line.

    Args:
        begins: Offset of the first of the comments that stand before this one with nothing between them.
    """
    following = bisect_left(elements, comment.end, key=lambda element: element.start)
    before = elements[following - 1] if following else None
    after = elements[following] if following < len(elements) else None
    if before is not None and before.end > comment.start:
        return Range(before.start, _end(before))
    line_start, _ = template.source_text.line_range(comment.span.line)
    _, line_end = template.source_text.line_range(comment.span.end_line)
    leads = not template.text[line_start:begins].strip()
    if after is not None and (leads or after.start < line_end):
        return Range(comment.end, _end(after))
    if leads:
        return Range(comment.end, template.extent.end)
    if before is not None and before.start < line_start < before.end:
        line_start = before.start
    return Range(line_start, line_end)


def _end(element: Element) -> int:
    return max(element.end, element.content.end)
