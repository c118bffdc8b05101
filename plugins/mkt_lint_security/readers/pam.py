"""PAM's stacks, `/etc/pam.d/*`: what is asked of a new password, and when an account is locked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkt_lint import Node, PasswordPolicy, Setting
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.pwquality import CREDITS, requirements
from mkt_lint_security.readers.values import whole_number

_QUALITY = frozenset({"pam_pwquality.so", "pam_cracklib.so"})
_LOCKS = frozenset({"pam_faillock.so", "pam_tally.so", "pam_tally2.so"})
_PARTS = 3
"""Type, control and module; what follows are the module's arguments."""


def stacks(root: Node) -> Iterator[PasswordPolicy]:
    """The policy of the lines `password`, and the lock of the lines `auth`; what another file sets is not known."""
    found: dict[str, tuple[Node, Mapping[str, Node]]] = {}
    for line in root.items:
        words = line.items
        if len(words) < _PARTS:
            continue
        kind = str(words[0].value).lstrip("-").lower()
        module = str(words[2].value).rpartition("/")[2]
        stated = {word.key: word for word in words[_PARTS:] if word.key is not None}
        if kind == "password" and module in _QUALITY and {"minlen", "minclass", *CREDITS} & stated.keys():
            found.setdefault("quality", (words[2], stated))
        elif kind == "password" and module == "pam_unix.so" and {"minlen", "min"} & stated.keys():
            found.setdefault("unix", (words[2], stated))
        elif kind == "auth" and module in _LOCKS and "deny" in stated:
            found.setdefault("lock", (words[2], stated))
    policy = found.get("quality") or found.get("unix")
    lock = found["lock"][1]["deny"] if "lock" in found else None
    if policy is not None:
        yield _policy(*policy, lock, quality="quality" in found)
    elif lock is not None:
        draft = Draft("faillock", lock)
        draft.mark(attempts_only=True)
        draft.lockout(lock)
        yield draft.done()


def _policy(module: Node, stated: Mapping[str, Node], lock: Node | None, *, quality: bool) -> PasswordPolicy:
    draft = Draft("pam", module)
    length = stated.get("minlen") or stated.get("min")
    if quality:
        requirements(draft, stated)
        # The rest may stand in pwquality.conf.
        for cls in [cls for key, cls in CREDITS.items() if key not in stated]:
            draft.put_required(cls, Setting(None, module.span, identity=module.path))
        if "minclass" not in stated:
            draft.put("min_classes", Setting(None, module.span, identity=module.path))
    else:
        draft.number("min_length", length)
    if length is None:
        draft.unknown_length(module)
    draft.number("history", stated.get("remember"))
    if lock is not None:
        draft.put_lockout(
            Setting(whole_number(lock) != 0, lock.span, identity=lock.path),
            Setting(whole_number(lock), lock.span, identity=lock.path),
        )
    return draft.done()
