"""The ways out that a template offers: links and platform tags by which the recipient stops the messages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from mkt_lint import Attribute, Element, Span, Template
from mkt_lint_email.dead import Dead, address, why_dead
from mkt_lint_email.facts import words
from mkt_lint_email.wording import folded, folded_text, names, resolved, speaks, starts

Way: TypeAlias = Literal["unsubscribe", "preferences"]

_LABEL = 160
"""A link with a longer text is a paragraph, which speaks of many things."""
_CONTENT = 4000
"""A link that holds more markup was never closed."""
_NESTED = 3
"""Links in links: a button for Outlook in one for the others."""
_BEFORE = 240
_AFTER = 120
_SENTENCE_END = r"([.!?|·]|•)\s"  # a class with characters beyond Latin-1 takes long to compile
_NO_LINKS = frozenset(("base", "link", "use", "image"))
_LINKS = frozenset(("a", "area", "form", "mj-button"))
_MAKES_LINK = r"<%.*\b(?:link|mail|button)_to\b"
_ADDRESS = r"https?://\S|www\.\w|[\w.+-]@[\w-]+\.\w"
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


_known: WeakKeyDictionary[Template, tuple[WayOut, ...]] = WeakKeyDictionary()


def ways_out(template: Template) -> tuple[WayOut, ...]:
    """All ways out that the file itself offers, in the order of the source."""
    if template not in _known:
        _known[template] = tuple(_Search(template).run())
    return _known[template]


class _Search:
    def __init__(self, template: Template) -> None:
        self._template = template
        self._code_starts = [code.start for code in template.codes]
        self._links = links(template)
        self._link_starts = [link.start for link in self._links]
        self._comments = [(comment.start, comment.end) for comment in template.comments]
        self._tag_starts = [element.start for element in template.elements]

    def run(self) -> Iterator[WayOut]:
        tagged = self._tags()
        for element in self._links:
            way = tagged.get(element.index) or self._spoken(element)
            if way is not None:
                yield self._way_out(element, way, alive=element.index in tagged)
        for index, way in tagged.items():
            element = self._template.elements[index]
            if not is_link(element):
                yield WayOut(way, element, None, None)
        yield from self._loose

    def _way_out(self, element: Element, way: Way, *, alive: bool) -> WayOut:
        href = address(element)
        dead = None if alive else why_dead(self._template, element)
        return WayOut(way, element, href if href is not None and href.has_value else None, dead)

    def _tags(self) -> dict[int, Way]:
        """Elements that hold a platform's tag, by index; what stands in no element goes to `_loose`."""
        self._loose: list[WayOut] = []
        tagged: dict[int, Way] = {}
        for use in self._template.tag_uses:
            if use.meaning not in ("unsubscribe", "preferences") or self._commented(use.start):
                continue
            way: Way = "unsubscribe" if use.meaning == "unsubscribe" else "preferences"
            element = self._tag_around(use.start)
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
            prints = code.prints or code.text.startswith("{%")
            way = _printed_way(code.text) if prints and not re.match(_CONTROL, code.text) else None
            if way is None or self._commented(code.start):
                continue
            if self._tag_around(code.start) or self._link_around(code.start):
                continue
            yield WayOut(way, None, None, None, code.span)

    def _spoken(self, element: Element) -> Way | None:
        """What a link's address, its label, its names or the words around it say it is for."""
        address = folded(resolved(" ".join(_addresses(element))))
        if names(address, "opposition", "link"):
            return "unsubscribe"
        label = link_label(element)
        if (
            speaks(label, "opposition", "text")
            or label in words("opposition", "label")
            or names(_identity(element), "opposition", "link")
            or (_only_points(label) and self._context_speaks(element))
        ):
            return "unsubscribe"
        if "cookie" in address or "cookie" in label:
            return None
        preferred = names(address, "opposition", "preferences_link") and not element.tag.startswith("mj-social")
        return "preferences" if preferred or speaks(label, "opposition", "preferences_text") else None

    def _context_speaks(self, element: Element) -> bool:
        """Whether the sentence around a “click here” is about stopping the messages."""
        before, after = _around(self._template, element)
        return speaks(folded(_sentence(before, after)), "opposition", "text")

    def _tag_around(self, offset: int) -> Element | None:
        """The element in whose start tag an offset lies."""
        index = bisect_right(self._tag_starts, offset) - 1
        if index < 0 or offset >= self._template.elements[index].end:
            return None
        return self._template.elements[index]

    def _link_around(self, offset: int) -> Element | None:
        index = bisect_right(self._link_starts, offset)
        near = reversed(self._links[max(0, index - _NESTED) : index])
        return next((link for link in near if link.end <= offset < link.content.end), None)

    def _commented(self, offset: int) -> bool:
        index = bisect_right(self._code_starts, offset) - 1
        if index >= 0 and self._template.codes[index].comment and offset < self._template.codes[index].end:
            return True
        return any(start <= offset < end for start, end in self._comments) and self._tag_around(offset) is None


