"""What every command that reads files begins with: the configuration, the rule packs, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from mkt_lint import _plugins
from mkt_lint._config import CommandLine, ConfigError, Configs
from mkt_lint.cli.failing import fail, show_failures
from mkt_lint.cli.options import blocked_plugins


class Started(NamedTuple):
    """A command's configurations and rule packs."""

    configs: Configs
    host: _plugins.Host
    blocked: tuple[str, ...]
    """The names of the packs that are left out."""


@contextmanager
def started(
    config: Path | None,
    isolated: bool,
    plugin: Sequence[str],
    command_line: CommandLine | None = None,
    *,
    debug: bool = False,
) -> Iterator[Started]:
    """Begin a command, and end it with one line where the configuration is wrong, now or for a file met later.

    Packs that are broken are named first: they may be why a rule or a format is not known.

    Args:
        config: As `--config` has it.
        plugin: As `-p` has it.
    """
    host = None
    try:
        configs = Configs(Path.cwd(), config, isolated, command_line)
        blocked = blocked_plugins(plugin)
        host = _plugins.load(blocked)
        if configs.run.required_plugins:
            configs.require_plugins(host.plugins)
        configs.check_codes(host.rules, complete=not (blocked or host.failures))
        yield Started(configs, host, blocked)
    except ConfigError as error:
        show_failures(host.failures if host else (), debug=debug)
        fail(error.failure)
    except click.UsageError:
        show_failures(host.failures if host else (), debug=debug)
        raise
