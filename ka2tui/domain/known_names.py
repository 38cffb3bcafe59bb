"""What is known of a project while a filter is read: its parts, people, tags and tasks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@frozen
class Unit:
    """A work package, activity or heading."""

    code: str
    title: str = ""
    above: str | None = None
    """The code of what it is part of."""


@frozen
class Person:
    """Somebody with a name."""

    name: str
    partner: str | None = None


@frozen
class TaskMore:
    """What a list of tasks does not show, but can be asked of it."""

    start: date | None = None
    effort: int | None = None
    """Minutes."""
    phase: str | None = None


@frozen
class Known:
    """The names of a project that filters speak of."""

    start: date | None = None
    """The project's first day."""
    units: tuple[Unit, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    """Acronym, or the name where there is none; and the name."""
    people: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    sorts: tuple[tuple[str, str], ...] = ()
    """Id and title of what organisations can be, for a list of partners."""
    me: str | None = None
    """The person among them who sits here."""
    tasks: Mapping[int, TaskMore] = field(default_factory=dict)
    waits: Mapping[int, int] = field(default_factory=dict)
    """By task: how many open tasks it waits for."""
    holds_up: Mapping[int, int] = field(default_factory=dict)
    """By task: how many open tasks wait for it."""
    urgency: Callable[[Any], int] | None = None
    """Gives how urgent a row of tasks is."""
