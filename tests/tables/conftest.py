"""Tables made of bytes, without files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mkt_lint import ColumnAlias, F, ReadContext, Source, Table, Unreadable, Vocabulary, normalise_header
from mkt_lint._config.model import FileConfig, TablesConfig
from mkt_lint._readers.table import TableReader

VOCABULARY = Vocabulary(
    columns=tuple(
        ColumnAlias(normalise_header(header), field, inverted)
        for header, field, inverted in (
            ("email", F.EMAIL, False),
            ("E-mail Work", F.EMAIL, False),
            ("phone", F.PHONE, False),
            ("Nom", F.LAST_NAME, False),
            ("Société", F.COMPANY, False),
            ("status", F.STATUS, False),
            ("Est prospect", F.STATUS, True),
            ("opt out", F.OPTED_OUT, False),
            ("created", F.CREATED_AT, False),
            ("collected", F.COLLECTED_AT, False),
            ("added", F.COLLECTED_AT, False),
            ("notes", F.NOTES, False),
        )
    ),
    values={F.STATUS: {"client": "customer", "oui": "customer", "lead": "prospect"}},
)

Read = Callable[..., Table | Unreadable]


@pytest.fixture
def read() -> Read:
    def read(data: bytes | str | Path, tables: TablesConfig = TablesConfig()) -> Table | Unreadable:  # noqa: B008  # frozen
        config = FileConfig(None, Path(), "t.csv", tables=tables)
        context = ReadContext(config, date(2026, 11, 21), lambda: (), lambda: VOCABULARY)
        if isinstance(data, Path):
            source = Source("t.csv", data)
        else:
            source = Source("t.csv", None, data.encode() if isinstance(data, str) else data)
        [table] = TableReader().read(source, context)
        return table

    return read
