"""What a run depends on, and what one file of it came to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from mkt_lint._config import Configs
from mkt_lint._model import Failure, Finding, Undecided
from mkt_lint._named import NamedTuple
from mkt_lint._report import DocumentInfo, OffendingRow
from mkt_lint._reporters.reference import Need

Advance: TypeAlias = Callable[[int], None]
"""Called with the number of bytes that are done with."""


class FileResult:
    """What one file came to."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.documents: list[DocumentInfo] = []
        self.outcomes: list[Finding | Undecided] = []
        self.failures: list[Failure] = []
        self.rows: list[Iterable[OffendingRow]] = []
        self.codes: set[str] = set()
        """Of the rules that looked at the file."""
        self.origin: Path | None = None
        """The configuration file whose `[[ignore]]` tables were held against the file; None where there are none."""
        self.ignores: dict[int, bool] = {}
        """Whether each of those that are meant for the file silenced something, by place."""
        self.is_checked = False
        """Whether it was looked at although no document was made of it: a configuration that was named."""
        self.seconds: dict[str, float] = {}
        """By what they were spent on: a reader's name or a rule's code."""

    @property
    def is_linted(self) -> bool:
        """Whether it counts as a file that was looked at."""
        return bool(self.documents or self.outcomes or self.failures or self.is_checked)

    def spent(self, what: str, started: float) -> None:
        """Add the time since `started`, of `time.perf_counter`."""
        self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - started


class Setup(NamedTuple):
    """All that a run depends on besides the files; the same in every process."""

    configs: Configs
    as_of: date
    blocked: tuple[str, ...] = ()
    needs: frozenset[Need] = frozenset()
    """What the formats need that is not made for all."""
    ignore_unknown: bool = False
    folders: tuple[Path, ...] = ()
    """Those that are linted as a whole; absolute."""
