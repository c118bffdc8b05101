"""Password policies that make users change their password after some days."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, Settings, SettingsRule, Verdict
from mkt_lint_security.references import CNIL_2022_100, NIST_800_63B


class PasswordRotationForced(SettingsRule):
    """Password policy that makes users change their password after some days.

    ## Why

    Since its recommendation 2022-100, the CNIL no longer advises to make ordinary users change their password at
    intervals: they choose weaker ones, and variants of the last. It keeps the advice for administrators. NIST forbids
    it. A change is asked for when a password is known or thought to be known to others.

    ## Examples

    ```toml bad
    [password-policy]
    min-length = 14
    min-classes = 3
    rotation-days = 90
    ```

    ```toml good
    [password-policy]
    min-length = 14
    min-classes = 3
    rotation-days = 0
    ```

    ## When not to use it

    For accounts of administrators, of which the CNIL still recommends it; and where a contract or another norm demands
    it.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2022_100, NIST_800_63B)
    messages = {
        "forced": Message(
            what="Users must change their password after this number of days: {days}.",
            why="The CNIL no longer recommends this for ordinary users (recommendation 2022-100).",
            todo="Let passwords be, and ask for a change when one may be known to others.",
            severity="note",
        ),
        "forced_by_default": Message(
            what="Users must change their password after this number of days, by {product}'s default: {days}.",
            why="The CNIL no longer recommends this for ordinary users (recommendation 2022-100).",
            todo="Switch it off, and ask for a change when a password may be known to others.",
            severity="note",
        ),
    }

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for policy in settings.policies:
            rotation = policy.rotation_days
            if rotation is None or not rotation.value or rotation.value < 0:
                continue
            if rotation.default_of:
                yield self.finding("forced_by_default", at=rotation, days=rotation.value, product=policy.product)
            else:
                yield self.finding("forced", at=rotation, days=rotation.value)
