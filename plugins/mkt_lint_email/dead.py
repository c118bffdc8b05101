"""Links that work for nobody: what their address alone shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from mkt_lint import Attribute, Element, Purpose, Template
from mkt_lint_email.facts import words
from mkt_lint_email.wording import folded, names, resolved

_HOST = r"(?:[a-z][a-z0-9+.-]*:)?//([^/?#]*)|mailto:[^@?]*@([^?,;\s]*)"
_MERGE_TAG = r"\{[^{}]+\}|\[[^\[\]]*\w[^\[\]]*\]|%\w[^%\s]*%|\$\w[^$\s]*\$|[#@_~:-]{2}\w[^#@~]*[#@_~:-]{2}|#\w+#"
_NETWORK = (
    r"https?://(?:www\.|m\.)?(?:twitter|x|facebook|instagram|linkedin|youtube|pinterest|tiktok|threads)\.(?:com|net)"
    r"(?:/[^?#\s]*)?"
)
_ASSET = r"https?://[^?#\s]+\.(?:png|jpe?g|gif|svg|webp|css|js|pdf|zip|mp4)"
_HOME = r"https?://[^/?#\s]+/?(?:\?(?:utm_\w+=[^&#]*&?)+)?#?"
_OF_OPPOSITION = r"unsub|opt-?out|preferences"
_EMPTY_CODE = r"\{\{\{?\s*\}?\}\}|\{%\s*%\}|<%=?\s*%>|\$\{\s*\}|<\?(?:php|=)?\s*\?>"
_PHRASE = r"\[\s*\w[^\[\]]*\s[^\[\]]*\]"
"""Words in brackets; the tags of platforms have no blanks in them."""
_TOKEN = r"[A-Z][A-Z0-9_-]*|(?i:[a-z][a-z_-]*(?:url|link|href))"
"""What a program that replaces words may replace by an address."""
_NO_DOMAIN = r"(?i)https?://([\w-]+\.?)(?::\d+)?(?:[/?#].*)?"
_RELATIVE = r"(?i)(?:\.{0,2}/)?[a-z_][\w-]*(?:/[\w-]+)*/?(?:\.(?:html?|php|aspx?|jsp|cgi|cfm))?(?:[?#].*)?"
_PAGE = r"https?://[^/?#\s]+/(?:[^?#\s]*/)?([^/?#\s.]+)(?:\.\w+)?/?(?:[?#].*)?"
_WORD = 4
"""A shorter piece of a page's name says nothing by itself."""
_SCRIPTS = ("javascript:", "vbscript:", "void(", "data:", "file:")
_LONGEST = 40


class Dead(NamedTuple):
    """Why a link works for nobody."""

    reason: str
    """A clause that completes "The unsubscribe link ..."."""
    certain: bool = True
    """False where the address may lead somewhere, but hardly to what the link says."""
    filled_in: bool = False
    """Whether a program may put an address there, though nothing in the file shows that it does."""


def address(element: Element) -> Attribute | None:
    """The attribute that says where a link leads, or where a form goes."""
    if element.tag != "form":
        return element.attributes.get("href")
    return element.attributes.get("action-xhr") or element.attributes.get("action")


def why_dead(template: Template, element: Element, label: str = "") -> Dead | None:
    """Why a link works for nobody; None where its address does not show that.

    `label` is what a link to a way out says, folded; without it the address alone is judged.
    """
    href = address(element)
    if _set_elsewhere(template, element, href):
        return None
    if href is None or not href.has_value:
        # a form without an address goes to the page that it stands in
        return None if element.tag == "form" else Dead("has no address")
    value = " ".join(resolved(href.value).split())
    if element.tag == "form" and value in ("", "."):
        return None
    if re.fullmatch(_EMPTY_CODE, value):
        return Dead(f"has an empty expression for an address, “{value}”")
    filled = bool(template.code_at(href.start, href.end)) or _is_tag(template, href)
    dead = _reserved(value) or (None if filled else _nowhere(template, value))
    return dead or (None if filled or element.tag == "form" else _another_page(template, value, label))


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
    if lowered in _listed("placeholders") or _asks_to_fill_in(lowered):
        return Dead(f"has a placeholder for an address, “{value}”")
    if lowered.startswith(_SCRIPTS):
        return Dead("runs a script, which no mail program does")
    if re.fullmatch(_PHRASE, value):
        return Dead(f"has a placeholder for an address, “{value[:_LONGEST]}”", certain=False)
    return None if re.search(_MERGE_TAG, value) else _no_address(value) or _unhelpful(template, value)


def _asks_to_fill_in(value: str) -> bool:
    """Whether an address is a phrase for whoever edits the template: `YOUR_UNSUBSCRIBE_LINK`, `insert url here`."""
    said = re.split(r"[\s_-]+", value.strip("[]()<>"))
    return said[0] in _listed("fill_in") and not _listed("filled_in").isdisjoint(said[1:])


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


def _no_address(value: str) -> Dead | None:
    found = re.fullmatch(_NO_DOMAIN, value)
    host = found[1] if found else value
    if _is_token(host):
        return Dead(f"has “{host[:_LONGEST]}” for an address", certain=False, filled_in=True)
    return Dead(f"leads to “{host[:_LONGEST]}”, which is no domain", certain=False) if found else None


def _is_token(value: str) -> bool:
    return re.fullmatch(_TOKEN, value) is not None


def _another_page(template: Template, value: str, label: str) -> Dead | None:
    if template.purpose is not Purpose.MARKETING or re.search(_MERGE_TAG, value):
        return None  # a site's own pages have such links too
    if re.fullmatch(_RELATIVE, value):
        return _relative(template, value)
    found = re.fullmatch(_PAGE, value.lower())
    return _elsewhere(value.lower(), found[1], label) if found and label else None


def _relative(template: Template, value: str) -> Dead | None:
    """An address within a site, in a message that lies on none and that no program seems to fill in."""
    if template.codes or template.tag_uses or template.elements_named("base"):
        return None
    others = {element.get("href") for element in template.elements_named("a")} - {None, value}
    if any(re.fullmatch(_RELATIVE, other) and not _is_token(other) for other in others if other):
        return None  # a site's page, or a message whose links are completed
    return Dead(f"leads nowhere: “{value[:_LONGEST]}” names no site", certain=template.sent)


def _elsewhere(value: str, page: str, label: str) -> Dead | None:
    """A page that is plainly about something else, behind a label that does not speak of it."""
    page = folded(page)
    if "".join(filter(str.isalnum, page)) not in _listed("other_pages") or names(value, "opposition", "link"):
        return None
    if any(len(word) >= _WORD and word in label for word in re.split(r"[_-]", page)):
        return None
    return Dead(f"leads to another page of the site, “{page[:_LONGEST]}”", certain=False)


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
    certain = stands_in(name)
    if certain or name in _listed("likely_domains"):
        return Dead(f"leads to a domain that stands for another one, “{name[-_LONGEST:]}”", certain=certain)
    return None


def stands_in(host: str) -> bool:
    """Whether a host stands for the one that was never filled in: `example.com`, `mail.acme.test`."""
    return lies_in(host, _listed("domains")) or host.endswith(words("dead", "suffixes"))


def lies_in(host: str, domains: Iterable[str]) -> bool:
    """Whether a host is one of some domains, or below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


@cache
def _listed(
    key: Literal["placeholders", "local", "domains", "likely_domains", "fill_in", "filled_in", "other_pages"],
) -> frozenset[str]:
    return frozenset(words("dead", key))
