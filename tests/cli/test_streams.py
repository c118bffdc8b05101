"""What is printed on: pipes that close, devices that are full, streams that are closed, terminals that know ASCII."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness import Run, write

DEAD = '<html><body><h1>20% off everything</h1><a href="#">Unsubscribe</a></body></html>'


def shell(command: str, cwd: Path) -> tuple[int, str, str]:
    """Run a command of the shell, in which `mkt-lint` is the linter. Returns status, output and errors."""
    command = command.replace("mkt-lint", f"{sys.executable} -m mkt_lint")
    done = subprocess.run(["/bin/sh", "-c", command], cwd=cwd, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("args", "status"),
    [("check", 1), ("check -f json", 1), ("rules", 0), ("explain EML101", 0), ("config schema", 0), ("check -h", 0)],
)
def test_whoever_reads_may_stop(args: str, status: int, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    ended = shell(f"{{ mkt-lint {args}; echo $? >status; }} | sleep 0", project)
    assert ended == (0, "", "")
    assert (project / "status").read_text() == f"{status}\n"


@pytest.mark.parametrize(
    "args", ["check", "check -f sarif", "rules", "templates", "config show", "--help", "--version"]
)
def test_full_disk(args: str, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    assert shell(f"mkt-lint {args} >/dev/full", project) == (
        2,
        "",
        "mkt-lint: error: cannot write standard output: no space left on device\n",
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_streams(closed: str, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    status, _, stderr = shell(f"mkt-lint check -f sarif:report.sarif -f text {closed}", project)
    assert (status, stderr) == (1, "")
    assert (project / "report.sarif").is_file()
    assert shell(f"mkt-lint check none.html {closed}", project)[0] == 2


def test_folder_that_is_gone(project: Path) -> None:
    said = "mkt-lint: error: the current folder is gone; change to another\n"
    assert shell("mkdir gone; cd gone; rmdir ../gone; mkt-lint check", project) == (2, "", said)


def test_terminal_of_another_encoding(run: Run, project: Path) -> None:
    write(project, {"mail.html": DEAD})
    plain = run("check")
    assert "“#”" in plain.stdout
    assert run("check", env={"PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C"}) == plain
