"""What kind of weak a password policy is, by one of the texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from mkt_lint import PasswordPolicy, Setting, Span, Term
from mkt_lint_security.profile import Profile
from mkt_lint_security.strength import Strength, is_restricted, strength

SHORT = 8
"""Below this many characters, stated in the file, no character classes and no restriction are enough."""

Open: TypeAlias = Literal["variable", "unmeasured", "unstated"]
AnySetting: TypeAlias = Setting[int] | Setting[bool]


class Weakness(NamedTuple):
    """Why a policy does not suffice, or why that cannot be told."""

    kind: str
    """The message's key."""
    at: Span | PasswordPolicy | AnySetting
    figures: dict[str, Any]
    """What a message about it names: bits, lengths, attempts."""
    decided: bool = True


def weakness(policy: PasswordPolicy, by: Profile) -> Weakness | None:
    """What is too weak about a policy whatever restricts attempts; None where it may suffice."""
    length = policy.min_length
    if policy.min_bits is None:
        if length is None:
            return _open("unstated", policy, by)
        if length.value is None:
            return _open("variable", length, by)
    elif by.bits is None:
        return _open("unmeasured", policy.min_bits, by)
    found = strength(policy, by=by)
    if found.suffices(restricted=True, by=by):
        return None
    if opened := _openings(policy, by, restricted=True):
        return opened
    return _weak(policy, length or policy.min_bits or policy, found, by)


def unrestricted(policy: PasswordPolicy, by: Profile) -> Weakness | None:
    """What is wrong with how attempts are limited; None where that is well, or does not matter."""
    if policy.attempts_only:
        return None if is_restricted(policy, hopeful=True, by=by) else _attempts(policy, {}, None, by)
    length = policy.min_length
    if (length is None or length.value is None) and policy.min_bits is None:
        return None
    found = strength(policy, by=by)
    restricted = is_restricted(policy, by=by)
    if not found.suffices(restricted=True, by=by) or found.suffices(restricted=restricted, by=by):
        return None
    if opened := _openings(policy, by, restricted=is_restricted(policy, hopeful=True, by=by)):
        return opened
    longer = found.sufficient_length(restricted=False, by=by)
    if not policy.restrictable and longer:
        figures = {**_texts(by), "bits": found.bits, "product": policy.product, "alone_length": longer}
        return Weakness("impossible", policy.min_length or policy, figures)
    return _attempts(policy, {"bits": found.bits}, longer, by)


def _attempts(policy: PasswordPolicy, figures: dict[str, Any], longer: int | None, by: Profile) -> Weakness:
    """Which way attempts are not limited, at the place that says so."""
    otherwise = f", or ask for at least {longer} characters" if longer else ""
    change = Term(f"{by.max_attempts} failed attempts{otherwise}")
    figures = {**figures, **_texts(by), "change": change, "attempts": by.max_attempts}
    place = policy.min_length or policy
    suffix = "_alone" if policy.attempts_only else ""
    lockout = policy.lockout
    if lockout is not None and lockout.enabled.value is False and lockout.enabled.default_of is None:
        return Weakness(f"off{suffix}", lockout.enabled, figures)
    attempts = lockout.max_attempts if lockout is not None and lockout.enabled.value else None
    if attempts is None or not attempts.value:
        return Weakness("none", place, figures)
    at = place if attempts.default_of else attempts
    return Weakness(f"late{suffix}", at, {**figures, "found": attempts.value})


def _openings(policy: PasswordPolicy, by: Profile, *, restricted: bool) -> Weakness | None:
    """What keeps a policy that looks too weak from being judged."""
    if open_ends := (*policy.unmeasured, *(item.span for item in policy.unknown)):
        return _open("unmeasured", min(open_ends), by)
    if strength(policy, hopeful=True, by=by).suffices(restricted=restricted, by=by):
        return _open("variable", next(_undecided(policy)), by)
    return None


def _open(kind: Open, at: Span | PasswordPolicy | AnySetting, by: Profile) -> Weakness:
    return Weakness(kind, at, _texts(by), decided=False)


def _texts(by: Profile) -> dict[str, Term]:
    return {"text": by.name, "asks": by.asks}


def _weak(policy: PasswordPolicy, at: PasswordPolicy | AnySetting, found: Strength, by: Profile) -> Weakness:
    stated = policy.min_length is not None and policy.min_length.default_of is None
    figures: dict[str, Any] = {**_texts(by), "change": _change(policy, found, by)}
    if not policy.stated and found.length < SHORT:
        return Weakness("missing", at, {**figures, "product": policy.product, "length": found.length})
    if found.length < SHORT and not stated:
        return Weakness("unbounded", at, {**figures, "length": found.length})
    if by.bits is None:
        return Weakness("below", at, {**figures, "length": found.length, "classes": found.classes})
    figures |= {"bits": found.bits, "length": found.length, "pool": found.pool}
    if policy.client_side:
        return Weakness("client", at, figures)
    short = stated and (found.length < SHORT or found.digits_only)
    return Weakness("short" if short else "weak", at, figures)


def _change(policy: PasswordPolicy, found: Strength, by: Profile) -> Term:
    """The smallest changes that pass."""
    alone = found.sufficient_length(restricted=False, by=by)
    restricted = found.sufficient_length(restricted=True, by=by)
    classes = _classes_that_do(found, by)
    if not policy.restrictable:
        return Term(f"at least {alone} characters; {policy.product} has no way to restrict attempts")
    ways = [f"at least {restricted} characters"] if restricted else []
    ways += [f"for {classes[0]} in {classes[1]} character classes"] if classes else []
    least = ", or ".join(ways).removeprefix("for ")
    if is_restricted(policy, by=by) or policy.client_side:
        return Term(least)
    measures = f"a lock after at most {by.max_attempts} failures, a rate limit, a captcha"
    if alone is None or restricted is None:
        return Term(f"{least}, and restrict attempts ({measures})")
    return Term(
        f"at least {restricted} characters where attempts are restricted ({measures}), or for at least {alone} "
        "otherwise, with these character classes"
    )


def _classes_that_do(found: Strength, by: Profile) -> tuple[int, int] | None:
    """A length and a number of classes above the policy's own that are enough with a restriction."""
    examples = [
        (example.length, example.classes)
        for example in by.examples
        if example.classes > found.classes and not (found.narrow and example.classes > 3)  # noqa: PLR2004  # of four
    ]
    own = found.sufficient_length(restricted=True, by=by)
    return min((pair for pair in examples if own is None or pair[0] < own), default=None)


def _undecided(policy: PasswordPolicy) -> Iterator[AnySetting]:
    """The values that come from elsewhere and that matter to the strength."""
    lockout = policy.lockout
    relevant = (
        policy.min_bits,
        *policy.required.values(),
        policy.min_classes,
        lockout and lockout.enabled,
        lockout and lockout.max_attempts,
        policy.rate_limit,
        policy.captcha,
    )
    return (setting for setting in relevant if setting and not setting.decided)
