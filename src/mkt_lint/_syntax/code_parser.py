"""Source code of programs, as a grammar of tree-sitter sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from mkt_lint._model import Span
from mkt_lint._syntax.places import Places, descend

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

Language: TypeAlias = Literal["csharp", "php", "ruby"]

_GRAMMARS = {
    "csharp": ("tree_sitter_c_sharp", "language"),
    "php": ("tree_sitter_php", "language_php"),
    "ruby": ("tree_sitter_ruby", "language"),
}


class Code:
    """A piece of source code, with its place. Its `repr` shows none of it."""

    __slots__ = ("_places", "_syntax")

    def __init__(self, places: Places, syntax: Syntax) -> None:
        self._places = places
        self._syntax = syntax

    def __repr__(self) -> str:
        return f"<Code {self.type} at {self.span.line}:{self.span.column}>"

    @property
    def type(self) -> str:
        """What the grammar calls it: `assignment_expression`."""
        return self._syntax.type

    @property
    def span(self) -> Span:
        return self._places.span(self._syntax)

    @property
    def raw(self) -> str:
        """Its text."""
        return self._places.text(self._syntax)

    @property
    def children(self) -> list[Code]:
        """What it consists of, without punctuation."""
        return [Code(self._places, child) for child in self._syntax.named_children]

    @property
    def parent(self) -> Code | None:
        return Code(self._places, self._syntax.parent) if self._syntax.parent else None

    def field(self, name: str) -> Code | None:
        """The part that the grammar gives this name: `left`."""
        child = self._syntax.child_by_field_name(name)
        return Code(self._places, child) if child else None

    def walk(self, *types: str) -> Iterator[Code]:
        """All pieces of these types, itself included, in the order of the text."""
        return (Code(self._places, found) for found in descend(self._syntax) if found.type in types)


def parse(text: str, language: Language) -> Code:
    """See `mkt_lint.parse_code`."""
    places = Places(text.removeprefix("\ufeff"), *_GRAMMARS[language])
    return Code(places, places.root)
