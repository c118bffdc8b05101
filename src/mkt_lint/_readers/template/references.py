"""Where a template names another one, in the template languages that can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mkt_lint._documents.template import Code, Element, Template

_BY_VARIABLE = "is named by a variable"
_HELD_BY_PLATFORM = "the sending platform holds"


class IncludeReference(NamedTuple):
    """A name of another template, and the code or tag that it stands in."""

    name: str
    start: int
    end: int
    problem: str = ""
    """Why it cannot be looked up, if so."""
    dotted: bool = False
    """Dots in the name part folders: `emails.footer`."""


@cache
def _in_code() -> re.Pattern[str]:
    quoted = r"""["'](?P<{}>[^"'\r\n]+)["']"""
    return re.compile(
        r"\{%[-~+]?\s*(?:"
        rf"from\s+{quoted.format('macros')}"
        rf"|(?:extends|include|include_relative|embed|render|section|import|layout|partial)\s+(?:{quoted.format('tag')}"
        r"|(?P<bare>[\w/-]+\.[\w.]+)(?=\s)|(?P<variable>[^\s%'\"]+)))"
        rf"|\{{\{{[-~]?\s*(?:include\(\s*{quoted.format('function')}|template\s+\"(?P<go>[^\"]+)\""
        rf"|content_blocks\.\$?\{{(?P<block>[^}}]+)\}})"
        rf"|\{{\{{~?\#?>\s*(?:{quoted.format('partial')}|(?P<name>[\w./-]+)|(?P<lookup>\([^)]*\)))"
        rf"|<%[-=]?\s*(?:include\(\s*{quoted.format('ejs')}"
        rf"|render[\s(]+(?:(?:partial|template):\s*)?{quoted.format('erb')})"
        rf"|<\?(?:php|=)\s*(?:include|require)(?:_once)?[\s(]+{quoted.format('php')}"
        rf"|<\#(?:include|import)\s+{quoted.format('freemarker')}"
        r"|%%=\s*(?P<held>ContentBlockBy\w+\([^)]*\))",
        re.IGNORECASE,
    )


@cache
def _blade() -> re.Pattern[str]:
    return re.compile(r"@(?:include(?:If|When|First)?|extends|component)\s*\(\s*[\"']([\w./:-]+)[\"']")


@cache
def _defined() -> re.Pattern[str]:
    return re.compile(r"\{\{-?\s*(?:define|block)\s+\"([^\"]+)\"|\{\{~?#\*inline\s+[\"']([^\"']+)")


_TAGS = {
    "mj-include": "path",
    "include": "src",
    "extends": "src",
    "component": "src",
    "layout": "src",
    "module": "href",
}
_FRAGMENTS = ("th:replace", "th:insert", "th:include")
_SLOTS = frozenset(("body", "content"))
"""Where a layout takes in the message itself."""


def references(template: Template) -> Iterator[IncludeReference]:
    """All that a template names, in no particular order."""
    yield from _code_references(template)
    if "@" in template.text:
        for found in _blade().finditer(template.text, *template.extent):
            yield IncludeReference(found[1], *found.span(), dotted=True)
    for element in template.elements:
        yield from _element_references(element)


def _code_references(template: Template) -> Iterator[IncludeReference]:
    pattern = _in_code()
    defined: set[str] | None = None
    for code in template.codes:
        if code.text.startswith(("*|", "${")):
            continue
        found = pattern.match(code.text)
        if found is None or found.lastgroup is None:
            continue
        name = found[found.lastgroup]
        match found.lastgroup:
            case "variable":
                if name not in ("none", "false"):  # a layout switched off
                    yield _unresolvable(name, code, _BY_VARIABLE)
            case "lookup":
                yield _unresolvable(name, code, _BY_VARIABLE)
            case "block" | "held":
                yield _unresolvable(name, code, _HELD_BY_PLATFORM)
            case "go" | "name":
                defined = _defined_in(template) if defined is None else defined
                if name not in defined and name not in _SLOTS:
                    yield IncludeReference(name, code.start, code.end)
            case _:
                yield IncludeReference(name, code.start, code.end)


def _unresolvable(name: str, code: Code, problem: str) -> IncludeReference:
    return IncludeReference(" ".join(name.split()), code.start, code.end, problem)


def _defined_in(template: Template) -> set[str]:
    """What the file itself defines for use in it."""
    return {name for code in template.codes for found in _defined().finditer(code.text) for name in found.groups()}


def _element_references(element: Element) -> Iterator[IncludeReference]:
    tag = element.tag
    name = None
    dotted = False
    if tag in _TAGS:
        if element.get("type") == "css":
            return
        name = element.get(_TAGS[tag])
    elif tag.startswith("x-") and len(tag) > 2:  # noqa: PLR2004  # more than the prefix
        name, dotted = tag[2:], True
    elif "th:" in element.source_tag:
        fragment = next((value for key in _FRAGMENTS if (value := element.get(key))), "")
        name = fragment.removeprefix("~{").split("::")[0].strip(" }'") or None
        if name and "$" in name:
            yield IncludeReference(name, element.start, element.end, _BY_VARIABLE)
            return
    if name:
        yield IncludeReference(name, element.start, element.end, dotted=dotted)
