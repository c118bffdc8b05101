"""Password policies that accept passwords weaker than the CNIL recommends."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, RuleOptions, Settings, SettingsRule, Verdict, option
from mkt_lint_security.profile import DEFAULT, ProfileName, profile
from mkt_lint_security.references import CNIL_2017_012, CNIL_2022_100, GDPR_32, NIST_800_63B
from mkt_lint_security.weakness import weakness

_SUM = "The policy accepts passwords of {bits} bits (length {length} × log2({pool}))"
_WHY = (
    "The CNIL recommends at least 50 bits where attempts are restricted and 80 bits otherwise "
    "(recommendation 2022-100)."
)
_BY = "By {text}, passwords need {asks}."


class PasswordPolicyWeak(SettingsRule):
    """Password policy that accepts passwords weaker than the CNIL recommends.

    ## Why

    Personal data must be protected by measures that fit the risk (GDPR, article 32). For passwords, the CNIL's
    recommendation 2022-100 of 21 July 2022 says what fits: 80 bits of entropy for a password alone, 50 bits where
    attempts are restricted (a lock after at most 10 failures, a delay, a captcha). It binds nobody by itself, but it is
    what the CNIL measures by: on 8 December 2020 it fined Nestor (SAN-2020-018) over, among other things, accounts
    with passwords of six characters on the site and of a single one in the app.

    The weakest password that the policy accepts is measured: minimum length × log2(size of the character classes that
    the policy forces). Lower and upper case count 26 each, digits 10, symbols 37; a policy that forces no class is
    counted as lower case alone, and "three of four" as the three without symbols. The CNIL's own examples pass whatever
    the arithmetic: 12 characters in four classes, 14 in three; with a restriction, 8 characters in three of the four
    classes, or 16 digits.

    This rule speaks of policies below 50 bits, which no restriction of attempts makes up for; what lies between is the
    matter of `SEC102`. A policy that states fewer than 8 characters, or digits only and fewer than 16, is an error; the
    rest is a warning, and so is what the browser alone enforces. A policy with a regular expression that could make up
    for what it lacks, or with a value from a variable, is undecided.

    The files of many products are read as they are: see [settings](../settings.md). For other products, write the
    policy down in TOML, YAML or JSON, under `password-policy`; the keys are `min-length`, `max-length`, `require` and
    `allow` (lists of `lowercase`, `uppercase`, `digit`, `symbol`), `min-classes`, `lockout` (with `max-attempts` and
    `enabled`), `rate-limit`, `captcha`, `dictionary`, `breached`, `history`, `rotation-days` and `name`, also in snake
    and camel case.

    ## Examples

    Six characters and two classes:

    ```json bad
    {
      "realm": "shop",
      "enabled": true,
      "sslRequired": "external",
      "passwordPolicy": "length(6) and upperCase(1) and digits(1)"
    }
    ```

    Eight characters without any class, whatever restricts attempts:

    ```toml bad
    [password-policy]
    min-length = 8
    lockout = { max-attempts = 5 }
    ```

    Twelve characters in all four classes:

    ```json good
    {
      "realm": "shop",
      "enabled": true,
      "sslRequired": "external",
      "passwordPolicy": "length(12) and lowerCase(1) and upperCase(1) and digits(1) and specialChars(1)"
    }
    ```

    Eight characters in three classes, and a lock after five failures:

    ```toml good
    [password-policy]
    min-length = 8
    require = ["lowercase", "uppercase", "digit"]
    lockout = { max-attempts = 5 }
    ```

    ## Options

    - `profile`: the text to measure by. `cnil-2022` is recommendation 2022-100, `cnil-2017` is 2017-012, which the
      decision on Nestor applied, and `nist-800-63b` is NIST's SP 800-63B-4.

    ## When not to use it

    For codes that unlock a device the person holds, for one-time codes, and where nobody signs in with a password
    (single sign-on, passkeys). A product that measures how guessable a password is (zxcvbn) needs no such policy.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2022_100, GDPR_32, CNIL_2017_012, NIST_800_63B)
    messages = {
        "short": Message(what=f"{_SUM}.", why=_WHY, todo="Ask for {change}.", severity="error"),
        "weak": Message(what=f"{_SUM}.", why=_WHY, todo="Ask for {change}."),
        "client": Message(
            what="The form accepts passwords of {bits} bits (length {length} × log2({pool})), as far as it shows.",
            why=_WHY,
            todo="Ask for {change}, here and on the server.",
        ),
        "below": Message(
            what="The policy accepts passwords of {length} characters; character classes that it forces: {classes}.",
            why=_BY,
            todo="Ask for {change}.",
        ),
        "unbounded": Message(
            what="The policy sets no minimum length, and accepts passwords of this number of characters: {length}.",
            why=_BY,
            todo="Ask for {change}.",
        ),
        "missing": Message(
            what="No password policy is set, and {product} then asks for no more than this number of characters: "
            "{length}.",
            why=_BY,
            todo="Ask for {change}.",
        ),
        "variable": Message(
            what="A value of the password policy comes from a variable, so that its strength cannot be told.",
            why=_BY,
            todo="Check the value where it is set.",
        ),
        "unmeasured": Message(
            what="The password policy has a requirement whose strength cannot be computed; without it, it is too weak.",
            why=_BY,
            todo="Check what it requires, or state the minimum length and the character classes beside it.",
        ),
        "unstated": Message(
            what="The password policy states no minimum length.",
            why=_BY,
            todo="State it here, or check it where it is set.",
        ),
    }

    class Options(RuleOptions):
        profile: ProfileName = option(DEFAULT, "The text to measure by.")

    options: Options

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for policy in settings.policies:
            if policy.hints_only or policy.attempts_only or (policy.paste_blocked and policy.min_length is None):
                continue
            found = weakness(policy, profile(self.options.profile))
            if found is None:
                continue
            say = self.finding if found.decided else self.undecided
            yield say(found.kind, at=found.at, **found.figures)
