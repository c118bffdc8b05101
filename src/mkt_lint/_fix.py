"""The ways out that the linter can take by itself: findings' edits, made in the bytes of their file."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from operator import itemgetter

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Edit, Finding, Fix
from mkt_lint._named import NamedTuple

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Fixed(NamedTuple):
    """A file's bytes after its fixes were made."""

    data: bytes
    findings: int
    """How many findings were fixed."""


class CannotFixError(Exception):
    """The file cannot be written back with all else as it was; the text completes "FILE: "."""


def fixable(findings: Iterable[Finding], *, unsafe: bool) -> list[tuple[Finding, Fix]]:
    """Findings with a fix that may be made; those in a decoded part have no place in the file's bytes."""
    return [
        (finding, finding.fix)
        for finding in findings
        if finding.fix is not None and finding.part is None and (finding.fix.safe or unsafe)
    ]


def fix(data: bytes, encoding: str, fixes: Sequence[Fix]) -> Fixed:
    """Make all fixes that do not touch each other; the others are for another pass. All other bytes stay.

    Args:
        data: The file's bytes.
        encoding: As its reader decoded it.

    Raises:
        CannotFixError: the bytes do not survive being decoded and encoded.
    """
    mark, text = _decoded(data, encoding)
    source = SourceText(text)
    made: list[tuple[int, int, str]] = []
    count = 0
    for item in fixes:
        edits = [_as_offsets(source, edit) for edit in item.edits]
        if all(edit in made for edit in edits):  # another finding has the same way out
            count += 1
        elif not any(_touch(edit, other) for edit in edits for other in made):
            made += edits
            count += 1
    pieces: list[str] = []
    done = 0
    for start, end, replacement in sorted(made, key=itemgetter(0, 1)):  # what is put in at one place keeps its order
        pieces += text[done:start], replacement
        done = end
    try:
        return Fixed(mark + "".join([*pieces, text[done:]]).encode(_codec(encoding)), count)
    except UnicodeEncodeError:
        raise CannotFixError(f"cannot be fixed: {encoding} has no way to write what would be put in") from None


def _decoded(data: bytes, encoding: str) -> tuple[bytes, str]:
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    content = data[len(mark) :]
    try:
        text = content.decode(_codec(encoding))
        if text.encode(_codec(encoding)) == content:
            return mark, text
    except UnicodeError:
        pass
    raise CannotFixError(f"cannot be fixed: not all of its bytes are {encoding}; save it in UTF-8 first")


def _codec(encoding: str) -> str:
    return encoding.removesuffix("-sig")


def _as_offsets(source: SourceText, edit: Edit) -> tuple[int, int, str]:
    start = source.offset(edit.span.line, edit.span.column)
    end = source.offset(edit.span.end_line, edit.span.end_column)
    first_end = source.text.find("\n")
    windows = first_end > 0 and source.text[first_end - 1] == "\r"
    return start, end, edit.text.replace("\n", "\r\n") if windows else edit.text


def _touch(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits share a place, or would be put in at the same one."""
    return one[0] <= other[1] and other[0] <= one[1]
