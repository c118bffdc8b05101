"""The rule pack for settings: password policies."""

from __future__ import annotations

from mkt_lint import Kind, ReaderReference, RuleReference, hookimpl, rules_in

# Of `mkt_lint_security.readers.formats`, which a run over other files does without.
SUFFIXES = (
    "conf", "cs", "ejs", "erb", "ftl", "hbs", "htm", "html", "inf", "j2", "jinja", "jinja2", "json", "ldif", "liquid",
    "njk", "php", "py", "rb", "tf", "toml", "tpl", "twig", "xhtml", "xml", "yaml", "yml",
)  # fmt: skip


@hookimpl
def mkt_lint_rules() -> list[RuleReference]:
    return rules_in("mkt_lint_security.rules", kind="settings")


@hookimpl
def mkt_lint_readers() -> list[ReaderReference]:
    return [
        ReaderReference(
            "product-settings",
            Kind.SETTINGS,
            tuple(f"*.{suffix}" for suffix in SUFFIXES),
            "mkt_lint_security.readers.product:ProductReader",
        ),
        ReaderReference("keycloak", Kind.SETTINGS, ("*.json",), "mkt_lint_security.readers.keycloak:KeycloakReader"),
        ReaderReference(
            "password-policy",
            Kind.SETTINGS,
            ("*.toml", "*.yaml", "*.yml", "*.json"),
            "mkt_lint_security.readers.generic:GenericReader",
        ),
    ]
