"""From masked text to a tree of start tags: our tokeniser says where they are, lxml how they nest.

Every start tag gets an attribute with its number before lxml parses the text. The numbers that do not come back are
the tags that lxml dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from mkt_lint._documents.markup import Markup, StartTag
from mkt_lint._documents.text import Range, SourceText
from mkt_lint._readers.template.tokens import Tag, Tokens, tokenise

_MARK = "data-mkt-lint-number"
_CONDITIONAL = r"<!--\[if[^\]]*+\]>(?!\s*<!-->)"
_CONDITIONAL_END = "<![endif]"


def parse(
    source: SourceText, masked: str, extent: Range, code_comments: Sequence[tuple[int, int]] = ()
) -> tuple[Markup, tuple[Range, ...]]:
    """The markup between two offsets, comments for Outlook included, and where all comments are.

    Args:
        code_comments: Where the template language has comments, which are no visible text.
    """
    tokens = tokenise(masked, extent.start, extent.end)
    starts = _nest(masked, tokens, extent, offset=0, conditional=False)
    ends = tokens.ends
    for begin, end in tokens.comments:
        inside = _outlook_content(masked, begin, end)
        if inside is not None:
            hidden = tokenise(masked, inside.start, inside.end)
            starts += _nest(masked, hidden, inside, offset=len(starts), conditional=True)
    if len(starts) > len(tokens.starts):
        starts = _in_source_order(starts)
    invisible = sorted([*tokens.comments, *tokens.others, *code_comments])
    comments = tuple(Range(*comment) for comment in tokens.comments)
    return Markup(source, masked, starts, ends, invisible, extent), comments


def _outlook_content(masked: str, begin: int, end: int) -> Range | None:
    """The inside of `<!--[if mso]> ... <![endif]-->`."""
    opened = re.compile(_CONDITIONAL).match(masked, begin, end)
    if opened is None:
        return None
    close = masked.rfind(_CONDITIONAL_END, opened.end(), end)
    return Range(opened.end(), close if close >= 0 else end - len("-->"))


def _nest(masked: str, tokens: Tokens, extent: Range, *, offset: int, conditional: bool) -> list[StartTag]:
    """The start tags of one stretch with their places in the tree; indices count from `offset`."""
    tags = tokens.starts
    parents: list[int | None] = [None] * len(tags)
    lasts = list(range(len(tags)))
    placed = bytearray(len(tags))
    if tags:
        _walk(_marked(masked, tags, extent), parents, lasts, placed)
    return [
        StartTag(
            tag.name,
            tag.start,
            tag.end,
            None if parent is None else parent + offset,
            last + offset,
            bool(seen),
            conditional,
        )
        for tag, parent, last, seen in zip(tags, parents, lasts, placed, strict=True)
    ]


def _marked(masked: str, tags: list[Tag], extent: Range) -> str:
    pieces: list[str] = []
    position = extent.start
    for number, tag in enumerate(tags):
        name_end = tag.start + 1 + len(tag.name)
        pieces.append(masked[position:name_end])
        pieces.append(f' {_MARK}="{number}" ')
        position = name_end
        if masked[tag.end - 2] == "/" and ("-" in tag.name or ":" in tag.name):
            # HTML knows no self-closing elements, MJML, VML and component languages do
            pieces.append(masked[position : tag.end - 2])
            pieces.append(f"></{tag.name}>")
            position = tag.end
    pieces.append(masked[position : extent.end])
    return "".join(pieces).replace("\0", "\ufffd")  # libxml2 stops at a NUL


def _walk(marked: str, parents: list[int | None], lasts: list[int], placed: bytearray) -> None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(marked.encode("utf-8", "surrogatepass"), parser)
    if root is None:
        return
    above: list[int | None] = [None]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        number = element.get(_MARK)
        if event == "start":
            current = above[-1]
            if number is not None:
                index = int(number)
                parents[index] = current
                placed[index] = 1
                current = index
            above.append(current)
            continue
        above.pop()
        if number is not None:
            index, parent = int(number), above[-1]
            if parent is not None and lasts[index] > lasts[parent]:
                lasts[parent] = lasts[index]


def _in_source_order(starts: list[StartTag]) -> list[StartTag]:
    """The tags sorted by place, parents and last descendants renumbered."""
    order = sorted(range(len(starts)), key=lambda index: starts[index].start)
    renumbered = [0] * len(starts)
    for new, old in enumerate(order):
        renumbered[old] = new
    result = []
    for old in order:
        tag = starts[old]
        parent = None if tag.parent is None else renumbered[tag.parent]
        result.append(StartTag(tag.name, tag.start, tag.end, parent, renumbered[tag.last], tag.placed, tag.conditional))
    return result
