"""One table, linted, and its records sorted by what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from mkt_lint._config.model import FileConfig
from mkt_lint._evaluation import limit_threads
from mkt_lint._inspector import Inspector
from mkt_lint._linter import Linter
from mkt_lint._model import Failure, Kind, Undecided
from mkt_lint._plugins import Host
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Document, Source

if TYPE_CHECKING:
    from mkt_lint._documents.table import Table
    from mkt_lint._readers.table.splitting import Split


class ChangedError(Exception):
    """The file has other records than when it was linted."""


class Splitter:
    """Lints one table, of which it keeps what is needed to sort its records. The setup must need rows."""

    _table: Table
    _result: FileResult

    def __init__(self, setup: Setup, host: Host) -> None:
        self._setup = setup
        self._linter = Linter(setup, host, self, Kind.TABLE)
        self._inspector = Inspector(setup, host)

    @property
    def undecided(self) -> list[str]:
        """The codes of the rules that could not tell."""
        outcomes = self._result.outcomes
        return sorted(
            {outcome.code for outcome in outcomes if isinstance(outcome, Undecided) and not outcome.suppressed}
        )

    def examine(self, found: Iterable[tuple[Source, bool] | Failure], advance: Advance) -> list[Failure]:
        """Lint the table: one file. Returns what keeps its records from being sorted.

        Raises:
            ConfigError: the file's configuration is wrong.
        """
        (item,) = found
        if isinstance(item, Failure):
            return [item]
        source, named = item
        threads = self._setup.configs.run.processors
        limit_threads(threads)
        self._result = self._linter.lint(source, named, threads, advance)
        return self._result.failures

    def split(self, files: tuple[BinaryIO, BinaryIO, BinaryIO], advance: Advance) -> Split:
        """Write each record of the table to one of the files, for clean, flagged and malformed ones.

        Raises:
            ChangedError: the file was changed after it was linted.
            OSError: a file cannot be read or written.
        """
        from mkt_lint._readers.table.splitting import Outputs, split  # numpy, which other commands do without

        rows = ((row.line, row.code) for rows in self._result.rows for row in rows)
        counts = split(self._table, rows, Outputs(*files), advance=advance)
        if sum(counts) != self._result.documents[0].records:
            raise ChangedError
        return counts

    def inspect(
        self,
        source: Source,
        document: Document,
        config: FileConfig,
        threads: int,
        advance: Advance,
        result: FileResult,
    ) -> None:
        """Lint the table, and keep it."""
        assert document.kind is Kind.TABLE  # no other reader is asked
        if document.dialect.first_column is not None:
            message = "has no lines that could be kept as they are; save the table as CSV and split that"
            if not result.failures:  # once, however many sheets there are
                result.failures.append(Failure(path=source.path, message=message))
            return
        self._table = document
        self._inspector.inspect(source, document, config, threads, advance, result)
