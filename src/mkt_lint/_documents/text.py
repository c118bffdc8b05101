"""A document's text, and the way between offsets and lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from mkt_lint._model import Span
from mkt_lint._named import NamedTuple


class Range(NamedTuple):
    """Offsets of a stretch of source; the end is exclusive."""

    start: int
    end: int


def ascii_lower(text: str) -> str:
    """Lower case as HTML has it: letters beyond ASCII stay, and so do all lengths."""
    if text.isascii():
        return text.lower()
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


class SourceText:
    """A text whose offsets can be told as lines and columns, and back.

    Args:
        text: Without byte order mark, line ends as in the file.
        first_line: The line that the text begins on, where it is a piece of a larger file.
    """

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self._first_line = first_line

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Offsets of the lines."""
        lengths = [len(line) + 1 for line in self.text.split("\n")]
        return [0, *accumulate(lengths[:-1])]

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, letters beyond ASCII as they are; offsets in it are those in the text."""
        return ascii_lower(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line + self._first_line, offset - self._starts[line] + 1

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]`."""
        return Span(*self.position(start), *self.position(end))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column."""
        return self._starts[line - self._first_line] + column - 1

    def holds(self, span: Span) -> bool:
        """Whether a span begins and ends in the text."""
        for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
            if not self._first_line <= line < self._first_line + len(self._starts):
                return False
            if self.offset(line, column) > self._end(line):
                return False
        return True

    def _end(self, line: int) -> int:
        """The offset after a line, its end included."""
        after = line - self._first_line + 1
        return self._starts[after] if after < len(self._starts) else len(self.text)

    def slice(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[self.offset(span.line, span.column) : self.offset(span.end_line, span.end_column)]

    def line(self, number: int) -> str:
        """One line, without its end."""
        return self.text[slice(*self.line_range(number))]

    def line_range(self, number: int) -> tuple[int, int]:
        """Offsets of one line, without its end."""
        index = number - self._first_line
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end
