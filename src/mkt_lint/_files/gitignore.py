"""What .gitignore files name."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from mkt_lint._config.globs import entry_verdict, without
from mkt_lint._tracebacks import reason

_Patterns = tuple[str, tuple[str, ...]]
"""A folder, and the lines that are relative to it."""


class GitIgnores:
    """The .gitignore files that hold while a folder is walked, from the top of its repository down.

    Where there is no repository, the top is the working directory, or the folder itself if it lies elsewhere. What
    names the folder itself is left out: to ask for a folder is to want what is in it.

    Args:
        start: The folder, absolute.
        cwd: The working directory.
        fail: Told the path of a file that cannot be read, and why.
    """

    def __init__(self, start: str, cwd: Path, fail: Callable[[str, str], None]) -> None:
        self._start = start
        self._fail = fail
        self._by_folder: dict[str, tuple[_Patterns, ...]] = {}
        above = list(_from_the_top(start, cwd))[:-1]
        for folder in above:
            self.enter(folder, report=True)
        if above:
            self._by_folder[above[-1]] = tuple(
                (base, without(lines, f"{_below(base, start)}/")) for base, lines in self._by_folder[above[-1]]
            )

    def enter(self, folder: str, *, report: bool) -> None:
        """Read what a folder adds; the folder above it was entered before.

        Args:
            report: Whether a file that cannot be read is worth telling.
        """
        known = self._by_folder.get(str(Path(folder).parent), ())
        if _is_repository(Path(folder)):
            # Another repository: what stands above it does not hold in it.
            known = ()
            exclude = _info_exclude(folder)
            if exclude is not None:
                known = self._with(known, folder, exclude, report=report)
        self._by_folder[folder] = self._with(known, folder, Path(folder, ".gitignore"), report=report)

    def names(self, folder: str, path: str, *, is_folder: bool) -> bool:
        """Whether the entry at a path, of a folder that was entered, is to be passed over."""
        for base, lines in reversed(self._by_folder[folder]):
            said = entry_verdict(lines, _below(base, path) + ("/" if is_folder else ""))
            if said is not None:
                return said
        return False

    def _with(self, known: tuple[_Patterns, ...], base: str, file: Path, *, report: bool) -> tuple[_Patterns, ...]:
        try:
            text = file.read_bytes().decode("utf-8-sig", "surrogateescape")
        except OSError as error:
            absent = error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR)
            if report and not absent:
                self._fail(str(file), f"cannot be read: {reason(error)}")
            return known
        except ValueError:  # a NUL in the path that .git names
            return known
        lines = tuple(line for line in text.split("\n") if line.strip() and not line.startswith("#"))
        return (*known, (base, lines)) if lines else known


def _below(base: str, path: str) -> str:
    return path[len(base.rstrip(os.sep)) + 1 :].replace(os.sep, "/")


def _from_the_top(start: str, cwd: Path) -> Iterator[str]:
    """The folders from the top of the repository to the folder itself."""
    line = [Path(start), *Path(start).parents]
    top = next((folder for folder in line if _is_repository(folder)), None)
    if top is None:
        top = cwd if cwd in line else line[0]
    yield from map(str, reversed(line[: line.index(top) + 1]))


def _is_repository(folder: Path) -> bool:
    return os.path.lexists(folder / ".git")


def _info_exclude(folder: str) -> Path | None:
    """The repository's own `info/exclude`; in a linked work tree that of the main one."""
    git = Path(folder, ".git")
    try:
        if git.is_file():
            git = Path(folder, _line_of(git).removeprefix("gitdir:").strip())
            common = git / "commondir"
            if common.is_file():
                git /= _line_of(common)
    except OSError:
        return None
    return git / "info" / "exclude"


def _line_of(file: Path) -> str:
    return os.fsdecode(file.read_bytes()).strip()
