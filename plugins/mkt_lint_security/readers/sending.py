"""Configurations of products that send e-mail: whether they track opens, and whether they add a way to unsubscribe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mkt_lint import Node, SendingSwitch, Setting, Term
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
