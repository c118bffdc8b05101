"""A configuration file's values, checked, and laid over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from mkt_lint._config.document import FILE_NAME, IGNORE_TABLES, SHARED_FILE_NAME, TABLE, Problem, dotted
from mkt_lint._config.model import FileConfig, RunConfig
from mkt_lint._config.place import Layer, Place, Value
from mkt_lint._config.schema import file_shape, keys_of, table_of

if TYPE_CHECKING:
    from mkt_lint._config.document import ConfigFile
    from mkt_lint._config.selectors import KnownRules

__all__ = ["Layer", "Value", "build", "check", "stack"]

T = TypeVar("T")


def check(file: ConfigFile, known: KnownRules | None, elsewhere: str | None) -> Layer:
    """All values of a file.

    Args:
        known: The rules that codes are checked against; None for no check.
        elsewhere: Why what holds for the whole run may not stand in this file; None where it may.

    Raises:
        ConfigError: the first thing in the file that is wrong.
    """
    if not file.table and TABLE[0] in file.data:
        message = f"the keys of a {FILE_NAME} stand at its top level; [{dotted(TABLE)}] is for {SHARED_FILE_NAME}"
        raise file.error(Problem(TABLE[:1], message, "key"))
    place = Place(file, known)
    layer: Layer = file_shape().convert(file.data, place)
    if elsewhere is not None:
        for name in keys_of(RunConfig).keys() & file.data.keys():
            place.at(name).at_key().wrong(f"{name!r} holds for the whole run and {elsewhere}")
    if place.problems:
        raise file.first_error(place.problems)
    if "ignore" in layer and any(isinstance(item, dict) for item in layer["ignore"].value):
        layer[IGNORE_TABLES] = layer.pop("ignore")
    return layer


def build(table: type[T], layer: Layer, **fields: Any) -> T:
    """An instance of a dataclass from a layer; `fields` are those that are no keys."""
    built: T = table_of(table).make(layer, fields)
    return built


def stack(lower: Layer, upper: Layer) -> Layer:
    """A layer over another one: tables are merged, lists that add are joined, all else takes the other's place."""
    merged = _overlay(lower, upper)
    for name, key in keys_of(FileConfig).items():
        if key.adds and name in lower and name in upper:
            below, above = lower[name], upper[name]
            merged[name] = Value((*below.value, *above.value), (*below.origins, *above.origins))
    return merged


def _overlay(lower: Layer, upper: Layer) -> Layer:
    merged = dict(lower)
    for name, item in upper.items():
        below = merged.get(name)
        merged[name] = _overlay(below, item) if isinstance(item, dict) and isinstance(below, dict) else item
    return merged
