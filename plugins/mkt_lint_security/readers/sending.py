"""Configurations of products that send e-mail: whether they track opens, and whether they add a way to unsubscribe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mkt_lint import Code, Node, SendingSwitch, Setting, Term
from mkt_lint_security.facts import facts
from mkt_lint_security.readers.values import WrongTypeError, may_hold, truth

MAX_DEPTH = 30


def switches(root: Node) -> Iterator[SendingSwitch]:
    """Values at the paths of `data/sending.toml`, wherever in the file these are."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in facts("sending")["switches"]:
        rows.setdefault(row["path"][-1], []).append(row)
    waiting: list[tuple[Node, tuple[Node, ...]]] = [(root, ())]
    while waiting:
        node, above = waiting.pop()
        if not may_hold(node, rows):
            continue
        for row in rows.get(node.key or "", ()):
            switch = _switch(node, above, row)
            if switch is not None:
                yield switch
                break
        if len(above) < MAX_DEPTH:
            waiting += [(child, (*above, node)) for child in reversed([*node.members.values(), *node.items])]


def parameters(root: Code) -> Iterator[SendingSwitch]:
    """Elements of an array in PHP, `'mailer_append_tracking_pixel' => 1`."""
    rows = {
        row["path"][0]: row for row in facts("sending")["switches"] if len(row["path"]) == 1 and "beside" not in row
    }
    for element in root.walk("array_element_initializer"):
        row = rows.get(element.children[0].raw.strip("'\""))
        if row is None or len(element.children) != 2:  # noqa: PLR2004  # a key and its value
            continue
        value = element.children[1]
        on = {"1": True, "true": True, "0": False, "false": False}.get(value.raw.strip("'\"").lower())
        if on is not None or value.type not in ("integer", "string", "encapsed_string", "null"):
            known = None if on is None else on != row.get("inverted", False)
            setting = Setting(known, value.span, identity=row["path"][0])
            yield SendingSwitch(product=Term(row["product"]), controls=row["controls"], on=setting)


def _switch(node: Node, above: tuple[Node, ...], row: dict[str, Any]) -> SendingSwitch | None:
    keys = [parent.key for parent in (*above, node) if parent.key is not None]
    if keys[-len(row["path"]) :] != row["path"]:
        return None
    siblings = above[-1].members if above else {}
    if "beside" in row and not any(key in siblings for key in row["beside"]):
        return None
    try:
        value = truth(node)
    except WrongTypeError:
        return None
    on = None if value is None else value != row.get("inverted", False)
    return SendingSwitch(
        product=Term(row["product"]), controls=row["controls"], on=Setting(on, node.span, identity=node.path)
    )
