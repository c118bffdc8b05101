"""What has the form of a platform's tag for unsubscribing, and is the tag of none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mkt_lint import Template
from mkt_lint_email.facts import platforms
from mkt_lint_email.places import in_comment

_SPEAKS = r"unsub|opt_?-?out|desinscri|desabonn"
_WORDS = ("unsub", "opt", "desinscri", "desabonn")
"""One of these is in all that `_SPEAKS` finds: to look for them costs less than to look for the forms."""
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
    for found in _formed(template):
        text = found[0]
        if not re.search(_SPEAKS, text.lower()) or _is_known(_squeezed(text)):
            continue
        if in_comment(template, found.start()):
            continue
        platform, known = _meant(template, text)
        yield UnknownTag(text, found.start(), found.end(), platform, known)


def _formed(template: Template) -> Iterator[re.Match[str]]:
    """What has such a form, in the lines that hold one of the words; no tag goes over the end of a line."""
    text, lowered, (start, end) = template.text, template.lowered, template.extent
    lines: dict[int, int] = {}
    for word in _WORDS:
        done = start
        while (at := lowered.find(word, done, end)) >= 0:
            line = text.rfind("\n", done, at) + 1 or done
            done = lines[line] = text.find("\n", at, end) + 1 or end
    for line in sorted(lines):
        yield from _forms().finditer(text, line, lines[line])


def _is_known(tag: str) -> bool:
    return tag in _known() or tag.startswith(_beginnings())


@cache
def _known() -> frozenset[str]:
    return frozenset(
        _squeezed(tag)
        for platform in platforms()
        for tag in (*platform.unsubscribe, *platform.preferences, *platform.view_online, *platform.address)
    )


@cache
def _beginnings() -> tuple[str, ...]:
    """The tags that go on behind what is known of them: `[[unsub_link_`."""
    return tuple(known for known in _known() if known[-1] not in _CLOSERS)


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
