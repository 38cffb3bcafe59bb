"""The rows of the day: what is due and who you are waiting for, as columns and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.text import coded
from ka2tui.tui import plain
from ka2tui.tui.widgets.record_table import Column, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.queries.agenda import Agenda
    from ka2tui.queries.today import Item
    from ka2tui.tui.plain import Cell, Piece
    from ka2tui.tui.widgets.record_table import RecordTable

GLYPHS = {
    "deliverable": plain.DELIVERABLE,
    "review": plain.REVIEW,
    "milestone": plain.MILESTONE,
    "meeting": plain.MEETING,
    "phase": plain.DOING,
    "deadline": plain.DATE,
    "payment": plain.MONEY,
    "letter": plain.LETTER,
    "risk": plain.RISK,
    "log_entry": plain.LOG,
}

SOMEBODY = "somebody"
"""Stands for who you are waiting for where nobody is named."""


def sections(seen: Agenda, items: Sequence[Item]) -> list[Item | Section]:
    """Put a heading above what is late, and above each day.

    Args:
        seen: The agenda.
        items: Those of it that are shown, in its order.
    """
    from ka2tui.domain.days import DAY_NAMES, say_brief, say_until

    rows: list[Item | Section] = []
    last: date | None = None
    for item in items:
        day = None if item.due is None or item.due < seen.day else item.due
        if not rows or day != last:
            if day is None:
                rows.append(Section("Late"))
            else:
                named = f"{DAY_NAMES[day.weekday()]} {say_brief(day)}"
                rows.append(Section(named, say_until(day, seen.day)))
        last = day
        rows.append(item)
    return rows


def due_columns(items: Sequence[Item], today: date, *, agenda: bool = False) -> list[Column]:
    """Give the columns of what is due; each no wider than what stands in it."""
    units = {item.work_unit for item in items if item.work_unit}
    projects = {item.project for item in items if item.project}
    dues = {say_when(item, today, agenda=agenda) for item in items}
    return [
        Column("", 1, importance=9),
        *([_project_column(projects)] if projects else []),
        # beside the name of a project a title makes room for who has it
        Column("", 24 if projects else 36, share=9, importance=9),
        _people_column(items, 6),
        Column("", plain.longest([*units], most=8), importance=4),
        Column("", plain.longest([*dues], least=8), align="right", importance=8),
    ]


def due_cells(
    item: Item, table: RecordTable[Item], today: date, *, agenda: bool = False
) -> Sequence[Cell]:
    """Show something that is late or due."""
    glyph, tone, _ = plain.state_of(item.state, item.due, today)
    at = 1 if item.project else 0
    return (
        (glyph, tone),
        *_whose(item),
        title(item),
        who(item, table.room_of(2 + at)),
        (item.work_unit or "", "quiet"),
        (say_when(item, today, agenda=agenda), tone if tone in ("late", "soon") else ""),
    )


def _whose(item: Item) -> list[Cell]:
    """Name the project of an item, where several stand together."""
    return [(item.project, "quiet")] if item.project else []


def waiting_columns(items: Sequence[Item], today: date) -> list[Column]:
    """Give the columns of what is waited for; each no wider than what stands in it."""
    lasting = {say_lasting(item, today) for item in items}
    projects = {item.project for item in items if item.project}
    return [
        Column("", 1, importance=9),
        *([_project_column(projects)] if projects else []),
        _people_column(items, 8),
        Column("", 22, share=9, importance=9),
        Column("", plain.longest([*lasting], least=8), align="right", importance=7),
    ]


def waiting_cells(item: Item, table: RecordTable[Item], today: date) -> Sequence[Cell]:
    """Show something that lies with somebody."""
    at = 1 if item.project else 0
    return (
        (plain.WAITING, "quiet"),
        *_whose(item),
        who(item, table.room_of(1 + at)) or SOMEBODY,
        title(item),
        say_lasting(item, today),
    )


def say_when(item: Item, today: date, *, agenda: bool = False) -> str:
    """Say when something is due; under the heading of its day only the hour, or how late it is."""
    from ka2tui.domain.days import say_late
    from ka2tui.domain.due import Due, say_due

    if not agenda:
        return say_due(Due(item.due, item.due_month, item.due_precision), today)
    late = "" if item.due is None else say_late(item.due, today)
    if late or item.starts_at is None or item.zone is None:
        return late
    from ka2tui.domain import instants

    return f"{instants.local(item.starts_at, item.zone):%H:%M} {instants.city(item.zone)}"


def say_lasting(item: Item, today: date) -> str:
    """Say for how long something is waited for."""
    from ka2tui.domain.days import say_for

    return "" if item.waiting_since is None else say_for(item.waiting_since, today)


def title(item: Item) -> Cell:
    """Show a title with what is special about it."""
    pieces: list[Piece] = []
    if item.kind in GLYPHS:
        pieces.append((f"{GLYPHS[item.kind]} ", "accent"))
    if item.priority == "high":
        pieces.append((f"{plain.HIGH} ", "late"))
    if item.recurrence:
        pieces.append((f"{plain.RECURRING} ", "quiet"))
    called = item.title if item.kind == "task" else coded(item.code, item.title)
    if not pieces:
        return called
    note = f"  {item.note}" if item.note else ""
    return [*pieces, called, (note, "quiet")]


def who(item: Item, room: int) -> str:
    """Name who has it: a person in short where room is short."""
    return plain.name(item.assignee, room) if item.person else item.assignee or ""


def _people_column(items: Sequence[Item], importance: int) -> Column:
    """Give a column for who has things, as wide as the names in short."""
    people = {(item.assignee or SOMEBODY, item.person) for item in items}
    names = [plain.short_name(name) if person else name for name, person in people]
    return Column("", plain.longest(names, most=13), share=1, importance=importance)


def _project_column(projects: set[str]) -> Column:
    return Column("", plain.longest([*projects], most=12), importance=8)
