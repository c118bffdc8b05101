"""Files that are not what they seem: passed over, or told in one line; large, deep and hostile ones in bounded time."""

from __future__ import annotations

import datetime
import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from mkt_lint import ReadContext, Settings, Source, Span, Unreadable, Vocabulary
from mkt_lint._config.model import FileConfig
from mkt_lint_security.readers.product import MAX_BYTES, ProductReader

CONTEXT = ReadContext(
    FileConfig(None, Path(), "file"), datetime.date(2026, 11, 21), platforms=tuple, vocabulary=Vocabulary
)
POOL = """\
Resources:
  Users:
    Type: AWS::Cognito::UserPool
    Properties:
      Policies:
        PasswordPolicy:
"""
BOUND = 20
"""Seconds; each takes a fraction of this on a slow machine that does much else."""


def read(file: str, text: str | bytes) -> list[Any]:
    source = Source(file, None, text.encode() if isinstance(text, str) else text)
    reader = ProductReader()
    return list(reader.read(source, CONTEXT)) if reader.recognises(source) else []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".env.example", "MIN_PASSWORD_LENGTH=6\n"),
        ("fr.json", '{"Password": {"RequiredLength": "Au moins {0} caractères", "RequireDigit": "Un chiffre"}}'),
        (
            "de.json",
            '{"Password": {"RequiredLength": "Mindestlänge"}, "Lockout": {"MaxFailedAccessAttempts": "Versuche"}}',
        ),
        ("en.json", '{"password": "Password", "settings": {"password": {"complexity": {"minLength": "At least 8"}}}}'),
        ("fr.yaml", "selfservice:\n  methods:\n    password: Mot de passe\n"),
        (
            "openapi.json",
            '{"schemas": {"passwordValidationRules": {"type": "object", "minLength": {"type": "integer"}}}}',
        ),
        ("openapi.yaml", "passwordPolicyConfig:\n  properties: {passwordPolicyEnforcementState: {type: string}}\n"),
        ("openapi.yaml", "PasswordComplexityPolicy:\n  type: object\n  properties:\n    MinLength: {type: integer}\n"),
        ("compose.yaml", "services:\n  db:\n    environment: {POSTGRES_PASSWORD: x, MIN_LENGTH: 6}\n"),
        ("chart.yaml", "{{- if .Values.password }}\nselfservice: {{ toYaml .x }}\n{{- end }}\n"),
        ("many.yaml", "selfservice:\n  password: 1\n---\nselfservice:\n  password: 2\n"),
        ("realm.yaml", "passwordPolicy:\n  realm: {type: string, description: Of a realm}\n"),
        ("fr.yml", "realm: Royaume\npasswordPolicy: Règles\nenabled: Activé\n"),
        ("main.tf", 'resource "keycloak_realm" "a" {\n  realm = "a"\n}\n# password_policy\n'),
        ("tests/settings.py", "AUTH_PASSWORD_VALIDATORS = []\n"),
        ("shop/settings/test.py", "AUTH_PASSWORD_VALIDATORS = []\n"),
        ("settings_dev.py", "AUTH_PASSWORD_VALIDATORS = []\n"),
        ("appsettings.Development.json", '{"Identity": {"Password": {"RequiredLength": 1}}}'),
        ("etc/pam.d/system-auth", "password requisite pam_pwquality.so try_first_pass local_users_only retry=3\n"),
        ("common-password", "# pam_unix.so minlen=6\npassword required pam_deny.so minlen=6\n"),
        ("login", "the login of pam_unix.so minlen=6\n"),
        ("main.yml", "- iam_password_policy: {state: absent, min_pw_length: 6}\n"),
        ("a.ldif", "dn: cn=config\nchangetype: modify\nreplace: passwordMinLength\npasswordMinLength: 6\n"),
        ("a.ldif", "dn: uid=a\npasswordExpirationTime: 20260101000000Z\nuserPassword: x\n"),
        ("user.flood.yml", "user_limit: 5\n"),
        ("password_policy.password_policy.old.yml", "status: false\npolicy_constraints: []\n"),
        ("pyproject.toml", "[tool.auth]\npassword = 1\n"),
        ("config.toml", "[auth]\nproject_id = 'x'\ntoken = 'password'\n"),
        ("main.tf", 'resource "random_password" "db" {\n  length  = 6\n  special = true\n}\n'),
        ("main.tf", 'data "aws_iam_account_password_policy" "x" {}\n'),
        ("settings/validators.py", "AUTH_PASSWORD_VALIDATORS_HELP = 'eight characters'\n"),
        ("settings/old.py", "print 'AUTH_PASSWORD_VALIDATORS'\n"),
        ("User.cs", "class User { public string Password { get; set; } public int RequiredLength = 6; }\n"),
        (
            "User.php",
            "<?php class User { #[Assert\\Length(min: 2)] private string $name; private string $password; }\n",
        ),
        ("lang.php", "<?php return ['password' => 'Le mot de passe', 'min:8' => 'x'];\n"),
        ("a.rb", "# Devise.setup is called elsewhere\nclass Password; end\n"),
        ("a.conf", "minlen = 6\n"),
        (
            "web.xml",
            "<web><passwordPolicies><complexity/></passwordPolicies></web>\n".replace("passwordPolicies", "policies"),
        ),
        ("page.html", '<input type="password" name="p"><input type="text" minlength="1">'),
        ("page.html", '<script>const a = \'<input type="password" minlength="1">\'</script>'),
        ("package.json", '{"name": "open_tracking", "description": "password strategy, complexity minLength"}'),
    ],
)
def test_what_only_mentions_passwords_is_passed_over(file: str, text: str) -> None:
    assert read(file, text) == []


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("a.yaml", POOL + "          MinimumLength: eight\n", ("a whole number is expected here", 7, 26)),
        ("a.yaml", POOL + "          RequireNumbers: 2\n", ("true or false is expected here", 7, 27)),
        (
            "a.yaml",
            POOL + "\t\tMinimumLength: 8\n",
            ("not valid YAML: this character must be quoted; a tab may not indent", 7, 1),
        ),
        (
            "a.tf",
            'resource "okta_policy_password" "a" {\n  password_min_length = \n}\n',
            ("not valid HCL: something else is expected here", 2, 3),
        ),
        (
            "appsettings.json",
            '{"Password": {"RequiredLength": 6,, }}',
            ("not valid JSON: a name in double quotes is expected here", 1, 35),
        ),
        (
            "a.xml",
            "<SecuritySettings>\n  <passwordPolicies><x></passwordPolicies></SecuritySettings>",
            ("not valid XML: something else is expected here", 2, 26),
        ),
        (
            "a.xml",
            '<!DOCTYPE a [<!ENTITY b "password">]><a><passwordPolicies>&b;</passwordPolicies></a>',
            ("a document that declares entities of its own cannot be read", 1, 25),
        ),
        (
            "a.xml",
            "<a><passwordPolicies><complexity>Hard</complexity></passwordPolicies></a>",
            ("one of NoRestriction", 1, 34),
        ),
        ("faillock.conf", "deny = some\n", ("a whole number is expected here", 1, 8)),
        (
            "config.toml",
            'project_id = "x"\n[auth]\nminimum_password_length = "six"\n',
            ("a whole number is expected here", 3, 27),
        ),
        (
            "a.tf",
            'resource "okta_policy_password" "\xe9" {}'.encode("latin-1"),
            ("not valid UTF-8; save the file in UTF-8", 1, 34),
        ),
    ],
)
def test_a_broken_policy_is_a_problem_with_a_position(
    file: str, text: str | bytes, problem: tuple[str, int, int]
) -> None:
    (found,) = read(file, text)
    assert isinstance(found, Unreadable)
    assert (found.message[: len(problem[0])], found.line, found.column) == problem


