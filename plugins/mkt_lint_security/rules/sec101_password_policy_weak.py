"""Password policies that accept passwords weaker than the CNIL recommends."""

from __future__ import annotations

from collections.abc import Iterator

from mkt_lint import Message, Related, RuleOptions, Settings, SettingsRule, Verdict, option
from mkt_lint_security.references import CNIL_2022_100, GDPR_32
from mkt_lint_security.weakness import weakness

_SUM = "The policy accepts passwords of {bits} bits (length {length} × log2({pool}))"
_WHY = (
    "The CNIL recommends at least {restricted_bits} bits where attempts are restricted and {alone_bits} bits otherwise "
    "(recommendation 2022-100)."
)
_WAY_OUT = (
    "With these character classes, ask for at least {restricted_length} characters where attempts are restricted (a "
    "lock after at most {attempts} failures, a rate limit, a captcha), or for at least {alone_length} otherwise."
)
_SMALLEST = "Ask for at least {alone_length} characters, or restrict attempts and ask for at least {restricted_length}."
_RESTRICT = "Lock the account after at most {attempts} failed attempts, or ask for at least {alone_length} characters."


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

    A policy that states fewer than 8 characters, or digits only and fewer than 16, is an error; the rest is a warning,
    since a restriction may be set where the file does not show it. A policy with a regular expression that could make
    up for what it lacks, or with a value from a variable, is undecided.

    Keycloak's realm exports are read as they are. For other products, write the policy down in TOML, YAML or JSON,
    under `password-policy`; the keys are `min-length`, `max-length`, `require` and `allow` (lists of `lowercase`,
    `uppercase`, `digit`, `symbol`), `min-classes`, `lockout` (with `max-attempts` and `enabled`), `rate-limit`,
    `captcha`, `dictionary`, `breached`, `history`, `rotation-days` and `name`, also in snake and camel case.

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

    Eight characters in three classes, and nothing that restricts attempts:

    ```toml bad
    [password-policy]
    min-length = 8
    require = ["lowercase", "uppercase", "digit"]
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

    - `restricted-elsewhere`: attempts are restricted where the linted files do not show it, by a proxy for example.

    ## When not to use it

    For codes that unlock a device the person holds, for one-time codes, and where nobody signs in with a password
    (single sign-on, passkeys). A product that measures how guessable a password is (zxcvbn) needs no such policy.
    """

    confidence = "high"
    jurisdictions = frozenset({"FR"})
    references = (CNIL_2022_100, GDPR_32)
    messages = {
        "short": Message(what=f"{_SUM}.", why=_WHY, todo=_WAY_OUT, severity="error"),
        "weak": Message(what=f"{_SUM}.", why=_WHY, todo=_WAY_OUT),
        "unrestricted": Message(what=f"{_SUM}, and no restriction of attempts was found.", why=_WHY, todo=_RESTRICT),
        "late": Message(what=f"{_SUM}, and locks only after {{found}} failed attempts.", why=_WHY, todo=_RESTRICT),
        "unbounded": Message(what="The policy sets no minimum length of passwords.", why=_WHY, todo=_SMALLEST),
        "missing": Message(
            what="No password policy is set, and {product} then sets no minimum length.", why=_WHY, todo=_SMALLEST
        ),
        "variable": Message(
            what="A value of the password policy comes from a variable, so that its strength cannot be told.",
            why=_WHY,
            todo="Check the value where it is set.",
        ),
        "unmeasured": Message(
            what="The password policy has a requirement whose strength cannot be computed; without it, it is too weak.",
            why=_WHY,
            todo="Check what it requires, or state the minimum length and the character classes beside it.",
        ),
        "unstated": Message(
            what="The password policy states no minimum length.",
            why=_WHY,
            todo="State it here, or check it where it is set.",
        ),
    }

    class Options(RuleOptions):
        restricted_elsewhere: bool = option(False, "Attempts are restricted where the linted files do not show it.")

    options: Options

    def check(self, settings: Settings) -> Iterator[Verdict]:
        for policy in settings.policies:
            if policy.hints_only:
                continue
            found = weakness(policy, restricted_elsewhere=self.options.restricted_elsewhere)
            if found is None:
                continue
            if not found.decided:
                yield self.undecided(found.kind, at=found.at, **found.figures)
                continue
            related = (Related(found.related.span),) if found.related and not found.related.default_of else ()
            yield self.finding(found.kind, at=found.at, related=related, **found.figures)
