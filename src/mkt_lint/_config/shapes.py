"""What one type looks like in TOML.

A shape knows how to check a value, how to convert it, and how to describe itself in JSON Schema.
"""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mkt_lint._config.document import dotted
from mkt_lint._config.place import Layer, Place
from mkt_lint._config.requirement import Requirement
from mkt_lint._config.spelling import suggestion
from mkt_lint._options import Period

if TYPE_CHECKING:
    from mkt_lint._config.constraints import Constraint

FROM_TEXT: Mapping[Any, tuple[str, str]] = {
    Period: (Period.PATTERN, "a period such as '3y', '6m' or '30d'"),
    Requirement: (Requirement.PATTERN, "a requirement such as 'acme>=1.2'"),
}


class Shape(abc.ABC):
    """What one type looks like in TOML."""

    @abc.abstractmethod
    def convert(self, value: Any, place: Place) -> Any:
        """The value as the linter uses it; what is wrong with it is told to `place`."""

    @abc.abstractmethod
    def json(self) -> dict[str, Any]:
        """The shape in JSON Schema."""

    def build(self, item: Any) -> Any:
        """What `convert` gave, as the configuration's classes have it."""
        return item.value


@dataclass(eq=False, repr=False)
class Scalar(Shape):
    """A boolean, an integer or a string."""

    type: type
    expected: str
    json_type: str

    def convert(self, value: Any, place: Place) -> Any:
        if type(value) is not self.type:
            place.must_be(self.expected, value)
        return value

    def json(self) -> dict[str, Any]:
        return {"type": self.json_type}


