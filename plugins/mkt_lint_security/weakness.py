"""What kind of weak a password policy is, by the CNIL's recommendation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from mkt_lint import PasswordPolicy, Setting, Span
from mkt_lint_security.strength import Strength, attempts_allowed, bits_needed, is_restricted, strength

SHORT = 8
"""Below this many characters, stated in the file, no character classes and no restriction are enough."""

Found: TypeAlias = Literal["short", "weak", "unrestricted", "late", "unbounded", "missing"]
Open: TypeAlias = Literal["variable", "unmeasured", "unstated"]
AnySetting: TypeAlias = Setting[int] | Setting[bool]


class Weakness(NamedTuple):
    """Why a policy does not suffice, or why that cannot be told."""

    kind: Found | Open
    at: Span | PasswordPolicy | AnySetting
    figures: dict[str, Any]
    """What a message about it names: bits, lengths, attempts."""
    decided: bool = True
    related: AnySetting | None = None
    """What else in the file matters."""


def weakness(policy: PasswordPolicy, *, restricted_elsewhere: bool = False) -> Weakness | None:
    """What is wrong with a policy; None where it suffices.

    Args:
        policy: As a reader found it.
        restricted_elsewhere: Attempts are restricted, whatever the policy says.
    """
    if policy.min_length is None:
        return _open("unstated", policy)
    if policy.min_length.value is None:
        return _open("variable", policy.min_length)
    found = strength(policy)
    if found.suffices(restricted=restricted_elsewhere or is_restricted(policy)):
        return None
    if open_ends := (*policy.unmeasured, *(item.span for item in policy.unknown)):
        return _open("unmeasured", min(open_ends))
    hopeful = restricted_elsewhere or is_restricted(policy, hopeful=True)
    if strength(policy, hopeful=True).suffices(restricted=hopeful):
        return _open("variable", next(_undecided(policy)))
    return _weak(policy, policy.min_length, found)


def _open(kind: Open, at: Span | PasswordPolicy | AnySetting) -> Weakness:
    return Weakness(kind, at, _asked(), decided=False)


def _weak(policy: PasswordPolicy, length: Setting[int], found: Strength) -> Weakness:
    stated = length.default_of is None
    figures = _asked() | {
        "alone_length": found.sufficient_length(restricted=False),
        "restricted_length": found.sufficient_length(restricted=True),
    }
    if not policy.stated:
        return Weakness("missing", length, {**figures, "product": policy.product})
    if found.length < SHORT and not stated:
        return Weakness("unbounded", length, figures)
    figures |= {"attempts": attempts_allowed(), "bits": found.bits, "length": found.length, "pool": found.pool}
    if not found.suffices(restricted=True):
        short = stated and (found.length < SHORT or found.digits_only)
        return Weakness("short" if short else "weak", length, figures)
    del figures["restricted_length"]
    lockout = policy.lockout
    if lockout and lockout.enabled.value and lockout.max_attempts and lockout.max_attempts.value:
        attempts = lockout.max_attempts
        return Weakness("late", length, {**figures, "found": lockout.max_attempts.value}, related=attempts)
    return Weakness("unrestricted", length, figures, related=lockout.enabled if lockout else None)


def _asked() -> dict[str, Any]:
    """What the CNIL asks for, as every message says it."""
    return {"alone_bits": bits_needed(restricted=False), "restricted_bits": bits_needed(restricted=True)}


def _undecided(policy: PasswordPolicy) -> Iterator[AnySetting]:
    """The values that come from elsewhere and that matter to the strength."""
    lockout = policy.lockout
    relevant = (
        *policy.required.values(),
        policy.min_classes,
        lockout and lockout.enabled,
        lockout and lockout.max_attempts,
        policy.rate_limit,
        policy.captcha,
    )
    return (setting for setting in relevant if setting and not setting.decided)
