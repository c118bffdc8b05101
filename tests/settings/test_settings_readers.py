"""What the readers of the security pack make of files: policies, problems with a position, or silence."""

from __future__ import annotations

import datetime
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from mkt_lint import CharacterClass, PasswordPolicy, ReadContext, Reader, Settings, Source, Span, Unreadable, Vocabulary
from mkt_lint._config.model import FileConfig
from mkt_lint_security import mkt_lint_readers
from mkt_lint_security.readers.product import ProductReader

CONTEXT = ReadContext(
    FileConfig(None, Path(), "file"),
    datetime.date(2026, 11, 21),
    platforms=tuple,
    vocabulary=Vocabulary,
)


def read(reader: Reader, name: str, content: str | bytes) -> list[Any]:
    source = Source(name, None, content.encode() if isinstance(content, str) else content)
    return list(reader.read(source, CONTEXT)) if reader.recognises(source) else []


def keycloak(content: Any) -> list[Any]:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    return read(ProductReader(), "realm.json", text)


def policies(documents: list[Any]) -> tuple[PasswordPolicy, ...]:
    (document,) = documents
    assert isinstance(document, Settings)
    return document.policies


class TestKeycloak:
    def test_everything_a_policy_says(self) -> None:
        items = (
            "length(12) and maxLength(64) and lowerCase(1) and upperCase(2) and digits and specialChars(undefined) and "
            "notUsername(undefined) and passwordHistory(5) and forceExpiredPasswordChange(90) and "
            "passwordBlacklist(list.txt) and hashAlgorithm(argon2) and specialChar(1) and regexPattern(^x)"
        )
        realm = {"realm": "shop", "passwordPolicy": items, "bruteForceProtected": True, "failureFactor": 5}
        (policy,) = policies(keycloak(realm))

        def known(setting: Any) -> tuple[Any, str | None]:
            return setting.value, setting.default_of

        assert known(policy.min_length) == (12, None)
        assert known(policy.max_length) == (64, None)
        assert {cls: known(setting) for cls, setting in policy.required.items()} == {
            CharacterClass.LOWERCASE: (1, None),
            CharacterClass.UPPERCASE: (2, None),
            CharacterClass.DIGIT: (1, "Keycloak"),
            CharacterClass.SYMBOL: (1, "Keycloak"),
        }
        assert known(policy.history) == (5, None)
        assert known(policy.rotation_days) == (90, None)
        assert known(policy.dictionary) == (True, None)
        assert [item.value for item in policy.unknown] == ["specialChar"]
        assert len(policy.unmeasured) == 1
        assert policy.lockout is not None
        assert known(policy.lockout.enabled) == (True, None)
        assert known(policy.lockout.max_attempts) == (5, None)
        assert (policy.product, policy.stated, policy.identity) == ("Keycloak", True, "passwordPolicy")

    def test_defaults_where_the_realm_is_silent(self) -> None:
        (policy,) = policies(keycloak({"realm": "shop", "enabled": True, "users": []}))
        assert not policy.stated
        assert policy.min_length is not None
        assert (policy.min_length.value, policy.min_length.default_of) == (1, "Keycloak")
        assert policy.lockout is not None
        assert policy.lockout.max_attempts is not None
        assert (policy.lockout.enabled.value, policy.lockout.max_attempts.value) == (False, 30)
        assert policy.span == Span(1, 2, 1, 9)

    @pytest.mark.parametrize(
        "item", ["length( 12 )", "length(twelve)", "length(12", "Length(12)", "lengths(12)", "length(1.5)"]
    )
    def test_what_keycloak_refuses_is_kept_as_unknown(self, item: str) -> None:
        (policy,) = policies(keycloak({"realm": "shop", "passwordPolicy": f"{item} and digits(1)"}))
        assert len(policy.unknown) == 1
        assert policy.min_length is not None
        assert policy.min_length.default_of == "Keycloak"

    @pytest.mark.parametrize("failures", ["7", 7])
    def test_values_in_quotes(self, failures: object) -> None:
        realm = {"realm": "shop", "bruteForceProtected": "true", "failureFactor": failures}
        (policy,) = policies(keycloak(realm))
        assert policy.lockout is not None
        assert policy.lockout.max_attempts is not None
        assert (policy.lockout.enabled.value, policy.lockout.max_attempts.value) == (True, 7)

    def test_each_item_is_found_behind_escapes(self) -> None:
        text = (
            '{"realm":"x","passwordPolicy":"\\u006cength(8)  and \\ud83d\\ude00 and \U0001f600(1) and digits(\\"1\\")"}'
        )
        (policy,) = policies(keycloak(text))
        line = text.splitlines()[0]
        shown = [line[span.column - 1 : span.end_column - 1] for span in sorted(item.span for item in policy.unknown)]
        assert shown == ["\\ud83d\\ude00", "\U0001f600(1)", 'digits(\\"1\\")']
        assert policy.min_length is not None
        length = policy.min_length.span
        assert line[length.column - 1 : length.end_column - 1] == "\\u006cength(8)"

    def test_utf_16(self) -> None:
        (document,) = keycloak(json.dumps({"realm": "caf\u00e9", "passwordPolicy": "length(6)"}).encode("utf-16"))
        assert document.encoding == "utf-16-le"
        assert document.snippet(document.policies[0].min_length.span) == "length(6)"

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (
                '{"realm": "shop",\n "passwordPolicy": "length(6)"\n "secret": 1}',
                ("not valid JSON: a comma or a closing bracket is expected here", 3, 2),
            ),
            ('{"realm": "shop", "failureFactor": "ten", "enabled": true}', ("a whole number is expected here", 1, 36)),
            ('{"realm": "shop", "failureFactor": true}', ("a whole number is expected here", 1, 36)),
            ('{"realm": "shop", "bruteForceProtected": 1}', ("true or false is expected here", 1, 42)),
            (
                '{"realm": "shop", "passwordPolicy": {}, "enabled": true}',
                ("a policy such as \u201clength(12) and digits(1)\u201d is expected here", 1, 37),
            ),
            (
                b'{"realm": "caf\xc3\xa9",\n "a": "caf\xe9", "passwordPolicy": ""}',
                ("not valid UTF-8; save the file in UTF-8", 2, 11),
            ),
        ],
    )
    def test_a_broken_realm_is_a_problem_with_a_position(
        self, text: str | bytes, problem: tuple[str, int, int]
    ) -> None:
        assert keycloak(text) == [Unreadable(*problem)]

    @pytest.mark.parametrize(
        "content",
        [
            {"name": "shop", "version": "1.0.0", "dependencies": {}},
            {"realm": "shop", "auth-server-url": "https://sso.test", "ssl-required": "external", "resource": "web"},
            {"realm": "shop", "users": [{"username": "u", "enabled": True}]},
            {
                "openapi": "3.1.0",
                "components": {"schemas": {"Realm": {"properties": {"realm": {}, "passwordPolicy": {}}}}},
            },
            {"realm": {"type": "string"}, "passwordPolicy": {"type": "string"}},
            {"realm": "Royaume", "enabled": "Activé", "passwordPolicy": "Politique de mot de passe"},
            [{"id": 1}, {"id": 2}],
            '{"realm": "shop", "enabled": true, "users": [ by hand\n]}',
            "",
        ],
    )
    def test_other_files_are_passed_over(self, content: Any) -> None:
        assert keycloak(content) == []


