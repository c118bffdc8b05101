"""The ways out that a template offers: links and platform tags by which the recipient stops the messages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from mkt_lint import Attribute, Element, Span, Template
from mkt_lint_email.dead import Dead, address, why_dead
from mkt_lint_email.facts import words
from mkt_lint_email.links import Link, is_link, links
from mkt_lint_email.once import once
from mkt_lint_email.places import element_at, in_comment
from mkt_lint_email.wording import folded, folded_text, names, speaks, starts

Way: TypeAlias = Literal["unsubscribe", "preferences"]

_NESTED = 3
"""Links in links: a button for Outlook in one for the others."""
_BEFORE = 240
_AFTER = 120
_SENTENCE_END = r"([.!?|·]|•)\s"  # a class with characters beyond Latin-1 takes long to compile
_MAKES_LINK = r"<%.*\b(?:link|mail|button)_to\b"
_ADDRESS = r"https?://\S|www\.\w|[\w.+-]@[\w-]+\.\w"
_URL_CODE = r"\{\{[^{}]*(?:url|link|href)[^{}]*\}\}"
"""Template code that prints an address, by the name in it."""
_VARIABLE = r"\{\{[^{}]+\}\}|%=[^%]+%|\$\{[^{}]+\}"
_ONLY_ADDRESS = rf"(?:https?://|www\.)(?:{_VARIABLE}|\S)+|(?:{_VARIABLE})+"
_ADDRESS_HELPER = r"\b(?:url_for|route|signedroute|temporarysignedroute|path|url|reverse)\(|\{%[-~+]? ?url\b"
_BUTTON = r"@component\s*\(\s*[\"']mail::button[^)]*|<x-mail::button(?:[^>\"]|\"[^\"]*\")*"
_BLOCKS = frozenset(("p", "td", "th", "li", "div", "mj-text", "body", "center", "blockquote", "footer"))
_STRINGS = r"\"[^\"]*\"|'[^']*'"
_TEXT_KEYS = ("th:text", "th:utext", "v-text", "data-i18n")
"""Attributes that name the text which takes the place of what is inside."""
_IDENTITY = ("id", "class", "name", "data-type", *_TEXT_KEYS)
_CONTROL = r"\{%[-~+]?\s*(?:if|elif|elsif|else|end\w*|unless|for|set|assign|block|comment|trans|t)\b|\{#|<%--|\{\{!"


class WayOut(NamedTuple):
    """One link, or one tag that prints a link."""

    way: Way
    element: Element | None
    """None for a tag in the text."""
    href: Attribute | None
    dead: Dead | None
    """Why it works for nobody; None where nothing shows that."""
    text: Span | None = None
    """Where a tag in the text stands."""

    @property
    def at(self) -> Attribute | Element | None:
        """The place of a finding: the address, or the tag where it has none."""
        return self.href or self.element


@once
def ways_out(template: Template) -> tuple[WayOut, ...]:
    """All ways out that the file itself offers, in the order of the source."""
    return tuple(_Search(template).run())


class _Search:
    def __init__(self, template: Template) -> None:
        self._template = template
        self._links = links(template)

    def run(self) -> Iterator[WayOut]:
        tagged = self._tags()
        for link in self._links:
            index = link.element.index
            way = tagged.get(index) or self._spoken(link)
            if way is not None:
                yield self._way_out(link, way, alive=index in tagged)
        for index, way in tagged.items():
            element = self._template.elements[index]
            if not is_link(element):
                yield WayOut(way, element, None, None)
        yield from self._loose
        yield from self._buttons()

    def _buttons(self) -> Iterator[WayOut]:
        """Buttons of a framework's own mail components whose address, or its route, names a way out."""
        if "mail::" not in self._template.text:
            return
        for found in re.finditer(_BUTTON, self._template.text):
            if names(folded(found[0]), "opposition", "link") and not self._commented(found.start()):
                yield WayOut("unsubscribe", None, None, None, self._template.span(*found.span()))

    def _way_out(self, link: Link, way: Way, *, alive: bool) -> WayOut:
        element = link.element
        href = address(element)
        said = link.label if speaks(link.label, "opposition", "text") else ""
        dead = None if alive else why_dead(self._template, element, said)
        return WayOut(way, element, href if href is not None and href.has_value else None, dead)

    def _tags(self) -> dict[int, Way]:
        """Elements that hold a platform's tag, by index; what stands in no element goes to `_loose`."""
        self._loose: list[WayOut] = []
        tagged: dict[int, Way] = {}
        for use in self._template.tag_uses:
            if use.meaning not in ("unsubscribe", "preferences") or self._commented(use.start):
                continue
            way: Way = "unsubscribe" if use.meaning == "unsubscribe" else "preferences"
            element = element_at(self._template, use.start)
            link = None if element is not None and is_link(element) else self._link_around(use.start)
            if link is not None:
                if not use.whole_link:  # the label of that link, not its address
                    continue
                element = link
            if element is None:
                self._loose.append(WayOut(way, None, None, None, self._template.span(use.start, use.end)))
                continue
            if tagged.get(element.index) != "unsubscribe":
                tagged[element.index] = way
        self._loose += self._printed()
        return tagged

    def _printed(self) -> Iterator[WayOut]:
        """Template code in the text that names a way out: `{{ unsubscribe_footer }}`, `{% unsubscribe 'here' %}`."""
        for code in self._template.codes:
            way = _printed_way(code.text) if code.prints or code.text.startswith("{%") else None
            if way is None or self._commented(code.start):
                continue
            if element_at(self._template, code.start) or self._link_around(code.start):
                continue
            yield WayOut(way, None, None, None, code.span)

    def _spoken(self, link: Link) -> Way | None:
        """What a link's address, its label, its names or the words around it say it is for."""
        if names(link.address, "opposition", "link"):
            return "unsubscribe"
        if (
            speaks(link.label, "opposition", "text")
            or link.label in words("opposition", "label")
            or names(_identity(link.element), "opposition", "link")
            or (_only_points(link.label) and self._context_speaks(link.element))
        ):
            return "unsubscribe"
        if re.fullmatch(_ONLY_ADDRESS, link.label):
            return self._announced(link.element)
        if "cookie" in link.address or "cookie" in link.label:
            return None
        named = names(link.address, "opposition", "preferences_link") and not link.element.tag.startswith("mj-social")
        return "preferences" if named or speaks(link.label, "opposition", "preferences_text") else None

    def _context_speaks(self, element: Element) -> bool:
        """Whether the sentence around a “click here” is about stopping the messages."""
        before, after = _around(self._template, element)
        return speaks(folded(_sentence(before, after)), "opposition", "text")

    def _announced(self, element: Element) -> Way | None:
        """What the words before a link that says no more than its address are about."""
        before = folded(_sentence(self._before_in_block(element), ""))
        if "cookie" in before:
            return None
        if speaks(before, "opposition", "text"):
            return "unsubscribe"
        return "preferences" if speaks(before, "opposition", "preferences_text") else None

    def _before_in_block(self, element: Element) -> str:
        """The text before an element in its paragraph; of an earlier one what ends with a colon."""
        before = _before(self._template, element, self._template.extent.start)
        block = next((outer for outer in element.ancestors() if outer.tag in _BLOCKS), None)
        start = block.content.start if block is not None else self._template.extent.start
        inside = _before(self._template, element, start)
        return inside if inside.strip() or not before.rstrip(" |").endswith(":") else before

    def _link_around(self, offset: int) -> Element | None:
        index = bisect_right(self._links, offset, key=lambda link: link.element.start)
        near = (link.element for link in reversed(self._links[max(0, index - _NESTED) : index]))
        return next((element for element in near if element.end <= offset < element.content.end), None)

    def _commented(self, offset: int) -> bool:
        codes = self._template.codes
        index = bisect_right(codes, offset, key=lambda code: code.start) - 1
        if index >= 0 and codes[index].comment and offset < codes[index].end:
            return True
        return in_comment(self._template, offset) and element_at(self._template, offset) is None


