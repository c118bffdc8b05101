"""`mkt-lint check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path, PurePath

import click

from mkt_lint import _plugins
from mkt_lint._config import CommandLine, Configs
from mkt_lint._files import walk
from mkt_lint._lint import lint
from mkt_lint._model import Failure, Severity
from mkt_lint._pool import spare_collector
from mkt_lint._report import Report
from mkt_lint._run import Setup
from mkt_lint._source import Source
from mkt_lint.cli.failing import BROKEN, CLEAN, FINDINGS, end, show_failures
from mkt_lint.cli.options import codes, config_file, plugin_option, with_isolated
from mkt_lint.cli.output import Destination, destinations, style_of
from mkt_lint.cli.progress import progress as progress_bar
from mkt_lint.cli.starting import started


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="NAME[:FILE]",
    help="Output format: text (default), json, sarif, github, rows or a pack's own; with :FILE into that file. "
    "Repeatable.",
)  # fmt: skip
@click.option("--select", multiple=True, callback=codes, metavar="CODES", help="Only these codes, prefixes or names.")
@click.option("--ignore", multiple=True, callback=codes, metavar="CODES", help="Not these codes, prefixes or names.")
@click.option("--fix", is_flag=True, help="Mend what can safely be mended, and report the rest.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also what may not be what you want.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--preview", is_flag=True, help="Rules that are not yet stable, too.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "note", "undecided", "never"]),
    help="The least that makes the exit status 1.  [default: warning]",
)  # fmt: skip
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="The day that “three years ago” counts from.  [default: today]",
)  # fmt: skip
@config_file
@with_isolated
@plugin_option
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Processors to use.  [default: all]")
@click.option("--statistics", is_flag=True, help="Findings by code, on stderr.")
@click.option("--timings", is_flag=True, help="Where the time went, on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="One line a finding, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="Also which files were linted, and as what.")
@click.option("--debug", is_flag=True, help="Where in the code something broke.")
@click.option("--progress/--no-progress", default=None, help="A progress bar, if stderr is a terminal.")
@click.option("--force-exclude", is_flag=True, help="Apply excludes to paths named here, too.")
@click.option("--ignore-unknown", is_flag=True, help="Pass over named files that no reader takes.")
@click.option("--stdin-filename", metavar="NAME", help="What to take standard input for, when PATHS is “-”.")
@click.option("--sarif-category", metavar="ID", help="SARIF's automationDetails.id.")
@click.option("--report-suppressed", is_flag=True, help="Also what is suppressed, and why; in text, JSON and SARIF.")
def check(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    preview: bool,
    fail_on: str | None,
    as_of: datetime | None,
    config: Path | None,
    isolated: bool,
    plugin: tuple[str, ...],
    jobs: int | None,
    statistics: bool,
    timings: bool,
    quiet: bool,
    verbose: bool,
    debug: bool,
    progress: bool | None,
    force_exclude: bool,
    ignore_unknown: bool,
    stdin_filename: str | None,
    sarif_category: str | None,
    report_suppressed: bool,
) -> None:
    """Lint templates, exports and settings.

    PATHS are files and folders, by default the current folder; - is standard input. The exit status is 0 where
    nothing was found, 1 where something was (see --fail-on), 2 where something is broken.
    """
    _check_fix_options(paths, formats, fix=fix, unsafe=unsafe_fixes, diff=diff)
    mended: list[Failure] = []
    with started(config, isolated, plugin, CommandLine(select, ignore, preview), debug=debug) as (
        configs,
        host,
        blocked,
    ):
        targets = destinations(formats, host)
        setup = Setup(
            configs=configs,
            as_of=as_of.date() if as_of else date.today(),  # noqa: DTZ011  # the user's own day
            blocked=blocked,
            needs=frozenset().union(*(target.reference.needs for target in targets)),
            ignore_unknown=ignore_unknown,
            folders=_folders(paths or (".",), configs.cwd),
        )
        spare_collector()

        def run() -> tuple[Report, list[Source]]:
            found = _found(paths, configs, stdin_filename, force_exclude)
            with progress_bar(found, progress) as advance:
                report = lint(
                    setup, host, found, jobs=jobs or configs.run.processors, advance=advance,
                    category=sarif_category, report_suppressed=report_suppressed,
                )  # fmt: skip
            return report, [item[0] for item in found if not isinstance(item, Failure)]

        report, sources = run()
        if fix:
            from mkt_lint.cli.fixing import mend  # few runs write anything

            report, mended = mend(report, sources, run, unsafe=unsafe_fixes)
    failures = [*report.failures, *mended]
    if diff:
        from mkt_lint.cli.fixing import show_diff  # as above

        shown, broken = show_diff(report, sources, unsafe=unsafe_fixes)
        end([*failures, *broken], debug=debug, otherwise=FINDINGS if shown else CLEAN)
    failures += _write(targets, report, host, quiet=quiet, verbose=verbose)
    show_failures(failures, debug=debug)
    if statistics:
        _show_statistics(report)
    if timings:
        _show_timings(report)
    sys.exit(BROKEN if failures else _status(report, fail_on or configs.run.fail_on))


def _found(
    paths: Sequence[str], configs: Configs, stdin_filename: str | None, force_exclude: bool
) -> list[tuple[Source, bool] | Failure]:
    """The files to lint; standard input is a file that was named."""
    if stdin_filename is not None and "-" not in paths:
        raise click.UsageError("--stdin-filename goes with the path “-”")
    if "-" not in paths:
        return list(walk(paths or (".",), configs, force_exclude=force_exclude))
    if not stdin_filename:
        raise click.UsageError("“-” needs --stdin-filename NAME, which says what kind of file it is")
    if len(paths) > 1:
        raise click.UsageError("“-” goes with no other path")
    return [(Source(PurePath(stdin_filename).as_posix(), None, sys.stdin.buffer.read()), True)]


def _write(
    targets: Sequence[Destination], report: Report, host: _plugins.Host, *, quiet: bool, verbose: bool
) -> Iterator[Failure]:
    """Write all reports. Yields what could not be written."""
    for target in targets:
        try:
            if failure := target.write(report, style_of(target, quiet=quiet, verbose=verbose)):
                yield failure
        except (Exception, SystemExit) as error:  # a format may be a third party's
            yield host.reporter_failure(target.reference.name, error)


def _check_fix_options(paths: Sequence[str], formats: Sequence[str], *, fix: bool, unsafe: bool, diff: bool) -> None:
    if fix and diff:
        raise click.UsageError("--fix and --diff exclude each other; --diff shows what --fix would do")
    if diff and formats:
        raise click.UsageError("--diff prints what would change and no report; leave out --format")
    if unsafe and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if fix and "-" in paths:
        raise click.UsageError("--fix goes with files; for the standard input there is --diff")


def _folders(paths: Sequence[str], cwd: Path) -> tuple[Path, ...]:
    return tuple(
        Path(os.path.normpath(cwd / path))
        for path in paths
        if os.path.isdir(cwd / path)  # noqa: PTH112  # Path.is_dir raises where a name is too long
    )


def _status(report: Report, fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    if fail_on == "undecided":
        return FINDINGS if report.findings or report.undecided else CLEAN
    least = Severity(fail_on).rank
    return FINDINGS if any(finding.severity.rank <= least for finding in report.findings) else CLEAN


def _show_statistics(report: Report) -> None:
    names = {finding.code: finding.name for finding in report.findings}
    for code, count in sorted(report.by_code.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"{count:>7,}  {code}  {names[code]}", err=True)
    click.echo(f"{len(report.findings):>7,}  in all", err=True)


def _show_timings(report: Report) -> None:
    for what, seconds in sorted(report.seconds.items(), key=lambda item: -item[1]):
        click.echo(f"{seconds:>9.3f} s  {what}", err=True)
