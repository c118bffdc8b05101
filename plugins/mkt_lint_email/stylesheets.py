"""What a template's own style sheets declare for one element: single selectors of a tag, a class and an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from mkt_lint import Template
from mkt_lint_email.once import once

Declarations: TypeAlias = dict[str, str]
_Ruled: TypeAlias = Mapping[str, tuple[str, bool]]

_SIMPLE = r"([a-z][\w-]*|\*)?(?:#([\w-]+))?(?:\.([\w-]+))?"
_DEFAULTS = frozenset(("mj-attributes", "mj-include", "container"))
"""Tags of languages whose compiler brings styles from elsewhere."""
_BRACE = r"[{}]"


class _Selector(NamedTuple):
    weight: int
    tag: str
    id: str
    class_name: str
    body: str
    """Its declarations; few elements are asked for, so that most are never told apart."""


class Sheet:
    """All style sheets of a template. What a media query speaks of too is left out: it may undo it."""

    def __init__(self, text: str, *, complete: bool = True) -> None:
        self.text = text
        self._complete = complete
        plain, queried = _parted(text)
        blocks = list(_blocks(plain))
        self._colouring = " ".join(selectors for selectors, body in blocks if "background" in body)
        self._selectors = sorted(_selectors(blocks, queried), key=lambda selector: selector.weight)

    def may_colour(self, names: frozenset[str]) -> bool:
        """Whether what these names stand for may have a background that is not known.

        A name that no rule of the file selects by may be one of a sheet that is put in later.
        """
        if not self._complete:
            return True
        return any(name not in self.text or name in self._colouring for name in names) or " td" in self._colouring

    def matching(self, tag: str, identity: str, classes: Iterable[str]) -> _Ruled:
        """Property to value, and whether it is `!important`."""
        ruled: dict[str, tuple[str, bool]] = {}
        names = frozenset(classes)
        for selector in self._selectors:  # by weight: the last one holds
            fits = selector.tag in ("", "*", tag) and selector.id in ("", identity)
            if fits and (not selector.class_name or selector.class_name in names):
                for name, value in _ruled(selector.body).items():
                    if value[1] or not ruled.get(name, ("", False))[1]:
                        ruled[name] = value
        return ruled


@once
def sheet_of(template: Template) -> Sheet:
    """A template's own style sheets as one."""
    blocks = [
        template.text[slice(*element.content)]
        for element in template.elements_named("style", "mj-style")
        if not element.conditional
    ]
    further = any(tag in _DEFAULTS for tag in template.elements_by_tag) or any(
        "css" in element.source_tag.lower() for element in template.elements_named("link")
    )
    return Sheet(_uncommented("\n".join(blocks)).lower(), complete=not further)


@lru_cache(maxsize=512)
def declarations(style: str) -> Declarations:
    """The declarations of a `style` attribute, lower case; of repeated ones the last."""
    found: Declarations = {}
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon and value.strip():
            found[name.strip()] = " ".join(value.replace("!important", " ").split())
    return found


@lru_cache(maxsize=512)
def _ruled(body: str) -> _Ruled:
    """The declarations of a block."""
    declared: dict[str, tuple[str, bool]] = {}
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        if colon and value.strip():
            clean = " ".join(value.replace("!important", " ").split())
            declared[name.strip()] = clean, "!important" in value
    return declared


def _selectors(blocks: Iterable[tuple[str, str]], queried: str) -> Iterator[_Selector]:
    for selectors, body in blocks:
        for selector in selectors.split(","):
            simple = re.fullmatch(_SIMPLE, selector.strip())
            if simple is None or not simple[0]:
                continue
            tag, identity, class_name = (part or "" for part in simple.groups())
            if (class_name and f".{class_name}" in queried) or (identity and f"#{identity}" in queried):
                continue
            weight = 100 * bool(identity) + 10 * bool(class_name) + (tag not in ("", "*"))
            yield _Selector(weight, tag, identity, class_name, body)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of a style sheet without blocks that hold others."""
    for block in text.split("}")[:-1]:
        selectors, brace, body = block.partition("{")
        if brace:
            yield selectors, body


def _uncommented(text: str) -> str:
    if "/*" not in text:
        return text
    first, *others = text.split("/*")
    return " ".join([first, *(other.partition("*/")[2] for other in others)])


def _parted(text: str) -> tuple[str, str]:
    """A style sheet without its blocks that hold others, and these."""
    plain: list[str] = []
    queried: list[str] = []
    position = 0
    for found in re.finditer(r"@[\w-]+[^@{};]*\{", text):
        if found.start() < position:
            continue
        depth, end = 1, found.end()
        for brace in re.compile(_BRACE).finditer(text, found.end()):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                end = brace.end()
                break
        else:
            end = len(text)
        plain.append(text[position : found.start()])
        queried.append(text[found.start() : end])
        position = end
    plain.append(text[position:])
    return " ".join(plain), " ".join(queried)
