"""How strong the weakest password is that a policy accepts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mkt_lint import CharacterClass, PasswordPolicy, Setting
from mkt_lint_security.profile import DEFAULT, Profile, profile

MAX_LENGTH = 1_000_000
"""Beyond this, more characters are no more of a policy."""
MAX_SEARCH = 200
"""No text asks for more characters than this."""


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
    estimated: int = 0
    """Bits that the product itself makes sure of."""
    narrow: bool = False
    """Whether there are fewer symbols than a keyboard has."""

    @property
    def exact_bits(self) -> float:
        return max(self.estimated, min(self.length, MAX_LENGTH) * math.log2(self.pool))

    @property
    def bits(self) -> float:
        """To one decimal, rounded down, so that what is just below a threshold does not look as if it reached it."""
        return math.floor(self.exact_bits * 10) / 10

    def suffices(self, *, restricted: bool, by: Profile | None = None) -> bool:
        """Whether it meets a text, the CNIL's of 2022 by default: by the arithmetic, or by one of its own examples."""
        by = by or profile(DEFAULT)
        if by.bits is not None and self.exact_bits >= (by.bits.restricted if restricted else by.bits.alone):
            return True
        return any(
            self.length >= example.length
            and self.classes >= example.classes
            and (restricted or not example.restricted)
            and not (self.narrow and example.classes == len(CharacterClass))
            for example in by.examples
        )

    def sufficient_length(self, *, restricted: bool, by: Profile | None = None) -> int | None:
        """The smallest length that would do, the character classes being what they are; None where none would."""
        candidates = (Strength(length, self.pool, self.classes, narrow=self.narrow) for length in range(1, MAX_SEARCH))
        enough = (candidate.length for candidate in candidates if candidate.suffices(restricted=restricted, by=by))
        return next(enough, None)


def strength(policy: PasswordPolicy, *, hopeful: bool = False, by: Profile | None = None) -> Strength:
    """The strength of a policy whose minimum length is known.

    Args:
        policy: Its other values may come from elsewhere.
        hopeful: Take those for the strongest that they can be, rather than for the weakest.
        by: Whose count of characters; the CNIL's of 2022 by default.

    Raises:
        ValueError: the minimum length is not known, nor an estimate of the product's own.
    """
    length = policy.min_length.value if policy.min_length is not None else None
    estimated = _value(policy.min_bits, 1000 if hopeful else 0)
    if length is None and policy.min_bits is None:
        raise ValueError
    by = by or profile(DEFAULT)
    symbols = policy.symbols.value if policy.symbols is not None else None
    sizes = {**by.pools}
    narrow = symbols is not None and symbols < by.full_symbols
    if narrow and symbols is not None:
        sizes[CharacterClass.SYMBOL] = max(1, symbols)
    counts = {cls: _value(setting, 1 if hopeful else 0) for cls, setting in policy.required.items()}
    forced = {cls for cls, number in counts.items() if number > 0}
    pools = {cls: sizes[cls] for cls in policy.allowed | forced}
    number = _value(policy.min_classes, len(pools) if hopeful else 0)
    for cls in sorted(pools.keys() - forced, key=lambda cls: (pools[cls], cls)):
        if len(forced) < number:
            forced.add(cls)
    # A policy that forces too little is counted as one of letters in one case, as far as it allows letters at all.
    letter = pools.get(CharacterClass.LOWERCASE) or pools.get(CharacterClass.UPPERCASE) or min(pools.values())
    return Strength(
        max(length or 0, sum(counts.values())),
        pool=max(letter, sum(pools[cls] for cls in forced)),
        classes=max(1, len(forced)),
        digits_only=pools.keys() == {CharacterClass.DIGIT},
        estimated=estimated,
        narrow=narrow,
    )


def is_restricted(policy: PasswordPolicy, *, hopeful: bool = False, by: Profile | None = None) -> bool:
    """Whether the policy limits attempts in a way that counts. `hopeful` and `by` as for `strength`."""
    if _value(policy.rate_limit, hopeful) or _value(policy.captcha, hopeful):
        return True
    if policy.lockout is None or not _value(policy.lockout.enabled, hopeful):
        return False
    attempts = _value(policy.lockout.max_attempts, 1 if hopeful else 0)
    return 1 <= attempts <= (by or profile(DEFAULT)).max_attempts


def _value(setting: Setting[int] | Setting[bool] | None, otherwise: int) -> int:
    """A value; `otherwise` where it comes from elsewhere, 0 where there is none."""
    if setting is None:
        return 0
    return otherwise if setting.value is None else setting.value
