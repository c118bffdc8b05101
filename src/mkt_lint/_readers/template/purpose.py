"""What a template is for: by configuration, by a comment in it, or by what it shows."""

from __future__ import annotations

from mkt_lint._documents.template import Purpose, Template
from mkt_lint._readers.template.conventions import is_inky, is_mailer_view, is_message_body, is_named_layout
from mkt_lint._readers.template.medium import begins_only, is_page, layout_code
from mkt_lint._readers.template.weighing import by_words

_WHOLE = frozenset(("html", "body", "mjml", "mj-body", "preheader", "extends", "layout"))


def classify(template: Template) -> tuple[Purpose, str]:
    """The purpose of a template and why it is taken for that."""
    if template.is_further_part:
        return Purpose.PARTIAL, "a further part of a message, which its first HTML part speaks for"
    return _configured(template) or _stated(template) or _by_structure(template) or by_words(template)


def _configured(template: Template) -> tuple[Purpose, str] | None:
    config, globs = template.config, template.config.templates
    for purpose, key, patterns in (
        (Purpose.PAGE, "pages", globs.pages),
        (Purpose.PARTIAL, "partials", globs.partials),
        (Purpose.TRANSACTIONAL, "transactional", globs.transactional),
        (Purpose.MARKETING, "marketing", globs.marketing),
        (Purpose.MARKETING, "first-touch", globs.first_touch),
    ):
        if config.matches(patterns):
            return purpose, f"templates.{key} in the configuration"
    return None


def _stated(template: Template) -> tuple[Purpose, str] | None:
    said = (directive.purpose for directive in template.directives)
    purpose = next((purpose for purpose in said if purpose is not None), None)
    return (Purpose(purpose), "a comment in the file") if purpose else None


def _by_structure(template: Template) -> tuple[Purpose, str] | None:
    if not _is_whole(template):
        return Purpose.PARTIAL, "neither <html> nor <body> nor <mjml>, and it extends no layout"
    if template.headers:
        return None
    if is_page(template):
        return Purpose.PAGE, "a web page's elements and nothing of an e-mail's"
    if is_named_layout(template):
        return Purpose.PARTIAL, "a layout, by the file's name"
    if begins_only(template):
        return Purpose.PARTIAL, "it opens a document that another file closes"
    return None


def _is_whole(template: Template) -> bool:
    if template.headers or any(not element.conditional for element in template.elements_named(*_WHOLE)):
        return True
    if is_mailer_view(template) or is_message_body(template) or is_inky(template):
        return True
    first = next((element.tag for element in template.elements if not element.conditional), "")
    if first.startswith(("x-", "mail:")):
        return True
    if any(True for _ in layout_code(template)):
        return True
    # a header and a footer that are files of their own
    return any(part.elements_named(*_WHOLE) for part in template.all_parts())
