"""Globs as in .gitignore.

Two questions are asked of them. Of a file alone: do they match it, or a folder that it is in? While a folder is walked,
where what is in an excluded folder is not looked at: do they match this very entry?
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from mkt_lint._named import NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

EVERYTHING = "**"

# Compiled when it is first used, as most runs have no globs.
_PLAIN = r"[^*?\[\\/!#\s][^*?\[\\/\s]*"

_UNIVERSAL = frozenset({".", "/", "(?P<ps_d>/)"})
"""What pathspec makes of `*` and `**`, alone or with a slash."""


@lru_cache(maxsize=256)
def _plain_names(globs: tuple[str, ...]) -> frozenset[str] | None:
    """The globs as names, which need no pathspec; None where one of them is more than a name."""
    return frozenset(globs) if all(re.fullmatch(_PLAIN, glob) for glob in globs) else None


def matches(globs: tuple[str, ...], path: str) -> bool:
    """Whether globs match a path, or a folder that it is in.

    Args:
        globs: The last one that matches decides; one with `!` takes back.
        path: Relative to the folder that the globs stand in, POSIX; a folder's own path ends with a slash.
    """
    if globs == (EVERYTHING,):
        return True
    if not globs or path.startswith("../"):
        return False
    names = _plain_names(globs)
    if names is not None:
        return not names.isdisjoint(path.split("/"))
    return _spec(globs).match_file(path)


def without(globs: tuple[str, ...], path: str) -> tuple[str, ...]:
    """The globs that do not match a path, or a folder that it is in, by themselves. Arguments as in `matches`."""
    return tuple(glob for glob in globs if not matches((glob,), path))


def entry_verdict(globs: tuple[str, ...], path: str) -> bool | None:
    """What globs say of an entry, whatever they say of the folders that it is in: matched, taken back, or nothing.

    Arguments as in `matches`.
    """
    if not globs or path.startswith("../"):
        return None
    names = _plain_names(globs)
    if names is not None:
        return True if path.rstrip("/").rpartition("/")[2] in names else None
    return next((glob.include for glob in _entry_globs(globs) if glob.matches(path)), None)


class _EntryGlob(NamedTuple):
    regex: re.Pattern[str]
    include: bool
    folders_only: bool
    inner: bool
    """It ends with `/**`: everything in a folder, but not the folder."""

    def matches(self, path: str) -> bool:
        if self.folders_only and not path.endswith("/"):
            return False
        if self.regex.pattern in _UNIVERSAL:
            return True
        if self.inner:
            return self.regex.search(path.rstrip("/")) is not None
        found = self.regex.search(path)
        return found is not None and found.end() == len(path)


@lru_cache(maxsize=256)
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # not every run has globs, and a hook's start is felt

    # Of pathspec's backends only this one is always there and takes names that are not UTF-8.
    return GitIgnoreSpec([pattern for _, pattern in _patterns(globs)], backend="simple")


@lru_cache(maxsize=256)
def _entry_globs(globs: tuple[str, ...]) -> tuple[_EntryGlob, ...]:
    """The last one first, since it is the one that decides."""
    made = []
    for glob, pattern in _patterns(globs):
        text = glob.rstrip()
        if pattern.regex is not None and pattern.include is not None:
            inner = text.rstrip("/").endswith("/**")
            made.append(_EntryGlob(pattern.regex, pattern.include, text.endswith("/"), inner))
    return tuple(reversed(made))


def _patterns(globs: Iterable[str]) -> Iterator[tuple[str, GitIgnoreSpecPattern]]:
    """As in git, what is no valid glob matches nothing."""
    from pathspec.patterns.gitignore import GitIgnorePatternError  # as in _spec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    for glob in globs:
        try:
            yield glob, GitIgnoreSpecPattern(glob)
        except GitIgnorePatternError:
            continue
