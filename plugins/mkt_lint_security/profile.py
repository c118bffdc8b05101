"""The texts that a policy may be measured by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from mkt_lint import CharacterClass, Term
from mkt_lint_security.facts import facts

ProfileName: TypeAlias = Literal["cnil-2022", "cnil-2017", "nist-800-63b"]

PROFILES: Mapping[ProfileName, str] = {
    "cnil-2022": "cnil_2022_100",
    "cnil-2017": "cnil_2017_012",
    "nist-800-63b": "nist_800_63b",
}
DEFAULT: ProfileName = "cnil-2022"


class Example(NamedTuple):
    """What a text names as sufficient, whatever the arithmetic says."""

    length: int
    classes: int
    restricted: bool
    """Only where attempts are restricted."""


class Bits(NamedTuple):
    """The entropy that a text asks for."""

    alone: int
    restricted: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What one text asks of passwords."""

    name: Term
    asks: Term
    bits: Bits | None
    """None where it asks for no entropy."""
    examples: tuple[Example, ...]
    pools: Mapping[CharacterClass, int]
    full_symbols: int
    max_attempts: int
    """A lock counts as a restriction when it comes after at most this many failed attempts."""
    max_length: int | None
    """A policy may refuse no password that is not longer than this; None where the text does not say."""


@cache
def profile(name: ProfileName) -> Profile:
    """One of the texts."""
    known = facts(PROFILES[name])
    bits = known.get("bits")
    return Profile(
        name=Term(known["name"]),
        asks=Term(known["asks"]),
        bits=Bits(bits["alone"], bits["restricted"]) if bits else None,
        examples=tuple(Example(row["length"], row["classes"], row["restricted"]) for row in known["examples"]),
        pools={cls: known["pools"][cls] for cls in CharacterClass},
        full_symbols=known["pools"].get("full-symbols", 0),
        max_attempts=known["lockout"]["max-attempts"],
        max_length=known.get("max-length"),
    )
