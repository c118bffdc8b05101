"""Template code inside markup, covered so that an HTML parser meets only HTML.

Every stretch of code is replaced by filler of the same length, so that offsets stay true.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.front_matter import front_matter_end

PLACEHOLDER = "\ue000"
"""Fills what prints something; it belongs to no markup, so that it may stand in a name, a value or a text."""

# opener, closer, whether it prints, whether it must end on its line (where the opener also means something else)
_SYNTAXES = (
    ("{{{", "}}", True, False),  # Handlebars, Mustache: unescaped
    ("{{!--", "--}}", False, False),  # Handlebars comment
    ("{{--", "--}}", False, False),  # Blade comment
    ("{{", "}}", True, False),  # Jinja, Twig, Liquid, Handlebars, Go, Blade
    ("{!!", "!!}", True, True),  # Blade: unescaped
    ("{%", "%}", False, False),  # Jinja, Twig, Liquid
    ("{#", "#}", False, False),  # Jinja, Twig
    ("<%--", "--%>", False, False),  # JSP comment
    ("<%=", "%>", True, False),  # ERB, EJS, ASP
    ("<%-", "%>", True, False),  # EJS: unescaped
    ("<%", "%>", False, False),
    ("<?=", "?>", True, False),  # PHP
    ("<?php", "?>", False, False),
    ("<?", "?>", False, True),  # PHP with short tags
    ("%%[", "]%%", False, False),  # AMPscript
    ("%%=", "=%%", True, False),
    ("*|", "|*", True, True),  # merge tags
    ("[%", "%]", True, True),  # Template Toolkit
    ("${", "}", True, True),  # FreeMarker, JSP, Velocity
    ("<#--", "-->", False, False),  # FreeMarker comment
    ("<#", ">", False, True),  # FreeMarker directives
    ("</#", ">", False, True),
    ("<@", ">", False, True),
    ("</@", ">", False, True),
)
_FIRST = "".join(sorted({syntax[0][0] for syntax in _SYNTAXES}))
_COMMENT_BLOCK = r"\{%[-~]?\s*comment\b"
_COMMENT = r"\{\{[-~]?\s*/\*|\{\{~?!|\{\{--|\{#|<%--|<%#|<#--|\{%[-~]?\s*(?:comment\b|#)"
_MAKO_TAG = r"<%(?:doc|text|\w+(?::\w+)?(?:\s+\w+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))+)\s*/?>"
_STATEMENT = r"\{\{[-~\s]*+(?:[#/^!>]|(?:if|else|end|range|with|define|block|each|unless)\b)"
_LINE_CONTENT = r"[^\r\n]+"
_BEFORE = 64
"""How far back an equals sign is looked for, so that a long run of blanks costs nothing."""


class CodeRange(NamedTuple):
    """A stretch of template code."""

    start: int
    end: int
    prints: bool
    """Whether it prints something; a statement or a comment does not."""
    comment: bool


def _begun(text: str) -> str:
    """The first characters of the openers that a text has.

    One by one: the search for a single character is many times faster than that for one of several.
    """
    return "".join(first for first in _FIRST if first in text and _openers(first).search(text))


@lru_cache(maxsize=64)
def _openers(begun: str) -> re.Pattern[str]:
    """The openers that begin with one of these characters, which are sorted."""
    further: dict[str, list[str]] = {}  # by the first character, which takes a third less time than one by one
    for opener, *_ in _SYNTAXES:
        if opener[0] in begun:
            further.setdefault(opener[0], []).append(re.escape(opener[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in further.items()) or "(?!)")


def mask(text: str) -> tuple[str, list[CodeRange]]:
    """The text with its template code covered, and where the code is. Linear, also in unclosed openers."""
    front = front_matter_end(text)
    begun = _begun(text)
    if not begun and not front:
        return text, []
    by_opener = {syntax[0]: syntax for syntax in _SYNTAXES}
    absent_before: dict[str, int] = {}  # closer: there is none up to this offset, so that nothing is searched twice
    pieces: list[str] = []
    codes: list[CodeRange] = []
    covered = position = front
    if front:
        codes.append(CodeRange(0, front, prints=False, comment=True))
        pieces.append(_covered(text[:front], " "))
    line_end = -1
    search = _openers(begun).search
    while found := search(text, position):
        opener, closer, prints, one_line = by_opener[found.group()]
        start, position = found.start(), found.end()
        limit = len(text)
        if one_line or (opener == "{#" and not text.startswith((" ", "-", "\n", "\r"), position)):  # CSS: a{#fff}
            if line_end < position:
                line_end = text.find("\n", position)
                line_end = len(text) if line_end < 0 else line_end
            limit = line_end
        if opener == "<%" and (tag := re.compile(_MAKO_TAG).match(text, start)):
            position, closer = tag.end() - 1, ">"
        if absent_before.get(closer, -1) >= limit or (opener == "<?" and text.startswith(("xml", "XML"), position)):
            continue
        end = text.find(closer, position, limit)
        if end < 0:
            absent_before[closer] = limit
            continue
        end = _whole(text, opener, start, end + len(closer), absent_before)
        if opener == "{{" and re.compile(_STATEMENT).match(text, start):
            prints = False
        comment = re.compile(_COMMENT).match(text, start) is not None
        prints = prints and not comment
        codes.append(CodeRange(start, end, prints, comment))
        filler = PLACEHOLDER if prints or _is_value(text, start) else " "
        pieces.append(text[covered:start])
        pieces.append(_covered(text[start:end], filler))
        covered = position = end
    pieces.append(text[covered:])
    return "".join(pieces), codes


def _whole(text: str, opener: str, start: int, end: int, absent_before: dict[str, int]) -> int:
    """Where code that is closed for the first time really ends."""
    if opener == "{%" and re.compile(_COMMENT_BLOCK).match(text, start):
        return _end_of_comment_block(text, end, absent_before)
    if opener in ("{{", "{{{") and text.startswith("}", end):  # its own last brace, or that of a `${` in it
        code = text[start:end]
        return end + (code.count("{") > code.count("}"))
    return end


def _covered(code: str, filler: str) -> str:
    return re.sub(_LINE_CONTENT, lambda line: filler * len(line[0]), code)


def _end_of_comment_block(text: str, end: int, absent_before: dict[str, int]) -> int:
    if "endcomment" in absent_before:
        return end
    at = text.find("endcomment", end)
    close = text.find("%}", at) if at >= 0 else -1
    if close < 0:
        absent_before["endcomment"] = len(text)
        return end
    return close + 2


def _is_value(text: str, start: int) -> bool:
    """Whether a statement stands where an unquoted value would: blanks there would make the next word the value."""
    return text[max(0, start - _BEFORE) : start].rstrip().endswith("=")
