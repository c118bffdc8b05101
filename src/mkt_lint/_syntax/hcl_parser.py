"""HCL, the language of Terraform: tree-sitter's tree, with blocks nested as Terraform's own JSON nests them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mkt_lint._syntax.node import Children, Node, NodeKind, Scalar, SyntaxProblem, item_path, kind_of, member_path
from mkt_lint._syntax.places import Places

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax

MAX_DEPTH = 100
EXPRESSION = "expression"
"""The tag of what Terraform computes; the value is then the text as it is written."""

_NUMBER = re.compile(r"-?[0-9]+(?P<fraction>\.[0-9]+)?")


def parse(text: str) -> Node | SyntaxProblem:
    """See `mkt_lint.parse_hcl`."""
    places = Places(text.removeprefix("\ufeff"), "tree_sitter_hcl")
    if odd := places.unknown():
        span = places.span(odd)
        return SyntaxProblem("not valid HCL: something else is expected here", span.line, span.column)
    body = next((child for child in places.root.named_children if child.type == "body"), None)
    return _Tree(places).body(body, places.root, "", 0)


class _Tree:
    def __init__(self, places: Places) -> None:
        self._places = places

    def body(
        self, body: Syntax | None, whole: Syntax, path: str, depth: int, name: tuple[str, Syntax] | None = None
    ) -> Node:
        """The object of a body's attributes and blocks."""
        members: dict[str, Node] = {}
        nested: dict[str, tuple[dict[str, Node], list[Node]]] = {}
        node = self._object(whole, path, members, name)
        for child in body.named_children if body and depth < MAX_DEPTH else ():
            if child.type == "attribute":
                key, value = child.named_children[0], child.named_children[-1]
                text = self._places.text(key)
                members[text] = self._value(value, member_path(path, text), depth + 1, (text, key))
            elif child.type == "block":
                self._block(child, node, members, nested, depth)
        return node

    def _block(
        self, block: Syntax, parent: Node, members: dict[str, Node],
        nested: dict[str, tuple[dict[str, Node], list[Node]]], depth: int,
    ) -> None:  # fmt: skip
        """Put a block where it belongs: `resource "a" "b" {}` below `resource.a.b`, `lockout {}` into an array."""
        heads = [child for child in block.named_children if child.type in ("identifier", "string_lit")]
        inner = next((child for child in block.named_children if child.type == "body"), None)
        opening = heads[-1]
        path = parent.path
        for head in heads[:-1]:
            text = self._plain(head)
            path = member_path(path, text)
            if path not in nested:
                below: dict[str, Node] = {}
                nested[path] = (below, [])
                members[text] = self._object(head, path, below, (text, head))
            members = nested[path][0]
        text = self._plain(opening)
        path = member_path(path, text)
        if len(heads) > 1:
            members[text] = self.body(inner, block, path, depth + 1, (text, opening))
            return
        if path not in nested:
            items: list[Node] = []
            nested[path] = ({}, items)
            members[text] = Node(
                self._places.source, NodeKind.ARRAY, self._places.span(block), key=text,
                key_span=self._places.span(opening), path=path, children=Children(items=items),
            )  # fmt: skip
        items = nested[path][1]
        items.append(self.body(inner, block, item_path(path, len(items)), depth + 1, (text, opening)))

    def _object(self, syntax: Syntax, path: str, members: dict[str, Node], name: tuple[str, Syntax] | None) -> Node:
        return Node(
            self._places.source, NodeKind.OBJECT, self._places.span(syntax), key=name[0] if name else None,
            key_span=self._places.span(name[1]) if name else None, path=path, children=Children(members=members),
        )  # fmt: skip

    def _plain(self, head: Syntax) -> str:
        text = self._places.text(head)
        return _unquoted(text) or "" if head.type == "string_lit" else text

    def _value(self, syntax: Syntax, path: str, depth: int, name: tuple[str, Syntax] | None = None) -> Node:
        text = self._places.text(syntax)
        inner = syntax
        while len(inner.named_children) == 1 and inner.type in ("expression", "literal_value", "collection_value"):
            inner = inner.named_children[0]
        key, key_span = (name[0], self._places.span(name[1])) if name else (None, None)
        if inner.type == "object" and depth < MAX_DEPTH:
            members: dict[str, Node] = {}
            for element in inner.named_children:
                left, right = element.child_by_field_name("key"), element.child_by_field_name("val")
                if left is not None and right is not None:
                    word = self._places.text(left)
                    word = _unquoted(word) or word
                    members[word] = self._value(right, member_path(path, word), depth + 1, (word, left))
            return self._object(inner, path, members, name)
        if inner.type == "tuple" and depth < MAX_DEPTH:
            elements = [child for child in inner.named_children if child.type == "expression"]
            items = [self._value(item, item_path(path, i), depth + 1) for i, item in enumerate(elements)]
            return Node(
                self._places.source, NodeKind.ARRAY, self._places.span(inner), key=key, key_span=key_span, path=path,
                children=Children(items=items),
            )  # fmt: skip
        known, value = _scalar(inner.type, text)
        return Node(
            self._places.source, kind_of(value), self._places.span(syntax), value=value, key=key, key_span=key_span,
            path=path, tag=None if known else EXPRESSION,
        )  # fmt: skip


def _unquoted(text: str) -> str | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def _scalar(kind: str, text: str) -> tuple[bool, Scalar]:
    """Whether a value is written out, and what it is; else the text."""
    match kind:
        case "bool_lit":
            return True, text == "true"
        case "null_lit":
            return True, None
        case "string_lit" if (value := _unquoted(text)) is not None:
            return True, value
        case "string_lit":
            return True, text[1:-1]
    if found := _NUMBER.fullmatch(text.replace(" ", "")[:30]):
        number = text.replace(" ", "")
        return True, float(number) if found["fraction"] else int(number)
    return False, text
