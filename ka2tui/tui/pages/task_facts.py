"""All that is known of a task, as the pane beside a list tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief, say_calendar_month, say_late, say_until
from ka2tui.domain.due import Due, say_due
from ka2tui.domain.timeline import say_month
from ka2tui.tui import notes, plain
from ka2tui.tui.pages import history_words, task_verbs
from ka2tui.tui.widgets.details import Fact, Head, Jump, Line, Private, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ka2tui.queries.task_panel import About
    from ka2tui.queries.task_row import TaskRow
    from ka2tui.queries.tasks import LinkRow, TaskDetails
    from ka2tui.queries.today import Item
    from ka2tui.tui.plain import Piece
    from ka2tui.tui.widgets.details import Item as DetailsItem

TASK, MEETING, ANSWER = "task", "meeting", "answer"
"""Where a line leads."""


def of_task(seen: TaskDetails, today: date, about: About | None = None) -> Iterator[DetailsItem]:
    """Tell everything that is known of a task.

    Args:
        seen: The task.
        today: The day it is seen from.
        about: What follows from others, where that is known: delays, and urgency.
    """
    from ka2tui.domain.effort import say_effort
    from ka2tui.domain.recurrence import say_rule
    from ka2tui.domain.silence import say_short

    row = seen.row
    _, tone, _ = plain.state_of(row.state, row.due, today)
    since = "" if row.waiting_since is None else f", since {say_short(row.waiting_since, today)}"
    on = "" if row.finished_on is None else f", on {say_short(row.finished_on, today)}"
    yield Words(row.title, "strong")
    yield Line("")
    yield Fact("State", f"{row.state.word}{since}{on}")
    yield Fact("Due", (say_when(row, today), tone))
    yield Fact("Start", say_short(seen.start, today) if seen.start else None)
    yield Fact("Who", plain.join([row.contact, row.partner]))
    yield Fact("Belongs to", plain.join([row.work_unit, seen.work_unit_title], " "))
    yield Fact("Phase", seen.phase and seen.phase.word)
    yield Fact("Priority", row.priority.word if row.priority != "normal" else None)
    yield Fact("Effort", say_effort(seen.effort_minutes) if seen.effort_minutes else None)
    yield Fact("Repeats", row.recurrence and say_rule(row.recurrence))
    yield Fact("Tags", " ".join(f"#{tag}" for tag in row.tags))
    yield Fact("Code", row.code)
    if seen.parent:
        above = seen.parent
        target = (TASK, above.id)
        yield Jump(_short(above, today), target, _due(above, today), "Part of")
    if seen.origin:
        yield from _origin(seen)
    if seen.notes:
        yield Private([Head("Notes", "i edits" if about else ""), *notes.items(seen.notes)])
    if seen.subtasks:
        done = sum(task_verbs.is_closed(part) for part in seen.subtasks)
        yield Head("Parts", f"{done} of {len(seen.subtasks)} done")
        for part in seen.subtasks:
            yield Jump(_short(part, today), (TASK, part.id), _due(part, today))
    if about is not None and not row.state.closed:
        yield from _delay(about, today)
    yield from _links("Waits for", seen.waits_for, today)
    yield from _links("Holds up", seen.holds_up, today, about)
    if about is not None and about.urgency.parts:
        yield Head("Urgency", str(about.urgency.score))
        for each in about.urgency.parts:
            yield Line([(f"{each.points:+4d}  ", "strong"), each.said])
    yield from history_words.lines_of(seen.history, today, f"“{row.title}”")


def _origin(seen: TaskDetails) -> Iterator[DetailsItem]:
    """Tell where a task comes from; the line leads there."""
    said = seen.origin or ""
    if seen.meeting_id is not None:
        yield Jump(said, (MEETING, seen.meeting_id), label="Comes from")
    elif seen.answer_id is not None:
        yield Jump(said, (ANSWER, seen.answer_id), label="Comes from")
    elif seen.risk_id is not None:
        yield Jump(said, ("risk", seen.risk_id), label="Comes from")
    elif seen.log_entry_id is not None:
        yield Jump(said, ("log_entry", seen.log_entry_id), label="Comes from")
    else:
        yield Fact("Comes from", said)


def _delay(about: About, today: date) -> Iterator[DetailsItem]:
    """Tell what others do to the dates of a task, and who is the cause."""
    outlook = about.outlook
    row = about.details.row
    if outlook.start is not None and outlook.start > today and not outlook.late:
        yield Line("")
        yield Words(f"Cannot begin before {say_day_of(outlook.start)}: it waits for others.")
    if not about.causes or not outlook.late or outlook.end is None:
        return
    last = about.causes[-1]
    late = say_late(last.due, today) if last.due else ""
    told = f"Cannot be done before {say_day_of(outlook.end)}"
    if row.due is not None:
        told += f", {plain.count(outlook.late, 'day')} after its date"
    by = " waits for ".join(_name(cause) for cause in about.causes)
    yield Line("")
    yield Words(f"{told}: it waits for {by}{f', {late}' if late else ''}.", "late")


def _links(
    title: str, links: tuple[LinkRow, ...], today: date, about: About | None = None
) -> Iterator[DetailsItem]:
    """Name tasks that one is linked to, each with how it stands."""
    if not links:
        return
    still = [link for link in links if not link.task.state.closed]
    yield Head(title, plain.count(len(still), "task") if still else "done")
    for link in links:
        outlook = about.outlooks.get(link.task.id) if about is not None else None
        tail = _due(link.task, today)
        if outlook is not None and outlook.late and outlook.because is not None:
            tail = (f"→ {outlook.late} d late", "late")
        yield Jump(_linked(link, today), (TASK, link.task.id), tail)


def _linked(link: LinkRow, today: date) -> list[Piece]:
    """Name a task that one waits for, or that waits for it, and how they are linked."""
    how = "" if link.kind == "FS" else link.kind.word
    lag = f"{link.lag_days:+} d" if link.lag_days else ""
    glyph, *name = _short(link.task, today)
    said = plain.join([how, lag], ", ")
    return [glyph, (f"{said}: " if said else "", "quiet"), *name]


def _short(row: TaskRow, today: date) -> list[Piece]:
    """Name another task, with its state."""
    glyph, tone, _ = plain.state_of(row.state, row.due, today)
    return [(f"{glyph} ", tone), plain.join([row.code, row.title], " ")]


def _due(row: TaskRow, today: date) -> Piece:
    """Say when another task is due, or how late it is."""
    _, tone, _ = plain.state_of(row.state, row.due, today)
    said = "" if task_verbs.is_closed(row) else say_due(task_verbs.due_of(row), today)
    return (said, tone if tone in ("late", "soon") else "quiet")


def _name(row: TaskRow) -> str:
    return plain.join([row.code, f"“{plain.line(row.title)}”"], " ")


def say_day_of(day: date) -> str:
    """Say a day with its weekday."""
    return f"{day:%a} {say_brief(day)}"


def say_when(row: Item | TaskRow, today: date) -> str:
    """Say when something is due, and how far away that is."""
    from ka2tui.domain.silence import say_short

    if row.due is None or task_verbs.is_closed(row):
        due = task_verbs.due_of(row)
        return "" if due == Due() else str(due)
    month = "" if row.due_month is None else say_month(row.due_month)
    whole = row.due_precision == "month"
    day = say_calendar_month(row.due) if whole else f"{row.due:%a} {say_short(row.due, today)}"
    away = say_late(row.due, today) or ("" if whole else say_until(row.due, today))
    return plain.join([" ".join(filter(None, [day, month])), away])
