"""What was decided about each table among some files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mkt_lint._config.model import FileConfig
from mkt_lint._linter import Advance, FileResult, Linter, Setup
from mkt_lint._model import Failure, Kind
from mkt_lint._plugins import Host
from mkt_lint._rule import TableRule
from mkt_lint._source import Document, Reader, ReaderReference, Source

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from mkt_lint._evaluation.survey import Survey


class Surveyor(Linter):
    """Reads tables as a linter does, and asks what they are instead of what is wrong with them."""

    def __init__(self, setup: Setup, host: Host) -> None:
        super().__init__(setup, host)
        self.surveys: list[Survey] = []
        self.failures: list[Failure] = []

    def survey(self, found: Iterable[tuple[Source, bool] | Failure]) -> None:
        """Survey what was found: files, each with whether it was named, and what could not be reached.

        Raises:
            ConfigError: a file's configuration is wrong.
        """
        references = [reference for reference in self._host.readers if reference.kind is Kind.TABLE]
        for item in found:
            if isinstance(item, Failure):
                self.failures.append(item)
                continue
            source, named = item
            if any(reference.matches(source.name) for reference in references):
                self.failures += self.lint(source, named, None, lambda _: None).failures
            elif named:
                known = sorted({pattern.lstrip("*") for reference in references for pattern in reference.patterns})
                self.failures.append(
                    Failure(path=source.path, message=f"this is no table; known are {', '.join(known)}")
                )

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
        from mkt_lint._evaluation.survey import survey  # polars, which a run over other files does without

        assert document.kind is Kind.TABLE  # no other reader is asked
        rules = [rule for rule in self._rules.enabled(config, Kind.TABLE) if isinstance(rule, TableRule)]
        found = survey(document, rules)
        self.surveys.append(found)
        for failure in found.failures:
            result.failures.append(
                self._host.rule_failure(failure.code, failure.error_type, failure.traceback, source.path)
            )
