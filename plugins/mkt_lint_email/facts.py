"""The pack's data: platforms and words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import tomli

from mkt_lint import Platform

_DATA = Path(__file__).with_name("data")


def platforms() -> list[Platform]:
    """All platforms of `data/platforms.toml`."""
    return [
        Platform(
            name=name,
            unsubscribe=tuple(facts.get("unsubscribe", ())),
            preferences=tuple(facts.get("preferences", ())),
            view_online=tuple(facts.get("view_online", ())),
            address=tuple(facts.get("address", ())),
            whole_link=tuple(facts.get("whole_link", ())),
            appends=facts["appends"],
            verified=facts["verified"],
            source=facts["source"],
            date=facts["date"].isoformat(),
        )
        for name, facts in _load("platforms").items()
    ]


_FILES = {
    **dict.fromkeys(("privacy", "retention", "rights", "address", "sender", "company", "subject"), "information"),
    **dict.fromkeys(("consent", "form", "calls"), "consent"),
    "tracking": "tracking",
    "languages": "languages",
    "friction": "friction",
    "sms": "friction",
}
"""Groups of words that stand in a file of their own, which only the rules that need it read."""


@cache
def words(group: str, key: str) -> tuple[str, ...]:
    """A list of words: `data/words.toml`, or the file that holds the group."""
    return tuple(_load(_FILES.get(group, "words"))[group][key])


@cache
def keys(group: str) -> tuple[str, ...]:
    """The names of a group's lists."""
    return tuple(_load(_FILES.get(group, "words"))[group])


def unsubscribe_block(platform: str) -> str | None:
    """What a platform turns into its unsubscribe link, `{label}` standing for the words; None where none is known."""
    block: str | None = _load("blocks")["unsubscribe"].get(platform)
    return block


def address_tag(platform: str) -> str | None:
    """The tag that prints the sender's postal address; None where a platform has none that is known."""
    tag: str | None = _load("blocks")["address"].get(platform)
    return tag


def label(language: str | None) -> str:
    """The words of an unsubscribe link in a language; in English where the language is not known."""
    labels: dict[str, str] = _load("blocks")["label"]
    return labels.get(language or "en", labels["en"])


@cache
def _load(name: str) -> dict[str, Any]:
    return tomli.loads((_DATA / f"{name}.toml").read_text("utf-8"))
