"""From a settings file's bytes to its text."""

from __future__ import annotations

from functools import lru_cache

from mkt_lint import Source, Unreadable

PIECE = 1024 * 1024
MAX_KEPT = 4 * PIECE
"""Of files up to this size the bytes are kept while readers look at them."""

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes) -> tuple[str, str] | Unreadable:
    """The text without byte order mark, and the encoding: UTF-8, or UTF-16 with a byte order mark."""
    mark, encoding = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8"))
    data = data[len(mark) :]
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding)
        line, last = before.count("\n") + 1, before.rpartition("\n")[2]
        message = f"not valid {encoding.upper()}; save the file in UTF-8"
        return Unreadable(message, line, len(last) + 1)


class Content:
    """A file's bytes, in which words are looked for before anything is decoded: most files are nobody's settings.

    Raises:
        OSError: the file cannot be read.
    """

    __slots__ = ("_data", "_known", "_source", "_wide")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._known: dict[bytes, bool] = {}
        self._wide = source.head.startswith((b"\xff\xfe", b"\xfe\xff"))
        self._data = None if source.size > MAX_KEPT else self._narrowed(source.data)

    def _narrowed(self, data: bytes) -> bytes:
        """UTF-16 without its zeros."""
        return data.replace(b"\0", b"") if self._wide else data

    def has(self, *words: bytes) -> bool:
        """Whether one of these ASCII words occurs, in UTF-8 or in UTF-16 with a byte order mark. Raises `OSError`."""
        data = self._data
        # One search a word: a regular expression of all of them takes six times as long.
        for word in words:  # noqa: SIM110  # a generator costs as much as a search
            if word in data if data is not None else self._search(word):
                return True
        return False

    def _search(self, word: bytes) -> bool:
        """As `has`, of a file that is too large to keep."""
        if word not in self._known:
            self._known[word] = self._is_in_file(word)
        return self._known[word]

    def _is_in_file(self, word: bytes) -> bool:
        with self._source.open() as file:
            piece = b""
            while more := file.read(PIECE):
                piece = piece[-len(word) :] + self._narrowed(more)
                if word in piece:
                    return True
        return False


@lru_cache(maxsize=1)
def content(source: Source) -> Content:
    """The content of a file; that of the last one is kept, since several readers look at each. Raises `OSError`."""
    return Content(source)


def mentions(source: Source, *names: str) -> bool:
    """Whether one of these ASCII names occurs in a file. Raises `OSError`."""
    return content(source).has(*(name.encode() for name in names))