def timed(file: str, text: str) -> list[Any]:
    started = time.perf_counter()
    found = read(file, text)
    assert time.perf_counter() - started < BOUND
    return found


def test_of_a_key_that_is_given_twice_the_last_counts() -> None:
    text = '{"Password": {"RequiredLength": 12, "RequiredLength": 6}}'
    (document,) = read("appsettings.json", text)
    assert (document.policies[0].min_length.value, document.policies[0].min_length.span) == (6, Span(1, 55, 1, 56))


def test_a_bomb_of_aliases() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert timed("a.yaml", f"a0: &a0 [x, x]\n{levels}# password\n{POOL}          MinimumLength: 6\n") == [
        Unreadable("aliases repeat more than 100,000 values", 6, 25)
    ]


def test_anchors_and_merged_keys_are_followed() -> None:
    text = POOL.replace("Resources:", "Common: &common {MinimumLength: 6}\nResources:") + "          <<: *common\n"
    (document,) = read("a.yaml", text)
    assert document.snippet(document.policies[0].min_length.span) == "6"
    assert document.policies[0].min_length.span.line == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.yaml", POOL + "          " + "[" * 100_000),
        ("a.json", '{"AWS::Cognito::UserPool": "password", "a": ' + "[" * 100_000),
        ("a.tf", 'resource "aws_iam_account_password_policy" "a" ' + "{ b " * 20_000),
        ("a.tf", 'resource "aws_iam_account_password_policy" "a" { b = ' + "[" * 20_000),
        ("settings.py", "AUTH_PASSWORD_VALIDATORS = " + "[" * 20_000),
        ("a.cs", "o.Password.RequiredLength = " + "(" * 20_000),
        ("a.php", "<?php Password::min(" + "(" * 20_000),
        ("a.rb", "Devise.setup do |config| config.password_length = " + "(" * 20_000),
        ("a.xml", "<a><passwordPolicies>" + "<b>" * 100_000),
        ("a.html", "<input type=password minlength=6 " + "<" * 100_000),
        ("a.html", "<input type=password minlength=6 " + "a='" * 50_000),
        ("a.html", "<input type=password><!--" * 20_000),
        ("a.html", '<input type="password" pattern="' + "(?=.*[a-z]" * 20_000 + '">'),
        ("a.html", '<input type="password" passwordrules="' + "required: [" * 20_000 + '">'),
        ("faillock.conf", "deny" + " " * 200_000 + "= 5\n"),
        ("faillock.conf", "deny = 5" + " #" * 100_000),
        ("a.ldif", "pwdMinLength: " + " " * 200_000),
        ("appsettings.json", '{"Password": {"RequiredLength": 6}} //' + '"' * 200_000),
        ("appsettings.json", '{"Password": {"RequiredLength": 6,' + " " * 200_000),
    ],
    ids=range(19),
)
def test_deep_and_hostile_files_end(file: str, text: str) -> None:
    for document in timed(file, text):
        assert isinstance(document, Settings | Unreadable)


