"""The commands that the documentation shows: what it says they print is what they print."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from harness import AS_OF, Run
from mkt_lint.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
WIDTH = "88"

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>.*)\n(?P<text>(?s:.*?))^(?P=fence)$", re.MULTILINE)


class Fence(NamedTuple):
    """A block of code on a page."""

    language: str
    title: str | None
    text: str


def fences(page: Path) -> list[Fence]:
    found = []
    for block in _FENCE.finditer(page.read_text(encoding="utf-8")):
        title = re.search(r'title="([^"]+)"', block["info"])
        found.append(Fence(block["info"].partition(" ")[0], title[1] if title else None, block["text"]))
    return found


def commands(session: str) -> Iterator[tuple[str, str]]:
    """Each `$ command` of a console block with what follows it."""
    for piece in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, output = piece.partition("\n")
        yield command, output


CONSOLES = [
    page
    for page in PAGES
    if any(fence.language == "console" for fence in fences(page))
    and page.name != "writing-a-pack.md"  # has a test of its own, with the pack installed
]


@pytest.mark.parametrize("page", CONSOLES, ids=lambda page: page.name)
def test_consoles_show_what_is_printed(page: Path, run: Run, project: Path) -> None:
    """Blocks with a title are files; the commands run among them and a copy of the examples, from top to bottom."""
    shutil.copytree(ROOT / "examples", project / "examples")
    folder = project
    status = 0
    for fence in fences(page):
        if fence.title and not fence.title.startswith("."):
            file = project / fence.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(fence.text, encoding="utf-8")
        if fence.language != "console":
            continue
        shown, printed = "", ""
        for command, output in commands(fence.text):
            name, *arguments = shlex.split(command)
            shown += f"$ {command}\n{output}"
            printed += f"$ {command}\n"
            if name == "cd":
                folder = project / arguments[0]
            elif name == "echo":
                printed += f"{status}\n"
            else:
                assert name == "mkt-lint"
                day = ["--as-of", AS_OF] if arguments[0] == "check" else []
                done = run(*arguments, *day, cwd=folder, env={"COLUMNS": WIDTH})
                status = done.status
                printed += done.stdout + done.stderr
        assert printed.rstrip("\n") == shown.rstrip("\n")


def shell_lines() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for fence in fences(page):
            if fence.language in ("sh", "console"):
                for line in fence.text.splitlines():
                    command = line.removeprefix("$ ")
                    if command.startswith("mkt-lint "):
                        yield page, command


@pytest.mark.parametrize(("page", "line"), list(shell_lines()), ids=lambda value: getattr(value, "name", None))
def test_commands_exist_with_their_options(page: Path, line: str) -> None:
    """An option or a command that is renamed is renamed in the documentation, too."""
    arguments = shlex.split(line, comments=True)[1:]
    command: click.Command = app
    context = click.Context(app, info_name="mkt-lint", **app.context_settings)
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        found = command.get_command(context, arguments[0])
        assert found is not None, f"there is no command {arguments[0]!r}"
        context = click.Context(found, info_name=arguments[0], parent=context)
        command, arguments = found, arguments[1:]
    command.parse_args(context, arguments or ["--help"] if isinstance(command, click.Group) else arguments)
