"""What a template that is a message has besides its HTML: header fields, a text part, further HTML parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Span
from mkt_lint._named import NamedTuple

if TYPE_CHECKING:
    from mkt_lint._documents.template import Template


class HeaderField(NamedTuple):
    """One field of a message's header."""

    name: str
    """Lower case."""
    value: str
    """Unfolded, encoded words decoded, blanks collapsed."""
    start: int
    end: int
    source: SourceText | None
    """None where the template is a decoded part, whose text the field is not in."""

    @property
    def span(self) -> Span | None:
        """Of the whole field, from its name to the end of its value; None where that is not in the template's text."""
        return None if self.source is None else self.source.span(self.start, self.end)


class PlainText(NamedTuple):
    """The text/plain part of a message, decoded."""

    text: str
    part: int
    """From 1, among the parts that hold no others."""


class MessageContent(NamedTuple):
    """What the reader of messages found around the HTML."""

    fields: tuple[HeaderField, ...]
    sent: bool
    """A mail server has handled it: nothing will be added to it."""
    plain_text: PlainText | None
    further: tuple[Template, ...] | None
    """The message's other HTML parts, if this is the first one; None where it is one of the others."""
