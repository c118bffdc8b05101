"""What a template is for: by configuration, by a comment in it, or by what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mkt_lint._documents.template import Purpose, Template
from mkt_lint._readers.template.looks import looks, pictures_alone, said_by
from mkt_lint._readers.template.medium import (
    begins_only,
    has_layout,
    is_email,
    is_inky,
    is_mailer_view,
    is_message_body,
    is_page,
    layout_code,
)
from mkt_lint._readers.template.phrases import score, words
from mkt_lint._readers.template.prose import has_code, letters, name_words, plain, prose, title
from mkt_lint._readers.template.slots import has_slot

_WHOLE = frozenset(("html", "body", "mjml", "extends", "layout"))
_OPENING = 400
"""Characters of the visible text that count twice."""
_SKELETON = 25
"""A whole document with fewer words is a frame for a message."""
_LAYOUT = 60
_NAME_REASON = "the file's name"
_LAYOUT_REASON = "a layout: the message itself comes from elsewhere"
_ENOUGH = 2
"""What signs of marketing must come to where nothing speaks against it."""
_PLENTY = 8
"""And where something does, but no telling phrase stands in the opening."""
_TELLING = 6
_STRONG = 2
"""The weight of a phrase that decides alone; of weaker ones it takes two, or other signs."""
_BRIEF = 120
"""Words, those of the opening counted twice, below which a message may be a notice of a subscription and no more."""
_NAMED_MARKETING = 3
_NAMED_EITHER = 1
_NAMED_TRANSACTIONAL = 2
"""What a telling name of the file weighs."""
_TEXT = 6
"""Words, those of the opening counted twice, without which a name says nothing: there is hardly a message."""
_PLAIN = 8
"""What transactional words come to beside which a name says nothing."""
_PRICES = 2


def classify(template: Template) -> tuple[Purpose, str]:
    """The purpose of a template and why it is taken for that."""
    if template.is_further_part:
        return Purpose.PARTIAL, "a further part of a message, which its first HTML part speaks for"
    return _configured(template) or _stated(template) or _by_structure(template) or _by_words(template)


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


def _by_words(template: Template) -> tuple[Purpose, str]:
    text = plain(prose(template))
    runs = letters(text)
    number = _words_in(runs)
    if number < _SKELETON:  # all of it may be in what it includes
        text = plain(" ".join(prose(part) for part in template.all_parts()))
        runs = letters(text)
        number = _words_in(runs)
    frames = number < _LAYOUT and has_slot(template)
    if frames and number < _SKELETON:
        return Purpose.PARTIAL, _LAYOUT_REASON
    pictured = False
    if number < _SKELETON:
        pictures = () if has_code(template.visible_text) else pictures_alone(template)
        if pictures:
            pictured = True
            text = plain(f"{text} {said_by(pictures)}")
            runs = letters(text)
    opening = plain(f"{template.headers.get('subject', '')} {title(template)} {text[:_OPENING]}")
    runs += letters(opening)
    return _by_phrases(template, text, opening, runs, frames=frames) or _by_little(
        number, pictured=pictured, frames=frames
    )


def _by_phrases(
    template: Template, text: str, opening: str, runs: Sequence[str], *, frames: bool
) -> tuple[Purpose, str] | None:
    known = words()
    said = known.said(text, opening, frozenset(runs))
    transactional = score(known.transactional, said, text, opening)
    if frames and not transactional.total and not template.tag_uses and not known.offers.holding(said):
        return None  # a frame's own words speak of mailings and offer nothing
    notice = score(known.of_lists, said, text, opening)
    marketing = score(known.marketing, said, text, opening)
    of_site = has_layout(template) and not is_email(template)
    if notice.total or of_site or len(runs) < _BRIEF:  # where mailings may be spoken of that this one is not
        offers = score(known.offers, said, text, opening)
        if not notice.total and not offers.total and len(runs) < _BRIEF:
            notice = score(known.of_lists_in_brief, said, text, opening)
        if notice.total or of_site or frames:
            marketing = offers
    named = name_words(template)
    serves = not named.isdisjoint(known.transactional_names)
    seen = looks(template)
    sells = marketing.total + seen
    tells = not (serves or of_site) and len(runs) >= _TEXT and transactional.most < _PLAIN
    if tells and not named.isdisjoint(known.marketing_names):
        sells += _NAMED_MARKETING
    elif tells and not named.isdisjoint(known.either_names) and (len(runs) < _BRIEF or marketing.best not in named):
        sells += _NAMED_EITHER  # in many words that say no more than the name does, it says nothing
    against = transactional.total + notice.total + _NAMED_TRANSACTIONAL * serves
    if not against:
        sells += marketing.total > 0 and sum(map(text.count, known.prices)) >= _PRICES
        mass = sells >= _ENOUGH and (sells > marketing.most or marketing.weight >= _STRONG)
    else:
        mass = sells > against and (marketing.most >= _TELLING or sells >= _PLENTY)
    if mass:
        unsaid = "the looks of a mailing" if seen >= _ENOUGH else _NAME_REASON
        return Purpose.MARKETING, _words_reason(marketing.best) if marketing.best else unsaid
    if best := max(transactional, notice, key=lambda found: found.most).best:
        return Purpose.TRANSACTIONAL, _words_reason(best)
    return (Purpose.TRANSACTIONAL, _NAME_REASON) if against and marketing.total else None


def _by_little(number: int, *, pictured: bool, frames: bool) -> tuple[Purpose, str]:
    """Where nothing says anything: by slots, pictures and how much text there is."""
    if frames:
        return Purpose.PARTIAL, _LAYOUT_REASON
    if pictured:
        return Purpose.MARKETING, "pictures that stand for the text of a mailing"
    if number < _SKELETON:
        return Purpose.PARTIAL, "a skeleton: hardly any text of its own"
    return Purpose.TRANSACTIONAL, "nothing in it speaks of a mass mailing"


def _words_reason(phrase: str) -> str:
    return f"its words, such as “{phrase}”"


def _words_in(runs: Iterable[str]) -> int:
    return len([word for word in runs if len(word) > 1])
