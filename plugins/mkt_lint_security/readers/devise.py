"""Devise's initializer, with devise-security's `password_complexity`."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Code, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft

_CLASSES = {
    "lower": CharacterClass.LOWERCASE,
    "upper": CharacterClass.UPPERCASE,
    "digit": CharacterClass.DIGIT,
    "digits": CharacterClass.DIGIT,
    "symbol": CharacterClass.SYMBOL,
    "symbols": CharacterClass.SYMBOL,
}


def initializer(root: Code) -> Iterator[PasswordPolicy]:
    """Assignments to `config.NAME` inside `Devise.setup`."""
    for setup in root.walk("call"):
        receiver, method = setup.field("receiver"), setup.field("method")
        if receiver is not None and method is not None and (receiver.raw, method.raw) == ("Devise", "setup"):
            values = dict(_assigned(setup))
            yield _policy(receiver, values)


def _assigned(setup: Code) -> Iterator[tuple[str, Code]]:
    for assignment in setup.walk("assignment"):
        left, right = assignment.field("left"), assignment.field("right")
        name = left.field("method") if left is not None and left.type == "call" else None
        if name is not None and right is not None:
            yield name.raw, right


def _policy(place: Code, values: dict[str, Code]) -> PasswordPolicy:
    length = values.get("password_length")
    draft = Draft.at("devise", length.span if length is not None else place.span, "password_length")
    if length is not None:
        for name, end in (("min_length", "begin"), ("max_length", "end")):
            part = length.field(end)
            if part is not None:
                draft.put(name, Setting(_number(part), part.span, identity=f"password_length.{end}"))
        if length.type != "range":
            draft.put("min_length", Setting(None, length.span, identity="password_length"))
    complexity = values.get("password_complexity")
    if complexity is not None:
        for pair in complexity.walk("pair"):
            key, value = pair.field("key"), pair.field("value")
            cls = _CLASSES.get(key.raw.strip(":\"'")) if key is not None else None
            if cls is not None and value is not None:
                draft.put_required(cls, Setting(_number(value), value.span, identity=f"password_complexity.{cls}"))
        if complexity.type != "hash":
            draft.unmeasured(complexity.span)
    if (expression := values.get("password_regex")) is not None:
        draft.pattern_text(expression.raw if expression.type == "regex" else None, expression.span)
    strategy, attempts = values.get("lock_strategy"), values.get("maximum_attempts")
    locks = {":failed_attempts": True, ":none": False}.get(strategy.raw) if strategy is not None else None
    draft.put_lockout(
        Setting(locks, strategy.span) if strategy is not None else None,
        Setting(_number(attempts), attempts.span) if attempts is not None else None,
    )
    return draft.done()


def _number(code: Code) -> int | None:
    return int(code.raw.replace("_", "")) if code.type == "integer" and code.raw.replace("_", "").isdigit() else None
