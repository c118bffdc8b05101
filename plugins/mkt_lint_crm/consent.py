"""Words that the cells of consent columns give away how a consent came about by."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from mkt_lint_crm.exemptions import expression

CHANNELS = ("mail", "text", "call", "post")


@cache
def _facts() -> dict[str, Any]:
    return tomli.loads((Path(__file__).parent / "data/consent.toml").read_text(encoding="utf-8"))


def pattern(name: str, key: str = "pattern") -> str:
    """A regular expression of `data/consent.toml`, made to compare without case."""
    return expression(_facts()[name][key])


def channels(header: str) -> int:
    """How many channels a header names."""
    return sum(bool(re.search(_facts()["channels"][name], header)) for name in CHANNELS)