def generic(content: str, name: str = "policy.toml") -> list[Any]:
    return read(ProductReader(), name, content)


FORMS = {
    "policy.toml": (
        "[password-policy]\nmin-length = 9\nmax-length = 99\nrequire = ['lowercase', 'digit']\nallow = ['lowercase', "
        "'digit', 'symbol']\nmin-classes = 2\nrotation-days = 30\nhistory = 4\nrate-limit = true\ncaptcha = false\n"
        "dictionary = true\nbreached = true\nlockout = { max-attempts = 5, enabled = false }\n"
    ),
    "policy.yaml": (
        "password_policy:\n  min_length: 9\n  max_length: 99\n  require: [lowercase, digit]\n  allow: [lowercase, "
        "digit, symbol]\n  min_classes: 2\n  rotation_days: 30\n  history: 4\n  rate_limit: yes\n  captcha: no\n"
        "  dictionary: true\n  breached: true\n  lockout: {max_attempts: 5, enabled: false}\n"
    ),
    "policy.json": json.dumps(
        {
            "other": 1,
            "passwordPolicy": {
                "minLength": 9,
                "maxLength": 99,
                "require": ["lowercase", "digit"],
                "allow": ["lowercase", "digit", "symbol"],
                "minClasses": 2,
                "rotationDays": 30,
                "history": 4,
                "rateLimit": True,
                "captcha": False,
                "dictionary": True,
                "breached": True,
                "lockout": {"maxAttempts": 5, "enabled": False},
            },
        }
    ),
}


