"""Which configuration holds for which file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mkt_lint._config.document import (
    FILE_NAME,
    IGNORE_TABLES,
    SHARED_FILE_NAME,
    ConfigError,
    ConfigFile,
    Problem,
    find_config,
    read_config,
    relative_to,
)
from mkt_lint._config.globs import matches
from mkt_lint._config.model import CommandLine, FileConfig, Ignore, RunConfig, WalkConfig
from mkt_lint._config.selectors import KnownRules
from mkt_lint._config.spelling import suggestion

if TYPE_CHECKING:
    from mkt_lint._config.layers import Layer
    from mkt_lint._report import PluginInfo
    from mkt_lint._rule import RuleReference
    from mkt_lint._source import Source


PLATFORM_WORDS = ("auto", "none")
"""Told by its tags; one's own mail server."""


T = TypeVar("T")


class _Checked:
    """A configuration file whose every value is as it should be."""

    def __init__(
        self,
        file: ConfigFile | None,
        root: Path,
        layer: Layer,
        ignores: tuple[Ignore, ...] = (),
        overrides: tuple[Layer, ...] = (),
    ) -> None:
        self.file = file
        self.root = root
        self.layer = layer
        self.ignores = ignores
        self.overrides = overrides
        self.made: dict[tuple[bool, ...], tuple[Layer, FileConfig]] = {}
        """By which overrides apply."""


