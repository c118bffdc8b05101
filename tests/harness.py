"""What tests of several folders name: a run of the command, and files to run it on."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AS_OF = "2026-11-21"


@dataclass(frozen=True)
class Completed:
    """One run of the command."""

    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


Run = Callable[..., Completed]


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder, text as UTF-8 with the line ends that it has."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def on_a_terminal(project: Path, *arguments: str) -> bytes:
    """What a run writes to a standard error that is a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "mkt_lint", *arguments]
    subprocess.run(command, cwd=project, stdout=subprocess.DEVNULL, stderr=theirs, check=False)
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 4096):
            written += piece
    os.close(ours)
    return written
