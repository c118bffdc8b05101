"""From masked text to a tree of start tags: our tokeniser says where they are, lxml how they nest.

lxml gets the tags alone, each start tag with its number for an attribute: attributes and text say nothing of how tags
nest, and cost time. The numbers that do not come back are the tags that lxml dropped.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from operator import itemgetter

from lxml import etree

from mkt_lint._documents.markup import Cut, CutKind, EndTag, Markup, StartTag
from mkt_lint._documents.text import Range, SourceText
from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.tokens import RAW_TEXT, Tag, Tokens, tokenise

DEEPEST = 2_000
"""How many elements may lie in each other: libxml2 looks through all of them for each end tag that has no start."""
_FEED = 16 * 1024
"""Bytes of tags that libxml2 gets at a time."""
_CONDITIONAL_END = "<![endif]"
_LONGEST_NAME = 60
"""libxml2 cuts longer names short."""
_NO_TAG: Tag = ("", sys.maxsize, sys.maxsize)
"""Stands behind the last end tag."""


def parse(
    source: SourceText, masked: str, extent: Range, code_comments: Sequence[tuple[int, int]] = ()
) -> tuple[Markup, tuple[Range, ...]]:
    """The markup between two offsets, comments for Outlook included, and where all comments are.

    Args:
        code_comments: Where the template language has comments, which are no visible text.
    """
    tokens = tokenise(masked, extent.start, extent.end)
    starts = _nest(masked, tokens, conditional=False)
    ends: list[EndTag] = [(name, start, end, False) for name, start, end in tokens.ends]
    cut = tokens.cut
    for begin, stop in tokens.comments:
        inside = _outlook_content(masked, begin, stop)
        if inside is not None:
            at, before = inside.start, len(starts)
            hidden = _hidden(masked[at : inside.end])
            starts += [
                (name, at + start, at + end, None if parent is None else before + parent, before + last, placed, True)
                for name, start, end, parent, last, placed, _ in hidden.starts
            ]
            ends += [(name, at + start, at + end, True) for name, start, end in hidden.ends]
            if hidden.cut and hidden.cut[0] != "comment":  # no comment lies in another
                kind, start, end = hidden.cut
                cut = cut or (kind, at + start, at + end)
    if len(starts) > len(tokens.starts):
        starts = _in_source_order(starts)
    if len(ends) > len(tokens.ends):
        ends.sort(key=itemgetter(1))
    invisible = sorted([*tokens.comments, *tokens.others, *code_comments])
    comments = tuple(Range(*comment) for comment in tokens.comments)
    return Markup(source, masked, starts, ends, invisible, extent, cut and Cut(*cut, source)), comments


@cache
def _conditional() -> re.Pattern[str]:
    return re.compile(r"<!--\[if[^\]]*+\]>(?!\s*<!--\s*-->)")


def _outlook_content(masked: str, begin: int, end: int) -> Range | None:
    """The inside of `<!--[if mso]> ... <![endif]-->`."""
    opened = _conditional().match(masked, begin, end) if masked.startswith("<!--[if", begin) else None
    if opened is None:
        return None
    close = masked.rfind(_CONDITIONAL_END, opened.end(), end)
    if close < 0:
        close = end - len("-->") if masked.endswith("-->", opened.end(), end) else end
    return Range(opened.end(), close)


class _Hidden(NamedTuple):
    """What a comment for Outlook has in it; offsets and indices count from its beginning."""

    starts: Sequence[StartTag]
    ends: Sequence[Tag]
    cut: tuple[CutKind, int, int] | None


@lru_cache(maxsize=64)  # a message has dozens of such comments, most with the same few tags of a table in them
def _hidden(masked: str) -> _Hidden:
    tokens = tokenise(masked)
    return _Hidden(_nest(masked, tokens, conditional=True), tokens.ends, tokens.cut)


def _nest(masked: str, tokens: Tokens, *, conditional: bool) -> list[StartTag]:
    """The start tags of one stretch with their places in the tree."""
    if not tokens.starts:
        return []
    names, starts, ends = zip(*tokens.starts, strict=True)
    nesting = _nesting()
    nesting.read(skeleton(masked, tokens), len(names))
    parents, lasts, placed = nesting.parents, nesting.lasts, nesting.placed
    return list(zip(names, starts, ends, parents, lasts, placed, repeat(conditional)))  # the last has no end


def skeleton(masked: str, tokens: Tokens) -> str:
    """The tags of a stretch and nothing else, start tags numbered."""
    names: dict[str, str] = {}
    open_tags: dict[str, int] = {}
    pieces: list[str] = []
    waiting = iter(tokens.ends)
    closing, closing_at, _ = next(waiting, _NO_TAG)
    for number, (written, start, end) in enumerate(tokens.starts):
        while closing_at < start:
            _close(closing, names, open_tags, pieces)
            closing, closing_at, _ = next(waiting, _NO_TAG)
        name = names.get(written)
        if name is None:
            name = names[written] = _parsable(written)
            open_tags.setdefault(name, 0)
        pieces.append(f'<{name} n="{number}">')
        if written in RAW_TEXT or (masked[end - 2] == "/" and is_closed(masked, written, end)):
            pieces.append(f"</{name}>")
        else:
            open_tags[name] += 1
    while closing:
        _close(closing, names, open_tags, pieces)
        closing, _, _ = next(waiting, _NO_TAG)
    return "".join(pieces)


def _close(end: str, names: Mapping[str, str], open_tags: dict[str, int], pieces: list[str]) -> None:
    """An end tag, unless it has no start tag before it: libxml2 would look for one through all that is open."""
    name = names.get(end)
    if name is not None and open_tags[name]:
        open_tags[name] -= 1
        pieces.append(f"</{name}>")


def is_closed(masked: str, name: str, end: int) -> bool:
    """Whether a start tag closes itself: HTML knows no such thing, MJML, VML and component languages do."""
    return masked[end - 2] == "/" and ("-" in name or ":" in name)


@cache
def _unparsable() -> re.Pattern[str]:
    return re.compile(r"[^a-z0-9:._-]")


@lru_cache(maxsize=1024)
def _parsable(name: str) -> str:
    return _unparsable().sub("_", name)[:_LONGEST_NAME]


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

    def read(self, skeleton: str, count: int) -> None:
        """Have lxml parse the tags.

        Args:
            count: How many start tags there are.
        """
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


def _in_source_order(starts: list[StartTag]) -> list[StartTag]:
    """The tags sorted by place, parents and last descendants renumbered."""
    order = sorted(range(len(starts)), key=lambda index: starts[index][1])
    renumbered = [0] * len(starts)
    for new, old in enumerate(order):
        renumbered[old] = new
    result: list[StartTag] = []
    for old in order:
        name, start, end, parent, last, placed, conditional = starts[old]
        parent = None if parent is None else renumbered[parent]
        result.append((name, start, end, parent, renumbered[last], placed, conditional))
    return result
