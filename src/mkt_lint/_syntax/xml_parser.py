"""XML: expat decides and gives the places."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Span
from mkt_lint._syntax.node import Children, Node, NodeKind, SyntaxProblem, item_path, member_path

MAX_DEPTH = 200


class _RefusedError(Exception):
    """Well-formed, but more or other than can be read."""

    def __init__(self, message: str, place: tuple[int, int]) -> None:
        super().__init__(message)
        self.problem = SyntaxProblem(message, *place)


@dataclass(slots=True)
class _Element:
    name: str
    start: int
    attributes: dict[str, str]
    text_start: int | None = None
    text: str = ""
    end: int = 0
    inner_end: int = 0
    children: list[_Element] = field(default_factory=list)


def parse(text: str) -> Node | SyntaxProblem:
    """See `mkt_lint.parse_xml`."""
    text = text.removeprefix("\ufeff")
    builder = _Builder(text)
    try:
        root = builder.parse()
    except _RefusedError as refused:
        return refused.problem
    except expat.ExpatError as error:
        return SyntaxProblem("not valid XML: something else is expected here", error.lineno, error.offset + 1)
    return _Tree(builder.source).element(root, "", "")


class _Builder:
    """From expat's events to elements, without recursion."""

    def __init__(self, text: str) -> None:
        self.source = SourceText(text)
        self._stack: list[_Element] = []
        self._root: _Element | None = None
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._entity
        parser.buffer_text = False

    def parse(self) -> _Element:
        self._parser.Parse(self.source.text.encode("utf-8", "surrogatepass"), True)
        if self._root is None:
            raise _RefusedError("not valid XML: an element is expected here", (1, 1))
        return self._root

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _offset(self) -> int:
        return self.source.offset(*self._here())

    def _entity(self, *_: object) -> None:
        raise _RefusedError("a document that declares entities of its own cannot be read", self._here())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise _RefusedError("this XML is nested too deeply to be read", self._here())
        element = _Element(name.rpartition(":")[2], self._offset(), attributes)
        if self._stack:
            self._stack[-1].children.append(element)
        else:
            self._root = element
        self._stack.append(element)

    def _end(self, _: str) -> None:
        element = self._stack.pop()
        element.inner_end = self._offset()
        end = self.source.text.find(">", element.inner_end)
        element.end = end + 1 if end >= 0 else element.inner_end

    def _data(self, data: str) -> None:
        if self._stack and data.strip():
            element = self._stack[-1]
            if element.text_start is None:
                element.text_start = self._offset() + len(data) - len(data.lstrip())
            element.text += data


class _Tree:
    def __init__(self, source: SourceText) -> None:
        self._source = source

    def element(self, element: _Element, path: str, key: str) -> Node:
        # The name alone: an element may be the whole file.
        name = self._source.span(element.start + 1, element.start + 1 + self._name_length(element.start + 1))
        return Node(
            self._source, NodeKind.OBJECT, self._source.span(element.start, element.end), key=key or element.name,
            key_span=name, path=path, children=lambda node: self._children(element, node),
        )  # fmt: skip

    def _name_length(self, start: int) -> int:
        end = start
        while end < len(self._source.text) and self._source.text[end] not in " \t\r\n/>":
            end += 1
        return end - start

    def _children(self, element: _Element, node: Node) -> Children:
        members: dict[str, Node] = {}
        for name, value in element.attributes.items():
            span = self._attribute(element, name)
            path = member_path(node.path, f"@{name}")
            members[f"@{name}"] = Node(self._source, NodeKind.STRING, span, value=value, key=name, path=path)
        if element.text_start is not None:
            value = element.text.strip()
            end = element.text_start + len(value)
            if self._source.text[element.text_start : end] != value:  # character references, or parts between elements
                end = max(element.text_start, element.children[0].start if element.children else element.inner_end)
            span = self._source.span(element.text_start, end)
            members["#text"] = Node(
                self._source, NodeKind.STRING, span, value=value, path=member_path(node.path, "#text")
            )
        groups: dict[str, list[Node]] = {}
        for child in element.children:
            items = groups.setdefault(child.name, [])
            path = item_path(member_path(node.path, child.name), len(items))
            items.append(self.element(child, path, child.name))
        for name, items in groups.items():
            members[name] = Node(
                self._source, NodeKind.ARRAY, items[0].span, key=name, key_span=items[0].key_span,
                path=member_path(node.path, name), children=Children(items=items),
            )  # fmt: skip
        return Children(members=members)

    def _attribute(self, element: _Element, name: str) -> Span:
        """Of an attribute's value, without its quotes."""
        text = self._source.text
        offset = element.start
        # expat has accepted the tag, so that each attribute has a name, an equals sign and quotes.
        while True:
            equals = text.index("=", offset)
            opening = equals + 1
            while text[opening] not in "\"'":
                opening += 1
            closing = text.index(text[opening], opening + 1)
            if text[offset:equals].split()[-1] == name:
                return self._source.span(opening + 1, closing)
            offset = closing + 1
