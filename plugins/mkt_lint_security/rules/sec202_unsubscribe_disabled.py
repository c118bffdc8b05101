"""Configurations that switch off a product's own way to unsubscribe."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, Settings, SettingsRule, Verdict
from mkt_lint_security.references import GDPR_21


class UnsubscribeDisabled(SettingsRule):
    """Configuration that switches off the way to unsubscribe that the product adds.

    ## Why

    Every marketing message must offer a simple way to object to further ones (GDPR, article 21; in France CPCE, article
    L34-5). Where the product's own link or header is switched off, each template has to bring one, and nothing makes
    up for the one that does not.

    ## Examples

    ```json bad
    {"tracking_settings": {"subscription_tracking": {"enable": false}}}
    ```

    ```json good
    {"tracking_settings": {"subscription_tracking": {"enable": true}}}
    ```

    ## When not to use it

    Where the product sends no marketing, or where all templates have a link of their own, which `EML101` checks.
    """

    confidence = "low"
    references = (GDPR_21,)
    messages = {
        "off": Message(
            what="The way to unsubscribe that {product} adds to messages is switched off.",
            why="Every marketing message must offer a way to object (GDPR, article 21).",
            todo="Switch it on, or make sure that every template has a link to unsubscribe.",
        ),
    }

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for switch in settings.switches:
            if switch.controls == "unsubscribe" and switch.on.value is False:
                yield self.finding("off", at=switch.on, product=switch.product)
