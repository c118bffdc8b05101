"""Did you mean?"""

from __future__ import annotations

from collections.abc import Collection


def suggestion(word: str, known: Collection[str], otherwise: str = "") -> str:
    """The end of a message about a word that is not known: the nearest one that is, else all of them.

    Args:
        otherwise: Introduces the list of all; empty for no list.
    """
    from difflib import get_close_matches  # only when something is wrong

    close = get_close_matches(word, known, 1) or [item for item in known if item.lower() == word.lower()]
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; {otherwise} {', '.join(sorted(known))}" if otherwise and known else ""
