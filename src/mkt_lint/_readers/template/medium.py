"""Whether a file is an e-mail, a web page or a piece of either, by its structure alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkt_lint._documents.template import Element, Template

_WEB_TAGS = frozenset(("nav", "form", "video", "audio", "canvas", "iframe", "main", "dialog"))
_WEB = 2
"""What signs of a web page must come to."""
_STYLED = 3
"""Style attributes that a web page, which has a style sheet, does without."""
_MAIL_NAME = r"(?i)(?<![a-z])e?-?mail(?:s|er|ers)?(?![a-z])"
_EXTENDING = r"\{%[-~+]?\s*(?:extends|layout)\b|<%@?\s*(?:extends|layout)\b|\{\{~?#>|<\?.*\bextend\("
_BLADE_EXTENDING = r"@(?:extends|component)\s*\([^)\r\n]*"
_TOKEN = r"csrf|authenticity_token"
"""Against forged requests: what sends one is a form of a page."""
_HELPER = r"\b(?:simple_)?form_(?:for|with|tag)\b|\bjavascript_\w+_tag\b|\bform\.as_|\bbutton_to\b"
"""Template code for forms and scripts."""
_BLADE_HELPER = r"@(?:method|vite|livewire|auth|guest|push|error)\b"
_RELATIVE = (
    r"/(?!/)[\w{<]|\.{1,2}/|[?]\w|~/|[\w/-]+\.(?:php|html?|aspx?|jsp)\b"
    r"|\{%[-~]?\s*url\s|\{\{[-~]?\s*path\(|\{\{[-~]?\s*[\w.]+\.get_absolute_url\b|<%=\s*\w+_path\b"
)
"""An address that leads somewhere from a page alone, since a message lies on no site."""


def is_page(template: Template) -> bool:
    """Whether the file has a web page's elements and nothing of an e-mail's."""
    if template.tag_uses:
        return False
    if _has_token(template):
        return True
    if any(map(_of_email, template.elements)):
        return False
    web = sum(map(_of_web, template.elements))
    if web >= _WEB:
        return True
    return web + sum(_hints(template)) >= _WEB and not is_email(template)


def is_email(template: Template) -> bool:
    """Whether something in the file, or in what it takes in, is of an e-mail's."""
    if any(re.search(_MAIL_NAME, name) for name in _layouts(template)):
        return True
    return any(
        (part is not template and re.search(_MAIL_NAME, "/".join(part.path.rsplit("/", 2)[-2:])))
        or part.headers
        or part.tag_uses
        or part.text.count(" style=") >= _STYLED
        or any(map(_of_email, part.elements))
        for part in template.all_parts()
    )  # fmt: skip


def has_layout(template: Template) -> bool:
    """Whether another file is the frame that the file's text stands in."""
    return any(True for _ in _layouts(template))


def layout_code(template: Template) -> Iterator[str]:
    """The template code that names another file as the layout, as it is written."""
    yield from (code.text for code in template.codes if re.match(_EXTENDING, code.text))
    if "@" in template.text:
        yield from re.findall(_BLADE_EXTENDING, template.text)


def begins_only(template: Template) -> bool:
    """Whether the file opens a document and its tables, and leaves it to another one to close them."""
    lowered = template.lowered
    if "</body" in lowered or "</html" in lowered or "<body" not in lowered or template.includes:
        return False
    return any(lowered.count(f"<{tag}") > lowered.count(f"</{tag}") for tag in ("table", "div", "center"))


def _has_token(template: Template) -> bool:
    return "@csrf" in template.text or any(re.search(_TOKEN, code.text) for code in template.codes)


def _of_email(element: Element) -> bool:
    tag = element.tag
    if tag in ("mjml", "center") or element.conditional:
        return True
    if tag in ("table", "td"):
        attributes = element.attributes
        return attributes.keys() & {"cellpadding", "cellspacing", "bgcolor", "width"} != set() or (
            element.get("role") in ("presentation", "none")
        )
    return tag == "html" and ("amp4email" in element.attributes or "⚡4email" in element.attributes)


def _of_web(element: Element) -> int:
    tag = element.tag
    if tag == "script":
        return 0 if "json" in (element.get("type") or "") else 1
    if tag == "link":
        rel = (element.get("rel") or "").lower()
        return 1 if rel in ("canonical", "icon", "shortcut icon", "manifest", "alternate") else 0
    if tag == "meta":
        return 1 if (element.get("property") or "").startswith("og:") else 0
    return 1 if tag in _WEB_TAGS else 0


def _hints(template: Template) -> Iterator[int]:
    """What weighs for a web page where nothing speaks of an e-mail."""
    if has_layout(template):
        yield 1 if next(template.unresolved(), None) else 2
    if any(re.search(_HELPER, code.text) for code in template.codes):
        yield 2
    if "@" in template.text and re.search(_BLADE_HELPER, template.text):
        yield 2
    links = (element.attributes.get("href") for element in template.elements_named("a"))
    if any(link is not None and re.match(_RELATIVE, link.value.strip()) for link in links):
        yield 1


def _layouts(template: Template) -> Iterator[str]:
    """What names the layout that the file's text stands in, as it is written."""
    yield from layout_code(template)
    first = template.elements[0].tag if template.elements else ""
    if first.startswith(("x-", "mail:")) and "slot" not in first:
        yield first
