"""What silences findings, as the rules about it see it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mkt_lint._documents.directives import Directive
from mkt_lint._model import Span
from mkt_lint._named import NamedTuple


class UnknownSelector(NamedTuple):
    """A code or a name that means no rule."""

    text: str
    span: Span
    nearest: str | None
    """What may have been meant."""


class Suppression(NamedTuple):
    """A comment, or an `[[ignore]]` table of the configuration, that silences findings."""

    where: Literal["comment", "file", "entry"]
    """A comment on a part of a template; one on all of it; an entry of the configuration."""
    span: Span
    """Of the comment; of the entry's codes."""
    reason: str
    """Empty where none is given."""
    named: bool
    """Whether it names anything to silence."""
    unknown: tuple[UnknownSelector, ...] = ()
    until: date | None = None
    """The last day on which it holds."""
    until_span: Span | None = None
    silenced: bool | None = None
    """Whether it silenced something; None where this run cannot tell."""


class Suppressions(NamedTuple):
    """All that is said to the linter in one template or in one configuration file."""

    as_of: date
    suppressions: tuple[Suppression, ...]
    others: tuple[Directive, ...] = ()
    """Comments to the linter that say nothing that it understands."""
