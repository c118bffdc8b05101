"""Values of settings, as products read them: a number may stand in quotes, or come from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from mkt_lint import Node, Span, Unreadable

LARGE = 100_000
"""Characters on one line."""
LARGE_LINES = 1000

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
# `${MIN}`, `$(MIN)`, `{{ min }}`, `$MIN`, `%MIN%`, `@@MIN@@`, `##MIN##`, `<%= min %>`, `#{min}`, `__MIN__`
_ELSEWHERE = re.compile(
    r"[$#]\{|\$\(|\{\{|\{%|<%|^\$[A-Z_][A-Z0-9_]*$|^%[A-Z_][A-Z0-9_.]*%$|^@@.*@@$|^##.*##$|^__[A-Z0-9_]+__$|^env\("
)
_PROSE = re.compile(r"[^\W\d_].*\s|\s.*[^\W\d_]|[^\W\d_A-Za-z]|^[A-Z][a-z]", re.DOTALL)
_INTRINSIC = re.compile(r"Ref|Condition|Fn::.*|\$env")


class WrongFormError(Exception):
    """A policy that is plainly one, but not in the form that its product takes. The message quotes nothing."""

    is_prose = False

    def __init__(self, message: str, at: Span) -> None:
        super().__init__(message)
        self.problem = Unreadable(message, at.line, at.column)


class WrongTypeError(WrongFormError):
    """A value of a type that the product does not take; `is_prose` where it is a text that a person reads."""

    def __init__(self, expected: str, node: Node) -> None:
        super().__init__(f"{expected} is expected here", node.span)
        # Translations and schemas have the products' keys as well.
        self.is_prose = isinstance(node.value, str) and bool(_PROSE.search(node.value))


def comes_from_elsewhere(node: Node) -> bool:
    """Whether a variable, a parameter or an expression stands in the value's place."""
    if node.tag is not None:
        return True
    if isinstance(node.value, str):
        return bool(_ELSEWHERE.search(node.value.strip()))
    return len(node.members) == 1 and all(_INTRINSIC.fullmatch(key) for key in node.members)


def whole_number(node: Node) -> int | None:
    """A number; None where it comes from elsewhere.

    Raises:
        WrongTypeError: it is none.
    """
    if comes_from_elsewhere(node):
        return None
    match node.value:
        case bool():
            pass
        case int(value):
            return value
        case float(value) if value.is_integer():
            return int(value)
        case str(text) if _NUMBER.fullmatch(text.strip()):
            return int(text)
    raise WrongTypeError("a whole number", node)


def truth(node: Node) -> bool | None:
    """A truth value; None where it comes from elsewhere.

    Raises:
        WrongTypeError: it is none.
    """
    if comes_from_elsewhere(node):
        return None
    match node.value:
        case bool(value):
            return value
        case int(value) if value in (0, 1):
            return bool(value)
        case str(text) if text.strip().lower() in _TRUE | _FALSE:
            return text.strip().lower() in _TRUE
    raise WrongTypeError("true or false", node)


def word(node: Node | None) -> str | None:
    """A text that is written out; else None."""
    if node is None or comes_from_elsewhere(node) or not isinstance(node.value, str):
        return None
    return node.value.strip()


def nodes(root: Node, wanted: Callable[[Node], bool], *words: str) -> list[Node]:
    """All nodes that are wanted, in the order of the document; inside one that is, none is looked for.

    Args:
        words: Each wanted node has one of these in its text or for its key, so that
            large parts without them are passed over.
    """
    found: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not may_hold(node, words):
            continue
        if wanted(node):
            found.append(node)
        else:
            waiting += reversed([*node.members.values(), *node.items])
    return found


def may_hold(node: Node, words: Collection[str]) -> bool:
    """Whether a node is one of these words' or has one inside; of an export's users, say, nobody needs the items.

    What is small is not searched: it may as well be looked at.
    """
    span = node.span
    if span.end_line - span.line < LARGE_LINES and span.end_column - span.column < LARGE:
        return True
    return node.key in words or any(word in node.raw for word in words)


def only(node: Node | None) -> Node | None:
    """A node, or the first item where it is an array: Terraform's and XML's blocks are arrays."""
    if node is not None and node.kind == "array":
        return node.items[0] if node.items else None
    return node


def text_of(element: Node, *names: str) -> Node | None:
    """The text of the first XML element that the names lead to."""
    for name in names:
        inner = only(element.get(name))
        if inner is None:
            return None
        element = inner
    return element.get("#text")


def resources(root: Node, kind: str) -> list[Node]:
    """Terraform's resources of one type."""
    found = []
    for block in _blocks(root.get("resource")):
        for named in _blocks(block.get(kind)):
            found += [body for each in named.members.values() for body in _blocks(each)]
    return found


def _blocks(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return list(node.items) if node.kind == "array" else [node]
