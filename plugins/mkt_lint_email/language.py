"""Which language a text is in, by its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from mkt_lint import Template
from mkt_lint_email.facts import keys, words
from mkt_lint_email.once import once
from mkt_lint_email.wording import folded_text

_CODE = r"\{\{.{0,200}?\}\}+|\{%.{0,200}?%\}|<%.{0,200}?%>|\*\|.{0,80}?\|\*|%%.{0,80}?%%|\[\[.{0,80}?\]\]"
_LEAST = 4
"""Common words that a text needs to be told by; fewer are a heading."""
_SHARE = 0.6
"""The part that the likeliest language must have of the common words of the likeliest two."""
_PART = 0.5
"""Of the likeliest language's common words, as many of another one make a text bilingual."""


def common_words(text: str) -> Counter[str]:
    """How many of each language's common words a folded text has, by two-letter code; template code is left out."""
    counts: Counter[str] = Counter()
    languages = _languages()
    for word, number in Counter(re.findall("[a-z]+", re.sub(_CODE, " ", text))).items():
        for code in languages.get(word, ()):
            counts[code] += number
    return counts


def likeliest(counts: Counter[str], least: int = _LEAST) -> str | None:
    """The language that the common words of a text speak for; None where that is not plain."""
    (first, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= least and most > second and most >= _SHARE * (most + second) else None


def is_bilingual(counts: Counter[str]) -> bool:
    """Whether a second language has a good part in a text."""
    (_, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return second > _PART * most


def message_language(template: Template) -> str | None:
    """The language of a message with all that it takes in."""
    counts: Counter[str] = Counter()
    for part in template.all_parts():
        counts += words_of(part)
    return likeliest(counts)


@once
def words_of(template: Template) -> Counter[str]:
    """The common words of one file's visible text."""
    return common_words(folded_text(template))


@cache
def _languages() -> dict[str, list[str]]:
    """Common word to the languages that have it."""
    languages: dict[str, list[str]] = {}
    for code in keys("languages"):
        for word in words("languages", code):
            languages.setdefault(word, []).append(code)
    return languages
