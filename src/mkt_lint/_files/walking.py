"""Files that are named, and those in named folders."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mkt_lint._config.document import relative_to, shown
from mkt_lint._config.globs import entry_verdict, matches, without
from mkt_lint._files.gitignore import GitIgnores
from mkt_lint._model import Failure
from mkt_lint._source import Source
from mkt_lint._tracebacks import reason

if TYPE_CHECKING:
    from mkt_lint._config.configs import Configs
    from mkt_lint._config.model import WalkConfig

_SPECIAL = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


class _Found:
    def __init__(self, path: str, location: Path, named: bool) -> None:
        self.path = path
        self.location = location
        self.named = named


def walk(
    paths: Sequence[str], configs: Configs, *, force_exclude: bool = False
) -> Iterator[tuple[Source, bool] | Failure]:
    """The files to lint, each once and in the order of their paths, and what could not be reached.

    A folder is walked without following links to folders, and without what its configuration excludes and what
    .gitignore files name, unless it was named itself. Links to files are followed.

    Args:
        paths: Files and folders, relative to the working directory.
        force_exclude: Apply the configuration's excludes to `paths`, too.

    Yields:
        A file with whether it was named, or why a path leads to none.

    Raises:
        ConfigError: the configuration of a folder is wrong.
    """
    finder = _Finder(configs, force_exclude)
    for path in paths:
        finder.add(path)
    yield from finder.results()


class _Finder:
    def __init__(self, configs: Configs, force_exclude: bool) -> None:
        self._configs = configs
        self._force_exclude = force_exclude
        self._found: dict[str, _Found] = {}
        """By real folder and name."""
        self._failures: dict[tuple[str, str], Failure] = {}
        self._real: dict[str, str] = {}
        """Folders of named files, the links in their paths followed."""

    def results(self) -> Iterator[tuple[Source, bool] | Failure]:
        by_path: list[tuple[str, int, tuple[Source, bool] | Failure]] = [
            (path, 0, failure) for (path, _), failure in sorted(self._failures.items())
        ]
        by_path += [(f.path, 1, (Source(f.path, f.location), f.named)) for f in self._found.values()]
        for _, _, result in sorted(by_path, key=lambda item: item[:2]):
            yield result

    def add(self, given: str) -> None:
        """What one path on the command line leads to."""
        if not given:
            self._fail("", "an empty path leads nowhere; “.” is the current folder")
            return
        try:
            location = self._locate(given)
            mode = location.stat().st_mode
        except (OSError, ValueError) as error:
            self._fail(str(self._configs.cwd / given), _reason(error))
            return
        if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            kind = _SPECIAL.get(stat.S_IFMT(mode), "no regular file")
            self._fail(str(location), f"is {kind}; expected a file or a folder")
        elif self._force_exclude and self._is_excluded(location, is_folder=stat.S_ISDIR(mode)):
            return
        elif stat.S_ISDIR(mode):
            self._walk(str(location))
        else:
            folder, name = os.path.split(str(location))
            if folder not in self._real:  # a hook names many files of few folders
                self._real[folder] = os.path.realpath(folder)
            self._keep(location, os.path.join(self._real[folder], name), named=True)  # noqa: PTH118  # as above

    def _locate(self, given: str) -> Path:
        """An absolute path without `.` and `..`; a link before a `..` is followed first, as the system does."""
        joined = self._configs.cwd / given
        if os.pardir not in joined.parts:
            return joined
        return joined.resolve() if joined.name == os.pardir else _real_folder(joined)

    def _keep(self, location: Path, identity: str, *, named: bool) -> None:
        path = shown(location, self._configs.cwd)
        known = self._found.get(identity)
        if known is None:
            self._found[identity] = _Found(path, location, named)
            return
        known.named = known.named or named
        if path < known.path:
            known.path, known.location = path, location

    def _fail(self, location: str, message: str) -> None:
        path = shown(Path(location), self._configs.cwd) if location else None
        self._failures[path or "", message] = Failure(message=message, path=path)

    def _walk(self, start: str) -> None:
        real = str(Path(start).resolve())
        excludes = _Excludes(start)
        ignores = GitIgnores(start, self._configs.cwd, self._fail)
        pending = [start]
        while pending:
            folder = pending.pop()
            config = self._configs.for_folder(Path(folder))
            entries = self._entries(folder)
            is_ignoring = any(entry.name == ".gitignore" for entry in entries)
            ignores.enter(folder, report=is_ignoring and config.respect_gitignore)
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if excludes.names(config, entry.path, is_folder=is_folder):
                    continue
                if config.respect_gitignore and ignores.names(folder, entry.path, is_folder=is_folder):
                    continue
                if is_folder:
                    pending.append(entry.path)
                elif _is_file(entry):
                    self._keep(Path(entry.path), real + entry.path[len(start) :], named=False)

    def _entries(self, folder: str) -> Sequence[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            self._fail(folder, f"cannot be read: {_reason(error)}")
            return ()

    def _is_excluded(self, path: Path, *, is_folder: bool) -> bool:
        """Whether walking from the working directory, else from the configuration's folder, would pass it over."""
        top = self._configs.cwd
        if top not in path.parents:
            top = self._configs.for_folder(path.parent).root
        if top not in path.parents:
            return False
        here = top
        steps = path.relative_to(top).parts
        for index, step in enumerate(steps):
            config = self._configs.for_folder(here)
            here /= step
            last = index == len(steps) - 1
            relative = relative_to(str(here), config.root) + ("" if last and not is_folder else "/")
            # The folders above the first step count, too: the working directory may lie in an excluded one.
            excluded = entry_verdict(config.globs, relative) if index else matches(config.globs, relative)
            if excluded:
                return True
        return False


class _Excludes:
    """What configurations exclude, but for what excludes the folder that was named: naming it asks for it."""

    def __init__(self, start: str) -> None:
        self._start = start
        self._globs: dict[Path | None, tuple[str, ...]] = {}

    def names(self, config: WalkConfig, path: str, *, is_folder: bool) -> bool:
        if config.origin not in self._globs:
            start = relative_to(self._start, config.root)
            self._globs[config.origin] = config.globs if start == os.curdir else without(config.globs, f"{start}/")
        relative = relative_to(path, config.root) + ("/" if is_folder else "")
        return entry_verdict(self._globs[config.origin], relative) is True


def _real_folder(path: Path | str) -> Path:
    """The path with the links in it followed, but for its own last part."""
    return Path(path).parent.resolve() / Path(path).name


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Also a link that leads nowhere: whoever claims its name will say that it cannot be read."""
    try:
        if entry.is_symlink():
            return stat.S_ISREG(entry.stat().st_mode)
        return entry.is_file()
    except OSError:
        return True


def _reason(error: OSError | ValueError) -> str:
    match error:
        case OSError(errno=errno.ELOOP):
            return "circular symbolic link"
        case OSError():
            return reason(error)
        case _:
            return "is no possible path"
