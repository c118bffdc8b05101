"""Supabase's `config.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import CharacterClass, Node, PasswordPolicy
from mkt_lint_security.readers.draft import Draft, product
from mkt_lint_security.readers.values import comes_from_elsewhere, truth, word

_OWN = ("minimum_password_length", "password_requirements", "site_url", "jwt_expiry", "enable_signup")


def configurations(root: Node) -> Iterator[PasswordPolicy]:
    """What `[auth]` says."""
    auth = root.get("auth")
    if auth is None or not any(key in auth.members for key in _OWN):
        return
    enabled = auth.get("enabled")
    if enabled is not None and truth(enabled) is False:
        return
    length, classes = auth.get("minimum_password_length"), auth.get("password_requirements")
    draft = Draft("supabase", auth, stated=length is not None or classes is not None)
    draft.number("min_length", length)
    if classes is not None and word(classes):
        for name in product("supabase")["requirements"].get(word(classes), ()):
            draft.require_here(CharacterClass(name), classes.span)
    elif classes is not None and comes_from_elsewhere(classes):
        draft.unmeasured(classes.span)
    draft.flag("captcha", auth.get("captcha", "enabled"))
    limit = auth.get("rate_limit", "sign_in_sign_ups")
    if limit is not None and isinstance(limit.value, int):
        draft.set("rate_limit", limit.value > 0, limit)
    yield draft.done()
