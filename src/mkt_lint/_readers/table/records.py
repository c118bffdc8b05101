"""All records of a table, range by range."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint._documents.table import Table
from mkt_lint._readers.table.batch import Batch
from mkt_lint._readers.table.encoding import CHUNK, measure, utf8_chunks
from mkt_lint._readers.table.index import index


def batches(table: Table, size: int = CHUNK) -> Iterator[tuple[int, Batch]]:
    """Each range with its offset in bytes of the file; `size` is about how many of these a range has.

    Raises:
        OSError: the file cannot be read.
    """
    dialect = table.dialect
    with table.source.open() as file:
        file.seek(dialect.offset)
        offset = dialect.offset
        for batch in index(
            utf8_chunks(file, dialect.encoding, dialect.bare_cr, size, dialect.end),
            delimiter=dialect.delimiter,
            columns=dialect.columns,
            first_line=dialect.first_line,
            measure=measure(dialect.encoding),
            sound=dialect.sound,
        ):
            yield offset, batch
            offset += batch.raw_length
