"""Symfony: constraints on a password in YAML and in attributes, and `login_throttling`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mkt_lint import Code, Node, PasswordPolicy, Setting, Span
from mkt_lint_security.readers.draft import Draft, product
from mkt_lint_security.readers.values import nodes

_PROPERTY = re.compile(r"\$?(?:plain|new|raw|clear)?_?password", re.IGNORECASE)
_KNOWN = frozenset({"Length", "PasswordStrength", "NotCompromisedPassword", "Regex"})
_ENOUGH = frozenset({"Length", "PasswordStrength", "Regex"})
MEDIUM = "STRENGTH_MEDIUM"


def constraints(root: Node) -> Iterator[PasswordPolicy]:
    """`properties` of a class, those that are named like a password."""
    for properties in nodes(root, lambda node: node.key == "properties", "properties"):
        for written in properties.members.values():
            if _PROPERTY.fullmatch(written.key or ""):
                found = {
                    name.rpartition("\\")[2]: node
                    for item in written.items
                    for name, node in (item.members.items() if item.members else [(str(item.value), item)])
                }
                if _ENOUGH & found.keys():
                    yield _from_yaml(written, found)


def _from_yaml(written: Node, found: Mapping[str, Node]) -> PasswordPolicy:
    draft = Draft("symfony", written)
    if length := found.get("Length"):
        draft.number("min_length", length.get("min"))
        draft.number("max_length", length.get("max"))
    if expression := found.get("Regex"):
        draft.pattern(expression.get("pattern") or expression)
    if strength := found.get("PasswordStrength"):
        score = strength.get("minScore")
        draft.put("min_bits", _score(str(score.value) if score is not None else MEDIUM, (score or strength).span))
    if compromised := found.get("NotCompromisedPassword"):
        draft.set("breached", True, compromised)
    return draft.done()


def _score(written: str, span: Span) -> Setting[int]:
    """`minScore` in bits: a constant, its number from 0, or something that comes from elsewhere."""
    scores: dict[str, int] = product("symfony")["scores"]
    name = written.rpartition("::")[2]
    if name in scores:
        return Setting(scores[name], span)
    levels = [0, *scores.values()]
    return Setting(levels[int(name)] if name.isdigit() and int(name) < len(levels) else None, span)


def firewalls(root: Node) -> Iterator[PasswordPolicy]:
    """`login_throttling` of each firewall; what is asked of passwords stands elsewhere."""
    for walls in nodes(root, lambda node: node.key == "firewalls", "firewalls"):
        for wall in walls.members.values():
            throttling = wall.get("login_throttling")
            if throttling is None:
                continue
            draft = Draft("symfony-throttling", throttling)
            draft.mark(attempts_only=True)
            if throttling.get("limiter") is not None:
                draft.set("rate_limit", True, throttling)
            else:
                draft.lockout(throttling.get("max_attempts"))
            yield draft.done()


def attributes(root: Code) -> Iterator[PasswordPolicy]:
    """Attributes of a property, a parameter or a method's argument that is named like a password."""
    for declared in root.walk("property_declaration", "property_promotion_parameter", "simple_parameter"):
        name = next((code.raw for code in declared.walk("variable_name")), "")
        if not _PROPERTY.fullmatch(name):
            continue
        found = {
            attribute.children[0].raw.rpartition("\\")[2]: attribute
            for attribute in declared.walk("attribute")
            if attribute.children
        }
        if _ENOUGH & found.keys():
            yield _from_attributes({name: found[name] for name in found if name in _KNOWN})


def _from_attributes(found: Mapping[str, Code]) -> PasswordPolicy:
    first = next(iter(found.values()))
    draft = Draft.at("symfony", first.children[0].span, "password")
    if length := found.get("Length"):
        arguments = _arguments(length)
        for name, key in (("min_length", "min"), ("max_length", "max")):
            if value := arguments.get(key):
                draft.put(name, Setting(_number(value), value.span, identity=f"password.{key}"))
    if expression := found.get("Regex"):
        pattern = _arguments(expression).get("pattern") or _arguments(expression).get("0")
        draft.pattern_text(_string(pattern) if pattern else None, (pattern or expression).span)
    if strength := found.get("PasswordStrength"):
        score = _arguments(strength).get("minScore")
        draft.put("min_bits", _score(score.raw if score else MEDIUM, (score or strength).span))
    if compromised := found.get("NotCompromisedPassword"):
        draft.put("breached", Setting(True, compromised.span))
    return draft.done()


def _arguments(attribute: Code) -> dict[str, Code]:
    """Named arguments by name, others by number; an array stands for named ones."""
    found: dict[str, Any] = {}
    parameters = attribute.field("parameters")
    for number, argument in enumerate(parameters.children if parameters else ()):
        name = argument.field("name")
        value = argument.children[-1]
        found[name.raw if name else str(number)] = value
        if value.type == "array_creation_expression":
            for element in value.children:
                if len(element.children) == 2:  # noqa: PLR2004  # a key and its value
                    found[_string(element.children[0]) or ""] = element.children[1]
    return found


def _number(code: Code) -> int | None:
    return int(code.raw.replace("_", "")) if code.type == "integer" and code.raw.replace("_", "").isdigit() else None


def _string(code: Code) -> str | None:
    return code.raw[1:-1] if code.type == "string" or (code.type == "encapsed_string" and _is_plain(code)) else None


def _is_plain(code: Code) -> bool:
    """Whether a string in double quotes holds no variable."""
    return all(part.type in ("string_content", "escape_sequence") for part in code.children)
