"""What separates a table's cells, and what its header says, from the first bytes alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mkt_lint._readers.table.grammar import cells, field_count, record_pattern, unquoted

DELIMITERS = ",;\t|"
_OTHERS = "^:"
_SAMPLE = 200
_PREAMBLE = 20
_PADDED = 3
_PHONE_DIGITS = 8
_FOOTER = 20

_SEPARATOR_LINE = re.compile(rb'"?sep=(.)"?\r?\n', re.IGNORECASE)
_BLANK_LINES = re.compile(rb"(?:\r?\n)+")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d .()/-]{8,24}")
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ]\d{1,2}:\d\d.*)?")

_LINE = re.compile(rb"[^\n]*\n|[^\n]+\Z")
_TOTAL = re.compile(
    r"total général|(?:grand |sub-?|sous-)?totals?|totaux|somme|(?:record|row) count|count|"
    r"nombre (?:total )?(?:d['’]enregistrements|de lignes|de contacts)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[\s:()%€$£+.,\d-]*")
_CLOSING = re.compile(
    r"copyright\b|©|confidential|confidentiel|generated (?:by|on)\b|généré (?:par|le)\b|exported (?:by|on)\b|"
    r"exporté (?:par|le)\b|report generated|filtered by",
    re.IGNORECASE,
)
"""What programs write below a report, as "Copyright (c)" and "Confidential Information"; own list."""


def separator_line(head: bytes) -> tuple[str, int] | None:
    """The delimiter that a first line `sep=;` tells, and that line's length."""
    matched = _SEPARATOR_LINE.match(head)
    return (matched[1].decode("latin-1"), matched.end()) if matched else None


def preamble_length(head: bytes) -> int:
    """The length of what stands above the header: blank lines, or a title and notes.

    The latter are records of fewer cells, the first of one, closed by a blank line and followed by records that have as
    many cells as one another; or records in which one cell is filled at most, as a spreadsheet writes a title above a
    table.
    """
    matched = _BLANK_LINES.match(head)
    blank = matched.end() if matched else 0
    head = head[blank:]
    padded = next((length for delimiter in DELIMITERS if (length := _length_padded(head, delimiter))), 0)
    if padded:
        return blank + padded
    if any(_two_alike(head, delimiter) for delimiter in DELIMITERS):
        return blank
    return blank + next((length for delimiter in DELIMITERS if (length := _length_above(head, delimiter))), 0)


def _two_alike(head: bytes, delimiter: str) -> bool:
    """Whether the first two records have the same number of cells, and several."""
    counts = []
    position = 0
    for _ in range(2):
        matched = record_pattern(delimiter).match(head, position)
        if not matched or not matched[0].strip():
            return False
        counts.append(field_count(matched[0], delimiter))
        position = matched.end()
    return counts[0] == counts[1] > 1


def _length_padded(head: bytes, delimiter: str) -> int:
    """The length of first records of three cells or more with one filled at most, above one with several."""
    pattern = record_pattern(delimiter)
    position = 0
    for _ in range(_PREAMBLE):
        matched = pattern.match(head, position)
        texts = _texts(matched[0], delimiter) if matched else None
        if not matched or not texts or len(texts) < _PADDED:
            return 0
        filled = [text for text in texts if text]
        if len(filled) > 1:
            return 0 if looks_like_data(filled) else position  # data below: what stands above is a header after all
        if looks_like_data(filled):
            return 0
        position = matched.end()
    return 0


def _length_above(head: bytes, delimiter: str) -> int:
    pattern = record_pattern(delimiter)
    position, after_blank, most = 0, False, 1
    for _ in range(_PREAMBLE):
        matched = pattern.match(head, position)
        if not matched:
            return 0
        count = field_count(matched[0], delimiter)
        if count > 1 and not position:  # a header of several cells, however many the records have
            return 0
        if count > most and after_blank:
            below = pattern.match(head, matched.end())
            if below is None or not below[0].strip() or field_count(below[0], delimiter) == count:
                return position
        most = max(most, count)
        after_blank = not matched[0].strip(b"\r\n")
        position = matched.end()
    return 0


