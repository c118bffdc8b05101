"""What a reader of a message sees of its markup: the text between the tags."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter

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
_NO_TAG = ""


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
        text = source.text
        self._source = source
        # Stretches that are visible and no mere blanks; with a blank before them where something parts words.
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._texts: list[str] = []
        hidden = [*tags, *((_NO_TAG, start, end) for start, end in invisible)]
        hidden.sort(key=itemgetter(1))
        hidden.append((_NO_TAG, len(text), len(text)))
        position, parted = 0, False
        for name, start, end in hidden:
            if start > position:
                piece = text[position:start]
                if piece.isspace():
                    parted = True
                else:
                    self._starts.append(position)
                    self._ends.append(start)
                    self._texts.append(f" {piece}" if parted else piece)
                    parted = False
            if name and not parted:
                parted = name not in _FORMATTING or text.find("block", start, end) >= 0
            if end > position:  # noqa: PLR1730  # a call of `max` for each tag takes half as long as all else here
                position = end

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Offsets of visible text that is not blank."""
        for index in self._within(start, end):
            yield max(start, self._starts[index]), min(end, self._ends[index])

    def _within(self, start: int, end: int) -> range:
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def text(self, start: int, end: int) -> str:
        """The visible text between two offsets as one, character references resolved and blanks collapsed.

        A tag parts words, but for one that only formats: “<b>U</b>nsubscribe” is one word.
        """
        within = self._within(start, end)
        if not within:
            return ""
        texts = self._texts[within.start : within.stop]
        last = within.stop - 1
        if self._ends[last] > end:
            texts[-1] = texts[-1][: end - self._ends[last]]
        if self._starts[within.start] < start:
            texts[0] = self._source.text[start : min(end, self._ends[within.start])]
        joined = "".join(texts)
        if "&" in joined:
            import html  # its table of names is felt at a hook's start

            joined = html.unescape(joined.replace("&nbsp;", " "))  # the commonest; blanks collapse anyway
        return " ".join(joined.split())
