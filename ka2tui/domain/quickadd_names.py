"""The names that a captured line can use: whom it means by @OU, and what by wp:2."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ka2tui.domain import alike
from ka2tui.domain.codes import units_meant
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

_MOST_NAMED = 3
_MOST_COMPARED = 1000
_WORDS = re.compile(r"[^\W_]+")


@frozen
class Name:
    """A record that can be named."""

    kind: str
    """partner, contact, work_unit or task."""
    id: int
    word: str
    """What lists call it: an acronym, a code, a person's name."""
    note: str = ""
    """What else helps to tell it from others: the full name, the title."""
    also: tuple[str, ...] = ()
    """Under what other names it is known."""
    of: int | None = None
    """The partner that a person belongs to."""


@frozen
class Names:
    """What can be named in one project."""

    acronym: str = ""
    start: date | None = None
    """The project's first day, which turns project months into days."""
    end: date | None = None
    """The project's last day."""
    partners: tuple[Name, ...] = ()
    contacts: tuple[Name, ...] = ()
    work_units: tuple[Name, ...] = ()
    tasks: tuple[Name, ...] = ()
    """Those that have a code and are not closed, where they were asked for."""
    tags: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[Name, ...]:
        """Whom a task can be given to."""
        return (*self.partners, *self.contacts)


def find(said: str, names: Iterable[Name]) -> Sequence[Name]:
    """Find what is meant: by its name, else by the beginning of it, else of a word in it.

    Returns:
        One name; several where the text fits them alike; none.
    """
    wanted = fold(said)
    if not wanted:
        return ()
    known = [(name, [fold(each) for each in (name.word, *name.also) if each]) for name in names]
    exact = [name for name, called in known if called[:1] == [wanted]]
    if exact:
        partners = [name for name in exact if name.kind == "partner"]
        return partners if len(partners) == 1 else exact
    ways: tuple[Callable[[list[str]], bool], ...] = (
        lambda called: wanted in called,
        lambda called: any(each.startswith(wanted) for each in called),
        lambda called: any(word.startswith(wanted) for each in called for word in each.split()),
    )
    for fits in ways:
        found = {(name.kind, name.id): name for name, called in known if fits(called)}
        if found:
            return [*found.values()]
    return ()


def find_work(said: str, units: Iterable[Name]) -> Sequence[Name]:
    """Find a work package or activity: by its code, or the number in it, else by its title.

    `2` is WP2, `1.2` is A1.2, WP02 is WP2 or a bare 2; a code that is written in full always wins.
    """
    wanted = _code(said)
    if not wanted:
        return ()
    units = list(units)
    codes = [(unit, _code(unit.word)) for unit in units]
    exact = [unit for unit, code in codes if code == wanted]
    if exact:
        return exact
    if wanted[0].isdigit():
        packages = [unit for unit, code in codes if code == f"wp{wanted}"]
        letters = "abcdefghijklmnopqrstuvwxyz"
        return packages or [unit for unit, code in codes if code.lstrip(letters) == wanted]
    meant = set(units_meant(said, (unit.word for unit in units)))
    return [unit for unit in units if unit.word in meant] or find(said, units)


def nearest(said: str, words: Iterable[str]) -> list[str]:
    """Give the names most like one that nobody knows, as a whole or in one of their words."""
    folded: dict[str, str] = {}
    for word in islice(words, _MOST_COMPARED):
        for part in (word, *_WORDS.findall(word)):
            folded.setdefault(fold(part), word)
    return alike.among(fold(said), folded, _MOST_NAMED, 0.5)


def listed(names: Sequence[str]) -> str:
    """Name a few for a sentence: OU, ULODZ or UNIBO; of many, that there are more."""
    shown = list(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        return f"{', '.join(shown)} or {len(names) - _MOST_NAMED} more"
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def _code(text: str) -> str:
    """Reduce a code to what counts: `WP 2` and `wp2` are the same."""
    return fold(text).replace(" ", "").strip(".,;:")
