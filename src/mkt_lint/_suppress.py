"""The one place that silences a finding."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from mkt_lint._config.model import FileConfig, Ignore
from mkt_lint._documents.directives import IGNORES
from mkt_lint._documents.text import Range
from mkt_lint._model import Finding, Kind, Silence, Undecided
from mkt_lint._named import NamedTuple
from mkt_lint._rule import selects

if TYPE_CHECKING:
    from mkt_lint._documents.directives import Directive
    from mkt_lint._documents.markup import Element
    from mkt_lint._documents.template import Template
    from mkt_lint._source import Document


_DOCTYPE = r"(?i)<!doctype[^>]*>"


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
        """Empty where there are no words."""
        reason = self.directive.rest.lstrip(":-–— ")
        return reason if re.search(r"\w", reason) else ""


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
        yield outcome, [comment for comment in candidates if comment.directive.ignores(outcome.code, outcome.name)]


def ignores_for(config: FileConfig) -> list[tuple[int, Ignore]]:
    """The `[[ignore]]` tables that are meant for a file, whatever the day, with their places in the configuration."""
    return [(place, ignore) for place, ignore in enumerate(config.ignores) if config.matches(ignore.files)]


def in_force(ignores: Iterable[tuple[int, Ignore]], as_of: date) -> list[tuple[int, Ignore]]:
    """Those of them that hold on a day."""
    return [(place, ignore) for place, ignore in ignores if not expired(ignore, as_of)]


def expired(ignore: Ignore, as_of: date) -> bool:
    """Whether the last day on which a table holds has passed."""
    return ignore.until is not None and ignore.until < as_of


def ignore_comments(document: Document) -> list[IgnoreComment]:
    """The comments of a document that silence findings; a template's, since nothing else has any."""
    if document.kind is not Kind.TEMPLATE or not document.directives:
        return []
    places = _Places(document)
    return [
        IgnoreComment(directive, None if directive.name == "ignore-file" else places.covered(directive))
        for directive in document.directives
        if directive.name in IGNORES
    ]


class _Places:
    """What comments of one template stand beside."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._elements = [element for element in template.elements if not element.conditional]
        comments = [(comment.start, comment.end) for comment in template.comments]
        self._comments = sorted([*comments, *((code.start, code.end) for code in template.codes if code.comment)])

    def covered(self, comment: Directive) -> Range:
        """The stretch that a comment speaks of.

        The element whose tag it is in; or the one after it; or, where it ends a line on which something else stands,
        the element that ends there, and the text up to the comment.
        """
        extent, lines = self._template.extent, self._template.source_text
        following = bisect_left(self._elements, comment.end, key=lambda element: element.start)
        inside = self._elements[following - 1] if following else None
        if inside is not None and inside.end > comment.start:
            return Range(inside.start, _end(inside))
        after = self._elements[following] if following < len(self._elements) else None
        _, line_end = lines.line_range(comment.span.end_line)
        if after is None or after.start >= line_end:
            ended = self._ended(comment, lines.line_range(comment.span.line)[0])
            if ended is not None:
                return ended
        if after is not None:
            return Range(comment.end, _end(after))
        return Range(comment.end, extent.end) if self._elements else extent

    def _ended(self, comment: Directive, line_start: int) -> Range | None:
        """The last element or text before a comment on its line; None where nothing stands there."""
        last = self._template.tag_before(comment.start)
        if last is None or last[1] <= line_start:
            return None if self._is_blank(line_start, comment.start) else Range(line_start, comment.start)
        element, tag_end, closed = last
        if not closed and self._is_blank(tag_end, comment.start):
            return None
        return Range(element.start, comment.start)

    def _is_blank(self, start: int, end: int) -> bool:
        """Whether there is nothing between two offsets but blanks, comments and the doctype."""
        text = self._template.text
        position = start
        first = max(0, bisect_left(self._comments, (start, 0)) - 1)
        for begin, stop in islice(self._comments, first, None):
            if begin >= end:
                break
            if re.sub(_DOCTYPE, "", text[position : max(begin, position)]).strip():
                return False
            position = max(position, stop)
        return not re.sub(_DOCTYPE, "", text[position:end]).strip()


def _end(element: Element) -> int:
    return max(element.end, element.content.end)
