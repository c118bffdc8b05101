"""Named tuples that take a twentieth of the time to make: the class, not its instances.

The standard library compiles every annotation and every constructor anew in each process, half a millisecond a class; a
run over one template has seventy classes, and they were a seventh of it. Here a constructor is one of those below with
the names of the fields put in, and annotations stay what they are. Nothing else differs; a test holds both together.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

__all__ = ["NamedTuple"]

if TYPE_CHECKING or sys.version_info >= (3, 14):  # from there on a class's annotations are no part of its namespace
    from typing import NamedTuple
else:
    from collections.abc import Iterable
    from operator import itemgetter
    from types import FunctionType
    from typing import Any

    try:
        from _collections import _tuplegetter as _getter  # as `collections.namedtuple` does
    except ImportError:

        def _getter(index: int, doc: str) -> property:
            return property(itemgetter(index), doc=doc)

    _CONSTRUCTORS = (
        lambda _cls: _new(_cls, ()),
        lambda _cls, a: _new(_cls, (a,)),
        lambda _cls, a, b: _new(_cls, (a, b)),
        lambda _cls, a, b, c: _new(_cls, (a, b, c)),
        lambda _cls, a, b, c, d: _new(_cls, (a, b, c, d)),
        lambda _cls, a, b, c, d, e: _new(_cls, (a, b, c, d, e)),
        lambda _cls, a, b, c, d, e, f: _new(_cls, (a, b, c, d, e, f)),
        lambda _cls, a, b, c, d, e, f, g: _new(_cls, (a, b, c, d, e, f, g)),
        lambda _cls, a, b, c, d, e, f, g, h: _new(_cls, (a, b, c, d, e, f, g, h)),
        lambda _cls, a, b, c, d, e, f, g, h, i: _new(_cls, (a, b, c, d, e, f, g, h, i)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j: _new(_cls, (a, b, c, d, e, f, g, h, i, j)),
    )
    _new = tuple.__new__

    class _Meta(type):
        def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(mcs, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            if len(fields) >= len(_CONSTRUCTORS):
                import typing  # one in ten has so many

                return typing.NamedTupleMeta(name, (typing._NamedTuple,), namespace)
            defaults = {field: namespace[field] for field in fields if field in namespace}
            code = _CONSTRUCTORS[len(fields)].__code__.replace(
                co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__"
            )
            namespace |= {
                field: _getter(index, f"Alias for field number {index}") for index, field in enumerate(fields)
            }
            namespace |= {
                "__new__": FunctionType(code, {"_new": _new}, "__new__", tuple(defaults.values())),
                "__slots__": (),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
                "_make": classmethod(_make),
            }
            for method in (__repr__, __getnewargs__, _replace, _asdict):
                namespace.setdefault(method.__name__, method)
            return type(name, (tuple,), namespace)

    def _make(cls: type, iterable: Iterable[Any]) -> Any:
        result = _new(cls, iterable)
        if len(result) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(result)}")
        return result

    def _replace(self: Any, /, **changes: Any) -> Any:
        result = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return result

    def _asdict(self: Any) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __getnewargs__(self: Any) -> tuple[Any, ...]:  # noqa: N807  # a method of those classes
        return tuple(self)

    def __repr__(self: Any) -> str:  # noqa: N807  # as above
        values = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({values})"

    class NamedTuple(metaclass=_Meta):
        """See `typing.NamedTuple`."""
