"""Tags and comments of HTML and MJML with their offsets, in one linear pass over masked text."""

from __future__ import annotations

import re
import sys
from functools import cache

from mkt_lint._documents.markup import CutKind, Tag
from mkt_lint._documents.text import ascii_lower

RAW_TEXT = frozenset(
    ("iframe", "mj-style", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp")
)
"""Elements whose content holds no tags."""


NO_TAG: Tag = ("", sys.maxsize, sys.maxsize)
"""Stands behind the last tag."""


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
def _markup() -> re.Pattern[str]:
    """Where markup begins; of a tag whether it is an end tag, its name, and the rest with its `>`, if it ever ends."""
    return re.compile(
        r"<(?:(/?)([A-Za-z][^\s/>\x00\ue000]*+)"
        # an equals sign opens a value, in which a quoted ">" ends no tag, and a quotation mark without a second one
        # ends neither; all possessive, hence linear
        r"(?:[^=>]*+(?:=\s*+(?>\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>))[^=>]*+)*+>)?+|!--|[!?])"
    )


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def tokenise(masked: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tags and comments between two offsets. A tag that never ends is none, as HTML has it."""
    end = len(masked) if end is None else end
    tokens = Tokens()
    starts, ends = tokens.starts, tokens.ends
    endless: set[str] = set()
    names: dict[str, str] = {}
    passed: int | None = start
    while passed is not None:
        position, passed = passed, None
        for found in _markup().finditer(masked, position, end):
            at, position = found.span()
            closing, written = found.groups()
            if written is None:
                passed = _passed_over(masked, at, position, end, tokens)
                break
            if masked[position - 1] != ">":  # which is in no name
                tokens.cut = ("tag", at, position)
                tokens.others.append((at, end))
                break
            name = names.get(written) or names.setdefault(written, ascii_lower(written))
            if closing:
                ends.append((name, at, position))
                continue
            starts.append((name, at, position))
            if name in RAW_TEXT:
                passed = _raw_stop(masked, name, position, end, endless)
                if passed is None:
                    tokens.cut = ("element", at, position)
                    passed = end
                tokens.others.append((position, passed))
                break
    return tokens


def _passed_over(masked: str, at: int, opened: int, end: int, tokens: Tokens) -> int:
    """Where a comment, a doctype or a processing instruction ends."""
    if opened - at == len("<!--"):
        closing = _comment_end(masked, at, end)
        if closing is None:
            tokens.cut = ("comment", at, opened)
        position = closing or end
        tokens.comments.append((at, position))
        return position
    close = masked.find(">", at, end)
    position = end if close < 0 else close + 1
    tokens.others.append((at, position))
    return position


def _raw_stop(masked: str, name: str, opened: int, end: int, endless: set[str]) -> int | None:
    """Where the content of an element without tags in it ends; None where it never does.

    Args:
        opened: Where its start tag ends.
        endless: Names of which no end tag comes any more: nothing is searched twice.
    """
    if name == "plaintext":
        return None
    closes_itself = masked[opened - 2] == "/"
    if closes_itself and "-" in name:
        return opened
    if name not in endless:
        found = _raw_end(name).search(masked, opened, end)
        if found:
            return found.start()
        endless.add(name)
    return opened if closes_itself else None  # `<title/>` is XML's way, and everything else would be its text


def _comment_end(masked: str, start: int, end: int) -> int | None:
    if masked.startswith((">", "->"), start + 4):
        return min(end, masked.index(">", start) + 1)
    close = masked.find("-->", start + 4, end)
    bang = masked.find("--!>", start + 4, end if close < 0 else close)
    if bang >= 0:
        return bang + 4
    return None if close < 0 else close + 3
