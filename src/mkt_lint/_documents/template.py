"""What a rule sees of an e-mail template."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Literal

from mkt_lint._documents.directives import Directive, find_directives
from mkt_lint._documents.excerpts import excerpt, masked_addresses
from mkt_lint._documents.markup import Attribute, Cut, Element
from mkt_lint._documents.parts import Code, Comment, Content, Include, IncludeProblem, Language, Purpose, Text
from mkt_lint._documents.tags import TagMeaning, TagUse, find_tags, telling
from mkt_lint._documents.text import Range
from mkt_lint._facts import Platform
from mkt_lint._model import Excerpt, Kind, Span

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig

__all__ = [
    "Attribute", "Code", "Comment", "Content", "Element", "Include", "IncludeProblem", "Language", "Purpose",
    "Template",
]  # fmt: skip

_FIRST = 40
"""Elements among which a language is declared."""

_FRAME = frozenset(("html", "head", "body"))


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
        message = content.message
        self.header_fields = message.fields if message else ()
        """Of an EML file, in the order of the source; empty elsewhere."""
        self.headers: Mapping[str, str] = {field.name: field.value for field in reversed(self.header_fields)}
        """Of an EML file, by lower-case name; of fields with one name the first."""
        self.sent = message.sent if message else False
        """Whether it is an EML file that a mail server has handled: nothing will be added to it."""
        self.plain_text = message.plain_text if message else None
        """The text part of an EML file, if it has one."""

    def __repr__(self) -> str:
        return f"<Template {self.path}>"

    @property
    def text(self) -> str:
        """The whole file as text; of an EML file the headers and the other parts too, see `extent`."""
        return self.source_text.text

    @property
    def lowered(self) -> str:
        """The whole file in lower case, letters beyond ASCII as they are; offsets in it are those in `text`."""
        return self.source_text.lowered

    @property
    def extent(self) -> Range:
        """Offsets of the template in `text`."""
        return self._content.markup.extent

    @property
    def elements(self) -> Sequence[Element]:
        """All elements in the order of the source, those in comments for Outlook included."""
        return self._content.markup.elements

    def elements_named(self, *tags: str) -> Sequence[Element]:
        """The elements with one of these tags, in lower case; in the order of the source."""
        by_tag = self.elements_by_tag
        found = [by_tag[tag] for tag in tags if tag in by_tag]
        if len(found) <= 1:  # of several names most templates have one
            return found[0] if found else ()
        return sorted(chain(*found), key=lambda element: element.index)

    @property
    def elements_by_tag(self) -> Mapping[str, Sequence[Element]]:
        """All elements by their tag, those of each tag in the order of the source."""
        return self._content.markup.by_tag

    @property
    def lost(self) -> tuple[Element, ...]:
        """Elements that the parser dropped, since they are nested too deeply: they have no place in the tree.

        A second `<html>`, `<head>` or `<body>` is not among them, since all inside it is in its place.
        """
        return tuple(element for element in self.elements if not element.placed and element.tag not in _FRAME)

    @property
    def cut(self) -> Cut | None:
        """What begins and never ends, so that all behind it is lost; None where there is no such thing."""
        return self._content.markup.cut

    @property
    def codes(self) -> tuple[Code, ...]:
        """Template code, in the order of the source."""
        return self._content.codes

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        text = self.text
        return tuple(Comment(text[r.start : r.end], r.start, r.end, self.source_text) for r in self._content.comments)

    @property
    def texts(self) -> Iterator[Text]:
        """The stretches of visible text between tags, in the order of the source."""
        for start, end in self._content.markup.visible.pieces(*self.extent):
            if not self.text[start:end].isspace():
                yield Text(self.text[start:end], start, end, self.source_text)

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

    @property
    def is_further_part(self) -> bool:
        """Whether it is an HTML part of a message that has another one before it, which speaks for both."""
        message = self._content.message
        return message is not None and message.further is None

    def forget(self) -> None:
        """Let go of all that was read; what is left is no template any more.

        A template, its markup and its elements hold each other: thousands of objects would wait for the collector.
        """
        for part in list(self.all_parts()) if vars(self) else ():
            part._content.markup.forget()
            vars(part).clear()

    def all_parts(self) -> Iterator[Template]:
        """The template, all that it takes in and, of an EML file, its further HTML parts; each once."""
        waiting: list[Template] = [self]
        seen: set[int] = set()
        while waiting:
            template = waiting.pop()
            if id(template) in seen:
                continue
            seen.add(id(template))
            yield template
            waiting += [include.template for include in template.includes if include.template is not None]
            message = template._content.message
            waiting += (message and message.further) or ()

    def unresolved(self) -> Iterator[tuple[Template, Include]]:
        """Includes that were not read, with the template that has them."""
        for template in self.all_parts():
            for include in template.includes:
                if include.template is None:
                    yield template, include

    def circular(self) -> Iterator[Include]:
        """Includes by which the file takes in itself."""
        location = self._content.location
        if location is None or not self.includes:
            return
        itself = location.resolve()
        leads_back: dict[int, bool] = {}
        for include in self.includes:
            if include.template is None:
                continue
            key = id(include.template)
            if key not in leads_back:
                places = (part._content.location for part in include.template.all_parts())
                leads_back[key] = any(place is not None and place.resolve() == itself for place in places)
            if leads_back[key]:
                yield include

    @cached_property
    def tag_uses(self) -> tuple[TagUse, ...]:
        """Uses of platforms' tags, in the order of the source; of the configured platform only, if there is one."""
        lowered = self.lowered if self.extent == (0, len(self.text)) else None
        return tuple(find_tags(self.text, *self.extent, self._known_platforms, lowered))

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
        told = self.telling_tags
        return tuple(platform for platform in self._known_platforms if platform.name in told) if told else ()

    @cached_property
    def telling_tags(self) -> Mapping[str, tuple[Template, TagUse]]:
        """By a platform's name the first tag that tells it, and the template that it stands in."""
        uses = {id(use): (part, use) for part in self.all_parts() for use in part.tag_uses}
        found: dict[str, tuple[Template, TagUse]] = {}
        for use in telling([use for _, use in uses.values()]):
            found.setdefault(use.platforms[0], uses[id(use)])
        return found

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
    def declared_language(self) -> str | None:
        """The language that the first element declares, such as `fr-FR`; None where none does or code fills it in."""
        for element in self.elements[:_FIRST]:
            value = element.get("lang") or element.get("xml:lang")
            if value and element.tag in ("html", "mjml", "body", "mj-body"):
                return value if _language_tag().fullmatch(value) else None
        return None

    @property
    def body_span(self) -> Span:
        """Where a finding about something that is missing stands: the start tag of the body, or the first one."""
        for elements in (self.elements_named("body", "mj-body"), self.elements):
            first = next((element for element in elements if not element.conditional), None)
            if first is not None:
                return first.span
        return self.span(self.extent.start, self.extent.start)

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
        """The line around the beginning of a span, cut short; addresses in links are starred out."""
        return excerpt(self.source_text, span)


@cache
def _language_tag() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
