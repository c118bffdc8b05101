"""What every rule's file, class and docstring must have; the examples in docstrings are run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from harness import toml
from mkt_lint import _plugins
from mkt_lint._config import CommandLine, Configs
from mkt_lint._lint import lint
from mkt_lint._linter import Setup
from mkt_lint._model import PLACEHOLDER, Severity
from mkt_lint._rule import Rule, RuleReference
from mkt_lint._rules import Rules, describe
from mkt_lint._source import Source

HOST = _plugins.load()
RULES = {reference.code: (reference, reference.load()) for reference in HOST.rules}

_FENCE = re.compile(
    r"^```(?P<language>\w+) (?P<verdict>good|bad)(?: (?P<config>\{[^\n]*\}))?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Example(NamedTuple):
    """One fence of a docstring: ```` ```html bad {config = "as inline TOML"} ````."""

    language: str
    verdict: str
    config: dict[str, Any]
    text: str


def examples(documentation: str) -> Iterator[Example]:
    for found in _FENCE.finditer(documentation):
        config = tomllib.loads(f"config = {found['config'] or '{}'}")["config"]
        yield Example(found["language"], found["verdict"], config, found["text"])


def documentation(code: str) -> str:
    reference, rule = RULES[code]
    return describe(rule, reference, "").documentation


@pytest.mark.parametrize("code", RULES)
def test_file_class_and_code_are_one(code: str) -> None:
    reference, rule = RULES[code]
    module, _, name = reference.target.partition(":")
    assert module.endswith(f"rules.{code.lower()}_{reference.name.replace('-', '_')}")
    assert name == rule.__name__ == "".join(word.capitalize() for word in reference.name.split("-"))
    assert rule.kind is reference.kind


@pytest.mark.parametrize("code", RULES)
def test_the_page_is_complete(code: str) -> None:
    _, rule = RULES[code]
    page = documentation(code)
    summary = page.partition("\n")[0]
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    options = ["Options"] if hasattr(rule.Options, "__dataclass_fields__") else []
    assert summary.endswith(".")
    assert headings == ["Why", "Examples", *options, "When not to use it"]
    for name in getattr(rule.Options, "__dataclass_fields__", ()):
        assert f"`{name.replace('_', '-')}`" in page, f"the option {name} is not described"


@pytest.mark.parametrize("code", RULES)
def test_messages_are_whole(code: str) -> None:
    _, rule = RULES[code]
    for message in rule.messages.values():
        assert Severity(message.severity)
        for part in (message.what, message.why, message.todo):
            assert part[:1].isupper() or part.startswith("{"), part
            assert part.endswith("."), part
            assert not re.search(r"(?<!\{)\{(?![a-z_]+\}|\{)", part), "a placeholder is a plain {name}"
            assert "illegal" not in part.lower()
        assert len(set(PLACEHOLDER.findall(message.template))) <= 10


@pytest.mark.parametrize("code", RULES)
def test_references_are_whole(code: str) -> None:
    _, rule = RULES[code]
    for text in rule.references:
        assert text.authority
        assert text.id
        assert text.url.startswith("https://")
        date.fromisoformat(text.date)
        assert re.fullmatch(r"[A-Z]{2}|IETF", text.jurisdiction)


def _lint(example: Example, reference: RuleReference, folder: Path) -> list[str]:
    file = folder / f"example.{example.language}"
    file.write_text(example.text, encoding="utf-8")
    (folder / "mkt-lint.toml").write_text(toml(example.config), encoding="utf-8")
    setup = Setup(Configs(folder, None, False, CommandLine(select=(reference.code,))), date(2026, 11, 21))
    report = lint(setup, HOST, [(Source(file.name, file), True)])
    assert report.failures == ()
    assert report.undecided == ()
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize(
    ("code", "example"),
    [
        pytest.param(code, example, id=f"{code}-{number}-{example.verdict}")
        for code in RULES
        for number, example in enumerate(examples(documentation(code)), 1)
    ],
)
def test_example(code: str, example: Example, tmp_path: Path) -> None:
    found = _lint(example, RULES[code][0], tmp_path)
    assert found == ([] if example.verdict == "good" else [code])


@pytest.mark.parametrize("code", RULES)
def test_every_rule_shows_what_is_good_and_what_is_bad(code: str) -> None:
    page = documentation(code)
    shown = list(examples(page))
    assert {example.verdict for example in shown} == {"good", "bad"}
    assert len(shown) == page.count("```") // 2, "an example that is not run"


def test_all_rules_can_be_described() -> None:
    assert [rule.code for rule in Rules(HOST).metadata()] == list(RULES)
    assert all(issubclass(rule, Rule) for _, rule in RULES.values())
