"""How a plugin names an output format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Literal, TypeAlias

from mkt_lint._named import NamedTuple
from mkt_lint._report import Report


class Style(NamedTuple):
    """Where the text is going; matters to formats for eyes only."""

    colour: bool = False
    width: int = 80
    quiet: bool = False
    verbose: bool = False


Need: TypeAlias = Literal["rows", "rules", "plugins", "checkout", "fingerprints"]
"""The report's fields of these names, and the outcomes' `fingerprint` and `line_hash`."""

Reporter: TypeAlias = Callable[[Report, Style], Iterator[str]]
"""Pure: a report in, pieces of text out."""


class ReporterReference(NamedTuple):
    """An output format that is known but not yet imported."""

    name: str
    summary: str
    target: str
    """`module:function`."""
    needs: frozenset[Need] = frozenset()
    """What of a report costs time or memory to make, and so is made only for formats that read it."""

    def load(self) -> Reporter:
        """The reporter itself. Raises what the import raises, or `TypeError`."""
        module, _, attribute = self.target.partition(":")
        reporter = getattr(import_module(module), attribute)
        if not callable(reporter):
            raise TypeError(f"{self.target} is not a function")
        return reporter  # type: ignore[no-any-return]  # callable() says no more
