"""Password policies that refuse long passwords."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, RuleOptions, Settings, SettingsRule, Verdict, option
from mkt_lint_security.profile import DEFAULT, ProfileName, profile
from mkt_lint_security.references import CNIL_2022_100, NIST_800_63B


class PasswordMaximumTooShort(SettingsRule):
    """Password policy that refuses passwords long enough for passphrases and password managers.

    ## Why

    A passphrase of seven words, which the CNIL's recommendation 2022-100 names as sufficient, has some fifty
    characters, and password managers make longer ones. NIST asks that 64 characters be taken.

    ## Examples

    ```toml bad
    [password-policy]
    min-length = 14
    min-classes = 3
    max-length = 20
    ```

    ```toml good
    [password-policy]
    min-length = 14
    min-classes = 3
    max-length = 128
    ```

    ## Options

    - `profile`: the text to measure by, as for `SEC101`. `cnil-2017` says nothing of this.

    ## When not to use it

    Where another system that cannot be changed takes no more.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2022_100, NIST_800_63B)
    messages = {
        "short": Message(
            what="The policy refuses passwords of more than this number of characters: {length}.",
            why="Passphrases and the passwords of password managers may be longer, by {text}.",
            todo="Accept at least {least} characters.",
        ),
    }

    class Options(RuleOptions):
        profile: ProfileName = option(DEFAULT, "The text to measure by.")

    options: Options

    def check(self, settings: Settings) -> Iterator[Verdict]:
        by = profile(self.options.profile)
        for policy in settings.policies:
            longest = policy.max_length
            if longest is None or longest.value is None or by.max_length is None:
                continue
            if 0 < longest.value < by.max_length:
                yield self.finding("short", at=longest, length=longest.value, least=by.max_length, text=by.name)
