"""What stands at a place of a template."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mkt_lint import Element, Template
from mkt_lint_email.once import once


def elements_with(template: Template, text: str) -> Iterator[Element]:
    """The elements whose start tag holds a text, which is in lower case; to look at each tag takes far longer."""
    lowered, elements, starts = template.lowered, template.elements, _starts(template)
    at = lowered.find(text)
    while at >= 0:
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < elements[index].end:
            yield elements[index]
            at = elements[index].end - 1
        at = lowered.find(text, at + 1)


def element_at(template: Template, offset: int) -> Element | None:
    """The element in whose start tag an offset lies."""
    index = bisect_right(_starts(template), offset) - 1
    return template.elements[index] if index >= 0 and offset < template.elements[index].end else None


@once
def _starts(template: Template) -> Sequence[int]:
    return [element.start for element in template.elements]


def in_comment(template: Template, offset: int) -> bool:
    """Whether an offset lies in an HTML comment."""
    index = bisect_right(template.comments, offset, key=lambda comment: comment.start) - 1
    return index >= 0 and offset < template.comments[index].end
