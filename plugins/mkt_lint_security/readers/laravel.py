"""Laravel's chains of `Password::min(8)->letters()`, and rules in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkt_lint import CharacterClass, Code, PasswordPolicy, Setting, Span
from mkt_lint_security.readers.draft import Draft

_CLASSES = {
    "letters": (CharacterClass.LOWERCASE,),
    "mixedCase": (CharacterClass.LOWERCASE, CharacterClass.UPPERCASE),
    "numbers": (CharacterClass.DIGIT,),
    "symbols": (CharacterClass.SYMBOL,),
}
_FIELDS = {"max": "max_length"}
_FIELD = re.compile(r"['\"](?:new_|user\.|plain_)?password['\"]", re.IGNORECASE)
_RULE = re.compile(r"(?<![a-z_])(?P<name>min|max|size):(?P<number>[0-9]{1,6})(?![0-9])")

MAX_CHAIN = 50


def rules(root: Code) -> Iterator[PasswordPolicy]:
    """Each `Password::min(...)` with what is called on it; `Password::defaults()` refers to one of those."""
    for start in root.walk("scoped_call_expression"):
        scope, name = start.field("scope"), start.field("name")
        if scope is None or name is None or scope.raw.rpartition("\\")[2] != "Password" or name.raw != "min":
            continue
        draft = Draft.at("laravel", start.span, "Password")
        draft.put("min_length", _number(_argument(start) or start, "min"))
        _chained(draft, start)
        yield draft.done()


def _chained(draft: Draft, start: Code) -> None:
    call, inner = start.parent, start
    for _ in range(MAX_CHAIN):  # each step up costs as much as the tree is deep
        target = call.field("object") if call is not None and call.type == "member_call_expression" else None
        if call is None or target is None or target.span != inner.span:
            break
        name = call.field("name")
        method = name.raw if name is not None else ""
        place = name.span if name is not None else call.span
        for cls in _CLASSES.get(method, ()):
            draft.require_here(cls, place)
        argument = _argument(call)
        if method in _FIELDS and argument is not None:
            draft.put(_FIELDS[method], _number(argument, method))
        elif method == "uncompromised":
            draft.put("breached", Setting(True, place))
        elif method == "rules":
            draft.unmeasured(place)
        inner, call = call, call.parent


def _argument(call: Code) -> Code | None:
    arguments = call.field("arguments")
    first = next(iter(arguments.children), None) if arguments is not None else None
    return first.children[-1] if first is not None and first.children else None


def _number(code: Code, name: str) -> Setting[int]:
    value = int(code.raw.replace("_", "")) if code.type == "integer" and code.raw[:1].isdigit() else None
    return Setting(value, code.span, identity=f"Password.{name}")


def strings(root: Code) -> Iterator[PasswordPolicy]:
    """Rules in words, `'password' => 'required|min:8'` or a list of such, of a field that is named like a password."""
    for element in root.walk("array_element_initializer"):
        parts = element.children
        if len(parts) != 2 or not _FIELD.fullmatch(parts[0].raw):  # noqa: PLR2004  # a key and its value
            continue
        if any(call.raw == "Password" for call in parts[1].walk("name")):
            continue
        found = [
            (name, _within(text, number.start("number"), number["number"]), int(number["number"]))
            for text in parts[1].walk("string", "encapsed_string")
            for number in _RULE.finditer(text.raw)
            for name in [{"min": "min_length", "size": "min_length", "max": "max_length"}[number["name"]]]
        ]
        if any(name == "min_length" for name, _, _ in found):
            draft = Draft.at("laravel", parts[0].span, "password")
            for name, span, value in found:
                draft.put(name, Setting(value, span, identity=f"password.{name}"))
            yield draft.done()


def _within(text: Code, start: int, number: str) -> Span:
    """The place of a number in a string, which stands on one line up to there."""
    before = text.raw[:start]
    line = text.span.line + before.count("\n")
    column = (1 if "\n" in before else text.span.column) + len(before.rpartition("\n")[2])
    return Span(line, column, line, column + len(number))
