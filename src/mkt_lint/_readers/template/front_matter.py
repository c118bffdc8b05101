"""What stands above a document for its build: YAML between two lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mkt_lint._documents.template import Template
from mkt_lint._documents.text import Range

_FENCE = "---"
_FENCED = r"---[ \t]*\r?\n(?:(?:[\w\"'.][\w\"'.-]*[ \t]*:|[ \t#]|-[ \t])[^\n]*\n|\r?\n)*?---[ \t]*(?:\r?\n|\Z)"
_ENTRY = r"(?m)^([\w-]+)[ \t]*:[ \t]*[\"']?([^\r\n]*)"
_LAYOUT = r"(?!(?:none|false|null)\b)[\w./-]+"


def front_matter_end(text: str) -> int:
    """Where the front matter of a text ends; 0 where there is none."""
    found = re.compile(_FENCED).match(text) if text.startswith(_FENCE) else None
    return found.end() if found else 0


def front_matter(template: Template) -> Mapping[str, Range]:
    """By lower-case key where the values of the front matter are, without the quotation mark before them."""
    if not template.codes or not template.codes[0].text.startswith(_FENCE):
        return {}
    code = template.codes[0]
    found: dict[str, Range] = {}
    for entry in re.finditer(_ENTRY, code.text):
        begin, end = entry.span(2)
        found.setdefault(entry[1].lower(), Range(code.start + begin, code.start + end))
    return found


def named_layout(template: Template) -> Range | None:
    """Where the front matter names a layout."""
    value = front_matter(template).get("layout")
    found = re.compile(_LAYOUT).match(template.text, *value) if value else None
    return Range(*found.span()) if found else None
