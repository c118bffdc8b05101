"""What a message tells about the sender and about the data of those who get it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkt_lint import Element, Template
from mkt_lint_email.dead import address, lies_in, stands_in
from mkt_lint_email.facts import words
from mkt_lint_email.links import links
from mkt_lint_email.places import elements_with
from mkt_lint_email.wording import folded, folded_text, names, resolved, speaks, starts, unaccented

_COMPANY_NUMBER = r"(?<!\d)\d{3}[ .\u00a0\u202f]\d{3}[ .\u00a0\u202f]\d{3}(?![ .]?\d{3}[ .]?\d)(?!\d)"
_WORD = r"[^\W\d_][\w.]*"
_PICTURES = frozenset(("img", "mj-image", "v:image"))
_ORNAMENT = 2
_LONGEST = 200
_BRAND = 4
"""A shorter name stands in other words."""
_TITLE = (3, 40)
"""How long a name in a title may be, in characters."""
_FOOTER = 300
_MAILBOX = r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})"
_SITE = r"https?://(?:[\w-]+\.)*?([\w-]+)\.(?:co\.|com\.)?[a-z]{2,}(?=[/?#:]|$)"


def is_first_touch(template: Template) -> bool:
    """Whether the configuration says that the message is the first to people whose data came from elsewhere."""
    return template.config.matches(template.config.templates.first_touch)


def tells(template: Template, group: str) -> bool:
    """Whether a message, with all that it takes in, speaks of something."""
    return any(speaks(folded_text(part), group, "text") for part in template.all_parts())


def privacy_links(template: Template) -> Iterator[Element]:
    """The links of one file that lead to a notice about personal data, by their address or their label."""
    for link in links(template):
        if link.element.tag == "form":
            continue
        href = address(link.element)
        if (href is not None and names(folded(resolved(href.value)), "privacy", "link")) or speaks(
            link.label, "privacy", "text"
        ):
            yield link.element


def leads_to_privacy(template: Template) -> bool:
    """Whether a message has a link to such a notice, or template code or a written-out address that stands for one."""
    return any(
        any(names(folded(code.text), "privacy", "link") for code in part.codes if not code.comment)
        or next(privacy_links(part), None) is not None
        or _written_out(part)
        for part in template.all_parts()
    )


def _written_out(template: Template) -> bool:
    text = folded_text(template)
    return any(names(found[0], "privacy", "link") for found in re.finditer(r"(?:https?://|www\.)\S+", text))


def names_sender(template: Template) -> bool:
    """Whether anything in a message may say who sends it: words, a legal form, a variable, a picture, a link's host."""
    return bool(template.headers.get("from")) or any(_part_names_sender(part) for part in template.all_parts())


def _part_names_sender(part: Template) -> bool:
    text = folded_text(part)
    if (
        any(word in text for word in words("sender", "text"))
        or next(part.tags("address"), None) is not None
        or _has_picture(part)
        or any(frame in part.text for frame in words("sender", "frames"))
    ):
        return True
    forms = frozenset(words("sender", "legal_form"))
    if any(found[0].lower().rstrip(".") in forms for found in re.finditer(r"\b[A-Z][\w.]*", part.visible_text)):
        return True
    if any(names(folded(code.text), "sender", "variable") for code in part.codes if code.prints):
        return True
    return _names_site(part) or _names_mailbox(part) or _names_list(part) or _repeats_title(part)


def _names_site(part: Template) -> bool:
    """Whether the text names the site that a link leads to: “Tisanes Verdier” and tisanes-verdier.fr."""
    said = "".join(filter(str.isalnum, folded_text(part)))
    for link in links(part):
        href = address(link.element)
        found = re.match(_SITE, href.value[:_LONGEST].lower()) if href is not None else None
        brand = found[1].replace("-", "") if found else ""
        if len(brand) >= _BRAND and brand in said:
            return True
    return False


def _names_mailbox(part: Template) -> bool:
    """Whether there is a mail address at a domain of the sender's own."""
    hrefs = (address(link.element) for link in links(part))
    written = [folded_text(part), *(href.value.lower() for href in hrefs if href is not None and "@" in href.value)]
    return any(
        not found[1].startswith(words("sender", "mailbox_names"))
        and not lies_in(found[1], words("sender", "mailboxes"))
        and not stands_in(found[1])
        for text in written
        for found in re.finditer(_MAILBOX, text)
    )


def _names_list(part: Template) -> bool:
    """Whether the text says to whom the recipient subscribed: “because you subscribed to Tisanes Verdier”."""
    said = unaccented(part.visible_text)
    phrases = "|".join(map(re.escape, words("sender", "subscribed")))
    return re.search(rf"(?i:\b(?:{phrases})(?: the| a| la| le| el)?) [A-Z]\w", said) is not None


def _repeats_title(part: Template) -> bool:
    """Whether the end of the message repeats a name of its title, or of its first heading."""
    headings = part.elements_named("h1")
    _, last = part.extent
    start = headings[-1].content.end if headings else part.extent.start
    end = folded_text(part)
    footer = folded(part.visible_between(start, last))[-min(_FOOTER, len(end) // 3) :]
    shortest, longest = _TITLE
    for element in (*part.elements_named("title", "mj-title"), *headings[:1]):
        begin, close = element.content
        text = element.text or resolved(part.text[begin:close])  # a title is not seen
        for piece in re.split(r"\s[-–—|·]\s|:\s", text):
            name = folded(piece)
            if shortest <= len(name) <= longest and piece.strip()[:1].isupper() and next(starts(footer, name), -1) >= 0:
                return True
    return False


def _has_picture(part: Template) -> bool:
    """Whether there is a picture that may hold a name: not one that only takes up room."""
    for element in part.elements_named(*_PICTURES):
        width = re.match(r"\d+", element.get("width") or "")
        if width is None or int(width[0]) > _ORNAMENT:
            return True
    return bool(part.elements_named("svg", "mj-hero")) or any(
        element.tag not in _PICTURES for element in elements_with(part, "background")
    )


def names_company(template: Template) -> bool:
    """Whether a message names the number of the French register, or says that its sender is in none."""
    for part in template.all_parts():
        text = folded_text(part)
        if speaks(text, "company", "text") or speaks(text, "company", "exempt") or re.search(_COMPANY_NUMBER, text):
            return True
        if any(names(folded(code.text), "company", "variable") for code in part.codes if code.prints):
            return True
        if any(names(folded(use.tag), "company", "variable") for use in part.tags("address")):
            return True
    return False
