"""How strong the weakest password is that a policy accepts, by the CNIL's measure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import count
from typing import Any

from mkt_lint import CharacterClass, PasswordPolicy, Setting
from mkt_lint_security.facts import facts

MAX_LENGTH = 1_000_000
"""Beyond this, more characters are no more of a policy."""


def _measure() -> dict[str, Any]:
    return facts("cnil_2022_100")


def bits_needed(*, restricted: bool) -> int:
    """What the CNIL asks for, with or without a restriction of attempts."""
    needed: int = _measure()["bits"]["restricted" if restricted else "alone"]
    return needed


def attempts_allowed() -> int:
    """A lock counts as a restriction when it comes after at most this many failed attempts."""
    attempts: int = _measure()["lockout"]["max-attempts"]
    return attempts


@dataclass(frozen=True, slots=True)
class Strength:
    """Of the weakest password that a policy accepts."""

    length: int
    """In characters."""
    pool: int
    """Characters that an attacker has to try at each place."""
    classes: int
    """Character classes that every password has."""
    digits_only: bool = False

    @property
    def exact_bits(self) -> float:
        return min(self.length, MAX_LENGTH) * math.log2(self.pool)

    @property
    def bits(self) -> float:
        """To one decimal, rounded down, so that what is just below a threshold does not look as if it reached it."""
        return math.floor(self.exact_bits * 10) / 10

    def suffices(self, *, restricted: bool) -> bool:
        """Whether it meets the recommendation: by the arithmetic, or by one of the CNIL's own examples."""
        return self.exact_bits >= bits_needed(restricted=restricted) or any(
            self.length >= example["length"]
            and self.classes >= example["classes"]
            and (restricted or not example["restricted"])
            for example in _measure()["examples"]
        )

    def sufficient_length(self, *, restricted: bool) -> int:
        """The smallest length that would do, the character classes being what they are."""
        candidates = (Strength(length, self.pool, self.classes) for length in count(1))
        return next(candidate.length for candidate in candidates if candidate.suffices(restricted=restricted))


def strength(policy: PasswordPolicy, *, hopeful: bool = False) -> Strength:
    """The strength of a policy whose minimum length is known.

    Args:
        policy: Its other values may come from elsewhere.
        hopeful: Take those for the strongest that they can be, rather than for the weakest.

    Raises:
        ValueError: the minimum length is not known.
    """
    if policy.min_length is None or policy.min_length.value is None:
        raise ValueError
    counts = {cls: _value(setting, 1 if hopeful else 0) for cls, setting in policy.required.items()}
    forced = {cls for cls, number in counts.items() if number > 0}
    pools = {cls: int(_measure()["pools"][cls]) for cls in policy.allowed | forced}
    number = _value(policy.min_classes, len(pools) if hopeful else 0)
    for cls in sorted(pools.keys() - forced, key=lambda cls: (pools[cls], cls)):
        if len(forced) < number:
            forced.add(cls)
    # A policy that forces too little is counted as one of letters in one case, as far as it allows letters at all.
    letter = pools.get(CharacterClass.LOWERCASE) or pools.get(CharacterClass.UPPERCASE) or min(pools.values())
    length = max(policy.min_length.value, sum(counts.values()))
    return Strength(
        length,
        pool=max(letter, sum(pools[cls] for cls in forced)),
        classes=max(1, len(forced)),
        digits_only=pools.keys() == {CharacterClass.DIGIT},
    )


def is_restricted(policy: PasswordPolicy, *, hopeful: bool = False) -> bool:
    """Whether the policy limits attempts in a way that the CNIL counts. `hopeful` as for `strength`."""
    if _value(policy.rate_limit, hopeful) or _value(policy.captcha, hopeful):
        return True
    if policy.lockout is None or not _value(policy.lockout.enabled, hopeful):
        return False
    attempts = _value(policy.lockout.max_attempts, 1 if hopeful else 0)
    return 1 <= attempts <= attempts_allowed()


def _value(setting: Setting[int] | Setting[bool] | None, otherwise: int) -> int:
    """A value; `otherwise` where it comes from elsewhere, 0 where there is none."""
    if setting is None:
        return 0
    return otherwise if setting.value is None else setting.value