class DateShape(Shape):
    """A local date, or a string in ISO 8601."""

    def convert(self, value: Any, place: Place) -> Any:
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                place.wrong(f"{value!r} is not a date; write YYYY-MM-DD")
        elif not isinstance(value, date) or isinstance(value, datetime):
            place.must_be("a date such as 2027-01-31", value)
        return value

    def json(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(eq=False, repr=False)
class FromText(Shape):
    """A string that a class of ours makes something of."""

    type: type[Period | Requirement]

    def convert(self, value: Any, place: Place) -> Any:
        if not isinstance(value, str):
            place.must_be(FROM_TEXT[self.type][1], value)
            return value
        try:
            return self.type(value)
        except ValueError as error:
            place.wrong(str(error))
            return value

    def json(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({FROM_TEXT[self.type][0]})$"}


@dataclass(eq=False, repr=False)
class Choice(Shape):
    """One of some strings."""

    choices: tuple[str, ...]

    def convert(self, value: Any, place: Place) -> Any:
        if not isinstance(value, str):
            place.must_be("one of " + ", ".join(map(repr, self.choices)), value)
        elif value not in self.choices:
            place.wrong(f"{dotted(place.path)!r} must be one of {', '.join(map(repr, self.choices))}, not {value!r}"
                        + suggestion(value, self.choices))  # fmt: skip
        return value

    def json(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


@dataclass(eq=False, repr=False)
class ListOf(Shape):
    """An array."""

    item: Shape

    def convert(self, value: Any, place: Place) -> Any:
        if not isinstance(value, list):
            place.must_be("an array", value)
            return value
        return tuple(self.item.convert(item, place.at(index)) for index, item in enumerate(value))

    def json(self) -> dict[str, Any]:
        return {"type": "array", "items": self.item.json()}


@dataclass(eq=False, repr=False)
class MapOf(Shape):
    """A table whose keys are the user's."""

    key: Shape
    value: Shape

    def convert(self, value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            place.must_be("a table", value)
            return value
        layer: Layer = {}
        for name, item in value.items():
            inner = place.at(name)
            converted = self.key.convert(name, inner.at_key())
            if converted in layer:
                inner.at_key().wrong(f"{name!r} means {converted}, which has a table of its own here already")
            layer[converted] = _placed(self.value, item, inner)
        return layer

    def json(self) -> dict[str, Any]:
        names = {name: value for name, value in self.key.json().items() if name != "type"}
        schema: dict[str, Any] = {"type": "object", "additionalProperties": self.value.json()}
        return schema | ({"propertyNames": names} if names else {})

    def build(self, item: Any) -> Any:
        return {name: self.value.build(inner) for name, inner in item.items()}


@dataclass(eq=False, repr=False)
class TableOf(Shape):
    """A table whose keys are ours."""

    keys: Mapping[str, Key]
    table: type | None = None
    """What the table becomes."""
    others: bool = False
    """Whether further keys are left for somebody else to check: a rule's options."""

    def convert(self, value: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            place.must_be("a table", value)
            return value
        layer: Layer = {}
        for name, item in value.items():
            inner = place.at(name)
            if name in self.keys:
                layer[name] = _placed(self.keys[name].shape, item, inner)
            elif self.others:
                layer[name] = inner.value(item)
            else:
                inner.at_key().wrong(f"unknown key {name!r}" + suggestion(name, self.keys, "expected one of"))
        for missing in (key.name for key in self.keys.values() if key.required and key.name not in value):
            place.wrong(f"{dotted(place.path)!r} has no {missing!r}, which it needs")
        return layer

    def json(self) -> dict[str, Any]:
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {name: key.json() for name, key in self.keys.items()},
            "additionalProperties": self.others,
        }
        required = [name for name, key in self.keys.items() if key.required]
        return schema | ({"required": required} if required else {})

    def build(self, item: Any) -> Any:
        return self.make(item, {})

    def make(self, item: Layer, others: Mapping[str, Any]) -> Any:
        """An instance of the table's class; what the layer lacks has its default.

        Args:
            others: Fields that are no keys.
        """
        fields = dict(others)
        if self.table is None:
            raise TypeError("a table without a class cannot be built")
        if self.others:
            rest = {name: inner for name, inner in item.items() if name not in self.keys}
            fields["options"] = {name: inner.value for name, inner in rest.items()}
            fields["origins"] = {name: inner.origins[-1] for name, inner in rest.items() if inner.origins}
        for name, key in self.keys.items():
            if name in item:
                fields[key.attribute] = key.shape.build(item[name])
        return self.table(**fields)


@dataclass(eq=False, repr=False)
class ListOrTables(Shape):
    """An array of strings, or an array of tables."""

    plain: Shape
    tables: Shape

    def convert(self, value: Any, place: Place) -> Any:
        tables = isinstance(value, list) and any(isinstance(item, dict) for item in value)
        return (self.tables if tables else self.plain).convert(value, place)

    def json(self) -> dict[str, Any]:
        return {"anyOf": [self.plain.json(), self.tables.json()]}


@dataclass(eq=False, repr=False)
class Constrained(Shape):
    """A shape with a demand on its values."""

    shape: Shape
    constraint: Constraint

    def convert(self, value: Any, place: Place) -> Any:
        before = len(place.problems)
        converted = self.shape.convert(value, place)
        if len(place.problems) > before:
            return value
        try:
            return self.constraint.convert(converted, place.known)
        except ValueError as error:
            message = str(error)
            place.wrong(f"{dotted(place.path)!r} {message}" if message.startswith("must ") else message)
            return value

    def json(self) -> dict[str, Any]:
        demand = self.constraint.json
        return dict(demand) if "$ref" in demand else {**self.shape.json(), **demand}


REQUIRED = object()


@dataclass(eq=False, repr=False)
class Key:
    """One key of a table."""

    name: str
    shape: Shape
    help: str
    default: Any = REQUIRED
    attribute: str = ""
    adds: bool = False
    """Whether a later value is added to the earlier ones, rather than put in their place."""

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    def json(self) -> dict[str, Any]:
        schema = {**self.shape.json(), "description": self.help}
        default = None if self.required else plain(self.default)
        means_absent = default in (None, {}) or (default == [] and "minItems" in schema)
        return schema if means_absent else {**schema, "default": default}


def _placed(shape: Shape, value: Any, place: Place) -> Any:
    converted = shape.convert(value, place)
    return converted if isinstance(shape, TableOf | MapOf) else place.value(converted)


def plain(value: Any) -> Any:
    """A value in the types of JSON."""
    if hasattr(value, "_fields"):  # a table of the configuration
        return {}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    return value if value is None or isinstance(value, bool | int | float) else str(value)
