"""Did you mean?"""

from __future__ import annotations

from collections.abc import Collection


def suggestion(word: str, known: Collection[str], otherwise: str = "") -> str:
    """The end of a message about a word that is not known: the nearest one that is, else all of them.

    Args:
        otherwise: Introduces the list of all; empty for no list.
    """
    if close := nearest(word, known):
        return f"; did you mean {close!r}?"
    return f"; {otherwise} {', '.join(sorted(known))}" if otherwise and known else ""


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was meant, if one is near enough."""
    from difflib import get_close_matches  # only when something is wrong

    close = get_close_matches(word, known, 1) or [item for item in known if item.lower() == word.lower()]
    return close[0] if close else None
