"""TOML: tomli decides and gives the values, tree-sitter the places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import tomli

from mkt_lint._model import Span
from mkt_lint._syntax.node import (
    Children,
    Node,
    NodeKind,
    SyntaxProblem,
    item_path,
    kind_of,
    member_path,
)
from mkt_lint._syntax.places import Places

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

# tomli's own messages may quote the text, so only their beginnings are looked at.
_MESSAGES = (
    ("Invalid value", "a value is expected here"),
    ("Invalid statement", "a key or a table is expected here"),
    ("Invalid initial character", "a key is expected here; quote it if it has unusual characters"),
    ("Expected newline", "a new line is expected here"),
    ("Expected ']", "a closing bracket is expected here"),
    ("Expected '='", "an equals sign is expected after the key"),
    ("Cannot", "this key or table is already defined"),
    ("Duplicate", "this key is already defined"),
    ("Unclosed", "an array or inline table has no closing bracket"),
    ("Unterminated", "a string has no end"),
    ("Unescaped", "a backslash in a string must be doubled, or the string put in single quotes"),
    ("Invalid hex", "an escape sequence is malformed"),
    ("Escaped", "this escape sequence stands for no character"),
    ("Invalid date", "there is no such date or time"),
    ("Illegal character", "a control character is not allowed here"),
    ("Found invalid", "a control character is not allowed here"),
)


def parse(text: str) -> Node | SyntaxProblem:
    """See `mkt_lint.parse_toml`."""
    text = text.removeprefix("\ufeff")
    try:
        values = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        known = (ours for theirs, ours in _MESSAGES if error.msg.startswith(theirs))
        message = f"not valid TOML: {next(known, 'something else is expected here')}"
        return SyntaxProblem(message, error.lineno, error.colno)
    except RecursionError:
        return SyntaxProblem("this TOML is nested too deeply to be read", 1, 1)
    except ValueError:
        return SyntaxProblem("not valid TOML: a number has too many digits", 1, 1)
    places = _Places(text)
    if odd := places.unknown():
        span = places.span(odd)
        # tomli also reads TOML 1.1, the grammar does not.
        message = "not valid TOML 1.0, although later versions of TOML allow it"
        return SyntaxProblem(message, span.line, span.column)
    return _Tree(places).document(values)


class _Places(Places):
    """The tree that tree-sitter makes of a text, and the keys in it."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "tree_sitter_toml")

    def key_parts(self, syntax: Syntax) -> list[tuple[str, Span]]:
        """`a."b c".d` as its parts; the grammar nests them to the left."""
        parts = []
        while syntax.type == "dotted_key":
            syntax, last = syntax.named_children
            parts.append((self._key(last), self.span(last)))
        parts.append((self._key(syntax), self.span(syntax)))
        return parts[::-1]

    def _key(self, syntax: Syntax) -> str:
        text = self.text(syntax)
        return next(iter(tomli.loads(f"{text} = 0"))) if syntax.type == "quoted_key" else text


class _Table:
    """A table in the making: its node, and the values that tomli found for it."""

    def __init__(self, node: Node, members: dict[str, Node], values: dict[str, Any]) -> None:
        self.node = node
        self.members = members
        self.values = values
        self.tables: dict[str, _Table] = {}
        self.arrays: dict[str, list[Node]] = {}


class _Tree:
    """Merges the statements of a valid document into one tree."""

    def __init__(self, places: _Places) -> None:
        self._places = places

    def document(self, values: dict[str, Any]) -> Node:
        text = self._places.source.text
        root = self._table(values, self._places.source.span(0, len(text)), "")
        for statement in self._places.root.named_children:
            match statement.type:
                case "pair":
                    self._pair(root, statement)
                case "table" | "table_array_element":
                    key, *pairs = [child for child in statement.named_children if child.type != "comment"]
                    table = self._headed(root, statement, key)
                    for pair in pairs:
                        self._pair(table, pair)
        return root.node

    def _table(self, values: dict[str, Any], span: Span, path: str, key: tuple[str, Span] | None = None) -> _Table:
        members: dict[str, Node] = {}
        name, key_span = key or (None, None)
        node = Node(
            self._places.source,
            NodeKind.OBJECT,
            span,
            key=name,
            key_span=key_span,
            path=path,
            children=Children(members=members),
        )
        return _Table(node, members, values)

    def _within(self, table: _Table, parts: list[tuple[str, Span]]) -> _Table:
        """The table that the parts of a key lead to, made where nothing else has; in an array, the last one."""
        for name, span in parts:
            if name not in table.tables:
                path = member_path(table.node.path, name)
                inner = self._table(table.values[name], span, path, (name, span))
                table.tables[name], table.members[name] = inner, inner.node
            table = table.tables[name]
        return table

    def _headed(self, root: _Table, statement: Syntax, key: Syntax) -> _Table:
        """The table that a `[header]` or an `[[item]]` opens."""
        *parents, (name, key_span) = self._places.key_parts(key)
        parent = self._within(root, parents)
        # tree-sitter counts everything up to the next header; the header alone is what one looks for.
        closing = next(child for child in statement.children if child.type in ("]", "]]"))
        span = self._places.span(statement.children[0], closing)
        path = member_path(parent.node.path, name)
        if statement.type == "table":
            table = self._within(parent, [(name, key_span)])
            table.node.span, table.node.key_span = span, key_span
            return table
        items = parent.arrays.setdefault(name, [])
        table = self._table(parent.values[name][len(items)], span, item_path(path, len(items)))
        items.append(table.node)
        parent.tables[name] = table
        if name not in parent.members:
            parent.members[name] = Node(
                self._places.source,
                NodeKind.ARRAY,
                span,
                key=name,
                key_span=key_span,
                path=path,
                children=Children(items=items),
            )
        return table

    def _pair(self, table: _Table, pair: Syntax) -> None:
        if pair.type != "pair":
            return
        key, value = [child for child in pair.named_children if child.type != "comment"]
        *parents, (name, key_span) = self._places.key_parts(key)
        table = self._within(table, parents)
        path = member_path(table.node.path, name)
        table.members[name] = self._value(value, table.values[name], path, (name, key_span))

    def _value(self, syntax: Syntax, value: Any, path: str, key: tuple[str, Span] | None = None) -> Node:
        span = self._places.span(syntax)
        kind = kind_of(value)
        if kind is NodeKind.OBJECT:
            table = self._table(value, span, path, key)
            for pair in syntax.named_children:
                self._pair(table, pair)
            return table.node
        name, key_span = key or (None, None)
        children = Children()
        if kind is NodeKind.ARRAY:
            children = Children(
                items=[
                    self._value(item, inner, item_path(path, index))
                    for index, (item, inner) in enumerate(zip(_values(syntax), value, strict=True))
                ]
            )
            value = None
        return Node(
            self._places.source,
            kind,
            span,
            value=value,
            key=name,
            key_span=key_span,
            path=path,
            children=children,
        )


def _values(array: Syntax) -> Iterator[Syntax]:
    return (child for child in array.named_children if child.type != "comment")
