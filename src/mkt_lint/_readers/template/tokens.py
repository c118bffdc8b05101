"""Tags and comments of HTML and MJML with their offsets, in one linear pass over masked text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

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

    __slots__ = ("comments", "ends", "others", "starts")

    def __init__(self) -> None:
        self.starts: list[Tag] = []
        self.ends: list[Tag] = []
        self.comments: list[tuple[int, int]] = []
        self.others: list[tuple[int, int]] = []
        """Doctypes, processing instructions, and the content of `script` and the like."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where markup begins, the name of a tag, and the rest of the tag."""
    return (
        re.compile(r"<(?:!--|[!?]|/?[A-Za-z])"),
        re.compile(r"[^\s/>\x00\ue000]+"),
        # an equals sign opens a value, in which a quoted ">" ends no tag; all possessive, hence linear
        re.compile(r"(?>[^=>]++|=\s*+(?>\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+>"),
    )


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def tokenise(masked: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tags and comments between two offsets; what is cut off at the end is no tag, as HTML has it."""
    end = len(masked) if end is None else end
    tokens = Tokens()
    markup, name_pattern, rest = _patterns()
    search, match_name, match_rest = markup.search, name_pattern.match, rest.match
    position = start
    while found := search(masked, position, end):
        at, opening = found.start(), found.group()
        if opening == "<!--":
            position = _comment_end(masked, at, end)
            tokens.comments.append((at, position))
            continue
        if opening[1] in "!?":
            close = masked.find(">", at, end)
            position = end if close < 0 else close + 1
            tokens.others.append((at, position))
            continue
        named = match_name(masked, found.end() - 1, end)
        closed = match_rest(masked, named.end(), end) if named else None
        if named is None or closed is None:
            break
        position = closed.end()
        tag = Tag(named.group().lower(), at, position)
        if opening[1] == "/":
            tokens.ends.append(tag)
            continue
        tokens.starts.append(tag)
        if tag.name in RAW_TEXT:
            raw_end = None if tag.name == "plaintext" else _raw_end(tag.name).search(masked, position, end)
            stop = raw_end.start() if raw_end else end
            tokens.others.append((position, stop))
            position = stop
    return tokens


def _comment_end(masked: str, start: int, end: int) -> int:
    if masked.startswith((">", "->"), start + 4):
        return masked.index(">", start) + 1
    close = masked.find("-->", start + 4, end)
    bang = masked.find("--!>", start + 4, end if close < 0 else close)
    if bang >= 0:
        return bang + 4
    return end if close < 0 else close + 3
