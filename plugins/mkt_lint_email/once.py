"""What is worked out once for a template, however many rules ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from mkt_lint import Template

T = TypeVar("T")


_known: WeakKeyDictionary[Template, dict[Callable[[Template], Any], Any]] = WeakKeyDictionary()
"""What was made of a template, by what made it: one reference for each template, not one for each result."""


def once(work: Callable[[Template], T]) -> Callable[[Template], T]:
    """Keep what a function makes of a template, for as long as the template is there."""

    @wraps(work)
    def kept(template: Template) -> T:
        known = _known.get(template)
        if known is None:
            known = _known[template] = {}
        if work not in known:
            known[work] = work(template)
        made: T = known[work]
        return made

    return kept
