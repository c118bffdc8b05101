"""What may stand in the configuration, derived from `model.py` and from the rules' `Options`."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, reduce
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mkt_lint._config.constraints import NotEmpty
from mkt_lint._config.document import Origin
from mkt_lint._config.model import FileConfig, Glob, Help, Ignore, RuleConfig, RunConfig, WalkConfig
from mkt_lint._config.shapes import (
    FROM_TEXT,
    REQUIRED,
    Choice,
    Constrained,
    DateShape,
    FromText,
    Key,
    ListOf,
    ListOrTables,
    MapOf,
    Scalar,
    Shape,
    TableOf,
)


def shape_of(annotation: Any) -> Shape:
    """The shape of a type.

    Raises:
        TypeError: a key or an option may not be of that type.
    """
    if get_origin(annotation) is not None:
        shape = _generic_shape(get_origin(annotation), get_args(annotation))
    elif annotation in FROM_TEXT:
        shape = FromText(annotation)
    elif hasattr(annotation, "_fields"):
        shape = table_of(annotation)
    else:
        shape = _SCALARS.get(annotation)
    if shape is None:
        raise TypeError(f"{annotation!r} is no type for a key or an option")
    return shape


def _generic_shape(origin: Any, arguments: tuple[Any, ...]) -> Shape | None:
    match origin, arguments:
        case _ if origin is Annotated:
            constraints = [item for item in arguments[1:] if not isinstance(item, Help)]
            return reduce(Constrained, constraints, shape_of(arguments[0]))
        case _ if origin is Literal and all(isinstance(argument, str) for argument in arguments):
            return Choice(arguments)
        case _, (item, rest) if origin is tuple and rest is Ellipsis:
            return ListOf(shape_of(item))
        case _, (name, value) if origin is Mapping:
            return MapOf(shape_of(name), shape_of(value))
        case _, (item, nothing) if origin in (Union, types.UnionType) and nothing is types.NoneType:
            return shape_of(item)
    return None


def table_of(table: Any) -> TableOf:
    """The shape of a table of the configuration. Raises as `keys_of`."""
    return TableOf(keys_of(table), table, others=table is RuleConfig)


_SCALARS: Mapping[Any, Shape] = {
    bool: Scalar(bool, "true or false", "boolean"),
    int: Scalar(int, "an integer", "integer"),
    str: Scalar(str, "a string", "string"),
    date: DateShape(),
}


def keys_of(table: Any) -> Mapping[str, Key]:
    """The keys of a table of the configuration, or of a rule's `Options`, by name.

    Raises:
        TypeError: a key is of a type that cannot be written in TOML.
    """
    return _keys_of(table)


@cache
def _keys_of(table: Any) -> Mapping[str, Key]:
    annotations = typing.get_type_hints(table, localns={"Origin": Origin}, include_extras=True)
    return {
        name.replace("_", "-"): Key(
            name.replace("_", "-"), shape_of(annotations[name]), described.text, default, name, described.adds
        )
        for name, described, default in _described(table, annotations)
    }  # fmt: skip


def _described(table: Any, annotations: Mapping[str, Any]) -> Iterator[tuple[str, Help, Any]]:
    """The fields that are keys, with what they do and their defaults."""
    for name in getattr(table, "_fields", ()):
        for item in getattr(annotations[name], "__metadata__", ()):
            if isinstance(item, Help):
                yield name, item, table._field_defaults.get(name, REQUIRED)
    for option in dataclasses.fields(table) if dataclasses.is_dataclass(table) else ():
        yield option.name, Help(option.metadata["help"]), option.default


@cache
def override_shape() -> TableOf:
    """One `[[overrides]]`: files, and what holds for them."""
    files = Constrained(ListOf(shape_of(Glob)), NotEmpty("name the files"))
    described = Key("files", files, "Globs as in .gitignore, relative to the configuration file.")
    return TableOf({"files": described, **keys_of(FileConfig)})


@cache
def file_shape() -> TableOf:
    """A whole configuration file."""
    keys = {**keys_of(FileConfig), **keys_of(WalkConfig), **keys_of(RunConfig)}
    codes = keys["ignore"]
    keys["ignore"] = dataclasses.replace(
        codes,
        shape=ListOrTables(codes.shape, ListOf(shape_of(Ignore))),
        help=f"{codes.help} Or tables, `[[ignore]]`, each of which silences codes in some files and says why; in a "
        "file with such tables, codes to ignore everywhere are a table without `files`.",
    )
    keys["overrides"] = Key(
        "overrides", ListOf(override_shape()),
        "What differs for some files. Later ones go before earlier ones; lists take each other's place, but for "
        "`ignore`, and tables are merged.",
        default=(),
    )  # fmt: skip
    return TableOf(keys)
