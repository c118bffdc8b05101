"""What the place and the name of a file say by the conventions of frameworks and of those who use them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkt_lint._documents.template import Template
from mkt_lint._readers.template.medium import layout_code
from mkt_lint._readers.template.phrases import words
from mkt_lint._readers.template.prose import letters, name_words

_MAILER_VIEW = r"(?:^|/)views/(?:[^/]+/)*[^/]*mailer/[^_/][^/]*\.html\.(?:erb|haml|slim)$"
_PANINI_PAGE = r"(?:^|/)pages/(?:[^/]+/)*[^/_][^/]*\.(?:html?|hbs|handlebars)$"
_MAIL_FOLDER = r"(?i)(?:^|/)(?:e?-?mails?|mailers?|mailings?|newsletters?)/[^/]+$"
_PIECE = (
    r"(?i)(?:^|/)_|(?:^|[/_.-])(?:partials?|components?|snippets?|includes?|macros?|blocks?|layouts?|base|header|footer"
    r"|head|foot|signature|button)(?:[/_.-]|$)"
)
_LAYOUT_NAME = r"(?i)(?:^|/)_?(?:[a-z]+[_-])*(?:base|layout|master)(?:[_-][a-z]+)?\.[^/]*$"
_GREETED = 200
"""Characters of the text within which a message greets."""
_CELLS = frozenset(("tr", "td"))
_PROSE = 20
"""Words that a message has, and a link or a note in one has not."""


def is_message_body(template: Template) -> bool:
    """Whether the file is a message that a program sends as it is, without a document around it.

    It lies in a folder for messages, neither its name nor its folder says that it is a piece, and it greets somebody or
    has the name of a mailing.
    """
    if not re.search(_MAIL_FOLDER, template.path) or _is_named_piece(template):
        return False
    text = template.visible_text
    greetings = "|".join(words().greetings)
    if re.search(rf"(?<!\w)(?:{greetings})(?!\w)", text[:_GREETED].lower()):
        return True
    if template.elements_by_tag.keys() <= _CELLS or len(letters(text)) < _PROSE:
        return False
    return not name_words(template).isdisjoint(words().marketing_names)


def is_inky(template: Template) -> bool:
    """Whether the file is a message of Foundation's, around which a document comes when it is built."""
    if "columns" not in template.elements_by_tag or _is_named_piece(template):
        return False
    return any(element.parent is None for element in template.elements_named("container", "wrapper"))


def is_mailer_view(template: Template) -> bool:
    """Whether Rails wraps the file in a layout that it does not name: a view of a mailer, and no piece of one."""
    return re.search(_MAILER_VIEW, template.path) is not None


def implied_layouts(template: Template) -> Sequence[str]:
    """The layouts that a framework wraps the file in without being told, as far as there are such files."""
    if is_mailer_view(template):
        return f"layouts/{template.path.split('/')[-2]}", "layouts/mailer"
    return ("layouts/default",) if _is_panini_page(template) else ()


def _is_panini_page(template: Template) -> bool:
    """Whether Panini, which builds Foundation's e-mails, makes a message of the file."""
    if not re.search(_PANINI_PAGE, template.path) or template.elements_named("html", "body", "mjml"):
        return False
    return not any(True for _ in layout_code(template))


def is_named_layout(template: Template) -> bool:
    """Whether the file's name says that other files extend it: `base.html`, `_layout.mjml`, `email_base.html.twig`."""
    return re.search(_LAYOUT_NAME, template.path) is not None


def _is_named_piece(template: Template) -> bool:
    """Whether the file's name, or a folder's, says that it is a piece of other files."""
    return re.search(_PIECE, template.path) is not None
