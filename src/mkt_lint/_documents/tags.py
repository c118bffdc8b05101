"""Where a template uses the literal tags of e-mail platforms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from mkt_lint._documents.text import ascii_lower
from mkt_lint._facts import Platform
from mkt_lint._named import NamedTuple

TagMeaning: TypeAlias = Literal["unsubscribe", "preferences", "view_online", "address"]
MEANINGS: tuple[TagMeaning, ...] = ("unsubscribe", "preferences", "view_online", "address")

_DELIMITERS = frozenset("{}[]%$#*<>~")
_MARKING = "{[%$#*|!~@"
"""Those that are rare in markup."""
_COMMON = ("unsub", "pref", "webv", "data-")
_PREFIX = 6
"""Of tags with neither a mark nor what is common: by so many characters they are looked for together."""

_BLANKS = bytes(code for code in range(128) if chr(code).isspace())


class TagUse(NamedTuple):
    """One use of a platform's tag."""

    tag: str
    """As the platform's data has it, lower case and without blanks."""
    meaning: TagMeaning
    platforms: tuple[str, ...]
    """All that have this tag with this meaning."""
    start: int
    end: int
    whole_link: bool
    """Whether it prints a complete link on at least one of those platforms."""


class _Tag:
    __slots__ = ("meanings", "owners", "whole_link")

    def __init__(self) -> None:
        self.meanings: dict[TagMeaning, list[str]] = {}
        self.owners: set[str] = set()
        self.whole_link = False


def normal_form(text: str) -> str:
    """Lower case, without blanks: platforms' tags compare so."""
    return "".join(text.lower().split())


def find_tags(
    text: str, start: int, end: int, platforms: Iterable[Platform], lowered: str | None = None
) -> list[TagUse]:
    """Every use of a tag between two offsets, in the order of the source; of overlapping ones the longest.

    A tag inside a longer run of the same delimiters is another tag: `{name}` is not in `{{name}}`.

    Args:
        lowered: What lies between the offsets in lower case, if that is known.
    """
    if lowered is None:
        lowered = ascii_lower(text[start:end])
    squeezed = _squeezed(lowered)
    uses: list[TagUse] = []
    for literal, tag, first in _that_may_occur(squeezed, tuple(platforms)):
        at = squeezed.find(literal, first)
        spaced = _spaced(literal).finditer(lowered, at) if at >= 0 else iter(())
        while at >= 0:
            after, found = at + len(literal), next(spaced)  # the same places, one by one
            if not _continues(squeezed, at, after, literal):
                place = start + found.start(), start + found.end()
                uses += [
                    TagUse(literal, meaning, tuple(owners), *place, tag.whole_link)
                    for meaning, owners in tag.meanings.items()
                ]
            at = squeezed.find(literal, after)
    return _longest(sorted(uses, key=lambda use: (use.start, -use.end, use.meaning)))


def _squeezed(text: str) -> str:
    """Without blanks."""
    # bytes lose blanks in half the time that it takes to split a text
    squeezed = text.encode("utf-8", "surrogatepass").translate(None, _BLANKS).decode("utf-8", "surrogatepass")
    return squeezed if squeezed.isascii() else "".join(squeezed.split())


def _longest(uses: list[TagUse]) -> list[TagUse]:
    """Without the uses that lie inside a longer one: `<unsubscribe ` is how `<unsubscribe lang="fr">` begins."""
    kept: list[TagUse] = []
    for use in uses:
        around = kept[-1] if kept else None
        if around is None or use.end > around.end or use[3:5] == around[3:5]:
            kept.append(use)
    return kept


def telling(uses: Sequence[TagUse]) -> Iterator[TagUse]:
    """The uses that tell a platform; a tag that two of them share tells nothing, nor does an address tag."""
    shared = {use.tag for use in uses if len(use.platforms) > 1}
    owners: dict[str, str] = {}
    for use in uses:
        if owners.setdefault(use.tag, use.platforms[0]) != use.platforms[0]:
            shared.add(use.tag)
    return (use for use in uses if use.tag not in shared and use.meaning != "address")


class _Known(NamedTuple):
    """All tags, by what a text must hold if it holds one of them."""

    by_mark: dict[str, list[tuple[str, _Tag]]]
    by_piece: dict[str, list[tuple[str, _Tag]]]


def _that_may_occur(squeezed: str, platforms: tuple[Platform, ...]) -> Iterator[tuple[str, _Tag, int]]:
    """The tags that are worth looking for, each with the offset before which it does not occur.

    To look for each of some hundred takes longer than to parse the text.
    """
    known = _known(platforms)
    for delimiter in _MARKING:
        # one by one: the search for a single character is many times faster than that for one of several
        for mark in known.by_mark.keys() & set(_mark(delimiter).findall(squeezed)) if delimiter in squeezed else ():
            yield from ((literal, tag, 0) for literal, tag in known.by_mark[mark])
    for piece, tags in known.by_piece.items():
        at = squeezed.find(piece)
        if at >= 0:  # most are at the end
            yield from ((literal, tag, max(0, at - len(literal))) for literal, tag in tags)


@cache
def _mark(delimiters: str) -> re.Pattern[str]:
    """One of these delimiters, and how the name behind it begins; two of these cannot overlap."""
    return re.compile(rf"[{re.escape(delimiters)}]\w{{3}}")


_made: list[tuple[tuple[Platform, ...], _Known]] = []


def _known(platforms: tuple[Platform, ...]) -> _Known:
    for others, known in _made:
        if others == platforms:  # to hash them takes as long as to look for their tags
            return known
    del _made[:-7]
    known = _Known({}, {})
    for literal, tag in _by_literal(platforms).items():
        mark = _mark(_MARKING).search(literal)
        if mark:
            known.by_mark.setdefault(mark[0], []).append((literal, tag))
        else:
            piece = next((common for common in _COMMON if common in literal), literal[:_PREFIX])
            known.by_piece.setdefault(piece, []).append((literal, tag))
    _made.append((platforms, known))
    return known


def _by_literal(platforms: tuple[Platform, ...]) -> dict[str, _Tag]:
    tags: dict[str, _Tag] = {}
    for platform in platforms:
        whole = {normal_form(literal) for literal in platform.whole_link}
        for meaning in MEANINGS:
            literals: tuple[str, ...] = getattr(platform, meaning)
            for literal in dict.fromkeys(map(normal_form, literals)):
                tag = tags.setdefault(literal, _Tag())
                tag.meanings.setdefault(meaning, []).append(platform.name)
                tag.whole_link |= literal in whole
    return tags


def _continues(squeezed: str, at: int, after: int, literal: str) -> bool:
    first, last = literal[0], literal[-1]
    before = squeezed[at - 1] if at else ""
    beyond = squeezed[after] if after < len(squeezed) else ""
    if first in _DELIMITERS and before == first:
        return True
    if last in _DELIMITERS and beyond == last:
        return True
    return last.isalnum() and literal[0] == "#" and beyond.isalnum()


@lru_cache(maxsize=256)
def _spaced(literal: str) -> re.Pattern[str]:
    """A tag with blanks anywhere in it."""
    return re.compile(r"\s*+".join(map(re.escape, literal)))
