"""The project's own addresses."""

from __future__ import annotations

from typing import Final

HOME: Final = "https://github.com/mkt-lint/mkt-lint"
DOCUMENTATION: Final = "https://mkt-lint.github.io/mkt-lint/"


def rule_page(code: str) -> str:
    """Where a rule is explained."""
    return f"{DOCUMENTATION}rules/{code}/"
