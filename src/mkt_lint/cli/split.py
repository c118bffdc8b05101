"""`mkt-lint split`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from mkt_lint._config import CommandLine
from mkt_lint._files import walk
from mkt_lint._model import Failure, Kind
from mkt_lint._rule import selects
from mkt_lint._run import Setup
from mkt_lint._split import ChangedError, Splitter
from mkt_lint._tracebacks import reason
from mkt_lint.cli.failing import end, fail
from mkt_lint.cli.options import codes, config_file, plugin_option, with_isolated
from mkt_lint.cli.progress import progress as progress_bar
from mkt_lint.cli.starting import started

if TYPE_CHECKING:
    from mkt_lint._readers.table.splitting import Split
    from mkt_lint._rule import RuleReference

_NAMES = ("clean.csv", "flagged.csv", "malformed.csv")
_OWNER_ONLY = 0o600


@click.command()
@click.argument("export", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="EXPORT")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
    help="The folder for clean.csv, flagged.csv and malformed.csv; made if there is none.",
)  # fmt: skip
@click.option(
    "--only", "--select", "only", multiple=True, callback=codes, metavar="CODES",
    help="Only these codes, prefixes or names flag a record.",
)  # fmt: skip
@click.option("--preview", is_flag=True, help="Rules that are not yet stable, too.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
    help="The day that “three years ago” counts from.  [default: today]",
)  # fmt: skip
@config_file
@with_isolated
@plugin_option
@click.option("--progress/--no-progress", default=None, help="A progress bar, if stderr is a terminal.")
@click.option("--debug", is_flag=True, help="Where in the code something broke.")
def split(
    export: Path,
    out: Path,
    only: tuple[str, ...],
    preview: bool,
    as_of: datetime | None,
    config: Path | None,
    isolated: bool,
    plugin: tuple[str, ...],
    progress: bool | None,
    debug: bool,
) -> None:
    """Sort the records of an export by what is found in them.

    clean.csv holds the records that no rule flags, flagged.csv the others, with a further column of codes,
    malformed.csv those that cannot be read. Each file begins as the export does, and each record is byte for byte what
    it was. No file is overwritten. The exit status is 0 where all was written, 2 where something is broken.
    """
    with started(config, isolated, plugin, CommandLine(only, (), preview), debug=debug) as (configs, host, blocked):
        _check_selectors(only, host.rules)
        day = as_of.date() if as_of else date.today()  # noqa: DTZ011  # the user's own day
        splitter = Splitter(Setup(configs, day, blocked, needs=frozenset({"rows"})), host)
        _refuse_to_overwrite(out)
        found = list(walk((str(export),), configs))
        with progress_bar(found, progress) as advance:
            failures = [*host.failures, *splitter.examine(found, advance)]
    if failures:  # what a rule did not look at would pass for clean
        end(failures, debug=debug)
    try:
        with progress_bar(found, progress, "Writing") as advance, _new_files(out) as files:
            counts = splitter.split(files, advance)
    except ChangedError:
        message = "the file was changed while it was read; nothing was written; run the command again"
        fail(Failure(path=export.as_posix(), message=message))
    except OSError as error:
        fail(Failure(message=f"cannot write to {out}: {reason(error)}; nothing was written"))
    _tell(out, counts, splitter)


def _check_selectors(selectors: Sequence[str], rules: Sequence[RuleReference]) -> None:
    """Raises `click.UsageError`: one of them means no rule about tables, so that every record would pass for clean."""
    for selector in selectors:
        if not any(rule.kind is Kind.TABLE and selects((selector,), rule.code, rule.name) for rule in rules):
            raise click.UsageError(f"--only: {selector!r} means no rule about tables; “mkt-lint rules” lists them")


def _refuse_to_overwrite(out: Path) -> None:
    for name in _NAMES:
        if os.path.lexists(out / name):
            fail(
                Failure(path=(out / name).as_posix(), message="is there already; name another folder, or move it away")
            )


@contextmanager
def _new_files(out: Path) -> Iterator[tuple[BinaryIO, BinaryIO, BinaryIO]]:
    """The three files, which get their names when all is written, and are gone if it is not."""
    out.mkdir(parents=True, exist_ok=True)
    parts = [out / f".{name}.{os.getpid()}" for name in _NAMES]
    try:
        with ExitStack() as stack:
            clean, flagged, malformed = (stack.enter_context(part.open("xb")) for part in parts)
            for part in parts:
                part.chmod(_OWNER_ONLY)
            yield clean, flagged, malformed
        _refuse_to_overwrite(out)
        for part, name in zip(parts, _NAMES, strict=True):
            part.rename(out / name)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _tell(out: Path, counts: Split, splitter: Splitter) -> None:
    for name, count in zip(_NAMES, counts, strict=True):
        click.echo(f"{(out / name).as_posix()}: {count:,} {'record' if count == 1 else 'records'}")
    if splitter.undecided:
        told = ", ".join(splitter.undecided)
        click.echo(f"These rules could not tell, so that they flagged nothing (see mkt-lint check): {told}.")
    click.echo(
        "The files hold personal data: guard them as you guard the export, and delete them when they are done with."
    )
