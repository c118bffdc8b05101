"""Database connections of Auth0: the Deploy CLI's JSON and YAML, and Terraform; both forms of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft, product
from mkt_lint_security.readers.values import comes_from_elsewhere, nodes, only, resources, word

_LEGACY = ("passwordPolicy", "password_policy", "password_complexity_options")
_NEW = "password_options"
_PROTECTION = ("bruteForceProtection", "brute_force_protection")
_CLASSES = {
    "uppercase": CharacterClass.UPPERCASE,
    "lowercase": CharacterClass.LOWERCASE,
    "number": CharacterClass.DIGIT,
    "special": CharacterClass.SYMBOL,
}


def tenants(root: Node) -> Iterator[PasswordPolicy]:
    """Connections of a tenant, or one in a file of its own; and the tenant's attack protection."""
    protection = nodes(root, lambda node: node.key in _PROTECTION and node.get("enabled") is not None, *_PROTECTION)
    for connection in nodes(root, _is_connection, "strategy"):
        options = connection.get("options")
        if options is not None:
            yield _policy(options, protection[0] if protection else None)


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`auth0_connection`, with `auth0_attack_protection` of the same file."""
    protections = [only(node.get("brute_force_protection")) for node in resources(root, "auth0_attack_protection")]
    protection = next(filter(None, protections), None)
    for connection in resources(root, "auth0_connection"):
        options = only(connection.get("options"))
        if word(connection.get("strategy")) == "auth0" and options is not None:
            yield _policy(options, protection)


def _is_connection(node: Node) -> bool:
    options = node.get("options")
    return word(node.get("strategy")) == "auth0" and any(
        options is not None and key in options.members for key in (*_LEGACY, _NEW, "brute_force_protection")
    )


def _policy(options: Node, protection: Node | None) -> PasswordPolicy:
    flexible = only(options.get(_NEW))
    level = options.get("passwordPolicy") or options.get("password_policy")
    place = flexible or level or options
    draft = Draft("auth0-options" if flexible else "auth0", place)
    if flexible:
        _flexible(draft, flexible)
    else:
        _legacy(draft, options, level)
    own = options.get("brute_force_protection")
    if own is not None and own.kind == "boolean" and not own.value:
        draft.lockout(enabled=own)
    elif protection is not None:
        attempts = protection.get("max_attempts") or protection.get("maxAttempts")
        draft.lockout(attempts, protection.get("enabled"))
    return draft.done()


def _legacy(draft: Draft, options: Node, level: Node | None) -> None:
    complexity = only(options.get("password_complexity_options"))
    own = complexity.get("min_length") if complexity else None
    levels: dict[str, Any] = product("auth0")["levels"]
    named = word(level) or "none"
    if level is not None and comes_from_elsewhere(level):
        draft.unknown_length(level)
    elif named in levels and level is not None:
        rules = levels[named]
        draft.set("min_length", rules["min-length"], level)
        for name in rules.get("required", ()):
            draft.require_here(CharacterClass(name), level.span)
        if "min-classes" in rules:
            draft.set("min_classes", rules["min-classes"], level)
    if own is not None:
        draft.number("min_length", own)
    history = only(options.get("password_history"))
    if history is not None and history.get("size") is not None:
        draft.number("history", history.get("size"))
    dictionary = only(options.get("password_dictionary"))
    if dictionary is not None:
        draft.flag("dictionary", dictionary.get("enable"))


def _flexible(draft: Draft, options: Node) -> None:
    complexity = only(options.get("complexity"))
    if complexity is not None:
        draft.number("min_length", complexity.get("min_length"))
        types = complexity.get("character_types")
        rule = complexity.get("character_type_rule")
        if rule is not None and word(rule) == "three_of_four":
            draft.set("min_classes", 3, rule)
        elif types is not None:
            for item in types.items:
                if cls := _CLASSES.get(word(item) or ""):
                    draft.require_here(cls, item.span)
                elif comes_from_elsewhere(item):
                    draft.unmeasured(item.span)
            if types.kind != "array":
                draft.unmeasured(types.span)
    dictionary = only(options.get("dictionary"))
    if dictionary is not None:
        draft.flag("dictionary", dictionary.get("active"))
