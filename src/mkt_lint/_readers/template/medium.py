"""Whether a file is an e-mail, a web page or a piece of either, by its structure alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mkt_lint._documents.template import Element, Template
from mkt_lint._readers.template.front_matter import front_matter, named_layout

_WEB_TAGS = frozenset(("nav", "form", "video", "audio", "canvas", "iframe", "main", "dialog"))
_MAIL_TAGS = frozenset(("mjml", "center", "container", "columns", "spacer"))
_OF_MESSAGES = frozenset(("subject", "preheader", "pre-header"))
"""What front matter has of a message alone."""
_CONTROLS = ("fieldset", "textarea", "select")
_WEB = 2
"""What signs of a web page must come to."""
_STYLED = 3
_ELEMENTS_PER_STYLE = 12
"""Style attributes that a web page, which has a style sheet, does without: a few, and not on one element of dozens."""
_MAIL_NAME = r"(?i)(?<![a-z])e?-?mail(?:s|er|ers)?(?![a-z])"
_EXTENDING = r"\{%[-~+]?\s*(?:extends|layout)\b|<%@?\s*(?:extends|inherit|layout)\b|\{\{~?#>|<\?.*\bextend\("
_SMARTY_EXTENDING = r"(?<!\{)\{extends\s+file=[^{}]*\}"
_BLADE_EXTENDING = r"@(?:extends|component)\s*\([^)\r\n]*"
_ADMIN = r"[\"'/.][a-z]*admin[/.]"
"""The layout of a screen for those who run the site."""
_MESSAGE_NAME = r"(?i)mail|newsletter|message|notif"
_TOKEN = r"csrf|authenticity_token"
"""Against forged requests: what sends one is a form of a page."""
_HELPER = r"\b(?:simple_)?form_(?:for|with|tag)\b|\bjavascript_\w+_tag\b|\bform\.as_|\bbutton_to\b"
"""Template code for forms and scripts."""
_BLADE_HELPER = r"@(?:method|vite|livewire|auth|guest|push|error)\b"
_STYLESHEETS = r"\bstylesheet_link_tag\b"
_PAGINATION = r"\b(?:will_|auto)?paginat(?:e|or|ion)|\bpage_obj\b|->links\(\s*\)|\bis_paginated\b"
_VISITOR = (
    r"\brequest\.(?:user\.is_\w+|path|session|GET)\b|\$errors->|\bold\(['\"]"
    r"|\bAuth::(?:user|check|id)\(|\bsession\(['\"]"
)
"""Who looks at a page, and what they have sent to it."""
_HANDLER = " onclick="
_ADDRESS = r"(?i)\s*(?:[a-z][a-z0-9+.-]*:|//)"
"""What leads to the same place from everywhere."""
_OUTLOOK = r"(?i)mso|vml|outlook"
_RELATIVE = (
    r"/(?!/)[\w{<]|\.{1,2}/|[?]\w|~/|[\w/-]+\.(?:php|html?|aspx?|jsp|js|css|txt|zip)\b"
    r"|\{%[-~]?\s*url\s|\{\{[-~]?\s*path\(|\{\{[-~]?\s*[\w.]+\.get_absolute_url\b|<%=\s*\w+_path\b"
)
"""An address that leads somewhere from a page alone, since a message lies on no site."""


def is_page(template: Template) -> bool:
    """Whether the file has a web page's elements and nothing of an e-mail's, or stands in a page."""
    if template.tag_uses:
        return False
    if _has_token(template) or _has_local_form(template) or _stands_in_page(template):
        return True
    if _has_mail_elements(template):
        return False
    web = sum(map(_of_web, template.elements))
    if web >= _WEB:
        return True
    return web + sum(_hints(template)) >= _WEB and not is_email(template)


def is_email(template: Template) -> bool:
    """Whether something in the file, or in what it takes in, is of an e-mail's."""
    if any(re.search(_MAIL_NAME, name) for name in _layouts(template)):
        return True
    if not _OF_MESSAGES.isdisjoint(front_matter(template)):
        return True
    styles = elements = 0
    for part in template.all_parts():
        if (part is not template and _is_named(part, _MAIL_NAME)) or part.headers or part.tag_uses:
            return True
        if _has_mail_elements(part):
            return True
        styles += part.text.count(" style=")
        elements += len(part.elements)
    return styles >= _STYLED and styles * _ELEMENTS_PER_STYLE >= elements


