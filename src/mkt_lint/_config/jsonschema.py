"""The configuration's schema, for editors."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mkt_lint._config.model import RuleConfig
from mkt_lint._config.schema import file_shape, keys_of, override_shape
from mkt_lint._rule import ALL

if TYPE_CHECKING:
    from mkt_lint._rule import Rule, RuleReference


def schema(rules: Iterable[tuple[RuleReference, type[Rule]]]) -> dict[str, Any]:
    """JSON Schema (2020-12) of mkt-lint.toml and of `[tool.mkt-lint]`, with the options of these rules."""
    described = sorted(rules, key=lambda pair: pair[0].code)
    top = file_shape().json()
    overrides = override_shape().json()
    for table in (top, overrides):
        table["properties"]["rules"] = {
            "$ref": "#/$defs/rules", "description": table["properties"]["rules"]["description"]
        }  # fmt: skip
    top["properties"]["overrides"]["items"] = overrides
    words = [ALL, *(reference.code for reference, _ in described), *(reference.name for reference, _ in described)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mkt-lint.toml",
        "description": "The configuration of mkt-lint; in a pyproject.toml it stands under [tool.mkt-lint].",
        **top,
        "$defs": {
            "selector": {
                "description": "A rule's code or name, the beginning of codes, or ALL.",
                "type": "string",
                "anyOf": [{"enum": words}, {"pattern": "^[A-Z]{2,8}[0-9]{0,2}$"}],
            },
            "rules": {
                "type": "object",
                "properties": {
                    word: {"$ref": f"#/$defs/{reference.code}"}
                    for reference, _ in described
                    for word in (reference.code, reference.name)
                },
                "additionalProperties": False,
            },
            **{reference.code: _rule(rule) for reference, rule in described},
        },
    }


def _rule(rule: type[Rule]) -> dict[str, Any]:
    keys = {**keys_of(RuleConfig), **keys_of(rule.Options)}
    return {
        "description": inspect.cleandoc(rule.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {name: key.json() for name, key in keys.items()},
        "additionalProperties": False,
    }