DEPTH = 10_000
RESOURCE = 'resource "okta_policy_password" "a" {'
NESTED = [
    ("a.json", '{"Password": {"RequiredLength": 6}, "a": ' + "[" * DEPTH + "]" * DEPTH + "}", "JSON"),
    ("b.json", '{"Password": {"RequiredLength": 6}, "a": ' + '{"a":' * DEPTH + "1" + "}" * DEPTH + "}", "JSON"),
    ("a.yaml", "AWS::Cognito::UserPool: password\na: " + "[" * DEPTH + "]" * DEPTH, "YAML"),
    ("b.yaml", "# AWS::Cognito::UserPool, password\n" + "".join(" " * level + "a:\n" for level in range(1000)), "YAML"),
    ("a.toml", "[password-policy]\nmin-length = 6\na = " + "[" * DEPTH + "]" * DEPTH, "TOML"),
    ("b.toml", "[password-policy]\nmin-length = 6\n[" + "a." * DEPTH + "a]\n", "TOML"),
    ("a.xml", "<a><passwordPolicies>" + "<b>" * DEPTH + "</b>" * DEPTH + "</passwordPolicies></a>", "XML"),
    ("a.tf", f"{RESOURCE}\n password_min_length = " + "(" * DEPTH + "6" + ")" * DEPTH + "\n}\n", None),
    ("b.tf", f"{RESOURCE}\n password_min_length = 6\n" + "a {\n" * DEPTH + "}\n" * DEPTH + "}\n", 6),
    ("c.tf", f"{RESOURCE}\n password_min_length = 6\n x = " + "[" * DEPTH + "]" * DEPTH + "\n}\n", 6),
    ("a.cs", "class A { void M() " + "{" * DEPTH + "o.Password.RequiredLength = 6;" + "}" * DEPTH + "}", 6),
    ("b.cs", "class A { void M() { o.Password.RequiredLength = " + "(" * DEPTH + "6" + ")" * DEPTH + "; } }", None),
    ("a.php", "<?php $x = " + "[" * DEPTH + "'password' => 'min:6'" + "]" * DEPTH + ";", 6),
    ("b.php", "<?php Password::min(6)" + "->letters()" * DEPTH + ";", 6),
    ("a.rb", "Devise.setup do |c|\n c.password_length = " + "(" * DEPTH + "6..128" + ")" * DEPTH + "\nend\n", None),
    ("a.ldif", "dn: x\npwdMinLength: 6\n" + " folded\n" * DEPTH, 6),
    ("a.inf", "[System Access]\nMinimumPasswordLength = 6\n" + "[" * DEPTH, 6),
    ("pwquality.conf", "minlen = 6\n" + "[a" * DEPTH, 6),
    ("system-auth", "password requisite pam_pwquality.so minlen=6 " + "[ " * DEPTH + "\\\n" * DEPTH, 6),
    ("a.html", "<form>" * DEPTH + '<input type="password" minlength=6>' + "</form>" * DEPTH, 6),
    ("b.html", '<input type="password" minlength=6>' + "<button <h1>" * DEPTH, 6),
    ("c.html", '<form><input type="password" name=new minlength=6>' * DEPTH, 6),
    ("a.tsx", '<input type="password" minLength={6} x={' + "{" * DEPTH + "}" * DEPTH + "} />", 6),
    ("realm.yaml", 'realm: x\nenabled: true\npasswordPolicy: "' + "length(6) and " * DEPTH + '"', 6),
]


