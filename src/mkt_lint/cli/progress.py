"""The progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from mkt_lint._model import Failure
from mkt_lint._run import Advance
from mkt_lint._source import Source

BAR_BYTES = 32 * 1024 * 1024
"""Less work than this is done before a progress bar is worth drawing."""


@contextmanager
def progress(
    found: Sequence[tuple[Source, bool] | Failure], wanted: bool | None, label: str = "Linting"
) -> Iterator[Advance]:
    """A bar on stderr for long work, or where it is asked for; never where stderr is no terminal."""
    if wanted is False or not sys.stderr.isatty():
        yield lambda _: None
        return
    total = sum(item[0].size for item in found if not isinstance(item, Failure))
    if wanted is None and total < BAR_BYTES:
        yield lambda _: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update
