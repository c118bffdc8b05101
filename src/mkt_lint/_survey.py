"""What was decided about each table among some files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mkt_lint._config.model import FileConfig
from mkt_lint._linter import Linter
from mkt_lint._model import Failure, Kind
from mkt_lint._plugins import Host
from mkt_lint._rule import TableRule
from mkt_lint._rules import Rules
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Document, Source

if TYPE_CHECKING:
    from mkt_lint._evaluation.survey import Survey


class Surveyor:
    """Reads tables as a linter does, and asks what they are instead of what is wrong with them."""

    def __init__(self, setup: Setup, host: Host) -> None:
        self._linter = Linter(setup, host, self, Kind.TABLE)
        self._rules = Rules(host)
        self._host = host
        self.surveys: list[Survey] = []
        self.failures: list[Failure] = []

    def survey(self, found: Iterable[tuple[Source, bool] | Failure]) -> None:
        """Survey what was found: files, each with whether it was named, and what could not be reached.

        Raises:
            ConfigError: a file's configuration is wrong.
        """
        self.failures += self._linter.lint_all(found)

    def inspect(
        self,
        source: Source,
        document: Document,
        config: FileConfig,
        threads: int,
        advance: Advance,
        result: FileResult,
    ) -> None:
        """Survey one table."""
        from mkt_lint._evaluation.survey import survey  # polars, which a run over other files does without

        assert document.kind is Kind.TABLE  # no other reader is asked
        rules = [rule for rule in self._rules.enabled(config, Kind.TABLE) if isinstance(rule, TableRule)]
        found = survey(document, rules)
        self.surveys.append(found)
        for failure in found.failures:
            result.failures.append(
                self._host.rule_failure(failure.code, failure.error_type, failure.traceback, source.path)
            )
