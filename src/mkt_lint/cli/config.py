"""`mkt-lint config`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mkt_lint import _plugins
from mkt_lint._model import Failure, Kind
from mkt_lint._rules import Rules
from mkt_lint._tracebacks import reason
from mkt_lint.cli.failing import end, fail
from mkt_lint.cli.options import blocked_plugins, config_file, plugin_option, with_isolated
from mkt_lint.cli.starting import started


@click.group()
def config() -> None:
    """Show the configuration in force, or its schema."""


@config.command(short_help="Each value that holds for a file or a folder, with its origin.")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@config_file
@with_isolated
@plugin_option
def show(path: Path, config: Path | None, isolated: bool, plugin: tuple[str, ...]) -> None:
    """Each value that holds for PATH (a file or a folder; by default the current one), with its origin."""
    from mkt_lint._config.listing import show as listed

    try:
        path.stat()
    except FileNotFoundError:
        pass  # what would hold for it can be told
    except OSError as error:
        fail(Failure(path=path.as_posix(), message=reason(error)))
    with started(config, isolated, plugin) as (configs, host, _):
        rows = [(key, json.dumps(value, ensure_ascii=False), origin) for key, value, origin in listed(configs, path)]
        for kind in Kind:  # what the rules say of their options
            Rules(host).enabled(configs.for_path(path / "-" if path.is_dir() else path), kind)
    width = max(len(origin) for _, _, origin in rows)
    for key, value, origin in rows:
        click.echo(f"{origin:<{width}}  {key} = {value}")
    end(host.failures)


@config.command()
@plugin_option
def schema(plugin: tuple[str, ...]) -> None:
    """The JSON Schema of mkt-lint.toml, with the options of all rules."""
    from mkt_lint._config.jsonschema import schema as schema_of

    host = _plugins.load(blocked_plugins(plugin))
    rules = [(reference, loaded) for reference in host.rules if (loaded := host.rule_class(reference)) is not None]
    click.echo(json.dumps(schema_of(rules), indent=2, ensure_ascii=False))
    end(host.failures)