@pytest.mark.parametrize(("file", "text", "found"), NESTED, ids=[file for file, _, _ in NESTED])
def test_ten_thousand_levels(file: str, text: str, found: str | int | None) -> None:
    """The policy, without what is beyond the bounds; or that it is too deep to be read."""
    (document,) = timed(file, text)
    if isinstance(found, str):
        assert document.message == f"this {found} is nested too deeply to be read"
    else:
        assert document.policies[0].min_length.value == found


def test_python_nested_without_end() -> None:
    for text in ("[" * DEPTH + "]" * DEPTH, "-" * DEPTH + "1", "+".join("1" * DEPTH)):
        for document in timed("settings.py", f"AUTH_PASSWORD_VALIDATORS = []\nx = {text}\n"):
            assert document.policies[0].min_length.value == 0


@pytest.mark.parametrize(
    ("file", "text", "length"),
    [
        ("realm.json", '{"realm": "x", "passwordPolicy": "length(6)", "passwordPolicy": "length(12)"}', 12),
        ("a.yaml", POOL + "          MinimumLength: 6\n          MinimumLength: 12\n", 12),
        ("a.tf", f"{RESOURCE}\n  password_min_length = 6\n  password_min_length = 12\n}}\n", 12),
        ("a.inf", "[System Access]\nMinimumPasswordLength = 6\n\tMinimumPasswordLength\t=\t12\n", 12),
        ("common-password", "password required pam_unix.so minlen=6 minlen=12\n", 12),
        ("a.ldif", "dn: x\npwdMinLength: 12\npwdMinLength: 6\n", 12),
        ("a.html", '<input type="password" minlength="12" minlength="6">', 12),
    ],
)
def test_a_value_that_is_given_twice(file: str, text: str, length: int) -> None:
    """The last counts; of an attribute, in LDIF and in HTML, the first."""
    (document,) = read(file, text)
    assert document.policies[0].min_length.value == length


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("realm.json", '{"realm": "x", "enabled": true, "passwordPolicy": "length(6)\0"}'),
        ("a.xml", "<a><passwordPolicies>\0</passwordPolicies></a>"),
        ("a.yaml", POOL + "          MinimumLength: 6\0\n"),
    ],
)
def test_a_nul_is_a_problem_with_a_position(file: str, text: str) -> None:
    (found,) = read(file, text)
    assert isinstance(found, Unreadable)
    assert (found.line, found.column) == (
        text[: text.index("\0")].count("\n") + 1,
        len(text[: text.index("\0")].rpartition("\n")[2]) + 1,
    )