def _around(template: Template, element: Element) -> tuple[str, str]:
    (_, end), (first, last) = element.content, template.extent
    # markup takes several times the room of the words in it
    before = template.visible_between(max(first, element.start - 6 * _BEFORE), element.start)[-_BEFORE:]
    return before, template.visible_between(end, min(last, end + 6 * _AFTER))[:_AFTER]


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


def _printed_way(code: str) -> Way | None:
    """The way out that template code prints, by the names in it, and by its strings where it makes a link of them."""
    if not re.match(_MAKES_LINK, code, re.DOTALL):
        return "unsubscribe" if names(folded(re.sub(_STRINGS, "", code)), "opposition", "link") else None
    inside = folded(code)
    if names(inside, "opposition", "link") or speaks(inside, "opposition", "text"):
        return "unsubscribe"
    return "preferences" if names(inside, "opposition", "preferences_link") else None


def link_label(element: Element) -> str:
    """What a link says, in its text, its attributes and the pictures in it: folded; empty for a whole paragraph."""
    spoken = [element.get(name) or "" for name in ("title", "aria-label", "alt")]
    begin, end = element.content
    if end - begin <= _CONTENT:
        inside = element.descendants()
        spoken.insert(0, element.text)
        spoken += [inner.get("alt") or "" for inner in inside if inner.tag in ("img", "mj-image")]
        spoken += [inner.get("value") or "" for inner in inside if _is_button(inner)]
    label = folded(resolved(" ".join(filter(None, spoken))))
    return label.strip(" .,:;!?()[]<>»«\"'→›") if len(label) <= _LABEL else ""


_links: WeakKeyDictionary[Template, Sequence[Element]] = WeakKeyDictionary()


def links(template: Template) -> Sequence[Element]:
    """The elements that lead somewhere, in the order of the source."""
    if template not in _links:
        _links[template] = _find_links(template)
    return _links[template]


def _find_links(template: Template) -> Sequence[Element]:
    usual = [element for element in template.elements_named(*_LINKS) if not _is_target(element)]
    others = template.elements_named(*_NO_LINKS)
    addresses = sum(element.source_tag.lower().count("href") for element in (*usual, *others))
    if template.lowered.count("href") == addresses:
        return usual  # no other element has one: to ask all takes long
    return [element for element in template.elements if is_link(element)]


def is_link(element: Element) -> bool:
    """Whether an element leads somewhere: an anchor, a form, a button."""
    if element.tag in _NO_LINKS or _is_target(element):
        return False
    # few elements have an address; to tell the attributes of all apart takes long
    return element.tag in _LINKS or ("href" in element.source_tag.lower() and "href" in element.attributes)


def _is_target(element: Element) -> bool:
    """Whether an anchor is what links within the message lead to, and no link itself."""
    if element.tag != "a" or "href" in element.source_tag.lower():
        return False
    return not element.attributes.keys().isdisjoint(("name", "id")) and not element.text.strip()


def _is_button(element: Element) -> bool:
    return element.tag == "input" and (element.get("type") or "").lower() in ("submit", "button", "image")


def _identity(element: Element) -> str:
    """The names that a link goes by."""
    attributes = element.attributes
    named = " ".join(attributes[name].value for name in _IDENTITY if name in attributes)
    return folded(f"{element.tag} {' '.join(attributes)} {named}")


def _addresses(element: Element) -> Iterator[str]:
    for name, attribute in element.attributes.items():
        if name.endswith("href") or name in ("action", "action-xhr", "data-saferedirecturl", "xt"):
            yield attribute.value


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
    for found in re.finditer(_ADDRESS, text):
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
