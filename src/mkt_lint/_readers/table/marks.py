"""Line ends, quotes and delimiters of many records at once: arrays of where they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mkt_lint._readers.table.batch import Offsets

LF, CR, QUOTE, EQUALS = 10, 13, 34, 61


def without_kept(
    view: NDArray[np.uint8], marks: Offsets, kinds: NDArray[np.uint8], sign: int
) -> tuple[Offsets, NDArray[np.uint8]]:
    """All marks but the quotes of fields like `="06"`, given that all quotes before these are well placed."""
    quotes = kinds == QUOTE
    first = np.flatnonzero(quotes[:-1] & quotes[1:])
    first = first[np.cumsum(quotes)[first] % 2 == 1]  # an even number before it: outside of quoted fields
    begin, end = marks[first], marks[first + 1]
    last = len(view) - 1
    before, after, second = (view[np.clip(at, 0, last)] for at in (begin - 2, end + 1, end + 2))
    kept = (begin > 0) & (view[np.maximum(begin - 1, 0)] == EQUALS)
    kept &= (begin == 1) | (before == sign) | (before == LF)
    kept &= (end < last) & ((after == sign) | (after == LF) | ((after == CR) & (second == LF)))
    returns = np.flatnonzero(view == CR)
    kept &= np.searchsorted(returns, begin) == np.searchsorted(returns, end)
    parting = np.ones(len(marks), bool)
    parting[first[kept]] = parting[first[kept] + 1] = False
    return marks[parting], kinds[parting]


def between(signs: NDArray[np.bool_], marks: Offsets) -> NDArray[np.uint8] | Offsets:
    """How many of the signs lie before each mark, after the one before it; last, how many lie after all marks.

    No mark is a sign.
    """
    begins = np.concatenate((np.zeros(1, np.int64), marks))
    counts = np.add.reduceat(signs.view(np.uint8), begins, dtype=np.uint8)  # in bytes it is fast
    if counts.sum(dtype=np.int64) != np.count_nonzero(signs):  # some count is above 255
        return np.add.reduceat(signs, begins, dtype=np.int64)
    return counts


def first_misplaced(view: NDArray[np.uint8], quotes: Offsets, sign: int, final: bool) -> int:
    """The first quote that stands where none may, given that all before it are well placed; the end if none."""
    size = len(view)
    opening, closing = quotes[::2], quotes[1::2]
    before = view[np.maximum(opening - 1, 0)]
    opens = (before == sign) | (before == LF) | (before == QUOTE)
    opens[:1] |= opening[:1] == 0
    after = view[np.minimum(closing + 1, size - 1)]
    closes = (after == sign) | (after == LF) | (after == QUOTE)
    closes[-1:] |= closing[-1:] + 1 == size
    returns = np.flatnonzero(after == CR)
    second = closing[returns] + 2
    closes[returns] = (view[np.minimum(second, size - 1)] == LF) | ((second >= size) & (not final))
    misplaced = [
        int(found[np.argmin(placed)]) for found, placed in ((opening, opens), (closing, closes)) if not placed.all()
    ]
    return min(misplaced, default=size)
