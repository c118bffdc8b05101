"""`faillock.conf`: after how many failures pam_faillock locks an account of Linux."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft


def settings(root: Node) -> Iterator[PasswordPolicy]:
    """`deny`; what is asked of passwords stands in another file."""
    deny = root.get("deny")
    if deny is not None:
        draft = Draft("faillock", deny)
        draft.mark(attempts_only=True)
        draft.lockout(deny)
        yield draft.done()
