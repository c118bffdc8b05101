"""The workflow that the documentation shows and the action that it uses."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from action_inputs import action_inputs
from harness import AS_OF, Run

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_bytes())
WORKFLOWS = sorted((ROOT / "docs" / "examples").glob("github-*.yml"))


def steps(workflow: Path) -> list[dict[str, Any]]:
    loaded = yaml.safe_load(workflow.read_bytes())
    found: list[dict[str, Any]] = loaded["jobs"]["lint"]["steps"]
    return found


def step(name: str) -> dict[str, Any]:
    (found,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == name]
    return dict(found)


@pytest.fixture
def examples(project: Path) -> Path:
    shutil.copytree(ROOT / "examples", project, dirs_exist_ok=True)
    return project


class Lint:
    """The action's step `Lint`, as a runner would run it."""

    def __init__(self, folder: Path, tmp_path: Path, **inputs: str) -> None:
        values = {name: str(item["default"]) for name, item in ACTION["inputs"].items()} | inputs
        output = tmp_path / "output"
        output.touch()
        given = {
            name: values[value.removeprefix("${{ inputs.").removesuffix(" }}")]
            for name, value in step("Lint")["env"].items()
            if value.startswith("${{ inputs.")
        }
        self.done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step("Lint")["run"]],
            cwd=folder,
            env={**os.environ, **given, "PYTHON": sys.executable, "RUNNER_TEMP": str(tmp_path),
                 "GITHUB_OUTPUT": str(output)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )  # fmt: skip
        self.output = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())


def test_findings_are_kept_for_the_upload(examples: Path, tmp_path: Path) -> None:
    ran = Lint(examples, tmp_path, args=f"--as-of {AS_OF}")
    assert (ran.done.returncode, ran.done.stderr) == (0, "")
    assert ran.output == {"status": "1", "sarif-file": "mkt-lint.sarif"}
    assert "5 errors, 8 warnings, 5 notes" in ran.done.stdout
    log = json.loads((examples / "mkt-lint.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert log["automationDetails"] == {"id": "mkt-lint/"}
    assert len(log["results"]) == 18


def test_inputs_reach_the_command(examples: Path, tmp_path: Path) -> None:
    (examples / "with space").mkdir()
    shutil.move(examples / "settings", examples / "with space" / "settings")
    given = {"paths": "with space\nexports/newsletter.csv\n", "args": "--select SEC,CRM901 --fail-on never"}
    ran = Lint(examples, tmp_path, category="nightly", **{"sarif-file": "a b.sarif"}, **given)
    assert ran.output == {"status": "0", "sarif-file": "a b.sarif"}
    log = json.loads((examples / "a b.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert log["automationDetails"] == {"id": "nightly/"}
    assert {result["ruleId"] for result in log["results"]} == {"SEC101", "CRM901"}


def test_without_a_report_there_is_nothing_to_upload(examples: Path, tmp_path: Path) -> None:
    (examples / "mkt-lint.toml").write_text("nonsense = 1\n", encoding="utf-8")
    (examples / "mkt-lint.sarif").write_text("of an earlier step", encoding="utf-8")
    ran = Lint(examples, tmp_path)
    assert ran.output == {"status": "2"}
    assert "mkt-lint.toml:1:1: unknown key 'nonsense'" in ran.done.stderr
    assert step("Upload to code scanning")["if"] == (
        "${{ inputs.upload == 'true' && steps.check.outputs.sarif-file != '' }}"
    )


def test_the_action_ends_as_the_linter_did() -> None:
    last = ACTION["runs"]["steps"][-1]
    assert last["env"] == {"STATUS": "${{ steps.check.outputs.status }}"}
    for status in (0, 1, 2):
        done = subprocess.run(["bash", "-c", last["run"]], env={"STATUS": str(status)}, check=False, timeout=10)
        assert done.returncode == status


def test_scripts_take_nothing_but_variables() -> None:
    """An expression in a script would be code from whoever names a branch or a file."""
    for action_step in ACTION["runs"]["steps"]:
        assert "${{" not in action_step.get("run", "")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_may_upload(workflow: Path) -> None:
    loaded = yaml.safe_load(workflow.read_bytes())
    assert loaded["permissions"] == {"contents": "read", "security-events": "write", "actions": "read"}


def test_the_workflow_gives_inputs_that_there_are() -> None:
    (used,) = [s for s in steps(ROOT / "docs/examples/github-code-scanning.yml") if "mkt-lint" in s["uses"]]
    assert used["with"] == {"paths": ".", "upload": True}
    assert used["with"].keys() <= ACTION["inputs"].keys()


def test_the_workflow_in_steps_runs(examples: Path, run: Run) -> None:
    listed = steps(ROOT / "docs/examples/github-code-scanning-steps.yml")
    (line,) = [s["run"] for s in listed if s.get("run", "").startswith("mkt-lint")]
    done = run(*shlex.split(line)[1:], "--as-of", AS_OF)
    assert (done.status, done.stderr) == (1, "")
    upload = listed[-1]
    report = examples / upload["with"]["sarif_file"]
    assert len(json.loads(report.read_text(encoding="utf-8"))["runs"][0]["results"]) == 18
    assert upload["if"] == "${{ !cancelled() && hashFiles('mkt-lint.sarif') != '' }}"


def test_the_same_versions_of_other_actions_everywhere() -> None:
    used = set(re.findall(r"uses: (\S+)@(\S+)", "".join(file.read_text("utf-8") for file in
                                                          [ROOT / "action.yml", *WORKFLOWS])))  # fmt: skip
    assert used == {
        ("actions/checkout", "v7"), ("actions/setup-python", "v7"), ("github/codeql-action/upload-sarif", "v4"),
        ("mkt-lint/mkt-lint", "v0.1.0"),
    }  # fmt: skip


def test_every_input_and_output_is_described() -> None:
    page = action_inputs((ROOT / "action.yml").read_text(encoding="utf-8"))
    for name, item in {**ACTION["inputs"], **ACTION["outputs"]}.items():
        assert f"\n| `{name}` | " in page
        assert f"| {item['description']} |" in page
        assert item["description"].endswith(".")
