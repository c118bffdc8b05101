"""The rule pack for settings: password policies."""

from __future__ import annotations

from mkt_lint import Kind, ReaderReference, RuleReference, hookimpl, rules_in

# Of `mkt_lint_security.readers.formats`, which a run over other files does without.
SUFFIXES = (
    "conf", "cs", "cshtml", "eex", "ejs", "erb", "ftl", "gohtml", "handlebars", "hbs", "heex", "htm", "html", "inf",
    "j2", "jinja", "jinja2", "json", "jsp", "jsx", "ldif", "liquid", "mustache", "njk", "php", "phtml", "py", "razor",
    "rb", "svelte", "tf", "tmpl", "toml", "tpl", "tsx", "twig", "vue", "xhtml", "xml", "yaml", "yml",
)  # fmt: skip
PAM_FILES = (
    "common-auth", "common-password", "login", "passwd", "password-auth", "password-auth-ac", "sshd", "system-auth",
    "system-auth-ac", "system-login",
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
            (*(f"*.{suffix}" for suffix in SUFFIXES), *PAM_FILES),
            "mkt_lint_security.readers.product:ProductReader",
        ),
    ]
