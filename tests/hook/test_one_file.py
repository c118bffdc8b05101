"""What the hook says of one changed file is what a full run says of that file."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from harness import AS_OF, Run, write

EXAMPLES = Path(__file__).parents[2] / "examples"
PARTS = ("files", "findings", "undecided", "errors")

LAYOUT = "<html><body><table><tr><td>{% block content %}{% endblock %}</td></tr></table></body></html>\n"
SALE = '{% extends "layout.html" %}{% block content %}<p>Sale: -30 %!</p>{% include "footer.html" %}{% endblock %}\n'
DEAD = '<p><a href="#">Unsubscribe</a></p>\n'

PROJECT: dict[str, str | bytes] = {
    "mkt-lint.toml": """\
jurisdictions = ["FR"]
extend-exclude = ["archive/"]

[templates]
roots = ["mails"]
marketing = ["mails/sales/"]

[[overrides]]
files = ["mails/drafts/"]
ignore = ["EML102"]
""",
    "mails/layout.html": LAYOUT,
    "mails/footer.html": DEAD,
    "mails/sales/sale.html": SALE,
    "mails/sales/no_footer.html": SALE.replace("footer.html", "nowhere.html"),
    "mails/drafts/sale.html": f"<html><body>{DEAD}</body></html>\n",
    "archive/sale.html": f"<html><body>{DEAD}</body></html>\n",
    "nested/mkt-lint.toml": '[rules.EML102]\nseverity = "warning"\n',
    "nested/sale.html": f"<html><body><p>Sale: -30 %!</p>{DEAD}</body></html>\n",
    "broken.toml": "[password-policy\n",
    "exports/ragged.csv": "email,source\nanne@bois.example,Kaspr,\n",
    "exports/utf16.csv": "email,source\nanne@bois.example,Kaspr\n".encode("utf-16"),
    "package.json": '{"name": "mails"}\n',
}


def parts(report: Any, path: str) -> dict[str, list[Any]]:
    return {part: [entry for entry in report[part] if entry.get("path") == path] for part in PARTS}


@pytest.fixture(params=["examples", "includes and overrides"])
def tree(request: pytest.FixtureRequest, project: Path) -> Path:
    if request.param == "examples":
        shutil.copytree(EXAMPLES, project, dirs_exist_ok=True)
    else:
        write(project, PROJECT)
    return project


def test_one_file_alone(tree: Path, manifest: list[dict[str, Any]], run: Run) -> None:
    _, *entry = shlex.split(manifest[0]["entry"])
    as_json = ["-f", "json", "--as-of", AS_OF]
    whole = run("check", *as_json).json
    paths = sorted(file.relative_to(tree).as_posix() for file in tree.rglob("*") if file.is_file())
    alone = {path: run(*entry, *as_json, "--", path).json for path in paths}
    for path, report in alone.items():
        assert parts(report, path) == parts(whole, path)
        assert {entry.get("path") for part in PARTS for entry in report[part]} <= {path}
    for part in PARTS:
        assert sum(len(report[part]) for report in alone.values()) == len(whole[part])
    assert len(whole["findings"]) > 3
