"""No secret of a settings file gets out: not in findings, excerpts, problems, nor in any object's `repr`."""

from __future__ import annotations

import datetime
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from mkt_lint import Kind, ReadContext, Settings, SettingsRule, Source, Unreadable, Vocabulary, rules_in
from mkt_lint._config.model import FileConfig
from mkt_lint_security.readers.product import ProductReader
from settings_samples import SAMPLES, with_secrets

CONTEXT = ReadContext(
    FileConfig(None, Path(), "file"), datetime.date(2026, 11, 21), platforms=tuple, vocabulary=Vocabulary
)


def realm(policy: str, marks: Any) -> dict[str, Any]:
    return {
        "id": next(marks),
        "realm": next(marks),
        "displayName": next(marks),
        "passwordPolicy": policy,
        "bruteForceProtected": False,
        "smtpServer": {"user": next(marks), "password": next(marks)},
        "clients": [{"clientId": next(marks), "secret": next(marks)}],
        "users": [{"email": next(marks), "credentials": [{"value": next(marks), "secretData": next(marks)}]}],
        "identityProviders": [{"config": {"clientSecret": next(marks)}}],
        next(marks): next(marks),
    }


def shown(documents: list[Any]) -> str:
    """All that can be seen of the documents and of what the pack's rules say of them."""
    seen = []
    for document in documents:
        seen.append(repr(document))
        if isinstance(document, Unreadable):
            continue
        assert isinstance(document, Settings)
        seen += [repr(policy) for policy in document.policies]
        for reference in rules_in("mkt_lint_security.rules", kind="settings"):
            rule = reference.load()(reference)
            assert isinstance(rule, SettingsRule)
            for verdict in rule.check(document):
                places = [verdict.span, *(place.span for place in verdict.related)]
                seen += [document.snippet(span) + repr(document.excerpt(span)) for span in places]
                seen.append(repr(verdict))
    return "\n".join(seen)


@pytest.mark.parametrize(
    "policy", ["", "length(6)", "length(8) and digits(1)", "${X}", "length(12) and nonsense(1)", "digits(1)"]
)
@pytest.mark.parametrize("indent", [None, 2])
def test_a_realm_full_of_secrets(policy: str, indent: int | None) -> None:
    marks = (f"zqx{number:04}k" for number in itertools.count())
    one, two = realm(policy, marks), realm(policy, marks)
    for text in (json.dumps([one, two], indent=indent), json.dumps(one, indent=indent)):
        source = Source("realm.json", None, text.encode())
        documents = list(ProductReader().read(source, CONTEXT))
        assert documents
        assert "zqx" not in shown(documents)


def test_a_realm_that_is_cut_off_anywhere() -> None:
    marks = (f"zqx{number:04}k" for number in itertools.count())
    text = json.dumps(realm("length(6)", marks), indent=1)
    for end in range(len(text)):
        source = Source("realm.json", None, text[:end].encode())
        assert "zqx" not in shown(list(ProductReader().read(source, CONTEXT)))


@pytest.mark.parametrize(
    "member",
    [
        {"zqx-key": 1},
        {"min-length": "zqx"},
        {"require": ["zqx"]},
        {"require": "zqx"},
        {"lockout": "zqx"},
        {"lockout": {"zqx": 1}},
        {"captcha": "zqx"},
        {"min-length": 6, "name": "zqx"},
    ],
)
def test_a_policy_that_holds_what_it_should_not(member: dict[str, Any]) -> None:
    text = json.dumps({"zqx": "zqx", "password-policy": member})
    assert "zqx" not in shown(list(ProductReader().read(Source("a.json", None, text.encode()), CONTEXT)))


def test_settings_of_every_type_hide_their_values() -> None:
    document = next(ProductReader().read(Source("r.json", None, b'{"realm":"zqx","passwordPolicy":"zqx(1)"}'), CONTEXT))
    assert isinstance(document, Settings)
    assert document.kind is Kind.SETTINGS
    assert "zqx" not in repr(tuple(document.policies[0].unknown[0].span))
    assert "zqx" not in repr(document.policies)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample['file']}: {sample['shows']}")
def test_a_product_s_file_with_secrets(sample: dict[str, Any]) -> None:
    text = with_secrets(sample)
    source = Source(sample["file"], None, text.encode())
    reader = ProductReader()
    if reader.recognises(source):
        assert "zqx" not in shown(list(reader.read(source, CONTEXT)))
    # A file that is cut off is told of without its content, or passed over.
    for end in range(0, len(text), 23):
        source = Source(sample["file"], None, text[:end].encode())
        if reader.recognises(source):
            assert "zqx" not in shown(list(reader.read(source, CONTEXT)))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.tf", 'resource "okta_policy_password" "zqx" {\n  password_min_length = "zqx secret"\n}\n'),
        ("a.yaml", "{UserPool: {Policies: {PasswordPolicy: {MinimumLength: zqx}}}}"),
        ("faillock.conf", "deny = zqx\n"),
        ("a.xml", "<a><passwordPolicies><complexity>zqx</complexity></passwordPolicies></a>"),
        ("config.toml", 'project_id = "zqx"\n[auth]\nminimum_password_length = "zqx"\n'),
        ("settings.py", "AUTH_PASSWORD_VALIDATORS = [{'NAME': 'zqx', 'OPTIONS': {'zqx': 'zqx'}}, zqx("),
    ],
)
def test_a_product_s_value_of_a_wrong_type(file: str, text: str) -> None:
    documents = list(ProductReader().read(Source(file, None, text.encode()), CONTEXT))
    assert "zqx" not in shown(documents)
