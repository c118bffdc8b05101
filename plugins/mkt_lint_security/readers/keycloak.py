"""Realms of Keycloak: exports in JSON, imports in JSON and YAML, Terraform."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mkt_lint import CharacterClass, Lockout, Node, PasswordPolicy, Setting, Span, Term
from mkt_lint_security.facts import facts
from mkt_lint_security.readers.keycloak_policy import DIGITS, VARIABLE, Item, items
from mkt_lint_security.readers.values import WrongTypeError, only, resources

KEYCLOAK = Term("Keycloak")


def realms(root: Node) -> Iterator[PasswordPolicy]:
    """One realm, an array of them, or the one that a `KeycloakRealmImport` brings."""
    imported = root.get("spec", "realm")
    for node in root.items or [imported if imported is not None else root]:
        if _is_realm(node):
            yield _policy(node)


def _is_realm(node: Node) -> bool:
    known = facts("keycloak")["realm"]
    name, enabled = node.get("realm"), node.get("enabled")
    if name is None or not isinstance(name.value, str):
        return False
    if enabled is not None and isinstance(enabled.value, bool):
        return any(key in node.members for key in (*known["markers"], *known["contents"]))
    return any(_is_setting(node.members[key]) for key in known["markers"] if key in node.members)


def _is_setting(node: Node) -> bool:
    """Whether a value is a realm's; a program's translated texts have the same keys, with words."""
    if node.kind in ("object", "array"):
        return False
    if not isinstance(node.value, str) or node.value.lower() in facts("keycloak")["realm"]["words"]:
        return True
    return not re.search(r"[^\W\d_]", node.value) or re.search(r"[($]", node.value) is not None


def terraform(root: Node) -> Iterator[PasswordPolicy]:
    """`keycloak_realm`, where it has a policy."""
    for realm in resources(root, "keycloak_realm"):
        written = realm.get("password_policy")
        if written is not None:
            detection = only(realm.get("security_defenses"))
            detection = only(detection.get("brute_force_detection")) if detection is not None else None
            yield _made(written, written.path, realm, _detection(detection, written.span))


def _policy(realm: Node) -> PasswordPolicy:
    written = realm.get("passwordPolicy")
    span = written.span if written else realm.members["realm"].key_span or realm.span
    lockout = Lockout(
        enabled=_boolean(realm, "bruteForceProtected", facts("keycloak")["defaults"]["brute-force-protected"], span),
        max_attempts=_integer(realm, "failureFactor", span),
    )
    return _made(written, f"{realm.path}.passwordPolicy".lstrip("."), realm, lockout)


def _made(written: Node | None, identity: str, realm: Node, lockout: Lockout) -> PasswordPolicy:
    if written is not None and written.kind not in ("string", "null"):
        raise WrongTypeError("a policy such as “length(12) and digits(1)”", written)
    span = written.span if written else realm.members["realm"].key_span or realm.span
    values: dict[str, Any]
    if written is not None and written.tag is not None:
        values = {"min_length": Setting(None, span, identity=f"{identity}.length")}
    elif parts := list(items(written)) if written and written.value else []:
        values = _requirements(parts, span, identity)
    else:
        default = Setting(facts("keycloak")["defaults"]["min-length"], span, KEYCLOAK, f"{identity}.length")
        values = {"min_length": default, "stated": False}
    return PasswordPolicy(product=KEYCLOAK, span=span, identity=identity, lockout=lockout, **values)


def _detection(block: Node | None, span: Span) -> Lockout:
    """Terraform's block, which switches the detection on by being there."""
    if block is None:
        return Lockout(enabled=Setting(facts("keycloak")["defaults"]["brute-force-protected"], span, KEYCLOAK))
    place = block.key_span or block.span
    return Lockout(
        enabled=Setting(True, place, identity=block.path), max_attempts=_integer(block, "max_login_failures", place)
    )


def _requirements(parts: list[Item], span: Span, identity: str) -> dict[str, Any]:
    """The arguments of a `PasswordPolicy` that a policy string gives."""
    known: dict[str, dict[str, Any]] = facts("keycloak")["items"]
    values: dict[str, Any] = {}
    required: dict[CharacterClass, Setting[int]] = {}
    unmeasured: list[Span] = []
    unknown: list[Setting[str]] = []
    for item in parts:
        if item.variable:
            unmeasured.append(item.span)
            continue
        row = known.get(item.name)
        if row is None or not item.closed:
            unknown.append(Setting(item.name, item.span))
            continue
        means, path = row.get("means"), f"{identity}.{item.name}"
        if means == "unmeasured":
            unmeasured.append(item.span)
        elif means == "dictionary":
            values["dictionary"] = Setting(True, item.span, identity=path)
        elif means is not None:
            try:
                number = item.number(row["default"])
            except ValueError:
                unknown.append(Setting(item.name, item.span))
                continue
            setting = Setting(number, item.span, KEYCLOAK if item.argument is None else None, path)
            if means in set(CharacterClass):
                required[CharacterClass(means)] = setting
            else:
                values[means.replace("-", "_")] = setting
    if "min_length" not in values:
        # A policy that is a variable as a whole may well set a length; any other one accepts the least.
        elsewhere = all(item.variable for item in parts)
        least = None if elsewhere else facts("keycloak")["defaults"]["min-length"]
        values["min_length"] = Setting(least, span, KEYCLOAK, f"{identity}.length")
    return {**values, "required": required, "unmeasured": tuple(unmeasured), "unknown": tuple(unknown)}


def _boolean(realm: Node, key: str, default: bool, span: Span) -> Setting[bool]:
    node = realm.get(key)
    if node is None or node.kind == "null":
        return Setting(default, span, KEYCLOAK)
    match node.value:
        case bool(value):
            return Setting(value, node.span, identity=node.path)
        case "true" | "false" as word:
            return Setting(word == "true", node.span, identity=node.path)
        case str(text) if VARIABLE.search(text):
            return Setting(None, node.span, identity=node.path)
    raise WrongTypeError("true or false", node)


def _integer(realm: Node, key: str, span: Span) -> Setting[int]:
    node = realm.get(key)
    if node is None or node.kind == "null":
        return Setting(facts("keycloak")["defaults"]["failure-factor"], span, KEYCLOAK)
    if node.tag is not None:
        return Setting(None, node.span, identity=node.path)
    match node.value:
        case int(value) if not isinstance(value, bool):
            return Setting(value, node.span, identity=node.path)
        case str(text) if DIGITS.fullmatch(text):
            return Setting(int(text), node.span, identity=node.path)
        case str(text) if VARIABLE.search(text):
            return Setting(None, node.span, identity=node.path)
    raise WrongTypeError("a whole number", node)
