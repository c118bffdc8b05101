"""Every value in force and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkt_lint._config.configs import Configs
from mkt_lint._config.document import IGNORE_TABLES, KeyPath, dotted
from mkt_lint._config.model import FileConfig, RunConfig, WalkConfig
from mkt_lint._config.place import Layer, Value
from mkt_lint._config.schema import keys_of
from mkt_lint._config.shapes import Key, TableOf, plain

DEFAULT = "default"


def show(configs: Configs, path: Path) -> Iterator[tuple[str, Any, str]]:
    """Key, value and origin of all that holds for a file or, as far as it depends on no file name, for a folder.

    Values are in the types of JSON. An origin is `default`, `command line`, or a file, line and column; several where
    lists were added to each other.

    Raises:
        ConfigError: a configuration is wrong.
    """
    is_folder = (configs.cwd / path).is_dir()
    run, nearest = configs.layers(configs.cwd / path if is_folder else (configs.cwd / path).parent)
    yield from _table(keys_of(RunConfig), run, ())
    yield from _table(keys_of(WalkConfig), nearest, ())
    layer, _ = configs.merged(path / "-" if is_folder else path)
    yield from _table(keys_of(FileConfig), layer, ())
    if IGNORE_TABLES in layer:
        for index, ignore in enumerate(layer[IGNORE_TABLES].value):
            for name, item in ignore.items():
                yield _row(("ignore", index, name), item)


def _table(keys: Mapping[str, Key], layer: Layer, path: KeyPath) -> Iterator[tuple[str, Any, str]]:
    for name, key in keys.items():
        if isinstance(key.shape, TableOf):
            yield from _table(key.shape.keys, layer.get(name, {}), (*path, name))
        elif name in layer and isinstance(layer[name], dict):
            yield from _map(layer[name], (*path, name))
        elif name in layer:
            yield _row((*path, name), layer[name])
        else:
            yield dotted((*path, name)), plain(key.default), DEFAULT


def _map(layer: Layer, path: KeyPath) -> Iterator[tuple[str, Any, str]]:
    for name, item in layer.items():
        if isinstance(item, dict):
            yield from _map(item, (*path, name))
        else:
            yield _row((*path, name), item)


def _row(path: KeyPath, item: Value) -> tuple[str, Any, str]:
    return dotted(path), plain(item.value), ", ".join(map(str, item.origins))
