"""One file: its documents, what the rules say of them, what silences it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mkt_lint import _plugins
from mkt_lint._config import ConfigError, Configs
from mkt_lint._config.model import FileConfig
from mkt_lint._contract import check_document
from mkt_lint._model import Failure, Finding, Kind, Undecided, Verdict
from mkt_lint._outcomes import check, place
from mkt_lint._report import DocumentInfo, OffendingRow
from mkt_lint._reporters.reference import Need
from mkt_lint._rule import Rule, SettingsRule, TableRule, TemplateRule
from mkt_lint._rules import Rules
from mkt_lint._source import Document, ReadContext, Reader, ReaderReference, Source, Unreadable
from mkt_lint._suppress import suppress
from mkt_lint._tracebacks import frames

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from mkt_lint._documents.table import Table

_END: Any = object()

Advance = Callable[[int], None]
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
        self.seconds: dict[str, float] = {}
        """By what they were spent on: a reader's name or a rule's code."""

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


class Linter:
    """Lints one file at a time."""

    def __init__(self, setup: Setup, host: _plugins.Host) -> None:
        self._setup = setup
        self._host = host
        self._rules = Rules(host)

    def lint(self, source: Source, named: bool, executor: Executor | None, advance: Advance) -> FileResult:
        """Everything that the enabled rules say of one file.

        Args:
            source: The file.
            named: Whether it was named on the command line, rather than found in a folder.
            executor: Where the ranges of a large table are evaluated; None for here.
            advance: Told how many bytes are done with.

        Raises:
            ConfigError: the configuration for this file is wrong.
        """
        result = FileResult(source.path)
        known_failures = len(self._host.failures)
        done = 0

        def counted(size: int) -> None:
            nonlocal done
            done += size
            advance(size)

        try:
            readers = self._readers(source, result)
            if not readers and named and not self._setup.ignore_unknown:
                known = sorted({pattern.lstrip("*") for ref in self._host.readers for pattern in ref.patterns})
                result.failures.append(
                    Failure(
                        path=source.path,
                        message=(
                            f"no reader takes this file; known are {', '.join(known)} (settings by their content)"
                        ),
                    )
                )
            for reference, reader in readers:
                self._read(source, reference, reader, executor, counted, result)
            if readers:
                advance(max(0, source.size - done))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            result.failures.append(Failure(path=source.path, message=f"cannot be read: {reason}"))
        except ConfigError:
            raise
        except Exception as error:  # a fault of ours must not take the other files with it
            if executor is not None:
                from concurrent.futures import BrokenExecutor

                if isinstance(error, BrokenExecutor):
                    raise
            message = f"internal error: {type(error).__name__}; please report it, with the output of --debug"
            result.failures.append(Failure(path=source.path, message=message, traceback=frames(error)))
        result.failures += self._host.failures[known_failures:]
        return result

    def _readers(self, source: Source, result: FileResult) -> list[tuple[ReaderReference, Reader]]:
        readers = []
        for reference in self._host.readers:
            reader = self._host.reader(reference) if reference.matches(source.name) else None
            try:
                if reader is not None and reader.recognises(source):
                    readers.append((reference, reader))
            except OSError:
                raise
            except (Exception, SystemExit) as error:  # any reader may be a third party's
                result.failures.append(self._host.reader_failure(reference, error, source.path))
        return readers

    def _read(
        self, source: Source, reference: ReaderReference, reader: Reader, executor: Executor | None, advance: Advance,
        result: FileResult,
    ) -> None:  # fmt: skip
        config = self._setup.configs.for_file(source)
        if reader.kind is Kind.TEMPLATE and config.platform != "auto":
            self._setup.configs.check_platform(source, (platform.name for platform in self._host.platforms))
        context = ReadContext(config, self._setup.as_of, lambda: self._host.platforms, lambda: self._host.vocabulary)
        documents: Iterator[Document | Unreadable] | None = None
        while True:
            started = time.perf_counter()
            try:
                if documents is None:
                    documents = iter(reader.read(source, context))
                document = next(documents, _END)
                if document is not _END:
                    check_document(document, reader.kind)
            except OSError:
                raise
            except (Exception, SystemExit) as error:  # as above; it must not take the other files with it
                result.failures.append(self._host.reader_failure(reference, error, source.path))
                return
            result.spent(f"read {reference.name}", started)
            if document is _END:
                return
            if isinstance(document, Unreadable):
                result.failures.append(
                    Failure(path=source.path, message=document.message, line=document.line, column=document.column)
                )
            else:
                self._check(source, document, config, executor, advance, result)

    def _check(
        self,
        source: Source,
        document: Document,
        config: FileConfig,
        executor: Executor | None,
        advance: Advance,
        result: FileResult,
    ) -> None:
        rules = self._rules.enabled(config, document.kind)
        result.codes |= {rule.code for rule in rules}
        rows: Iterable[tuple[int, int, str]] = ()
        if document.kind is Kind.TABLE:
            verdicts, rows, info = self._check_table(document, rules, executor, advance, result)
        else:
            verdicts = [(rule, verdict) for rule in rules for verdict in self._verdicts(rule, document, result)]
            purpose = document.purpose if document.kind is Kind.TEMPLATE else None
            info = DocumentInfo(document.path, document.kind, document.encoding, document.part, purpose)
        result.documents.append(info)
        outcomes = suppress(self._place(source, document, config, verdicts), config, self._setup.as_of)
        live = {outcome.code for outcome in outcomes if outcome.suppressed is None}
        result.outcomes += outcomes
        if rows:  # a generator, which no worker could send
            result.rows.append(OffendingRow(document.path, *row, document.part) for row in rows if row[2] in live)

    def _place(
        self, source: Source, document: Document, config: FileConfig, verdicts: Sequence[tuple[Rule, Verdict]]
    ) -> list[Finding | Undecided]:
        if "fingerprints" not in self._setup.needs or not verdicts:
            return place(document, config, verdicts, {}, lambda *_: "")
        from mkt_lint._fingerprints import fingerprint, line_hashes  # OpenSSL, which a hook's text does without

        hashes: Mapping[int, str] = {}
        # Lines of tables are personal data; those of a decoded part are not the file's.
        if document.kind is not Kind.TABLE and document.part is None:
            text = source.data.decode("utf-8", "replace")
            hashes = line_hashes(text, {verdict.span.line for _, verdict in verdicts})
        return place(document, config, verdicts, hashes, fingerprint)

    def _verdicts(self, rule: Rule, document: Document, result: FileResult) -> Sequence[Verdict]:
        started = time.perf_counter()
        verdicts: Sequence[Verdict] = ()
        try:
            if isinstance(rule, TemplateRule) and document.kind is Kind.TEMPLATE:
                verdicts = list(rule.check(document)) if document.purpose in rule.purposes else ()
            elif isinstance(rule, SettingsRule) and document.kind is Kind.SETTINGS:
                verdicts = list(rule.check(document))
            else:
                raise TypeError(f"{rule.code} is not for a {document.kind}")
            for verdict in verdicts:
                check(document, rule, verdict)
        except (Exception, SystemExit) as error:  # any rule may be a third party's
            result.failures.append(self._failure(rule, error, document))
            return ()
        finally:
            result.spent(rule.code, started)
        return verdicts

    def _failure(self, rule: Rule, error: BaseException, document: Document) -> Failure:
        return self._host.rule_failure(rule.code, type(error).__name__, frames(error), document.path)

    def _check_table(
        self, table: Table, rules: Sequence[Rule], executor: Executor | None, advance: Advance, result: FileResult
    ) -> tuple[list[tuple[Rule, Verdict]], Iterable[tuple[int, int, str]], DocumentInfo]:
        from mkt_lint._evaluation import evaluate  # polars, which a run over templates does without

        started = time.perf_counter()
        table_rules = [rule for rule in rules if isinstance(rule, TableRule)]
        found = evaluate(table, table_rules, executor=executor, keep_rows="rows" in self._setup.needs, advance=advance)
        result.spent("evaluate tables", started)
        for failure in found.failures:
            result.failures.append(
                self._host.rule_failure(failure.code, failure.error_type, failure.traceback, table.path)
            )
        info = DocumentInfo(
            table.path, table.kind, table.encoding, table.part,
            records=found.records, records_checked=found.checked, records_reported=found.reported,
        )  # fmt: skip
        broken = set()
        for rule, verdict in found.verdicts:
            try:
                check(table, rule, verdict)
            except (TypeError, ValueError) as error:
                broken.add(rule.code)
                result.failures.append(self._failure(rule, error, table))
        return [(rule, verdict) for rule, verdict in found.verdicts if rule.code not in broken], found.rows, info
