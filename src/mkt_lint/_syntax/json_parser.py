"""JSON: the standard library's scanner decides and gives the values, run once more over what is asked for."""

from __future__ import annotations

import json
import re
from typing import Any

from mkt_lint._documents.text import SourceText
from mkt_lint._syntax.node import (
    Children,
    Node,
    NodeKind,
    SyntaxProblem,
    item_path,
    kind_of,
    member_path,
)

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING_OR_ODDITY = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<odd>NaN|-?Infinity|-?[0-9]{4301,})')

# The scanner's own messages may quote the text, so only their beginnings are looked at.
_MESSAGES = (
    ("Expecting value", "a value is expected here"),
    ("Expecting property name", "a name in double quotes is expected here"),
    ("Expecting ':'", "a colon is expected here"),
    ("Expecting ','", "a comma or a closing bracket is expected here"),
    ("Illegal trailing comma", "a comma may not stand before a closing bracket"),
    ("Unterminated string", "this string has no end"),
    ("Invalid control character", "a control character in a string must be escaped"),
    ("Invalid \\", "this escape sequence is not known"),
)


class _NotJsonError(ValueError):
    """`NaN` or `Infinity`."""


def _refuse(_: str) -> float:
    raise _NotJsonError


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def parse(text: str) -> Node | SyntaxProblem:
    """See `mkt_lint.parse_json`."""
    text = text.removeprefix("\ufeff")
    source = SourceText(text)

    def problem(message: str, offset: int) -> SyntaxProblem:
        return SyntaxProblem(f"not valid JSON: {message}", *source.position(offset))

    start = _skip(text, 0)
    try:
        value, end = _decode_with_headroom(text, start)
    except json.JSONDecodeError as error:
        known = (ours for theirs, ours in _MESSAGES if error.msg.startswith(theirs))
        return problem(next(known, "something else is expected here"), error.pos)
    except RecursionError:
        return SyntaxProblem("this JSON is nested too deeply to be read", *source.position(start))
    except ValueError:
        odd = next((found for found in _STRING_OR_ODDITY.finditer(text) if found["odd"]), None)
        return problem("this is not a number that can be read", odd.start() if odd else start)
    rest = _skip(text, end)
    if rest < len(text):
        return problem("nothing may follow the first value", rest)
    return _Tree(source).node(start, end, value)


def _skip(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


def _decode_with_headroom(text: str, start: int, frames: int = 100) -> tuple[Any, int]:
    """Decode with less stack than there is, so that what passes here can be decoded again from further down."""
    if frames:
        return _decode_with_headroom(text, start, frames - 1)
    return _DECODER.raw_decode(text, start)


class _Tree:
    """Makes nodes of a text that is known to be valid."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._text = source.text

    def node(self, start: int, end: int, value: Any, key: tuple[str, int, int] | None = None, path: str = "") -> Node:
        kind = kind_of(value)
        container = kind in (NodeKind.OBJECT, NodeKind.ARRAY)
        expand = self._members if kind is NodeKind.OBJECT else self._items
        return Node(
            self._source,
            kind,
            self._source.span(start, end),
            value=None if container else value,
            key=key[0] if key else None,
            key_span=self._source.span(key[1], key[2]) if key else None,
            path=path,
            children=(lambda node: expand(node, start + 1)) if container else Children(),
        )

    def _members(self, node: Node, offset: int) -> Children:
        text = self._text
        members: dict[str, Node] = {}
        overridden = []
        offset = _skip(text, offset)
        while text[offset] != "}":
            key, key_end = _DECODER.raw_decode(text, offset)
            start = _skip(text, _skip(text, key_end) + 1)
            value, end = _DECODER.raw_decode(text, start)
            if key in members:
                overridden.append(members.pop(key))
            members[key] = self.node(start, end, value, (key, offset, key_end), member_path(node.path, key))
            offset = self._after_comma(end)
        return Children(members=members, overridden=tuple(overridden))

    def _items(self, node: Node, offset: int) -> Children:
        items: list[Node] = []
        offset = _skip(self._text, offset)
        while self._text[offset] != "]":
            value, end = _DECODER.raw_decode(self._text, offset)
            items.append(self.node(offset, end, value, path=item_path(node.path, len(items))))
            offset = self._after_comma(end)
        return Children(items=items)

    def _after_comma(self, end: int) -> int:
        offset = _skip(self._text, end)
        return _skip(self._text, offset + 1) if self._text[offset] == "," else offset
