"""What reports show of a template's source."""

from __future__ import annotations

import re
from functools import cache

from mkt_lint._documents.text import SourceText
from mkt_lint._model import Excerpt, Span

EXCERPT_WIDTH = 160
_QUERY = 1000
"""More than the longest value in a query string that is starred out, in characters."""


def excerpt(source: SourceText, span: Span) -> Excerpt:
    """The line around the beginning of a span, cut to `EXCERPT_WIDTH`; addresses in links are starred out."""
    line_start, line_end = source.line_range(span.line)
    length = line_end - line_start
    begin = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else length
    room = max(0, EXCERPT_WIDTH - (end - begin))
    first = 0 if length <= EXCERPT_WIDTH else max(0, min(begin - room // 2, length - EXCERPT_WIDTH))
    # a minified template is one line: to star out all of it for each finding would be quadratic
    left = max(0, first - _QUERY)
    near = source.text[line_start + left : min(line_end, line_start + first + EXCERPT_WIDTH + _QUERY)]
    shown = masked_addresses(near)[first - left : first - left + EXCERPT_WIDTH]
    return Excerpt(span.line, first + 1, shown)


@cache
def _query_value() -> re.Pattern[str]:
    return re.compile(r"(?<=[?&;=])[^\s\"'<>?&;=#]{1,320}(?:@|%40)[^\s\"'<>&;#]{1,320}")


def masked_addresses(line: str) -> str:
    """A line with the values in query strings that look like e-mail addresses replaced by as many stars."""
    if "@" not in line and "%40" not in line:
        return line
    return _query_value().sub(lambda found: "*" * len(found[0]), line)
