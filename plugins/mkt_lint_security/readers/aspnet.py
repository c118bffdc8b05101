"""ASP.NET Core Identity: settings that are bound to `IdentityOptions`, and `options.Password` in C#."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Code, Node, PasswordPolicy, Setting, Span
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import nodes

_CLASSES = {
    "RequireLowercase": CharacterClass.LOWERCASE,
    "RequireUppercase": CharacterClass.UPPERCASE,
    "RequireDigit": CharacterClass.DIGIT,
    "RequireNonAlphanumeric": CharacterClass.SYMBOL,
}
_PASSWORD_KEYS = frozenset({*_CLASSES, "RequiredLength", "RequiredUniqueChars"})
_LOCKOUT_KEYS = frozenset({"MaxFailedAccessAttempts", "AllowedForNewUsers", "DefaultLockoutTimeSpan"})

MAX_CLIMB = 50


def settings(root: Node) -> Iterator[PasswordPolicy]:
    """Sections of any name that hold `Password` or `Lockout`."""
    for section in nodes(root, _is_section, *_PASSWORD_KEYS, *_LOCKOUT_KEYS):
        password, lockout = section.get("Password"), section.get("Lockout")
        draft = Draft("aspnet", password or lockout or section)
        draft.mark(attempts_only=password is None)
        if password is not None:
            draft.number("min_length", password.get("RequiredLength"))
            draft.require_all({cls: password.get(key) for key, cls in _CLASSES.items()})
        if lockout is not None:
            draft.lockout(lockout.get("MaxFailedAccessAttempts"), lockout.get("AllowedForNewUsers"))
        yield draft.done()


def _is_section(node: Node) -> bool:
    password, lockout = node.get("Password"), node.get("Lockout")
    return bool(
        (password is not None and _PASSWORD_KEYS & password.members.keys())
        or (lockout is not None and _LOCKOUT_KEYS & lockout.members.keys())
    )


def code(root: Code) -> Iterator[PasswordPolicy]:
    """Assignments to `X.Password.RequiredLength` and the like, one policy for each place that sets them."""
    groups: dict[Span, dict[str, Code]] = {}
    for assignment in root.walk("assignment_expression"):
        left, right = assignment.field("left"), assignment.field("right")
        if left is None or right is None:
            continue
        *path, name = left.raw.replace(" ", "").split(".")
        section = path[-1] if path else _initialised(assignment)
        known = {"Password": _PASSWORD_KEYS, "Lockout": _LOCKOUT_KEYS}.get(section, frozenset())
        if name in known:
            groups.setdefault(_scope(assignment), {})[name] = right
    for values in groups.values():
        yield _from_code(values)


def _initialised(assignment: Code) -> str:
    """The section that an object initialiser is for: `new PasswordOptions { RequiredLength = 8 }`."""
    parent = assignment.parent
    creation = parent.parent if parent is not None and parent.type == "initializer_expression" else None
    made = creation.field("type") if creation is not None else None
    return made.raw.removesuffix("Options") if made is not None else ""


def _scope(assignment: Code) -> Span:
    """Of the lambda or the method that an assignment stands in, else of the file."""
    place = assignment
    for _ in range(MAX_CLIMB):  # each step up costs as much as the tree is deep
        if place.parent is None or place.type in ("lambda_expression", "method_declaration"):
            break
        place = place.parent
    return place.span


def _from_code(values: dict[str, Code]) -> PasswordPolicy:
    first = next(iter(values.values()))
    draft = Draft.at("aspnet", first.span, "Password" if _PASSWORD_KEYS & values.keys() else "Lockout")
    draft.mark(attempts_only=not _PASSWORD_KEYS & values.keys())
    if length := values.get("RequiredLength"):
        draft.put("min_length", Setting(_number(length), length.span, identity="RequiredLength"))
    for name, cls in _CLASSES.items():
        if written := values.get(name):
            truth = {"true": 1, "false": 0}.get(written.raw)
            draft.put_required(cls, Setting(truth, written.span, identity=name))
    attempts, allowed = values.get("MaxFailedAccessAttempts"), values.get("AllowedForNewUsers")
    draft.put_lockout(
        Setting({"true": True, "false": False}.get(allowed.raw), allowed.span) if allowed else None,
        Setting(_number(attempts), attempts.span) if attempts else None,
    )
    return draft.done()


def _number(code: Code) -> int | None:
    return int(code.raw.replace("_", "")) if code.type == "integer_literal" and code.raw[:1].isdigit() else None
