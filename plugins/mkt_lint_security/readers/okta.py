"""Password policies of Okta: the API's JSON, and Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import nodes, resources

# Some clients write the plural.
_KEYS = (("minLowerCase",), ("minUpperCase",), ("minNumber", "minNumbers"), ("minSymbol", "minSymbols"))
_TERRAFORM_KEYS = ("lowercase", "uppercase", "number", "symbol")


def policies(root: Node) -> Iterator[PasswordPolicy]:
    """`settings.password` of each policy."""
    for settings in nodes(
        root, lambda node: node.key == "settings" and _is_ours(node.get("password", "complexity")), "complexity"
    ):
        written = settings.members["password"]
        complexity = written.members["complexity"]
        draft = Draft("okta", complexity)
        draft.number("min_length", complexity.get("minLength"))
        for cls, names in zip(CharacterClass, _KEYS, strict=True):
            draft.require(cls, next(filter(None, map(complexity.get, names)), None), count=True)
        draft.flag("dictionary", written.get("complexity", "dictionary", "common", "exclude"))
        draft.number("rotation_days", written.get("age", "maxAgeDays"))
        draft.number("history", written.get("age", "historyCount"))
        draft.lockout(written.get("lockout", "maxAttempts"))
        yield draft.done()


def _is_ours(complexity: Node | None) -> bool:
    return complexity is not None and any(
        key in complexity.members for keys in (("minLength",), *_KEYS) for key in keys
    )


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`okta_policy_password` and `okta_policy_password_default`."""
    for kind in ("okta_policy_password", "okta_policy_password_default"):
        for policy in resources(root, kind):
            draft = Draft("okta", policy)
            draft.number("min_length", policy.get("password_min_length"))
            for cls, name in zip(CharacterClass, _TERRAFORM_KEYS, strict=True):
                draft.require(cls, policy.get(f"password_min_{name}"), count=True)
            draft.flag("dictionary", policy.get("password_dictionary_lookup"))
            draft.number("rotation_days", policy.get("password_max_age_days"))
            draft.number("history", policy.get("password_history_count"))
            draft.lockout(policy.get("password_max_lockout_attempts"))
            yield draft.done()
