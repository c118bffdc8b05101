"""From masked text to a tree of start tags, those in comments for Outlook included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from mkt_lint._documents.markup import Cut, CutKind, Markup, StartTag, Tag
from mkt_lint._documents.text import Range, SourceText
from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.nesting import nest
from mkt_lint._readers.template.tokens import tokenise

_CONDITIONAL_END = "<![endif]"


def parse(
    source: SourceText, masked: str, extent: Range, code_comments: Sequence[tuple[int, int]] = ()
) -> tuple[Markup, tuple[Range, ...]]:
    """The markup between two offsets, comments for Outlook included, and where all comments are.

    Args:
        code_comments: Where the template language has comments, which are no visible text.
    """
    tokens = tokenise(masked, extent.start, extent.end)
    starts = nest(masked, tokens, conditional=False)
    conditional_ends: list[Tag] = []
    cut = tokens.cut
    for begin, stop in tokens.comments:
        inside = _outlook_content(masked, begin, stop)
        if inside is not None:
            at, before = inside.start, len(starts)
            hidden = _hidden(masked[at : inside.end])
            starts += [_moved(tag, at, before) for tag in hidden.starts]
            conditional_ends += [(name, at + start, at + end) for name, start, end in hidden.ends]
            if hidden.cut and hidden.cut[0] != "comment":  # no comment lies in another
                kind, start, end = hidden.cut
                cut = cut or (kind, at + start, at + end)
    if len(starts) > len(tokens.starts):
        starts = _in_source_order(starts)
    invisible = sorted([*tokens.comments, *tokens.others, *code_comments])
    comments = tuple(Range(*comment) for comment in tokens.comments)
    cut_off = cut and Cut(*cut, source)
    return Markup(source, masked, starts, tokens.ends, conditional_ends, invisible, extent, cut_off), comments


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
    return _Hidden(nest(masked, tokens, conditional=True), tokens.ends, tokens.cut)


def _moved(tag: StartTag, offset: int, index: int) -> StartTag:
    """A tag of a comment among those of the file."""
    (name, start, end), parent, last, close, placed, conditional = tag
    parent = None if parent is None else index + parent
    close = None if close is None else offset + close
    return (name, offset + start, offset + end), parent, index + last, close, placed, conditional


def _in_source_order(starts: list[StartTag]) -> list[StartTag]:
    """The tags sorted by place, parents and last descendants renumbered."""
    order = sorted(range(len(starts)), key=[tag[0][1] for tag in starts].__getitem__)
    renumbered = [0] * len(starts)
    for new, old in enumerate(order):
        renumbered[old] = new
    result: list[StartTag] = []
    for old in order:
        tag, parent, last, close, placed, conditional = starts[old]
        parent = None if parent is None else renumbered[parent]
        result.append((tag, parent, renumbered[last], close, placed, conditional))
    return result
