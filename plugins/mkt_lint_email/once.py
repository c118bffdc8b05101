"""What is worked out once for a template, however many rules ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from mkt_lint import Template

T = TypeVar("T")


def once(work: Callable[[Template], T]) -> Callable[[Template], T]:
    """Keep what a function makes of a template, for as long as the template is there."""
    known: WeakKeyDictionary[Template, T] = WeakKeyDictionary()

    @wraps(work)
    def kept(template: Template) -> T:
        try:
            return known[template]
        except KeyError:
            known[template] = made = work(template)
            return made

    return kept
