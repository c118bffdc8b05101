"""The links of a template, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from mkt_lint import Element, Template
from mkt_lint_email.once import once
from mkt_lint_email.places import elements_with
from mkt_lint_email.wording import folded, resolved

_LABEL = 160
"""A link with a longer text is a paragraph, which speaks of many things."""
_CONTENT = 4000
"""A link that holds more markup was never closed."""
_SPOKEN = ("title", "aria-label", "alt")
_NO_LINKS = frozenset(("base", "link", "use", "image"))
_LINKS = frozenset(("a", "area", "form", "mj-button"))


class Link:
    """An element that leads somewhere: an anchor, a form, a button."""

    def __init__(self, element: Element) -> None:
        self.element = element

    @cached_property
    def address(self) -> str:
        """All the addresses that it names, folded."""
        return folded(resolved(" ".join(_addresses(self.element))))

    @cached_property
    def label(self) -> str:
        """What it says, in its text, its attributes and the pictures in it: folded; empty for a whole paragraph."""
        element = self.element
        spoken = [element.attributes[name].value for name in _SPOKEN if name in element.attributes]
        begin, end = element.content
        if end - begin <= _CONTENT:
            inside = element.descendants()
            spoken.insert(0, element.text)
            spoken += [inner.get("alt") or "" for inner in inside if inner.tag in ("img", "mj-image")]
            spoken += [inner.get("value") or "" for inner in inside if inner.tag == "input" and _is_button(inner)]
        label = folded(resolved(" ".join(spoken)))
        return label.strip(" .,:;!?()[]<>»«\"'→›") if len(label) <= _LABEL else ""


@once
def links(template: Template) -> Sequence[Link]:
    """All of them, in the order of the source."""
    found = [element for element in template.elements_named(*_LINKS) if not _is_target(element)]
    others = [element for element in elements_with(template, "href") if element.tag not in _LINKS and is_link(element)]
    if others:
        found = sorted([*found, *others], key=lambda element: element.index)
    return [Link(element) for element in found]


def is_link(element: Element) -> bool:
    """Whether an element leads somewhere."""
    if element.tag in _NO_LINKS or _is_target(element):
        return False
    # few elements have an address; to tell the attributes of all apart takes long
    return element.tag in _LINKS or ("href" in element.source_tag.lower() and "href" in element.attributes)


def _is_target(element: Element) -> bool:
    """Whether an anchor is what links within the message lead to, and no link itself."""
    if element.tag != "a" or "href" in element.source_tag.lower():
        return False
    return not element.attributes.keys().isdisjoint(("name", "id")) and not element.text.strip()


def _is_button(field: Element) -> bool:
    return (field.get("type") or "").lower() in ("submit", "button", "image")


def _addresses(element: Element) -> Iterator[str]:
    for name, attribute in element.attributes.items():
        if name.endswith("href") or name in ("action", "action-xhr", "data-saferedirecturl", "xt"):
            yield attribute.value