KNOWN = (
    "allow, breached, captcha, dictionary, history, lockout, max-length, min-classes, min-length, name, rate-limit, "
    "require, rotation-days"
)


class TestGeneric:
    @pytest.mark.parametrize("name", FORMS)
    def test_everything_a_policy_says(self, name: str) -> None:
        (policy,) = policies(generic(FORMS[name], name))
        settings = (
            policy.min_length,
            policy.max_length,
            policy.min_classes,
            policy.rotation_days,
            policy.history,
            policy.rate_limit,
            policy.captcha,
            policy.dictionary,
            policy.breached,
        )
        assert [setting and setting.value for setting in settings] == [9, 99, 2, 30, 4, True, False, True, True]
        assert set(policy.required) == {CharacterClass.LOWERCASE, CharacterClass.DIGIT}
        assert policy.allowed == {CharacterClass.LOWERCASE, CharacterClass.DIGIT, CharacterClass.SYMBOL}
        assert policy.lockout is not None
        assert policy.lockout.max_attempts is not None
        assert (policy.lockout.max_attempts.value, policy.lockout.enabled.value) == (5, False)

    @pytest.mark.parametrize(
        ("name", "text", "identities"),
        [
            ("a.toml", "[password-policy.staff]\nmin-length = 1\n[password-policy.all]\n", [".staff", ".all"]),
            (
                "a.toml",
                "[[password-policy]]\nname = 'staff'\n[[password-policy]]\nmin-length = 1\n",
                ["[staff]", "[1]"],
            ),
            ("a.yml", "password-policy:\n  staff: {min_length: 3}\n  all: {}\n", [".staff", ".all"]),
            ("a.yaml", "password-policy: {}\n", [""]),
        ],
    )
    def test_several_policies(self, name: str, text: str, identities: list[str]) -> None:
        expected = [f"password-policy{identity}" for identity in identities]
        assert [policy.identity for policy in policies(generic(text, name))] == expected

    @pytest.mark.parametrize("value", ["${MIN}", "$(env:MIN)", "$MIN", "{{ min }}", "%MIN%"])
    def test_variables_are_undecided(self, value: str) -> None:
        (policy,) = policies(
            generic(f'[password-policy]\nmin-length = "{value}"\ncaptcha = "{value}"\nrequire = ["{value}"]')
        )
        assert policy.min_length is not None
        assert policy.captcha is not None
        assert (policy.min_length.decided, policy.captcha.decided, policy.required) == (False, False, {})
        assert policy.unmeasured == (Span(4, 12, 4, 14 + len(value)),)

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("min-lenght = 6", ("a password policy has no such key; did you mean min-length?", 2, 1)),
            (
                "secret = 6",
                (f"a password policy has no such key; known keys are {KNOWN}", 2, 1),
            ),
            ("min-length = 'six'", ("a whole number, 0 or more, is expected here", 2, 14)),
            ("min-length = true", ("a whole number, 0 or more, is expected here", 2, 14)),
            ("min-length = -1", ("a whole number, 0 or more, is expected here", 2, 14)),
            ("min-length = 1\nminLength = 2", ("min-length is given twice; keep one", 3, 1)),
            ("captcha = 1", ("true or false is expected here", 2, 11)),
            ("require = 'digit'", ("a list of lowercase, uppercase, digit, symbol is expected here", 2, 11)),
            (
                "require = ['digits']",
                ("one of lowercase, uppercase, digit, symbol is expected here; did you mean digit?", 2, 12),
            ),
            ("require = [1]", ("one of lowercase, uppercase, digit, symbol is expected here", 2, 12)),
            ("allow = []", ("at least one character class is expected here", 2, 9)),
            ("lockout = 5", ("an object with the keys enabled, max-attempts is expected here", 2, 11)),
            ("lockout = {}", ("a lockout needs max-attempts", 2, 1)),
            ("lockout = { attempts = 5 }", ("a password policy has no such key; did you mean max-attempts?", 2, 13)),
            ("min-length =", ("not valid TOML: a value is expected here", 2, 13)),
        ],
    )
    def test_a_wrong_policy_is_a_problem_with_a_position(self, text: str, problem: tuple[str, int, int]) -> None:
        assert generic(f"[password-policy]\n{text}") == [Unreadable(*problem)]

    def test_a_misspelt_key_under_another_spelling(self) -> None:
        problem = Unreadable("a password policy has no such key; did you mean max-length?", 3, 3)
        assert generic("password_policy:\n  min_length: 6\n  max_lenght: 99\n", "a.yaml") == [problem]

    def test_a_key_that_json_has_twice(self) -> None:
        problem = Unreadable("min-length is given twice; keep one", 1, 39)
        assert generic('{"password-policy": {"min-length": 6, "min-length": 12}}', "a.json") == [problem]

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("appsettings.json", '{"passwordPolicy": {"RequiredLength": 6}}'),
            ("app.json", '{"passwordPolicy": {"minLength": 6, "requireUppercase": true}}'),
            ("values.yaml", "password_policy:\n  minimum_length: 6\n"),
            ("fr.yaml", "passwordPolicy:\n  name: x\n  minLength: Au moins 8\n  history: Historique\n"),
            ("values.yaml", "auth:\n  password-policy:\n    min-length: 6\n"),
            ("chart.yaml", "password_policy: {{ .Values.policy }}\n  min_length: x\n"),
            ("tsconfig.json", '{ // "passwordPolicy"\n}'),
            ("pyproject.toml", "[tool.password-policy-checker]\nx = 1\n"),
            ("a.toml", "password-policy = 'strong'\n"),
            ("a.yaml", "- password-policy\n"),
        ],
    )
    def test_other_files_are_passed_over(self, name: str, text: str) -> None:
        assert generic(text, name) == []

    def test_a_broken_file_that_is_plainly_a_policy(self) -> None:
        assert generic("a: [\npassword-policy:\n  min-length: 6\n", "a.yaml") == [
            Unreadable("not valid YAML: a comma or a closing bracket is expected here", 3, 13)
        ]
        assert generic('{"password-policy": {"min-length": }}', "a.json") == [
            Unreadable("not valid JSON: a value is expected here", 1, 36)
        ]


