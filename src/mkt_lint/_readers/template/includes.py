"""What a template takes in, read once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from mkt_lint._documents.template import Include, IncludeProblem, Template
from mkt_lint._documents.text import Range
from mkt_lint._named import NamedTuple
from mkt_lint._readers.template.blocks import Block, blanked, blocks, definition, overridden
from mkt_lint._readers.template.decoding import decode
from mkt_lint._readers.template.lookup import Lookup
from mkt_lint._readers.template.references import IncludeReference, references
from mkt_lint._source import ReadContext

_GO_SUFFIXES = (".html", ".gohtml", ".tmpl", ".tpl", ".htm")
_DEFINED = rb"\{\{-?\s*define\s+[\"`]([^\"`]+)[\"`]"
_MAX_BYTES = 4 * 1024 * 1024
_MOST_FILES = 200
"""Of one folder, in which a definition of Go's is looked for."""
_NONE: frozenset[str] = frozenset()


class Build(Protocol):
    """Makes a template of a text; see `build.build`."""

    def __call__(
        self,
        path: str,
        text: str,
        encoding: str,
        context: ReadContext,
        library: Library,
        location: Path | None,
        *,
        extent: Range | None = None,
        blanked: frozenset[str] = _NONE,
    ) -> Template: ...


class _Wanted(NamedTuple):
    """One of the forms that a file may be taken in as."""

    file: Path
    blanked: frozenset[str] = _NONE
    """Blocks that what extends the file puts others in the place of."""
    definition: str = ""
    """The definition in the file that is taken in alone."""


class Definitions:
    """Which files define templates of Go's; a folder is looked through once a run, not for each file in it."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, tuple[Path, ...]], dict[str, Path]] = {}

    def in_folder(self, folder: Path, lookup: Lookup) -> Mapping[str, Path]:
        """The files of a folder that may be read, by the names that they define."""
        key = folder, lookup.allowed
        if key not in self._known:
            self._known[key] = dict(self._look(folder, lookup))
        return self._known[key]

    def _look(self, folder: Path, lookup: Lookup) -> Iterator[tuple[str, Path]]:
        """The first file last: it goes before the others."""
        files = sorted(file for file in lookup.files(folder) if file.endswith(_GO_SUFFIXES))
        for file in reversed(files[:_MOST_FILES]):
            real = (folder / file).resolve()
            if lookup.allows(real) and real.is_file():
                for name in re.findall(_DEFINED, _bytes(real) or b""):
                    yield name.decode("utf-8", "replace"), real


class Library:
    """The templates that one linted file and its includes can reach.

    Args:
        build: Makes a template of a file's text.
        definitions: Those that other files of the run looked for, too.
    """

    def __init__(self, context: ReadContext, build: Build, definitions: Definitions) -> None:
        self._context = context
        self._build = build
        self._definitions = definitions
        self._read: dict[_Wanted, Template | None] = {}

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self._context.config)  # which asks the file system

    def follow(self, template: Template, location: Path | None, blanked: frozenset[str]) -> tuple[Include, ...]:
        """The includes of a template, in the order of the source.

        Args:
            location: Where it lies; None where it is no file.
            blanked: Blocks that are left out of it, and hence of what it extends.
        """
        found = sorted(references(template), key=lambda reference: reference.start)
        if not found:
            return ()
        here = None if location is None else location.resolve()
        if here is not None:
            self._read.setdefault(_Wanted(here, blanked), template)  # an include of itself ends here
        own = blocks(template)
        includes = (self._include(template, reference, here, own, blanked) for reference in found)
        return tuple(include for include in includes if include is not None)

    def _include(
        self, template: Template, reference: IncludeReference, here: Path | None, own: list[Block],
        blanked: frozenset[str],
    ) -> Include | None:  # fmt: skip
        span = template.span(reference.start, reference.end)
        if reference.problem:
            return Include(span, reference.name, None, reference.problem)
        wanted = self._find(reference, here)
        if isinstance(wanted, IncludeProblem):
            if reference.optional and wanted is IncludeProblem.MISSING:
                return None
            return Include(span, reference.name, None, wanted)
        if reference.extends:
            wanted = wanted._replace(blanked=overridden(own, None) | blanked)
        elif any(block.embed == reference.start for block in own):
            wanted = wanted._replace(blanked=overridden(own, reference.start))
        included = self._template(wanted)
        return Include(span, reference.name, included, "" if included else IncludeProblem.UNREADABLE)

    def _find(self, reference: IncludeReference, here: Path | None) -> _Wanted | IncludeProblem:
        found = self._lookup.find(reference.name, here, dotted=reference.dotted)
        if isinstance(found, Path):
            # what extends a template of its own name means that of a package
            return IncludeProblem.PACKAGE if reference.extends and found == here else _Wanted(found)
        if reference.defined and found is IncludeProblem.MISSING and here is not None:
            return self._defining(reference.name, here) or found
        return found

    def _defining(self, name: str, here: Path) -> _Wanted | None:
        """The file next to this one, or in a root, that defines a template of Go's."""
        for folder in dict.fromkeys((here.parent, *self._lookup.roots)):
            file = self._definitions.in_folder(folder, self._lookup).get(name)
            if file is not None and file != here:
                return _Wanted(file, definition=name)
        return None

    def _template(self, wanted: _Wanted) -> Template | None:
        if wanted not in self._read:
            self._read[wanted] = self._load(wanted)
        return self._read[wanted]

    def _load(self, wanted: _Wanted) -> Template | None:
        data = _bytes(wanted.file)
        decoded = None if data is None else decode(data)
        if decoded is None:
            return None
        path = os.path.relpath(wanted.file).replace(os.sep, "/")
        make = partial(self._build, path, encoding=decoded.encoding, context=self._context, library=self,
                       location=wanted.file)  # fmt: skip
        whole = make(text=decoded.text)
        if wanted.blanked:
            return make(text=blanked(whole, wanted.blanked), blanked=wanted.blanked)
        if wanted.definition:
            extent = definition(whole, wanted.definition)
            self._read.setdefault(_Wanted(wanted.file), whole)
            return None if extent is None else make(text=decoded.text, extent=extent)
        return whole


def _bytes(file: Path) -> bytes | None:
    """What a file holds; None for one that is too large or cannot be read."""
    try:
        return file.read_bytes() if file.stat().st_size <= _MAX_BYTES else None
    except OSError:
        return None
