"""A check by itself, and the rule that it looks at."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkt_lint._config import CommandLine, Configs
from mkt_lint._config.document import FILE_NAME
from mkt_lint._config.model import FileConfig
from mkt_lint._lint import lint
from mkt_lint._plugins import Host
from mkt_lint._report import Report
from mkt_lint._reporters.text import failure_line
from mkt_lint._rule import Rule, RuleReference
from mkt_lint._rules import describe
from mkt_lint._run import Setup
from mkt_lint._source import Source
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


def failures(report: Report) -> Iterator[str]:
    """What kept the linter from its work, and where in the pack's code."""
    for failure in report.failures:
        yield failure_line(failure)
        if failure.traceback:
            yield failure.traceback


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
    ) -> Report:
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
            return lint(setup, self._host, [(Source(name, root / name), True)])

    @property
    def _switched_on(self) -> dict[str, Any]:
        config: dict[str, Any] = {"select": [self.reference.code]}
        if self.rule.status == "preview":
            config["preview"] = True
        if self.rule.jurisdictions and self.rule.jurisdictions.isdisjoint(FileConfig._field_defaults["jurisdictions"]):
            config["jurisdictions"] = sorted(self.rule.jurisdictions)
        return config
