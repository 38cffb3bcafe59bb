"""The words of a filter: what can be asked of the rows of one list, and what the answers can be."""

from __future__ import annotations

from dataclasses import field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

NONE, ANY = "none", "any"
"""Stand for “has no value” and “has one” in every field that may be blank."""

_USUAL = {"state": 0, "due": 1}
"""Fields that come first among examples."""


class Kind(Enum):
    """What is asked of a field."""

    TEXT = auto()
    """Whether some words occur in it."""
    WORD = auto()
    """Whether it is one of some words."""
    LEVEL = auto()
    """As WORD, of words in a rising order, so that they can be compared."""
    DAY = auto()
    """Whether it lies on, before or after a day."""
    NUMBER = auto()
    """Whether it is equal to, less or more than a number."""


@frozen
class Value:
    """One word that a field can be."""

    word: str
    """As it is typed and shown."""
    about: str = ""
    """What it means, where the word does not tell."""
    also: tuple[str, ...] = ()
    """Other ways to type it."""
    holds: tuple[str, ...] = ()
    """What rows have where it is meant: a work package and its activities. By default the word."""
    closed: bool = False
    """Whether it asks for rows that the list leaves out unless they are asked for."""
    note: str = ""
    """What is said where it is asked for alone and something else may be meant."""


@frozen
class Field:
    """Something that can be asked of each row."""

    name: str
    """As it is typed before the colon."""
    kind: Kind
    of: Callable[[Any], Hashable]
    """Gives what a row has: a text, a day, a number, None, or a tuple of texts."""
    about: str = ""
    """What it is called in a sentence; by default its name."""
    also: tuple[str, ...] = ()
    """Other names of it."""
    values: tuple[Value, ...] = ()
    """The words known; for a LEVEL in rising order."""
    open: bool = False
    """Whether other words than the known ones may be meant; they are looked for in the value."""
    read: Callable[[str], float] | None = None
    """Reads a number; raises Misread."""
    say: Callable[[float], str] = lambda number: f"{number:g}"
    """Says a number."""
    closed: bool = False
    """As of a value."""
    noun: str = ""
    """What one of its values is; by default what the field is called."""

    @property
    def said(self) -> str:
        """What it is called in a sentence."""
        return self.about or self.name


@frozen
class Flag:
    """Something that a row is or is not: is:late."""

    word: str
    of: Callable[[Any], Hashable]
    """Gives what of a row decides."""
    test: Callable[[Any], bool]
    """Decides by that."""
    about: str = ""
    """What it means, as the end of “it is …”; by default the word."""
    closed: bool = False
    """As of a value."""
    settled: bool = True
    """Whether the answer for a row stays as long as the row does; marks come and go."""


@frozen
class Vocabulary:
    """All that can be asked of the rows of a list."""

    noun: str
    """What a row is: task."""
    texts: Callable[[Any], Iterable[str | None]]
    """Gives the texts of a row in which plain words are looked for."""
    fields: tuple[Field, ...] = ()
    flags: tuple[Flag, ...] = ()
    signs: Mapping[str, str] = field(default_factory=dict)
    """Signs that stand for a field: "@" for who."""
    looked_in: str = "code and title"
    """Where plain words are looked for, in words."""

    def field(self, name: str) -> Field | None:
        """Give the field with this name."""
        return next((it for it in self.fields if name == it.name or name in it.also), None)

    def flag(self, word: str) -> Flag | None:
        """Give the flag with this word."""
        return next((it for it in self.flags if word == it.word), None)

    @property
    def names(self) -> list[str]:
        """Every name before a colon, the usual one of each field first."""
        usual = [it.name for it in self.fields] + (["is"] if self.flags else [])
        return usual + [name for it in self.fields for name in it.also]

    @property
    def examples(self) -> list[str]:
        """Give a few questions as they are typed, of those this list answers."""
        found: dict[Kind, str] = {}
        for it in sorted(self.fields, key=lambda each: _USUAL.get(each.name, 2)):
            if it.kind is Kind.WORD and it.values and it.name not in self.signs.values():
                found.setdefault(it.kind, f"{it.name}:{it.values[0].word}")
            elif it.kind is Kind.DAY:
                near = "<+14d" if it.name == "due" else ">-14d"
                found.setdefault(it.kind, f"{it.name}{near}")
        who = [f"{sign}{name}" for sign, name in self.signs.items() if sign == "@"]
        flags = [f"is:{it.word}" for it in self.flags[:1]]
        return [*found.values(), *who, *flags][:3]


def chosen(values: Iterable[Any]) -> tuple[Value, ...]:
    """Make words of the members of a kind, or of plain texts."""
    return tuple(
        Value(str(it), "" if getattr(it, "word", it) == it else it.word,
              also=() if getattr(it, "word", it) == it else (it.word.replace(" ", "-"), it.word))
        for it in values
    )  # fmt: skip


def begins(wanted: str, words: Iterable[str]) -> bool:
    """Say whether one of the words, or a part of one, begins so."""
    return any(
        part.startswith(wanted) for word in words for part in (fold(word), *fold(word).split())
    )
