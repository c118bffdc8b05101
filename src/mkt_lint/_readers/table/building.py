"""A table from its headers, whatever kind of file they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from mkt_lint._documents.mapping import columns_from, given_by_file, values_from
from mkt_lint._documents.table import Dialect, Table
from mkt_lint._model import Span
from mkt_lint._source import ReadContext, Source


def table_from(
    source: Source,
    context: ReadContext,
    headers: Iterable[tuple[str | None, Span]],
    dialect: Dialect,
    part: str | None = None,
) -> Table:
    """A table, which holds decisions and no data.

    Args:
        source: What the records are read from.
        headers: Each header's text, None where there is no header, and its span.
    """
    vocabulary = context.vocabulary()
    columns = columns_from(headers, vocabulary, context.config)
    return Table(
        path=source.path,
        columns=columns,
        dialect=dialect,
        source=source,
        config=context.config,
        as_of=context.as_of,
        values=values_from(vocabulary, context.config),
        implied=vocabulary.implied,
        given=given_by_file(source.name, (column.header.name for column in columns), vocabulary),
        part=part,
    )
