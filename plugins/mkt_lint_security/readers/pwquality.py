"""`pwquality.conf` of libpwquality, for accounts of Linux."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkt_lint import CharacterClass, Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import whole_number

MIN_LENGTH = 6
"""libpwquality takes no smaller one."""

CREDITS = {
    "lcredit": CharacterClass.LOWERCASE,
    "ucredit": CharacterClass.UPPERCASE,
    "dcredit": CharacterClass.DIGIT,
    "ocredit": CharacterClass.SYMBOL,
}


def settings(root: Node) -> Iterator[PasswordPolicy]:
    """The whole file is the policy; one of comments alone is the defaults'."""
    known = [root.members[key] for key in ("minlen", "minclass", *CREDITS) if key in root.members]
    if not root.members:
        return
    draft = Draft("pwquality", known[0] if known else next(iter(root.members.values())))
    requirements(draft, root.members)
    enforcing = root.get("enforcing")
    if enforcing is not None and whole_number(enforcing) == 0:
        draft.mark(hints_only=True)
    yield draft.done()


def requirements(draft: Draft, stated: Mapping[str, Node]) -> None:
    """What the settings ask for; the arguments of a PAM module have the same names."""
    _length(draft, stated)
    draft.number("min_classes", stated.get("minclass"))
    for key, cls in CREDITS.items():
        node = stated.get(key)
        value = whole_number(node) if node is not None else 0
        if node is not None and (value is None or value < 0):
            draft.put_required(cls, Setting(None if value is None else -value, node.span, identity=key))
    draft.flag("dictionary", stated.get("dictcheck"))


def _length(draft: Draft, stated: Mapping[str, Node]) -> None:
    """A positive credit makes up for a character of length; the shortest password uses all of them."""
    length = stated.get("minlen")
    if length is None:
        return
    value = whole_number(length)
    rewards = [whole_number(stated[key]) or 0 for key in CREDITS if key in stated]
    if value is not None:
        value = max(value, MIN_LENGTH)
        value = max(value - sum(credit for credit in rewards if credit > 0), MIN_LENGTH)
    draft.put("min_length", Setting(value, length.span, identity="minlen"))
