"""What a rule sees of an e-mail template."""

from __future__ import annotations

import enum
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypeAlias

from mkt_lint._documents.directives import Directive, find_directives
from mkt_lint._documents.markup import Attribute, Element, Markup
from mkt_lint._documents.tags import TagMeaning, TagUse, find_tags, recognise
from mkt_lint._documents.text import Range, SourceText
from mkt_lint._facts import Platform
from mkt_lint._model import Excerpt, Kind, Span

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig

__all__ = [
    "Attribute", "Code", "Comment", "Content", "Element", "Include", "Language", "Purpose", "Template",
]  # fmt: skip

EXCERPT_WIDTH = 160
_QUERY = 1000
"""More than the longest value in a query string that is starred out, in characters."""

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


class Include(NamedTuple):
    """Another template that this one takes in: an include, a partial, the layout that it extends."""

    span: Span
    name: str
    """As written."""
    template: Template | None
    """None where it was not found or not read; then `problem` says why."""
    problem: str = ""
    """A clause that completes "includes NAME, which ..."."""


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
    headers: Mapping[str, str]
    """Of an EML file, by lower-case name, unfolded; empty elsewhere."""
    sent: bool
    """An EML file that a mail server has handled: nothing will be added to it."""


class Template:
    """An e-mail template: HTML, MJML, or the HTML part of an EML file.

    Everything beyond the parsed file itself (purpose, includes, platforms) is worked out when first asked for.
    """

    kind: ClassVar[Literal[Kind.TEMPLATE]] = Kind.TEMPLATE

    def __init__(
        self,
        content: Content,
        config: FileConfig,
        platforms: Callable[[], tuple[Platform, ...]],
        classify: Callable[[Template], tuple[Purpose, str]],
        follow: Callable[[Template], tuple[Include, ...]],
    ) -> None:
        self._content = content
        self._platforms = platforms
        self._classify = classify
        self._follow = follow
        self.config = config
        self.path = content.path
        self.part = content.part
        self.encoding = content.encoding
        self.language = content.language
        self.source_text = content.source
        self.headers = content.headers
        self.sent = content.sent

    def __repr__(self) -> str:
        return f"<Template {self.path}>"

    @property
    def text(self) -> str:
        """The whole file as text; of an EML file the headers and the other parts too, see `extent`."""
        return self.source_text.text

    @property
    def extent(self) -> Range:
        """Offsets of the template in `text`."""
        return self._content.markup.extent

    @property
    def elements(self) -> Sequence[Element]:
        """All elements in the order of the source, those in comments for Outlook included."""
        return self._content.markup.elements

    @property
    def lost(self) -> tuple[Element, ...]:
        """Elements that the parser dropped (nested too deeply, a second `<body>`): they have no place in the tree."""
        return tuple(element for element in self.elements if not element.raw.placed)

    @property
    def codes(self) -> tuple[Code, ...]:
        """Template code, in the order of the source."""
        return self._content.codes

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        text = self.text
        return tuple(Comment(text[r.start : r.end], r.start, r.end, self.source_text) for r in self._content.comments)

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        """Comments that are addressed to the linter."""
        return find_directives(self)

    @cached_property
    def _classified(self) -> tuple[Purpose, str]:
        return self._classify(self)

    @property
    def purpose(self) -> Purpose:
        return self._classified[0]

    @property
    def purpose_reason(self) -> str:
        """Why the template is taken for what it is: a phrase."""
        return self._classified[1]

    @cached_property
    def includes(self) -> tuple[Include, ...]:
        """What the file itself takes in, in the order of the source."""
        return self._follow(self)

    def all_parts(self) -> Iterator[Template]:
        """The template and all that it takes in, each once."""
        waiting: list[Template] = [self]
        seen: set[int] = set()
        while waiting:
            template = waiting.pop()
            if id(template) in seen:
                continue
            seen.add(id(template))
            yield template
            waiting += [include.template for include in template.includes if include.template is not None]

    def unresolved(self) -> Iterator[tuple[Template, Include]]:
        """Includes that were not read, with the template that has them."""
        for template in self.all_parts():
            for include in template.includes:
                if include.template is None:
                    yield template, include

    @cached_property
    def tag_uses(self) -> tuple[TagUse, ...]:
        """Uses of platforms' tags, in the order of the source; of the configured platform only, if there is one."""
        return tuple(find_tags(self.text, *self.extent, self._known_platforms))

    @cached_property
    def _known_platforms(self) -> tuple[Platform, ...]:
        known = self._platforms()
        if self.config.platform == "auto":
            return known
        return tuple(platform for platform in known if platform.name == self.config.platform)

    @cached_property
    def platforms(self) -> tuple[Platform, ...]:
        """The configured platform, or those whose own tags the template or what it takes in uses."""
        if self.config.platform != "auto":
            return self._known_platforms
        uses = [use for template in self.all_parts() for use in template.tag_uses]
        return recognise(uses, self._known_platforms)

    def tags(self, meaning: TagMeaning) -> Iterator[TagUse]:
        """Uses of tags with one meaning."""
        return (use for use in self.tag_uses if use.meaning == meaning)

    def code_at(self, start: int, end: int) -> Sequence[Code]:
        """The template code that begins between two offsets."""
        return self.codes[bisect_left(self._code_starts, start) : bisect_left(self._code_starts, end)]

    @cached_property
    def _code_starts(self) -> list[int]:
        return [code.start for code in self.codes]

    @cached_property
    def ids(self) -> frozenset[str]:
        """All values of `id`, and of `name` on anchors."""
        return frozenset(
            value
            for element in self.elements
            for name in ("id", "name")
            if (value := element.get(name)) and (name == "id" or element.tag == "a")
        )

    @cached_property
    def visible_text(self) -> str:
        """All visible text, blanks collapsed; template code that prints included."""
        return self._content.markup.visible.text(*self.extent)

    def visible_between(self, start: int, end: int) -> str:
        """The visible text between two offsets, blanks collapsed."""
        return self._content.markup.visible.text(start, end)

    @property
    def body_span(self) -> Span:
        """Where a finding about something that is missing stands: the start tag of the body, or the first one."""
        first = None
        for element in self.elements:
            if element.conditional:
                continue
            if element.tag in ("body", "mj-body"):
                return element.span
            first = first or element
        return first.span if first else self.span(self.extent.start, self.extent.start)

    def tag_before(self, offset: int) -> tuple[Element, int, bool] | None:
        """The last tag that ends at or before an offset: its element, its end, whether it closes the element."""
        return self._content.markup.tag_before(offset)

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]`."""
        return self.source_text.span(start, end)

    def snippet(self, span: Span) -> str:
        """The source of a span; addresses in links are starred out."""
        return masked_addresses(self.source_text.slice(span))

    def excerpt(self, span: Span) -> Excerpt:
        """The line around the beginning of a span, cut to `EXCERPT_WIDTH`; addresses in links are starred out."""
        line_start, line_end = self.source_text.line_range(span.line)
        length = line_end - line_start
        begin = span.column - 1
        end = span.end_column - 1 if span.end_line == span.line else length
        room = max(0, EXCERPT_WIDTH - (end - begin))
        first = 0 if length <= EXCERPT_WIDTH else max(0, min(begin - room // 2, length - EXCERPT_WIDTH))
        # a minified template is one line: to star out all of it for each finding would be quadratic
        left = max(0, first - _QUERY)
        near = self.text[line_start + left : min(line_end, line_start + first + EXCERPT_WIDTH + _QUERY)]
        shown = masked_addresses(near)[first - left : first - left + EXCERPT_WIDTH]
        return Excerpt(span.line, first + 1, shown)


@cache
def _query_value() -> re.Pattern[str]:
    return re.compile(r"(?<=[?&;=])[^\s\"'<>?&;=#]{1,320}(?:@|%40)[^\s\"'<>&;#]{1,320}")


def masked_addresses(line: str) -> str:
    """A line with the values in query strings that look like e-mail addresses replaced by as many stars."""
    if "@" not in line and "%40" not in line:
        return line
    return _query_value().sub(lambda found: "*" * len(found[0]), line)
