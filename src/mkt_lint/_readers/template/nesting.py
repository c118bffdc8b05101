"""How the tags of a template nest.

Where each end tag closes what was opened last, which it does in nineteen of twenty templates, they nest as they are
written; elsewhere lxml mends what is missing or crossed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat

from mkt_lint._documents.markup import VOID, StartTag, Tag, closes_itself
from mkt_lint._readers.template.mending import DEEPEST, Nested, mend
from mkt_lint._readers.template.tokens import NO_TAG, RAW_TEXT, Tokens

_HOLDS_NOTHING = VOID | RAW_TEXT
_ROW_GROUPS = frozenset(("tbody", "tfoot", "thead"))
_TABLE_PARTS = _ROW_GROUPS | {"caption", "col", "colgroup", "td", "th", "tr"}
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main",
        "menu", "nav", "ol", "p", "pre", "search", "section", "table", "ul",
    )
)  # fmt: skip
_TEXTS = frozenset(("a", "b", "br", "em", "font", "i", "img", "input", "span", "strong", "u"))
_ENDED_BY: Mapping[str, frozenset[str]] = {
    **{name: frozenset((name,)) for name in ("form", "li")},
    "body": frozenset(("body", "head", "html")),
    **dict.fromkeys(("caption", "colgroup"), _TABLE_PARTS - {"col", "td", "th"}),
    **dict.fromkeys(("dd", "dt"), frozenset(("dd", "dt"))),
    "head": _BLOCKS | _TEXTS | _TABLE_PARTS | {"body", "head", "html"},
    "option": frozenset(("optgroup", "option")),
    "p": _BLOCKS | _TABLE_PARTS | {"dd", "dt", "li"},
    **dict.fromkeys(_ROW_GROUPS, _ROW_GROUPS),
    "span": frozenset(("td", "th")),
    **dict.fromkeys(("td", "th"), _ROW_GROUPS | {"td", "th", "tr"}),
    "tr": _ROW_GROUPS | {"tr"},
}
"""Elements that end without an end tag, by the start tags that do it (HTML standard, 13.1.2.4 and 13.2.6.4)."""
_DOCUMENT = frozenset(("body", "html"))
"""Elements that end where the document does, whatever stands behind their end tags."""


def nest(masked: str, tokens: Tokens, *, conditional: bool) -> list[StartTag]:
    """The start tags of one stretch with their places in the tree."""
    if not tokens.starts:
        return []
    nested = as_written(masked, tokens) or mend(masked, tokens)
    return list(zip(tokens.starts, *nested, repeat(conditional)))  # some of these have no end


def as_written(masked: str, tokens: Tokens) -> Nested | None:
    """The nesting of tags that match; None where a parser must say what a tag closes, or whether it counts."""
    count = len(tokens.starts)
    parents: list[int | None] = [None] * count
    lasts = list(range(count))
    closes: list[int | None] = [None] * count
    names: list[str] = []
    indices: list[int] = []
    ends = iter(tokens.ends)
    closing, closing_at, _ = next(ends, NO_TAG)
    for number, (name, start, end) in enumerate(tokens.starts):
        while closing_at < start:
            if names and closing not in _HOLDS_NOTHING:
                if names[-1] != closing and not _DOCUMENT.issuperset((names[-1], closing)):
                    return None
                if closing not in _DOCUMENT:
                    names.pop()
                    closed = indices.pop()
                    lasts[closed], closes[closed] = number - 1, closing_at
            closing, closing_at, _ = next(ends, NO_TAG)
        if names:
            if not _stays_in(name, names) or len(names) >= DEEPEST - len(_DOCUMENT):
                return None
            parents[number] = indices[-1]
        if name not in _HOLDS_NOTHING and not closes_itself(masked, name, end):
            names.append(name)
            indices.append(number)
    for index in indices:
        lasts[index] = count - 1
    _close_rest(chain([(closing, closing_at, closing_at)], ends), names, indices, closes)
    return Nested(parents, lasts, closes, repeat(1))


def _close_rest(ends: Iterable[Tag], names: list[str], indices: list[int], closes: list[int | None]) -> None:
    """Note where what is open at the last start tag ends, as far as the tags match."""
    for closing, at, _ in ends:
        if names and names[-1] == closing:
            names.pop()
            closes[indices.pop()] = at
        elif closing not in _HOLDS_NOTHING and closing not in _DOCUMENT:
            return


def _stays_in(name: str, names: Sequence[str]) -> bool:
    """Whether an element that is written in others lies in them, too."""
    above = names[-1]
    if name in _DOCUMENT or name == "head":
        return name != "html" and above == "html"
    if name == "a" and "a" in names:  # no link holds another, unless a table's cell parts them
        return False
    return above not in _ENDED_BY or name not in _ENDED_BY[above]
