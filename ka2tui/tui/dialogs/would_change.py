"""What a change of many records, or going back, would do, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from ka2tui.domain import days
from ka2tui.tui import plain
from ka2tui.tui.dialogs.told import Told
from ka2tui.tui.widgets.details import Fact, Head, Parts, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ka2tui.queries.changes import Changes, Foreseen
    from ka2tui.queries.going_back import Preview
    from ka2tui.tui.widgets.details import Item

LINES = 12
"""Lines of history that are named before the rest is only counted."""
_NAMED = 44
"""Cells for the name of a record, so that what becomes of it stands beside it."""


class ToBeDone(Told[bool | None]):
    """What would happen; enter does it, escape leaves all as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "do", "do it", key_display="enter", id="told.do", tooltip="Do it"),
    ]

    def action_do(self) -> None:
        """Do it."""
        self.dismiss(True)


class WouldChange(ToBeDone):
    """What a change of many records would do; answers whether to do it."""

    def __init__(self, label: str, seen: Foreseen) -> None:
        """Make it from a rehearsal."""
        undo = "Undo takes all of it back at once."
        super().__init__(f"{_short(label)}?", list(_foreseen(seen, undo)))


class WouldTakeBack(ToBeDone):
    """What undo or redo would do to many records, or to a project; answers whether to do it."""

    def __init__(self, way: str, label: str, seen: Foreseen) -> None:
        """Make it from a rehearsal; `way` is undo or redo."""
        if way == "undo":
            title, back = "Take back ‘{}’?", "U brings all of it again at once."
        else:
            title, back = "Do ‘{}’ again?", "u takes all of it back at once."
        super().__init__(title.format(_short(label)), list(_foreseen(seen, back)))


class WouldGoBack(ToBeDone):
    """What going back would take back; answers whether to do it."""

    def __init__(self, seen: Preview, where: str = "") -> None:
        """Make it; `where` says to where, if it has a name."""
        count = plain.count(len(seen.rows), "change")
        super().__init__(f"Go back, and take back {count}?", list(_going_back(seen, where)))


def _short(label: str) -> str:
    return plain.cut(plain.line(label), 70)


def _foreseen(seen: Foreseen, back: str) -> Iterator[Item]:
    changing = plain.join(seen.changes.kinds, ", ")
    yield Words(f"This changes {changing}. {back}")
    yield from _records(seen.changes)
    if seen.left:
        yield Head("Stay as they are", str(seen.left))
        yield from (Words(f"{it.name}: {it.why}", "quiet") for it in seen.staying)
        if seen.left > len(seen.staying):
            yield Words(f"… and {seen.left - len(seen.staying)} more", "quiet")


def _going_back(seen: Preview, where: str) -> Iterator[Item]:
    changing = plain.join(seen.changes.kinds, ", ") or "nothing that still stands"
    who = plain.join([f"{name} {number}" for name, number in seen.people], ", ")
    yield Words(f"To {where}." if where else "To what stood here.")
    if seen.stays is None:
        yield Words("Nothing of the project stays: this was before it was begun.", "late")
    else:
        yield Fact("Stays", f"{_when(seen.stays.at)}  {seen.stays.label}")
    yield Fact("Changes of", who)
    yield Fact("Concerns", changing)
    yield Words("u brings all of it back at once.", "quiet")
    yield Head("Taken back, newest first", str(len(seen.rows)))
    for row in seen.rows[:LINES]:
        said = {"undo": "Undone: ", "redo": "Done again: "}.get(row.kind, "")
        yield Parts([_when(row.at), f"{said}{row.label}", row.actor], between="  ")
    if len(seen.rows) > LINES:
        yield Words(f"… and {len(seen.rows) - LINES} more", "quiet")
    if seen.changes.records:
        yield Head("What becomes of the records", plain.count(seen.records, "record"))
        yield from _records(seen.changes)


def _when(at: datetime) -> str:
    local = at.astimezone()
    return f"{days.say_brief(local.date())} {local:%H:%M}"


def _records(told: Changes) -> Iterator[Item]:
    for record in told.records:
        yield Parts([plain.cut(plain.line(record.name), _NAMED), record.said], between="  ")
    if told.more:
        yield Words(f"… and {plain.count(told.more, 'more record')}", "quiet")
