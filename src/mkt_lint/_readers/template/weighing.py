"""What the words of a template, its name and its looks come to: a mailing, a message to one, or no message at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from mkt_lint._documents.template import Purpose, Template
from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.looks import looks, pictures_alone, said_by
from mkt_lint._readers.template.medium import has_layout, is_email
from mkt_lint._readers.template.phrases import Groups, Score, score, words
from mkt_lint._readers.template.prose import has_code, letters, name_words, plain, prose, title
from mkt_lint._readers.template.slots import has_slot

_OPENING = 400
"""Characters of the visible text that count twice."""
_SKELETON = 25
"""A whole document with fewer words is a frame for a message."""
_LAYOUT = 60
_BRIEF = 120
"""Words, those of the opening counted twice, below which a message may be a notice of a subscription and no more."""
_TEXT = 6
"""Words, counted so, without which a name says nothing: there is hardly a message."""
_PLAIN = 8
"""What transactional words come to beside which a name says nothing."""
_NAMED_MARKETING = 3
_NAMED_EITHER = 1
_NAMED_TRANSACTIONAL = 2
"""What a telling name of the file weighs."""
_ENOUGH = 2
"""What signs of marketing must come to where nothing speaks against it."""
_STRONG = 2
"""The weight of a phrase that decides alone; of weaker ones it takes two, or other signs."""
_PLENTY = 8
"""What signs of marketing must come to where something speaks against it, but no telling phrase is in the opening."""
_TELLING = 6
_PRICES = 2
_FOR_ALL = 60
"""Words, those of the opening counted twice, from which on a text without anybody's data is a message."""
_FILLER = "lorem ipsum"
_FIELD = r"\[[a-z][\w .'-]{1,30}\]|%[a-z]\w*%|#[a-z]\w*#|__\w+__|«[^»]+»|\bxx+\b"
"""Where somebody's data come, between signs of no language in particular."""
_LAYOUT_REASON = "a layout: the message itself comes from elsewhere"
_NAME_REASON = "the file's name"


class _Said(NamedTuple):
    """What a template says."""

    text: str
    opening: str
    runs: Sequence[str]
    """Runs of letters in both."""
    phrases: Collection[str]
    """Those known that stand in one of both."""

    def score(self, groups: Groups) -> Score:
        return score(groups, self.phrases, self.text, self.opening)

    @property
    def is_brief(self) -> bool:
        return len(self.runs) < _BRIEF


def by_words(template: Template) -> tuple[Purpose, str]:
    """The purpose of a whole document and why it is taken for that."""
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
    pictures = pictures_alone(template) if number < _SKELETON and not has_code(template.visible_text) else ()
    if pictures:
        text = plain(f"{text} {said_by(pictures)}")
        runs = letters(text)
    opening = plain(f"{template.headers.get('subject', '')} {title(template)} {text[:_OPENING]}")
    runs += letters(opening)
    said = _Said(text, opening, runs, words().said(text, opening, frozenset(runs)))
    return _by_phrases(template, said, frames=frames) or _by_little(number, pictured=bool(pictures), frames=frames)


def _by_phrases(template: Template, said: _Said, *, frames: bool) -> tuple[Purpose, str] | None:
    transactional = said.score(words().transactional)
    if frames and not transactional.total and not template.tag_uses and not _offers(said):
        return None  # a frame's own words speak of mailings
    of_site = has_layout(template) and not is_email(template)
    notice, marketing = _of_mailings(said, mailings_count=not (of_site or frames))
    named, serves = _by_name(template, said, marketing.best)
    if of_site or transactional.most >= _PLAIN:
        named = 0
    against = transactional.total + notice.total + _NAMED_TRANSACTIONAL * serves
    seen = looks(template)
    if _is_mailing(said, marketing, named + seen, against):
        unsaid = "the looks of a mailing" if seen >= _ENOUGH else _NAME_REASON
        return Purpose.MARKETING, _words_reason(marketing.best) if marketing.best else unsaid
    if best := max(transactional, notice, key=lambda found: found.most).best:
        return Purpose.TRANSACTIONAL, _words_reason(best)
    if against:
        return (Purpose.TRANSACTIONAL, _NAME_REASON) if marketing.total else None
    return (Purpose.MARKETING, "a text that is the same for everybody") if _is_for_all(template, said) else None


def _offers(said: _Said) -> bool:
    """Whether something is offered in so many words."""
    return any(group.weight >= _STRONG for group in words().offers.holding(said.phrases))


def _of_mailings(said: _Said, *, mailings_count: bool) -> tuple[Score, Score]:
    """What tells of a list itself, to whoever is on it or runs it, and what speaks for a mailing.

    Args:
        mailings_count: Whether to speak of mailings does: a page of a site does that, too.
    """
    known = words()
    notice = said.score(known.of_lists)
    marketing = said.score(known.marketing)
    if not (notice.total or said.is_brief) and mailings_count:
        return notice, marketing
    offers = said.score(known.offers)
    if said.is_brief and not notice.total and not _offers(said):
        notice = said.score(known.of_lists_in_brief)
    return notice, marketing if mailings_count and not notice.total else offers


def _by_name(template: Template, said: _Said, best: str) -> tuple[int, bool]:
    """What the file's name adds for a mailing, and whether it speaks against one.

    Args:
        best: The phrase that speaks most for a mailing.
    """
    known, named = words(), name_words(template)
    if not named.isdisjoint(known.transactional_names):
        return 0, True
    if len(said.runs) < _TEXT:
        return 0, False
    if not named.isdisjoint(known.marketing_names):
        return _NAMED_MARKETING, False
    # in many words that say no more than the name does, an ambiguous one says nothing
    tells = not named.isdisjoint(known.either_names) and (said.is_brief or best not in named)
    return _NAMED_EITHER * tells, False


def _is_mailing(said: _Said, marketing: Score, unsaid: int, against: int) -> bool:
    """Whether the signs of a mailing outweigh what speaks against one.

    Args:
        unsaid: What name and looks add to the words.
    """
    sells = marketing.total + unsaid
    if against:
        return sells > against and (marketing.most >= _TELLING or sells >= _PLENTY)
    sells += marketing.total > 0 and sum(map(said.text.count, words().prices)) >= _PRICES
    return sells >= _ENOUGH and (sells > marketing.most or marketing.weight >= _STRONG)


def _is_for_all(template: Template, said: _Said) -> bool:
    """Whether a message has nothing of its recipient in it: an answer has a name, a number, a link of theirs.

    A text to be replaced says nothing of the message that it stands for, and an amount is somebody's; to welcome is to
    answer.
    """
    known = words()
    if len(said.runs) < _FOR_ALL or not is_email(template):
        return False
    if any(word in said.text for word in (_FILLER, *known.prices)) or any(map(said.opening.count, known.welcomes)):
        return False
    if any(part.codes or has_code(part.visible_text) for part in template.all_parts()):
        return False
    return re.search(_FIELD, said.text) is None


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
