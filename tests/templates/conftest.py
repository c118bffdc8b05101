"""Reading templates as the linter does, without the rest of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mkt_lint._config.model import FileConfig, TemplatesConfig
from mkt_lint._documents.template import Template
from mkt_lint._facts import Vocabulary
from mkt_lint._readers.template.eml import EmlReader
from mkt_lint._readers.template.html import HtmlReader
from mkt_lint._source import ReadContext, Source, Unreadable
from mkt_lint_email.facts import platforms

Read = Callable[..., Any]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read it: `read(content, name, roots=(...), platform=...)`."""

    def read(content: str | bytes, name: str = "mail.html", platform: str = "auto", **templates: Any) -> Any:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        config = FileConfig(None, tmp_path, name, platform=platform, templates=TemplatesConfig(**templates))
        day = datetime.date(2026, 11, 21)
        context = ReadContext(config, day, lambda: tuple(platforms()), Vocabulary)
        reader = EmlReader() if name.endswith(".eml") else HtmlReader()
        found: list[Template | Unreadable] = list(reader.read(Source(name, file), context))
        assert name.endswith(".eml") or len(found) == 1
        return found[0] if found else None

    return read
