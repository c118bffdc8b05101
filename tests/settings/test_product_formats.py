"""Files of products: every value at its exact place, and what the rules say of them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from mkt_lint import (
    CharacterClass,
    PasswordPolicy,
    ReadContext,
    Setting,
    Settings,
    SettingsRule,
    Source,
    Span,
    Vocabulary,
    rules_in,
)
from mkt_lint._config.model import FileConfig
from mkt_lint_security.readers.decoding import Content
from mkt_lint_security.readers.formats import FORMATS
from mkt_lint_security.readers.product import ProductReader
from settings_samples import SAMPLES, unmarked

CONTEXT = ReadContext(
    FileConfig(None, Path(), "file"), datetime.date(2026, 11, 21), platforms=tuple, vocabulary=Vocabulary
)
NUMBERS = ("min_length", "max_length", "min_bits", "min_classes", "symbols", "history", "rotation_days")
FLAGS = ("dictionary", "breached", "rate_limit", "captcha", "paste_blocked")


def stated(policy: PasswordPolicy) -> dict[str, tuple[Any, Span]]:
    """All settings of a policy that the file itself has."""
    found: dict[str, Setting[Any] | None] = {name: getattr(policy, name) for name in (*NUMBERS, *FLAGS)}
    found |= {f"required.{cls}": setting for cls, setting in policy.required.items()}
    if policy.lockout is not None:
        found["lockout.enabled"] = policy.lockout.enabled
        found["lockout.max_attempts"] = policy.lockout.max_attempts
    return {
        name: (setting.value, setting.span) for name, setting in found.items() if setting and not setting.default_of
    }


def read(file: str, text: str) -> list[Any]:
    source = Source(file, None, text.encode())
    reader = ProductReader()
    return list(reader.read(source, CONTEXT)) if reader.recognises(source) else []


def said(document: Settings) -> list[str]:
    verdicts = []
    for reference in rules_in("mkt_lint_security.rules", kind="settings"):
        rule = reference.load()(reference)
        assert isinstance(rule, SettingsRule)
        verdicts += [f"{reference.code} {verdict.message_id}" for verdict in rule.check(document)]
    return verdicts


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample['file']}: {sample['shows']}")
def test_sample(sample: dict[str, Any]) -> None:
    text, expected = unmarked(sample["text"])
    (document,) = read(sample["file"], text)
    assert isinstance(document, Settings)
    found = stated(document.policies[0])
    assert {name: found.get(name) for name in expected} == expected
    # What one value stands for is marked once: a level of complexity stands for several classes.
    marked = {span for _, span in expected.values()}
    assert {name: value for name, value in found.items() if value[1] not in marked} == {}
    assert said(document) == sample["says"]


@pytest.mark.parametrize("mark", ["\ufeff", "\n\n"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"])
def test_positions_behind_a_byte_order_mark_and_crlf(sample: dict[str, Any], mark: str) -> None:
    """A byte order mark is no column, and a line ends with CRLF as it does with LF."""
    text, expected = unmarked(sample["text"].lstrip("\n"))
    lines = mark.count("\n")
    if lines and text.startswith("<?xml"):
        pytest.skip("nothing may stand before an XML declaration")
    (document,) = read(sample["file"], mark + text.replace("\n", "\r\n"))
    found = stated(document.policies[0])
    moved = {
        name: (value, Span(span.line + lines, span.column, span.end_line + lines, span.end_column))
        for name, (value, span) in expected.items()
    }
    assert {name: found.get(name) for name in moved} == moved


def test_every_format_has_samples() -> None:
    """Of each format a good one and a weak one at least; sending and retention have their rules' cases."""
    shown = {key for sample in SAMPLES for key in _formats_of(sample)}
    every = {known.target for gates in FORMATS.values() for gate in gates for known in gate.formats}
    assert every - shown == {"retention:periods", "sending:parameters", "sending:switches"}


def _formats_of(sample: dict[str, Any]) -> set[str]:
    text, _ = unmarked(sample["text"])
    suffix = sample["file"].rpartition(".")[2]
    suffix = suffix if suffix in FORMATS else "pam"
    content = Content(Source(sample["file"], None, text.encode()))
    formats = [known for gate in FORMATS[suffix] if content.has(gate.word) for known in gate.formats]
    return {known.target for known in formats if known.may_be_at(sample["file"].lower()) and known.claims(content)}


def test_classes_of_a_level() -> None:
    """One word may stand for several classes, all at its place."""
    (document,) = read("a.json", '{"strategy": "auth0", "options": {"passwordPolicy": "fair"}}')
    required = document.policies[0].required
    classes = (CharacterClass.LOWERCASE, CharacterClass.UPPERCASE, CharacterClass.DIGIT)
    found = {cls: (setting.value, document.snippet(setting.span)) for cls, setting in required.items()}
    assert found == dict.fromkeys(classes, (1, '"fair"'))
