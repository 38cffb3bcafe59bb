"""How lines of history, restore points and changes are worded on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import days
from ka2tui.domain.text import capital
from ka2tui.tui import plain, projector
from ka2tui.tui.widgets.details import Fact, Head, Jump, Private, Words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ka2tui.queries.changes import ChangedRecord, Changes
    from ka2tui.queries.history import EntryRow, Steps
    from ka2tui.queries.restore_points import PointRow
    from ka2tui.tui.widgets.details import Item, Shown

DONE, UNDONE, UNDO, REDO, POINT = plain.OPEN, plain.CANCELLED, "↶", "↷", "⚑"


_KINDS = "task|deliverable|milestone|work package|activity"

SHORT = 13
"""Cells for a person's name where it is written in short."""


class Mark(NamedTuple):
    """A restore point, as a line of its own between those of the history."""

    id: int
    """Below 0, beside the ids of lines."""
    point: PointRow


def columns(rows: Sequence[EntryRow]) -> list[Column]:
    """Give each column the room that these lines need."""
    what = plain.longest([what_of(row) for row in rows], most=100)
    word = plain.longest([state(row)[1] for row in rows])
    who = plain.longest([row.actor for row in rows], 3, 20)
    return [
        Column("", 1, importance=9),
        Column("Time", 5, importance=8),
        Column("What", 36, share=1, wish=what, importance=9),
        Column("Who", min(who, SHORT), wish=who, importance=6),
        Column("", max(word, 1), importance=7),
    ]


def what_of(row: EntryRow) -> str:
    """Say what a line did."""
    said = {"undo": "Undone: ", "redo": "Done again: "}.get(row.kind, "")
    return said + row.label


def of_one(row: EntryRow, *names: str) -> str:
    """Say who did what to a record that stands above already: its name would only fill the line.

    Args:
        row: The line of the history.
        names: How the line may name the record.
    """
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    said = what_of(row)
    if known:
        said = re.sub(rf"(?:\b(?:{_KINDS}) )?(?:{known})", "it", said, count=1)
    return f"{plain.short_name(row.actor)}: {said}"


def lines_of(rows: Sequence[EntryRow], today: date, *names: str) -> Iterator[Shown]:
    """Tell what was done to one record, newest first; each line leads to the history."""
    from ka2tui.domain.silence import say_short

    said = [say_short(row.at.astimezone().date(), today) for row in rows]
    room = plain.longest(said)
    if rows:
        yield Head("History")
    for row, day in zip(rows, said, strict=True):
        dated = plain.pad(day, room, "right")
        yield Jump([(f"{dated}  ", "quiet"), of_one(row, *names)], ("history", row.id))


def state(row: EntryRow) -> tuple[str, str]:
    """Give the glyph of a line, and the word where it does not stand."""
    if not row.standing:
        return UNDONE, "redone" if row.kind == "undo" else "undone"
    return {"undo": UNDO, "redo": REDO}.get(row.kind, DONE), ""


def say_steps(steps: Steps) -> str:
    """Say what undo and redo would do now."""
    undo = f"u takes back: {plain.line(steps.undo)}" if steps.undo else ""
    redo = f"U brings again: {plain.line(steps.redo)}" if steps.redo else ""
    return "\n".join(filter(None, (undo, redo))) or "Nothing here is yours to take back."


def point_details(mark: Mark) -> Iterator[Item]:
    """Tell a restore point closely."""
    point = mark.point
    yield Words(point.name, "strong")
    yield Fact("Restore point", "set by itself" if point.made_by_itself else "set by hand")
    if point.at is not None:
        at = point.at.astimezone()
        yield Fact("Stands at", f"{days.say_brief(at.date())} {at:%H:%M}")
    yield Fact("Since then", plain.count(point.since, "change"))
    yield Words("b goes back to it, after showing what that takes back.", "quiet")


def details(row: EntryRow, told: Changes) -> Iterator[Item]:
    """Tell one line closely."""
    at = row.at.astimezone()
    yield Words(what_of(row), "strong")
    yield Fact("When", f"{days.DAY_NAMES[at.weekday()]} {days.say_brief(at.date())} {at:%H:%M}")
    yield Fact("Who", row.actor)
    yield Fact("Project", row.project)
    if not row.standing:
        yield Fact("Stands", "no, it was brought again" if row.kind == "undo" else "no, undone")
    if told.more:
        yield Fact("Concerns", plain.join(told.kinds, ", "))
    for record in told.records:
        yield Head(capital(record.name), record.how)
        yield from _fields(record)
    if told.more:
        yield Words(f"… and {plain.count(told.more, 'more record')}", "quiet")


def _fields(record: ChangedRecord) -> Iterator[Item]:
    for field in record.fields:
        name = capital(field.name)
        if record.how == "changed":
            said = Fact(name, f"{field.before or 'nothing'} → {field.after or 'nothing'}")
        else:
            said = Fact(name, field.after or field.before)
        hidden = record.table in projector.TABLES or projector.is_private(field.name)
        yield Private([said]) if hidden else said
