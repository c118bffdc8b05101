"""What a template is for: by configuration, by a comment in it, or by what it shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from mkt_lint._documents.template import Purpose, Template
from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.medium import begins_only, has_layout, is_email, is_page, layout_code

_WHOLE = frozenset(("html", "body", "mjml", "extends"))
_SLOT = (
    r"\{\{\{?[-~]?\s*(?:>\s*body\b|(?:template\s+\"|yield\b|block\s+\"|@?\$?(?:content|body|slot|children|main)\b))"
    r"|<%[-=]\s*(?:yield|body|content)\b"
)
_BLOCK = r"\{%[-~+]?\s*block\b"
"""What a layout leaves open, and what fills it in a file that has one."""
_SLOT_TAGS = frozenset(("yield", "slot"))
_FIRST = 200
"""Elements among which a title stands."""
_OPENING = 400
"""Characters of the visible text that count twice."""
_SKELETON = 25
"""A whole document with fewer words is a frame for a message."""
_LAYOUT = 60
_LAYOUT_REASON = "a layout: the message itself comes from elsewhere"
_ENOUGH = 2
"""What signs of marketing must come to where nothing speaks against it."""
_PLENTY = 8
"""And where something does, but no telling phrase stands in the opening."""
_TELLING = 6
_PICTURES = 4
_SOCIAL = 2
_CODE = r"\{\{[^}]*\}\}+|\{%[^%]*%\}|<%[^%]*%>|\*\|[^|]*\|\*"
_QUOTED = r"[\"']([^\"']* [^\"']*)[\"']"
"""Text for people has blanks, keys and names have none."""
_NETWORKS = ("facebook.", "twitter.", "instagram.", "linkedin.", "youtube.", "pinterest.", "tiktok.")
_PLAIN = {**dict.fromkeys("\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff", ""), "’": "'", "‘": "'"}
"""What is invisible, and quotation marks; one by one, since `str.translate` takes as long as to parse a template."""

_LETTERS = re.compile(r"[^\W\d_]+")
_BEGINNING = 4
"""Letters of a phrase's longest word by which it is looked for."""
_Group: TypeAlias = tuple[tuple[str, ...], int]
"""Phrases of which one counts, and how much."""


class _Groups:
    """Groups of phrases, few of which a text has."""

    def __init__(self, groups: Iterable[_Group]) -> None:
        self._groups = tuple(groups)
        self._with: dict[str, list[int]] = {}
        for number, (phrases, _) in enumerate(self._groups):
            for phrase in phrases:
                self._with.setdefault(phrase, []).append(number)

    def holding(self, phrases: Iterable[str]) -> list[_Group]:
        """Those with one of these phrases, in their order."""
        numbers = {number for phrase in phrases for number in self._with.get(phrase, ())}
        return [self._groups[number] for number in sorted(numbers)]


class _Words(NamedTuple):
    transactional: _Groups
    """Every phrase is a group of its own."""
    marketing: _Groups
    offers: _Groups
    """Those of `marketing` that do not speak of mailings themselves."""
    marketing_names: frozenset[str]
    by_beginning: Mapping[str, Sequence[str]]
    """Phrases by the first letters of their longest word."""
    others: Sequence[str]
    """Phrases of short words alone."""

    def said(self, text: str, opening: str, letters: Collection[str]) -> set[str]:
        """The phrases that stand in one of two texts.

        To look for each of some hundred takes longer than to parse a template; few have a word that begins as one of
        the text does. Those that stand in the middle of a word are not looked for.

        Args:
            letters: All runs of letters in both.
        """
        begin = {word[:_BEGINNING] for word in letters}
        begin |= {run[:_BEGINNING] for word in letters if not word.isalpha() for run in _runs(word)}
        phrases = chain(self.others, *(self.by_beginning[key] for key in begin & self.by_beginning.keys()))
        return {phrase for phrase in phrases if phrase in text or phrase in opening}


def _runs(word: str) -> Sequence[str]:
    """The runs of letters in a word: signs such as “²” part them."""
    return "".join(c if c.isalpha() else " " for c in word).split()


