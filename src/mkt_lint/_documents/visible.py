"""What a reader of a message sees of its markup: the text between the tags."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from mkt_lint._documents.text import SourceText

_FORMATTING = frozenset(
    [
        "abbr",
        "b",
        "big",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
    ]
)
"""Tags within a word, unless a style makes blocks of them."""


class VisibleText:
    """The text that is neither tag nor comment nor style nor script.

    Args:
        source: The file's text.
        tags: Start and end tags: name, start, end.
        invisible: What prints nothing besides them: start, end.
    """

    def __init__(
        self, source: SourceText, tags: Iterable[tuple[str, int, int]], invisible: Iterable[tuple[int, int]]
    ) -> None:
        self._source = source
        # Stretches that are not visible, sorted and merged, and whether they part words.
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._parting: list[bool] = []
        find = source.text.find
        hidden = [
            (start, end, name not in _FORMATTING or find("block", start, end) >= 0) for name, start, end in tags
        ]  # fmt: skip
        hidden += [(start, end, False) for start, end in invisible]
        for start, end, parts in sorted(hidden):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
                self._parting[-1] |= parts
            else:
                self._starts.append(start)
                self._ends.append(end)
                self._parting.append(parts)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Offsets of visible text, and whether something before it parts it from the piece before."""
        position, parted = start, False
        for index in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            if self._starts[index] > position:
                yield position, self._starts[index], parted
                parted = False
            parted |= self._parting[index]
            position = max(position, self._ends[index])
        if position < end:
            yield position, end, parted

    def text(self, start: int, end: int) -> str:
        """The visible text between two offsets as one, character references resolved and blanks collapsed.

        A tag parts words, but for one that only formats: “<b>U</b>nsubscribe” is one word.
        """
        source = self._source.text
        joined = "".join(
            f" {source[begin:stop]}" if parted else source[begin:stop]
            for begin, stop, parted in self.pieces(start, end)
        )
        if "&" in joined:
            import html  # its table of names is felt at a hook's start

            joined = html.unescape(joined)
        return " ".join(joined.split())
