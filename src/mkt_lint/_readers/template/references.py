"""Where a template names another one, in the template languages that can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mkt_lint._documents.template import Code, Element, IncludeProblem, Template
from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.conventions import implied_layouts
from mkt_lint._readers.template.front_matter import named_layout


class IncludeReference(NamedTuple):
    """A name of another template, and the code or tag that it stands in."""

    name: str
    start: int
    end: int
    problem: IncludeProblem | None = None
    """Why it cannot be looked up, if so."""
    dotted: bool = False
    """Dots in the name part folders: `emails.footer`."""
    extends: bool = False
    """The other one is the layout, in whose blocks this one stands."""
    optional: bool = False
    """It may be missing."""
    defined: bool = False
    """It may be a definition in another file: Go's `{{ define "footer" }}`."""


_QUOTED = r"""["'](?P<{}>[^"'\r\n]+)["']"""
_PARTIAL_BLOCK = r"\{\{~?#>"
_COMPUTED = r"\s*(?:[~+.|]|\?\s)"
"""What follows a name that is put together from several."""


@cache
def _in_code() -> re.Pattern[str]:
    return re.compile(
        r"\{%[-~+]?\s*(?:"
        rf"from\s+{_QUOTED.format('macros')}"
        r"|(?P<verb>extends|include|include_relative|embed|render|section|import|layout|partial|use)\s+"
        rf"(?:\[?\s*{_QUOTED.format('tag')}|(?P<bare>[\w/-]+\.[\w.]+)(?=\s)|(?P<variable>[^\s%'\"]+)))"
        rf"|\{{\{{\{{?[-~]?\s*(?:include\(\s*{_QUOTED.format('function')}|template\s+[\"`](?P<go>[^\"`]+)[\"`]"
        rf"|(?:partial|include)\s+{_QUOTED.format('hugo')}"
        r"|content_blocks\.\$?\{(?P<block>[^}]+)\}"
        r"|snippets?(?P<snippet>\.[\w-]+|\[[^\]]+\]|\s+[\"'][^\"']+[\"'])\s*\})"
        rf"|\{{\{{~?\#?[><]\s*(?:{_QUOTED.format('partial')}|(?P<name>[\w./-]+)|(?P<lookup>\([^)]*\)))"
        rf"|<%[-=]?\s*(?:include[\s(]+{_QUOTED.format('ejs')}|include\s+(?P<old_ejs>[\w./-]+)\s*%>"
        rf"|render[\s(]+(?:(?:partial|template):\s*)?{_QUOTED.format('erb')})"
        rf"|<%@\s*include\s+file\s*=\s*{_QUOTED.format('jsp')}"
        rf"|<%(?P<mako>inherit|include|namespace)\b[^>]*?\sfile\s*=\s*{_QUOTED.format('mako_file')}"
        rf"|<\#(?:include|import)\s+{_QUOTED.format('freemarker')}"
        r"|%%=\s*(?P<held>ContentBlockBy\w+\([^)]*\))",
        re.IGNORECASE,
    )


@cache
def _php() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:include|require)(?:_once)?\b[\s(]*(?:(?:__DIR__|dirname\(\s*__FILE__\s*\))\s*\.\s*)?"
        r"(?:[\"'](?P<name>[^\"'\r\n$]+)[\"']|(?P<variable>[\w$][^\s;?]*))"
    )


@cache
def _blade() -> re.Pattern[str]:
    return re.compile(r"@(include(?:If|When|First)?|extends|component)\s*\(\s*[\"']([\w./:-]+)[\"']")


