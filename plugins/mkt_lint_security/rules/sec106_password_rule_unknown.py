"""Requirements of a password policy that the product does not know."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, Settings, SettingsRule, Verdict


class PasswordRuleUnknown(SettingsRule):
    """Requirement of a password policy that the product does not know.

    ## Why

    A name that is misspelt, `specialChar(1)` for `specialChars(1)`, makes Keycloak refuse the whole policy or, in some
    ways of importing it, go without: what was to be asked of passwords is not. The same holds of an argument that
    is no number.

    ## Examples

    ```json bad
    {
      "realm": "shop",
      "enabled": true,
      "sslRequired": "external",
      "passwordPolicy": "length(12) and lowerCase(1) and upperCase(1) and digit(1) and specialChars(1)"
    }
    ```

    ```json good
    {
      "realm": "shop",
      "enabled": true,
      "sslRequired": "external",
      "passwordPolicy": "length(12) and lowerCase(1) and upperCase(1) and digits(1) and specialChars(1)"
    }
    ```

    ## When not to use it

    Where a provider of your own adds requirements to the product.
    """

    confidence = "high"
    messages = {
        "unknown": Message(
            what="{product} does not know this requirement of a password policy.",
            why="It refuses such a policy, or goes without the requirement.",
            todo="Correct its name or its argument, or remove it.",
        ),
    }

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for policy in settings.policies:
            for item in policy.unknown:
                yield self.finding("unknown", at=item.span, product=policy.product)
