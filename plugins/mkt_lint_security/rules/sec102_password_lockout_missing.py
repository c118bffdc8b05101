"""Password policies that would do with a restriction of attempts, and have none that counts."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, RuleOptions, Settings, SettingsRule, Verdict, option
from mkt_lint_security.profile import DEFAULT, ProfileName, profile
from mkt_lint_security.references import CNIL_2017_012, CNIL_2022_100, GDPR_32, NIST_800_63B
from mkt_lint_security.weakness import unrestricted

_BY = "By {text}, passwords need {asks}."
_COUNTS = "By {text}, a lock restricts attempts when it comes after at most {attempts} failures."
_BITS = "The policy accepts passwords of {bits} bits"


class PasswordLockoutMissing(SettingsRule):
    """Password policy that needs a restriction of attempts, and has none that counts.

    ## Why

    The CNIL's recommendation 2022-100 takes 50 bits for enough instead of 80 where attempts are restricted: a lock of
    the account after at most 10 failures, a growing delay, a limit of attempts in a time, a captcha. Any one of them
    will do. A lock that is switched off is none, and neither is one after 30 failures.

    Passwords below 50 bits are too weak with a lock as well; `SEC101` speaks of those, and this rule does not. It says
    nothing of forms either, since those show the browser's side alone.

    Where the product has no way to restrict attempts at all, only 80 bits will do.

    ## Examples

    Eight characters in three classes, and nothing that restricts attempts:

    ```toml bad
    [password-policy]
    min-length = 8
    require = ["lowercase", "uppercase", "digit"]
    ```

    A lock that comes too late:

    ```yaml bad
    password-policy:
      min-length: 8
      min-classes: 3
      lockout: {max-attempts: 30}
    ```

    The same policy with a lock after five failures:

    ```toml good
    [password-policy]
    min-length = 8
    require = ["lowercase", "uppercase", "digit"]
    lockout = { max-attempts = 5 }
    ```

    Enough without a lock:

    ```yaml good
    password-policy:
      min-length: 14
      min-classes: 3
    ```

    ## Options

    - `profile`: the text to measure by, as for `SEC101`.
    - `restricted-elsewhere`: attempts are restricted where the linted files do not show it, by a proxy for example.

    ## When not to use it

    Where nobody signs in with a password (single sign-on, passkeys), or where a second factor is always asked for.
    """

    confidence = "medium"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2022_100, GDPR_32, CNIL_2017_012, NIST_800_63B)
    messages = {
        "none": Message(
            what=f"{_BITS}, and no restriction of attempts was found.",
            why=_BY,
            todo="Lock the account after at most {change}.",
        ),
        "off": Message(
            what=f"{_BITS}, and the lock after failed attempts is switched off.",
            why=_BY,
            todo="Lock the account after at most {change}.",
        ),
        "late": Message(
            what=f"{_BITS}, and locks only after {{found}} failed attempts.",
            why=_BY,
            todo="Lock the account after at most {change}.",
        ),
        "impossible": Message(
            what=f"{_BITS}, and {{product}} has no way to restrict attempts.",
            why=_BY,
            todo="Ask for at least {alone_length} characters.",
        ),
        "off_alone": Message(
            what="The lock after failed attempts is switched off.",
            why=_COUNTS,
            todo="Lock the account after at most {change}.",
        ),
        "late_alone": Message(
            what="The account is locked only after {found} failed attempts.",
            why=_COUNTS,
            todo="Lock the account after at most {change}.",
        ),
        "variable": Message(
            what="Whether attempts are restricted cannot be told, since a value comes from a variable.",
            why=_BY,
            todo="Check the value where it is set.",
        ),
        "unmeasured": Message(
            what="The password policy has a requirement whose strength cannot be computed, and no restriction of "
            "attempts was found.",
            why=_BY,
            todo="Check what it requires, or lock the account after a number of failed attempts.",
        ),
    }

    class Options(RuleOptions):
        profile: ProfileName = option(DEFAULT, "The text to measure by.")
        restricted_elsewhere: bool = option(False, "Attempts are restricted where the linted files do not show it.")

    options: Options

    def check(self, settings: Settings) -> Iterator[Verdict]:
        if self.options.restricted_elsewhere:
            return
        for policy in settings.policies:
            if policy.hints_only or policy.client_side:
                continue
            found = unrestricted(policy, profile(self.options.profile))
            if found is not None:
                say = self.finding if found.decided else self.undecided
                yield say(found.kind, at=found.at, **found.figures)
