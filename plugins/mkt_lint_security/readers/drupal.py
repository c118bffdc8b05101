"""Drupal: exported policies of the module `password_policy`, and the core's limit of attempts."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import truth, whole_number, word

_CLASSES = {
    "lowercase": CharacterClass.LOWERCASE,
    "uppercase": CharacterClass.UPPERCASE,
    "letter": CharacterClass.LOWERCASE,
    "numeric": CharacterClass.DIGIT,
    "special": CharacterClass.SYMBOL,
}


def policies(root: Node) -> Iterator[PasswordPolicy]:
    """`policy_constraints`, by their ids."""
    constraints = root.get("policy_constraints")
    status = root.get("status")
    if constraints is None or (status is not None and truth(status) is False):
        return
    draft = Draft("drupal", constraints)
    for constraint in (*constraints.items, *constraints.members.values()):
        match word(constraint.get("id")):
            case "password_length":
                longest = word(constraint.get("character_operation")) == "maximum"
                draft.number("max_length" if longest else "min_length", constraint.get("character_length"))
            case "password_policy_character_constraint":
                kind = constraint.get("character_type")
                cls = _CLASSES.get(word(kind) or "special")
                if cls is not None:
                    draft.require(cls, constraint.get("character_count"), count=True)
            case "character_types":
                draft.number("min_classes", constraint.get("character_types"))
            case "password_policy_history_constraint":
                draft.number("history", constraint.get("history_repeats"))
    reset = root.get("password_reset")
    if reset is not None and whole_number(reset) != 0:
        draft.number("rotation_days", reset)
    yield draft.done()


def flood(root: Node) -> Iterator[PasswordPolicy]:
    """The core's `user.flood`: after how many failed attempts an account is locked."""
    limit = root.get("user_limit")
    if limit is not None and root.get("user_window") is not None:
        draft = Draft("drupal", limit)
        draft.mark(attempts_only=True)
        draft.lockout(limit)
        yield draft.done()
