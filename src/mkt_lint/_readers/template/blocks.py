"""Blocks of templates that extend others: what a child puts in the place of its parent's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from mkt_lint._documents.template import Code, Template
from mkt_lint._documents.text import Range
from mkt_lint._named import NamedTuple

_KEPT = r"\bsuper\b|\bparent\s*\("
"""How a block takes in what its parent's had."""
_NEAR = 20
"""How far behind a section's name its bracket is looked for."""
_KEEPING_TYPES = ("append", "prepend")


class Block(NamedTuple):
    """A named block with what is inside."""

    name: str
    content: Range
    keeps: bool
    """Whether it takes in what the block of that name in the parent has."""
    embed: int | None = None
    """Offset of the `embed` that it is for; None where it is for the file's parent."""
    fills: bool = True
    """Whether it takes the place of the parent's."""
    opens: bool = True
    """Whether a child's may take its place."""


@cache
def _tag() -> re.Pattern[str]:
    # Twig's `block title "text"` has no end; Jinja has words after the name, Django after `endblock`
    return re.compile(
        r"\{%[-~+]?\s*(?:(?P<end>endblock|endembed)\b|(?P<embed>embed)\b"
        r"|block\s+(?P<name>[\w.:-]+)(?:\s+(?:scoped|required))*\s*[-~+]?%\})"
    )


def blocks(template: Template) -> list[Block]:
    """All blocks of a template, in the order of their ends."""
    found: list[Block] = []
    started: list[_Started] = []
    embeds: list[int] = []
    for code in template.codes:
        tag = _tag().match(code.text)
        if tag is None:
            if started and re.search(_KEPT, code.text):
                started[-1].keeps = True
        elif tag["embed"]:
            embeds.append(code.start)
        elif tag["name"]:
            started.append(_Started(tag["name"], code.end))
        elif tag["end"] == "endembed":
            embeds = embeds[:-1]
        elif started:
            block = started.pop()
            content = Range(block.begin, code.start)
            found.append(Block(block.name, content, block.keeps, embeds[-1] if embeds else None))
    found += _elements(template)
    found += _sections(template)
    found += _inlines(template)
    return found


class _Started:
    """A block whose end has not come yet."""

    def __init__(self, name: str, begin: int) -> None:
        self.name = name
        self.begin = begin
        self.keeps = False


def _elements(template: Template) -> Iterator[Block]:
    for element in template.elements:
        if element.tag == "block" and (name := element.get("name")):
            yield Block(name, element.content, element.get("type") in _KEEPING_TYPES)


@cache
def _section() -> re.Pattern[str]:
    return re.compile(
        r"@section\s*\(\s*[\"'](?P<name>[^\"'\r\n]+)[\"']\s*(?P<short>,)?"
        r"|@(?P<end>show|endsection|stop|append|overwrite)\b|@(?P<parent>parent)\b"
    )


def _sections(template: Template) -> Iterator[Block]:
    """Blade's sections; in `@section('title', 'May')` there is no end."""
    if "@section" not in template.text:
        return
    comments = [code for code in template.codes if code.comment]
    starts = [comment.start for comment in comments]
    started: list[_Started] = []
    for found in _section().finditer(template.text, *template.extent):
        before = bisect_right(starts, found.start())
        if before and found.start() < comments[before - 1].end:
            continue
        if found["parent"]:
            if started:
                started[-1].keeps = True
        elif found["end"]:
            if started:
                section = started.pop()
                content = Range(section.begin, found.start())
                yield Block(section.name, content, section.keeps or found["end"] == "append")
        elif found["short"]:
            yield Block(found["name"], Range(found.end(), found.end()), keeps=False)
        else:
            close = template.text.find(")", found.end(), found.end() + _NEAR)
            started.append(_Started(found["name"], max(found.end(), close + 1)))


_INLINE = r"\{\{~?#\*inline\s+[\"'](?P<inline>[^\"']+)"
_PARTIAL = r"\{\{~?(?P<block>#)?>\s*[\"']?(?P<partial>[\w./-]+)"
_CLOSE = r"\{\{~?/\s*[\"']?(?P<close>[\w./-]+)"


@cache
def _handlebars() -> re.Pattern[str]:
    return re.compile(f"{_INLINE}|{_PARTIAL}|{_CLOSE}")


def _inlines(template: Template) -> Iterator[Block]:
    """What Handlebars defines for the partial around it, and the partials that may be defined so."""
    started: list[tuple[str, Code]] = []
    for code in template.codes:
        tag = _handlebars().match(code.text)
        if tag is None:
            continue
        if tag["inline"]:
            yield Block(tag["inline"], Range(code.end, code.end), keeps=False, opens=False)
        elif tag["block"]:
            started.append((tag["partial"], code))
        elif tag["partial"]:
            yield Block(tag["partial"], Range(code.start, code.end), keeps=False, fills=False)
        elif started and started[-1][0] == tag["close"]:
            name, opened = started.pop()
            yield Block(name, Range(opened.start, code.end), keeps=False, fills=False)


def overridden(own: Iterable[Block], embed: int | None) -> frozenset[str]:
    """The names of the blocks that take the place of those in the parent, or in what is embedded at an offset."""
    return frozenset(block.name for block in own if block.fills and block.embed == embed and not block.keeps)


def blanked(template: Template, names: frozenset[str]) -> str:
    """The template's text with nothing in these blocks but line ends; offsets stay true."""
    text = template.text
    pieces: list[str] = []
    position = 0
    for block in sorted(blocks(template), key=lambda block: block.content):
        begin, end = block.content
        if block.name in names and block.opens and block.embed is None and begin >= position:
            pieces += [text[position:begin], re.sub(r"[^\r\n]", " ", text[begin:end])]
            position = end
    return "".join([*pieces, text[position:]])


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(r"\{\{-?\s*(?:(?P<open>if|range|with|block|define)\b|(?P<end>end)\b)")


def definition(template: Template, name: str) -> Range | None:
    """What stands between Go's `{{ define "name" }}` and its `{{ end }}`."""
    wanted = re.compile(rf"\{{\{{-?\s*define\s+[\"`]{re.escape(name)}[\"`]")
    begin, depth = -1, 0
    for code in template.codes:
        if begin < 0:
            if wanted.match(code.text):
                begin, depth = code.end, 1
            continue
        tag = _opens().match(code.text)
        if tag is None:
            continue
        depth += 1 if tag["open"] else -1
        if depth == 0:
            return Range(begin, code.start)
    return Range(begin, template.extent.end) if begin >= 0 else None
