"""Rules for e-mail templates."""

from __future__ import annotations

from mkt_lint import Platform, RuleReference, hookimpl, rules_in


@hookimpl
def mkt_lint_rules() -> list[RuleReference]:
    return rules_in("mkt_lint_email.rules", kind="template")


@hookimpl
def mkt_lint_platforms() -> list[Platform]:
    from mkt_lint_email.facts import platforms  # read only where a template is

    return platforms()
