"""Policies of directories in LDIF: 389 Directory Server, FreeIPA, domains of Active Directory and their exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mkt_lint import CharacterClass, Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import truth, whole_number
from mkt_lint_security.readers.windows import COMPLEX_CLASSES, COMPLEX_LENGTH

_DAY = 24 * 60 * 60
_TICKS = 10_000_000
"""Of a second, in which Active Directory counts; a period is negative."""

_NUMBER = re.compile(r"-?[0-9]{1,19}")
_NEVER = -(2**63)


class _Names(NamedTuple):
    """Attributes of one product, in lower case."""

    product: str
    length: str
    lock: str
    """The number of failures."""
    history: str
    age: str
    ticks: int
    """Of the age in a second."""
    categories: str = ""
    lock_switch: str = ""


_DIRECTORIES = (
    _Names(
        "389-ds", "passwordminlength", "passwordmaxfailure", "passwordinhistory", "passwordmaxage", 1,
        "passwordmincategories", "passwordlockout",
    ),
    _Names(
        "freeipa", "krbpwdminlength", "krbpwdmaxfailure", "krbpwdhistorylength", "krbmaxpwdlife", 1,
        "krbpwdmindiffchars",
    ),
    _Names(
        "active-directory", "msds-minimumpasswordlength", "msds-lockoutthreshold", "msds-passwordhistorylength",
        "msds-maximumpasswordage", -_TICKS,
    ),
    _Names("active-directory", "minpwdlength", "lockoutthreshold", "pwdhistorylength", "maxpwdage", -_TICKS),
)  # fmt: skip
_COUNTS = {
    "passwordminlowers": CharacterClass.LOWERCASE,
    "passwordminuppers": CharacterClass.UPPERCASE,
    "passwordmindigits": CharacterClass.DIGIT,
    "passwordminspecials": CharacterClass.SYMBOL,
}


def policies(root: Node) -> Iterator[PasswordPolicy]:
    """Whole entries; what a change leaves alone is not known."""
    for entry in root.items:
        for names in _DIRECTORIES:
            if names.length in entry.members and "changetype" not in entry.members:
                yield _policy(names, entry.members)


def _policy(names: _Names, stated: Mapping[str, Node]) -> PasswordPolicy:
    length = stated[names.length]
    draft = Draft(names.product, length)
    draft.number("min_length", length)
    draft.number("history", stated.get(names.history))
    draft.number("min_classes", stated.get(names.categories))
    for key, cls in _COUNTS.items():
        if names.product == "389-ds" and key in stated:
            draft.require(cls, stated[key], count=True)
    checked = stated.get("passwordchecksyntax")
    if names.product == "389-ds" and checked is not None and truth(checked) is False:
        draft.set("min_length", 0, checked)
    complexity = stated.get("msds-passwordcomplexityenabled") or stated.get("pwdproperties")
    if names.product == "active-directory" and complexity is not None and _is_complex(complexity):
        draft.set("min_classes", COMPLEX_CLASSES, complexity)
        if (whole_number(length) or 0) < COMPLEX_LENGTH:
            draft.set("min_length", COMPLEX_LENGTH, length)
    age = stated.get(names.age)
    days = _days(age, names.ticks) if age is not None else 0
    if age is not None and days > 0:
        draft.set("rotation_days", days, age)
    _lockout(draft, stated.get(names.lock_switch), stated.get(names.lock))
    return draft.done()


def _is_complex(node: Node) -> bool:
    """`TRUE` of an exception's, or a domain's bits, of which the lowest says so."""
    text = str(node.value).strip()
    return int(text) % 2 == 1 if text.isdecimal() and text.isascii() else truth(node) is True


def _days(age: Node, ticks: int) -> int:
    """0 for an age that is none; Active Directory writes never as the smallest number of 64 bits."""
    text = str(age.value).strip()
    if not _NUMBER.fullmatch(text) or int(text) == _NEVER:
        return 0
    return -(-(int(text) // ticks) // _DAY)


def _lockout(draft: Draft, switch: Node | None, failures: Node | None) -> None:
    """A number of 0 switches it off, as the switch does where there is one."""
    attempts = Setting(whole_number(failures), failures.span, identity=failures.path) if failures is not None else None
    enabled = Setting(truth(switch), switch.span, identity=switch.path) if switch is not None else None
    if attempts is not None and (enabled is None or attempts.value == 0):
        enabled = Setting(attempts.value != 0, attempts.span, identity=attempts.identity)
    if attempts is not None or enabled is not None:
        draft.put_lockout(enabled, attempts)
