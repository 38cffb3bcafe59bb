"""Frozen values: what they have in common with dataclasses, and what they refuse."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any, Generic, TypeVar

import pytest

from ka2tui.frozen import frozen

T = TypeVar("T")


@frozen
class Place:
    """Somewhere."""

    name: str
    number: int = 1
    tags: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        """In words."""
        return f"{self.name} {self.number}"


@frozen
class Room(Place):
    """A place in a place."""

    floor: int | None = None


@frozen
class Even:
    """A number that must be even."""

    number: int

    def __post_init__(self) -> None:
        """Look at it."""
        if self.number % 2:
            raise ValueError("odd")


@frozen
class Kept(Generic[T]):
    """Any value, that says itself how it is told and compared."""

    value: T

    def __repr__(self) -> str:
        """Tell it."""
        return "kept"

    def __eq__(self, other: object) -> bool:
        """Be like any other."""
        return isinstance(other, Kept)

    __hash__ = None  # type: ignore[assignment]


@frozen
class Nothing:
    """A value without a part."""


def test_a_value_takes_its_parts_in_their_order_or_by_name() -> None:
    assert Place("Łódź").said == "Łódź 1"
    assert Place(number=3, name="Łódź") == Place("Łódź", 3)
    room = Room("Hall", 2, ["big"], 4)
    assert (room.name, room.number, room.tags, room.floor) == ("Hall", 2, ["big"], 4)
    assert [one.name for one in fields(room)] == ["name", "number", "tags", "floor"]


@pytest.mark.parametrize("given", [(), ("a", 1, [], 2)])
def test_too_few_or_too_many_parts_are_refused(given: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        Place(*given)


def test_what_is_made_anew_is_not_shared() -> None:
    first, second = Place("a"), Place("a")
    first.tags.append("x")
    assert second.tags == []


def test_values_of_one_class_are_compared_by_what_they_hold() -> None:
    assert Room("a", 1) == Room("a", 1)
    assert Room("a", 1) != Room("a", 2)
    assert Place("a", 1) != Room("a", 1)
    assert Place("a").__eq__("a") is NotImplemented
    assert {Even(2), Even(2), Even(4)} == {Even(4), Even(2)}
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())


def test_a_value_never_changes() -> None:
    place: Any = Place("a")
    for name in ("name", "unheard"):
        with pytest.raises(FrozenInstanceError):
            setattr(place, name, "b")
    with pytest.raises(FrozenInstanceError):
        del place.name
    assert place == Place("a")
    assert not hasattr(place, "__dict__")


def test_another_value_is_made_of_one() -> None:
    room = Room("a", 1, ["x"], 2)
    assert replace(room, floor=3) == Room("a", 1, ["x"], 3)
    assert copy.deepcopy(room) == room
    assert pickle.loads(pickle.dumps(room)) == room


def test_a_value_tells_itself() -> None:
    assert repr(Room("a")) == "Room(name='a', number=1, tags=[], floor=None)"
    match Room("a", 5):
        case Place(name, number):
            assert (name, number) == ("a", 5)
        case _:
            pytest.fail("it is a place")


def test_what_a_class_says_itself_stands() -> None:
    with pytest.raises(ValueError, match="odd"):
        Even(3)
    assert repr(Kept(1)) == "kept"
    assert Kept(1) == Kept("x")
    with pytest.raises(TypeError):
        hash(Kept(1))
