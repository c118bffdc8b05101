"""Tree-sitter's tree of a text, its byte offsets told as spans."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib import import_module
from itertools import accumulate
from typing import TYPE_CHECKING

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Span

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax
    from tree_sitter import Parser

CONTINUATION = 0x80
"""The two high bits of a byte of UTF-8 that begins no character."""


@lru_cache(maxsize=8)
def _parser(grammar: str, language: str) -> Parser:
    from tree_sitter import Language, Parser

    return Parser(Language(getattr(import_module(grammar), language)()))


class Places:
    """A text, and the tree that a grammar makes of it.

    Args:
        grammar: The grammar's module.
        language: Its function that gives the language.
    """

    def __init__(self, text: str, grammar: str, language: str = "language") -> None:
        self.source = SourceText(text)
        self._bytes = text.encode("utf-8", "surrogatepass")
        # Some grammars want a line end after the last statement.
        self._tree = _parser(grammar, language).parse(self._bytes + b"\n")
        self.root = self._tree.root_node

    @cached_property
    def _characters(self) -> list[int] | None:
        """How many characters lie before each byte; None where that is the byte's own offset."""
        if len(self._bytes) == len(self.source.text):
            return None
        return [0, *accumulate(byte & 0xC0 != CONTINUATION for byte in self._bytes)]

    def _offset(self, byte: int) -> int:
        byte = min(byte, len(self._bytes))
        return byte if self._characters is None else self._characters[byte]

    def span(self, first: Syntax, last: Syntax | None = None) -> Span:
        """From the beginning of one syntax node to the end of another, or its own."""
        return self.source.span(self._offset(first.start_byte), self._offset((last or first).end_byte))

    def text(self, syntax: Syntax) -> str:
        """The source text of a syntax node."""
        return self._bytes[syntax.start_byte : syntax.end_byte].decode("utf-8", "surrogatepass")

    def unknown(self) -> Syntax | None:
        """The first place that the grammar does not know."""
        waiting = [self.root] if self.root.has_error else []
        while waiting:
            syntax = waiting.pop()
            if syntax.is_error or syntax.is_missing:
                return syntax
            waiting += [child for child in reversed(syntax.children) if child.has_error or child.is_missing]
        return None


def descend(root: Syntax) -> Iterator[Syntax]:
    """A syntax node and all below it, in the order of the text, whatever the depth."""
    waiting = [root]
    while waiting:
        syntax = waiting.pop()
        yield syntax
        waiting += reversed(syntax.named_children)
