"""Records that follow each other in a file: where they lie, and what is wrong with the malformed ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mkt_lint._documents.table import Defect

Offsets: TypeAlias = NDArray[np.int64]

_LF = 10
_DEFECTS = tuple(Defect)
NUMBER = {defect: number for number, defect in enumerate(_DEFECTS)}
"""Of each defect, as `Batch.defects` holds it."""


@dataclass(frozen=True)
class Batch:
    """Whole records that follow each other in a file; offsets count in `data`."""

    data: bytes
    """UTF-8; empty where a record was too long to be kept."""
    first_line: int
    raw_length: int
    """How many bytes of the file these are."""
    starts: Offsets
    ends: Offsets
    """Of the well-formed records, line ends included."""
    malformed_starts: Offsets
    malformed_ends: Offsets
    defects: NDArray[np.int8]
    places: Offsets
    """Of each malformed record: what is wrong first with it, and at which offset in `data`."""
    newlines: Offsets | None = None
    """Where lines end, if that is known already."""

    @property
    def records(self) -> int:
        return len(self.starts) + len(self.malformed_starts)

    def defect(self, number: int) -> Defect:
        """The defect of a malformed record."""
        return _DEFECTS[int(self.defects[number])]

    def of(self, defect: Defect) -> Offsets:
        """The numbers of the malformed records with one defect."""
        return np.flatnonzero(self.defects == NUMBER[defect])

    @cached_property
    def _newlines(self) -> Offsets:
        return np.flatnonzero(np.frombuffer(self.data, np.uint8) == _LF) if self.newlines is None else self.newlines

    def lines(self, offsets: Offsets) -> Offsets:
        """The lines that offsets lie on."""
        return np.searchsorted(self._newlines, offsets) + self.first_line

    @cached_property
    def record_lines(self) -> Offsets | None:
        """The lines of the well-formed records; None where they follow each other from `first_line` on."""
        if not len(self.malformed_starts) and not len(self.starts):
            return None
        plain = not len(self.malformed_starts) and self.line_count - len(self.starts) in (0, -1)
        return None if plain else self.lines(self.starts)

    @cached_property
    def line_count(self) -> int:
        return len(self._newlines) if self.data else 1


def oversized_line(line: int, raw_length: int) -> Batch:
    """One record that is too long to be kept."""
    none = np.zeros(0, np.int64)
    defects = np.array([NUMBER[Defect.OVERSIZED]], np.int8)
    zero = np.zeros(1, np.int64)
    return Batch(b"", line, raw_length, none, none, zero, zero, defects, zero)
