"""The reader of all formats that products have for their password policies: it recognises them, and parses once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from mkt_lint import Kind, ReadContext, Reader, Source, Unreadable
from mkt_lint_security import PAM_FILES
from mkt_lint_security.readers.decoding import Content, content
from mkt_lint_security.readers.formats import FORMATS, Format

if TYPE_CHECKING:
    from mkt_lint import Settings

MAX_BYTES = 8 * 1024 * 1024
"""Of files that are parsed whole; a file of settings is far smaller."""
_LINEAR = frozenset({"json", "html"})


class ProductReader(Reader):
    """Reads what any format of `FORMATS` finds in a file, as one document."""

    kind: ClassVar[Kind] = Kind.SETTINGS

    def recognises(self, source: Source) -> bool:
        return bool(_formats(source))

    def read(self, source: Source, context: ReadContext) -> Iterator[Settings | Unreadable]:
        found = _formats(source)
        if source.size > MAX_BYTES:
            large = [known for known in found if known.syntax not in _LINEAR]
            if any(known.strict is True for known in large):
                yield Unreadable(f"larger than {MAX_BYTES // 1024**2} MB; a file of settings is expected to be smaller")
                return
            found = [known for known in found if known.syntax in _LINEAR]
        if not found:
            return
        from mkt_lint_security.readers.parsing import read  # few files get as far as this

        yield from read(source, context, found)


def load(target: str) -> Callable[[Any], Iterator[Any]]:
    """A format's function, `module:function` in this package."""
    module, _, name = target.partition(":")
    function: Callable[[Any], Iterator[Any]] = getattr(import_module(f"mkt_lint_security.readers.{module}"), name)
    return function


def _formats(source: Source) -> list[Format]:
    """The formats that a file is likely of, by its name and the words in it."""
    path = source.path.lower()
    gates = FORMATS.get(path[path.rfind(".") + 1 :])
    if gates is None:
        gates = FORMATS["pam"] if path.rpartition("/")[2] in PAM_FILES else ()
    found: list[Format] = []
    looked: Content | None = None
    for word, formats, asks_path in gates:
        # What the path alone excludes need not be read.
        if asks_path and not any(known.may_be_at(path) for known in formats):
            continue
        looked = looked or content(source)
        if looked.has(word):
            found += [known for known in formats if known.claims(looked) and known.may_be_at(path)]
    return found
