"""Tenants of FusionAuth: the API's JSON, and kickstart files."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import comes_from_elsewhere, nodes, truth, whole_number

_KEY = "passwordValidationRules"


def tenants(root: Node) -> Iterator[PasswordPolicy]:
    """Objects with `passwordValidationRules`."""
    for tenant in nodes(root, lambda node: _is_rules(node.get(_KEY)), _KEY):
        rules = tenant.members[_KEY]
        draft = Draft("fusionauth", rules)
        draft.number("min_length", rules.get("minLength"))
        draft.number("max_length", rules.get("maxLength"))
        mixed = rules.get("requireMixedCase")
        draft.require(CharacterClass.LOWERCASE, mixed)
        draft.require(CharacterClass.UPPERCASE, mixed)
        draft.require(CharacterClass.DIGIT, rules.get("requireNumber"))
        draft.require(CharacterClass.SYMBOL, rules.get("requireNonAlpha"))
        draft.flag("breached", rules.get("breachDetection", "enabled"))
        age = tenant.get("maximumPasswordAge")
        if age is not None and age.get("enabled") is not None and truth(age.members["enabled"]) is not False:
            draft.number("rotation_days", age.get("days"))
        _lockout(draft, tenant.get("failedAuthenticationConfiguration"))
        yield draft.done()


def _is_rules(rules: Node | None) -> bool:
    """A schema of the API has the same key, without values."""
    return rules is not None and rules.kind == "object" and not {"type", "$ref", "properties"} & rules.members.keys()


def _lockout(draft: Draft, lock: Node | None) -> None:
    """The lock does nothing without the action that it takes."""
    attempts = lock.get("tooManyAttempts") if lock is not None else None
    if lock is None or attempts is None:
        return
    action = lock.get("userActionId")
    acts = action is not None and (bool(action.value) or comes_from_elsewhere(action))
    draft.put_lockout(
        Setting(acts, (action or attempts).span, identity=lock.path),
        Setting(whole_number(attempts), attempts.span, identity=attempts.path),
    )
