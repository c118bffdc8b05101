"""Start tags in the text of a page or a template, without a tree."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from mkt_lint._documents.text import SourceText
from mkt_lint._syntax.node import Children, Node, NodeKind, item_path

# What holds no tags of the page is passed over in one step; comments may hold pieces of tags.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\b|\Z)|<(?P<name>[a-z][a-z0-9:-]*)(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|"""
    r"""(?P<braced>\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){0,500}\})|(?P<bare>[^\s"'<>=]+)))?"""
)
_GAP = re.compile(r"[\s/]*")


def parse(text: str, names: Collection[str]) -> Node:
    """See `mkt_lint.parse_tags`."""
    source = SourceText(text.removeprefix("\ufeff"))
    items: list[Node] = []
    for tag in _TAG.finditer(source.text):
        name = (tag["name"] or "").lower()
        if name in names:
            items.append(_tag(source, name, tag.start(), tag.end(), item_path("", len(items))))
    return Node(source, NodeKind.ARRAY, source.span(0, len(source.text)), children=Children(items=items))


def _tag(source: SourceText, name: str, start: int, offset: int, path: str) -> Node:
    members: dict[str, Node] = {}
    while found := _ATTRIBUTE.match(source.text, offset):
        offset = found.end()
        group = next((group for group in ("double", "single", "braced", "bare") if found[group] is not None), "name")
        value = "" if group == "name" else unescape(found[group])
        key = found["name"].lower()
        members.setdefault(
            key,
            Node(
                source, NodeKind.STRING, source.span(*found.span(group)), value=value, key=key,
                key_span=source.span(*found.span("name")), path=f"{path}.{key}",
            ),
        )  # fmt: skip
    gap = _GAP.match(source.text, offset)
    end = gap.end() if gap else offset
    closed = source.text[end : end + 1] == ">"
    return Node(
        source, NodeKind.OBJECT, source.span(start, end + closed), key=name,
        key_span=source.span(start + 1, start + 1 + len(name)), path=path, children=Children(members=members),
    )  # fmt: skip
