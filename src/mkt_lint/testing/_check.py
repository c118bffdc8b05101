"""A check by itself, and the rule that it looks at."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from mkt_lint._config import CommandLine, Configs
from mkt_lint._config.document import FILE_NAME
from mkt_lint._config.model import FileConfig
from mkt_lint._lint import lint
from mkt_lint._model import Failure
from mkt_lint._plugins import Host
from mkt_lint._report import Report
from mkt_lint._reporters.text import failure_line
from mkt_lint._rule import Rule, RuleReference, selects
from mkt_lint._rules import Rules, describe
from mkt_lint._run import Setup
from mkt_lint._source import Source
from mkt_lint._suppress import ignores_for, in_force
from mkt_lint._tracebacks import keeping
from mkt_lint.testing._toml import document

INCLUDES = "includes"


class Check:
    """One thing that must hold of a rule pack; its name is `str(check)`, such as `ACM101/bad/retired.csv`."""

    def __init__(self, name: str, of: str, problems: Callable[[], Iterable[str]]) -> None:
        self._name = name
        self._of = of
        self._problems = problems

    def __str__(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"<Check {self._name}>"

    def __call__(self) -> None:
        """Run it.

        Raises:
            AssertionError: it does not hold; the message says what was expected and what to do.
        """
        __tracebackhide__ = True  # pytest then shows the message under the test's own line
        if problems := list(self._problems()):
            raise AssertionError("\n".join([f"{self._name} ({self._of})", *problems]))


class Linted(NamedTuple):
    """What a run over one file came to."""

    report: Report
    is_on: bool
    """Whether the rule under test is on for the file."""
    is_ignored: bool
    """Whether an `[[ignore]]` table silences the rule in the file, whatever it finds."""


def failures(report: Report) -> Iterator[str]:
    """What kept the linter from its work, where in the pack's code, and what the exception says."""
    for failure in report.failures:
        yield failure_line(failure)
        if failure.traceback:
            yield failure.traceback


def blind_spots(code: str, linted: Linted, data: bytes, *, good: bool, expects: bool = True) -> Iterator[str]:
    """Why a run shows nothing of the rule, although it came to what was expected.

    Args:
        good: Whether nothing is to be found.
        expects: Whether something else is expected.
    """
    if not linted.is_on:
        yield (
            f"{code} is off under this configuration, so that nothing is shown of it; "
            "see `select`, `ignore`, `preview` and `jurisdictions`"
        )
    if good and linted.is_ignored:
        yield f"an [[ignore]] table silences {code} here, so that nothing is shown of it; delete the table"
    if good and not data.decode("utf-8-sig", "replace").strip():
        yield f"it is empty, so that nothing is shown of {code}; write what the rule looks at, and finds nothing in"
    if good or not expects:
        for outcome in linted.report.suppressed:
            if outcome.code == code and outcome.suppressed is not None:
                what = "a comment" if outcome.suppressed.in_source else "an [[ignore]] table"
                where = f"{outcome.path}:{outcome.span.line}:{outcome.span.column}"
                yield f"{what} silences what {code} says here: {where}: {outcome.text}"


class Subject:
    """A rule under test.

    Args:
        host: With all packs that are installed.
        as_of: The day of runs that do not say another.
    """

    def __init__(self, host: Host, reference: RuleReference, rule: type[Rule], as_of: date) -> None:
        self._host = host
        self._as_of = as_of
        self.reference = reference
        self.rule = rule

    @property
    def folder_name(self) -> str:
        """What the folder of its cases is called, and the rule's own file."""
        return f"{self.reference.code.lower()}_{self.reference.name.replace('-', '_')}"

    @cached_property
    def page(self) -> str:
        """The class's docstring, without its indentation."""
        return describe(self.rule, self.reference, "").documentation

    def lint(
        self, name: str, data: bytes, config: Mapping[str, Any], as_of: date | None = None, includes: Path | None = None
    ) -> Linted:
        """Lint one file in a folder of its own.

        Args:
            name: What the file is called there.
            config: Of `mkt-lint.toml`; goes before what switches the rule on.
            includes: A folder that is put beside the file.

        Raises:
            ConfigError: the configuration is wrong.
        """
        with TemporaryDirectory(prefix="mkt-lint-") as folder:
            root = Path(folder)
            (root / name).write_bytes(data)
            (root / FILE_NAME).write_text(document({**self._switched_on, **config}), encoding="utf-8")
            if includes is not None and includes.is_dir():
                shutil.copytree(includes, root / INCLUDES)
            configs = Configs(root, None, False, CommandLine())
            configs.check_codes(self._host.rules, complete=not self._host.failures)
            setup = Setup(configs, as_of or self._as_of, folders=(configs.cwd,))
            source = Source(name, root / name)
            with keeping() as errors:
                report = lint(setup, self._host, [(source, True)])
            told = tuple(self._in_full(failure, errors.get(failure.traceback or "")) for failure in report.failures)
            file_config = configs.for_file(source)
            return Linted(
                report._replace(failures=told), self._is_on(file_config), self._is_ignored(file_config, setup.as_of)
            )

    def _in_full(self, failure: Failure, error: BaseException | None) -> Failure:
        """A failure with its exception's text, and the last line of the pack's own that it came through."""
        if error is None:
            return failure
        package = self._package_of(self.reference.target.partition(":")[0])
        calls = list(traceback.walk_tb(error.__traceback__))
        own = [call for call in calls if self._package_of(call[0].f_globals.get("__name__") or "") == package]
        where = traceback.StackSummary.extract(iter(own[-1:] or calls[-1:])).format()
        if failure.code == self.reference.code and not own:  # no line of it was running
            where = [f"  in what `check` of {self.reference.target} yields\n"]
        return failure._replace(traceback="".join([*where, *traceback.format_exception_only(error)]).rstrip())

    @staticmethod
    def _package_of(module: str) -> str:
        return module.partition(".")[0]

    def _is_on(self, config: FileConfig) -> bool:
        return any(rule.code == self.reference.code for rule in Rules(self._host).enabled(config, self.reference.kind))

    def _is_ignored(self, config: FileConfig, as_of: date) -> bool:
        tables = in_force(ignores_for(config), as_of)
        return any(selects(table.codes, self.reference.code, self.reference.name) for _, table in tables)

    @property
    def _switched_on(self) -> dict[str, Any]:
        config: dict[str, Any] = {"select": [self.reference.code]}
        if self.rule.status == "preview":
            config["preview"] = True
        if self.rule.jurisdictions and self.rule.jurisdictions.isdisjoint(FileConfig._field_defaults["jurisdictions"]):
            config["jurisdictions"] = sorted(self.rule.jurisdictions)
        return config