def _is_named(template: Template, words: str) -> bool:
    """Whether the name of the file, or that of its folder, has one of these words in it: a regular expression."""
    return re.search(words, "/".join(template.path.rsplit("/", 2)[-2:])) is not None


def _stands_in_page(template: Template) -> bool:
    """Whether the document around the file's text is another file, which is a page."""
    if not template.includes:
        return False
    if any(re.search(_ADMIN, name) and not re.search(_MESSAGE_NAME, name) for name in layout_code(template)):
        return True
    return any(
        part is not template
        and part.elements_named("html", "body")
        and not part.tag_uses
        and not _is_named(part, _MAIL_NAME)
        and not _has_mail_elements(part)
        and sum(map(_of_web, part.elements)) >= _WEB
        for part in template.all_parts()
    )


def has_layout(template: Template) -> bool:
    """Whether another file is the frame that the file's text stands in."""
    return any(True for _ in _layouts(template))


def layout_code(template: Template) -> Iterator[str]:
    """The template code that names another file as the layout, as it is written."""
    yield from (code.text for code in template.codes if re.match(_EXTENDING, code.text))
    if named_layout(template):
        yield template.codes[0].text
    if "@" in template.text:
        yield from re.findall(_BLADE_EXTENDING, template.text)
    if "{extends" in template.text:
        yield from re.findall(_SMARTY_EXTENDING, template.text)


def begins_only(template: Template) -> bool:
    """Whether the file opens a document and its tables, and leaves it to another one to close them."""
    lowered = template.lowered
    if "</body" in lowered or "</html" in lowered or "<body" not in lowered or template.includes:
        return False
    return any(lowered.count(f"<{tag}") > lowered.count(f"</{tag}") for tag in ("table", "div", "center"))


def _has_token(template: Template) -> bool:
    return "@csrf" in template.text or any(re.search(_TOKEN, code.text) for code in template.codes)


def _has_local_form(template: Template) -> bool:
    """Whether a form goes to where the file lies: only a page lies somewhere."""
    actions = (form.get("action") for form in template.elements_named("form"))
    return any(action and re.match(_RELATIVE, action) for action in actions)


def _has_mail_elements(template: Template) -> bool:
    if any(map(_of_email, template.elements)):
        return True
    text = template.text
    return "<!--[if" in text and for_outlook(text, (e.start for e in template.elements if e.conditional))


def _of_email(element: Element) -> bool:
    tag = element.tag
    if tag in _MAIL_TAGS:
        return True
    if tag in ("table", "td"):
        attributes = element.attributes
        return attributes.keys() & {"cellpadding", "cellspacing", "bgcolor", "width"} != set() or (
            element.get("role") in ("presentation", "none")
        )
    return tag == "html" and ("amp4email" in element.attributes or "⚡4email" in element.attributes)


def for_outlook(text: str, offsets: Iterable[int]) -> bool:
    """Whether a conditional comment around one of some offsets is for mail programs: old browsers read those of pages.

    Args:
        offsets: In their order; what lies between two of them is looked through once.
    """
    passed = 0
    for offset in offsets:
        begin = text.rfind("<!--[if", passed, offset)
        if begin >= 0 and re.search(_OUTLOOK, text[begin : text.find("]", begin)]):
            return True
        passed = offset
    return False


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
    if not _is_named(template, _MESSAGE_NAME):  # a message links its style sheet until that is put into it
        yield _stylesheets(template)
    if any(tag in template.elements_by_tag for tag in _CONTROLS):
        yield 1
    if any(re.search(_PAGINATION, code.text) for code in template.codes):
        yield 1
    if any(re.search(_VISITOR, code.text) for code in template.codes):
        yield 1
    if _HANDLER in template.lowered:
        yield 1


def _stylesheets(template: Template) -> int:
    """How many style sheets it has of the site it lies on."""
    return len([code for code in template.codes if re.search(_STYLESHEETS, code.text)]) + sum(
        "stylesheet" in (link.get("rel") or "").lower() and not re.match(_ADDRESS, link.get("href") or "//")
        for link in template.elements_named("link")
    )


def _layouts(template: Template) -> Iterator[str]:
    """What names the layout that the file's text stands in, as it is written."""
    yield from layout_code(template)
    first = template.elements[0].tag if template.elements else ""
    if first.startswith(("x-", "mail:")) and "slot" not in first:
        yield first
