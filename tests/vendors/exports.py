"""Exports as the vendors make them, and how they are read."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from mkt_lint import ReadContext, Source, Table
from mkt_lint._config.model import FileConfig
from mkt_lint._readers.table import TableReader
from mkt_lint_crm.facts import vocabulary

FOLDER = Path(__file__).parent / "files"
EXPORTS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "exports.toml").read_text(encoding="utf-8"))


def read(export: dict[str, Any]) -> Table:
    """An export as the linter sees it with no configuration."""
    path = FOLDER / export["file"]
    context = ReadContext(FileConfig(None, Path(), path.name), date(2026, 11, 21), lambda: (), vocabulary)
    [table] = TableReader().read(Source(path.name, path), context)
    assert isinstance(table, Table), table
    return table
