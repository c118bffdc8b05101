"""The one shape that all syntax trees have."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from json import dumps
from types import MappingProxyType
from typing import TypeAlias

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Span

Scalar: TypeAlias = str | int | float | bool | date | datetime | time | None

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class NodeKind(enum.StrEnum):
    """What a node is."""

    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    NULL = "null"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a text has no tree. The message, without capital and full stop, quotes nothing of the text."""

    message: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Children:
    """What an object or an array holds."""

    members: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    items: Sequence[Node] = ()
    overridden: tuple[Node, ...] = ()


_NONE = Children()


class Node:
    """A value of a document, with its place.

    Its `repr` shows neither keys nor values, since a file of settings may hold secrets.

    Args:
        source: The text that spans count in.
        children: What the node holds, or how to find out when it is first asked for.
    """

    __slots__ = ("_children", "_source", "key", "key_span", "kind", "path", "span", "tag", "value")

    def __init__(
        self,
        source: SourceText,
        kind: NodeKind,
        span: Span,
        *,
        value: Scalar = None,
        key: str | None = None,
        key_span: Span | None = None,
        path: str = "",
        tag: str | None = None,
        children: Children | Callable[[Node], Children] = _NONE,
    ) -> None:
        self._source = source
        self.kind = kind
        self.span = span
        self.value = value
        """Of scalars the plain Python value; None for objects, arrays and null."""
        self.key = key
        """The node's own key; None for the root and for items of an array."""
        self.key_span = key_span
        self.path = path
        """From the root, `rules.CRM401.max-age` or `ignore[1].files`; items count from 0. Holds the document's keys."""
        self.tag = tag
        """In YAML the application's own tag, `!Ref`; the value is then the text as it is written."""
        self._children = children

    def __repr__(self) -> str:
        return f"<Node {self.kind} at {self.span.line}:{self.span.column}>"

    def _expanded(self) -> Children:
        if not isinstance(self._children, Children):
            self._children = self._children(self)
        return self._children

    @property
    def members(self) -> Mapping[str, Node]:
        """An object's, in the order of the document; else empty."""
        return self._expanded().members

    @property
    def items(self) -> Sequence[Node]:
        """An array's; else empty."""
        return self._expanded().items

    @property
    def overridden(self) -> tuple[Node, ...]:
        """An object's members that a later one of the same name replaces, in the order of the document."""
        return self._expanded().overridden

    @property
    def raw(self) -> str:
        """The source text of the span."""
        return self._source.slice(self.span)

    def get(self, *keys: str | int) -> Node | None:
        """The node that the keys (of objects) and indices (of arrays, from 0) lead to, or None."""
        node: Node | None = self
        for key in keys:
            if node is None:
                return None
            if isinstance(key, str):
                node = node.members.get(key)
            else:
                node = node.items[key] if 0 <= key < len(node.items) else None
        return node


def member_path(parent: str, key: str) -> str:
    """The path of an object's member."""
    name = key if _BARE_KEY.fullmatch(key) else dumps(key, ensure_ascii=False)
    return f"{parent}.{name}" if parent else name


def item_path(parent: str, index: int) -> str:
    """The path of an array's item."""
    return f"{parent}[{index}]"


def kind_of(value: object) -> NodeKind:
    """The kind of a node whose value, as Python has it, is this one."""
    # A bool is an int as well, so that it has to come first.
    kinds: tuple[tuple[type | tuple[type, ...], NodeKind], ...] = (
        (str, NodeKind.STRING),
        (bool, NodeKind.BOOLEAN),
        (int, NodeKind.INTEGER),
        (float, NodeKind.FLOAT),
        ((date, time), NodeKind.DATETIME),
        (Mapping, NodeKind.OBJECT),
        (type(None), NodeKind.NULL),
    )
    return next((kind for types, kind in kinds if isinstance(value, types)), NodeKind.ARRAY)
