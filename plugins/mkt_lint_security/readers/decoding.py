"""From a settings file's bytes to its text."""

from __future__ import annotations

from mkt_lint import Source, Unreadable

PIECE = 1024 * 1024

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes) -> tuple[str, str] | Unreadable:
    """The text without byte order mark, and the encoding: UTF-8, or UTF-16 with a byte order mark."""
    mark, encoding = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8"))
    data = data[len(mark) :]
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding)
        line, last = before.count("\n") + 1, before.rpartition("\n")[2]
        message = f"not valid {encoding.upper()}; save the file in UTF-8"
        return Unreadable(message, line, len(last) + 1)


def mentions(source: Source, *names: str) -> bool:
    """Whether one of these ASCII names occurs in the file, in UTF-8 or in UTF-16 with a byte order mark.

    Reads the file in pieces and keeps none, so that the many files that are nobody's settings cost little.

    Raises:
        OSError: the file cannot be read.
    """
    wanted = [name.encode() for name in names]
    overlap = max(map(len, wanted))
    wide = source.head.startswith((b"\xff\xfe", b"\xfe\xff"))
    with source.open() as file:
        piece = b""
        while more := file.read(PIECE):
            piece = piece[-overlap:] + (more.replace(b"\0", b"") if wide else more)
            if any(name in piece for name in wanted):
                return True
    return False
