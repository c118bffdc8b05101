"""The CNIL's measure, at and around each of its thresholds and examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkt_lint import CharacterClass, Lockout, PasswordPolicy, Setting, Span, Term
from mkt_lint_security.strength import Strength, is_restricted, strength

LOWER, UPPER, DIGIT, SYMBOL = CharacterClass
PLACE = Span(1, 1, 1, 2)


def at(value: int | None) -> Setting[int]:
    return Setting(value, PLACE)


def policy(length: int, *required: CharacterClass, **others: object) -> PasswordPolicy:
    return PasswordPolicy(
        product=Term("test"),
        span=PLACE,
        identity="",
        min_length=at(length),
        required={cls: at(1) for cls in required},
        **others,  # type: ignore[arg-type]  # each test says what it sets
    )


@pytest.mark.parametrize(
    ("found", "pool", "bits"),
    [
        (policy(8), 26, 37.6),
        (policy(8, LOWER), 26, 37.6),
        (policy(8, DIGIT), 26, 37.6),
        (policy(8, SYMBOL), 37, 41.6),
        (policy(8, LOWER, DIGIT), 36, 41.3),
        (policy(8, LOWER, UPPER, DIGIT), 62, 47.6),
        (policy(8, LOWER, DIGIT, SYMBOL), 73, 49.5),
        (policy(8, *CharacterClass), 99, 53.0),
        (policy(12, *CharacterClass), 99, 79.5),
        (policy(8, min_classes=at(1)), 26, 37.6),
        (policy(8, min_classes=at(2)), 36, 41.3),
        (policy(8, min_classes=at(3)), 62, 47.6),
        (policy(8, min_classes=at(4)), 99, 53.0),
        (policy(8, SYMBOL, min_classes=at(2)), 47, 44.4),
        (policy(8, min_classes=at(9)), 99, 53.0),
        (policy(16, allowed=frozenset({DIGIT})), 10, 53.1),
        (policy(10, DIGIT, allowed=frozenset({DIGIT, LOWER})), 26, 47.0),
        (policy(17), 26, 79.9),
        (policy(0), 26, 0.0),
    ],
)
def test_bits(found: PasswordPolicy, pool: int, bits: float) -> None:
    assert (strength(found).pool, strength(found).bits) == (pool, bits)


def test_a_policy_is_as_long_as_the_characters_it_asks_for() -> None:
    required = {LOWER: at(3), DIGIT: at(4)}
    found = PasswordPolicy(product=Term("test"), span=PLACE, identity="", min_length=at(5), required=required)
    assert strength(found).length == 7


@pytest.mark.parametrize(
    ("found", "alone", "restricted"),
    [
        (policy(12, *CharacterClass), True, True),
        (policy(11, *CharacterClass), False, True),
        (policy(14, LOWER, UPPER, DIGIT), True, True),
        (policy(13, LOWER, UPPER, DIGIT), False, True),
        (policy(8, LOWER, UPPER, DIGIT), False, True),
        (policy(8, min_classes=at(3)), False, True),
        (policy(7, *CharacterClass), False, False),
        (policy(8, LOWER, DIGIT), False, False),
        (policy(16, allowed=frozenset({DIGIT})), False, True),
        (policy(15, allowed=frozenset({DIGIT})), False, False),
        (policy(18), True, True),
        (policy(17), False, True),
        (policy(11), False, True),
        (policy(10), False, False),
    ],
)
def test_what_suffices(found: PasswordPolicy, alone: bool, restricted: bool) -> None:  # parametrized
    assert strength(found).suffices(restricted=False) is alone
    assert strength(found).suffices(restricted=True) is restricted


def lockout(attempts: int | None, *, enabled: bool | None = True) -> Lockout:
    return Lockout(enabled=Setting(enabled, PLACE), max_attempts=at(attempts))


@pytest.mark.parametrize(
    ("found", "sure", "hopeful"),
    [
        (policy(8), False, False),
        (policy(8, lockout=lockout(10)), True, True),
        (policy(8, lockout=lockout(11)), False, False),
        (policy(8, lockout=lockout(0)), False, False),
        (policy(8, lockout=lockout(None)), False, True),
        (policy(8, lockout=lockout(5, enabled=None)), False, True),
        (policy(8, lockout=lockout(5, enabled=False)), False, False),
        (policy(8, lockout=Lockout(enabled=Setting(True, PLACE))), False, False),
        (policy(8, rate_limit=Setting(True, PLACE)), True, True),
        (policy(8, rate_limit=Setting(False, PLACE)), False, False),
        (policy(8, captcha=Setting(True, PLACE)), True, True),
        (policy(8, captcha=Setting(None, PLACE)), False, True),
    ],
)
def test_what_restricts(found: PasswordPolicy, sure: bool, hopeful: bool) -> None:  # parametrized
    assert is_restricted(found) is sure
    assert is_restricted(found, hopeful=True) is hopeful


def test_hope_takes_variables_for_the_strongest() -> None:
    found = PasswordPolicy(
        product=Term("test"),
        span=PLACE,
        identity="",
        min_length=at(8),
        required={DIGIT: at(None)},
        min_classes=at(None),
    )
    assert strength(found) == Strength(8, 26, 1)
    assert strength(found, hopeful=True) == Strength(8, 99, 4)


@given(st.sampled_from([10, 26, 36, 52, 62, 73, 89, 99]), st.integers(1, 4), st.booleans())
def test_the_smallest_length_that_would_do(pool: int, classes: int, restricted: bool) -> None:  # given
    length = Strength(1, pool, classes).sufficient_length(restricted=restricted)
    assert length is not None
    assert Strength(length, pool, classes).suffices(restricted=restricted)
    assert not Strength(length - 1, pool, classes).suffices(restricted=restricted)


def test_absurd_lengths_are_no_problem() -> None:
    assert strength(policy(10**4000)).suffices(restricted=False)
