"""Realm exports of Keycloak: one realm, or an array of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from mkt_lint import (
    CharacterClass,
    Kind,
    Lockout,
    Node,
    PasswordPolicy,
    ReadContext,
    Reader,
    Setting,
    Settings,
    Source,
    Span,
    SyntaxProblem,
    Term,
    Unreadable,
    parse_json,
)
from mkt_lint_security.facts import facts
from mkt_lint_security.readers.decoding import decode, mentions
from mkt_lint_security.readers.keycloak_policy import DIGITS, VARIABLE, Item, items

KEYCLOAK = Term("Keycloak")


class _WrongTypeError(Exception):
    """A value of a type that Keycloak does not import."""

    def __init__(self, expected: str, node: Node) -> None:
        self.problem = Unreadable(f"{expected} is expected here", node.span.line, node.span.column)


class KeycloakReader(Reader):
    """Reads the password policy and the brute-force detection of each realm."""

    kind: ClassVar[Kind] = Kind.SETTINGS

    def recognises(self, source: Source) -> bool:
        realm = facts("keycloak")["realm"]
        return mentions(source, '"realm"') and (
            mentions(source, *_quoted(realm["markers"]))
            or (mentions(source, '"enabled"') and mentions(source, *_quoted(realm["contents"])))
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Settings | Unreadable]:
        decoded = decode(source.data)
        if isinstance(decoded, Unreadable):
            yield decoded
            return
        text, encoding = decoded
        root = parse_json(text)
        if isinstance(root, SyntaxProblem):
            # Without a tree only Keycloak's own words tell that this was to be a realm.
            if mentions(source, *_quoted(facts("keycloak")["realm"]["markers"])):
                yield Unreadable(root.message, root.line, root.column)
            return
        realms = [node for node in (root.items or [root]) if _is_realm(node)]
        if not realms:
            return
        try:
            policies = tuple(_policy(realm) for realm in realms)
        except _WrongTypeError as wrong:
            yield wrong.problem
            return
        yield Settings(source.path, text, context.config, policies, encoding=encoding)


def _quoted(names: list[str]) -> list[str]:
    return [f'"{name}"' for name in names]


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


def _policy(realm: Node) -> PasswordPolicy:
    written = realm.get("passwordPolicy")
    if written is not None and written.kind not in ("string", "null"):
        raise _WrongTypeError("a policy such as “length(12) and digits(1)”", written)
    span = written.span if written else realm.members["realm"].key_span or realm.span
    identity = f"{realm.path}.passwordPolicy".lstrip(".")
    parts = list(items(written)) if written and written.value else []
    if not parts:
        default = Setting(facts("keycloak")["defaults"]["min-length"], span, KEYCLOAK, f"{identity}.length")
        values: dict[str, Any] = {"min_length": default, "stated": False}
    else:
        values = _requirements(parts, span, identity)
    return PasswordPolicy(product=KEYCLOAK, span=span, identity=identity, lockout=_lockout(realm, span), **values)


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


def _lockout(realm: Node, span: Span) -> Lockout:
    defaults = facts("keycloak")["defaults"]
    return Lockout(
        enabled=_boolean(realm, "bruteForceProtected", defaults["brute-force-protected"], span),
        max_attempts=_integer(realm, "failureFactor", defaults["failure-factor"], span),
    )


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
    raise _WrongTypeError("true or false", node)


def _integer(realm: Node, key: str, default: int, span: Span) -> Setting[int]:
    node = realm.get(key)
    if node is None or node.kind == "null":
        return Setting(default, span, KEYCLOAK)
    match node.value:
        case int(value) if not isinstance(value, bool):
            return Setting(value, node.span, identity=node.path)
        case str(text) if DIGITS.fullmatch(text):
            return Setting(int(text), node.span, identity=node.path)
        case str(text) if VARIABLE.search(text):
            return Setting(None, node.span, identity=node.path)
    raise _WrongTypeError("a whole number", node)
