"""Salesforce's metadata: `Security.settings` of the organisation, and password policies of profiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft, product
from mkt_lint_security.readers.values import WrongTypeError, only, text_of, whole_number


def settings(root: Node) -> Iterator[PasswordPolicy]:
    """`<passwordPolicies>` of the organisation."""
    organisation = only(root.get("passwordPolicies"))
    if organisation is not None:
        yield _policy(organisation, "complexity", "expiration", named=True)


def profiles(root: Node) -> Iterator[PasswordPolicy]:
    """`<ProfilePasswordPolicy>`."""
    if root.key == "ProfilePasswordPolicy":
        yield _policy(root, "passwordComplexity", "passwordExpiration", named=False)


def _policy(policy: Node, complexity: str, expiration: str, *, named: bool) -> PasswordPolicy:
    draft = Draft("salesforce", policy)
    draft.number("min_length", text_of(policy, "minimumPasswordLength"))
    classes = text_of(policy, complexity)
    if classes is not None:
        level = _looked_up(classes, "complexity") if named else _numbered(classes)
        if isinstance(level, int):
            draft.set("min_classes", level, classes)
        for cls in CharacterClass:
            draft.require_here(cls, classes.span, 0 if isinstance(level, int) else int(cls in level))
    age = text_of(policy, expiration)
    if age is not None and (days := _looked_up(age, "expiration") if named else whole_number(age)):
        draft.set("rotation_days", days, age)
    elif age is not None:
        draft.put_nothing("rotation_days")
    attempts = text_of(policy, "maxLoginAttempts")
    if attempts is not None:
        value = _looked_up(attempts, "attempts") if named else whole_number(attempts)
        draft.lockout_here(value is None or value > 0, value, attempts)
    return draft.done()


def _looked_up(node: Node, table: str) -> Any:
    """What a word of Salesforce's stands for."""
    known = product("salesforce")[table]
    if node.value not in known:
        raise WrongTypeError(f"one of {', '.join(known)}", node)
    return known[node.value]


def _numbered(node: Node) -> Any:
    """A level of complexity by its number; a profile has numbers in the order of the organisation's words."""
    levels = list(product("salesforce")["complexity"].values())
    number = whole_number(node)
    if number is None or not 0 <= number < len(levels):
        raise WrongTypeError(f"a number from 0 to {len(levels) - 1}", node)
    return levels[number]
