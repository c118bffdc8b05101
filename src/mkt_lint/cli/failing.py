"""How a command ends when something is broken: one line on stderr, exit status 2."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import NoReturn

import click

from mkt_lint._model import Failure
from mkt_lint._reporters.text import failure_line

CLEAN, FINDINGS, BROKEN = 0, 1, 2


def fail(failure: Failure) -> NoReturn:
    """Say what is broken and exit."""
    end([failure])


def end(failures: Collection[Failure], *, debug: bool = False, otherwise: int = CLEAN) -> NoReturn:
    """Say what is broken, if anything is, and exit.

    Args:
        otherwise: The exit status where nothing is.
    """
    show_failures(failures, debug=debug)
    sys.exit(BROKEN if failures else otherwise)


def show_failures(failures: Iterable[Failure], *, debug: bool) -> None:
    """One line each on stderr; with `debug`, where in the code it came from."""
    for failure in failures:
        click.echo(failure_line(failure), err=True)
        if debug and failure.traceback:
            click.echo(failure.traceback, err=True)
