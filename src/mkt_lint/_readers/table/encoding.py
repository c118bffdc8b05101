"""Which encoding a table is in, and its bytes as UTF-8.

Bytes that mean nothing in the file's encoding come out as invalid UTF-8, so that one check finds them all.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import BinaryIO

import numpy as np

CHUNK = 4 << 20
"""Bytes read at once: what a worker holds, and so what bounds the memory of a run."""

_PIECE = 256 * 1024
"""Bytes whose text stays in the processor's cache."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EXPORT = "export it as CSV in UTF-8"
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook", "name a workbook .xlsx, or unpack the archive"),
    (b"PK\x05\x06", "a ZIP archive", "unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save it as .xlsx, or export it as CSV in UTF-8"),
    (b"\x1f\x8b", "a gzip archive", "name it .csv.gz, or unpack it"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "name it .csv.zst, or unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"PAR1", "a Parquet file", "name it .parquet"),
    (b"%PDF-", "a PDF document", ""),
    (b"\x89PNG", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"SQLite format 3\0", "an SQLite database", ""),
    (b"<!doctype html", "a web page", "what was exported may be the page that asks to sign in"),
    (b"<html", "a web page", "what was exported may be the page that asks to sign in"),
)
"""How files begin that are no tables, in small letters where they are text; what they are, and what to do with them."""
_LONG_LEAD, _CONTINUATIONS = 0xF0, -64
"""In UTF-8: the first byte of a sequence of four; as signed numbers, bytes that are no first ones lie below -64."""
_HIGH_SURROGATE = range(0xD8, 0xDC)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


def byte_order_mark(head: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark tells, and the mark's length."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return None


def utf16_without_mark(head: bytes) -> str | None:
    """The order of bytes of UTF-16 that begins without a mark, by its zero bytes; None for another encoding.

    Every other byte of Western text is zero, and those of separators and digits in any text; each line feed is two
    bytes, at an even offset.
    """
    pairs = len(head) // 2
    high, low = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if max(high, low) * 5 <= pairs or min(high, low) * 100 > pairs:
        return None
    encoding = "utf-16-le" if low > high else "utf-16-be"
    text = head.decode(encoding, "replace")
    ends = text.count("\n"), text.count("\r")
    return encoding if any(ends) and ends == (head.count(b"\n"), head.count(b"\r")) else None


def likely_code_page(head: bytes) -> str | None:
    """What chardet takes the bytes for, if that is another code page than cp1252 with one byte a character.

    Its confidence says nothing: 0.06 for most exports, right or wrong. Let the header decide.
    """
    import chardet  # rarely needed, and slow to load

    named = chardet.detect(head)["encoding"]
    try:
        encoding = codecs.lookup(named or "cp1252").name
        signs = len(bytes(range(256)).decode(encoding, "replace"))
    except (LookupError, UnicodeError):
        return None
    return encoding if encoding not in ("cp1252", "iso8859-1") and signs == 256 else None  # noqa: PLR2004  # all bytes


def looks_foreign(head: bytes) -> str | None:
    """What a file without byte order mark is that is no table, and what to do with it; None for a table."""
    begin = head[:64]
    for magic, name, advice in _MAGIC:
        if begin.startswith(magic) or begin.lstrip().lower().startswith(magic):
            return f"this is {name}, not CSV; {advice or _EXPORT}"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return f"this is binary data, not CSV; {_EXPORT}" if controls * 20 > len(head) else None


def is_utf8(file: BinaryIO) -> bool:
    """Whether a whole file is valid UTF-8."""
    rest = b""
    while piece := file.read(_PIECE):
        piece = rest + piece
        rest = b""
        if not piece.isascii():
            try:
                _, used = codecs.utf_8_decode(piece, "strict", False)
            except UnicodeDecodeError:
                return False
            rest = piece[used:]
    return not rest


def utf8_shares(file: BinaryIO) -> tuple[int, int]:
    """How many valid and how many invalid non-ASCII sequences of UTF-8 a whole file has."""
    valid = invalid = 0
    rest = b""
    while piece := file.read(_PIECE):
        piece = rest + piece
        rest = b""
        if not piece.isascii():
            text, used = codecs.utf_8_decode(piece, "replace", False)
            lost = text.count("\ufffd") - piece.count(b"\xef\xbf\xbd")  # those in the file itself are not lost
            rest = piece[used:]
            invalid += lost
            valid += len(text) - len(text.encode("ascii", "ignore")) - lost
    return valid, invalid + bool(rest)


def transcode(data: bytes, encoding: str, bare_cr: bool) -> bytes:
    """Whole characters of a file as UTF-8; as they are where the encoding is yet unknown, the empty string."""
    if encoding.startswith("utf-16"):
        data = _utf16(data, encoding)
    elif encoding and not encoding.startswith("utf-8"):
        data = data.decode(encoding, "surrogateescape").encode("utf-8", "surrogatepass")
    return data.replace(b"\r", b"\n") if bare_cr else data


def _utf16(data: bytes, encoding: str) -> bytes:
    half = len(data) % 2  # the file was cut off inside a character
    text = data[: len(data) - half].decode(encoding, "surrogatepass")
    return (text + "\udc00" * half).encode("utf-8", "surrogatepass")


def utf8_chunks(
    file: BinaryIO, encoding: str, bare_cr: bool, size: int = CHUNK, end: int | None = None
) -> Iterator[bytes]:
    """The rest of a file, or up to the offset `end`, as UTF-8, in pieces of about `size` bytes of the file."""
    if not encoding.startswith("utf-16"):
        for chunk in _chunks(file, size, end):
            yield transcode(chunk, encoding, bare_cr)
        return
    low = 1 if encoding == "utf-16-le" else 0
    rest = b""
    for chunk in _chunks(file, size, end):
        rest += chunk
        whole = len(rest) - len(rest) % 2
        if whole and rest[whole - 2 + low] in _HIGH_SURROGATE:  # the first half of a surrogate pair
            whole -= 2
        yield transcode(rest[:whole], encoding, bare_cr)
        rest = rest[whole:]
    if rest:
        yield transcode(rest, encoding, bare_cr)


def _chunks(file: BinaryIO, size: int, end: int | None) -> Iterator[bytes]:
    left = None if end is None else end - file.tell()
    while chunk := file.read(size if left is None else min(size, left)):
        left = None if left is None else left - len(chunk)
        yield chunk


def measure(encoding: str) -> Callable[[bytes], int]:
    """Tells of how many bytes of the file a piece of UTF-8 was made."""
    if encoding.startswith("utf-8"):
        return len
    return _utf16_length if encoding.startswith("utf-16") else _characters


def _characters(data: bytes) -> int:
    if data.isascii():
        return len(data)
    return int(np.count_nonzero(np.frombuffer(data, np.int8) >= _CONTINUATIONS))


def _utf16_length(data: bytes) -> int:
    if data.isascii():
        return 2 * len(data)
    return 2 * (_characters(data) + int(np.count_nonzero(np.frombuffer(data, np.uint8) >= _LONG_LEAD)))


def decode(data: bytes, encoding: str) -> str:
    """Pieces of transcoded bytes as text, in which each invalid byte or character is one character."""
    return data.decode("utf-8", "surrogateescape" if encoding.startswith("utf-8") else "surrogatepass")
