"""Our named tuples are the standard library's, but for what it costs to make one."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing

import pytest

from mkt_lint import _named


class Ours(_named.NamedTuple):
    """A place."""

    line: int
    column: int = 1
    name: str | None = None

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class Theirs(typing.NamedTuple):
    """A place."""

    line: int
    column: int = 1
    name: str | None = None

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class OursLong(_named.NamedTuple):
    a: int
    b: int
    c: int
    d: int
    e: int
    f: int
    g: int
    h: int
    i: int
    j: int
    k: int
    l: int = 12  # noqa: E741  # the twelfth


PLACE: typing.Any = Ours(3, name="x")


def test_an_instance_is_the_same() -> None:
    theirs: typing.Any = Theirs(3, name="x")
    assert PLACE == theirs == (3, 1, "x")
    assert hash(PLACE) == hash(theirs)
    assert repr(PLACE) == repr(theirs).replace("Theirs", "Ours") == "Ours(line=3, column=1, name='x')"
    assert (PLACE.line, PLACE.column, PLACE.name, PLACE.shown) == (3, 1, "x", "3:1")
    assert PLACE._asdict() == theirs._asdict()
    assert PLACE._replace(column=9) == Ours(3, 9, "x") == theirs._replace(column=9)
    assert isinstance(PLACE, tuple)
    match PLACE:
        case Ours(line, column):
            assert (line, column) == (3, 1)


def test_the_class_is_the_same() -> None:
    names = set(dir(Theirs)) - {"__orig_bases__"}
    assert names == set(dir(Ours)) - {"__orig_bases__"}
    for name in ("_fields", "_field_defaults", "__match_args__", "__slots__", "__doc__", "__bases__"):
        assert getattr(Ours, name) == getattr(Theirs, name), name
    assert str(inspect.signature(Ours)) == "(line, column=1, name=None)"
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)
    assert {type(Ours), type(Theirs)} == {type}


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_it_can_be_copied_and_sent(copied: typing.Callable[[object], object]) -> None:
    assert copied(PLACE) == PLACE
    assert type(copied(PLACE)) is Ours


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_what_is_refused(kind: typing.Any) -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'line'"):
        kind()
    with pytest.raises(TypeError, match="unexpected keyword argument 'row'"):
        kind(1, row=2)
    with pytest.raises(ValueError, match="unexpected field names: \\['row'\\]"):
        kind(1)._replace(row=2)
    with pytest.raises(TypeError, match="Expected 3 arguments, got 2"):
        kind._make([1, 2])
    with pytest.raises(AttributeError):
        kind(1).line = 2
    with pytest.raises(AttributeError):
        kind(1).row = 2


def test_a_long_one() -> None:
    made = OursLong(1, 2, 3, 4, 5, 6, 7, 8, 9, j=10, k=11)
    assert made == tuple(range(1, 13))
    assert (made.a, made.k, made.l) == (1, 11, 12)
