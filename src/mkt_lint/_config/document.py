"""One configuration file: its bytes, its keys, and where each stands."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from mkt_lint._model import Failure
from mkt_lint._named import NamedTuple
from mkt_lint._tracebacks import reason

if TYPE_CHECKING:
    from mkt_lint._model import Span
    from mkt_lint._syntax import Node

FILE_NAME = "mkt-lint.toml"
SHARED_FILE_NAME = "pyproject.toml"
TABLE = ("tool", "mkt-lint")

IGNORE_TABLES = "[[ignore]]"
"""Where a layer keeps the tables, since the key itself holds codes."""

KeyPath: TypeAlias = tuple[str | int, ...]
Spot: TypeAlias = Literal["key", "value"]

_IGNORE_TWICE = "; ignore = [...] and [[ignore]] exclude each other: write the codes as an [[ignore]] without files"
_BARE_KEY = r"[A-Za-z0-9_-]+"


class ConfigError(Exception):
    """The configuration is wrong: one line, and where.

    Args:
        message: What is wrong, what was expected, what to do.
        path: The file, relative to the working directory, POSIX; None for the command line.
    """

    def __init__(
        self, message: str, path: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, path, line, column)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = [str(part) for part in (self.path, self.line, self.column) if part is not None]
        return ": ".join(filter(None, [":".join(place), self.message]))

    @property
    def failure(self) -> Failure:
        """The same as an entry of a report."""
        return Failure(message=self.message, path=self.path, line=self.line, column=self.column)


class Problem(NamedTuple):
    """Something wrong with a configuration file, before its line is known."""

    path: KeyPath
    message: str
    spot: Spot = "value"


def dotted(path: Sequence[str | int]) -> str:
    """A key's path as TOML writes it: `rules.CRM401.max-age`, `overrides[0].select`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            name = step if re.fullmatch(_BARE_KEY, step) else '"' + step.replace("\\", "\\\\").replace('"', '\\"') + '"'
            text += f".{name}" if text else name
    return text


def shown(path: Path, cwd: Path) -> str:
    """A path as reports show it: relative to the working directory, POSIX, what is not UTF-8 escaped."""
    relative = relative_to(str(path), cwd)
    return relative.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def relative_to(location: str, root: Path) -> str:
    """A path from a folder, POSIX; with `../` where it lies outside."""
    above = os.path.join(root, "")  # noqa: PTH118  # with a separator behind it
    if location.startswith(above) and os.pardir not in location and not location.endswith(os.sep):
        return location[len(above) :].replace(os.sep, "/")  # as nearly all do; `relpath` takes ten times as long
    try:
        relative = os.path.relpath(location, root)
    except ValueError:  # another drive
        relative = location
    return relative.replace(os.sep, "/")


class ConfigFile:
    """A configuration file that was read and is valid TOML.

    Args:
        path: Absolute.
        shown: As messages name it.
        data: The linter's own keys, as TOML gives them.
        table: Where in the file these keys stand.
    """

    def __init__(self, path: Path, shown: str, text: str, data: Mapping[str, Any], table: KeyPath = ()) -> None:
        self.path = path
        self.shown = shown
        self.text = text
        self.data = data
        self.table = table

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_tree"}

    @cached_property
    def _tree(self) -> Node | None:
        from mkt_lint._syntax import SyntaxProblem, parse_toml  # a parser that only errors and listings need

        tree = parse_toml(self.text)
        return None if isinstance(tree, SyntaxProblem) else tree

    def position(self, path: KeyPath, spot: Spot = "value") -> tuple[int, int] | None:
        """Line and column of a key or of its value; of what it is in, where there is no such key."""
        span = self.span(path, spot)
        return (span.line, span.column) if span is not None else None

    def span(self, path: KeyPath, spot: Spot = "value") -> Span | None:
        """Where a key or its value stands; what it is in, where there is no such key."""
        node = self._tree
        if node is None:
            return None
        for step in (*self.table, *path):
            inner = node.members.get(step) if isinstance(step, str) else _item(node, step)
            if inner is None:
                break
            node = inner
        return node.key_span if spot == "key" and node.key_span is not None else node.span

    def error(self, problem: Problem) -> ConfigError:
        """A problem in its place."""
        return ConfigError(problem.message, self.shown, *(self.position(problem.path, problem.spot) or ()))

    def first_error(self, problems: Sequence[Problem]) -> ConfigError:
        """The problem that stands first in the file."""
        errors = [self.error(problem) for problem in problems]
        return min(errors, key=lambda error: (error.line or 0, error.column or 0, error.message))


def _item(node: Node, index: int) -> Node | None:
    return node.items[index] if index < len(node.items) else None


class Origin(NamedTuple):
    """Where a value was written."""

    file: ConfigFile
    path: KeyPath

    def __str__(self) -> str:
        return ":".join(map(str, (self.file.shown, *(self.file.position(self.path, "key") or ()))))


def find_config(folder: Path, cwd: Path) -> ConfigFile | None:
    """The configuration file of one folder, if there is one.

    Raises:
        ConfigError: it cannot be read or is no TOML.
    """
    own = folder / FILE_NAME
    if _is_there(own):
        return read_config(own, cwd)
    shared = folder / SHARED_FILE_NAME
    if not _is_there(shared):
        return None
    text = _text(shared, cwd)
    # Somebody else's broken file is none of our business, and most are not worth parsing.
    if TABLE[1] not in text:
        return None
    return _config(shared, text, cwd)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file() or (path.is_symlink() and not path.exists())
    except OSError:  # nothing in that folder can be reached, neither what is linted
        return False


def read_config(path: Path, cwd: Path) -> ConfigFile:
    """The configuration file that was asked for.

    Raises:
        ConfigError: it cannot be read, is no TOML, or is a pyproject.toml without our table.
    """
    config = _config(path, _text(path, cwd), cwd)
    if config is None:
        raise ConfigError(f"has no [{dotted(TABLE)}] table", shown(path, cwd))
    return config


def _text(path: Path, cwd: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {reason(error)}", shown(path, cwd)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        column = len(before.rpartition(b"\n")[2].decode("utf-8-sig", "replace")) + 1
        line = before.count(b"\n") + 1
        raise ConfigError("not valid UTF-8, which TOML must be", shown(path, cwd), line, column) from None


def _config(path: Path, text: str, cwd: Path) -> ConfigFile | None:
    """None for a pyproject.toml without our table."""
    import tomli  # not every run finds a configuration

    name = shown(path, cwd)
    try:
        data: Any = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        hint = _IGNORE_TWICE if "('ignore',)" in error.msg else ""
        raise ConfigError(f"not valid TOML: {error.msg}{hint}", name, error.lineno, error.colno) from None
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else "a number has too many digits"
        raise ConfigError(f"not valid TOML: {what}", name) from None
    if path.name != SHARED_FILE_NAME:
        return ConfigFile(path, name, text, data)
    for step in TABLE:
        if not isinstance(data, dict) or step not in data:
            return None
        data = data[step]
    config = ConfigFile(path, name, text, data if isinstance(data, dict) else {}, TABLE)
    if not isinstance(data, dict):
        raise config.error(Problem((), f"{dotted(TABLE)!r} must be a table", "key"))
    return config
