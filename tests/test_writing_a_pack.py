"""The guide for authors of rule packs: what it shows is the example pack, and does what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from harness import AS_OF, Run

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = DOCS / "writing-a-pack.md"
PACK = DOCS / "examples" / "acme-pack"

_FENCE = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)


class Fence(NamedTuple):
    """A block of the guide; its title is the file that it shows."""

    language: str
    title: str | None
    text: str


def fences() -> list[Fence]:
    return [Fence(*found.groups()) for found in _FENCE.finditer(GUIDE.read_text(encoding="utf-8"))]


def commands(session: str) -> Iterator[tuple[str, str]]:
    """Each `$ command` of a console block, with what it prints."""
    for piece in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, output = piece.partition("\n")
        yield command, output


@pytest.fixture
def acme(site: Path, install: Callable[..., None]) -> None:
    """The example pack, as pip would have installed it."""
    shutil.copytree(PACK / "acme_pack", site / "acme_pack")
    install("acme-pack", "1.0.0", {"acme": "acme_pack"})


def test_guide_shows_the_files_of_the_pack() -> None:
    shown = {fence.title: fence.text for fence in fences() if fence.title and fence.title.startswith("acme-pack/")}
    assert shown == {title: (PACK.parent / title).read_text(encoding="utf-8") for title in shown}


def test_guide_shows_every_file_that_an_author_writes() -> None:
    shown = {fence.title for fence in fences()}
    tests = PACK / "tests"
    written = [
        PACK / "pyproject.toml",
        PACK / ".gitattributes",
        *tests.glob("*.py"),
        *(PACK / "acme_pack").rglob("*.py"),
    ]
    assert {file.relative_to(PACK.parent).as_posix() for file in written if file.read_bytes()} <= shown


def test_guide_shows_the_layout() -> None:
    layout = next(fence.text for fence in fences() if fence.text.startswith("acme-pack/\n"))
    named = set(re.findall(r"── ([\w.]+)", layout))
    files = {file.relative_to(PACK) for file in PACK.rglob("*") if file.suffix != ".pyc"} - {Path("README.md")}
    cases = Path("tests/rules")
    present = {file.name for file in files if cases not in file.parents or file.parent == cases}
    assert named == present - {"__pycache__"}


def test_commands_print_what_the_guide_shows(acme: None, run: Run, project: Path) -> None:
    for fence in fences():
        if fence.title and fence.title.startswith("shop/"):
            (project / fence.title.removeprefix("shop/")).write_text(fence.text, encoding="utf-8")
        elif fence.language == "console":
            for command, output in commands(fence.text):
                name, *arguments = shlex.split(command)
                assert name == "mkt-lint"
                day = ["--as-of", AS_OF] if arguments[0] == "check" else []
                done = run(*arguments, *day, env={"COLUMNS": "88"})
                assert (done.stdout + done.stderr).rstrip("\n") == output.rstrip("\n"), command


def test_pack_passes_its_own_tests(acme: None, site: Path, tmp_path: Path) -> None:
    shutil.copytree(PACK / "tests", tmp_path / "acme-pack" / "tests")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path / "acme-pack",
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^[1-9][0-9]* passed", done.stdout, re.MULTILINE)
