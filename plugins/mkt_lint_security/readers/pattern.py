"""Regular expressions of the form that passwords are checked with: look-aheads, then a length."""

from __future__ import annotations

import re
from typing import NamedTuple

from mkt_lint import CharacterClass

_LOOK_AHEAD = re.compile(r"\(\?=\.\*(?:\?)?(?P<what>\[(?:\\.|[^\]\\])+\]|\\[dDwWsSpP](?:\{\w+\})?|[^)(\\\[])\)")
_NOT_ONLY = re.compile(r"\(\?!\^?\.\*\\s\.?\*?\$?\)|\(\?=\\S\+\$\)|\(\?!\.\*\\s\)")
_LENGTH = re.compile(
    r"(?P<what>\.|\\[SwdD]|\[(?:\\.|[^\]\\])+\])(?:\{(?P<least>[0-9]{1,4})(?P<comma>,(?P<most>[0-9]{1,4})?)?\}|(?P<sign>[+*]))"
)
_LENGTH_AHEAD = re.compile(r"\(\?=\.\{(?P<least>[0-9]{1,4}),?(?P<most>[0-9]{1,4})?\}\$?\)")
_DELIMITED = re.compile(r"(?P<mark>[/#~])(?P<inner>.*)(?P=mark)[a-z]*", re.DOTALL)
_RANGES = {
    "a-z": CharacterClass.LOWERCASE,
    "A-Z": CharacterClass.UPPERCASE,
    "0-9": CharacterClass.DIGIT,
    "\\d": CharacterClass.DIGIT,
}
_NAMED = {
    "\\d": CharacterClass.DIGIT,
    "\\D": None,
    "\\W": CharacterClass.SYMBOL,
    "\\p{Ll}": CharacterClass.LOWERCASE,
    "\\p{Lu}": CharacterClass.UPPERCASE,
    "\\p{N}": CharacterClass.DIGIT,
}


class Pattern(NamedTuple):
    """What a regular expression asks of a password."""

    min_length: int
    max_length: int | None
    classes: frozenset[CharacterClass]
    """Each must occur."""
    allowed: frozenset[CharacterClass] | None
    """Others may not occur; None where all may."""


def read_pattern(text: str) -> Pattern | None:
    """What an expression of the usual form asks for; None for any other one."""
    if delimited := _DELIMITED.fullmatch(text.strip()):
        text = delimited["inner"]
    text = text.strip().removeprefix("^").removeprefix("\\A").removesuffix("$").removesuffix("\\z").removesuffix("\\Z")
    classes: set[CharacterClass] = set()
    least, most = 0, None
    while True:
        if found := _LENGTH_AHEAD.match(text):
            least = max(least, int(found["least"]))
            most = int(found["most"]) if found["most"] else most
        elif found := _LOOK_AHEAD.match(text):
            named = _class_of(found["what"])
            if named is not None:
                classes.add(named)
        elif not (found := _NOT_ONLY.match(text)):
            break
        text = text[found.end() :]
    length = _LENGTH.fullmatch(text)
    if length is None:
        return None
    if length["sign"]:
        least = max(least, length["sign"] == "+")
    else:
        least = max(least, int(length["least"]))
        most = int(length["most"]) if length["most"] else (most if length["comma"] else int(length["least"]))
    return Pattern(least, most, frozenset(classes), _allowed(length["what"]))


def _class_of(what: str) -> CharacterClass | None:
    """The one class that a set of characters is of; None where it is of several."""
    if what in _NAMED:
        return _NAMED[what]
    if not what.startswith("["):
        return CharacterClass.SYMBOL if not what.isalnum() else None
    if what.startswith("[^"):
        return CharacterClass.SYMBOL if {"a-z", "A-Z", "0-9"} <= set(re.findall(r"a-z|A-Z|0-9", what)) else None
    found = _classes_of(what[1:-1])
    if found == {CharacterClass.LOWERCASE, CharacterClass.UPPERCASE}:  # a letter of either case
        return CharacterClass.LOWERCASE
    return next(iter(found)) if len(found) == 1 else None


def _classes_of(inner: str) -> set[CharacterClass]:
    found = set()
    for name, cls in _RANGES.items():
        if name in inner:
            found.add(cls)
            inner = inner.replace(name, "")
    for character in inner.replace("\\", ""):
        if character.islower():
            found.add(CharacterClass.LOWERCASE)
        elif character.isupper():
            found.add(CharacterClass.UPPERCASE)
        elif character.isdigit():
            found.add(CharacterClass.DIGIT)
        else:
            found.add(CharacterClass.SYMBOL)
    return found


def _allowed(what: str) -> frozenset[CharacterClass] | None:
    if what == "\\d":
        return frozenset({CharacterClass.DIGIT})
    if what == "\\w":
        return frozenset({CharacterClass.LOWERCASE, CharacterClass.UPPERCASE, CharacterClass.DIGIT})
    if not what.startswith("[") or what.startswith("[^") or re.search(r"\\[SsWwDpP]", what):
        return None
    return frozenset(_classes_of(what[1:-1]))
