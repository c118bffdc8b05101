"""Periods after which a job deletes prospects, in configurations of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkt_lint import Node, RetentionPeriod, Setting, Term
from mkt_lint_security.readers.values import WrongTypeError, comes_from_elsewhere, may_hold, whole_number

_KEY = re.compile(
    r"(?:.*_)?(?:retention|purge|keep|kept|expire|delete|ttl|max_age|older_than)(?:_[a-z_]*)?_(?P<unit>days|months|years)"
)
_PROSPECT = re.compile(r"(?:^|[_.\[\]-])(?:prospects?|leads?|marketing_contacts?)(?:$|[_.\[\]-])")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNITS = ("ays", "onths", "ears")
_DAYS = {"days": (1, 1), "months": (365, 12), "years": (365, 1)}


def periods(root: Node) -> Iterator[RetentionPeriod]:
    """Numbers whose key names a period of retention, under a path that names prospects."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not may_hold(node, _UNITS):
            continue
        waiting += reversed([*node.members.values(), *node.items])
        name = _plain(node.key or "")
        found = _KEY.fullmatch(name)
        if found is None or node.members or node.items or not _PROSPECT.search(_plain(node.path)):
            continue
        try:
            number = whole_number(node)
        except WrongTypeError:
            continue
        if number is None and not comes_from_elsewhere(node):
            continue
        factor, parts = _DAYS[found["unit"]]
        days = None if number is None else number * factor // parts
        yield RetentionPeriod(product=Term("retention"), days=Setting(days, node.span, identity=node.path))


def _plain(key: str) -> str:
    """`retentionDays` and `retention-days` as `retention_days`."""
    return _HUMP.sub("_", key).replace("-", "_").lower()
