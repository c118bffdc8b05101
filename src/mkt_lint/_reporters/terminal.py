"""Text for a terminal: what it shows of a character, how many columns that takes, where to break lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from mkt_lint._named import NamedTuple

TAB: Final = 4

_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_ELLIPSIS: Final = "…"
_VARIATION_SELECTORS: Final = "\ufe0e\ufe0f"


def visible(text: str) -> str:
    """The text on one line, with escapes such as `\\x1b` for what would steer the terminal or could not be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    if "\udc80" <= character <= "\udcff":  # a byte of a file's name that is not UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes, all of whose characters are visible ones."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    """Lines of at most `width` columns, as far as words allow, each with its indent.

    Args:
        first: What the first line begins with.
        rest: What the others begin with.
    """
    line, used = first, columns(first)
    empty = True
    for word in visible(text).split():
        size = columns(word)
        if not empty and used + 1 + size > width:
            yield line
            line, used, empty = rest, columns(rest), True
        line += word if empty else f" {word}"
        used += size if empty else size + 1
        empty = False
    if not empty:
        yield line


class MarkedLine(NamedTuple):
    """A piece of source as a terminal shows it, and the columns, from 0, that are marked in it."""

    text: str
    start: int
    end: int


def mark(text: str, start: int, end: int, width: int) -> MarkedLine:
    """Show a line of source in at most `width` columns, cut around what is marked.

    Args:
        text: The line, with whatever was in the file.
        start: Where the mark begins, as an offset in the text.
        end: Where it ends, exclusive; at least one column is marked.
        width: At least 8.
    """
    cells, offsets = _cells(text)
    start = min(max(start, 0), len(cells))
    end = min(max(end, start), len(cells))
    first, last = offsets[start], max(offsets[end], offsets[start] + 1)
    needed = max(offsets[-1], last)
    if needed <= width:
        return MarkedLine("".join(cells), first, last)
    left = max(0, min(first - max(0, width - 2 - (last - first)) // 2, needed - (width - 1)))
    right = left + width - (2 if left else 1)
    if needed - left <= width - 1:
        right = needed
    shown = [place for place in range(len(cells)) if left <= offsets[place] and offsets[place + 1] <= right]
    before = _ELLIPSIS if left else ""
    after = _ELLIPSIS if right < needed else ""
    shift = len(before) - offsets[shown[0]]
    line = before + "".join(cells[place] for place in shown) + after
    return MarkedLine(line, first + shift, min(last, right) + shift)


def _cells(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """What stands for the characters of a source line, and the columns that they begin at, with the one behind them."""
    if text.isascii() and text.isprintable():  # as most lines, some of which are a whole template
        return text, range(len(text) + 1)
    cells: list[str] = []
    offsets = [0]
    for character in text:
        cell, size = _cell(character, offsets[-1])
        cells.append(cell)
        offsets.append(offsets[-1] + size)
    return cells, offsets


def _cell(character: str, offset: int) -> tuple[str, int]:
    """What stands for one character of a source line, which begins at that column, and its columns."""
    if " " <= character <= "~":
        return character, 1
    if character == "\t":
        size = TAB - offset % TAB
        return " " * size, size
    if character < " ":
        return chr(0x2400 + ord(character)), 1
    if character in _VARIATION_SELECTORS:  # they change the columns of the character before, as terminals disagree on
        return "", 0
    size = _columns(character)
    if unicodedata.category(character) == "Zs":
        return " " * size, size
    return (character, size) if character.isprintable() else (_REPLACEMENT, 1)


def counted(number: int, noun: str) -> str:
    """`1 finding`, `2,000 findings`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
