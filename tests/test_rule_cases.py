"""Every rule on its own case files: the exact findings, with their full messages and spans."""

from __future__ import annotations

import datetime
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import toml
from mkt_lint import _plugins
from mkt_lint._config import CommandLine, Configs
from mkt_lint._lint import lint
from mkt_lint._linter import Setup
from mkt_lint._model import Finding, Span, Undecided
from mkt_lint._source import Source

CASES = Path(__file__).parent / "rules"
VERDICTS = ("good", "bad", "undecided")
AS_OF = datetime.date(2026, 11, 21)


def _folders() -> list[Path]:
    return sorted(folder for folder in CASES.iterdir() if folder.is_dir())


def _cases() -> Iterator[Any]:
    for folder in _folders():
        described = tomllib.loads((folder / "cases.toml").read_text(encoding="utf-8"))
        for verdict in VERDICTS:
            for name, case in described.get(verdict, {}).items():
                yield pytest.param(folder, verdict, name, case, id=f"{folder.name}/{verdict}/{name}")


def _shown(outcome: Finding | Undecided) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "span": [*_numbers(outcome.span)],
        "message_id": outcome.message_id,
        "message": outcome.text,
        "count": outcome.count,
        "related": [[place.span.line, place.span.column] for place in outcome.related],
    }
    if isinstance(outcome, Finding):
        shown["severity"] = str(outcome.severity)
    return shown


def _numbers(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column


def _expected(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"count": 1, "related": []} | place for place in places]


@pytest.mark.parametrize(("folder", "verdict", "name", "case"), list(_cases()))
def test_case(folder: Path, verdict: str, name: str, case: dict[str, Any], tmp_path: Path) -> None:
    code, _, _ = folder.name.partition("_")
    shutil.copyfile(folder / verdict / name, tmp_path / name)
    if (folder / "includes").is_dir():
        shutil.copytree(folder / "includes", tmp_path / "includes")
    config = {"select": [code.upper()], **case.get("config", {})}
    (tmp_path / "mkt-lint.toml").write_text(toml(config), encoding="utf-8")
    configs = Configs(tmp_path, None, False, CommandLine())
    setup = Setup(configs=configs, as_of=case.get("as-of", AS_OF))
    report = lint(setup, _plugins.load(), [(Source(name, tmp_path / name), True)])

    assert [failure.message for failure in report.failures] == []
    assert [_shown(found) for found in report.findings] == _expected(case.get("findings", []))
    assert [_shown(found) for found in report.undecided] == _expected(case.get("undecided", []))


@pytest.mark.parametrize("folder", _folders(), ids=lambda folder: folder.name)
def test_every_file_is_a_case_and_every_case_a_file(folder: Path) -> None:
    described = tomllib.loads((folder / "cases.toml").read_text(encoding="utf-8"))
    listed = {(verdict, name) for verdict in described for name in described[verdict]}
    present = {(file.parent.name, file.name) for verdict in VERDICTS for file in folder.glob(f"{verdict}/*")}
    assert listed == present
    assert {"good", "bad"} <= {verdict for verdict, _ in listed}
    for verdict, name in listed:
        case = described[verdict][name]
        assert set(case) <= {"why", "as-of", "config", "findings", "undecided"}
        assert case["why"].endswith("."), f"{verdict}/{name} does not say what it shows"
        assert bool(case.get("findings")) == (verdict == "bad")
        assert bool(case.get("undecided")) == (verdict == "undecided")


def test_every_rule_has_cases() -> None:
    expected = {f"{rule.code.lower()}_{rule.name.replace('-', '_')}" for rule in _plugins.load().rules}
    assert {folder.name for folder in _folders()} == expected
