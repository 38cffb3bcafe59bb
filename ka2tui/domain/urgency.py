"""How urgent a task is: whole points for all that is true of it, each named, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ka2tui import datafiles
from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, table
from ka2tui.domain.text import counted, fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_FILE = "urgency.toml"
_MOST = 1000
"""Points that anything may give or take at most."""
_DIGITS = 4
"""Of a number of days."""

_NAMED: dict[str, tuple[str, ...]] = {
    "late": ("at_once", "each_day", "most"),
    "priority": ("high", "normal", "low"),
    "state": ("open", "doing", "waiting"),
    "links": ("waits", "holds_up", "holds_up_most"),
}
_STEPS = ("due", "near")
_TAGS = "tags"
_CLOSED = ("done", "cancelled")
_STATES = {"doing": "in work", "waiting": "waits for somebody else", "open": "open"}


class Facts(NamedTuple):
    """What is known of a task that makes it urgent or lets it wait."""

    state: str
    days: int | None = None
    """Days until it is due; less than 0: it is late. None: no date."""
    priority: str = "normal"
    tags: tuple[str, ...] = ()
    waits: int = 0
    """How many tasks that are not done it waits for."""
    holds_up: int = 0
    """How many tasks that are not done wait for it."""
    near: int | None = None
    """Days until the next deliverable or milestone of its work package is due."""


class Part(NamedTuple):
    """One reason, with its points."""

    name: str
    """A word for programs: late, due, priority, state, waits, holds_up, near, tag."""
    said: str
    points: int


@frozen
class Weights:
    """How many points everything gives."""

    late: Mapping[str, int]
    priority: Mapping[str, int]
    state: Mapping[str, int]
    links: Mapping[str, int]
    due: tuple[tuple[int, int], ...]
    """Days and points, the fewest days first."""
    near: tuple[tuple[int, int], ...]
    tags: Mapping[str, int]
    """By the tag, folded."""


def parts(facts: Facts, weights: Weights) -> tuple[Part, ...]:
    """Give all that counts for or against a task; nothing does once it is closed."""
    if facts.state in _CLOSED:
        return ()
    return tuple(part for part in _parts(facts, weights) if part.points)


def score(told: Iterable[Part]) -> int:
    """Add up the points."""
    return sum(part.points for part in told)


class Scores:
    """The scores of many tasks: what is true of several of them is added up once."""

    def __init__(self, weights: Weights) -> None:
        """Begin with these weights."""
        self._weights = weights
        self._known: dict[Facts, int] = {}

    def of(self, facts: Facts) -> int:
        """Give the score of a task: the points of its parts."""
        known = self._known.get(facts)
        if known is None:
            known = self._known[facts] = score(parts(facts, self._weights))
        return known


def _parts(facts: Facts, weights: Weights) -> Iterator[Part]:
    days = facts.days
    if days is not None and days < 0:
        points = weights.late["at_once"] + weights.late["each_day"] * (-days - 1)
        yield Part("late", f"late by {counted(-days, 'day')}", min(points, weights.late["most"]))
    elif days is not None:
        yield Part("due", f"due {_in_days(days)}", _within(weights.due, days))
    yield Part("priority", f"{facts.priority} priority", weights.priority.get(facts.priority, 0))
    yield Part("state", _STATES.get(facts.state, facts.state), weights.state.get(facts.state, 0))
    if facts.waits:
        yield Part("waits", f"waits for {counted(facts.waits, 'task')}", weights.links["waits"])
    if facts.holds_up:
        points = weights.links["holds_up"] * facts.holds_up
        most = weights.links["holds_up_most"]
        yield Part("holds_up", f"holds up {counted(facts.holds_up, 'task')}", min(points, most))
    if facts.near is not None and facts.near >= 0:
        said = f"a deliverable or milestone there is due {_in_days(facts.near)}"
        yield Part("near", said, _within(weights.near, facts.near))
    for tag in facts.tags:
        yield Part("tag", f"tagged #{tag}", weights.tags.get(fold(tag), 0))


def _within(steps: tuple[tuple[int, int], ...], days: int) -> int:
    """Give the points of the first step that so many days lie within."""
    return next((points for most, points in steps if days <= most), 0)


def _in_days(days: int) -> str:
    return "today" if not days else "tomorrow" if days == 1 else f"in {days} days"


# -- weights


def load(own: Path | None = None) -> Weights:
    """Give the weights as they are shipped, with what the user's own folder says of them.

    Raises:
        DataFault: A file cannot be read.
        Malformed: Something in it cannot be.
    """
    return own_files.one(_FILE, _over_ours, own)


def _over_ours(theirs: Mapping[str, Any], file: str) -> Weights:
    """Lay what a file says over ours, which it may be itself."""
    ours = datafiles.read_toml(_FILE)
    read_weights(theirs, file, whole=False)
    merged = {
        name: {**ours[name], **theirs.get(name, {})}
        if name in _NAMED
        else theirs.get(name, ours[name])
        for name in ours
    }
    return read_weights(merged, file)


def read_weights(data: Mapping[str, Any], file: str = _FILE, *, whole: bool = True) -> Weights:
    """Read weights as a TOML file gives them.

    Args:
        data: The parsed file.
        file: Its name, for messages.
        whole: Whether everything has to stand in it.

    Raises:
        Malformed: Something is missing or cannot be; the message names file and place.
    """
    known = (*_NAMED, *_STEPS, _TAGS)
    for name in data:
        if name not in known:
            raise Malformed(f"{file}: there is no table [{name}]; there is {', '.join(known)}.")
    found: dict[str, dict[str, int]] = {}
    for name in known:
        if name not in data and not whole:
            found[name] = {}
            continue
        place = f"{file}: {name}"
        rows = table(data.get(name), place)
        found[name] = {key: _points(value, f"{place}, {key}") for key, value in rows.items()}
        words = _NAMED.get(name)
        if words is not None:
            for key in found[name]:
                if key not in words:
                    raise Malformed(f"{place}: there is no {key}; there is {', '.join(words)}.")
            missing = [word for word in words if word not in found[name]]
            if missing and whole:
                raise Malformed(f"{place}: {missing[0]} is missing.")
    return Weights(
        late=found["late"],
        priority=found["priority"],
        state=found["state"],
        links=found["links"],
        due=_steps(found["due"], f"{file}: due"),
        near=_steps(found["near"], f"{file}: near"),
        tags={fold(tag): points for tag, points in found["tags"].items()},
    )


def _points(value: object, place: str) -> int:
    if type(value) is not int or abs(value) > _MOST:
        raise Malformed(f"{place} is a whole number from -{_MOST} to {_MOST}.")
    return value


def _steps(rows: Mapping[str, int], place: str) -> tuple[tuple[int, int], ...]:
    for key in rows:
        if not (key.isascii() and key.isdecimal() and len(key) <= _DIGITS):
            raise Malformed(f"{place}: {key} is no number of days.")
    return tuple(sorted((int(days), points) for days, points in rows.items()))
