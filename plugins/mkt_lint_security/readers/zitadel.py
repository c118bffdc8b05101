"""Zitadel: the instance's defaults in YAML, and Terraform."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import nodes, resources

_POLICIES = frozenset({"PasswordComplexityPolicy", "LockoutPolicy"})
_KEYS = ("HasLowercase", "HasUppercase", "HasNumber", "HasSymbol")
_TERRAFORM_KEYS = ("has_lowercase", "has_uppercase", "has_number", "has_symbol")


def instances(root: Node) -> Iterator[PasswordPolicy]:
    """`PasswordComplexityPolicy` and the `LockoutPolicy` beside it."""
    for parent in nodes(root, lambda node: bool(_POLICIES & node.members.keys()), *_POLICIES):
        complexity, lockout = parent.get("PasswordComplexityPolicy"), parent.get("LockoutPolicy")
        attempts = lockout.get("MaxPasswordAttempts") if lockout is not None else None
        if complexity is not None and {"MinLength", *_KEYS} & complexity.members.keys():
            yield _policy(complexity, "MinLength", _KEYS, attempts)
        elif attempts is not None and lockout is not None:
            yield _attempts_only(lockout, attempts)


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`zitadel_password_complexity_policy` with `zitadel_lockout_policy` of the same file; the defaults likewise."""
    for default in ("", "default_"):
        locks = resources(root, f"zitadel_{default}lockout_policy")
        attempts = locks[0].get("max_password_attempts") if locks else None
        policies = resources(root, f"zitadel_{default}password_complexity_policy")
        for policy in policies:
            yield _policy(policy, "min_length", _TERRAFORM_KEYS, attempts)
        if not policies and attempts is not None:
            yield _attempts_only(locks[0], attempts)


def _policy(policy: Node, length: str, keys: tuple[str, ...], attempts: Node | None) -> PasswordPolicy:
    draft = Draft("zitadel", policy)
    draft.number("min_length", policy.get(length))
    draft.require_all({cls: policy.get(key) for cls, key in zip(CharacterClass, keys, strict=True)})
    if attempts is not None:
        draft.lockout(attempts)
    return draft.done()


def _attempts_only(policy: Node, attempts: Node) -> PasswordPolicy:
    draft = Draft("zitadel-lockout", policy)
    draft.mark(attempts_only=True)
    draft.lockout(attempts)
    return draft.done()
