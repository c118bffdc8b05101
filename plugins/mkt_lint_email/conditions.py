"""Conditions of template code: what is there for some recipients alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from mkt_lint import Template
from mkt_lint_email.once import once

_OPENS = (
    r"(?:\{%[-~+]?\s*|\{\{[-~]?\s*[#^]?\s*|\{\{!|<%[-=~]?\s*(?:\}\s*)?|@|\*\||%%\[\s*|\{[#@:])"
    r"(?:if|unless|case|switch|with|when|ifnot)\b"
)
_SECTION = r"\{\{[-~]?\s*[#^]\s*(?!each\b|list\b|foreach\b)"
_CLOSES = (
    r"(?:\{%[-~+]?\s*(?:endif|endunless|endcase|endwith|endswitch)\b"
    r"|\{\{[-~]?\s*(?:/|end\b)|<%[-=~]?\s*(?:end\b|\}\s*[-~]?%>)|@end|\*\|end:|%%\[\s*endif)"
)
_LOOPS = r"\{\{[-~]?\s*(?:(?:range|block|define)\b|#\s*(?:each|list|foreach)\b)|<%.*\b(?:do|forEach|each|for)\b"
_CONSENT = r"consent|opt_?in|optin|track|cookie|pixel|gdpr|rgpd|accept"


class Condition(NamedTuple):
    """What a place stands under."""

    inside: bool
    """Template code decides whether the place is there at all."""
    of_consent: bool
    """One of the conditions speaks of consent."""


class _Conditions(NamedTuple):
    starts: list[int]
    after: list[Condition]
    """What holds after the code that begins there."""


_FREE = Condition(inside=False, of_consent=False)


def condition_at(template: Template, offset: int) -> Condition:
    """What the place at an offset stands under."""
    starts, after = _conditions(template)
    index = bisect_left(starts, offset) - 1
    return after[index] if index >= 0 else _FREE


@once
def _conditions(template: Template) -> _Conditions:
    opens, closes, loops = _patterns()
    starts: list[int] = []
    after: list[Condition] = []
    around = [_FREE]
    for code in template.codes:
        if code.comment:
            continue
        if closes.match(code.text):
            if len(around) > 1:
                around.pop()
        elif opens.match(code.text) or re.match(_SECTION, code.text):
            consent = around[-1].of_consent or re.search(_CONSENT, code.text.lower()) is not None
            around.append(Condition(inside=True, of_consent=consent))
        elif loops.match(code.text):
            around.append(around[-1])
        starts.append(code.start)
        after.append(around[-1])
    return _Conditions(starts, after)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(_OPENS, re.IGNORECASE),
        re.compile(_CLOSES, re.IGNORECASE),
        re.compile(_LOOPS, re.IGNORECASE),
    )