@cache
def _smarty() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\{)\{(?P<verb>include|extends)\s+file=(?:[\"'](?P<name>[^\"'\r\n]+)[\"']|(?P<variable>\$[^\s}]+))[^{}]*\}"
    )


@cache
def _server_side() -> re.Pattern[str]:
    return re.compile(r"<!--\s*#include\s+(?:file|virtual)\s*=\s*[\"']([^\"']+)[\"']")


@cache
def _defined() -> re.Pattern[str]:
    return re.compile(r"\{\{-?\s*(?:define|block)\s+[\"`]([^\"`]+)[\"`]|\{\{~?#\*inline\s+[\"']([^\"']+)")


_UNRESOLVABLE = {
    "variable": IncludeProblem.VARIABLE,
    "lookup": IncludeProblem.VARIABLE,
    "block": IncludeProblem.HELD,
    "held": IncludeProblem.HELD,
    "snippet": IncludeProblem.HELD,
}
_NAMING = frozenset(
    ("from", "extends", "include", "include_relative", "embed", "render", "section", "import", "layout", "partial",
     "use", "template", "content_blocks", "snippet", "snippets")
)  # fmt: skip
"""Words of code one of which stands in all that names a template, besides what begins with `{{>` or `{{<`."""
_TAGS = {
    "mj-include": "path",
    "include": "src",
    "extends": "src",
    "component": "src",
    "layout": "src",
    "module": "href",
}
_FRAGMENTS = ("th:replace", "th:insert", "th:include")
_LAYOUTS = ("th:decorate", "layout:decorate")
_SLOTS = frozenset(("body", "content"))
"""Where a layout takes in the message itself."""
_LARAVEL_MAIL = "mail::"
"""Components that Laravel brings: a frame with the name of the application, unless a project publishes its own."""
_NO_COMPONENTS = frozenset(("slot", "fill"))


def references(template: Template) -> Iterator[IncludeReference]:
    """All that a template names, in no particular order."""
    yield from _code_references(template)
    if place := named_layout(template):
        yield IncludeReference(template.text[slice(*place)], *place, extends=True)
    if "@" in template.text:
        for found in _blade().finditer(template.text, *template.extent):
            verb, name = found.groups()
            yield _component(name, *found.span(), extends=verb == "extends", optional=verb == "includeIf")
    if "file=" in template.text:
        for found in _smarty().finditer(template.text, *template.extent):
            yield _smarty_reference(found)
    for comment in template.comments if "#include" in template.text else ():
        if named := _server_side().match(comment.text):
            yield IncludeReference(named[1], comment.start, comment.end)
    start = template.extent.start
    for layout in implied_layouts(template):
        yield IncludeReference(layout, start, start, extends=True, optional=True)
    yield from _element_references(template)


def _smarty_reference(found: re.Match[str]) -> IncludeReference:
    name = found["name"] or found["variable"]
    problem = IncludeProblem.VARIABLE if "$" in name else None
    name = name.removeprefix("file:")
    if ":" in name:  # the parent theme's, a module's, a database's
        problem = IncludeProblem.PACKAGE
    return IncludeReference(name, *found.span(), problem, extends=found["verb"] == "extends")


def _component(name: str, start: int, end: int, *, extends: bool = False, optional: bool = False) -> IncludeReference:
    if name.startswith(_LARAVEL_MAIL):
        published = name.replace(_LARAVEL_MAIL, "vendor/mail/html/", 1)
        return IncludeReference(published, start, end, extends=extends, optional=True)
    problem = IncludeProblem.PACKAGE if "::" in name else None
    return IncludeReference(name, start, end, problem, dotted=True, extends=extends, optional=optional)


def _code_references(template: Template) -> Iterator[IncludeReference]:
    pattern = _in_code() if _may_name(template) else None
    defined: set[str] | None = None
    for code in template.codes:
        if code.text.startswith("<?"):
            yield from _php_references(code)
        if pattern is None or code.text.startswith(("*|", "${", "<?")):
            continue
        found = pattern.match(code.text)
        if found is None or found.lastgroup is None:
            continue
        if found.lastgroup in ("go", "name"):
            defined = _defined_in(template) if defined is None else defined
            if found[found.lastgroup] in defined | _SLOTS:
                continue
        found_here = _reference(code, found, found.lastgroup)
        if re.match(_PARTIAL_BLOCK, code.text):
            # in a document it has a default inside, elsewhere the message for a layout
            document = any(element.tag == "body" for element in template.elements)
            found_here = (named._replace(extends=not document, optional=document) for named in found_here)
        yield from found_here


def _may_name(template: Template) -> bool:
    """Whether any code may name a template: most does not, and the pattern is long to compile."""
    codes = "\n".join(code.text for code in template.codes).lower()
    if any(sign in codes for sign in ("<", ">", "contentblockby")):
        return True
    return not _NAMING.isdisjoint(re.findall(r"\w+", codes))


def _reference(code: Code, found: re.Match[str], group: str) -> Iterator[IncludeReference]:
    name = found[group]
    if group in _UNRESOLVABLE:
        if name not in ("none", "false"):  # a layout switched off
            yield _unresolvable(name.strip(".[]\"' "), code, _UNRESOLVABLE[group])
    elif group == "tag" and re.compile(_COMPUTED).match(code.text, found.end()):
        yield _unresolvable(name, code, IncludeProblem.VARIABLE)
    else:
        extends = (found["verb"] or found["mako"] or "").lower() in ("extends", "inherit")
        optional = "ignore missing" in code.text
        yield IncludeReference(name, code.start, code.end, extends=extends, optional=optional, defined=group == "go")


def _php_references(code: Code) -> Iterator[IncludeReference]:
    for found in _php().finditer(code.text):
        if found["name"] and not re.compile(r"\s*\.").match(code.text, found.end()):
            yield IncludeReference(found["name"].lstrip("/"), code.start, code.end)
        else:
            yield _unresolvable(found["name"] or found["variable"], code, IncludeProblem.VARIABLE)


def _unresolvable(name: str, code: Code, problem: IncludeProblem) -> IncludeReference:
    return IncludeReference(" ".join(name.split()), code.start, code.end, problem)


def _defined_in(template: Template) -> set[str]:
    """What the file itself defines for use in it."""
    return {name for code in template.codes for found in _defined().finditer(code.text) for name in found.groups()}


def _element_references(template: Template) -> Iterator[IncludeReference]:
    with_fragments = any(key in template.lowered for key in (*_FRAGMENTS, ":decorate"))
    for tag, elements in template.elements_by_tag.items():
        if tag in _TAGS:
            for element in elements:
                yield from _by_attribute(element, _TAGS[tag])
        elif tag.startswith("x-"):
            name = tag[2:]
            if name and name not in _NO_COMPONENTS and not name.startswith("slot:"):
                yield from (_component(name, element.start, element.end) for element in elements)
        elif with_fragments:
            for element in elements:
                if "th:" in element.source_tag or "layout:" in element.source_tag:
                    yield from _fragment(element)


def _by_attribute(element: Element, key: str) -> Iterator[IncludeReference]:
    name = element.get(key)
    if name and element.get("type") != "css":
        problem = IncludeProblem.VARIABLE if "{{" in name else None
        extends = element.tag in ("extends", "layout")
        yield IncludeReference(name, element.start, element.end, problem, extends=extends)


def _fragment(element: Element) -> Iterator[IncludeReference]:
    """Thymeleaf's fragments."""
    for key in (*_FRAGMENTS, *_LAYOUTS):
        value = element.get(key)
        name = (value or "").removeprefix("~{").split("::")[0].strip(" }'")
        if name and name != "this":
            problem = IncludeProblem.VARIABLE if "$" in name else None
            yield IncludeReference(name, element.start, element.end, problem)
