"""Where the file lies that a template names: next to it, or under the template roots, and nowhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from mkt_lint._documents.template import IncludeProblem

if TYPE_CHECKING:
    from mkt_lint._config.model import FileConfig

_FOLDERS = ("", "partials", "includes", "snippets", "layouts", "components", "_layouts", "_includes", "templates")
_SUFFIXES = (".html", ".mjml", ".hbs", ".handlebars", ".liquid", ".njk", ".twig", ".html.twig", ".j2", ".html.j2",
             ".jinja", ".ejs", ".html.erb", ".blade.php", ".mustache", ".tpl", ".ftl")  # fmt: skip


class Lookup:
    """Finds files by the names that templates give them.

    Nothing outside the configuration's folder and the template roots is found, whatever a name or a link says.
    """

    def __init__(self, config: FileConfig) -> None:
        self._listed: dict[Path, frozenset[str]] = {}
        self._home = config.root.resolve()
        self.roots = [(config.root / root).resolve() for root in config.templates.roots]
        self.allowed = (self._home, *self.roots)
        """Folders in which files may be read."""

    def find(self, written: str, here: Path | None, *, dotted: bool) -> Path | IncludeProblem:
        """The file that a template means; the template itself if no other file has the name.

        Args:
            written: The name, as in the template.
            here: Where the template lies; None for what is no file.
            dotted: Dots in the name may part folders.
        """
        name = written.replace("\\", "/")
        if name[1:2] == ":":
            return IncludeProblem.ABSOLUTE
        if "\0" in name:
            return IncludeProblem.MISSING
        rooted = name.startswith("/")
        name = name.lstrip("/")
        bases = self._bases(None if rooted else here)
        problem = IncludeProblem.ABSOLUTE if rooted else IncludeProblem.MISSING
        if not rooted and self._leads_out(name, bases):
            problem = IncludeProblem.OUTSIDE
        is_itself = False
        for path in self._candidates([name, name.replace(".", "/")] if dotted else [name], bases):
            real = path.resolve()
            if not self.allows(real):
                problem = IncludeProblem.OUTSIDE
            elif real == here:
                is_itself = True
            elif real.is_file():
                return real
        return here if is_itself and here is not None else problem

    def allows(self, real: Path) -> bool:
        """Whether a file may be read; the path is one without links."""
        return any(real.is_relative_to(allowed) for allowed in self.allowed)

    def files(self, folder: Path) -> frozenset[str]:
        """The names in a folder; each folder is asked once."""
        if folder not in self._listed:
            try:
                self._listed[folder] = frozenset(entry.name for entry in folder.iterdir())
            except (OSError, ValueError):  # no folder, a name too long
                self._listed[folder] = frozenset()
        return self._listed[folder]

    def _bases(self, here: Path | None) -> list[Path]:
        """Next to the file, then the roots; without roots the folders above it, up to the configuration's."""
        if here is None:
            return self.roots or [self._home]
        bases = [here.parent, *self.roots]
        if not self.roots:
            bases += [folder for folder in here.parent.parents if folder.is_relative_to(self._home)]
        return bases

    def _leads_out(self, name: str, bases: Iterable[Path]) -> bool:
        """Whether a name leads out of what may be read from wherever it may be meant."""
        if os.pardir not in name.split("/"):
            return False
        return not any(self.allows(Path(os.path.normpath(base / name))) for base in bases)

    def _candidates(self, names: Iterable[str], bases: Iterable[Path]) -> Iterator[Path]:
        paths = [path for path in map(PurePosixPath, names) if path.name]
        for base in bases:
            for folder in _FOLDERS:
                if folder and folder not in self.files(base):
                    continue
                for path in paths:
                    parent = Path(os.path.normpath(base / folder / path.parent))
                    if self.allows(parent):  # nothing else is even listed
                        there = self.files(parent)
                        yield from (parent / name for name in _spellings(path) if name in there)


def _spellings(path: PurePosixPath) -> Iterator[str]:
    """The names that a file may have: `footer` is `footer.html` or `_footer.html.erb`, `lastNews` `last-news.hbs`."""
    yield path.name
    if path.suffix not in _SUFFIXES:
        dashed = re.sub(r"(?<=[a-z0-9])[A-Z]", lambda capital: f"-{capital[0].lower()}", path.name)
        for name in dict.fromkeys((path.name, dashed)):
            for suffix in _SUFFIXES:
                yield f"{name}{suffix}"
                yield f"_{name}{suffix}"