class Configs:
    """The configurations of a run, each found and checked when a file below it is first asked for.

    Args:
        cwd: The working directory.
        explicit: `--config`: this file holds for all; relative to `cwd`.
        isolated: `--isolated`: no file is read.
        command_line: Flags that go before any file.

    Raises:
        ConfigError: both `explicit` and `isolated`.
    """

    def __init__(
        self,
        cwd: Path,
        explicit: Path | None = None,
        isolated: bool = False,
        command_line: CommandLine | None = None,
    ) -> None:
        if explicit is not None and isolated:
            raise ConfigError("--config and --isolated exclude each other; give one of them")
        self.cwd = Path(os.path.normpath(cwd.absolute()))
        self._explicit = explicit
        self._isolated = isolated
        self._command_line = command_line or CommandLine()
        self._known: KnownRules | None = None
        self._nearest: dict[str, ConfigFile | None] = {}
        self._checked: dict[Path | None, _Checked] = {}

    @cached_property
    def _run_file(self) -> ConfigFile | None:
        if self._isolated:
            return None
        if self._explicit is not None:
            return read_config(Path(os.path.normpath(self.cwd / self._explicit)), self.cwd)
        return self._find(str(self.cwd))

    @cached_property
    def run(self) -> RunConfig:
        """What holds for the whole run.

        Raises:
            ConfigError: the configuration of the working directory is wrong.
        """
        return _build(RunConfig, self._check(self._run_file).layer)

    def for_file(self, source: Source) -> FileConfig:
        """What holds for a file, or for the standard input under its name.

        Raises:
            ConfigError: the configuration nearest the file is wrong, or sets what holds for the whole run.
        """
        return self.for_path(source.location if source.location is not None else Path(source.path))

    def for_path(self, path: Path) -> FileConfig:
        """What holds for a file at a path; relative to the working directory. Raises as `for_file`."""
        return self.merged(path)[1]

    def for_folder(self, folder: Path) -> WalkConfig:
        """What is left out of a folder when it is walked. Raises as `for_file`."""
        checked = self._check(self._file_for(str(folder)))
        origin = checked.file.path if checked.file else None
        return _build(WalkConfig, checked.layer, origin=origin, root=checked.root)

    def file_of(self, config: FileConfig) -> ConfigFile | None:
        """The file that a configuration comes from."""
        return self._check(self._file_for(str(config.root))).file

    def is_configuration(self, source: Source) -> bool:
        """Whether a file is the configuration that holds for its own folder."""
        location = source.location
        if location is None:
            return False
        if self._explicit is None and location.name not in (FILE_NAME, SHARED_FILE_NAME):
            return False
        file = self._file_for(str(location.parent))
        return file is not None and file.path == location

    def layers(self, folder: Path) -> tuple[Layer, Layer]:
        """The checked values that hold for the whole run, and those of the configuration nearest a folder."""
        return self._check(self._run_file).layer, self._check(self._file_for(str(folder))).layer

    def merged(self, path: Path) -> tuple[Layer, FileConfig]:
        """What holds for a file, also with the origin of every value. Raises as `for_file`."""
        location = os.path.normpath(os.path.join(self.cwd, path))  # noqa: PTH118  # asked several times a file
        checked = self._check(self._file_for(os.path.dirname(location)))  # noqa: PTH120  # as above
        relative = relative_to(location, checked.root)
        apply = tuple(matches(override["files"].value, relative) for override in checked.overrides)
        if apply not in checked.made:
            checked.made[apply] = self._merge(checked, apply)
        layer, config = checked.made[apply]
        return layer, config._replace(relative=relative)

    def _merge(self, checked: _Checked, apply: tuple[bool, ...]) -> tuple[Layer, FileConfig]:
        layer = checked.layer
        flags = {name: value for name, value in self._command_line._asdict().items() if value}
        if flags or any(apply):
            from mkt_lint._config.layers import Value, stack  # as in _build

            for override in compress(checked.overrides, apply):
                layer = stack(layer, {name: item for name, item in override.items() if name != "files"})
            layer = stack(layer, {name: Value(value, ("command line",)) for name, value in flags.items()})
        origin = checked.file.path if checked.file else None
        return layer, _build(FileConfig, layer, origin=origin, root=checked.root, relative="", ignores=checked.ignores)

    def check_codes(self, rules: Iterable[RuleReference], *, complete: bool = True) -> None:
        """Check all codes and names of rules against those that there are; from now on also in files yet to be read.

        Args:
            rules: Of all packs in use.
            complete: False where a pack is left out or broken, whose codes may then stand anywhere.

        Raises:
            ConfigError: a code, a prefix or a name means no rule.
        """
        self._known = known = KnownRules(rules, complete=complete)
        self._checked.clear()
        for flag, selectors in (("--select", self._command_line.select), ("--ignore", self._command_line.ignore)):
            for selector in selectors:
                try:
                    known.check_selector(selector)
                except ValueError as error:
                    raise ConfigError(f"{flag}: {error}") from None
        self._check(self._run_file)

    def check_platform(self, source: Source, known: Iterable[str]) -> None:
        """Check that the e-mail platform that is set for a file is one that a rule pack knows.

        Raises:
            ConfigError: it is not.
        """
        layer, config = self.merged(source.location if source.location is not None else Path(source.path))
        names = (*PLATFORM_WORDS, *known)
        if config.platform in names or (self._known is not None and not self._known.complete):
            return
        hint = suggestion(config.platform, names) or "; write 'auto' to have it recognised by its tags"
        message = f"no rule pack knows the platform {config.platform!r}{hint}"
        origin = layer["platform"].origins[-1]
        raise origin.file.error(Problem(origin.path, message))

    def require_plugins(self, plugins: Iterable[PluginInfo]) -> None:
        """Check that the rule packs that the configuration demands are in use.

        Raises:
            ConfigError: one is missing, or its version will not do.
        """
        versions = {_normalised(name): info.version for info in plugins for name in (info.distribution, info.name)}
        for index, requirement in enumerate(self.run.required_plugins):
            version = versions.get(_normalised(requirement.name))
            if version is None:
                message = f"the rule pack {requirement.name!r} is required and not in use; install it" + suggestion(
                    requirement.name, versions
                )
            elif not requirement.accepts(version):
                message = f"the rule pack {requirement.name!r} is of version {version}; required is {requirement}"
            else:
                continue
            if self._run_file is None:
                raise ConfigError(message)
            raise self._run_file.error(Problem(("required-plugins", index), message))

    def _file_for(self, folder: str) -> ConfigFile | None:
        if self._explicit is not None or self._isolated:
            return self._run_file
        return self._find(folder)

    def _find(self, folder: str) -> ConfigFile | None:
        passed = []
        found = None
        for here in _upwards(folder):
            if here in self._nearest:
                found = self._nearest[here]
                break
            passed.append(here)
            found = find_config(Path(here), self.cwd)
            if found is not None:
                break
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def _check(self, file: ConfigFile | None) -> _Checked:
        path = file.path if file else None
        if path not in self._checked:
            self._checked[path] = self._read(file) if file else _Checked(None, self.cwd, {})
        return self._checked[path]

    def _read(self, file: ConfigFile) -> _Checked:
        from mkt_lint._config.layers import check  # as in _build

        elsewhere = None if file is self._run_file else self._where_run_keys_belong(file)
        layer = check(file, self._known, elsewhere)
        overrides = layer.pop("overrides", None)
        ignores = layer.get(IGNORE_TABLES)
        return _Checked(
            file,
            file.path.parent,
            layer,
            tuple(_build(Ignore, item) for item in ignores.value) if ignores else (),
            overrides.value if overrides else (),
        )

    def _where_run_keys_belong(self, file: ConfigFile) -> str:
        if self._run_file is not None:
            return f"is read from {self._run_file.shown} only, which is nearest the working directory"
        return (
            "the working directory has no configuration to read it from; run mkt-lint in this file's folder, or with "
            f"--config {file.shown}"
        )


def _build(table: type[T], layer: Layer, **fields: Any) -> T:
    if not layer:
        return table(**fields)
    from mkt_lint._config.layers import build  # the schema, which a run without configuration does without

    return build(table, layer, **fields)


def _upwards(folder: str) -> Iterator[str]:
    """The folder and all above it."""
    while True:
        yield folder
        parent = str(Path(folder).parent)
        if parent == folder:
            return
        folder = parent


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
