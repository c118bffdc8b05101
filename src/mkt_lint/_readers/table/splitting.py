"""A table's records, byte for byte as they are, sorted into other files."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain, pairwise
from typing import BinaryIO, NamedTuple

import numpy as np

from mkt_lint._documents.table import Dialect, Table
from mkt_lint._readers.table.batch import Batch
from mkt_lint._readers.table.encoding import CHUNK, measure
from mkt_lint._readers.table.records import batches

CODES = "mkt_lint_codes"
"""The header of the further column."""


class Split(NamedTuple):
    """How many records went where."""

    clean: int
    flagged: int
    malformed: int


class Outputs(NamedTuple):
    """Where records go."""

    clean: BinaryIO
    flagged: BinaryIO
    malformed: BinaryIO


def split(
    table: Table,
    rows: Iterable[tuple[int, str]],
    outputs: Outputs,
    size: int = CHUNK,
    advance: Callable[[int], None] = lambda _: None,
) -> Split:
    """Write each record to one of the outputs, below what stands above the first of them in the table.

    The records of `flagged` have a further cell with the codes of the rules, separated by spaces. What stands below the
    last record, totals or a program's notes, goes nowhere.

    Args:
        table: Read from a file, not from the standard input.
        rows: The line of a cell and the code of the rule that flags it, by line.
        outputs: Open for writing, in bytes.
        size: Of the ranges that are held in memory, in bytes.
        advance: Told how many bytes of the file are done with.

    Raises:
        OSError: a file cannot be read or written.
    """
    dialect = table.dialect
    counts = [0, 0, 0]
    pending = iter(rows)
    row = next(pending, None)
    with table.source.open() as file:
        head = file.read(dialect.offset)
        advance(table.source.progress(dialect.offset))
        headed = any(column.header.name for column in table.columns)
        outputs.clean.write(head)
        outputs.flagged.write(_with_cell(head, CODES, dialect) if headed else head)
        outputs.malformed.write(head)
        for _, batch in batches(table, size):
            advance(table.source.progress(batch.raw_length))
            if not batch.data:  # a record that is too long to be held
                _copy(file, outputs.malformed, batch.raw_length)
                counts[2] += 1
                while row and row[0] <= batch.first_line:
                    row = next(pending, None)
                continue
            lines, malformed, pieces = _records(batch, file.read(batch.raw_length), dialect)
            codes: dict[int, set[str]] = {}
            end = batch.first_line + batch.data.count(b"\n") + (not batch.data.endswith(b"\n"))
            while row and row[0] < end:
                codes.setdefault(bisect_right(lines, row[0]) - 1, set()).add(row[1])
                row = next(pending, None)
            for number, (piece, broken) in enumerate(zip(pieces, malformed, strict=True)):
                if broken:
                    outputs.malformed.write(piece)
                elif number in codes:
                    outputs.flagged.write(_with_cell(piece, " ".join(sorted(codes[number])), dialect))
                else:
                    outputs.clean.write(piece)
                counts[2 if broken else number in codes] += 1
    return Split(*counts)


def _records(batch: Batch, raw: bytes, dialect: Dialect) -> tuple[list[int], list[bool], Iterator[bytes]]:
    """Of all records in order: the lines that they begin on, whether they are malformed, their bytes in the file."""
    starts = np.concatenate((batch.starts, batch.malformed_starts))
    order = np.argsort(starts)
    bounds = [*starts[order].tolist(), len(batch.data)]
    malformed = (order >= len(batch.starts)).tolist()
    lines = batch.lines(starts[order]).tolist()
    if len(raw) != len(batch.data):
        length = measure(dialect.encoding)
        lengths = (length(batch.data[begin:end]) for begin, end in pairwise(bounds))
        bounds = list(accumulate(chain((0,), lengths)))
    return lines, malformed, (raw[begin:end] for begin, end in pairwise(bounds))


def _with_cell(record: bytes, text: str, dialect: Dialect) -> bytes:
    """A record, or a file's head, with a further cell at the end of its last line."""
    encoding = "utf-8" if dialect.encoding.startswith("utf-8") else dialect.encoding
    cell = f"{dialect.delimiter}{text}".encode(encoding)
    for end in ("\r\n", "\n", "\r"):
        line_end = end.encode(encoding)
        if record.endswith(line_end) and (end != "\r" or dialect.bare_cr):
            return record[: -len(line_end)] + cell + line_end
    return record + cell


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length:
        piece = source.read(min(length, CHUNK))
        if not piece:
            break
        target.write(piece)
        length -= len(piece)