def test_each_document_of_a_stream_is_read() -> None:
    text = "password-policy:\n  min-length: 6\n---\n# none\n---\npassword-policy: {min-length: 7}\n...\n"
    (document,) = read("a.yaml", text)
    found = [(policy.identity, policy.min_length.value, policy.min_length.span) for policy in document.policies]
    assert found == [
        ("password-policy", 6, Span(2, 15, 2, 16)),
        ("[2].password-policy", 7, Span(6, 31, 6, 32)),
    ]


def test_a_large_realm_is_read_in_bounded_memory() -> None:
    """No more than three times what the text and its values take; tree-sitter's tree would take ten times."""
    users = [{"id": f"{number:032}", "credentials": [{"secretData": "x" * 200}]} for number in range(75_000)]
    text = json.dumps({"realm": "shop", "enabled": True, "users": users, "passwordPolicy": "length(6)"})
    assert len(text) > 20_000_000
    del users
    source = Source("realm.json", None, text.encode())
    tracemalloc.start()
    try:
        json.loads(text)
        alone = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        documents: list[Any] = list(ProductReader().read(source, CONTEXT))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert documents[0].snippet(documents[0].policies[0].min_length.span) == "length(6)"
    assert peak < 3 * alone


def test_a_large_export_is_read_in_bounded_time_and_found() -> None:
    users = [{"id": number, "email": f"u{number}@shop.example", "hash": "x" * 60} for number in range(180_000)]
    text = json.dumps({"users": users, "tenant": {"passwordValidationRules": {"minLength": 6}}})
    assert len(text) > 20_000_000
    (document,) = timed("tenant.json", text)
    assert document.snippet(document.policies[0].min_length.span) == "6"


def test_other_files_than_json_have_a_limit() -> None:
    text = POOL + "          MinimumLength: 6\n" + "#" * MAX_BYTES
    assert timed("a.yaml", text) == [Unreadable("larger than 8 MB; a file of settings is expected to be smaller")]


def test_a_large_page_or_playbook_is_no_error() -> None:
    assert timed("all.html", '<p>password <input type="text"></p>' * (MAX_BYTES // 30)) == []
    assert timed("a.yaml", "selfservice: password\n" + "#" * MAX_BYTES) == []


def test_utf_16_of_windows() -> None:
    text = "[Unicode]\r\nUnicode=yes\r\n[System Access]\r\nMinimumPasswordLength = 7\r\n"
    (document,) = read("GptTmpl.inf", text.encode("utf-16"))
    assert document.policies[0].min_length.span == Span(4, 25, 4, 26)
