"""Tags and comments of HTML and MJML with their offsets, in one linear pass over masked text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from mkt_lint._documents.markup import CutKind
from mkt_lint._documents.text import ascii_lower

RAW_TEXT = frozenset(
    ("iframe", "mj-style", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp")
)
"""Elements whose content holds no tags."""


class Tag(NamedTuple):
    """A start or an end tag; `end` is exclusive."""

    name: str
    """Lower case."""
    start: int
    end: int


class Tokens:
    """What one stretch of markup is made of, in the order of the source."""

    __slots__ = ("comments", "cut", "ends", "others", "starts")

    def __init__(self) -> None:
        self.starts: list[Tag] = []
        self.ends: list[Tag] = []
        self.comments: list[tuple[int, int]] = []
        self.others: list[tuple[int, int]] = []
        """Doctypes, processing instructions, the content of `script` and the like, and a tag that never ends."""
        self.cut: tuple[CutKind, int, int] | None = None
        """What begins and never ends, with the offsets of its beginning: all behind it is part of it."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where markup begins, with the name of a tag, and the rest of the tag."""
    return (
        re.compile(r"<(?:!--|[!?]|/?([A-Za-z][^\s/>\x00\ue000]*+))"),
        # an equals sign opens a value, in which a quoted ">" ends no tag, and a quotation mark without a second one
        # ends neither; all possessive, hence linear
        re.compile(r"(?>[^=>]++|=\s*+(?>\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))*+>"),
    )


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def tokenise(masked: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tags and comments between two offsets. A tag that never ends is none, as HTML has it."""
    end = len(masked) if end is None else end
    tokens = Tokens()
    endless: set[str] = set()
    markup, rest = _patterns()
    position = start
    while found := markup.search(masked, position, end):
        at, opening = found.start(), found.group()
        if opening == "<!--":
            closing = _comment_end(masked, at, end)
            if closing is None:
                tokens.cut = ("comment", at, found.end())
            position = closing or end
            tokens.comments.append((at, position))
            continue
        if opening[1] in "!?":
            close = masked.find(">", at, end)
            position = end if close < 0 else close + 1
            tokens.others.append((at, position))
            continue
        closed = rest.match(masked, found.end(), end)
        if closed is None:
            tokens.cut = ("tag", at, found.end())
            tokens.others.append((at, end))
            break
        position = closed.end()
        tag = Tag(ascii_lower(found[1]), at, position)
        if opening[1] == "/":
            tokens.ends.append(tag)
            continue
        tokens.starts.append(tag)
        if tag.name in RAW_TEXT:
            stop = _raw_stop(masked, tag, end, endless)
            if stop is None:
                tokens.cut = ("element", at, position)
                stop = end
            tokens.others.append((position, stop))
            position = stop
    return tokens


def _raw_stop(masked: str, tag: Tag, end: int, endless: set[str]) -> int | None:
    """Where the content of an element without tags in it ends; None where it never does.

    Args:
        endless: Names of which no end tag comes any more: nothing is searched twice.
    """
    if tag.name == "plaintext":
        return None
    closes_itself = masked[tag.end - 2] == "/"
    if closes_itself and "-" in tag.name:
        return tag.end
    if tag.name not in endless:
        found = _raw_end(tag.name).search(masked, tag.end, end)
        if found:
            return found.start()
        endless.add(tag.name)
    return tag.end if closes_itself else None  # `<title/>` is XML's way, and everything else would be its text


def _comment_end(masked: str, start: int, end: int) -> int | None:
    if masked.startswith((">", "->"), start + 4):
        return min(end, masked.index(">", start) + 1)
    close = masked.find("-->", start + 4, end)
    bang = masked.find("--!>", start + 4, end if close < 0 else close)
    if bang >= 0:
        return bang + 4
    return None if close < 0 else close + 3
