"""Bytes that are made as they are read: unpacked from an archive, or written from rows."""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from mkt_lint._readers.table.encoding import CHUNK
from mkt_lint._source import Source

_BEHIND = 128 * 1024
"""Bytes that are kept of those read last, so that the end of a file is looked at without starting over."""


class Streamed(Source):
    """A file whose bytes are not those that lie on the disk. Nothing but what is being read is held in memory.

    Args:
        source: The file as it lies there.
        pieces: Makes the bytes from the start; raises `OSError` where that cannot be done.
        length: How many there are, about; for the progress, and None where it is yet to be found out.
        share: How many such sources make up the file.
    """

    def __init__(
        self, source: Source, pieces: Callable[[], Iterator[bytes]], length: int | None = None, share: int = 1
    ) -> None:
        super().__init__(source.path, None)
        self.size = source.size // share
        self._pieces = pieces
        self._length = length
        self._parked: _Cursor | None = None

    def open(self) -> BinaryIO:
        return cast(BinaryIO, _File(self))

    def progress(self, length: int) -> int:
        return length * self.size // max(self._length or 0, self.size, 1)

    def take(self, position: int) -> _Cursor:
        """What reads on from a position: where a file that was closed left off, if that is not behind it."""
        parked, self._parked = self._parked, None
        return parked if parked and parked.start <= position else _Cursor(self._pieces())

    def park(self, cursor: _Cursor) -> None:
        """Keep for the next file what one that is closed has read."""
        self._parked = cursor
        if cursor.ended:
            self._length = cursor.end


class _Cursor:
    """Pieces, up to which they were read, and the last bytes of them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._kept = b""
        self.start = 0
        """Where the bytes that are kept begin."""
        self.ended = False

    @property
    def end(self) -> int:
        return self.start + len(self._kept)

    def read(self, position: int, size: int) -> bytes:
        """Bytes from `start` or later on; fewer at the end."""
        held, end = deque([self._kept]), self.end
        while end < position + size and not self.ended:
            piece = next(self._pieces, None)
            if piece is None:
                self.ended = True
                break
            held.append(piece)
            end += len(piece)
            while len(held) > 1 and self.start + len(held[0]) <= min(position, end) - _BEHIND:
                self.start += len(held.popleft())
        kept = b"".join(held)
        begin = position - self.start
        data = kept[max(0, begin) : max(0, begin + size)]
        keep = max(0, min(begin + len(data), len(kept)) - _BEHIND)
        self._kept = kept[keep:]
        self.start += keep
        return data


class _File(io.RawIOBase):
    """One reading of the bytes. Seeking costs nothing until something is read."""

    def __init__(self, source: Streamed) -> None:
        self._source = source
        self._cursor: _Cursor | None = None
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            offset += self._measure()
        elif whence == os.SEEK_CUR:
            offset += self._position
        self._position = offset
        return offset

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(CHUNK), b""))
        data = self._from(self._position).read(self._position, size)
        self._position += len(data)
        return data

    def close(self) -> None:
        if self._cursor is not None:
            self._source.park(self._cursor)
            self._cursor = None
        super().close()

    def _from(self, position: int) -> _Cursor:
        if self._cursor is None or self._cursor.start > position:
            self._cursor = self._source.take(position)
        return self._cursor

    def _measure(self) -> int:
        cursor = self._from(self._cursor.start if self._cursor else 0)
        while cursor.read(cursor.end, CHUNK):
            pass
        return cursor.end
