"""What a template is made of besides its elements: code, comments, texts, and what it takes in."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Literal, TypeAlias

from mkt_lint._documents.markup import Markup
from mkt_lint._documents.message import MessageContent
from mkt_lint._documents.text import Range, SourceText
from mkt_lint._model import Span
from mkt_lint._named import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from mkt_lint._documents.template import Template

Language: TypeAlias = Literal["html", "mjml"]


class Purpose(enum.StrEnum):
    """What a template is for."""

    MARKETING = "marketing"
    TRANSACTIONAL = "transactional"
    PARTIAL = "partial"
    """A piece of a message: a component, a snippet, a layout, a skeleton without text."""
    PAGE = "page"
    """A web page, no e-mail."""


class Code(NamedTuple):
    """A stretch of template code."""

    text: str
    start: int
    end: int
    prints: bool
    """Whether it prints something; a statement or a comment does not."""
    comment: bool
    source: SourceText

    @property
    def span(self) -> Span:
        return self.source.span(self.start, self.end)


class Comment(NamedTuple):
    """An HTML comment, `<!--` and `-->` included."""

    text: str
    start: int
    end: int
    source: SourceText

    @property
    def span(self) -> Span:
        return self.source.span(self.start, self.end)


class IncludeProblem(enum.StrEnum):
    """Why an include was not read: a clause that completes "includes NAME, which ..."."""

    MISSING = "was not found under the template roots"
    VARIABLE = "is named by a variable"
    HELD = "the sending platform holds"
    PACKAGE = "comes with a package"
    ABSOLUTE = "is an absolute path; write it relative to a template root"
    OUTSIDE = "lies outside the template roots"
    UNREADABLE = "cannot be read as text"


class Text(NamedTuple):
    """A stretch of visible text between two tags, as in the source: template code and character references included."""

    text: str
    start: int
    end: int
    source: SourceText

    @property
    def span(self) -> Span:
        return self.source.span(self.start, self.end)


class Include(NamedTuple):
    """Another template that this one takes in: an include, a partial, the layout that it extends."""

    span: Span
    name: str
    """As written."""
    template: Template | None
    """None where it was not found or not read; then `problem` says why."""
    problem: IncludeProblem | Literal[""] = ""


class Content(NamedTuple):
    """What a reader found in a file."""

    path: str
    part: str | None
    encoding: str
    language: Language
    source: SourceText
    markup: Markup
    codes: tuple[Code, ...]
    comments: tuple[Range, ...]
    message: MessageContent | None = None
    """What an EML file has around its HTML."""
    location: Path | None = None
    """Where the file lies; None for the standard input and for parts of messages."""
