"""Postal addresses in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

from mkt_lint import Template
from mkt_lint_email.facts import words
from mkt_lint_email.wording import folded, folded_text, names

Address: TypeAlias = Literal["given", "placeholder", "missing"]

_STATES = (
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|PR|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY]"
)
_POSTCODES = (
    rf"\b(?:{_STATES}),? +\d{{5}}(?:-\d{{4}})?\b",
    r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b",
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b",
    r"\b(?:F-|D-|E-|I-|B-|CH-|A-|L-|NL-)\d{4,5}\b",
    r"\b\d{4} ?[A-Z]{2} +[A-Z][a-z]{2,}",
    r"\b\d{2}-\d{3} +[A-ZŁŚŻ][a-złśż]{2,}",
    r"(?<![\d.,#])\d{5},? +(?!(?:EUR|USD|GBP|CHF)\b)[A-ZÀ-Ý][\w'-]{2,}",
)
"""US, CA, GB, several with the country's sign, NL, PL; five digits and a place for the others."""
_NUMBER = r"\d{1,5}(?:[a-z]|-\d{1,5}| ?(?:bis|ter|quater))?"
_AROUND = 60


def postal_address(template: Template) -> Address:
    """Whether a message, with all that it takes in, has a postal address, a tag or a variable for one."""
    found: Address = "missing"
    for part in template.all_parts():
        if next(part.tags("address"), None) is not None or _by_code(part):
            return "given"
        text = part.visible_text
        plain = folded_text(part)
        stands_in = any(word in plain for word in words("address", "placeholder"))
        if any(True for _ in _places(text, plain)):
            if not stands_in:
                return "given"
            found = "placeholder"
        elif stands_in:
            found = "placeholder"
    return found


def _by_code(template: Template) -> bool:
    if any(names(folded(code.text), "address", "variable") for code in template.codes if not code.comment):
        return True
    # the tags of other systems: %%Member_Addr%%, {street}, [[ADDRESS]]
    tags = re.findall(r"[{\[%*#]{1,3}\|?[\w.:-]{3,40}\|?[}\]%*#]{1,3}", template.visible_text)
    return any(names(folded(tag), "address", "variable") for tag in tags) or any(
        element.tag == "address" and element.text for element in template.elements
    )


def _places(text: str, plain: str) -> Iterator[int]:
    for pattern in _POSTCODES:
        for found in re.finditer(pattern, text):
            yield found.start()
    for found in _streets().finditer(plain):
        yield found.start()
    if any(word in plain for word in words("address", "box")) or re.search(r"\b(?:bp|cs) ?\d{2,5}\b", plain):
        yield 0


@cache
def _streets() -> re.Pattern[str]:
    """A street with its number, in a folded text."""
    after, before, first = (
        "|".join(re.escape(word) for word in words("address", key))
        for key in ("street_after_number", "street_before_number", "street_first")
    )
    return re.compile(
        rf"(?<![\d.,/]){_NUMBER},? (?:[\w.'-]{{1,40}} ){{0,3}}?(?:{after})\b(?!%)"
        rf"|\b\w{{1,40}}?(?:{before})\s?{_NUMBER}\b"
        rf"|\b(?:{before}) {_NUMBER}\b"
        rf"|(?<!\w)(?:{first}) (?:[\w.'-]{{1,40}} ){{1,5}}?,? ?(?:n[.º°o]* ?)?{_NUMBER}\b"
    )
