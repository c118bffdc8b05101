"""Tables in a gzip or zstd archive. They are unpacked as they are read, never to the disk."""

from __future__ import annotations

import errno
import gzip
import sys
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from mkt_lint._readers.table.streams import Streamed
from mkt_lint._source import Source

_PIECE = 1 << 20


def unpacked(source: Source) -> Source:
    """The file itself, or what is in the archive that its name says it is."""
    if source.name.lower().endswith(".gz"):
        return Streamed(source, lambda: _gunzipped(source))
    if source.name.lower().endswith(".zst"):
        return Streamed(source, lambda: _from_zstd(source))
    return source


def _gunzipped(source: Source) -> Iterator[bytes]:
    with source.open() as file, gzip.GzipFile(fileobj=file) as archive:
        try:
            yield from _pieces(cast(BinaryIO, archive))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise _damaged("gzip") from None


def _from_zstd(source: Source) -> Iterator[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd  # as above, needed for such files alone

    with source.open() as file, zstd.ZstdFile(file) as archive:
        try:
            yield from _pieces(cast(BinaryIO, archive))
        except (EOFError, zstd.ZstdError):
            raise _damaged("zstd") from None


def _pieces(archive: BinaryIO) -> Iterator[bytes]:
    while piece := archive.read(_PIECE):
        yield piece


def _damaged(kind: str) -> OSError:
    return OSError(errno.EIO, f"it is no complete {kind} archive; compress the table again")
