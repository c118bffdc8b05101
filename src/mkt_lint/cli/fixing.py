"""`--fix` and `--diff`: what is done with the ways out that findings have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import click

from mkt_lint._fix import CannotFixError, Fixed, fix, fixable
from mkt_lint._model import Failure, Fix
from mkt_lint._named import NamedTuple
from mkt_lint._report import Report
from mkt_lint._reporters.terminal import counted
from mkt_lint._source import Source
from mkt_lint._tracebacks import reason
from mkt_lint.cli.writing import mute, replace_file

_PASSES: Final = 10
"""Fixes that touch each other take turns."""


class Change(NamedTuple):
    """One file before and after."""

    source: Source
    encoding: str
    fixed: Fixed


def changes(report: Report, sources: Iterable[Source], *, unsafe: bool) -> Iterator[Change | Failure]:
    """What the fixes of a report make of its files, in the order of their paths; nothing is written."""
    encodings = {document.path: document.encoding for document in report.documents if document.part is None}
    fixes: dict[str, list[Fix]] = {}
    for finding, item in fixable(report.findings, unsafe=unsafe):
        fixes.setdefault(finding.path, []).append(item)
    by_path: Mapping[str, Source] = {source.path: source for source in sources}
    for path in sorted(fixes.keys() & by_path.keys() & encodings.keys()):
        source, encoding = by_path[path], encodings[path]
        try:
            fixed = fix(source.data, encoding, fixes[path])
        except CannotFixError as error:
            yield Failure(path=path, message=str(error))
        except OSError as error:
            yield Failure(path=path, message=f"cannot be read: {reason(error)}")
        else:
            if fixed.data != source.data:
                yield Change(source, encoding, fixed)


def mend(
    report: Report, sources: list[Source], run: Callable[[], tuple[Report, list[Source]]], *, unsafe: bool
) -> tuple[Report, list[Failure]]:
    """Write fixes and lint again, until there is nothing more to fix.

    Args:
        run: Lints once more.

    Returns:
        What is left, and which files could not be fixed.
    """
    findings, files = 0, set()
    failures: list[Failure] = []
    for _ in range(_PASSES):
        failures, wrote = [], False
        for change in changes(report, sources, unsafe=unsafe):
            failure = change if isinstance(change, Failure) else _write(change)
            if isinstance(change, Change) and failure is None:
                wrote = True
                findings += change.fixed.findings
                files.add(change.source.path)
            elif failure is not None:
                failures.append(failure)
        if not wrote:
            break
        report, sources = run()
    if findings:
        click.echo(f"Fixed {counted(findings, 'finding')} in {counted(len(files), 'file')}.", err=True)
    return report, failures


def show_diff(report: Report, sources: list[Source], *, unsafe: bool) -> tuple[bool, list[Failure]]:
    """Print what fixes would change. Returns whether there is anything, and which files could not be fixed."""
    failures = []
    files, cut_off = 0, False
    for change in changes(report, sources, unsafe=unsafe):
        if isinstance(change, Failure):
            failures.append(change)
        else:
            files += 1
            if not cut_off:
                cut_off = _show(change)
    click.echo(f"{counted(files, 'file')} would be fixed." if files else "Nothing to fix.", err=True)
    return files > 0, failures


def _show(change: Change) -> bool:
    """Print what would change. Returns whether nobody reads on."""
    try:
        click.echo("".join(_diff(change)), nl=False)
    except BrokenPipeError:
        mute()
        return True
    return False


def _write(change: Change) -> Failure | None:
    """Write a fixed file in the place of the old one. Returns why that could not be done."""
    source = change.source
    assert source.location is not None  # the standard input is refused before
    try:
        replace_file(source.location, [change.fixed.data])
    except OSError as error:
        return Failure(path=source.path, message=f"cannot be written: {reason(error)}")
    return None


def _diff(change: Change) -> Iterator[str]:
    """What would change, as a unified diff."""
    from difflib import unified_diff

    codec = change.encoding.removesuffix("-sig")
    before = change.source.data.decode(codec, "replace").splitlines(keepends=True)
    after = change.fixed.data.decode(codec, "replace").splitlines(keepends=True)
    for line in unified_diff(before, after, f"a/{change.source.path}", f"b/{change.source.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
