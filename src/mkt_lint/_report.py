"""A finished run, as reporters see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from mkt_lint._model import Failure, Finding, Kind, Severity, Undecided
from mkt_lint._named import NamedTuple
from mkt_lint._rule import RuleMetadata


class PluginInfo(NamedTuple):
    """A rule pack in use."""

    name: str
    """The entry point's name; what `-p no:NAME` and `required-plugins` say."""
    version: str
    distribution: str
    entry_point: str
    """`module` or `module:object`."""
    hooks: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """Codes."""


class DocumentInfo(NamedTuple):
    """One document that was linted."""

    path: str
    kind: Kind
    encoding: str
    part: str | None = None
    purpose: str | None = None
    """Of templates."""
    records: int | None = None
    """Of tables: all records; `records_checked` and `records_reported` (the malformed ones) add up to it."""
    records_checked: int | None = None
    records_reported: int | None = None

    @property
    def sort_key(self) -> tuple[str, str, str]:
        return (self.path, self.part or "", self.kind)


class OffendingRow(NamedTuple):
    """One record that a rule flags: a position and a code, nothing else of it."""

    path: str
    line: int
    column: int
    code: str
    part: str | None = None
    """The sheet that lines and columns count in; None where they count in the file itself."""


class Checkout(NamedTuple):
    """The working tree that the files are in: SARIF's `versionControlProvenance`."""

    root: str
    """Absolute, POSIX."""
    prefix: str
    """The working directory relative to the root, POSIX, with a slash at its end; empty for the root itself."""
    uri: str | None
    """The remote, without user, password or token."""
    revision: str | None
    branch: str | None


class Report(NamedTuple):
    """Everything a run found, in a total order that depends on neither plugins nor jobs."""

    version: str
    as_of: date
    plugins: tuple[PluginInfo, ...]
    documents: tuple[DocumentInfo, ...]
    findings: tuple[Finding, ...]
    """Live ones only."""
    undecided: tuple[Undecided, ...]
    failures: tuple[Failure, ...]
    suppressed: tuple[Finding | Undecided, ...] = ()
    rules: tuple[RuleMetadata, ...] = ()
    """All enabled rules of the kinds of document that the run met."""
    rows: Iterable[OffendingRow] = ()
    """Every offending row, in order; only where a reporter asked for them."""
    checkout: Checkout | None = None
    category: str | None = None
    """`--sarif-category`."""
    report_suppressed: bool = False
    files: int = 0
    """Files looked at."""
    seconds: Mapping[str, float] = MappingProxyType({})
    """What the time was spent on; for `--timings` alone, since nothing else may differ between two runs."""

    @property
    def rows_flagged(self) -> int:
        """Rows of all table findings; a record that two rules flag counts twice, as in `-f rows`."""
        return sum(finding.count for finding in self.findings if finding.kind is Kind.TABLE)

    @property
    def by_code(self) -> Mapping[str, int]:
        return dict(sorted(Counter(finding.code for finding in self.findings).items()))

    @property
    def by_severity(self) -> Mapping[Severity, int]:
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}

    def outcomes(self) -> Iterator[Finding | Undecided]:
        """Findings, then undecided results."""
        yield from self.findings
        yield from self.undecided
