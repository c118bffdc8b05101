"""What many tests use: the command as a user runs it, and rule packs as pip would have installed them."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness import Completed, Run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder on the path of every `run`, where `install` puts distributions."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty working directory, outside any repository."""
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def run(project: Path, site: Path) -> Run:
    """Run `mkt-lint` in `project`."""

    def run(*args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Completed:
        environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(site), environment.get("PYTHONPATH", "")]))
        done = subprocess.run(
            [sys.executable, "-m", "mkt_lint", *args],
            cwd=cwd or project,
            input=stdin,
            capture_output=True,
            env={**environment, **(env or {})},
            check=False,
            timeout=120,
        )
        return Completed(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def install(site: Path) -> Callable[..., None]:
    """Install a distribution: its modules, its metadata and its `mkt_lint` entry points."""

    def install(name: str, version: str, entry_points: Mapping[str, str], **modules: str) -> None:
        for module, source in modules.items():
            file = site.joinpath(*module.split("__SUB__")).with_suffix(".py")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(source), encoding="utf-8")
        info = site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        points = "".join(f"{key} = {value}\n" for key, value in entry_points.items())
        (info / "entry_points.txt").write_text(f"[mkt_lint]\n{points}", encoding="utf-8")

    return install
