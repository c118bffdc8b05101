"""The pack's facts, as they lie in `data/`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def facts(name: str) -> dict[str, Any]:
    """The facts of one file, by its name without ending."""
    return tomllib.loads((files("mkt_lint_security") / "data" / f"{name}.toml").read_text(encoding="utf-8"))
