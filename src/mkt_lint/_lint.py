"""The one loop: files, documents, rules, findings, report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from mkt_lint import __version__, _plugins, _pool
from mkt_lint._inspector import Inspector
from mkt_lint._model import Failure, Finding, Undecided
from mkt_lint._report import Checkout, Report
from mkt_lint._rule import RuleMetadata
from mkt_lint._rules import Rules
from mkt_lint._run import Advance, FileResult, Setup
from mkt_lint._source import Source


def lint(
    setup: Setup,
    host: _plugins.Host,
    found: Sequence[tuple[Source, bool] | Failure],
    *,
    jobs: int = 1,
    advance: Advance = lambda _: None,
    category: str | None = None,
    report_suppressed: bool = False,
) -> Report:
    """Lint what was found and make a report of it; the same report whatever the number of jobs.

    Args:
        found: Files, each with whether it was named, and what could not be reached.
        jobs: Processors to use.
        advance: Told how many bytes are done with.

    Raises:
        ConfigError: a file's configuration is wrong.
    """
    failures = [item for item in found if isinstance(item, Failure)]
    sources: Sequence[tuple[Source, bool]] = [item for item in found if not isinstance(item, Failure)]
    results = sorted(_pool.results(setup, host, sources, jobs, advance), key=lambda result: result.path)
    results += Inspector(setup, host).configurations(results)
    outcomes = sorted(chain.from_iterable(result.outcomes for result in results), key=lambda item: item.sort_key)
    rules = _described(host, results) if "rules" in setup.needs else ()
    failures += [*host.failures, *chain.from_iterable(result.failures for result in results)]
    seconds: dict[str, float] = {}
    for what, spent in chain.from_iterable(result.seconds.items() for result in results):
        seconds[what] = seconds.get(what, 0.0) + spent
    return Report(
        version=__version__,
        as_of=setup.as_of,
        plugins=host.plugins if "plugins" in setup.needs else (),
        documents=tuple(sorted((doc for r in results for doc in r.documents), key=lambda doc: doc.sort_key)),
        findings=tuple(item for item in outcomes if isinstance(item, Finding) and item.suppressed is None),
        undecided=tuple(item for item in outcomes if isinstance(item, Undecided) and item.suppressed is None),
        suppressed=tuple(item for item in outcomes if item.suppressed is not None),
        failures=tuple(sorted(set(failures), key=lambda failure: failure.sort_key)),
        rules=rules,
        rows=chain.from_iterable(rows for result in results for rows in result.rows),
        checkout=_checkout(setup) if "checkout" in setup.needs else None,
        category=category,
        report_suppressed=report_suppressed,
        files=len({result.path for result in results if result.is_linted}),
        seconds=seconds,
    )


def _described(host: _plugins.Host, results: Sequence[FileResult]) -> tuple[RuleMetadata, ...]:
    """All enabled rules of the kinds of document that the run met; all there are, where it met none."""
    codes = set().union(*(result.codes for result in results))
    return Rules(host).metadata(codes or None)


def _checkout(setup: Setup) -> Checkout | None:
    from mkt_lint._checkout import find_checkout  # few formats need it

    return find_checkout(setup.configs.cwd)
