"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mkt_lint import _plugins
from mkt_lint._config.spelling import suggestion

config_file = click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="This configuration, for all files."
)
with_isolated = click.option("--isolated", is_flag=True, help="No configuration file at all.")
plugin_option = click.option(
    "-p", "plugin", multiple=True, metavar="no:NAME", help="Leave a rule pack out. Repeatable."
)


def codes(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`--select A,B --select C` as `("A", "B", "C")`.

    Raises:
        click.UsageError: a choice of rules names none, as an empty variable of a script does.
    """
    named = tuple(code.strip() for value in values for code in value.split(",") if code.strip())
    if values and not named and parameter.name != "ignore":
        raise click.UsageError(f"{parameter.opts[0]} names no rule; leave it out for all of them")
    return named


def blocked_plugins(values: Sequence[str]) -> tuple[str, ...]:
    """The names in `-p no:NAME`.

    Raises:
        click.UsageError: a value is not of that form, or no such pack is installed.
    """
    names = []
    for value in values:
        prefix, _, name = value.partition(":")
        if prefix != "no" or not name:
            raise click.UsageError(f"-p takes no:NAME, not {value!r}")
        names.append(name)
    if names:
        known = _plugins.available_names()
        for name in names:
            if name not in known:
                hint = suggestion(name, known, "installed are")
                raise click.UsageError(f"-p no:{name}: there is no such rule pack{hint}")
    return tuple(sorted(set(names)))