def choose_delimiter(head: bytes) -> str | None:
    """The delimiter of the records in `head`, whose last one may be cut off; None where there is a single column.

    The one by which most records have as many cells as the first; among equals, the one with most cells. Where the
    first record is malformed, the one that stands in it most often.
    """
    best: tuple[float, int, str] | None = None
    for delimiter in DELIMITERS:
        counts = _field_counts(head, delimiter)
        if counts and counts[0] > 1:
            score = (round(counts.count(counts[0]) / len(counts), 2), counts[0])
            if best is None or score > best[:2]:
                best = (*score, delimiter)
    if best:
        return best[2]
    first = head[: head.find(b"\n") + 1 or len(head)]
    likely = max(DELIMITERS, key=lambda delimiter: first.count(delimiter.encode()))
    malformed = not record_pattern(likely).match(head)
    return likely if malformed and likely.encode() in first else None


def _field_counts(head: bytes, delimiter: str) -> list[int]:
    """Cells of the first well-formed records; a line that begins none counts as a record without cells."""
    pattern = record_pattern(delimiter)
    counts: list[int] = []
    position = 0
    while position < len(head) and len(counts) < _SAMPLE:
        matched = pattern.match(head, position)
        if matched:
            if matched.end() == len(head) and counts:
                break  # it may be cut off
            record = matched[0]
            if record.strip(b"\r\n"):
                counts.append(field_count(record, delimiter))
            position = matched.end()
        else:
            counts.append(0)
            position = head.find(b"\n", position) + 1 or len(head)
    return counts


def hidden_delimiter(head: bytes) -> str | None:
    """For a table of one column: a sign that splits most of its records alike, and so is likely a delimiter."""
    lines = [line for line in head.splitlines()[:_SAMPLE] if line.strip()]
    for sign in _OTHERS + DELIMITERS:
        counts = [line.count(sign.encode()) for line in lines]
        number, times = Counter(counts[1:] or counts).most_common(1)[0]
        alike = number > 0 and times * 2 > len(counts[1:] or counts)
        # addresses of web pages and times have a colon too, but then the header has none
        if alike and (sign != ":" or counts[0] == number):
            return sign
    return None


def looks_like_data(cells: Sequence[str]) -> bool:
    """Whether the cells of a first record are a person's data rather than headers."""
    return any(
        _ADDRESS.fullmatch(cell) or _DATE.fullmatch(cell) or (_PHONE.fullmatch(cell) and _digits(cell) >= _PHONE_DIGITS)
        for cell in (cell.strip() for cell in cells)
    )


def _digits(cell: str) -> int:
    return sum(sign.isdigit() for sign in cell)


def footer_length(tail: bytes, delimiter: str) -> int:
    """The length of what stands below the last record, at the end of whole lines in UTF-8: totals, a program's notes.

    Totals are a record that begins with the word and holds nothing but numbers. Notes are lines of one cell, set off by
    a blank line, of which one says what such notes say.
    """
    length = position = 0
    noted = closing = False
    for line in reversed(_LINE.findall(tail)[-_FOOTER:]):
        position += len(line)
        texts = _texts(line, delimiter)
        if texts is None or looks_like_data(texts) or (noted and not closing and not any(texts)):
            break
        if not any(texts):
            length = position if closing or length else 0
            noted = closing = False
        elif _is_total(texts) and not noted:
            length = position
        elif len(texts) == 1:
            noted, closing = True, closing or _CLOSING.match(texts[0]) is not None
        else:
            break
    return length


def _texts(line: bytes, delimiter: str) -> list[str] | None:
    """The cells of a line that is a whole record; None for another."""
    if not record_pattern(delimiter).fullmatch(line):
        return None
    return [unquoted(line[begin:end]).decode(errors="replace").strip() for begin, end in cells(line, delimiter)]


def _is_total(texts: Sequence[str]) -> bool:
    first, *others = (text for text in texts if text)
    word = _TOTAL.match(first)
    numbers = [first[word.end() :], *others] if word else []
    return any(map(_digits, numbers)) and all(_AMOUNT.fullmatch(number) for number in numbers)
