"""Password fields that refuse pasted text."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, Settings, SettingsRule, Verdict
from mkt_lint_security.references import CNIL_2022_100, NIST_800_63B


class PasswordPasteBlocked(SettingsRule):
    """Password field that refuses pasted text.

    ## Why

    Who cannot paste cannot use most password managers, and types a password that is short enough to remember. The
    CNIL's recommendation 2022-100 and NIST ask that pasting be allowed.

    ## Examples

    ```html bad
    <form action="/sign-up" method="post">
      <input type="password" name="password" autocomplete="new-password" onpaste="return false">
    </form>
    ```

    ```html good
    <form action="/sign-up" method="post">
      <input type="password" name="password" autocomplete="new-password">
    </form>
    ```

    ## When not to use it

    There is no reason to block pasting.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2022_100, NIST_800_63B)
    messages = {
        "blocked": Message(
            what="The password field refuses pasted text.",
            why="This keeps users from their password managers, and so from long passwords.",
            todo="Remove the handler.",
        ),
    }

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for policy in settings.policies:
            if policy.paste_blocked is not None and policy.paste_blocked.value:
                yield self.finding("blocked", at=policy.paste_blocked)
