"""The host of rule packs: one pack at a time, so that a broken one takes nothing else with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from importlib import metadata
from typing import Any, TypeVar

from mkt_lint import _core
from mkt_lint._contract import check_item, check_rule
from mkt_lint._facts import Platform, Vocabulary
from mkt_lint._model import Failure
from mkt_lint._named import NamedTuple
from mkt_lint._pack import Pack, described, register
from mkt_lint._report import PluginInfo
from mkt_lint._reporters.reference import Reporter, ReporterReference
from mkt_lint._rule import Rule, RuleReference
from mkt_lint._source import Reader, ReaderReference

ENTRY_POINT_GROUP = "mkt_lint"

T = TypeVar("T")


class _Owned(NamedTuple):
    """Who brought a rule or a reader."""

    plugin: Pack
    what: Any


class Host:
    """The packs that are installed and not blocked, and what they bring.

    Problems never raise: they are collected in `failures`, and what is sound goes on.
    """

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self._plugins: list[Pack] = []
        self._rules: dict[str, _Owned] = {}
        self._readers: list[_Owned] = []
        self._loaded_readers: dict[ReaderReference, Reader | None] = {}
        self._reporters: dict[str, _Owned] = {}
        self._broken_rules: set[str] = set()
        self._sound_rules: set[str] = set()

    @property
    def rules(self) -> tuple[RuleReference, ...]:
        """Every known rule, by code; nothing of it is imported."""
        return tuple(self._rules[code].what for code in sorted(self._rules))

    @property
    def readers(self) -> tuple[ReaderReference, ...]:
        return tuple(owned.what for owned in self._readers)

    @property
    def reporters(self) -> tuple[ReporterReference, ...]:
        """Every output format, by name."""
        return tuple(self._reporters[name].what for name in sorted(self._reporters))

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """The packs in use; the core is none."""
        return tuple(
            PluginInfo(
                plugin.name,
                plugin.version,
                plugin.distribution,
                plugin.entry_point,
                plugin.hooks(),
                tuple(code for code, owned in sorted(self._rules.items()) if owned.plugin is plugin),
            )
            for plugin in self._plugins
            if plugin.manager is not None and plugin.name != _core.NAME
        )

    def owner(self, code: str) -> str:
        """The name of the pack that a rule belongs to."""
        return self._rules[code].plugin.name

    def rule_failure(self, code: str, error_type: str, traceback: str, path: str | None) -> Failure:
        """A rule that raised over a document, told without the exception's text: that may quote a cell."""
        plugin = self._rules[code].plugin
        return Failure(
            message=f"{plugin}: {code} raised {error_type}; the other rules went on",
            plugin=plugin.name,
            code=code,
            path=path,
            traceback=traceback,
        )

    def rule_class(self, reference: RuleReference) -> type[Rule] | None:
        """The rule's class; None, and one failure, where it cannot be loaded."""
        if reference.code in self._broken_rules:
            return None
        try:
            rule = reference.load()
            if reference.code not in self._sound_rules:
                check_rule(rule)
                self._sound_rules.add(reference.code)
        except (Exception, SystemExit) as error:
            self.break_rule(reference, error)
            return None
        return rule

    def break_rule(self, reference: RuleReference, error: BaseException) -> None:
        """Take a rule that cannot be loaded or made for broken, and say so once."""
        if reference.code not in self._broken_rules:
            self._broken_rules.add(reference.code)
            problem = f"cannot load {reference.code} from {reference.target}: {described(error)}"
            self.failures.append(self._rules[reference.code].plugin.failure(problem, error, reference.code))

    def reader(self, reference: ReaderReference) -> Reader | None:
        """The reader; None, and one failure, where it cannot be loaded."""
        if reference in self._loaded_readers:
            return self._loaded_readers[reference]
        owned = next(owned for owned in self._readers if owned.what == reference)
        reader = self._attempt(owned.plugin, f"cannot load the reader {reference.name!r}", reference.load)
        self._loaded_readers[reference] = reader
        return reader

    def reader_failure(self, reference: ReaderReference, error: BaseException, path: str) -> Failure:
        """A reader that raised over a file, told without the exception's text: that may quote the file."""
        plugin = next(owned.plugin for owned in self._readers if owned.what == reference)
        failure = plugin.failure(f"the reader {reference.name!r} raised {type(error).__name__}", error)
        return failure._replace(path=path)

    def reporter(self, name: str) -> Reporter | None:
        """The reporter; None, and one failure, where it cannot be loaded. Raises `KeyError` for an unknown name."""
        owned = self._reporters[name]
        return self._attempt(owned.plugin, f"cannot load the format {name!r}", owned.what.load)

    def reporter_failure(self, name: str, error: BaseException) -> Failure:
        """A format that raised over a report."""
        return self._reporters[name].plugin.failure(f"the format {name!r} raised {type(error).__name__}", error)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Headers and values of all packs; asked for when the first table is read."""
        merged = Vocabulary()
        for _, found in self._call("mkt_lint_vocabulary", lambda value: _one(value, Vocabulary)):
            merged |= found
        return merged

    @cached_property
    def platforms(self) -> tuple[Platform, ...]:
        """E-mail platforms of all packs, by name; asked for when the first template is read."""
        found = [p for _, ps in self._call("mkt_lint_platforms", lambda value: _all(value, Platform)) for p in ps]
        return tuple(sorted(found, key=lambda platform: platform.name))

    def _attempt(self, plugin: Pack, doing: str, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except (Exception, SystemExit) as error:
            self.failures.append(plugin.failure(f"{doing}: {described(error)}", error))
            return None

    def _call(self, hook: str, checked: Callable[[Any], T]) -> Iterable[tuple[Pack, T]]:
        """Call one hook, plugin after plugin: a multicall would lose every result when one raises."""
        for plugin in self._plugins:
            caller = getattr(plugin.manager.hook, hook) if plugin.manager else None
            for implementation in caller.get_hookimpls() if caller else ():
                try:
                    result = checked(implementation.function())
                except (Exception, SystemExit) as error:
                    self.failures.append(plugin.failure(f"{hook}: {described(error)}", error))
                else:
                    yield plugin, result

    def add(self, plugin: Pack) -> None:
        """Take a pack in; `collect` asks it what it brings."""
        self._plugins.append(plugin)

    def collect(self) -> None:
        """Ask all packs for their rules, readers and formats."""
        names: dict[str, str] = {}
        for plugin, references in self._call("mkt_lint_rules", lambda value: _all(value, RuleReference)):
            for reference in references:
                known = self._rules.get(reference.code) or self._rules.get(names.get(reference.name, ""))
                if known and not (plugin.is_ours and not known.plugin.is_ours):
                    self.failures.append(_taken(plugin, reference, known.plugin, known.what))
                else:
                    if known:  # no pack can take a code away from ours
                        del self._rules[known.what.code]
                        self.failures.append(_taken(known.plugin, known.what, plugin, reference))
                    self._rules[reference.code] = _Owned(plugin, reference)
                    names[reference.name] = reference.code
        for plugin, readers in self._call("mkt_lint_readers", lambda value: _all(value, ReaderReference)):
            self._readers += [_Owned(plugin, reader) for reader in readers]
        for plugin, reporters in self._call("mkt_lint_reporters", lambda value: _all(value, ReporterReference)):
            for reporter in reporters:
                if other := self._reporters.get(reporter.name):
                    problem = f"the format {reporter.name!r} is already taken by {other.plugin}"
                    self.failures.append(plugin.failure(problem))
                else:
                    self._reporters[reporter.name] = _Owned(plugin, reporter)


def _taken(plugin: Pack, rule: RuleReference, by: Pack, other: RuleReference) -> Failure:
    return plugin.failure(f"{rule.code} {rule.name} is already taken by {other.code} {other.name} of {by}")


def _one(value: object, wanted: type[T]) -> T:
    if not isinstance(value, wanted):
        raise TypeError(f"returned {type(value).__name__}, not {wanted.__name__}")
    check_item(value)
    return value


def _all(value: Iterable[object], wanted: type[T]) -> list[T]:
    if not isinstance(value, Iterable):
        raise TypeError(f"returned {type(value).__name__}, not a list of {wanted.__name__}")
    return [_one(item, wanted) for item in value]


def load(blocked: Collection[str] = ()) -> Host:
    """Find, load and check all packs but the blocked ones.

    Args:
        blocked: Names of entry points, as in `-p no:NAME`.
    """
    host = Host()
    core = Pack(metadata.EntryPoint(_core.NAME, _core.__name__, ENTRY_POINT_GROUP), register(_core))
    host.add(core)
    seen: dict[str, Pack] = {}
    found = metadata.entry_points(group=ENTRY_POINT_GROUP)
    for entry_point in sorted(found, key=lambda item: (item.name, item.value)):
        if entry_point.name in blocked:
            continue
        plugin = Pack(entry_point)
        if other := seen.get(plugin.name):
            if (other.distribution, other.entry_point) != (plugin.distribution, plugin.entry_point):
                host.failures.append(plugin.failure(f"its name is already taken by {other}"))
            continue
        seen[plugin.name] = plugin
        try:
            plugin.manager = register(entry_point.load())
        except (Exception, SystemExit) as error:
            host.failures.append(plugin.failure(f"cannot be loaded: {described(error)}", error))
        else:
            host.add(plugin)
    host.collect()
    return host


def available_names() -> frozenset[str]:
    """The names that `-p no:NAME` may block."""
    return frozenset(entry_point.name for entry_point in metadata.entry_points(group=ENTRY_POINT_GROUP))
