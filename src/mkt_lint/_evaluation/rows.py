"""Every offending row, kept outside of the memory."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, Mapping
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

_IN_MEMORY = 8 << 20
_ROW = 3 * 8


class RowStore:
    """Lines and columns of offending rows, range by range; a part that is put again is replaced."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # lives as long as the report
        weakref.finalize(self, self._file.close)
        self._parts: dict[tuple[int, str], tuple[int, int]] = {}

    def put(self, number: int, part: str, rows: NDArray[np.int64]) -> None:
        """Keep rows (line, column, check), in any order, as a part of the range with this number."""
        self._file.seek(0, 2)
        self._parts[number, part] = self._file.tell(), len(rows)
        self._file.write(rows.tobytes())

    def read(self, codes: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
        """Line, column and code, in that order, of the checks that have a code here."""
        names = sorted(set(codes.values()))
        ranks = {check: names.index(code) for check, code in codes.items()}
        for _, parts in groupby(sorted(self._parts), lambda key: key[0]):
            rows = np.concatenate([self._part(*self._parts[key]) for key in parts])
            rows = rows[np.isin(rows[:, 2], list(ranks))]
            checks, places = np.unique(rows[:, 2], return_inverse=True)
            rank = np.array([ranks[int(check)] for check in checks], np.int64)[places]
            order = np.lexsort((rank, rows[:, 1], rows[:, 0]))
            for line, column, code in zip(
                rows[order, 0].tolist(), rows[order, 1].tolist(), rank[order].tolist(), strict=True
            ):
                yield line, column, names[code]

    def _part(self, offset: int, count: int) -> NDArray[np.int64]:
        self._file.seek(offset)
        return np.frombuffer(self._file.read(count * _ROW), np.int64).reshape(-1, 3)
