"""What each profile says of products' default policies, told by the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from mkt_lint import CharacterClass, Kind, PasswordPolicy, ReadContext, Settings, SettingsRule, Source, Vocabulary
from mkt_lint._config.model import FileConfig
from mkt_lint._options import RuleOptions
from mkt_lint._plugins import Host

# For each product a file that says nothing of passwords, or as little as it may.
SILENT: Mapping[str, str] = {
    "realm.json": '{"realm": "shop", "enabled": true, "users": []}',
    "settings.py": (
        'AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]'
    ),
    "cognito.tf": 'resource "aws_cognito_user_pool" "users" {\n  name = "password"\n}',
    "iam.tf": 'resource "aws_iam_account_password_policy" "staff" {}',
    "auth0.tf": (
        'resource "auth0_connection" "users" {\n  strategy = "auth0"\n  options {\n    password_options {}\n  }\n}'
    ),
    "okta.tf": 'resource "okta_policy_password" "all" {}',
    "identity.json": '{"passwordPolicyConfig": {"passwordPolicyEnforcementState": "OFF"}}',
    "config.toml": 'project_id = "shop"\n[auth]\nsite_url = "http://localhost"',
    "appsettings.json": '{"Identity": {"Password": {"RequiredUniqueChars": 1}, "Lockout": {}, "RequireDigit": null}}',
    "zitadel.tf": 'resource "zitadel_default_password_complexity_policy" "all" {}',
    "authentik.tf": 'resource "authentik_policy_password" "all" {}',
    "kratos.yml": "selfservice: {methods: {password: {enabled: true}}}",
    "tenant.json": '{"tenant": {"passwordValidationRules": {}}}',
    "password_policy.password_policy.default.yml": "policy_constraints: []\n# password",
    "validation.yaml": "App\\User:\n  properties:\n    password:\n      - PasswordStrength: ~\n",
    "Rules.php": "<?php return ['password' => [Password::min(8)]];",
    "devise.rb": "Devise.setup do |config|\nend\n",
    "pwquality.conf": "retry = 3\n",
    "policy.ldif": "dn: cn=default\npwdCheckQuality: 2\n",
    "GptTmpl.inf": "[System Access]\nPasswordComplexity = 0\n",
    "Security.settings-meta.xml": "<SecuritySettings><passwordPolicies></passwordPolicies></SecuritySettings>",
}
_RULES = ("SEC101", "SEC102")
_PROFILES = ("cnil-2022", "cnil-2017", "nist-800-63b")
_CONTEXT = ReadContext(FileConfig(None, Path(), "file"), date(2026, 11, 21), platforms=tuple, vocabulary=Vocabulary)


def product_defaults(host: Host) -> str:
    """A table: the product, what it asks for, and what each profile says of that."""
    lines = [
        f"| product | asks for | {' | '.join(f'`{name}`' for name in _PROFILES)} |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += sorted(
        f"| {policy.product} | {_asked(policy)} | {' | '.join(_said(host, document, name) for name in _PROFILES)} |"
        for document in documents(host)
        for policy in document.policies
    )
    return "\n".join(lines)


def documents(host: Host) -> Iterator[Settings]:
    """What the readers make of the silent files.

    Raises:
        ValueError: no reader makes anything of one.
    """
    for name, text in SILENT.items():
        source = Source(name, None, text.encode())
        references = [ref for ref in host.readers if ref.kind is Kind.SETTINGS and ref.matches(name)]
        read = [
            document
            for reader in map(host.reader, references)
            if reader is not None and reader.recognises(source)
            for document in reader.read(source, _CONTEXT)
        ]
        if len(read) != 1 or not isinstance(read[0], Settings):
            raise ValueError(f"{name} is read as {read}")
        yield read[0]


def _asked(policy: PasswordPolicy) -> str:
    if policy.min_bits is not None:
        parts = [f"{policy.min_bits.value} bits, by its own estimate"]
    else:
        length = policy.min_length.value if policy.min_length is not None else None
        parts = [f"{length} character{'s' if length > 1 else ''}" if length else "nothing"]
    classes = [cls for cls in CharacterClass if policy.required.get(cls) and policy.required[cls].value]
    if classes:
        parts.append("all four classes" if len(classes) == len(CharacterClass) else ", ".join(classes))
    elif policy.min_classes is not None and policy.min_classes.value:
        parts.append(f"{policy.min_classes.value} of the four classes")
    lockout = policy.lockout
    if lockout is not None and lockout.enabled.value and lockout.max_attempts is not None:
        parts.append(f"a lock after {lockout.max_attempts.value} failures")
    elif policy.rate_limit is not None and policy.rate_limit.value:
        parts.append("a limit of attempts")
    return "; ".join(parts)


def _said(host: Host, document: Settings, profile: str) -> str:
    for code in _RULES:
        reference = next(reference for reference in host.rules if reference.code == code)
        rule = host.rule_class(reference)
        if rule is None or not issubclass(rule, SettingsRule):
            raise ValueError(f"{code} cannot be loaded")
        made = rule(reference, _options(rule, profile))
        verdicts = list(made.check(document))
        if verdicts:
            link = f"[{code}](rules/{code}.md)"
            return link if any(verdict.decided for verdict in verdicts) else f"{link} undecided"
    return "passes"


def _options(rule: type[SettingsRule], profile: str) -> RuleOptions:
    options: RuleOptions = rule.Options(profile=profile)  # type: ignore[call-arg]  # of these two rules
    return options
