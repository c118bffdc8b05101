"""Policies of OpenLDAP's ppolicy overlay, in LDIF."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import truth, whole_number

_DAY = 24 * 60 * 60


def policies(root: Node) -> Iterator[PasswordPolicy]:
    """Entries with an attribute of ppolicy."""
    for entry in root.items:
        keys = ("pwdminlength", "pwdmaxfailure", "pwdlockout", "pwdcheckquality")
        stated = next((entry.members[key] for key in keys if key in entry.members), None)
        if stated is None or "changetype" in entry.members:
            continue
        length, quality = entry.get("pwdminlength"), entry.get("pwdcheckquality")
        draft = Draft("openldap", length or stated)
        draft.mark(attempts_only=length is None and quality is None)
        if quality is not None and whole_number(quality) == 0 and length is not None:
            draft.set("min_length", 0, quality)  # without a check the length counts for nothing
        else:
            draft.number("min_length", length)
        draft.number("history", entry.get("pwdinhistory"))
        age = entry.get("pwdmaxage")
        if age is not None and (seconds := whole_number(age)) is not None and seconds > 0:
            draft.set("rotation_days", -(-seconds // _DAY), age)
        _lockout(draft, entry)
        yield draft.done()


def _lockout(draft: Draft, entry: Node) -> None:
    """`pwdLockout` switches it on, and `pwdMaxFailure: 0` off again."""
    lock, failures = entry.get("pwdlockout"), entry.get("pwdmaxfailure")
    attempts = Setting(whole_number(failures), failures.span, identity=failures.path) if failures is not None else None
    enabled = Setting(truth(lock), lock.span, identity=lock.path) if lock is not None else None
    if attempts is not None and attempts.value == 0:
        enabled = Setting(False, attempts.span, identity=attempts.identity)
    draft.put_lockout(enabled, attempts)
