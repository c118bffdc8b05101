"""Records that share a key, wherever in the table they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MAY_BE_FLAGGED, OTHER, _FLAGGED = 1, 2, 4
"""Bits of a member: it may be flagged; it makes others so; it is flagged."""

_SHARE = 1 << 17
"""Members that are looked at together, which bounds the memory besides the members'."""


class Members(NamedTuple):
    """The records of one range that take part, in the order of their hashes: 13 bytes each."""

    hashes: NDArray[np.uint64]
    numbers: NDArray[np.uint32]
    flags: NDArray[np.uint8]

    def flagged(self) -> NDArray[np.uint32]:
        """The numbers of the records that `mark` flagged, ascending."""
        return np.sort(self.numbers[self.flags & _FLAGGED != 0])


def members(hashes: NDArray[np.uint64], *flags: NDArray[np.uint8]) -> list[Members]:
    """The members among all records of a range, given each one's hash and, of each check, flags.

    The checks share what does not differ: one more takes one byte a member.
    """
    numbers = np.flatnonzero(np.logical_or.reduce(flags))
    order = numbers[np.argsort(hashes[numbers])]
    ordered, places = hashes[order], order.astype(np.uint32)
    return [Members(ordered, places, own[order]) for own in flags]


def mark(parts: Sequence[Members]) -> None:
    """Flag the members of all ranges of a table that have another member beside them."""
    total = sum(len(part.hashes) for part in parts)
    shares = max(1, -(-total // _SHARE))
    bounds = np.array([(share << 64) // shares for share in range(1, shares)], np.uint64)
    cuts = [[0, *np.searchsorted(part.hashes, bounds).tolist(), len(part.hashes)] for part in parts]
    for share in range(shares):
        pieces = [_between(part, cut[share], cut[share + 1]) for part, cut in zip(parts, cuts, strict=True)]
        pieces = [piece for piece in pieces if len(piece.hashes)]
        if pieces:
            _mark_share(pieces)


def _between(part: Members, begin: int, end: int) -> Members:
    return Members(part.hashes[begin:end], part.numbers[begin:end], part.flags[begin:end])


def _mark_share(pieces: Sequence[Members]) -> None:
    """Flag members, given all of theirs hashes' members."""
    hashes = np.concatenate([piece.hashes for piece in pieces])
    flags = np.concatenate([piece.flags for piece in pieces])
    order = np.argsort(hashes)
    ordered = hashes[order]
    firsts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    is_other = (flags & OTHER != 0)[order]
    others = np.add.reduceat(is_other, firsts, dtype=np.int64)
    beside = np.repeat(others, np.diff(firsts, append=len(ordered))) - is_other
    flags[order] |= np.where(beside > 0, (flags[order] & MAY_BE_FLAGGED) * _FLAGGED, 0).astype(np.uint8)
    begin = 0
    for piece in pieces:
        end = begin + len(piece.flags)
        piece.flags[:] = flags[begin:end]
        begin = end
