"""What a template's comments say to the linter: `mkt-lint: purpose=marketing`, `mkt-lint: ignore[EML101] reason`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mkt_lint._documents.text import Range, SourceText
from mkt_lint._model import Span

if TYPE_CHECKING:
    from mkt_lint._documents.template import Template

ADDRESS = "mkt-lint:"
IGNORES = ("ignore", "ignore-file")

_OPENING = r"<!--+|<%--|<%#|<#--|\{\{[-~]?\s*/\*|\{\{[-~]?!(?:--)?|\{\{--|\{#[-~+]?|\{%[-~]?\s*(?:comment\b[^%]*%\}|\#)"
_CLOSING = (
    r"(?:--+>|--%>|[-=]?%>|\*/\s*[-~]?\}\}|--[-~]?\}\}|[-~]?\}\}|[-~+]?\#\}"
    r"|\{%[-~]?\s*endcomment\s*[-~]?%\}|[-~]?%\})?"
)
_PURPOSE = r"=\s*(marketing|transactional|partial|page)\b"
_WORDS = r"(?P<name>[\w-]*)(?:\[(?P<codes>[^\]]*)\])?(?P<rest>.*?)"


class Directive(NamedTuple):
    """A comment that is addressed to the linter."""

    name: str
    """What it asks for: `ignore`, `ignore-file`, `purpose`; empty where it begins with no word."""
    selectors: tuple[tuple[str, Range], ...]
    """What stands in brackets after the name, between commas, and where."""
    bracketed: bool
    """Whether there are brackets."""
    rest: str
    """What follows, blanks around it left out."""
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

    @property
    def understood(self) -> bool:
        """Whether it says one of the things that a comment may say."""
        return self.purpose is not None if self.name == "purpose" else self.name in IGNORES


@cache
def _directive() -> re.Pattern[str]:
    return re.compile(rf"(?:{_OPENING})\s*{re.escape(ADDRESS)}\s*{_WORDS}\s*{_CLOSING}", re.DOTALL)


def find_directives(template: Template) -> tuple[Directive, ...]:
    """The comments, of markup and of template code, that begin with `mkt-lint:`, in the order of the source."""
    if template.text.find(ADDRESS, *template.extent) < 0:
        return ()
    places = [(comment.start, comment.end) for comment in template.comments]
    places += [(code.start, code.end) for code in template.codes if code.comment]
    return tuple(_read(template.source_text, sorted(places)))


def _read(source: SourceText, places: Iterable[tuple[int, int]]) -> Iterator[Directive]:
    for start, end in places:
        found = _directive().fullmatch(source.text, start, end)
        if found is None:
            continue
        yield Directive(
            found["name"],
            tuple(_selectors(found["codes"], found.start("codes"))) if found["codes"] is not None else (),
            found["codes"] is not None,
            found["rest"].strip(),
            start,
            end,
            source,
        )


def _selectors(text: str, offset: int) -> Iterator[tuple[str, Range]]:
    for found in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", text):
        yield found[0], Range(offset + found.start(), offset + found.end())
