"""Password policies of authentik: blueprints, and Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import nodes, resources, truth, word

_MODEL = "authentik_policies_password.passwordpolicy"
_KEYS = ("amount_lowercase", "amount_uppercase", "amount_digits", "amount_symbols")


def blueprints(root: Node) -> Iterator[PasswordPolicy]:
    """Entries of the model `authentik_policies_password.passwordpolicy`."""
    for entry in nodes(root, lambda node: word(node.get("model")) == _MODEL, _MODEL):
        yield _policy(entry.get("attrs") or entry)


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`authentik_policy_password`."""
    for policy in resources(root, "authentik_policy_password"):
        yield _policy(policy)


def _policy(policy: Node) -> PasswordPolicy:
    draft = Draft("authentik", policy)
    static = policy.get("check_static_rules")
    if static is None or truth(static) is not False:
        draft.number("min_length", policy.get("length_min"))
        for cls, key in zip(CharacterClass, _KEYS, strict=True):
            draft.require(cls, policy.get(key), count=True)
        symbols = policy.get("symbol_charset")
        if symbols is not None and isinstance(symbols.value, str) and symbols.tag is None:
            draft.put("symbols", Setting(len(set(symbols.value)), symbols.span, identity=symbols.path))
    draft.flag("breached", policy.get("check_have_i_been_pwned"))
    measured = policy.get("check_zxcvbn")
    if measured is not None and truth(measured) is not False:
        draft.unmeasured(measured.span)
    return draft.done()
