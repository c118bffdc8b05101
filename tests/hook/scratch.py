"""Scratch repositories, and a rule pack of a third party."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from harness import write
from mkt_lint import __version__

RELEASE = f"v{__version__}"

_SETTINGS = {
    "user.name": "Anne Bois",
    "user.email": "anne@bois.example",
    "init.defaultBranch": "main",
    "protocol.file.allow": "always",  # a submodule from a folder
}

PACK = {
    "pyproject.toml": """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "acme-pack"
version = "1.0.0"
dependencies = ["mkt-lint"]

[project.entry-points.mkt_lint]
acme = "acme_pack"
""",
    "acme_pack/__init__.py": """\
from mkt_lint import hookimpl, rules_in


@hookimpl
def mkt_lint_rules():
    return rules_in("acme_pack.rules", kind="template")
""",
    "acme_pack/rules/__init__.py": "",
    "acme_pack/rules/acm101_blink_used.py": '''\
from mkt_lint import Message, Purpose, TemplateRule


class BlinkUsed(TemplateRule):
    """Text that blinks."""

    confidence = "high"
    purposes = frozenset({Purpose.MARKETING})
    messages = {"blinks": Message(what="This text blinks.", why="It should not.", todo="Stop it.", severity="warning")}

    def check(self, template):
        for element in template.elements:
            if element.tag == "blink":
                yield self.finding("blinks", at=element.span)
''',
}


class Hook(NamedTuple):
    """What a run of pre-commit or git came to."""

    status: int
    output: str
    """Both streams, without what pre-commit says of environments that it makes."""


@dataclass(frozen=True)
class Repository:
    """A git repository with a hook."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str) -> Hook:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=600,
        )
        lines = done.stdout.decode().splitlines(keepends=True)
        return Hook(done.returncode, "".join(line for line in lines if not line.startswith("[INFO] ")))

    def git(self, *args: str) -> str:
        done = self.run("git", *args)
        assert done.status == 0, done.output
        return done.output

    def pre_commit(self, *args: str) -> Hook:
        return self.run(sys.executable, "-m", "pre_commit", *args)

    def stage(self, files: Mapping[str, str | bytes]) -> None:
        """Write files and stage all that changed."""
        write(self.folder, files)
        self.git("add", "--all")

    def configure(self, *repositories: Any) -> None:
        """Make this the `.pre-commit-config.yaml`."""
        self.stage({".pre-commit-config.yaml": yaml.safe_dump({"repos": list(repositories)})})


def environment() -> dict[str, str]:
    """What a user's shell has, without the git configuration and the colours of whoever runs the tests."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "PRE_COMMIT")) and key not in ("FORCE_COLOR", "PYTHONPATH", "SKIP")
    }
    settings = {"GIT_CONFIG_COUNT": str(len(_SETTINGS))}
    for index, (key, value) in enumerate(_SETTINGS.items()):
        settings |= {f"GIT_CONFIG_KEY_{index}": key, f"GIT_CONFIG_VALUE_{index}": value}
    return {
        **kept, **settings, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1",
        "PRE_COMMIT_COLOR": "never", "COLUMNS": "100",
    }  # fmt: skip
