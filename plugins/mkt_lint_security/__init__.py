"""The rule pack for settings: password policies."""

from __future__ import annotations

from mkt_lint import Kind, ReaderReference, RuleReference, hookimpl, rules_in


@hookimpl
def mkt_lint_rules() -> list[RuleReference]:
    return rules_in("mkt_lint_security.rules", kind="settings")


@hookimpl
def mkt_lint_readers() -> list[ReaderReference]:
    return [
        ReaderReference("keycloak", Kind.SETTINGS, ("*.json",), "mkt_lint_security.readers.keycloak:KeycloakReader"),
        ReaderReference(
            "password-policy",
            Kind.SETTINGS,
            ("*.toml", "*.yaml", "*.yml", "*.json"),
            "mkt_lint_security.readers.generic:GenericReader",
        ),
    ]
