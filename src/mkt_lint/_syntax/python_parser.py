"""Python modules of settings: what names are assigned at the top level, as far as it is written out."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Span
from mkt_lint._syntax.node import Children, Node, NodeKind, SyntaxProblem, item_path, kind_of, member_path

EXPRESSION = "expression"
"""The tag of what Python computes; the value is then None."""


def parse(text: str) -> Node | SyntaxProblem:
    """See `mkt_lint.parse_python`."""
    source = SourceText(text.removeprefix("\ufeff"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the linted file: an unknown escape, `is` with a literal
            module = ast.parse(source.text)
    except SyntaxError as error:
        return SyntaxProblem("not valid Python", error.lineno or 1, max(1, error.offset or 1))
    except (ValueError, RecursionError, MemoryError):
        return SyntaxProblem("not valid Python, or nested too deeply to be read", 1, 1)
    tree = _Tree(source)
    members = {name: node for statement in module.body for name, node in tree.assigned(statement)}
    return Node(source, NodeKind.OBJECT, source.span(0, len(source.text)), children=Children(members=members))


class _Tree:
    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._lines = source.text.encode("utf-8", "surrogatepass").split(b"\n")

    def assigned(self, statement: ast.stmt) -> Iterator[tuple[str, Node]]:
        """Names and values of one statement; what only some branch assigns is computed."""
        match statement:
            case ast.Assign(targets=[ast.Name() as name], value=value):
                yield name.id, self.value(value, name.id, (name.id, self._span(name)))
            case ast.AnnAssign(target=ast.Name() as name, value=ast.expr() as value):
                yield name.id, self.value(value, name.id, (name.id, self._span(name)))
            case ast.AugAssign(target=ast.Name() as name):
                yield name.id, self._computed(statement.value, name.id, (name.id, self._span(name)))
            case ast.If() | ast.Try() | ast.With():
                for inner in ast.walk(statement):
                    if isinstance(inner, ast.Assign) and isinstance(inner.targets[0], ast.Name):
                        name = inner.targets[0]
                        yield name.id, self._computed(inner.value, name.id, (name.id, self._span(name)))

    def _span(self, node: ast.expr) -> Span:
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return Span(node.lineno, self._column(node.lineno, node.col_offset), end_line, self._column(end_line, end))

    def _column(self, line: int, offset: int) -> int:
        # ast counts bytes, and ends lines with a form feed or a lone CR as well as LF; such files are rare.
        before = self._lines[min(line, len(self._lines)) - 1][:offset]
        return len(before.decode("utf-8", "replace")) + 1

    def _computed(self, node: ast.expr, path: str, key: tuple[str, Span] | None) -> Node:
        return Node(
            self._source, NodeKind.NULL, self._span(node), key=key[0] if key else None,
            key_span=key[1] if key else None, path=path, tag=EXPRESSION,
        )  # fmt: skip

    def value(self, node: ast.expr, path: str, key: tuple[str, Span] | None = None) -> Node:
        name, key_span = key or (None, None)
        match node:
            case ast.Constant(value=value) if isinstance(value, str | int | float | None):
                return Node(
                    self._source, kind_of(value), self._span(node), value=value, key=name, key_span=key_span, path=path
                )
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                items = [self.value(item, item_path(path, number)) for number, item in enumerate(elements)]
                return Node(
                    self._source, NodeKind.ARRAY, self._span(node), key=name, key_span=key_span, path=path,
                    children=Children(items=items),
                )  # fmt: skip
            case ast.Dict(keys=keys, values=values):
                members = {}
                for written, inner in zip(keys, values, strict=True):
                    if isinstance(written, ast.Constant) and isinstance(written.value, str):
                        word = written.value
                        members[word] = self.value(inner, member_path(path, word), (word, self._span(written)))
                return Node(
                    self._source, NodeKind.OBJECT, self._span(node), key=name, key_span=key_span, path=path,
                    children=Children(members=members),
                )  # fmt: skip
        return self._computed(node, path, key)
