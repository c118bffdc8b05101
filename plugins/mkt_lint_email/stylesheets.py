"""What a template's own style sheets declare for one element: single selectors of a tag, a class and an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from mkt_lint import Template
from mkt_lint_email.once import once

Declarations: TypeAlias = dict[str, str]
_Ruled: TypeAlias = Mapping[str, tuple[str, bool]]

_DEFAULTS = frozenset(("mj-attributes", "mj-include", "container"))
"""Tags of languages whose compiler brings styles from elsewhere."""
_BRACE = r"[{}]"


class Sheet:
    """All style sheets of a template. What a media query speaks of too is left out: it may undo it."""

    def __init__(self, text: str, *, complete: bool = True) -> None:
        self.text = text
        self._complete = complete
        plain, self._queried = _parted(text)
        blocks = list(_blocks(plain))
        self._colouring = " ".join(selectors for selectors, body in blocks if "background" in body)
        self._by_selector: dict[str, list[tuple[int, str]]] = {}
        for place, (selectors, body) in enumerate(blocks):
            for selector in selectors.split(","):
                self._by_selector.setdefault(selector.strip(), []).append((place, body))

    def may_colour(self, names: frozenset[str]) -> bool:
        """Whether what these names stand for may have a background that is not known.

        A name that no rule of the file selects by may be one of a sheet that is put in later.
        """
        if not self._complete:
            return True
        return any(name not in self.text or name in self._colouring for name in names) or " td" in self._colouring

    def matching(self, tag: str, identity: str, classes: Iterable[str]) -> _Ruled:
        """Property to value, and whether it is `!important`."""
        found = [
            (weight, place, body)
            for weight, selector in self._selectors(tag, identity, classes)
            for place, body in self._by_selector.get(selector, ())
        ]
        ruled: dict[str, tuple[str, bool]] = {}
        for _, _, body in sorted(found):  # of several the last one holds
            for name, value in _ruled(body).items():
                if value[1] or not ruled.get(name, ("", False))[1]:
                    ruled[name] = value
        return ruled

    def _selectors(self, tag: str, identity: str, classes: Iterable[str]) -> Iterator[tuple[int, str]]:
        """The single selectors that an element fits, each with its weight."""
        ids = [f"#{identity}"] if identity and f"#{identity}" not in self._queried else []
        names = [f".{name}" for name in classes if f".{name}" not in self._queried]
        for first, second, third in product((tag, "*", ""), (*ids, ""), (*names, "")):
            if selector := f"{first}{second}{third}":
                yield 100 * bool(second) + 10 * bool(third) + (first == tag), selector


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