def classify(template: Template) -> tuple[Purpose, str]:
    """The purpose of a template and why it is taken for that."""
    if template.is_further_part:
        return Purpose.PARTIAL, "a further part of a message, which its first HTML part speaks for"
    return _configured(template) or _stated(template) or _by_structure(template) or _by_words(template)


def _configured(template: Template) -> tuple[Purpose, str] | None:
    config, globs = template.config, template.config.templates
    for purpose, key, patterns in (
        (Purpose.PAGE, "pages", globs.pages),
        (Purpose.PARTIAL, "partials", globs.partials),
        (Purpose.TRANSACTIONAL, "transactional", globs.transactional),
        (Purpose.MARKETING, "marketing", globs.marketing),
        (Purpose.MARKETING, "first-touch", globs.first_touch),
    ):
        if config.matches(patterns):
            return purpose, f"templates.{key} in the configuration"
    return None


def _stated(template: Template) -> tuple[Purpose, str] | None:
    said = (directive.purpose for directive in template.directives)
    purpose = next((purpose for purpose in said if purpose is not None), None)
    return (Purpose(purpose), "a comment in the file") if purpose else None


def _by_structure(template: Template) -> tuple[Purpose, str] | None:
    if not _is_whole(template):
        return Purpose.PARTIAL, "neither <html> nor <body> nor <mjml>, and it extends no layout"
    if template.headers:
        return None
    if is_page(template):
        return Purpose.PAGE, "a web page's elements and nothing of an e-mail's"
    if begins_only(template):
        return Purpose.PARTIAL, "it opens a document that another file closes"
    return None


def _is_whole(template: Template) -> bool:
    if template.headers or any(not element.conditional for element in template.elements_named(*_WHOLE)):
        return True
    first = next((element.tag for element in template.elements if not element.conditional), "")
    if first.startswith(("x-", "mail:")):
        return True
    if any(True for _ in layout_code(template)):
        return True
    # a header and a footer that are files of their own
    return any(part.elements_named(*_WHOLE) for part in template.all_parts())


def _by_words(template: Template) -> tuple[Purpose, str]:
    text = _plain(_prose(template))
    letters = _LETTERS.findall(text)
    if _words_in(letters) < _SKELETON:  # all of it may be in what it includes
        text = _plain(" ".join(_prose(part) for part in template.all_parts()))
        letters = _LETTERS.findall(text)
    number = _words_in(letters)
    if number < _SKELETON and _has_slot(template):
        return Purpose.PARTIAL, _LAYOUT_REASON
    opening = _plain(f"{template.headers.get('subject', '')} {_title(template)} {text[:_OPENING]}")
    letters += _LETTERS.findall(opening)
    return _by_phrases(template, text, opening, letters) or _by_little(template, number)


def _by_phrases(template: Template, text: str, opening: str, letters: Sequence[str]) -> tuple[Purpose, str] | None:
    words = _words()
    said = words.said(text, opening, frozenset(letters))
    transactional = _score(words.transactional, said, text, opening)
    marketing = _score(_of_the_message(words, template), said, text, opening)
    sells = marketing.total + _looks(template)
    if not transactional.total:
        mass = sells >= _ENOUGH
    else:
        mass = sells > transactional.total and (marketing.most >= _TELLING or sells >= _PLENTY)
    if mass:
        return Purpose.MARKETING, _words_reason(marketing.best) if marketing.best else "the looks of a mailing"
    if transactional.total:
        return Purpose.TRANSACTIONAL, _words_reason(transactional.best)
    return None


def _by_little(template: Template, number: int) -> tuple[Purpose, str]:
    """Where no phrase says anything: by slots, the file's name and how much text there is."""
    if number < _LAYOUT and _has_slot(template):
        return Purpose.PARTIAL, _LAYOUT_REASON
    if not _words().marketing_names.isdisjoint(re.findall(r"[a-z]+", template.path.rpartition("/")[2].lower())):
        return Purpose.MARKETING, "the file's name"
    if number < _SKELETON:
        return Purpose.PARTIAL, "a skeleton: hardly any text of its own"
    return Purpose.TRANSACTIONAL, "nothing in it speaks of a mass mailing"


