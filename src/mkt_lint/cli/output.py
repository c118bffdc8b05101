"""Where reports go: standard output, or files that are whole or as they were."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mkt_lint._config.spelling import suggestion
from mkt_lint._model import Failure
from mkt_lint._named import NamedTuple
from mkt_lint._plugins import Host
from mkt_lint._report import Report
from mkt_lint._reporters.reference import Reporter, ReporterReference, Style
from mkt_lint._tracebacks import reason
from mkt_lint.cli.failing import fail
from mkt_lint.cli.writing import mute, replace_file

TEXT_WIDTH = (60, 160)


class Destination(NamedTuple):
    """One `--format NAME[:FILE]`."""

    reference: ReporterReference
    reporter: Reporter
    file: Path | None
    """None for standard output."""

    def write(self, report: Report, style: Style) -> Failure | None:
        """Write the report. Returns why it could not be written; raises what the reporter raises."""
        try:
            if self.file is None:
                for piece in self.reporter(report, style):
                    sys.stdout.write(piece)
                sys.stdout.flush()
            else:
                self._write_file(self.file, report, style)
        except BrokenPipeError:
            mute()
        except OSError as error:
            where = self.file or "standard output"
            return Failure(message=f"cannot write {where}: {reason(error)}")
        return None

    def _write_file(self, file: Path, report: Report, style: Style) -> None:
        if _is_stream(file):
            with file.open("w", encoding="utf-8", newline="") as output:  # a device or a pipe
                output.writelines(self.reporter(report, style))
            return
        replace_file(file, (piece.encode() for piece in self.reporter(report, style)))


def _is_stream(file: Path) -> bool:
    """Whether it is a device or a pipe; not resolved, since /dev/stdout may be a link to a pipe without a name."""
    return file.exists() and not file.is_file()


def destinations(formats: Sequence[str], host: Host) -> list[Destination]:
    """What `--format` asks for, checked before any work is done.

    Raises:
        click.UsageError: an unknown format, or two that want the standard output or the same file.
    """
    known = {reference.name: reference for reference in host.reporters}
    targets = []
    for value in formats or ("text",):
        name, colon, file = value.partition(":")
        if name not in known:
            hint = suggestion(name, known, "known are")
            raise click.UsageError(f"--format {value}: there is no format {name!r}{hint}")
        if colon and not file:
            raise click.UsageError(f"--format {value}: the file's name is missing after the colon")
        if file == "-":
            file = ""
        if file:
            _check_writable(Path(file))
        reporter = host.reporter(name)
        if reporter is not None:
            targets.append(Destination(known[name], reporter, Path(file) if file else None))
    places = [target.file.resolve() if target.file else None for target in targets]
    for place in places:
        if places.count(place) > 1 and not (place and _is_stream(place)):
            where = place or "standard output"
            raise click.UsageError(f"two formats for {where}; give each its own file, as in json:report.json")
    return targets


def _check_writable(file: Path) -> None:
    try:
        folder = file.resolve().parent
        problem = "" if folder.is_dir() else f"there is no folder {folder}"
        if file.is_dir():
            problem = "it is a folder"
    except OSError as error:  # a name that is too long
        problem = reason(error)
    if problem:
        fail(Failure(message=f"cannot write {file}: {problem}"))


def style_of(target: Destination, *, quiet: bool, verbose: bool) -> Style:
    """How a report should look where it goes; NO_COLOR and FORCE_COLOR decide before the terminal does."""
    terminal = target.file is None and sys.stdout.isatty()
    colour = terminal and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        colour = target.file is None
    if os.environ.get("NO_COLOR"):
        colour = False
    columns = shutil.get_terminal_size((100, 24)).columns
    return Style(colour, max(TEXT_WIDTH[0], min(columns, TEXT_WIDTH[1])), quiet, verbose)
