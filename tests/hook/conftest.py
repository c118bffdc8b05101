"""A clone of this working tree that pre-commit can install, and what it takes to install it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness import write
from hook.scratch import PACK, RELEASE, Repository, environment

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def manifest() -> list[dict[str, Any]]:
    """The hooks that the project offers."""
    hooks: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return hooks


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository, where no hook is ever installed from the network."""
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    folder = tmp_path / "templates of acme"
    folder.mkdir()
    made = Repository(folder, {**environment(), "PRE_COMMIT_HOME": str(tmp_path / "pre-commit")})
    made.git("init", "--quiet")
    return made


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a repository that holds this working tree, tagged as a release."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout, which pre-commit could install the hook from")
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    made = Repository(folder, environment())
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "Release"], ["tag", RELEASE]):
        made.git(*command)
    return folder.as_uri()


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where pip can install nothing: pre-commit makes an environment for the hook."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "0", "--timeout", "20"]
    try:
        done = subprocess.run(
            [*command, "hatchling>=1.27"],
            cwd=tmp_path_factory.mktemp("pip"),
            capture_output=True,
            check=False,
            timeout=90,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("pip got no answer from its package index")
    if done.returncode:
        pytest.skip(f"pip cannot fetch hatchling: {done.stderr.decode().strip().splitlines()[-1]}")


@pytest.fixture(scope="session")
def home(index: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where pre-commit keeps the environments of the session: hundreds of megabytes, so that they go with it."""
    folder = tmp_path_factory.mktemp("pre-commit")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third party's rule pack, as a distribution that pip can build."""
    folder = tmp_path_factory.mktemp("pack")
    write(folder, PACK)
    return folder
