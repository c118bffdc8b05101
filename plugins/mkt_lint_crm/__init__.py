"""Rules for CRM exports, and what the headers and values of such exports mean."""

from __future__ import annotations

from mkt_lint import RuleReference, Vocabulary, hookimpl, rules_in


@hookimpl
def mkt_lint_rules() -> list[RuleReference]:
    return rules_in("mkt_lint_crm.rules", kind="table")


@hookimpl
def mkt_lint_vocabulary() -> Vocabulary:
    from mkt_lint_crm.facts import vocabulary  # read only where a table is

    return vocabulary()
