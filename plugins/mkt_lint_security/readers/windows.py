"""Security templates of Windows: `[System Access]` of an INF file."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import truth, whole_number

COMPLEX_CLASSES = 3
"""With `PasswordComplexity`, characters of so many categories are asked for; and six of them at least."""
COMPLEX_LENGTH = 6


def templates(root: Node) -> Iterator[PasswordPolicy]:
    """The policy of accounts."""
    access = root.get("System Access")
    if access is None or not {"MinimumPasswordLength", "PasswordComplexity", "LockoutBadCount"} & access.members.keys():
        return
    length, complexity = access.get("MinimumPasswordLength"), access.get("PasswordComplexity")
    draft = Draft("windows", access)
    draft.mark(attempts_only=length is None and complexity is None)
    draft.number("min_length", length)
    if complexity is not None and truth(complexity) is not False:
        draft.set("min_classes", None if truth(complexity) is None else COMPLEX_CLASSES, complexity)
        least = whole_number(length) if length is not None else 0
        if least is not None and least < COMPLEX_LENGTH:
            draft.set("min_length", COMPLEX_LENGTH, length or complexity)
    age = access.get("MaximumPasswordAge")
    if age is not None and (days := whole_number(age)) is not None and days > 0:
        draft.set("rotation_days", days, age)
    draft.number("history", access.get("PasswordHistorySize"))
    draft.lockout(access.get("LockoutBadCount"))
    yield draft.done()
