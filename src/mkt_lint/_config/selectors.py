"""What the configuration and the command line give for rules, checked against those that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from mkt_lint._config.spelling import nearest, suggestion
from mkt_lint._rule import ALL, RuleReference, selects


class KnownRules:
    """The rules that there are.

    Args:
        rules: Of the packs in use.
        complete: False where a pack is left out or broken: a code that is not known may then be one of its own.
    """

    def __init__(self, rules: Iterable[RuleReference], *, complete: bool = True) -> None:
        self.rules = tuple(rules)
        self.complete = complete

    @cached_property
    def _codes(self) -> dict[str, str]:
        """By code and by name."""
        return {word: rule.code for rule in self.rules for word in (rule.code, rule.name)}

    def code_of(self, rule: str) -> str:
        """The code of a rule that is given by code or name. Raises `ValueError` if there is no such rule."""
        code = self._codes.get(rule)
        if code is not None:
            return code
        if self.complete:
            raise ValueError(f"there is no rule {rule!r}" + self._suggestion(rule))
        return rule

    def check_selector(self, selector: str) -> None:
        """Raise `ValueError` if a selector means no rule."""
        if not self.knows(selector):
            if not self.rules and selector == ALL:
                return
            raise ValueError(f"there is no rule {selector!r}" + self._suggestion(selector))

    def knows(self, selector: str) -> bool:
        """Whether a selector means a rule, as far as that can be told."""
        return not self.complete or any(selects((selector,), rule.code, rule.name) for rule in self.rules)

    def nearest(self, selector: str) -> str | None:
        """The code or name that was meant, if one is near enough."""
        return nearest(selector, self._words)

    def _suggestion(self, word: str) -> str:
        return suggestion(word, self._words) or "; “mkt-lint rules” lists them"

    @cached_property
    def _words(self) -> Collection[str]:
        return sorted(self._codes)
