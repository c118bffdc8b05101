"""What keeps a rule from knowing a whole message."""

from __future__ import annotations

from typing import NamedTuple

from mkt_lint import Span, Template

_LONGEST = 80


class Unread(NamedTuple):
    """An include that was not read."""

    at: Span
    """Where to say so: at the include, or at the body of the template that takes it in through others."""
    name: str
    problem: str


def unread(template: Template) -> Unread | None:
    """The first include that a message has and that was not read."""
    for part, include in template.unresolved():
        at = include.span if part is template else template.body_span
        return Unread(at, include.name[:_LONGEST], include.problem)
    return None
