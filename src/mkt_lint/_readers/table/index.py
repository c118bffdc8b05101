"""The structural index: the only authority on where the records of a table begin and end.

Standing at the start of a record: if a well-formed record of at most `RECORD_LIMIT` bytes is there, it is taken.
Otherwise the record is this physical line, malformed, and the next line is the start of a record. The result does not
depend on how the bytes are cut into chunks.

Where quotes are well placed, their parity tells what is inside of them, and numpy finds all records of a chunk at once;
from a violation on, records are matched one at a time.
"""

from __future__ import annotations

import enum
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mkt_lint._documents.table import Defect
from mkt_lint._readers.table.batch import NUMBER, Batch, Offsets, oversized_line
from mkt_lint._readers.table.grammar import field_count, first_defect, record_pattern
from mkt_lint._readers.table.marks import CR, EQUALS, LF, QUOTE, between, first_misplaced, without_kept

RECORD_LIMIT = 1 << 20
"""Bytes of UTF-8, line end included; a longer record is malformed."""

_MARKS = 500_000
"""About as many line ends and quotes at once: where lines are short, the arrays over them would outgrow the bytes."""
_BLOCK = 1 << 20
"""Bytes that are compared at once: arrays of this size stay in the processor's cache."""
_ASCII = 0x80


def index(
    chunks: Iterable[bytes],
    *,
    delimiter: str,
    columns: int,
    first_line: int,
    measure: Callable[[bytes], int] = len,
    sound: bool = False,
    limit: int = RECORD_LIMIT,
) -> Iterator[Batch]:
    """Find the records in a table's bytes.

    Args:
        chunks: UTF-8, in pieces of any size, from the start of a record on.
        delimiter: One ASCII character.
        columns: Fields of a record that is not ragged.
        first_line: The line that the bytes begin on.
        measure: Tells how many bytes of the file a piece was made of.
        sound: Whether the bytes are known to be valid UTF-8.
        limit: Bytes of a record that is not oversized.
    """
    scanner = _Scanner(delimiter, columns, measure, sound, limit)
    line = first_line
    rest = b""
    skipping = False
    skipped = 0
    source = iter(chunks)
    final = False
    while not final:
        chunk = next(source, None)
        final = chunk is None
        chunk = chunk or b""
        cut = chunk.rfind(b"\n") + 1 or len(chunk)  # most often a record ends there, and nothing is copied twice
        later = chunk[cut:]
        rest = b"".join((rest, memoryview(chunk)[:cut]))
        chunk = None  # all of it was copied
        while rest:
            if skipping:
                end = rest.find(b"\n") + 1
                skipped += measure(rest[:end] if end else rest)
                rest = rest[end:] if end else b""
                if not end and not final:
                    break
                yield oversized_line(line, skipped)
                line += 1
                skipping, skipped = False, 0
                continue
            used, state, batch = scanner.scan(rest, line, final)
            if batch is not None:
                line += batch.line_count
                yield batch
            rest = rest[used:]
            skipping = state is _State.OVERSIZED
            if state is _State.WAITS:
                break
        rest += later
    if skipping:
        yield oversized_line(line, skipped)


class _State(enum.Enum):
    """Why a scan ended."""

    WAITS = enum.auto()
    """More bytes are needed, or there are none left."""
    FULL = enum.auto()
    """Enough records for one batch."""
    OVERSIZED = enum.auto()
    """An oversized line comes next."""


@dataclass
class _Found:
    """Records as they are found: pieces of arrays, in order."""

    ends: list[Offsets]
    """Each record begins where the one before ends."""
    fields: list[Offsets]
    """How many of them; 0 for a malformed line."""
    newlines: Offsets | None = None
    """Where all lines of the records end; None where that was not looked for."""

    def add(self, ends: array[int], fields: array[int]) -> None:
        self.newlines = None
        self.ends.append(np.frombuffer(ends, np.int64))
        self.fields.append(np.frombuffer(fields, np.int64))


