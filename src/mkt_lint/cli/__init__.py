"""The command line: the only code that prints, exits or reads flags."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from mkt_lint import __version__

_NOWHERE_TO_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""What writing the standard output may end with; files that are read or written are looked after where they are."""

_COMMANDS = {
    "check": ("mkt_lint.cli.check:check", "Lint templates, exports and settings."),
    "templates": ("mkt_lint.cli.templates:templates", "Show what templates are taken for, and why."),
    "tables": ("mkt_lint.cli.tables:tables", "Show how tables are read, and which rules that lets run."),
    "split": ("mkt_lint.cli.split:split", "Sort the records of an export by what is found in them."),
    "rules": ("mkt_lint.cli.rules:rules", "List the rules."),
    "explain": ("mkt_lint.cli.rules:explain", "Tell all about one rule."),
    "plugins": ("mkt_lint.cli.plugins:plugins", "List the rule packs in use."),
    "config": ("mkt_lint.cli.config:config", "Show the configuration in force, or its schema."),
}


class _Commands(click.Group):
    """Commands whose modules are imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from mkt_lint._config.spelling import suggestion  # only where something is wrong

            ctx.fail(f"there is no command {args[0]!r}{suggestion(args[0], _COMMANDS, 'known are')}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            from mkt_lint.cli.writing import mute  # --version does without

            mute()
            ctx.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="mkt-lint", message="%(prog)s %(version)s")
def app() -> None:
    """Lint the marketing files that regulators fine: e-mail templates, CRM exports and password policies."""
    from pathlib import Path  # as above

    try:
        Path.cwd()
    except OSError:
        raise click.ClickException("the current folder is gone; change to another") from None


def _open_streams() -> None:
    """Make what is printed UTF-8; where the caller has closed a stream, what goes to it is lost."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main() -> None:
    """Run the command line; every way out is an exit status and, where it is 2, one line on stderr."""
    gc.disable()  # what is imported stays; a collector that walks it is a tenth of a hook's start
    _open_streams()
    try:
        sys.exit(app(prog_name="mkt-lint", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"mkt-lint: error: {' '.join(error.format_message().split())}", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("mkt-lint: interrupted", err=True)
        sys.exit(130)  # as a shell tells of SIGINT; 1 would say that something was found
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # the last line of defence: no traceback reaches a user, of a panic neither
        if isinstance(error, OSError) and error.errno in _NOWHERE_TO_WRITE:
            from mkt_lint._tracebacks import reason

            click.echo(f"mkt-lint: error: cannot write standard output: {reason(error)}", err=True)
            sys.exit(2)
        if "--debug" in sys.argv:
            from mkt_lint._tracebacks import frames

            click.echo(frames(error), err=True)
        click.echo(
            f"mkt-lint: internal error: {type(error).__name__}; please report it, with the output of --debug", err=True
        )
        sys.exit(2)
    finally:
        gc.freeze()  # the process ends: nothing that it leaves need be walked once more
