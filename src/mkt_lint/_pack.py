"""One rule pack, by itself: where it comes from, and its hooks."""

from __future__ import annotations

from importlib import metadata

import pluggy

from mkt_lint import __version__, _hookspecs
from mkt_lint._model import Failure
from mkt_lint._tracebacks import frames

_OWN = "mkt-lint"


class Pack:
    """One pack: where it comes from and, if it could be loaded, a manager of its own that holds its hooks."""

    def __init__(self, entry_point: metadata.EntryPoint, manager: pluggy.PluginManager | None = None) -> None:
        self.name = entry_point.name
        self.entry_point = entry_point.value
        self.manager = manager
        self._installed = entry_point.dist

    # Read when somebody asks: parsing a distribution's metadata is felt at a hook's start.
    @property
    def distribution(self) -> str:
        return self._installed.name if self._installed else _OWN

    @property
    def version(self) -> str:
        return self._installed.version if self._installed else __version__

    @property
    def is_ours(self) -> bool:
        """Whether it came with the linter."""
        return self.distribution == _OWN

    def __str__(self) -> str:
        return f"plugin {self.name!r} ({self.distribution} {self.version}, entry point {self.entry_point})"

    def failure(self, problem: str, error: BaseException | None = None, code: str | None = None) -> Failure:
        return Failure(
            message=f"{self}: {problem}",
            plugin=self.name,
            code=code,
            traceback=frames(error) if error is not None else None,
        )

    def hooks(self) -> tuple[str, ...]:
        if self.manager is None:
            return ()
        return tuple(
            sorted(
                caller.name
                for plugin in self.manager.get_plugins()
                for caller in self.manager.get_hookcallers(plugin) or ()
            )
        )


def described(error: BaseException) -> str:
    """An exception of a pack's own code in one line; no document is near."""
    try:
        text = str(error)
    except Exception:  # even that is a pack's own code
        text = ""
    return " ".join(f"{type(error).__name__}: {text}".split()).removesuffix(":")


def register(plugin: object) -> pluggy.PluginManager:
    """A manager with this plugin alone.

    Raises:
        pluggy.PluginValidationError: a hook has a wrong signature or an unknown name.
        ValueError: a function is named like a hook but not marked as one.
    """
    manager = pluggy.PluginManager(_hookspecs.PROJECT)
    manager.add_hookspecs(_hookspecs)
    manager.register(plugin)
    manager.check_pending()
    marked = {caller.name for caller in manager.get_hookcallers(plugin) or ()}
    for name in dir(plugin):
        if name.startswith("mkt_lint_") and name not in marked and callable(getattr(plugin, name)):
            raise ValueError(f"{name} is not marked with @mkt_lint.hookimpl")
    return manager
