"""Links that work for nobody: what their address alone shows."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from mkt_lint import Attribute, Element, Template
from mkt_lint_email.facts import words
from mkt_lint_email.wording import resolved

_HOST = r"(?:[a-z][a-z0-9+.-]*:)?//([^/?#]*)|mailto:[^@?]*@([^?,;\s]*)"
_MERGE_TAG = r"\{[^{}]+\}|\[[^\[\]]*\w[^\[\]]*\]|%\w[^%\s]*%|\$\w[^$\s]*\$|[#@_~:-]{2}\w[^#@~]*[#@_~:-]{2}|#\w+#"
_NETWORK = (
    r"https?://(?:www\.|m\.)?(?:twitter|x|facebook|instagram|linkedin|youtube|pinterest|tiktok|threads)\.(?:com|net)"
    r"(?:/[^?#\s]*)?"
)
_ASSET = r"https?://[^?#\s]+\.(?:png|jpe?g|gif|svg|webp|css|js|pdf|zip|mp4)"
_HOME = r"https?://[^/?#\s]+/?#?"
_OF_OPPOSITION = r"unsub|opt-?out|preferences"
_SCRIPTS = ("javascript:", "vbscript:", "void(", "data:", "file:")
_LONGEST = 40


class Dead(NamedTuple):
    """Why a link works for nobody."""

    reason: str
    """A clause that completes "The unsubscribe link ..."."""
    certain: bool = True
    """False where the address may lead somewhere, but hardly to what the link says."""


def address(element: Element) -> Attribute | None:
    """The attribute that says where a link leads, or where a form goes."""
    if element.tag != "form":
        return element.attributes.get("href")
    return element.attributes.get("action-xhr") or element.attributes.get("action")


def why_dead(template: Template, element: Element) -> Dead | None:
    """Why a link works for nobody; None where its address does not show that."""
    href = address(element)
    if _set_elsewhere(template, element, href):
        return None
    if href is None or not href.has_value:
        # a form without an address goes to the page that it stands in
        return None if element.tag == "form" else Dead("has no address")
    value = " ".join(resolved(href.value).split())
    if element.tag == "form" and value in ("", "."):
        return None
    has_code = bool(template.code_at(href.start, href.end))
    return _reserved(value) or (None if has_code or _is_tag(template, href) else _nowhere(template, value))


def _set_elsewhere(template: Template, element: Element, href: Attribute | None) -> bool:
    """Another attribute gives the address, or template code in the tag may."""
    for name, attribute in element.attributes.items():
        if name != "href" and name.endswith("href") and attribute.value.strip():
            return True
    if href is not None and href.has_value and href.value.strip() not in ("", "#"):
        return False
    codes = [code for code in template.code_at(element.start, element.end) if not code.comment]
    values = [a for a in element.attributes.values() if a.has_value]
    return any(not any(a.start <= code.start < a.end for a in values) for code in codes)


def _is_tag(template: Template, href: Attribute) -> bool:
    return any(href.start <= use.start < href.end for use in template.tag_uses)


def _nowhere(template: Template, value: str) -> Dead | None:
    lowered = value.lower()
    if not value:
        return Dead("has an empty address")
    if lowered in _listed("placeholders"):
        return Dead(f"has a placeholder for an address, “{value}”")
    if lowered.startswith(_SCRIPTS):
        return Dead("runs a script, which no mail program does")
    return None if re.search(_MERGE_TAG, value) else _unhelpful(template, value)


def _unhelpful(template: Template, value: str) -> Dead | None:
    if value.startswith("#"):
        return _fragment(template, value)
    lowered = value.lower()
    if re.search(_OF_OPPOSITION, lowered):
        return None
    if re.fullmatch(_NETWORK, lowered):
        return Dead("leads to a page of a social network")
    if re.fullmatch(_ASSET, lowered):
        return Dead("leads to a file that is no page")
    if re.fullmatch(_HOME, lowered):
        return Dead("leads to the home page of a site", certain=False)
    return None


def _fragment(template: Template, value: str) -> Dead | None:
    if value == "#":
        return Dead("leads nowhere: its address is “#”")
    if value[1:] in template.ids:
        return None
    return Dead(f"leads nowhere: there is no “{value[:_LONGEST]}” in the message")


def _reserved(value: str) -> Dead | None:
    found = re.match(_HOST, value.lower())
    if not found:
        return None
    host = (found[1] or found[2] or "").rpartition("@")[2]
    host = host if host.startswith("[") else host.partition(":")[0]
    host = host.strip(".")
    if host in _listed("local") or host.endswith(".localhost"):
        return Dead("leads to the machine of whoever opens the message (localhost)")
    name = host.removeprefix("www.")
    if any(name == domain or name.endswith(f".{domain}") for domain in _listed("domains")) or name.endswith(
        words("dead", "suffixes")
    ):
        return Dead(f"leads to a domain that stands for another one, “{name[-_LONGEST:]}”")
    return None


@cache
def _listed(key: Literal["placeholders", "local", "domains"]) -> frozenset[str]:
    return frozenset(words("dead", key))
