"""The hooks that a rule pack may implement. All are optional; each is called by itself, plugin after plugin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from mkt_lint._facts import Platform, Vocabulary
    from mkt_lint._reporters.reference import ReporterReference
    from mkt_lint._rule import RuleReference
    from mkt_lint._source import ReaderReference

PROJECT = "mkt_lint"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def mkt_lint_rules() -> Iterable[RuleReference]:  # type: ignore[empty-body]  # a specification has no body
    """The pack's rules, as references: usually `rules_in("my_pack.rules", kind="table")`."""


@hookspec
def mkt_lint_readers() -> Iterable[ReaderReference]:  # type: ignore[empty-body]  # as above
    """Readers of further file formats."""


@hookspec
def mkt_lint_reporters() -> Iterable[ReporterReference]:  # type: ignore[empty-body]  # as above
    """Further output formats for `--format`."""


@hookspec
def mkt_lint_vocabulary() -> Vocabulary:  # type: ignore[empty-body]  # as above
    """What headers and cell values mean: called once a run, when the first table is read."""


@hookspec
def mkt_lint_platforms() -> Iterable[Platform]:  # type: ignore[empty-body]  # as above
    """E-mail platforms and their tags: called once a run, when the first template is read."""
