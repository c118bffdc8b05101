"""The one place that silences a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mkt_lint._config.model import FileConfig
from mkt_lint._config.selectors import selects
from mkt_lint._model import Finding, Undecided


def suppress(outcomes: Iterable[Finding | Undecided], config: FileConfig, as_of: date) -> list[Finding | Undecided]:
    """The outcomes of one file, those that an `[[ignore]]` of its configuration silences marked with the reason.

    Args:
        as_of: The day of the run; an `until` before it has run out.
    """
    live = [
        ignore
        for ignore in config.ignores
        if (ignore.until is None or as_of <= ignore.until) and config.matches(ignore.files)
    ]
    return [
        replace(outcome, suppressed=ignore.reason)
        if (ignore := next((i for i in live if selects(i.codes, outcome.code, outcome.name)), None))
        else outcome
        for outcome in outcomes
    ]
