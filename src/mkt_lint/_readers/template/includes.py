"""What a template takes in: found in its code, looked up under the template roots, read once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from mkt_lint._documents.template import Include, Template
from mkt_lint._readers.template.decoding import decode
from mkt_lint._readers.template.references import IncludeReference, references
from mkt_lint._source import ReadContext

_FOLDERS = ("", "partials", "includes", "snippets", "layouts", "components")
_SUFFIXES = (".html", ".mjml", ".hbs", ".handlebars", ".liquid", ".njk", ".twig", ".html.twig", ".j2", ".html.j2",
             ".jinja", ".ejs", ".html.erb", ".blade.php", ".mustache", ".tpl", ".ftl")  # fmt: skip
_MAX_BYTES = 4 * 1024 * 1024


class Build(Protocol):
    """Makes a template of a text; see `build.build`."""

    def __call__(
        self, path: str, text: str, encoding: str, context: ReadContext, library: Library, location: Path | None
    ) -> Template: ...


class Library:
    """The templates that one linted file and its includes can reach.

    Nothing is read outside the configuration's folder and the template roots, whatever a name or a link says.
    """

    def __init__(self, context: ReadContext, build: Build) -> None:
        self._context = context
        self._build = build
        self._read: dict[Path, Template | None] = {}
        config = context.config
        self._home = config.root.resolve()
        self._roots = [(config.root / root).resolve() for root in config.templates.roots]

    def follow(self, template: Template, location: Path | None) -> tuple[Include, ...]:
        """The includes of a template that lies at `location`; None where it is no file."""
        found = list(references(template))
        if not found:
            return ()
        here = None if location is None else location.resolve()
        if here is not None:
            self._read.setdefault(here, template)  # an include of itself ends here
        return tuple(self._include(template, reference, here) for reference in found)

    def _include(self, template: Template, reference: IncludeReference, here: Path | None) -> Include:
        span = template.span(reference.start, reference.end)
        if reference.problem:
            return Include(span, reference.name, None, reference.problem)
        name = reference.name.replace("\\", "/")
        if name.startswith("/") or (len(name) > 1 and name[1] == ":"):
            return Include(span, reference.name, None, "is an absolute path; write it relative to a template root")
        outside = False
        for path in self._candidates(name, reference.dotted, here):
            try:
                if not path.is_file():
                    continue
                real = path.resolve()
            except (OSError, ValueError):  # a name too long, a NUL
                continue
            if not any(real.is_relative_to(allowed) for allowed in (self._home, *self._roots)):
                outside = True
                continue
            included = self._template(real)
            if included is None:
                return Include(span, reference.name, None, "cannot be read as text")
            return Include(span, reference.name, included)
        problem = "lies outside the template roots" if outside else "was not found under the template roots"
        return Include(span, reference.name, None, problem)

    def _candidates(self, name: str, dotted: bool, here: Path | None) -> Iterator[Path]:
        names = [name] + ([name.replace(".", "/")] if dotted else [])
        for base in self._bases(here):
            for folder in _FOLDERS:
                if folder and not (base / folder).is_dir():
                    continue
                for stem in names:
                    path = PurePosixPath(stem)
                    yield base / folder / path
                    if path.name and path.suffix not in _SUFFIXES:
                        partial = path.with_name(f"_{path.name}")
                        for suffix in _SUFFIXES:
                            yield base / folder / f"{path}{suffix}"
                            yield base / folder / f"{partial}{suffix}"

    def _bases(self, here: Path | None) -> list[Path]:
        """Next to the file, then the roots; without roots the folders above it, up to the configuration's."""
        if here is None:
            return self._roots
        bases = [here.parent, *self._roots]
        if not self._roots:
            bases += [folder for folder in here.parent.parents if folder.is_relative_to(self._home)]
        return bases

    def _template(self, real: Path) -> Template | None:
        if real not in self._read:
            self._read[real] = self._load(real)
        return self._read[real]

    def _load(self, real: Path) -> Template | None:
        try:
            if real.stat().st_size > _MAX_BYTES:
                return None
            decoded = decode(real.read_bytes())
        except OSError:
            return None
        if decoded is None:
            return None
        path = os.path.relpath(real).replace(os.sep, "/")
        return self._build(path, decoded.text, decoded.encoding, self._context, self, real)
