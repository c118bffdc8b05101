"""Words of several languages in texts and addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from mkt_lint import Template
from mkt_lint_email.facts import words
from mkt_lint_email.once import once

_INVISIBLE = "\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff"
_GAP = " ... "
_GAP_WIDTH = 40
"""How far apart the two halves of a phrase may stand, in characters."""
_UNPARTED = "\u3040"
"""From Japanese on, scripts have no blanks between words."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_FOLDED = {"’": "'", "‘": "'", "ł": "l", "ß": "ss"}


class _Folding(dict[int, str]):
    """What each character is folded to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = "" if character in _INVISIBLE else unicodedata.normalize("NFKD", _FOLDED.get(character, character))
        self[code] = folded = "".join(c for c in plain if not unicodedata.combining(c))
        return folded


_FOLDING = _Folding()


def resolved(text: str) -> str:
    """The text with its character references resolved."""
    if "&" not in text:
        return text
    import html  # its table of names is felt at a hook's start

    return html.unescape(text)


def folded(text: str) -> str:
    """Lower case, without accents and invisible characters, blanks single: the form that words are matched in."""
    return " ".join(unaccented(text.lower()).split())


def unaccented(text: str) -> str:
    """The text without accents and invisible characters, its capitals kept."""
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDING), text)


@once
def folded_text(template: Template) -> str:
    """The visible text of a template, folded."""
    return folded(template.visible_text)


@lru_cache(maxsize=1024)  # labels recur: “Read more”
def speaks(text: str, group: str, key: str) -> bool:
    """Whether one of the words stands in a folded text, from the start of a word on.

    `manag ... preferences` is both halves, in this order and near each other: “Manage your e-mail preferences”.
    """
    # a loop over strings costs a tenth of compiling one pattern of them, which a hook does once a file
    whole, split = _phrases(group, key)
    return any(word in text and next(starts(text, word), -1) >= 0 for word in whole) or any(
        first in text and second in text and _near(text, first, second) for first, second in split
    )


@lru_cache
def _phrases(group: str, key: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The phrases of a list that stand as they are, and the halves of the others."""
    phrases = words(group, key)
    halves = [(first, second) for first, gap, second in (phrase.partition(_GAP) for phrase in phrases) if gap]
    return tuple(phrase for phrase in phrases if _GAP not in phrase), tuple(halves)


def _near(text: str, first: str, second: str) -> bool:
    return any(
        next(starts(text[end : end + _GAP_WIDTH + len(second)], second), -1) >= 0
        for end in (at + len(first) for at in starts(text, first))
    )


@lru_cache(maxsize=1024)  # addresses recur more than labels do: nine of ten
def names(text: str, group: str, key: str) -> bool:
    """Whether one of the words stands anywhere in a folded address or name of a variable."""
    return any(word in text for word in words(group, key))


def starts(text: str, word: str) -> Iterator[int]:
    """Where a word, or one that begins with it, stands in a folded text."""
    at = text.find(word)
    unparted = word[:1] >= _UNPARTED
    while at >= 0:
        if at == 0 or unparted or not text[at - 1].isalpha():
            yield at
        at = text.find(word, at + 1)
