"""Edits of a template's source."""

from __future__ import annotations

import re

from mkt_lint import Attribute, Edit, Element, Fix, Platform, Template
from mkt_lint_email.facts import label, unsubscribe_block
from mkt_lint_email.language import message_language

_MJML = ("<mj-section><mj-column><mj-text>", "</mj-text></mj-column></mj-section>")
_CLOSING = r"(?i)</\s*(mj-body|body|html|mjml)\s*>"


def at_the_end(template: Template, block: str, description: str) -> Fix | None:
    """A fix that puts a block before the end of the body; None where there is none, or where nothing can be changed."""
    if template.part is not None or template.sent:
        return None
    ends = {found[1].lower(): found.start() for found in re.compile(_CLOSING).finditer(template.text, *template.extent)}
    mjml = template.language == "mjml"
    offset = ends.get("mj-body") if mjml else ends.get("body", ends.get("html"))
    if offset is None:
        return None
    before, after = _MJML if mjml else ("<p>", "</p>")
    span = template.span(offset, offset)
    return Fix(description, (Edit(span, f"{before}{block}{after}\n"),))


def unsubscribe_link(template: Template, platform: Platform) -> Fix | None:
    """A fix that puts a platform's unsubscribe link at the end; None where it is not known or there is no end."""
    block = unsubscribe_block(platform.name)
    if block is None:
        return None
    language = message_language(template) or "en"
    block = block.replace("{label}", label(language)).replace("{LANGUAGE}", language.upper())
    return at_the_end(template, block, f"Add the unsubscribe link of {platform.name.replace('_', ' ')}.")


def without_attribute(template: Template, attribute: Attribute, description: str) -> Fix | None:
    """A safe fix that takes an attribute away, with the blanks before it."""
    if template.part is not None:
        return None
    text = template.text
    start = attribute.name_start
    while text[start - 1].isspace():
        start -= 1
    end = attribute.end
    if attribute.has_value and text[end : end + 1] in ("'", '"'):
        end += 1
    return Fix(description, (Edit(template.span(start, end), ""),), safe=True)


def in_place_of(template: Template, element: Element, text: str, description: str) -> Fix | None:
    """A safe fix that puts a text where an element is, its end tag included; None where it has no end tag."""
    if template.part is not None:
        return None
    closing = re.compile(rf"</\s*{re.escape(element.tag)}\s*>", re.IGNORECASE).match(template.text, element.content.end)
    if closing is None:
        return None
    return Fix(description, (Edit(template.span(element.start, closing.end()), text),), safe=True)


def out_of_address(template: Template, element: Element, href: Attribute) -> Fix | None:
    """A safe fix that puts a tag from the address of a link in place of it, with the link's words if it takes them."""
    tag, words = href.value.strip(), element.text
    if element.tag != "a" or element.descendants() or template.code_at(*element.content):
        return None
    squeezed = tag.replace(" ", "").lower()
    if squeezed in ("{%unsubscribe%}", "{%manage_preferences%}") and words and "'" not in words and "%" not in words:
        tag = f"{tag.removesuffix('%}').rstrip()} '{words}' %}}"
    elif squeezed in ("<unsubscribe>", "<preferences>"):
        tag = f"{tag}{words}</{squeezed[1:-1]}>"
    return in_place_of(template, element, tag, "Put the tag in place of the link.")
