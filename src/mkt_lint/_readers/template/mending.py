"""How tags nest where some are missing or crossed: lxml says.

lxml gets the tags alone, each start tag with its number for an attribute: attributes and text say nothing of how tags
nest, and cost time. The numbers that do not come back are the tags that lxml dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

from mkt_lint._documents.markup import closes_itself
from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.tokens import NO_TAG, RAW_TEXT, Tokens

if TYPE_CHECKING:
    from lxml import etree

DEEPEST = 2_000
"""How many elements may lie in each other: libxml2 looks through all of them for each end tag that has no start."""
_FEED = 16 * 1024
"""Bytes of tags that libxml2 gets at a time."""
_LONGEST_NAME = 60
"""libxml2 cuts longer names short."""
_STANDS_FOR = {
    **dict.fromkeys(("a", "b", "big", "font", "i", "s", "small", "strike", "tt", "u"), "x-{}"),
    **dict.fromkeys(("address", "h1", "h2", "h3", "h4", "h5", "h6", "pre"), "blockquote"),
}
"""For elements that libxml2 ends as HTML 4 has it: a link before a table, bold text before a paragraph."""
_VOID_SINCE = frozenset(("embed", "source", "track", "wbr"))
"""Those that libxml2 does not know to hold nothing."""


class Nested(NamedTuple):
    """How start tags nest; each has one item in each."""

    parents: Sequence[int | None]
    lasts: Sequence[int]
    closes: Iterable[int | None]
    """Where the end tags begin, as far as each closes what was opened last."""
    placed: Iterable[int]


def mend(masked: str, tokens: Tokens) -> Nested:
    """The nesting of all start tags of one stretch."""
    return _nesting().read(skeleton(masked, tokens), len(tokens.starts))


def skeleton(masked: str, tokens: Tokens) -> str:
    """The tags of a stretch and nothing else, start tags numbered."""
    names: dict[str, str] = {}
    open_tags: dict[str, int] = {}
    pieces: list[str] = []
    waiting = iter(tokens.ends)
    closing, closing_at, _ = next(waiting, NO_TAG)
    for number, (written, start, end) in enumerate(tokens.starts):
        while closing_at < start:
            _close(closing, names, open_tags, pieces)
            closing, closing_at, _ = next(waiting, NO_TAG)
        name = names.get(written)
        if name is None:
            name = names[written] = _parsable(written)
            open_tags.setdefault(name, 0)
        if written == "a":  # it holds no other, which libxml2 does not know of what stands for it
            _close(written, names, open_tags, pieces)
        pieces.append(f'<{name} n="{number}">')
        if written in RAW_TEXT or written in _VOID_SINCE or closes_itself(masked, written, end):
            pieces.append(f"</{name}>")
        else:
            open_tags[name] += 1
    while closing:
        _close(closing, names, open_tags, pieces)
        closing, _, _ = next(waiting, NO_TAG)
    return "".join(pieces)


def _close(end: str, names: Mapping[str, str], open_tags: dict[str, int], pieces: list[str]) -> None:
    """An end tag, unless it has no start tag before it: libxml2 would look for one through all that is open."""
    name = names.get(end)
    if name is not None and open_tags[name]:
        open_tags[name] -= 1
        pieces.append(f"</{name}>")


@cache
def _unparsable() -> re.Pattern[str]:
    return re.compile(r"[^a-z0-9:._-]")


@lru_cache(maxsize=1024)
def _parsable(name: str) -> str:
    return _STANDS_FOR.get(name, "{}").format(_unparsable().sub("_", name))[:_LONGEST_NAME]


class _TooDeepError(Exception):
    """More elements in each other than are followed."""


class Nesting:
    """How numbered tags nest, told by lxml tag by tag; a parser's target, for one text after the other.

    To make a parser takes as long as to parse a small template, so that one reads them all.
    """

    def __init__(self) -> None:
        self._parser: etree.HTMLParser | None = None
        self._begin(0)

    def _begin(self, count: int) -> None:
        self.parents: list[int | None] = [None] * count
        self.lasts = list(range(count))
        self.placed = bytearray(count)
        self._above: list[int | None] = [None]

    def read(self, skeleton: str, count: int) -> Nested:
        """Have lxml parse the tags.

        Args:
            count: How many start tags there are.
        """
        from lxml import etree  # most templates do without

        self._begin(count)
        if self._parser is None:
            self._parser = etree.HTMLParser(
                encoding="utf-8",
                huge_tree=True,
                target=self,  # type: ignore[arg-type]  # the stubs want methods that lxml does without
            )
        parser = self._parser
        tags = skeleton.encode("ascii")
        try:
            for start in range(0, len(tags), _FEED):  # at once it would not stop before the end
                parser.feed(tags[start : start + _FEED])
            parser.close()
        except _TooDeepError:
            self._parser = None  # it stands in the middle of a text
        lasts = self.lasts
        for index in range(count - 1, 0, -1):  # what is inside an element comes behind it
            parent = self.parents[index]
            if parent is not None and lasts[index] > lasts[parent]:
                lasts[parent] = lasts[index]
        if not all(self.placed):
            for index in range(1, count):
                if not self.placed[index]:
                    self.parents[index] = self._around(index)
        return Nested(self.parents, lasts, repeat(None), self.placed)

    def _around(self, index: int) -> int | None:
        """The element around a tag that lxml dropped: a second `<body>` adds nothing, but lies in another."""
        parent: int | None = index - 1
        while parent is not None and self.lasts[parent] < index:
            parent = self.parents[parent]
        return parent

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """A start tag; one that lxml adds itself has no number."""
        above = self._above
        if len(above) > DEEPEST:
            raise _TooDeepError
        current = above[-1]
        number = attributes.get("n")
        if number is not None:
            index = int(number)
            self.parents[index] = current
            self.placed[index] = 1
            current = index
        above.append(current)

    def end(self, _tag: str = "") -> None:
        """An end tag, or where one is implied."""
        self._above.pop()

    def close(self) -> None:
        """The end of the text."""


@cache
def _nesting() -> Nesting:
    return Nesting()
