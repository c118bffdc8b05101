"""Fields for a new password in pages and templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.form_purpose import Page, is_for_new_password, repeats_another, value
from mkt_lint_security.readers.values import comes_from_elsewhere

_RULE = re.compile(r"\s*(?P<name>[a-z-]+)\s*:\s*(?P<value>\[(?:[^\]]|\](?!\s*[;,]|\s*$))*\]|[^;]*)\s*(?:;|$)")
_CLASSES = {
    "lower": CharacterClass.LOWERCASE,
    "upper": CharacterClass.UPPERCASE,
    "digit": CharacterClass.DIGIT,
    "special": CharacterClass.SYMBOL,
}
_STATED = ("minlength", "maxlength", "pattern", "passwordrules")
_TELLING = frozenset({"minlength", "passwordrules"})
_NUMBER = re.compile(r"\{\s*([0-9]+)\s*\}")
"""Of JSX."""
_PASTE = re.compile(r"return\s+false|preventDefault\s*\(")


def forms(root: Node) -> Iterator[PasswordPolicy]:
    """`<input type="password">` that says what a new password must be, or that refuses pasted text."""
    for form in Page(root).forms:
        judged: set[tuple[str, ...]] = set()
        for password in form.passwords:
            paste = password.get("onpaste")
            blocked = paste is not None and bool(_PASTE.search(str(paste.value)))
            stated = [name for name in _STATED if name in password.members]
            asked = tuple(value(password, name) for name in _STATED)
            if asked in judged or (judged and repeats_another(password, form.passwords)):
                stated = []
            elif stated:
                new = is_for_new_password(password, form)
                # Where nothing tells, a length does: forms to sign in seldom have one.
                stated = stated if new or (new is None and not _TELLING.isdisjoint(stated)) else []
            if stated:
                judged.add(asked)
            if stated or blocked:
                yield _policy(password, stated, paste if blocked else None)


def _policy(field: Node, stated: list[str], paste: Node | None) -> PasswordPolicy:
    draft = Draft("html", field)
    enforced = {"minlength", "pattern"} & set(stated)
    draft.mark(client_side=True, hints_only=not enforced)
    for name, attribute in (("min_length", "minlength"), ("max_length", "maxlength")):
        node = field.get(attribute)
        if node is not None and attribute in stated:
            text = _NUMBER.sub(r"\1", str(node.value).strip())
            known = text.isdecimal() and not comes_from_elsewhere(node)
            draft.put(name, Setting(int(text[:9]) if known else None, node.span, identity=node.path))
    if "pattern" in stated:
        draft.pattern(field.members["pattern"])
    if "passwordrules" in stated and not enforced:
        _rules(draft, field.members["passwordrules"])
    if paste is not None:
        draft.put("paste_blocked", Setting(True, paste.span, identity=paste.path))
    return draft.done()


def _rules(draft: Draft, node: Node) -> None:
    """`minlength: 12; required: lower; required: digit`: what password managers generate by."""
    for rule in _RULE.finditer(str(node.value)):
        value = rule["value"].strip()
        if rule["name"] in ("minlength", "maxlength") and value.isdecimal():
            draft.set("min_length" if rule["name"] == "minlength" else "max_length", int(value[:9]), node)
        elif rule["name"] == "required":
            names = [cls for name, cls in _CLASSES.items() if name == value]
            for cls in names or ([CharacterClass.SYMBOL] if value.startswith("[") else []):
                draft.require_here(cls, node.span)
