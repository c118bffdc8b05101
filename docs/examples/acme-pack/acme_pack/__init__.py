"""Acme's own rules for mkt-lint."""

from __future__ import annotations

from mkt_lint import ColumnAlias, F, RuleReference, Vocabulary, hookimpl, normalise_header, rules_in


@hookimpl
def mkt_lint_rules() -> list[RuleReference]:
    return [
        *rules_in("acme_pack.table_rules", kind="table"),
        *rules_in("acme_pack.template_rules", kind="template"),
    ]


@hookimpl
def mkt_lint_vocabulary() -> Vocabulary:
    return Vocabulary(columns=(ColumnAlias(normalise_header("Desk code"), F.SOURCE),))
