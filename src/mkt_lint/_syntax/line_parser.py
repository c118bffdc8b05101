"""Formats of one setting a line: INI and its kin, and LDIF."""

from __future__ import annotations

import base64
import re

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Span
from mkt_lint._syntax.node import Children, Node, NodeKind, item_path, member_path

_SECTION = re.compile(r"[ \t]*\[(?P<name>[^\]\r\n]*)\]")
_SETTING = re.compile(r"[ \t]*(?P<key>[^=\s#;\[][^=#;\r\n]*?)[ \t]*(?:=[ \t]*(?P<value>[^\r\n]*?))?[ \t]*\r?(?:\n|\Z)")
_COMMENT = re.compile(r"(?:^|[ \t]+)[#;].*$")
_ATTRIBUTE = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9.-]*)(?:;[^:\s]*)?:(?P<coded>:?)[ \t]*(?P<value>[^\r\n]*)")

_WORD = re.compile(r"(?P<end>\n)|#[^\n]*|\\[ \t]*\r?\n|(?P<word>\[[^\]\r\n]{0,500}\]|(?:[^\s\\#]|\\(?![ \t]*\r?\n))+)")


def _scalar(
    source: SourceText, start: int, text: str, key: tuple[str, int], path: str, shown: str | None = None
) -> Node:
    return Node(
        source, NodeKind.STRING, source.span(start, start + len(text)), value=text if shown is None else shown,
        key=key[0], key_span=source.span(key[1], key[1] + len(key[0])), path=path,
    )  # fmt: skip


def parse_ini(text: str) -> Node:
    """See `mkt_lint.parse_ini`."""
    source = SourceText(text.removeprefix("\ufeff"))
    text = source.text
    members: dict[str, Node] = {}
    sections: dict[str, dict[str, Node]] = {}
    inside, path = members, ""
    offset = 0
    while offset < len(text):
        end = text.find("\n", offset) + 1 or len(text)
        if section := _SECTION.match(text, offset, end):
            path = member_path("", section["name"])
            if section["name"] not in sections:
                inside = sections[section["name"]] = {}
                span = source.span(*section.span("name"))
                members[section["name"]] = Node(
                    source, NodeKind.OBJECT, span, key=section["name"], key_span=span, path=path,
                    children=Children(members=inside),
                )  # fmt: skip
            inside = sections[section["name"]]
        elif setting := _SETTING.fullmatch(text, offset, end):
            value = _COMMENT.sub("", setting["value"] or "")
            start = setting.start("value") if setting["value"] is not None else setting.end("key")
            key = (setting["key"], setting.start("key"))
            inside[key[0]] = _scalar(source, start, value, key, member_path(path, key[0]))
        offset = end
    return Node(source, NodeKind.OBJECT, source.span(0, len(text)), children=Children(members=members))


def parse_words(text: str) -> Node:
    """See `mkt_lint.parse_words`."""
    source = SourceText(text.removeprefix("\ufeff"))
    lines: list[Node] = []
    words: list[Node] = []
    for found in [*_WORD.finditer(source.text), None]:
        if found is None or found["end"]:
            if words:
                span = Span(*words[0].span[:2], *words[-1].span[2:])
                path = item_path("", len(lines))
                lines.append(Node(source, NodeKind.ARRAY, span, path=path, children=Children(items=words)))
                words = []
        elif found["word"]:
            path = item_path(item_path("", len(lines)), len(words))
            key, equals, value = found["word"].partition("=")
            if equals and not key.startswith("["):
                start = found.end() - len(value)
                words.append(_scalar(source, start, value, (key, found.start()), path))
            else:
                words.append(Node(source, NodeKind.STRING, source.span(*found.span()), value=found[0], path=path))
    return Node(source, NodeKind.ARRAY, source.span(0, len(source.text)), children=Children(items=lines))


def parse_ldif(text: str) -> Node:
    """See `mkt_lint.parse_ldif`."""
    source = SourceText(text.removeprefix("\ufeff"))
    text = source.text
    items: list[Node] = []
    members: dict[str, Node] = {}
    start = offset = 0
    while offset <= len(text):
        end = text.find("\n", offset) + 1 or len(text)
        line = text[offset:end]
        if not line.strip():
            if members:
                span = source.span(start, offset)
                path = item_path("", len(items))
                items.append(Node(source, NodeKind.OBJECT, span, path=path, children=Children(members=members)))
            members, start = {}, end
        elif found := _ATTRIBUTE.match(text, offset, end):
            # The first value of an attribute counts; what is folded onto further lines is never a number.
            value = found["value"].rstrip()
            key = (found["key"], offset)
            path = member_path(item_path("", len(items)), key[0])
            node = _scalar(source, found.start("value"), value, key, path, _decoded(value) if found["coded"] else None)
            members.setdefault(key[0].lower(), node)
        if offset == len(text):
            break
        offset = end
    return Node(source, NodeKind.ARRAY, source.span(0, len(text)), children=Children(items=items))


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except ValueError:
        return value
