"""Configurations that put a tracking pixel into every message."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, Settings, SettingsRule, Verdict
from mkt_lint_security.references import CNIL_2026_042


class OpenTrackingEnabled(SettingsRule):
    """Configuration that puts a tracking pixel into every message.

    ## Why

    A pixel that tells who opened a message, and when, reads from the recipient's device. By the CNIL's recommendation
    2026-042 of 12 March 2026 on article 82 of the French data protection act, that takes a consent of its own, apart
    from the one to receive the message. Some uses need none: security of authentication, and finding inactive
    recipients, with the day of the last opening alone. A switch that covers all messages cannot tell who consented.

    ## Examples

    ```json bad
    {"tracking_settings": {"open_tracking": {"enable": true}}}
    ```

    ```json good
    {"tracking_settings": {"open_tracking": {"enable": false}}}
    ```

    ## When not to use it

    Where all recipients have consented to the pixel, or where it serves a use that needs no consent.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2026_042,)
    messages = {
        "on": Message(
            what="{product} puts a tracking pixel into every message.",
            why="But for a few uses, the CNIL asks for the recipient's consent to them (recommendation 2026-042).",
            todo="Switch it off, or on for those who consented alone.",
        ),
        "variable": Message(
            what="Whether {product} tracks who opens a message cannot be told, since the value comes from a variable.",
            why="The CNIL asks for the recipient's consent to tracking pixels (recommendation 2026-042).",
            todo="Check the value where it is set.",
        ),
    }

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for switch in settings.switches:
            if switch.controls == "open-tracking":
                if switch.on.value is None:
                    yield self.undecided("variable", at=switch.on, product=switch.product)
                elif switch.on.value:
                    yield self.finding("on", at=switch.on, product=switch.product)
