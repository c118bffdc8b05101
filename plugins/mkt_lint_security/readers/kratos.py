"""Ory Kratos: the password method of `kratos.yml`."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft
from mkt_lint_security.readers.values import truth


def configurations(root: Node) -> Iterator[PasswordPolicy]:
    """`selfservice.methods.password`, where it is enabled."""
    method = root.get("selfservice", "methods", "password")
    if method is None or method.kind != "object":
        return
    enabled = method.get("enabled")
    if enabled is not None and truth(enabled) is False:
        return
    config = method.get("config")
    length = config.get("min_password_length") if config is not None else None
    draft = Draft("kratos", config if length is not None and config is not None else method, stated=length is not None)
    draft.number("min_length", length)
    draft.flag("breached", config.get("haveibeenpwned_enabled") if config is not None else None)
    yield draft.done()
