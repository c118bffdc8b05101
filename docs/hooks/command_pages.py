"""The command line, from the commands themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from mkt_lint.cli import app


def commands() -> Iterator[tuple[click.Command, click.Context]]:
    """Every command with its context, groups before what is in them."""
    yield from _commands(app, click.Context(app, info_name="mkt-lint", **app.context_settings))


def _commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _commands(found, click.Context(found, info_name=name, parent=context))


def command_reference() -> str:
    """Every command with its arguments and options, in Markdown."""
    return "\n\n".join(_page(command, context) for command, context in commands())


def _page(command: click.Command, context: click.Context) -> str:
    path = context.command_path
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    parts = [f"## {path} {{ #{path.replace(' ', '-')} }}", f"```text\n{usage}\n```"]
    parts += [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", inspect.cleandoc(command.help or ""))]
    if isinstance(command, click.Group):
        names = [f"{path} {name}" for name in command.list_commands(context)]
        parts.append("Commands: " + ", ".join(f"[`{name}`](#{name.replace(' ', '-')})" for name in names) + ".")
    rows = [record for option in command.get_params(context) if (record := option.get_help_record(context))]
    lines = ["| option | what it does |", "| --- | --- |"]
    lines += [f"| `{names}` | {_sentence(text)} |" for names, text in rows if text]
    return "\n\n".join([*parts, "\n".join(lines)])


def _sentence(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("[", "\\[")