def test_an_excerpt_is_the_span_and_no_more() -> None:
    text = '{"realm": "x", "secret": "s", "passwordPolicy": "length(6)", "smtp": "s"}'
    (document,) = keycloak(text)
    span = document.policies[0].min_length.span
    assert document.excerpt(span).text == document.snippet(span) == "length(6)"
    assert document.excerpt(span).column == span.column == 50
    long = Span(1, 1, 1, 73)
    assert len(document.excerpt(long).text) == 73 - 1
    multi = Settings("a", "ab\r\n" + "x" * 200, document.config, ())
    assert multi.excerpt(Span(1, 1, 2, 3)).text == "ab"
    assert multi.excerpt(Span(2, 1, 2, 201)).text == "x" * 120


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("realm.JSON", True),
        ("system-auth", True),
        ("System-Auth", True),
        ("common-password", True),
        ("system-auth-old", False),
        ("my-login", False),
        ("notes.login", False),
        ("settings.pyc", False),
    ],
)
def test_files_are_taken_by_their_suffix_or_their_whole_name(name: str, taken: bool) -> None:
    (reference,) = mkt_lint_readers()
    assert reference.matches(name) == taken


def test_the_beginning_of_a_file_and_of_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10)
    assert Source("a", tmp_path / "a").beginning(4) == b"xxxx"
    assert Source("a", tmp_path / "a").beginning(40) == b"x" * 10
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(b"y" * 200_000,))
    writer.start()
    assert Source("pipe", tmp_path / "pipe").beginning(200_000) == b"y" * 200_000  # a pipe gives it piece by piece
    writer.join()
    with pytest.raises(IsADirectoryError):
        Source("folder", tmp_path).beginning(1)
