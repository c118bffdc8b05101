"""What has the form of a platform's tag for unsubscribing, and is the tag of none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from mkt_lint import Template
from mkt_lint_email.facts import platforms

_SPEAKS = r"unsub|opt_?-?out|desinscri|desabonn"
_WORDS = ("unsub", "optout", "opt_out", "opt-out", "opt_-out", "desinscri", "desabonn")
"""What `_SPEAKS` finds: to look for them costs less than to look for the forms."""
_SIMILAR = 0.6
"""How alike two tags must be for one to be a slip of the pen; `UNSUBSCRIBE` and `UNSUB` are at 0.77."""
_CLOSERS = ("}", "]", "%", ">", "*", "$", "#", '"', "'")


class UnknownTag(NamedTuple):
    """A tag that no platform has."""

    text: str
    start: int
    end: int
    platform: str | None
    """The platform in use, if it has a tag that is much alike."""
    known: str
    """That tag; empty where there is none."""


@cache
def _forms() -> re.Pattern[str]:
    """The forms that platforms alone give their tags; not a percent sign that encodes an address."""
    return re.compile(
        r"\*\|[\w:.-]{2,60}\|\*|%%[\w.]{2,60}%%|(?<!%)%(?![0-9A-Fa-f]{2})[\w-]{4,60}%(?!%)"
        r"|\[\[[\w.]{2,60}\]\]|<%asm_\w{2,60}%>|\$\[[\w:|]{2,60}\]\$|\{![\w.]{2,60}\}"
    )


def unknown_tags(template: Template) -> Iterator[UnknownTag]:
    """All of them, in the order of the source; in comments there are none."""
    lowered = template.lowered
    said = [word for word in _WORDS if word in lowered]
    if not said:
        return
    comments = [(comment.start, comment.end) for comment in template.comments]
    starts = [start for start, _ in comments]
    for found in _formed(template, said):
        text = found[0]
        if not re.search(_SPEAKS, text.lower()) or _is_known(_squeezed(text)):
            continue
        index = bisect_right(starts, found.start()) - 1
        if index >= 0 and found.start() < comments[index][1]:
            continue
        platform, known = _meant(template, text)
        yield UnknownTag(text, found.start(), found.end(), platform, known)


def _formed(template: Template, said: Sequence[str]) -> Iterator[re.Match[str]]:
    """What has such a form, in the lines that hold one of these words; no tag goes over the end of a line."""
    text, lowered, (done, end) = template.text, template.lowered, template.extent
    for word in re.compile("|".join(said)).finditer(lowered, done, end):  # of one word it takes a third of the time
        if word.start() >= done:
            line = max(done, text.rfind("\n", 0, word.start()) + 1)
            done = text.find("\n", word.end(), end) + 1 or end
            yield from _forms().finditer(text, line, done)


def _is_known(tag: str) -> bool:
    return any(tag == known or (known[-1] not in _CLOSERS and tag.startswith(known)) for known in _known())


@cache
def _known() -> frozenset[str]:
    return frozenset(
        _squeezed(tag)
        for platform in platforms()
        for tag in (*platform.unsubscribe, *platform.preferences, *platform.view_online, *platform.address)
    )


def _meant(template: Template, text: str) -> tuple[str | None, str]:
    """The tag that is meant, if the platform in use has one of the same form that is much alike."""
    from difflib import SequenceMatcher  # only where there is something to compare

    best, owner, known = _SIMILAR, None, ""
    for platform in template.platforms:
        for tag in platform.unsubscribe:
            if tag[0] != text[0] or tag[-1] != text[-1]:
                continue
            alike = SequenceMatcher(None, _squeezed(tag), _squeezed(text)).ratio()
            if alike >= best:
                best, owner, known = alike, platform.name, tag
    return owner, known


def _squeezed(tag: str) -> str:
    return "".join(tag.lower().split())
