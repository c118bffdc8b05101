"""One table, linted, and its records sorted by what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from mkt_lint._config.model import FileConfig
from mkt_lint._linter import Advance, FileResult, Linter
from mkt_lint._model import Failure, Kind, Undecided
from mkt_lint._source import Document, Reader, ReaderReference, Source

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from mkt_lint._documents.table import Table
    from mkt_lint._readers.table.splitting import Split


class ChangedError(Exception):
    """The file has other records than when it was linted."""


class Splitter(Linter):
    """Lints one table, of which it keeps what is needed to sort its records. The setup must need rows."""

    _table: Table
    _result: FileResult

    @property
    def undecided(self) -> list[str]:
        """The codes of the rules that could not tell."""
        outcomes = self._result.outcomes
        return sorted(
            {outcome.code for outcome in outcomes if isinstance(outcome, Undecided) and not outcome.suppressed}
        )

    def examine(self, found: Iterable[tuple[Source, bool] | Failure]) -> list[Failure]:
        """Lint the table: one file. Returns what keeps its records from being sorted.

        Raises:
            ConfigError: the file's configuration is wrong.
        """
        (item,) = found
        if isinstance(item, Failure):
            return [item]
        source, named = item
        tables = [reference for reference in self._host.readers if reference.kind is Kind.TABLE]
        if not any(reference.matches(source.name) for reference in tables):
            known = sorted({pattern.lstrip("*") for reference in tables for pattern in reference.patterns})
            return [Failure(path=source.path, message=f"this is no table; known are {', '.join(known)}")]
        self._result = self.lint(source, named, None, lambda _: None)
        return self._result.failures

    def split(self, files: tuple[BinaryIO, BinaryIO, BinaryIO]) -> Split:
        """Write each record of the table to one of the files, for clean, flagged and malformed ones.

        Raises:
            ChangedError: the file was changed after it was linted.
            OSError: a file cannot be read or written.
        """
        from mkt_lint._readers.table.splitting import Outputs, split  # numpy, which other commands do without

        rows = ((row.line, row.code) for rows in self._result.rows for row in rows)
        counts = split(self._table, rows, Outputs(*files))
        if sum(counts) != self._result.documents[0].records:
            raise ChangedError
        return counts

    def _readers(self, source: Source, result: FileResult) -> list[tuple[ReaderReference, Reader]]:
        return [pair for pair in super()._readers(source, result) if pair[0].kind is Kind.TABLE]

    def _check(
        self,
        source: Source,
        document: Document,
        config: FileConfig,
        executor: Executor | None,
        advance: Advance,
        result: FileResult,
    ) -> None:
        assert document.kind is Kind.TABLE  # no other reader is asked
        if document.dialect.first_column is not None:
            message = "has no lines that could be kept as they are; save the table as CSV and split that"
            if not result.failures:  # once, however many sheets there are
                result.failures.append(Failure(path=source.path, message=message))
            return
        self._table = document
        super()._check(source, document, config, executor, advance, result)
