"""From bytes to text: which encoding a template is in."""

from __future__ import annotations

import codecs
import re

from mkt_lint._named import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_DECLARED = rb"""(?i)<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})"""
_DECLARATION_WITHIN = 1024
"""HTML lets a declaration stand in the first 1,024 bytes; template code before it may push it further."""
_NOT_ASCII = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")
"""Codecs that read ASCII bytes as something else, so that valid UTF-8 says nothing."""
_WESTERN = frozenset(("iso8859-1", "ascii", "cp1252"))


class Decoded(NamedTuple):
    """Text without byte order mark, and the name of its encoding."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text of a template; None for what is no text.

    A byte order mark decides; then UTF-8 if the bytes are valid UTF-8, whatever the file declares; then what is
    declared; else Windows-1252, as browsers read what claims to be Latin-1.

    Args:
        declared: The charset of a MIME part.
    """
    for mark, name, codec in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(codec, "replace"), name)
    if b"\0" in data and _looks_binary(data):
        return None
    named = _codec(declared) or _codec(_declared_in(data))
    if named is not None and named.startswith(_NOT_ASCII):
        return Decoded(data.decode(named, "replace"), named)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if named is not None and named not in _WESTERN and named != "utf-8":
        return Decoded(data.decode(named, "replace"), named)
    return Decoded(data.decode("cp1252", "replace"), "cp1252")


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # codecs such as rot13 or base64 are no text encodings
    return found.name if found._is_text_encoding else None  # there is no public way to ask


def _declared_in(data: bytes) -> str | None:
    found = re.search(_DECLARED, data[: 4 * _DECLARATION_WITHIN])
    if not found:
        return None
    name = found[1].decode("ascii")
    # a file that can be searched as ASCII is in no such encoding, whatever it says
    return None if name.lower().startswith(("utf-16", "utf-32")) else name


def _looks_binary(data: bytes) -> bool:
    """NULs all over, or the signature of a format; a single NUL in a text is a mishap."""
    head = data[:8192]
    if data.startswith((b"\x89PNG", b"PK\x03\x04", b"GIF8", b"%PDF", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF")):
        return True
    return head.count(0) * 20 > len(head)
