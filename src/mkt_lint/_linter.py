"""One file: which readers take it, and its documents one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from mkt_lint import _plugins
from mkt_lint._config import ConfigError
from mkt_lint._config.document import FILE_NAME
from mkt_lint._config.model import FileConfig
from mkt_lint._contract import check_document
from mkt_lint._inspector import Inspector
from mkt_lint._model import Failure, Kind
from mkt_lint._rules import Rules
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Document, ReadContext, Reader, ReaderReference, Source, Unreadable
from mkt_lint._tracebacks import frames, reason

if TYPE_CHECKING:
    from mkt_lint._documents.template import Template

_END: Any = object()


class DocumentInspector(Protocol):
    """What is done with each document of a file."""

    def inspect(
        self,
        source: Source,
        document: Document,
        config: FileConfig,
        threads: int,
        advance: Advance,
        result: FileResult,
    ) -> None:
        """Add to the file's result."""


class Linter:
    """Lints one file at a time.

    Args:
        inspector: What is done with documents; by default all rules that are on are applied.
        kind: Of the documents that are read; all if left out.
    """

    def __init__(
        self,
        setup: Setup,
        host: _plugins.Host,
        inspector: DocumentInspector | None = None,
        kind: Kind | None = None,
    ) -> None:
        self._setup = setup
        self._inspector = inspector or Inspector(setup, host)
        self._host = host
        self._references = [reference for reference in host.readers if kind in (None, reference.kind)]
        self._kind = kind

    def lint(self, source: Source, named: bool, threads: int, advance: Advance) -> FileResult:
        """Everything that the enabled rules say of one file.

        Args:
            source: The file.
            named: Whether it was named on the command line, rather than found in a folder.
            threads: How many evaluate the ranges of a table.
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
            known = self._check_configuration(source, named, result) or readers
            if not known and named and not self._setup.ignore_unknown:
                result.failures.append(Failure(path=source.path, message=self._not_taken(source)))
            for reference, reader in readers:
                self._read(source, reference, reader, threads, counted, result)
            if readers:
                advance(max(0, source.size - done))
        except OSError as error:
            result.failures.append(Failure(path=source.path, message=f"cannot be read: {reason(error)}"))
        except ConfigError:
            raise
        except Exception as error:  # a fault of ours must not take the other files with it
            message = f"internal error: {type(error).__name__}; please report it, with the output of --debug"
            result.failures.append(Failure(path=source.path, message=message, traceback=frames(error)))
        finally:
            source.forget()
        result.failures += self._host.failures[known_failures:]
        return result

    def lint_all(self, found: Iterable[tuple[Source, bool] | Failure]) -> Iterator[Failure]:
        """Lint one file after the other, here; for what the inspector makes of them.

        Args:
            found: Files, each with whether it was named, and what could not be reached.

        Yields:
            What kept a file from being linted.

        Raises:
            ConfigError: a file's configuration is wrong.
        """
        for item in found:
            if isinstance(item, Failure):
                yield item
            else:
                yield from self.lint(*item, 1, lambda _: None).failures

    def _check_configuration(self, source: Source, named: bool, result: FileResult) -> bool:
        """Whether the file is a configuration; then its `[[ignore]]` tables are looked at after the run.

        Of one that was named, the options of all rules are checked, whatever kinds of document the run meets.
        """
        configs = self._setup.configs
        if self._kind is not None or not configs.is_configuration(source):
            return False
        config = configs.for_file(source)
        if config.ignores:
            result.origin = config.origin
            result.ignores = dict.fromkeys(range(len(config.ignores)), False) | result.ignores
        if named:
            result.is_checked = True
            configs.check_platform(source, (platform.name for platform in self._host.platforms))
            rules = Rules(self._host)
            for kind in Kind:
                rules.enabled(config, kind)
        return True

    def _not_taken(self, source: Source) -> str:
        if self._kind is None and source.name == FILE_NAME and source.location is not None:
            return "this configuration does not hold in this run; leave out --config or --isolated to have it checked"
        references = [reference for reference in self._references if not reference.named_by]
        known = ", ".join(sorted({pattern.lstrip("*") for ref in references for pattern in ref.patterns}))
        if self._kind is not None:
            return f"this is no {self._kind}; known are {known}"
        return f"no reader takes this file; known are {known} (settings by their content)"

    def _readers(self, source: Source, result: FileResult) -> list[tuple[ReaderReference, Reader]]:
        readers = []
        for reference in self._references:
            takes = reference.matches(source.name)
            if takes and reference.named_by:
                takes = reference.is_named(self._setup.configs.for_file(source))
            reader = self._host.reader(reference) if takes else None
            try:
                if reader is not None and reader.recognises(source):
                    readers.append((reference, reader))
            except OSError:
                raise
            except (Exception, SystemExit) as error:  # any reader may be a third party's
                result.failures.append(self._host.reader_failure(reference, error, source.path))
        return readers

    def _read(
        self, source: Source, reference: ReaderReference, reader: Reader, threads: int, advance: Advance,
        result: FileResult,
    ) -> None:  # fmt: skip
        config = self._setup.configs.for_file(source)
        if reader.kind is Kind.TEMPLATE and config.platform != "auto":
            self._setup.configs.check_platform(source, (platform.name for platform in self._host.platforms))
        templates: list[Template] = []
        for document in self._documents(source, config, reference, reader, result):
            self._inspector.inspect(source, document, config, threads, advance, result)
            if document.kind is Kind.TEMPLATE:
                templates.append(document)
        for template in templates:  # parts of one message have much in common
            template.forget()

    def _documents(
        self, source: Source, config: FileConfig, reference: ReaderReference, reader: Reader, result: FileResult
    ) -> Iterator[Document]:
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
                yield document
