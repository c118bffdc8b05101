"""What a template's comments say to the linter: `mkt-lint: purpose=marketing`, `mkt-lint: ignore[EML101] reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from mkt_lint._documents.text import Range, SourceText
from mkt_lint._model import Span
from mkt_lint._named import NamedTuple
from mkt_lint._rule import selects

if TYPE_CHECKING:
    from mkt_lint._documents.template import Template

IGNORES = ("ignore", "ignore-file")

_ADDRESS = r"mkt-lint"
_OPENING = (
    r"<!--+|<%--|<%#-?|<#--|\{\{[-~]?\s*/\*|\{\{[-~]?!(?:--)?|\{\{--|\{#[-~+]?|\{%[-~]?\s*(?:comment\b[^%]*%\}|\#)"
)
_CLOSING = (
    r"(?:--+!?>|--%>|[-=]?%>|\*/\s*[-~]?\}\}|--[-~]?\}\}|[-~]?\}\}|[-~+]?\#\}"
    r"|\{%[-~]?\s*endcomment\s*[-~]?%\}|[-~]?%\})\Z"
)
_CLOSING_WITHIN = 40
"""Characters at a comment's end that hold what closes it."""
_WORDS = r"(?P<name>[\w-]*)(?:\[(?P<codes>[^\]]*)\])?"
_PURPOSE = r"=\s*(marketing|transactional|partial|page)(?:\s|\Z)"
_LITERAL = r"\{%[-~+]?\s*(end)?(?:raw|verbatim)\b"


class Directive(NamedTuple):
    """A comment that is addressed to the linter."""

    name: str
    """What it asks for: `ignore`, `ignore-file`, `purpose`; empty where it begins with no word, or lacks the colon."""
    selectors: tuple[tuple[str, Range], ...]
    """What stands in brackets after the name, between commas, and where."""
    rest: str
    """What follows, in one line."""
    start: int
    """Offset of the comment, its delimiters included."""
    end: int
    source: SourceText

    @property
    def span(self) -> Span:
        return self.source.span(self.start, self.end)

    @property
    def purpose(self) -> str | None:
        """The purpose that the comment states for its template."""
        found = re.match(_PURPOSE, self.rest) if self.name == "purpose" else None
        return found[1] if found else None

    def ignores(self, code: str, name: str) -> bool:
        """Whether it silences a rule."""
        return self.name in IGNORES and selects((text for text, _ in self.selectors), code, name)

    @property
    def understood(self) -> bool:
        """Whether it says one of the things that a comment may say."""
        return self.purpose is not None if self.name == "purpose" else self.name in IGNORES


@cache
def _address() -> re.Pattern[str]:
    """How a comment begins that is addressed to the linter, as far as what it asks for."""
    return re.compile(
        rf"(?:{_OPENING})\s*{_ADDRESS}\s*(?:(?P<colon>:)\s*{_WORDS}|(?=ignore\b|purpose\b))", re.IGNORECASE
    )


def find_directives(template: Template) -> tuple[Directive, ...]:
    """The comments, of markup and of template code, that begin with `mkt-lint:`, in the order of the source."""
    if _ADDRESS not in template.lowered:
        return ()
    comments = [(comment.start, comment.end) for comment in template.comments]
    places = [*comments, *_code_comments(template, comments)]
    return tuple(_read(template.source_text, sorted(places)))


def _code_comments(template: Template, comments: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Comments of template code that stand neither in a comment of markup nor in what is printed as it is."""
    starts = [start for start, _ in comments]
    literal = False
    for code in template.codes:
        if found := re.match(_LITERAL, code.text):
            literal = found[1] is None
        elif code.comment and not literal:
            around = bisect_right(starts, code.start) - 1
            if around < 0 or comments[around][1] <= code.start:
                yield code.start, code.end


def _read(source: SourceText, places: Iterable[tuple[int, int]]) -> Iterator[Directive]:
    for start, end in places:
        found = _address().match(source.text, start, end)
        if found is None:
            continue
        closing = re.compile(_CLOSING).search(source.text, max(found.end(), end - _CLOSING_WITHIN), end)
        rest = source.text[found.end() : closing.start() if closing else end]
        codes = found["codes"]
        yield Directive(
            (found["name"] or "").lower(),
            tuple(_selectors(codes, found.start("codes"))) if codes is not None else (),
            " ".join(rest.split()),
            start,
            end,
            source,
        )


def _selectors(text: str, offset: int) -> Iterator[tuple[str, Range]]:
    for found in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", text):
        yield found[0], Range(offset + found.start(), offset + found.end())
