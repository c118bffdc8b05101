"""The pack's own form of a password policy, for products that no reader knows: see the documentation of SEC101."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from mkt_lint import CharacterClass, Lockout, Node, PasswordPolicy, Setting, Term
from mkt_lint_security.readers.values import WrongFormError

NAME = "password-policy"
SPELLINGS = (NAME, "password_policy", "passwordPolicy")

_NUMBERS = ("min-length", "max-length", "min-classes", "rotation-days", "history")
_FLAGS = ("rate-limit", "captcha", "dictionary", "breached")
_CLASSES = ("require", "allow")
_KEYS = frozenset({"name", *_NUMBERS, *_FLAGS, *_CLASSES, "lockout"})
_LOCKOUT_KEYS = frozenset({"max-attempts", "enabled"})

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_VARIABLE = re.compile(r"\$\{.*\}|\$\(.*\)|\$[A-Z_][A-Z0-9_]*|\{\{.*\}\}|%[A-Z_][A-Z0-9_]*%", re.DOTALL)


def policies(root: Node) -> Iterator[PasswordPolicy]:
    """`password-policy` at the top level: one policy, several by name, or a list."""
    for written in root.members.values():
        if written.key in SPELLINGS:
            for node in _ours(written):
                yield _policy(node)


def _canonical(key: str) -> str:
    """`minLength`, `min_length` and `min-length` as `min-length`."""
    return _HUMP.sub("-", key).replace("_", "-").lower()


def _ours(node: Node) -> list[Node]:
    """The policies under one top-level key; none where it is somebody else's.

    Other programs have a `passwordPolicy` or a `password_policy` too, with keys of their own: under these names a
    policy is ours if it has one of our keys, and no other but misspelt ones, and is not a list of texts (a program's
    translations have such keys as well). `password-policy` is always ours.
    """
    inner = (*node.members.values(), *node.items)
    policies = [child for child in inner if child.kind == "object"]
    if node.kind == "object" and (len(policies) < len(inner) or not inner or not _KEYS.isdisjoint(_keys(node))):
        policies = [node]
    keys = {key for policy in policies for key in _keys(policy)}
    alike = all(get_close_matches(key, _KEYS, n=1, cutoff=0.8) for key in keys)
    values = [value for policy in policies for key, value in policy.members.items() if key != "name"]
    texts = values and all(_is_text(value) for value in values)
    return policies if node.key == NAME or (alike and not _KEYS.isdisjoint(keys) and not texts) else []


def _is_text(node: Node) -> bool:
    return isinstance(node.value, str) and not _is_variable(node) and any(map(str.isalpha, node.value))


def _keys(node: Node) -> set[str]:
    return {_canonical(key) for key in node.members}


def _policy(node: Node) -> PasswordPolicy:
    members = _members(node, _KEYS)
    name = members.get("name")
    first = next(iter(node.members.values()), None)
    place = node.key_span or (name.span if name else (first and first.key_span) or node.span)
    identity = node.path if name is None or node.key is not None else f"{NAME}[{name.value}]"
    values: dict[str, Any] = {"unmeasured": ()}
    for key, member in members.items():
        path = f"{identity}.{key}"
        if key in _NUMBERS:
            values[key.replace("-", "_")] = _number(member, path)
        elif key in _FLAGS:
            values[key.replace("-", "_")] = _flag(member, path)
        elif key == "require":
            known = _classes(member)
            values["required"] = {cls: Setting(1, item.span, identity=path) for cls, item in known if cls}
            values["unmeasured"] = tuple(item.span for cls, item in known if cls is None)
        elif key == "allow":
            allowed = _classes(member)
            if not allowed:
                raise WrongFormError("at least one character class is expected here", member.span)
            # A variable may stand for any class.
            every = any(cls is None for cls, _ in allowed)
            values["allowed"] = frozenset(cls for cls in CharacterClass if every or cls in dict(allowed))
        elif key == "lockout":
            values["lockout"] = _lockout(member, path)
    return PasswordPolicy(product=Term(NAME), span=place, identity=identity, **values)


def _members(node: Node, known: frozenset[str]) -> dict[str, Node]:
    """An object's members by their canonical keys."""
    if node.kind != "object":
        raise WrongFormError(f"an object with the keys {', '.join(sorted(known))} is expected here", node.span)
    members: dict[str, Node] = {}
    for member in (*node.overridden, *node.members.values()):
        key, place = _canonical(member.key or ""), member.key_span or member.span
        if key not in known:
            close = get_close_matches(key, sorted(known), n=1)
            hint = f"did you mean {close[0]}?" if close else f"known keys are {', '.join(sorted(known))}"
            raise WrongFormError(f"a password policy has no such key; {hint}", place)
        if key in members:
            raise WrongFormError(f"{key} is given twice; keep one", place)
        members[key] = member
    return members


def _is_variable(node: Node) -> bool:
    return node.tag is not None or (isinstance(node.value, str) and bool(_VARIABLE.fullmatch(node.value.strip())))


def _number(node: Node, path: str) -> Setting[int]:
    if _is_variable(node):
        return Setting(None, node.span, identity=path)
    if isinstance(node.value, int) and not isinstance(node.value, bool) and node.value >= 0:
        return Setting(node.value, node.span, identity=path)
    raise WrongFormError("a whole number, 0 or more, is expected here", node.span)


def _flag(node: Node, path: str) -> Setting[bool]:
    if _is_variable(node):
        return Setting(None, node.span, identity=path)
    if isinstance(node.value, bool):
        return Setting(node.value, node.span, identity=path)
    raise WrongFormError("true or false is expected here", node.span)


def _classes(node: Node) -> list[tuple[CharacterClass | None, Node]]:
    """The character classes of a list, each with its place; None for one that is a variable."""
    names = ", ".join(CharacterClass)
    if node.kind != "array":
        raise WrongFormError(f"a list of {names} is expected here", node.span)
    found: list[tuple[CharacterClass | None, Node]] = []
    for item in node.items:
        if _is_variable(item):
            found.append((None, item))
        elif item.value in set(CharacterClass):
            found.append((CharacterClass(str(item.value)), item))
        else:
            close = get_close_matches(str(item.value).lower(), list(CharacterClass), n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise WrongFormError(f"one of {names} is expected here{hint}", item.span)
    return found


def _lockout(node: Node, path: str) -> Lockout:
    members = _members(node, _LOCKOUT_KEYS)
    attempts = members.get("max-attempts")
    if attempts is None:
        raise WrongFormError("a lockout needs max-attempts", node.key_span or node.span)
    enabled = members.get("enabled")
    return Lockout(
        enabled=_flag(enabled, f"{path}.enabled") if enabled else Setting(True, attempts.span),
        max_attempts=_number(attempts, f"{path}.max-attempts"),
    )
