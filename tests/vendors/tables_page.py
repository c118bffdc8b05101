"""The generated part of docs/tables.md: which rules can run on which export, what they need, and all fields."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkt_lint import AnyOf, F, Field, Table, TableRule
from mkt_lint_crm import mkt_lint_rules
from vendors.exports import EXPORTS, read

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
MARK = "<!-- generated: PYTHONPATH=tests python -m vendors.tables_page -->\n"


def rules() -> dict[str, TableRule]:
    """All table rules of the pack by code."""
    found = {}
    for reference in mkt_lint_rules():
        rule = reference.load()
        assert issubclass(rule, TableRule)
        found[reference.code] = rule(reference)
    return found


def decides(rule: TableRule, table: Table) -> bool:
    """Whether the table has what the rule cannot do without."""
    return all(
        any(table.has(field) for field in (need.fields if isinstance(need, AnyOf) else (need,))) for need in rule.needs
    )


def _languages(export: Mapping[str, Any]) -> str:
    return f"{export['vendor']}, {export['language'].upper()}"


def _runs(known: Mapping[str, TableRule]) -> Iterator[str]:
    yield "| export | rules that run | undecided: a column is missing |\n| --- | --- | --- |\n"
    for export in EXPORTS.values():
        table = read(export)
        lacks = [code for code, rule in known.items() if not decides(rule, table)]
        runs = [code for code, rule in known.items() if code not in lacks and any(rule.check(table))]
        yield f"| {_languages(export)} | {' '.join(runs)} | {' '.join(lacks) or '-'} |\n"


def _needs(known: Mapping[str, TableRule]) -> Iterator[str]:
    yield "| rule | fields that it cannot do without |\n| --- | --- |\n"
    for code, rule in known.items():
        needs = [
            " or ".join(f"`{field}`" for field in (need.fields if isinstance(need, AnyOf) else (need,)))
            for need in rule.needs
        ]
        yield f"| {code} {rule.name} | {'; '.join(needs) or 'none'} |\n"


def _fields() -> Iterator[str]:
    yield "| field | what it says |\n| --- | --- |\n"
    [declared] = ast.parse(inspect.getsource(F)).body
    assert isinstance(declared, ast.ClassDef)
    body = declared.body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            field = getattr(F, node.targets[0].id)
            assert isinstance(field, Field)
            said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and str(after.value.value)
            text = " ".join(said.split()) if said else ""
            yield f"| `{field}` | {text or '-'} |\n"


def generated() -> str:
    """What stands below the mark."""
    known = rules()
    parts = [
        "\n## Which rules can run on which export\n\n",
        "Exports as the vendors make them, with no configuration. A rule that lacks a column is undecided. One\n",
        "that is in neither column has nothing to look at in the export.\n\n",
        *_runs(known),
        "\n## What the rules need\n\nThe configuration can give a column of yours the field that a rule asks for.\n\n",
        *_needs(known),
        "\n## Fields\n\n",
        *_fields(),
    ]
    return "".join(parts)


if __name__ == "__main__":
    written = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(written[: written.index(MARK) + len(MARK)] + generated(), encoding="utf-8")