class _Scanner:
    def __init__(self, delimiter: str, columns: int, measure: Callable[[bytes], int], sound: bool, limit: int) -> None:
        self._delimiter = delimiter
        self._sign = ord(delimiter)
        self._columns = columns
        self._measure = measure
        self._sound = sound
        self._limit = limit
        self._record = record_pattern(delimiter)
        self._signs = np.empty(0, bool)
        """Kept from one chunk to the next: new memory costs more than what is written into it."""

    def scan(self, data: bytes, line: int, final: bool) -> tuple[int, _State, Batch | None]:
        """What can be told of `data`: how much of it was used, why no more of it, the records."""
        found = _Found([], [])
        position = 0
        patience = 64
        state = _State.WAITS
        while position < len(data):
            begin = position
            position, full = self._at_once(data, begin, final, found)
            if full and position > begin:
                state = _State.FULL
                break
            if position == len(data) or (not final and len(data) - position <= self._limit):
                break
            position, oversized, decided = self._one_by_one(data, position, final, found, patience)
            patience *= 2  # so that hostile input costs a logarithm of passes at most
            if oversized:
                state = _State.OVERSIZED
            if oversized or not decided:
                break
        if not found.ends:
            return 0, state, None
        return position, state, self._batch(data[:position], line, found)

    def _at_once(self, data: bytes, begin: int, final: bool, found: _Found) -> tuple[int, bool]:
        """Take all records up to the first that is not well formed; return where that one begins.

        Or as many records as make a batch, and then true.
        """
        view = np.frombuffer(data, np.uint8, offset=begin)
        quoted = data.find(b'"', begin) >= 0
        marks, size = self._marks(view, (LF, QUOTE) if quoted else (LF,))
        full = size < len(view)
        view, signs, final = view[:size], self._signs[:size], final and not full
        kinds = view[marks]
        outside = np.ones(len(marks), bool)
        open_end, stop = False, size
        newlines = marks
        if quoted:
            is_quote = kinds == QUOTE
            quotes = marks[is_quote]
            if (view[np.maximum(quotes[::2] - 1, 0)] == EQUALS).any():
                marks = np.flatnonzero((view == LF) | (view == QUOTE) | signs)
                marks, kinds = without_kept(view, marks, view[marks], self._sign)
                marks, kinds = marks[kinds != self._sign], kinds[kinds != self._sign]
                is_quote = kinds == QUOTE
                quotes = marks[is_quote]
            newlines = marks[~is_quote]
            before = np.cumsum(is_quote, dtype=np.int32)
            open_end = len(quotes) % 2 == 1
            outside = ((before - is_quote) & 1) == 0
            stop = first_misplaced(view, quotes, self._sign, final)
        counts = between(signs, marks)
        counts[:-1] *= outside
        ending = outside & (kinds == LF)
        last = np.flatnonzero(ending)
        if stop < size:
            last = last[: int(np.searchsorted(last, int(np.searchsorted(marks, stop))))]
            ends = marks[last] + 1
        elif final and not open_end and view[-1] != LF:
            last = np.append(last, len(marks))
            ends = np.append(marks[last[:-1]] + 1, size)
        else:
            ends = marks[last] + 1
        if not len(last):
            return begin, full
        lengths = np.diff(ends, prepend=0)
        if lengths.max() > self._limit:
            good = int(np.argmax(lengths > self._limit))
            last, ends = last[:good], ends[:good]
            if not good:
                return begin, full
            full = False
        found.newlines = None if found.ends else newlines[: int(np.searchsorted(newlines, ends[-1]))]
        found.ends.append(ends + begin if begin else ends)
        found.fields.append(np.diff(np.cumsum(counts, dtype=np.int64)[last], prepend=0) + 1)
        return int(ends[-1]) + begin, full and stop == size

    def _marks(self, view: NDArray[np.uint8], kinds: tuple[int, ...]) -> tuple[Offsets, int]:
        """Where bytes of some kinds are, and up to where that was looked for; the signs up to there are kept."""
        if len(view) > len(self._signs):
            self._signs = np.empty(len(view), bool)
        found: list[Offsets] = []
        count = 0
        for begin in range(0, len(view), _BLOCK):
            if count > _MARKS and begin > self._limit + _BLOCK:  # a record ends before, or is oversized
                return np.concatenate(found), begin
            block = view[begin : begin + _BLOCK]
            np.equal(block, self._sign, out=self._signs[begin : begin + len(block)])
            hits = block == kinds[0]
            for kind in kinds[1:]:
                hits |= block == kind
            offsets = np.flatnonzero(hits)
            count += len(offsets)
            offsets += begin
            found.append(offsets)
        return np.concatenate(found), len(view)

    def _one_by_one(self, data: bytes, begin: int, final: bool, found: _Found, patience: int) -> tuple[int, bool, bool]:
        """Take some records; return where they end, whether an oversized line is there, whether more can be told."""
        size = len(data)
        ends, fields = array("q"), array("q")
        oversized = waits = False
        while begin < size and len(ends) < patience:
            bound = min(size, begin + self._limit)
            matched = self._record.match(data, begin, bound)
            end = matched.end() if matched else begin
            if end > begin and (data[end - 1] == LF or (final and end == size)):
                fields.append(field_count(data[begin:end], self._delimiter))
            elif not final and size - begin <= self._limit:
                waits = True
                break
            elif (end := data.find(b"\n", begin, bound) + 1) or (final and bound == size):
                end = end or size
                fields.append(0)
            else:
                oversized = True
                break
            ends.append(end)
            begin = end
        if ends:
            found.add(ends, fields)
        return begin, oversized, not waits

    def _batch(self, data: bytes, line: int, found: _Found) -> Batch:
        ends = np.concatenate(found.ends)
        starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
        fields = np.concatenate(found.fields)
        suspects = self._suspects(data, ends, fields)
        bad = fields != self._columns
        if self._columns > 1 and not len(suspects) and not bad.any():
            none = starts[:0]
            return Batch(
                data, line, self._measure(data), starts, ends, none, none, np.zeros(0, np.int8), none, found.newlines
            )
        numbers = np.where(bad, NUMBER[Defect.RAGGED], -1).astype(np.int8)
        places = starts.copy()
        blank = self._blank(data, starts, ends)
        numbers[blank] = NUMBER[Defect.BLANK_LINE]
        bounds = zip(suspects.tolist(), starts[suspects].tolist(), ends[suspects].tolist(), strict=True)
        for record, start, end in bounds:
            told = first_defect(data[start:end], self._delimiter)
            if told:
                numbers[record] = NUMBER[told[0]]
                places[record] = start + told[1]
        good = numbers < 0
        if good.all():
            none = starts[:0]
            return Batch(data, line, self._measure(data), starts, ends, none, none, numbers[:0], none, found.newlines)
        lost = ~good
        return Batch(
            data, line, self._measure(data), starts[good], ends[good],
            starts[lost], ends[lost], numbers[lost], places[lost], found.newlines,
        )  # fmt: skip

    @staticmethod
    def _blank(data: bytes, starts: Offsets, ends: Offsets) -> NDArray[np.bool_]:
        lengths = ends - starts
        blank: NDArray[np.bool_] = lengths <= len(b"\r\n")
        if blank.any():
            view = np.frombuffer(data, np.uint8)
            blank &= (view[ends - 1] == LF) & ((lengths == 1) | (view[starts] == CR))
        return blank

    def _suspects(self, data: bytes, ends: Offsets, fields: Offsets) -> Offsets:
        """The records that must be looked at byte by byte."""
        view = np.frombuffer(data, np.uint8)
        found = [np.flatnonzero(fields == 0)]
        if b"\0" in data:
            found.append(np.searchsorted(ends, np.flatnonzero(view == 0), "right"))
        if b"\r" in data:
            returns = np.flatnonzero(view == CR)
            after = view[np.minimum(returns + 1, len(view) - 1)]
            found.append(np.searchsorted(ends, returns[after != LF], "right"))
        if not self._sound and not data.isascii():
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                found.append(np.searchsorted(ends, np.flatnonzero(view >= _ASCII), "right"))
        suspects = np.sort(np.concatenate(found))
        return suspects[np.diff(suspects, prepend=-1) > 0]  # `np.unique` imports masked arrays
