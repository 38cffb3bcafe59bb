"""How every part of the progress report writes its tables, names and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain import days, timeline
from ka2tui.domain.countries import say_country
from ka2tui.domain.kinds import MeetingMode, Precision
from ka2tui.domain.text import fold
from ka2tui.reports.document import Cell, Column, Kind, Row, Table, plain
from ka2tui.reports.wording import Wording, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.progress import Progress
    from ka2tui.queries.tasks import TaskRow


NAMED = 3
"""How many things a sentence of the summary names before it counts the rest."""


def say_project_month(seen: Progress, words: Wording) -> str:
    """Say in which month of how many the project is."""
    facts = seen.project
    if facts.start is None:
        return words("summary.no_start", project=facts.acronym)
    if seen.today < facts.start:
        until = days.say_until(facts.start, seen.today)
        day = days.say_long(facts.start)
        return words("summary.before_start", project=facts.acronym, day=day, until=until)
    if facts.end is not None and seen.today > facts.end:
        return words("summary.after_end", project=facts.acronym, day=days.say_long(facts.end))
    if facts.months is None or seen.elapsed is None:
        return words("summary.month_without_end", project=facts.acronym, month=facts.month)
    return words(
        "summary.month",
        project=facts.acronym,
        month=facts.month,
        months=facts.months,
        elapsed=seen.elapsed,
    )


def task_cells(row: TaskRow) -> tuple[str, str, str, str]:
    """Write the cells of a task: code, title, who, part."""
    who = row.partner or ""
    if row.contact:
        who = f"{row.contact} ({row.partner})" if row.partner else row.contact
    return (row.code or "", row.title, who, row.work_unit or "")


def say_place(row: MeetingRow) -> str:
    """Say where a meeting is."""
    if row.mode is MeetingMode.ONLINE:
        return "online"
    country = say_country(row.country) if row.country else None
    said: list[str] = []
    for part in filter(None, (row.place, row.city, country)):
        # a place as published often names its town and country itself
        if not re.search(rf"\b{re.escape(fold(part))}\b", fold(", ".join(said))):
            said.append(part.rstrip(" ,;"))
    return ", ".join(said)


def say_when(row: MeetingRow) -> str:
    """Say when a meeting is, as exactly as it is known."""
    if row.day is None:
        return timeline.say_month(row.month) if row.month else "no date"
    if row.precision is Precision.MONTH:
        return days.say_calendar_month(row.day, row.end_day)
    return days.say_span(row.day, row.end_day or row.day)


def make_table(
    words: Wording,
    caption: str,
    columns: Sequence[tuple[str, Kind]],
    rows: Iterable[Sequence[Cell]],
    *,
    levels: Sequence[int] = (),
    note: str = "",
) -> Table:
    """Make a table; columns in which nothing stands are left out."""
    cells = [tuple(row) for row in rows]
    used = [at for at in range(len(columns)) if any(plain(row[at]) for row in cells)]
    return Table(
        caption,
        tuple(Column(words(f"columns.{columns[at][0]}"), columns[at][1]) for at in used),
        tuple(
            Row(tuple(row[at] for at in used), levels[place] if levels else 0)
            for place, row in enumerate(cells)
        ),
        note,
    )


def say_cut(words: Wording, name: str, most: int, there: int) -> str:
    """Say that a table shows only some of what is there; nothing where it shows all."""
    return words(name, shown=most, n=there) if there > most else ""


def called(row: DeliverableRow | MilestoneRow, *more: str | None) -> str:
    """Call something by its code and title, with what else is to be said of it."""
    name = f"{row.code or ''} {short(row.title)}".strip()
    said = ", ".join(filter(None, more))
    return f"{name} ({said})" if said else name


def lead_of(row: DeliverableRow | MilestoneRow) -> str | None:
    """Give the partner that leads a deliverable; a milestone has none."""
    lead: str | None = getattr(row, "lead", None)
    return lead


def few(names: Sequence[str], words: Wording) -> str:
    """Name a few things and count the rest."""
    shown = list(names[: NAMED + 1])
    if len(names) > len(shown):
        shown[NAMED:] = [words("summary.more", n=len(names) - NAMED)]
    return listed(shown)


def short(text: str) -> str:
    """Put a title on one line, as a sentence needs it; nothing of it is lost."""
    return " ".join(text.split())


def say_slip(late: int) -> str:
    """Say how many days something came after its date, or is by now."""
    if late == 0:
        return "on time"
    return f"{say_days(abs(late))} {'late' if late > 0 else 'early'}"


def say_days(number: int) -> str:
    """Say a number of days."""
    return f"{number} day{'' if number == 1 else 's'}"


def days_late(row: TaskRow, today: date) -> int:
    """Count the days since a task was due."""
    return 0 if row.due is None else (today - row.due).days


def say_due(row: DeliverableRow | MilestoneRow | TaskRow) -> str:
    """Say when something is due, as exactly as it is known."""
    if row.due is None:
        return ""
    precision = row.due_precision if hasattr(row, "due_precision") else row.precision
    if precision is Precision.MONTH and row.due_month is None:
        return days.say_calendar_month(row.due)
    return days.say_brief(row.due)


def say_month_of(row: DeliverableRow | MilestoneRow, seen: Progress) -> str:
    """Say the project month in which something is due."""
    month = row.due_month or seen.month_of(row.due)
    return "" if month is None or beyond(month, seen) else timeline.say_month(month)


def beyond(month: int, seen: Progress) -> bool:
    """Tell whether a project month lies after the project's last: there is none such."""
    return seen.project.months is not None and month > seen.project.months
