"""Parquet files: columns of any type as texts, row by row; places are rows and columns, the names being row 1."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from mkt_lint._documents.table import Table
from mkt_lint._model import Kind
from mkt_lint._readers.table.grid import csv_row, grid
from mkt_lint._readers.table.streams import Streamed
from mkt_lint._source import ReadContext, Reader, Source, Unreadable

_ROWS = 20_000
"""Rows that are held at once, besides what Polars holds of a row group."""
_BROKEN = "this is no Parquet file, or it is damaged; write it again"
_FAULTS = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
"""Their texts may quote the file."""


class ParquetReader(Reader):
    """Reads tables of columns with types."""

    kind = Kind.TABLE

    def read(self, source: Source, context: ReadContext) -> Iterator[Table | Unreadable]:
        """One table."""
        place = source.location or io.BytesIO(source.data)
        with source.open() as file:
            file.read(1)  # whether it can be read is no question of its format
        try:
            frame = pl.scan_parquet(place)
            schema = frame.collect_schema()
            rows = int(frame.select(pl.len()).collect().item())
        except _FAULTS:
            yield Unreadable(_BROKEN)
            return
        if not schema:
            yield Unreadable("the file has no columns; expected a table")
            return
        names = list(schema)
        streamed = Streamed(source, lambda: _pieces(place, names, rows), rows * len(names) * 16)
        yield grid(streamed, context, names, "table", row=1, first_column=1)


def _pieces(place: Path | io.BytesIO, names: list[str], rows: int) -> Iterator[bytes]:
    yield csv_row(names).encode()
    begin = 0
    try:
        frame = pl.scan_parquet(place)
        schema = frame.collect_schema()
        texts = frame.select(_cell(pl.col(name), kind).alias(name) for name, kind in schema.items())
        if len(names) == 1:
            texts = texts.fill_null("")  # a null alone would be a blank line
        for begin in range(0, rows, _ROWS):
            file = io.BytesIO()
            texts.slice(begin, _ROWS).collect(engine="streaming").write_csv(file, include_header=False)
            yield file.getvalue()
    except _FAULTS:
        raise OSError(errno.EIO, f"after row {begin + 1}: {_BROKEN}") from None


def _cell(value: pl.Expr, kind: pl.DataType) -> pl.Expr:
    return _text(value, kind).str.replace_all("\r\n", "\r", literal=True).str.replace_all("\n", "\r", literal=True)


def _text(value: pl.Expr, kind: pl.DataType) -> pl.Expr:  # noqa: PLR0911  # one for each family of types
    """Values as a program that writes CSV would write them; those of a list between semicolons."""
    match kind:
        case pl.Datetime():
            return value.dt.to_string("%Y-%m-%d %H:%M:%S")
        case pl.Time():
            return value.dt.to_string("%H:%M:%S")
        case pl.Duration():
            return value.dt.to_string("iso")
        case pl.Float32() | pl.Float64():
            return value.cast(pl.String).str.strip_suffix(".0")
        case pl.Binary():
            return value.map_elements(_decoded, return_dtype=pl.String)
        case pl.List():
            inner = kind.inner() if isinstance(kind.inner, type) else kind.inner
            return value.list.eval(_text(pl.element(), inner)).list.join(";", ignore_nulls=True)
        case pl.Array():
            return _text(value.arr.to_list(), pl.List(kind.inner))
        case pl.Struct():
            return pl.when(value.is_not_null()).then(value.struct.json_encode())
        case _:
            return value.cast(pl.String)


def _decoded(value: bytes) -> str:
    return value.decode("utf-8", "replace")
