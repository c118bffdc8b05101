"""YAML: PyYAML's events, put together without recursion so that no depth and no alias can do harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.reader import Reader

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

MAX_DEPTH = 200
MAX_ALIASED = 100_000
"""Nodes that aliases may add to those that are written out."""

_STANDARD = "tag:yaml.org,2002:"
_SCALARS = tuple(_STANDARD + name for name in ("bool", "float", "int", "null", "str", "timestamp"))
_MERGE = _STANDARD + "merge"

# PyYAML's own messages may quote the text, so only their beginnings are looked at.
_MESSAGES = (
    ("mapping values are not allowed", "a colon is not allowed here; quote the text, or check the indentation"),
    ("could not find expected ':'", "a colon is expected after the key"),
    ("did not find expected key", "the indentation does not fit, or a key is expected"),
    ("expected <block end>", "the indentation does not fit, or a key is expected"),
    ("did not find expected '-'", "the indentation does not fit, or an item is expected"),
    ("found character that cannot start", "this character must be quoted; a tab may not indent"),
    ("found character '", "this character must be quoted; a tab may not indent"),
    ("found a tab", "a tab may not indent"),
    ("found unexpected end of stream", "a quoted string has no end"),
    ("found unknown escape", "this escape sequence is not known"),
    ("did not find expected ',' or", "a comma or a closing bracket is expected here"),
    ("expected ',' or", "a comma or a closing bracket is expected here"),
)


@dataclass(slots=True)
class _Value:
    """A value as it is written, or an alias of one."""

    kind: NodeKind
    start: int
    end: int
    value: Any = None
    tag: str | None = None
    anchor: str | None = None
    flow: bool = False
    open: bool = False
    size: int = 1
    """Nodes in it, with aliases followed."""
    pairs: list[tuple[_Value, _Value]] = field(default_factory=list)
    items: list[_Value] = field(default_factory=list)
    key: _Value | None = None
    """Of a mapping in the making: the key that waits for its value."""


class _RefusedError(Exception):
    """Well-formed, but more or other than can be read."""

    def __init__(self, message: str, offset: int) -> None:
        self.message = message
        self.offset = offset


def parse(text: str) -> Node | SyntaxProblem:
    """See `mkt_lint.parse_yaml`."""
    found = _parse(text, 1)
    return found if isinstance(found, SyntaxProblem) else found[0]


def parse_documents(text: str) -> tuple[Node, ...] | SyntaxProblem:
    """See `mkt_lint.parse_yaml_documents`."""
    return _parse(text, None)


def _parse(text: str, most: int | None) -> tuple[Node, ...] | SyntaxProblem:
    """The trees of at least one and of at most so many documents."""
    text = text.removeprefix("\ufeff")
    source = SourceText(text)

    def problem(message: str, offset: int) -> SyntaxProblem:
        return SyntaxProblem(message, *source.position(min(offset, len(text))))

    if odd := Reader.NON_PRINTABLE.search(text):
        return problem("not valid YAML: a control character is not allowed here", odd.start())
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        roots = _Builder(text, loader, most).documents()
    except _RefusedError as refused:
        return problem(refused.message, refused.offset)
    except yaml.MarkedYAMLError as error:
        known = (ours for theirs, ours in _MESSAGES if (error.problem or "").startswith(theirs))
        mark = error.problem_mark or error.context_mark
        detail = next(known, "something else is expected here")
        return problem(f"not valid YAML: {detail}", mark.index if mark else 0)
    except (yaml.YAMLError, UnicodeError):
        return problem("not valid YAML: a character is not allowed", 0)
    finally:
        loader.dispose()
    tree = _Tree(source)
    # The first as if it were alone, so that a document after it changes no path in it.
    return tuple(tree.node(root, item_path("", number) if number else "") for number, root in enumerate(roots))


class _Builder:
    """From events to values; anchors and the size of what aliases stand for are kept by the way."""

    def __init__(self, text: str, loader: Any, most: int | None) -> None:
        self._text = text
        self._loader = loader
        self._most = most
        self._anchors: dict[str, _Value] = {}
        self._stack: list[_Value] = []
        self._root: _Value | None = None
        self._aliased = 0

    def documents(self) -> list[_Value]:
        """One at least: an empty stream is a null."""
        done: list[_Value] = []
        while True:
            event = self._loader.get_event()
            match event:
                case yaml.StreamEndEvent():
                    return done or [_Value(NodeKind.NULL, 0, 0)]
                case yaml.DocumentStartEvent():
                    if len(done) == self._most:
                        raise _RefusedError(
                            "one YAML document a file is expected; move this one to a file of its own", _start(event)
                        )
                    self._anchors.clear()
                case yaml.DocumentEndEvent():
                    done.append(self._root or _Value(NodeKind.NULL, _start(event), _start(event)))
                    self._root = None
                case yaml.ScalarEvent():
                    self._add(self._scalar(event))
                case yaml.AliasEvent():
                    self._add(self._alias(event))
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close(event)

    def _open(self, event: Any) -> None:
        kind = NodeKind.OBJECT if isinstance(event, yaml.MappingStartEvent) else NodeKind.ARRAY
        if len(self._stack) >= MAX_DEPTH:
            raise _RefusedError("this YAML is nested too deeply to be read", _start(event))
        if self._stack and self._stack[-1].kind is NodeKind.OBJECT and self._stack[-1].key is None:
            raise _RefusedError("a key that is itself a mapping or a list cannot be read", _start(event))
        value = _Value(kind, _start(event), event.end_mark.index, tag=_own_tag(event.tag), anchor=event.anchor)
        value.flow, value.open = bool(event.flow_style), True
        if event.anchor:
            self._anchors[event.anchor] = value
        self._stack.append(value)

    def _close(self, event: Any) -> None:
        value = self._stack.pop()
        value.open = False
        # A block ends where the next token begins, lines further down; what it holds ends where it ends.
        parts = value.items or [last for _, last in value.pairs]
        value.end = event.end_mark.index if value.flow else max([value.end, *(part.end for part in parts[-1:])])
        self._add(value)

    def _add(self, value: _Value) -> None:
        if not self._stack:
            self._root = value
            return
        parent = self._stack[-1]
        parent.size += value.size
        if parent.kind is NodeKind.ARRAY:
            parent.items.append(value)
        elif parent.key is None:
            parent.key = value
        else:
            parent.pairs.append((parent.key, value))
            parent.key = None

    def _alias(self, event: Any) -> _Value:
        target = self._anchors.get(event.anchor)
        if target is None:
            raise _RefusedError("not valid YAML: this alias has no anchor before it", _start(event))
        if target.open:
            raise _RefusedError("this alias stands inside the value that it repeats", _start(event))
        self._aliased += target.size
        if self._aliased > MAX_ALIASED:
            raise _RefusedError(f"aliases repeat more than {MAX_ALIASED:,} values", _start(event))
        return _Value(
            target.kind,
            _start(event),
            event.end_mark.index,
            target.value,
            target.tag,
            size=target.size,
            pairs=target.pairs,
            items=target.items,
        )

    def _scalar(self, event: Any) -> _Value:
        start, end = _start(event), event.end_mark.index
        if event.style in ("|", ">"):
            end = start + len(self._text[start:end].rstrip())
        tag = event.tag
        if tag in (None, "!"):
            tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        value: Any = event.value
        if tag in _SCALARS:
            node = yaml.ScalarNode(tag, event.value)
            try:
                value = self._loader.yaml_constructors[tag](self._loader, node)
            except (ValueError, KeyError, IndexError, OverflowError):
                raise _RefusedError("not valid YAML: a number or a date is malformed", start) from None
        made = _Value(kind_of(value), start, end, value, tag if tag == _MERGE else _own_tag(tag), event.anchor)
        if event.anchor:
            self._anchors[event.anchor] = made
        return made


def _start(event: Any) -> int:
    offset: int = event.start_mark.index
    return offset


def _own_tag(tag: str | None) -> str | None:
    return None if tag is None or tag == "!" or tag.startswith(_STANDARD) else tag


class _Tree:
    """Makes nodes of values; what an alias repeats gets nodes of its own, with paths of their own."""

    def __init__(self, source: SourceText) -> None:
        self._source = source

    def node(self, value: _Value, path: str, key: tuple[str, _Value] | None = None) -> Node:
        return Node(
            self._source,
            value.kind,
            self._source.span(value.start, value.end),
            value=value.value,
            key=key[0] if key else None,
            key_span=self._source.span(key[1].start, key[1].end) if key else None,
            path=path,
            tag=value.tag,
            children=lambda node: self._children(value, node),
        )

    def _children(self, value: _Value, node: Node) -> Children:
        if value.kind is not NodeKind.OBJECT:
            return Children(items=[self.node(item, item_path(node.path, i)) for i, item in enumerate(value.items)])
        members: dict[str, Node] = {}
        overridden = []
        for written, inner, merged in _pairs(value):
            name = self._name(written)
            if merged and name in members:
                continue
            if name in members:
                overridden.append(members.pop(name))
            members[name] = self.node(inner, member_path(node.path, name), (name, written))
        return Children(members=members, overridden=tuple(overridden))

    def _name(self, key: _Value) -> str:
        """A key as it is written, whatever its type: `on`, `1` and `2020-01-01` are names like others."""
        if isinstance(key.value, str):
            return key.value
        return self._source.text[key.start : key.end]


def _pairs(value: _Value, merged: bool = False) -> Iterator[tuple[_Value, _Value, bool]]:
    """A mapping's own pairs, then those that it merges in and that yield to them."""
    merges = []
    for key, inner in value.pairs:
        sources = [inner] if inner.kind is NodeKind.OBJECT else inner.items
        if key.tag == _MERGE and all(item.kind is NodeKind.OBJECT for item in sources):
            merges += sources
        else:
            yield key, inner, merged
    for source in merges:
        yield from _pairs(source, merged=True)
