"""What in a template reports on those who read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

from mkt_lint import Attribute, Element, Template
from mkt_lint_email.conditions import condition_at
from mkt_lint_email.facts import words
from mkt_lint_email.links import links
from mkt_lint_email.places import elements_with
from mkt_lint_email.styles import is_displayed
from mkt_lint_email.wording import folded, names, resolved

What: TypeAlias = Literal[
    "the e-mail address", "the telephone number", "the name", "the day of birth", "a written address"
]

_IMAGES = frozenset(("img", "mj-image", "amp-img", "amp-pixel"))
_FILE = r"\.(?:gif|png|jpe?g|svg|webp)$"
_TAG = r"\{+[^{}]*\}+|<%.*?%>|\*\|.*?\|\*|%%.*?%%|\[\[?[\w.:-]+\]?\]|%[\w.-]+%|\$\{[^}]*\}|##?[\w.]+##?"
_PARAMETER = r"(?:^|[?&;]|&amp;)([\w.\[\]-]{1,40})=((?:\{+[^{}]*\}+|<%.*?%>|[^&;#\s])*)"
_WRITTEN = r"([\w.+-]+)(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
_PATH = r"[A-Za-z0-9_-]*[A-Za-z0-9](?:(?:\.|->|\[:?['\"]?|::?)[\w-]*[A-Za-z0-9])*"
"""The name of a variable with its owners: `contact.email`, `user[:email]`."""
_OF_A_SITE = r"asset|static|theme|image|media"
_NOT_WEB = (
    r"\s*(?:(?:mailto|tel|sms|javascript|data):|[/?.](?!/)|\{%-?\s*url\b|\{\{\s*(?:url_for|path|route)\s*\("
    r"|<%=\s*\w+_path\b)"
)
"""What is no address on the web, or one of the page's own site, which no e-mail can have."""
_LONGEST = 4000
_KINDS: tuple[tuple[What, Literal["email", "phone", "name", "birth"]], ...] = (
    ("the e-mail address", "email"),
    ("the telephone number", "phone"),
    ("the name", "name"),
    ("the day of birth", "birth"),
)
_ADDRESSED = frozenset(("to", "cc", "bcc", "subject", "body", "from", "text", "url", "u", "summary", "title"))
"""Parameters of forms for writing or sharing: what stands there is meant to be read."""


def tracking_images(template: Template) -> Iterator[Element]:
    """Images that nobody sees and whose address names a recipient or an opening."""
    for element in template.elements_named(*_IMAGES):
        source = element.attributes.get("src")
        if source is None or len(source.value) > _LONGEST or not source.value.strip():
            continue
        if _reports(template, element, source) and not condition_at(template, element.start).of_consent:
            yield element


def _reports(template: Template, element: Element, source: Attribute) -> bool:
    address = resolved(source.value).lower()
    if address.startswith(("data:", "cid:")) or not _names_somebody(address) or names(address, "tracking", "spacer"):
        return False
    return _is_unseen(template, element)


def _names_somebody(address: str) -> bool:
    """Whether the address of an image is made for one recipient, or speaks of an opening."""
    static = re.sub(_TAG, "", address)
    if "?" in static or names(address, "tracking", "open_link"):
        return True
    return static != address and not re.search(_FILE, static) and not re.search(_OF_A_SITE, address)


def _is_unseen(template: Template, element: Element) -> bool:
    if element.tag == "amp-pixel":
        return True
    sizes = [_size(element, name) for name in ("width", "height")]
    if any(size is not None and size > 1 for size in sizes):
        return False  # one of two pictures, for large and for small windows
    return None not in sizes or not is_displayed(template, element)


def _size(element: Element, name: str) -> float | None:
    styled = re.search(rf"(?:^|[;\s]){name}\s*:\s*(\d+(?:\.\d+)?)", element.get("style") or "")
    said = re.match(r"\d+(?:\.\d+)?(?!\d*%)", element.get(name) or "")
    found = styled[1] if styled else said[0] if said else None
    return float(found) if found is not None else None


def tracking_tags(template: Template) -> Iterator[tuple[int, int]]:
    """Platforms' tags that print such an image: offsets."""
    lowered = template.lowered
    if not any(word in lowered for word in words("tracking", "open_tag_words")):
        return
    for tag, name in _open_tags():
        if name not in lowered:
            continue
        pattern = re.compile(r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]+", tag))))
        for found in pattern.finditer(lowered, *template.extent):
            if (
                lowered[found.start() - 1 : found.start()] != found[0][0]
                and not condition_at(template, found.start()).of_consent
            ):
                yield found.start(), found.end()


@cache
def _open_tags() -> tuple[tuple[str, str], ...]:
    """The tags, and the longest word of each."""
    return tuple((tag, max(re.findall(r"\w+", tag), key=len)) for tag in words("tracking", "open_tags"))


def personal_parameters(template: Template) -> Iterator[tuple[Element, Attribute, str, What]]:
    """Parameters of web addresses that carry what is known of the recipient."""
    for element in elements_with(template, "?"):
        for name in ("href", "src", "action"):
            attribute = element.attributes.get(name)
            if attribute is None or len(attribute.value) > _LONGEST or "=" not in attribute.value:
                continue
            value = resolved(attribute.value)
            if re.match(_NOT_WEB, value.lower()):
                continue
            yield from ((element, attribute, parameter, what) for parameter, what in _personal(value))


def _personal(address: str) -> Iterator[tuple[str, What]]:
    _, mark, query = address.partition("?")
    if not mark:
        return
    for parameter, value in re.findall(_PARAMETER, query):
        if what := _carries(value):
            yield parameter, what
            continue
        written = re.search(_WRITTEN, value) if parameter.lower() not in _ADDRESSED else None
        if written is not None and written[1].lower() not in words("tracking", "roles"):
            yield parameter, "a written address"


def _carries(value: str) -> What | None:
    """What a variable or a tag in a value stands for, by its name."""
    for tag in re.findall(_TAG, value):
        plain = folded(tag)
        if names(plain, "tracking", "disguised"):
            continue
        for path in re.findall(_PATH, re.sub(r"([a-z])([A-Z])", r"\1_\2", tag)):
            *owners, last = re.findall(r"[a-z0-9_-]*[a-z0-9]", path.lower())
            if not any(names(owner, "tracking", "own") for owner in (*owners, last)) and (what := _meaning(last)):
                return what
    return None


def _meaning(variable: str) -> What | None:
    """What a variable holds, by the last part of its name: `contact_email`."""
    for what, key in _KINDS:
        known = words("tracking", key)
        if variable in known or variable.rpartition("_")[2] in known:
            return what
    return None


def tracked_links(template: Template) -> Iterator[Element]:
    """Links that lead through a server that notes who follows them."""
    for link in links(template):
        href = link.element.attributes.get("href")
        if href is None:
            continue
        address = resolved(href.value).lower()
        made = any(
            tag in code.text.lower()
            for code in template.code_at(href.start, href.end)
            for tag in words("tracking", "click_tags")
        )
        if made or names(address, "tracking", "click_link"):
            yield link.element
