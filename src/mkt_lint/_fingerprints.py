"""What tells a finding from others from one run to the next, when lines have moved: our own key, and GitHub's."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection
from hashlib import sha256
from operator import mul

VERSION = "v1"

_BLOCK = 100
_END_OF_FILE = "\uffff"
_MASK = (1 << 64) - 1
_WEIGHTS = tuple(pow(37, _BLOCK - 1 - place, 1 << 64) for place in range(_BLOCK))


def fingerprint(code: str, message_id: str, identity: str, occurrence: int) -> str:
    """Our key, `v1:` and 32 hexadecimal digits; it changes neither with the lines above nor with the wording.

    Args:
        code: The rule's.
        message_id: The key of the rule's message.
        identity: What the finding is about: of a template the source text, of a table the field and the header, of
            settings the path of keys. Never the content of a cell, which a hash does not hide.
        occurrence: From 1, in the order of the file, among those of which all of the above are the same.
    """
    key = json.dumps([code, message_id, identity, occurrence])
    return f"{VERSION}:{sha256(key.encode('ascii')).hexdigest()[:32]}"


def line_hashes(text: str, lines: Collection[int]) -> dict[int, str]:
    """`primaryLocationLineHash` of the wanted lines, exactly as GitHub's upload action computes it.

    A line's hash is taken over the 100 UTF-16 code units that start at it, blanks left out and every line end told
    as LF, as a polynomial in 37 modulo 2**64; a number after it tells lines with the same hash apart.
    Source: `src/fingerprints.ts` of github/codeql-action.

    Args:
        text: The whole file, decoded as UTF-8, with its byte order mark if it has one.
        lines: From 1; a lone CR ends a line here, as it does for GitHub. Lines that the file does not have are left
            out of the result.
    """
    for line_end in ("\r\n", "\r"):
        text = text.replace(line_end, "\n")
    text = text.replace(" ", "").replace("\t", "") + _END_OF_FILE
    units = memoryview(_utf16(text)).cast("H")
    blocks = []
    start = 0
    for line in text.split("\n", max(lines, default=1))[: max(lines, default=0)]:
        blocks.append(units[start : start + _BLOCK])
        start += len(line) + 1 if text.isascii() else len(_utf16(line + "\n")) // 2
    sums = {_sum(blocks[number - 1]) for number in lines if number <= len(blocks)}
    seen: Counter[int] = Counter()
    hashes = {}
    for number, block in enumerate(blocks, 1):
        if _sum(block) not in sums:
            continue
        value = sum(map(mul, block, _WEIGHTS)) & _MASK
        seen[value] += 1
        if number in lines:
            hashes[number] = f"{value:x}:{seen[value]}"
    return hashes


def _sum(block: memoryview) -> int:
    """A cheap sieve: since 37 is 1 modulo 36, blocks of which this differs have different hashes."""
    return sum(block) % 36


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be", "surrogatepass")
