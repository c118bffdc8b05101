"""Which platform a tag is of, and what it prints there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, Protocol

from mkt_lint import Template
from mkt_lint_email.facts import platforms
from mkt_lint_email.links import links

_GENERIC = r"\{+[%$]?(?:unsubscribe|unsubscribe_?link|unsubscribe_?url|preferences)[%]?\}+"
"""What any templating language may fill in as well."""
_FAMILIES = (frozenset(("mailchimp", "mandrill")), frozenset(("salesforce_marketing_cloud", "pardot")))
"""Products of one house that read each other's tags, or look so alike that they cannot be told."""
_LEAST = 6
_LONGEST = 200
"""No tag is longer, in characters."""


class _Use(Protocol):
    @property
    def tag(self) -> str: ...
    @property
    def platforms(self) -> tuple[str, ...]: ...
    @property
    def whole_link(self) -> bool: ...


class ForeignTag(NamedTuple):
    """A tag of another platform than the one in use."""

    start: int
    end: int
    owner: str
    platform: str
    """The one in use."""


def prints_whole_link(template: Template, use: _Use) -> bool:
    """Whether a tag prints a complete link on every platform that may send the template."""
    if not use.whole_link:
        return False
    owners = [platform for platform in platforms() if platform.name in use.platforms]
    sending = {platform.name for platform in template.platforms}
    likely = [platform for platform in owners if platform.name in sending] or owners
    return bool(likely) and all(
        any(_squeezed(tag) == use.tag or use.tag.startswith(_squeezed(tag)) for tag in platform.whole_link)
        for platform in likely
    )


def foreign_tags(template: Template) -> Iterator[ForeignTag]:
    """Tags for unsubscribing, in addresses, of other platforms than the one in use."""
    in_use = _in_use(template)
    if in_use is None:
        return
    for link in links(template):
        href = link.element.attributes.get("href")
        if href is None or len(href.value) > _LONGEST:
            continue
        squeezed = _squeezed(href.value)
        if not squeezed or any(tag in squeezed for tag in _tags_of(in_use)):
            continue
        owners = _owners().get(squeezed, ())
        told = len(owners) == 1 or (owners and template.config.platform != "auto")
        if told and not any({owner, in_use} <= family for family in _FAMILIES for owner in owners):
            start = href.start + len(href.value) - len(href.value.lstrip())
            yield ForeignTag(start, start + len(href.value.strip()), _shown(owners[0]), _shown(in_use))


def _in_use(template: Template) -> str | None:
    """The configured platform; else the first one in the text, where the tags of several are used."""
    if template.config.platform != "auto":
        return template.config.platform
    names = [platform.name for platform in template.platforms]
    return (
        next((use.platforms[0] for use in template.tag_uses if use.platforms[0] in names), None) if names[1:] else None
    )


def _shown(name: str) -> str:
    return "your own mail server" if name == "none" else name.replace("_", " ")


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """Tags that name nothing else, to the platforms that have them."""
    found: dict[str, tuple[str, ...]] = {}
    for platform in platforms():
        for tag in map(_squeezed, (*platform.unsubscribe, *platform.preferences)):
            if len(tag) >= _LEAST and _is_complete(tag) and not re.fullmatch(_GENERIC, tag):
                found[tag] = tuple(dict.fromkeys((*found.get(tag, ()), platform.name)))
    return found


def _is_complete(tag: str) -> bool:
    return tag[-1] in "}]*%>#" and tag[0] in "{[*%<#"


@cache
def _tags_of(name: str) -> tuple[str, ...]:
    return tuple(
        _squeezed(tag)
        for platform in platforms()
        if platform.name == name
        for tag in (*platform.unsubscribe, *platform.preferences, *platform.view_online)
    )


def _squeezed(tag: str) -> str:
    return "".join(tag.lower().split())
