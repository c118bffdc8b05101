"""Elements and attributes of a template, with the exact places that they have in its source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Literal, TypeAlias

from mkt_lint._documents.text import Range, SourceText, ascii_lower
from mkt_lint._documents.visible import VisibleText
from mkt_lint._model import Span
from mkt_lint._named import NamedTuple

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)


CutKind: TypeAlias = Literal["tag", "comment", "element"]


class Cut(NamedTuple):
    """What begins in a template and never ends: all behind it is part of it, and nobody sees that."""

    kind: CutKind
    """An element is one like `<style>`, whose content holds no tags."""
    start: int
    """Of its beginning: `<a`, `<!--`, the whole start tag of an element."""
    end: int
    source: SourceText

    @property
    def span(self) -> Span:
        return self.source.span(self.start, self.end)

    @property
    def identity(self) -> str:
        """How it begins: what tells it from others when lines have moved."""
        return " ".join(self.source.text[self.start : self.end].split())


Tag: TypeAlias = tuple[str, int, int]
"""A start or an end tag: its name in lower case, where it starts, where it ends; there are too many for objects."""

StartTag: TypeAlias = tuple[Tag, int | None, int, int | None, int, bool]
"""A start tag in its place, see `Element`: the tag, the index of the element around it among all start tags, that of
the last element inside it, where its end tag begins if that is plain, whether the parser placed it, whether it is
conditional."""


class Attribute(NamedTuple):
    """One attribute; of duplicates the first."""

    name: str
    """Lower case; as in the source where it is template code."""
    value: str
    """As in the source, template code and character references included; empty where there is none."""
    has_value: bool
    start: int
    end: int
    name_start: int
    source: SourceText

    @property
    def span(self) -> Span:
        """Of the value without its quotes; of the name where there is no value."""
        return self.source.span(self.start, self.end) if self.has_value else self.name_span

    @property
    def name_span(self) -> Span:
        return self.source.span(self.name_start, self.name_start + len(self.name))

    @property
    def identity(self) -> str:
        """Name and value, blanks collapsed: what tells it from others when lines have moved."""
        return " ".join(f"{self.name}={self.value}".split())


class Element:
    """An element; its span is that of its start tag."""

    __slots__ = {  # noqa: RUF023  # in the order of a start tag
        "_markup": None,
        "_attributes": None,
        "_content": None,
        "index": "Among all elements of the template.",
        "tag": "Lower case.",
        "start": "Offset of the start tag's `<`.",
        "end": "Offset after the start tag's `>`.",
        "_parent": None,
        "_close": None,
        "last": "The index of the last element inside; its own where there is none.",
        "placed": "False where the parser dropped the tag: then nothing is known of what is around and inside it.",
        "conditional": "Whether it stands in a comment that only Outlook reads.",
    }

    def __init__(
        self, markup: Markup, index: int, tag: Tag, parent: int | None, last: int, close: int | None, placed: int,
        conditional: bool,
    ) -> None:  # fmt: skip
        self._markup = markup
        self._attributes: Mapping[str, Attribute] | None = None
        self._content: Range | None = None
        self.index = index
        self.tag, self.start, self.end = tag
        self._parent = parent
        self._close = close
        self.last = last
        self.placed = bool(placed)
        self.conditional = conditional

    def __repr__(self) -> str:
        return f"<Element {self.tag} at {self.start}>"

    @property
    def span(self) -> Span:
        return self._markup.source.span(self.start, self.end)

    @property
    def identity(self) -> str:
        """The start tag, blanks collapsed: what tells it from others when lines have moved."""
        return " ".join(self.source_tag.split())

    @property
    def source_tag(self) -> str:
        """The start tag as in the source."""
        return self._markup.source.text[self.start : self.end]

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """By name, lower case."""
        if self._attributes is None:
            self._attributes = self._markup.attributes(self)
        return self._attributes

    def get(self, name: str) -> str | None:
        """An attribute's value as in the source, without blanks around it; None where there is no such attribute."""
        attribute = self.attributes.get(name)
        return attribute.value.strip() if attribute else None

    @property
    def parent(self) -> Element | None:
        return None if self._parent is None else self._markup.elements[self._parent]

    def ancestors(self) -> Iterator[Element]:
        """From the parent up."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def descendants(self) -> Sequence[Element]:
        """All elements inside, in the order of the source."""
        return self._markup.elements[self.index + 1 : self.last + 1]

    def children(self) -> list[Element]:
        return [element for element in self.descendants() if element._parent == self.index]

    @property
    def content(self) -> Range:
        """Offsets of what is inside, from its start tag to its end tag or to where it is implied."""
        if self._content is None:
            self._content = self._markup.content(self) if self._close is None else Range(self.end, self._close)
        return self._content

    @property
    def text(self) -> str:
        """The visible text inside as the source has it, template code included, blanks collapsed."""
        return self._markup.visible.text(*self.content)


class Markup:
    """All elements of a template.

    Args:
        source: The file's text.
        masked: The same, template code covered: attributes are told apart in it.
        starts: Start tags, in the order of the source.
        ends: End tags, in the order of the source.
        conditional_ends: Those in comments for Outlook, likewise.
        invisible: What prints nothing between tags: comments, styles, scripts; sorted.
        extent: The stretch that is the template, where the file holds more than that.
        cut: What begins and never ends, if there is such a thing.
    """

    def __init__(
        self,
        source: SourceText,
        masked: str,
        starts: Sequence[StartTag],
        ends: Sequence[Tag],
        conditional_ends: Sequence[Tag],
        invisible: Sequence[tuple[int, int]],
        extent: Range,
        cut: Cut | None = None,
    ) -> None:
        self.cut = cut
        self.source = source
        self.masked = masked
        self.extent = extent
        self._starts = starts
        self._ends = ends
        self._conditional_ends = conditional_ends
        self._invisible = invisible
        self._matched_ends: dict[str, dict[int, int]] = {}
        self.elements = [Element(self, index, *tag) for index, tag in enumerate(starts)]

    def forget(self) -> None:
        """Let go of the elements, each of which holds this."""
        self.__dict__.clear()

    @cached_property
    def by_tag(self) -> Mapping[str, Sequence[Element]]:
        """The elements by tag."""
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            found.setdefault(element.tag, []).append(element)
        return found

    def attributes(self, element: Element) -> dict[str, Attribute]:
        """The attributes of an element."""
        source = self.source
        text = source.text
        found: dict[str, Attribute] = {}
        for match in _attribute().finditer(self.masked, element.start + 1 + len(element.tag), element.end - 1):
            name_start, name_end = match.span(1)
            name = ascii_lower(text[name_start:name_end])  # which may be, or hold, template code
            if name in found:
                continue
            group = match.lastindex or 1
            start, end = match.span(group) if group > 1 else (name_end, name_end)
            found[name] = Attribute(name, text[start:end], group > 1, start, end, name_start, source)
        return found

    def _end_tags(self, tag: str) -> Mapping[int, int]:
        """Index of an element to the start of its end tag, for all with one tag.

        Tags that nest wrongly are matched by name. What Outlook alone reads is often opened in one comment and closed
        in another.
        """
        if tag not in self._matched_ends:
            matched = self._matched_ends[tag] = {}
            opened: dict[bool, list[Element]] = {False: [], True: []}
            elements = (element for element in self.by_tag.get(tag, ()) if not self._is_empty(element))
            upcoming = next(elements, None)
            for start, conditional in self._ends_by_tag.get(tag, ()):
                while upcoming is not None and upcoming.start < start:
                    opened[upcoming.conditional].append(upcoming)
                    upcoming = next(elements, None)
                if opened[conditional]:
                    matched[opened[conditional].pop().index] = start
        return self._matched_ends[tag]

    @cached_property
    def _ends_by_tag(self) -> Mapping[str, Sequence[tuple[int, bool]]]:
        """Where the end tags begin, and whether they are conditional."""
        found: dict[str, list[tuple[int, bool]]] = {}
        for ends, conditional in ((self._ends, False), (self._conditional_ends, True)):
            for name, start, _ in ends:
                found.setdefault(name, []).append((start, conditional))
        for places in found.values() if self._conditional_ends else ():
            places.sort()
        return found

    def content(self, element: Element) -> Range:
        """Where the inside of an element begins and ends."""
        begin = element.end
        if self._is_empty(element):
            return Range(begin, begin)
        end = self._end_tags(element.tag).get(element.index)
        if end is None:
            ends = (self._end_tags(above.tag).get(above.index) for above in element.ancestors())
            end = next((end for end in ends if end is not None), self.extent.end)
        if element.placed and not element.conditional:
            following = self._next_unconditional[element.last]
            if following < len(self.elements):
                end = min(end, self.elements[following].start)
        return Range(begin, max(begin, end))

    def _is_empty(self, element: Element) -> bool:
        return element.tag in VOID or closes_itself(self.masked, element.tag, element.end)

    @cached_property
    def _next_unconditional(self) -> Sequence[int]:
        """For each element the index of the next one that does not stand in a comment for Outlook."""
        following = [len(self.elements)] * len(self.elements)
        for index in range(len(self.elements) - 2, -1, -1):
            following[index] = following[index + 1] if self.elements[index + 1].conditional else index + 1
        return following

    def tag_before(self, offset: int) -> tuple[Element, int, bool] | None:
        """The last tag that ends at or before an offset: its element, its end, whether it closes the element.

        Tags in comments for Outlook do not count, nor do end tags of nothing.
        """
        starts = self._plain_starts
        at = bisect_right(starts, offset, key=lambda element: element.end)
        opened = starts[at - 1] if at else None
        for number in range(bisect_right(self._ends, offset, key=lambda tag: tag[2]) - 1, -1, -1):
            name, start, end = self._ends[number]
            if opened is not None and end <= opened.start:
                break
            closed = self._closed_by.get(start)
            if closed is not None and name == self.elements[closed].tag:
                return self.elements[closed], end, True
        return (opened, opened.end, self._is_empty(opened)) if opened is not None else None

    @cached_property
    def _plain_starts(self) -> Sequence[Element]:
        return [element for element in self.elements if not element.conditional]

    @cached_property
    def _closed_by(self) -> Mapping[int, int]:
        """Start of an end tag to the index of the element that it closes."""
        return {start: index for tag in self._ends_by_tag for index, start in self._end_tags(tag).items()}

    @cached_property
    def visible(self) -> VisibleText:
        """The text that a reader of the message sees."""
        starts = [tag for tag, _, _, _, _, conditional in self._starts if not conditional]
        return VisibleText(self.source, [*starts, *self._ends], self._invisible)


def closes_itself(masked: str, tag: str, end: int) -> bool:
    """Whether a start tag closes itself: HTML knows no such thing, MJML, VML and component languages do."""
    return masked[end - 2] == "/" and ("-" in tag or ":" in tag)


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++))?+)?+")