def _around(template: Template, element: Element) -> tuple[str, str]:
    (_, end), (first, last) = element.content, template.extent
    return _before(template, element, first), template.visible_between(end, min(last, end + 6 * _AFTER))[:_AFTER]


def _before(template: Template, element: Element, first: int) -> str:
    """The text before an element, from an offset on."""
    # markup takes several times the room of the words in it
    return template.visible_between(max(first, element.start - 6 * _BEFORE), element.start)[-_BEFORE:]


def sentence_around(template: Template, element: Element) -> str:
    """The sentence that a link stands in, its own words included."""
    before, after = _around(template, element)
    beginning, _, ending = _sentence(f"{before} \0", after).partition("\0")
    return f"{beginning}{element.text} {ending.strip()}"


def _sentence(before: str, after: str) -> str:
    """The sentence that two texts meet in, and the question that it answers."""
    sentences = re.split(_SENTENCE_END, f"{before} ")
    about = sentences[-1]
    if len(sentences) > 1 and sentences[-2] == "?":
        about = f"{sentences[-3]} {about}"  # "Want no more of these? Click here."
    return f"{about} {re.split(_SENTENCE_END, after)[0]}"


@lru_cache(maxsize=1024)  # code recurs: a greeting, an address
def _printed_way(code: str) -> Way | None:
    """The way out that template code prints, by the names in it, and by its strings where it makes a link of them."""
    if re.match(_CONTROL, code):
        return None
    inside = folded(code)
    if not re.match(_MAKES_LINK, code, re.DOTALL):
        said = inside if re.search(_ADDRESS_HELPER, inside) else folded(re.sub(_STRINGS, "", code))
        return "unsubscribe" if names(said, "opposition", "link") else None
    if names(inside, "opposition", "link") or speaks(inside, "opposition", "text"):
        return "unsubscribe"
    return "preferences" if names(inside, "opposition", "preferences_link") else None


def _identity(element: Element) -> str:
    """The names that a link goes by."""
    attributes = element.attributes
    named = " ".join(attributes[name].value for name in _IDENTITY if name in attributes)
    return folded(f"{element.tag} {' '.join(attributes)} {named}")


def _only_points(label: str) -> bool:
    """Whether a label says no more than “click here”."""
    said = label.replace("-", " ").split()
    return bool(said) and _pointers().issuperset(said)


@cache
def _pointers() -> frozenset[str]:
    return frozenset(words("opposition", "here"))


def tells_where_to_object(template: Template) -> bool:
    """Whether the text itself shows a way out: “reply STOP”, “to unsubscribe, write to stop@acme.fr”."""
    text = folded_text(template)
    return _gives_address(text) or _asks_for_an_answer(text)


def _gives_address(text: str) -> bool:
    """Whether a sentence about stopping the messages holds an address, which mail programs turn into a link."""
    for found in re.finditer(f"{_ADDRESS}|{_URL_CODE}" if "{{" in text else _ADDRESS, text):
        before, after = text[max(0, found.start() - _BEFORE) : found.start()], text[found.end() : found.end() + _AFTER]
        if speaks(_sentence(before, after), "opposition", "text"):
            return True
    return False


def _asks_for_an_answer(text: str) -> bool:
    for word in words("opposition", "reply"):
        for at in starts(text, word):
            around = text[max(0, at - _AFTER) : at + len(word) + _AFTER]
            if speaks(around, "opposition", "text") or speaks(around, "opposition", "answer"):
                return True
    return False
