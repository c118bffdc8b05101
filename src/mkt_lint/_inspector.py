"""What the rules say of one document, and what silences that."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias, cast

from mkt_lint import _plugins
from mkt_lint._config.model import FileConfig
from mkt_lint._config.selectors import KnownRules
from mkt_lint._model import Failure, Finding, Kind, Undecided, Verdict
from mkt_lint._outcomes import check, place
from mkt_lint._report import DocumentInfo, OffendingRow
from mkt_lint._rule import Rule, SettingsRule, SuppressionRule, TableRule, TemplateRule
from mkt_lint._rules import Rules
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Document, Source
from mkt_lint._suppress import IgnoreComment, ignore_comments, ignores_for, in_force, suppress
from mkt_lint._tracebacks import frames

if TYPE_CHECKING:
    from mkt_lint._config import ConfigFile
    from mkt_lint._documents.settings import Settings
    from mkt_lint._documents.suppressions import Suppressions
    from mkt_lint._documents.table import Table
    from mkt_lint._documents.template import Purpose, Template

Check: TypeAlias = Callable[[], Iterator[Verdict]]
"""A rule's check of one document."""


class Inspector:
    """Applies the rules that are on for a file to its documents."""

    def __init__(self, setup: Setup, host: _plugins.Host) -> None:
        self._setup = setup
        self._host = host
        self._rules = Rules(host)

    def inspect(
        self,
        source: Source,
        document: Document,
        config: FileConfig,
        threads: int,
        advance: Advance,
        result: FileResult,
    ) -> None:
        """Add to a file's result what is said of one of its documents.

        Raises:
            ConfigError: an option of a rule is wrong.
        """
        rules = self._rules.enabled(config, document.kind)
        result.codes |= {rule.code for rule in rules}
        rows: Iterable[tuple[int, int, str]] = ()
        if document.kind is Kind.TABLE:
            verdicts, rows, info = self._check_table(document, rules, threads, advance, result)
        else:
            purpose = _purpose(document, result) if document.kind is Kind.TEMPLATE else None
            verdicts = self._verdicts(_checks(rules, document, purpose), document, result)
            info = DocumentInfo(document.path, document.kind, document.encoding, document.part, purpose)
        result.documents.append(info)
        placed = self._place(source, document, config, verdicts)
        outcomes = self._suppress(source, document, config, placed, result)
        live = {outcome.code for outcome in outcomes if outcome.suppressed is None}
        result.outcomes += outcomes
        if rows:  # a generator, which no worker could send
            result.rows.append(OffendingRow(document.path, *row, document.part) for row in rows if row[2] in live)

    def _suppress(
        self, source: Source, document: Document, config: FileConfig, outcomes: Sequence[Finding | Undecided],
        result: FileResult,
    ) -> list[Finding | Undecided]:  # fmt: skip
        """The outcomes of one document, those that are silenced marked, and what is to be said of what silences."""
        ignores = ignores_for(config)
        tables = in_force(ignores, self._setup.as_of)
        comments = ignore_comments(document)
        suppressed = suppress(outcomes, document, comments, tables)
        marked, used = suppressed.outcomes, suppressed.ignores
        if document.kind is Kind.TEMPLATE and document.directives:
            from mkt_lint._suppressions import suppressions_in  # few templates speak to the linter

            said = suppressions_in(
                document, comments, suppressed.comments, self._known, partial(self._can_tell, document.kind, result),
                self._setup.as_of,
            )  # fmt: skip
            further = suppress(self._about(said, source, document, config, result), document, (), tables)
            marked, used = [*marked, *further.outcomes], used | further.ignores
        result.origin = config.origin if config.ignores else None
        for number, _ in ignores:
            result.ignores[number] = number in used or result.ignores.get(number, False)
        return marked

    def _can_tell(self, kind: Kind, result: FileResult, comment: IgnoreComment) -> bool:
        """Whether all rules that a comment names looked at its file: those that are off may be on in another run."""
        from mkt_lint._suppressions import meant  # as above

        sound = self._known.complete and not result.failures
        return sound and meant(comment.selectors, self._host.rules, [kind]) <= result.codes

    def configurations(self, results: Sequence[FileResult]) -> Iterator[FileResult]:
        """What the rules about suppressions say of the `[[ignore]]` tables that were held against files."""
        origins = sorted({result.origin for result in results if result.origin is not None})
        if not origins:
            return
        from mkt_lint._suppressions import meant  # few configurations have such tables

        sound = self._known.complete and not any(result.failures for result in results)
        kinds = {document.kind for result in results for document in result.documents}
        ran = frozenset[str]().union(*(result.codes for result in results))
        for origin in origins:
            config = self._setup.configs.for_path(origin)
            file = self._setup.configs.file_of(config)
            if file is None:
                continue
            silenced: dict[int, bool] = {}
            for result in results:
                if result.origin == origin:
                    silenced |= {place: used or silenced.get(place, False) for place, used in result.ignores.items()}
            whole = sound and any(config.root.is_relative_to(folder) for folder in self._setup.folders)
            judged = {
                place
                for place, ignore in enumerate(config.ignores)
                if whole and meant(ignore.codes, self._host.rules, kinds) <= ran
            }
            yield self._configuration(file, config, silenced, judged)

    def _configuration(
        self, file: ConfigFile, config: FileConfig, silenced: Mapping[int, bool], judged: Collection[int]
    ) -> FileResult:
        from mkt_lint._documents.settings import Settings  # a template's run does without
        from mkt_lint._suppressions import suppressions_of  # as above

        said = suppressions_of(file, config.ignores, silenced, judged, self._setup.as_of)
        result = FileResult(file.shown)
        if not said.suppressions:
            return result
        document = Settings(file.shown, file.text, config, (), shows_lines=True)
        outcomes = self._about(said, Source(file.shown, file.path), document, config, result)
        suppressed = suppress(outcomes, document, (), in_force(ignores_for(config), self._setup.as_of))
        further = {place: True for place in suppressed.ignores if not silenced.get(place)}
        if further:  # a table may silence what is said of another
            return self._configuration(file, config, {**silenced, **further}, judged)
        result.outcomes = suppressed.outcomes
        return result

    def _about(
        self, said: Suppressions, source: Source, document: Document, config: FileConfig, result: FileResult
    ) -> list[Finding | Undecided]:
        """What the rules about suppressions say of those in one file."""
        rules = cast("Sequence[SuppressionRule]", self._rules.enabled(config, Kind.SUPPRESSION))
        result.codes |= {rule.code for rule in rules}
        verdicts = self._verdicts([(rule, partial(rule.check, said)) for rule in rules], document, result)
        return self._place(source, document, config, verdicts)

    @cached_property
    def _known(self) -> KnownRules:
        return KnownRules(self._host.rules, complete=not (self._setup.blocked or self._host.failures))

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

    def _verdicts(
        self, checks: Iterable[tuple[Rule, Check]], document: Document, result: FileResult
    ) -> list[tuple[Rule, Verdict]]:
        """What rules say of a document; nothing where one raises."""
        verdicts: list[tuple[Rule, Verdict]] = []
        for rule, applied in checks:
            started = time.perf_counter()
            try:
                found = list(applied())
                for verdict in found:
                    check(document, rule, verdict)
                verdicts += [(rule, verdict) for verdict in found]
            except (Exception, SystemExit) as error:  # any rule may be a third party's
                result.failures.append(self._failure(rule, error, document))
            finally:
                result.spent(rule.code, started)
        return verdicts

    def _failure(self, rule: Rule, error: BaseException, document: Document) -> Failure:
        return self._host.rule_failure(rule.code, type(error).__name__, frames(error), document.path)

    def _check_table(
        self, table: Table, rules: Sequence[Rule], threads: int, advance: Advance, result: FileResult
    ) -> tuple[list[tuple[Rule, Verdict]], Iterable[tuple[int, int, str]], DocumentInfo]:
        from mkt_lint._evaluation import evaluate  # polars, which a run over templates does without

        started = time.perf_counter()
        table_rules = [rule for rule in rules if isinstance(rule, TableRule)]
        found = evaluate(table, table_rules, threads=threads, keep_rows="rows" in self._setup.needs, advance=advance)
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


def _checks(rules: Sequence[Rule], document: Template | Settings, purpose: Purpose | None) -> list[tuple[Rule, Check]]:
    """The rules to ask about a document, each applied to it; they are of its kind, as loading them made sure."""
    if document.kind is Kind.TEMPLATE:
        of_templates = cast("Sequence[TemplateRule]", rules)
        return [(rule, partial(rule.check, document)) for rule in of_templates if purpose in rule.purposes]
    return [(rule, partial(rule.check, document)) for rule in cast("Sequence[SettingsRule]", rules)]


def _purpose(template: Template, result: FileResult) -> Purpose:
    started = time.perf_counter()
    purpose = template.purpose
    result.spent("tell purposes", started)
    return purpose
