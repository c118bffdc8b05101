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


@cache
def words(group: str, key: str) -> tuple[str, ...]:
    """A list of `data/words.toml`."""
    return tuple(_load("words")[group][key])


@cache
def _load(name: str) -> dict[str, Any]:
    return tomli.loads((_DATA / f"{name}.toml").read_text("utf-8"))
