"""`mkt-lint plugins`."""

from __future__ import annotations

import json

import click

from mkt_lint import _plugins
from mkt_lint.cli.failing import end
from mkt_lint.cli.options import blocked_plugins, plugin_option


@click.command()
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Output format.")
@plugin_option
@click.option("--debug", is_flag=True, help="Where in the code something broke.")
def plugins(form: str, plugin: tuple[str, ...], debug: bool) -> None:
    """List the rule packs in use: names, versions, hooks, rules."""
    host = _plugins.load(blocked_plugins(plugin))
    if form == "json":
        listed = [
            {
                "name": info.name,
                "version": info.version,
                "distribution": info.distribution,
                "entry_point": info.entry_point,
                "hooks": list(info.hooks),
                "rules": list(info.rules),
            }
            for info in host.plugins
        ]
        click.echo(json.dumps({"version": 1, "plugins": listed}, indent=2, ensure_ascii=False))
    else:
        for info in host.plugins:
            click.echo(f"{info.name} ({info.distribution} {info.version}, entry point {info.entry_point})")
            click.echo(f"  hooks: {', '.join(info.hooks) or 'none'}")
            click.echo(f"  rules: {', '.join(info.rules) or 'none'}")
    end(host.failures, debug=debug)
