"""A file's bytes before anything is known of them, and what turns them into documents."""

from __future__ import annotations

import abc
import io
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from fnmatch import fnmatchcase
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Literal, TypeAlias

from mkt_lint._model import Kind
from mkt_lint._named import NamedTuple

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig
    from mkt_lint._documents.settings import Settings
    from mkt_lint._documents.table import Table
    from mkt_lint._documents.template import Template
    from mkt_lint._facts import Platform, Vocabulary

Document: TypeAlias = "Table | Template | Settings"

HEAD_SIZE = 64 * 1024
_BINARY: int = getattr(os, "O_BINARY", 0)
_SUFFIX = re.compile(r"\*\.[^.*?\[\]]+")
_WILD = re.compile(r"[*?\[]")


class Source:
    """A file, or the standard input under a name.

    Args:
        path: As reports name it: relative to the working directory, POSIX.
        location: Where it lies; None for the standard input.
        content: The bytes of the standard input.
    """

    def __init__(self, path: str, location: Path | None, content: bytes = b"") -> None:
        self.path = path
        self.location = location
        self._content = content

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @cached_property
    def size(self) -> int:
        """In bytes; 0 for what cannot be read, since reading it says why."""
        if self.location is None:
            return len(self._content)
        try:
            return self.location.stat().st_size
        except OSError:
            return 0

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB. Raises `OSError`."""
        return self.beginning(HEAD_SIZE)

    def beginning(self, size: int) -> bytes:
        """At most `size` bytes from the start. Raises `OSError`."""
        if self.location is None:
            return self._content[:size]
        # A file object costs more than all else for a small file, and readers look at each file of a folder.
        descriptor = os.open(self.location, os.O_RDONLY | _BINARY)
        try:
            read = os.read(descriptor, size)
            while len(read) < size and (more := os.read(descriptor, size - len(read))):
                read += more
            return read
        finally:
            os.close(descriptor)

    @cached_property
    def data(self) -> bytes:
        """All bytes; not for tables, which may be larger than the memory. Raises `OSError`."""
        if len(self.head) < HEAD_SIZE:  # most files of a folder, and readers have looked at them
            return self.head
        with self.open() as file:
            return file.read()

    def forget(self) -> None:
        """Let go of the bytes: a run holds all its files, and is done with one after the other."""
        self.__dict__.pop("head", None)
        self.__dict__.pop("data", None)

    def progress(self, length: int) -> int:
        """About how many bytes of the file as it lies there make up `length` bytes of what is read of it."""
        return length

    def open(self) -> BinaryIO:
        """The bytes as a file, from the start. Raises `OSError`."""
        if self.location is None:
            return io.BytesIO(self._content)
        return self.location.open("rb")


class Unreadable(NamedTuple):
    """Why a reader could make no document of a file; a value, so that the other files go on."""

    message: str
    """One line: what is wrong, what was expected, what to do; of tables and settings no content."""
    line: int | None = None
    column: int | None = None


class ReadContext(NamedTuple):
    """What a reader may know besides the bytes."""

    config: FileConfig
    as_of: date
    platforms: Callable[[], tuple[Platform, ...]]
    """E-mail platforms and their tags, of all packs."""
    vocabulary: Callable[[], Vocabulary]
    """Headers and values of tables, of all packs."""


class Reader(abc.ABC):
    """Turns the bytes of one format into documents with exact positions. Constructed without arguments."""

    kind: ClassVar[Kind]

    def recognises(self, source: Source) -> bool:
        """Whether a file whose name matches is of this format at all; cheap. Raises `OSError`."""
        return True

    @abc.abstractmethod
    def read(self, source: Source, context: ReadContext) -> Iterator[Document | Unreadable]:
        """The file's documents; an `Unreadable` where the format is the reader's but broken. Raises `OSError`."""


@cache
def _matcher(patterns: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Suffixes, which most patterns are and every file is held against, then whole names, then the other patterns."""
    suffixes = frozenset(pattern[1:] for pattern in patterns if _SUFFIX.fullmatch(pattern))
    names = frozenset(pattern for pattern in patterns if not _WILD.search(pattern))
    return suffixes, names, tuple(name for name in patterns if name[1:] not in suffixes and name not in names)


class ReaderReference(NamedTuple):
    """A reader that is known but not yet imported, and the file names it asks for."""

    name: str
    kind: Kind
    patterns: tuple[str, ...]
    """Globs on the file's name, lower case: `*.html`."""
    target: str
    """`module:Class`."""
    named_by: Literal["", "sms"] = ""
    """The key of `[templates]` in the configuration whose globs must name a file too; empty for none."""

    def matches(self, name: str) -> bool:
        suffixes, names, others = _matcher(self.patterns)
        name = name.lower()
        if name[name.rfind(".") :] in suffixes or name in names:
            return True
        return bool(others) and any(fnmatchcase(name, pattern) for pattern in others)

    def is_named(self, config: FileConfig) -> bool:
        """Whether the configuration names a file, where the reader waits for that."""
        return not self.named_by or config.matches(getattr(config.templates, self.named_by))

    def load(self) -> Reader:
        """The reader itself.

        Raises:
            ImportError, AttributeError, or whatever the module raises.
            TypeError: what the target names is no reader.
        """
        module, _, attribute = self.target.partition(":")
        reader = getattr(import_module(module), attribute)()
        if not isinstance(reader, Reader):
            raise TypeError(f"{self.target} is not a Reader")
        return reader