def _of_the_message(words: _Words, template: Template) -> _Groups:
    """The marketing phrases that count: a page of a site speaks of newsletters, too."""
    return words.marketing if not has_layout(template) or is_email(template) else words.offers


def _words_reason(phrase: str) -> str:
    return f"its words, such as “{phrase}”"


def _looks(template: Template) -> int:
    """What pictures, links to social networks and a platform's tags for campaigns add."""
    pictures = len(template.elements_named("img", "mj-image"))
    links = [link.source_tag for link in template.elements_named("a", "mj-social-element")]
    joined = "".join(links)
    networks = [network for network in _NETWORKS if network in joined]
    social = sum(any(network in link for network in networks) for link in links) if networks else 0
    return (pictures >= _PICTURES) + (social >= _SOCIAL) + 2 * bool(template.tag_uses)


class _Score(NamedTuple):
    total: int
    best: str
    """The phrase that counts most."""
    most: int


def _score(groups: _Groups, said: set[str], text: str, opening: str) -> _Score:
    """The sum over all groups of which a phrase occurs.

    Args:
        said: The phrases that stand in the text or in its opening.
    """
    total, best, most = 0, "", 0
    for phrases, weight in groups.holding(said):
        found, counts = "", 0
        for phrase in [phrase for phrase in phrases if phrase in said]:
            if _occurs(phrase, opening):
                found, counts = phrase, 2 * weight
                break
            if not found and _occurs(phrase, text):
                found, counts = phrase, weight
        total += counts
        if counts > most:
            best, most = found, counts
    return _Score(total, best.strip(), most)


def _occurs(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, from the start of a word on."""
    at = text.find(phrase)
    while at > 0 and phrase[0].isalpha() and text[at - 1].isalpha():
        at = text.find(phrase, at + 1)
    return at >= 0


def _plain(text: str) -> str:
    for character, stands_for in _PLAIN.items() if not text.isascii() else ():
        text = text.replace(character, stands_for)
    return f" {' '.join(text.lower().split())} "


def _prose(template: Template) -> str:
    """The visible text; of template code the texts in quotes alone, since names of variables are no words."""
    text = template.visible_text
    if not template.codes:
        return text
    return re.sub(_CODE, lambda code: f" {' '.join(found[1] for found in re.finditer(_QUOTED, code[0]))} ", text)


def _words_in(letters: Iterable[str]) -> int:
    return len([word for word in letters if len(word) > 1])


def _title(template: Template) -> str:
    """The title, the preview text and the subject that the file itself names."""
    parts: list[str] = []
    for element in template.elements_named("title", "mj-title", "mj-preview"):
        if element.index < _FIRST:
            begin, end = element.content
            parts.append(template.text[begin : min(end, begin + 300)])
    return " ".join(parts)


def _has_slot(template: Template) -> bool:
    slot = _SLOT if has_layout(template) else rf"{_SLOT}|{_BLOCK}"
    return any(re.match(slot, code.text) for code in template.codes) or any(
        tag in template.elements_by_tag for tag in _SLOT_TAGS
    )


@cache
def _words() -> _Words:
    import tomli  # only where no configuration says what a template is for

    data = tomli.loads(Path(__file__).with_name("purpose.toml").read_text("utf-8"))
    transactional = [((phrase,), group["weight"]) for group in data["transactional"] for phrase in group["phrases"]]
    marketing = [(tuple(group["phrases"]), group["weight"]) for group in data["marketing"]]
    offers = [known for known, group in zip(marketing, data["marketing"], strict=True) if not group.get("of-mailings")]
    by_beginning: dict[str, list[str]] = {}
    others: list[str] = []
    for phrases, _ in (*transactional, *marketing):
        for phrase in phrases:
            word = max(_LETTERS.findall(phrase), key=len)
            # a short word at the end may be the beginning of a longer one
            plain = len(word) >= _BEGINNING or not phrase.endswith(word)
            (by_beginning.setdefault(word[:_BEGINNING], []) if plain else others).append(phrase)
    names = frozenset(data["names"]["marketing"])
    return _Words(_Groups(transactional), _Groups(marketing), _Groups(offers), names, by_beginning, others)
