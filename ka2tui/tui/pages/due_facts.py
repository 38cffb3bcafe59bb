"""All that is known of something that is due, as the pane beside a list shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief, say_calendar_month, say_late, say_until
from ka2tui.domain.due import Due, say_due
from ka2tui.domain.timeline import say_month
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import task_verbs
from ka2tui.tui.widgets.details import Fact, Head, Line, Words

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.queries import deliverables as deliverable_views
    from ka2tui.queries import milestones as milestone_views
    from ka2tui.queries import tasks as views
    from ka2tui.queries.deliverables import DeliverableDetails
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.tasks import LinkRow, TaskDetails, TaskRow
    from ka2tui.queries.today import Item
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.plain import Cell, Tone
    from ka2tui.tui.widgets.details import Item as DetailsItem
else:
    deliverable_views = lazily("ka2tui.queries.deliverables")
    milestone_views = lazily("ka2tui.queries.milestones")
    views = lazily("ka2tui.queries.tasks")


async def read(desk: Desk, item: Item) -> list[DetailsItem]:
    """Read what is known of a task, a deliverable, a milestone, or whatever else is due.

    Raises:
        Refused: It is gone.
    """
    today = desk.today
    if item.kind in ("meeting", "phase", "deadline"):
        return _of_itself(item, today)
    if item.kind in ("deliverable", "review"):
        seen = await desk.ask(deliverable_views.one, item.id, today=today)
        return _of_deliverable(item, seen, today)
    if item.kind == "milestone":
        rows = await desk.ask(milestone_views.some, [item.id], today=today)
        return _of_milestone(item, rows[0], today) if rows else []
    return of_task(await desk.ask(views.one, item.id), today)


def of_task(seen: TaskDetails, today: date) -> list[DetailsItem]:
    """Tell everything that is known of a task."""
    from ka2tui.domain.effort import say_effort
    from ka2tui.domain.recurrence import say_rule

    row = seen.row
    _, tone, _ = plain.state_of(row.state, row.due, today)
    since = "" if row.waiting_since is None else f", since {say_brief(row.waiting_since)}"
    on = "" if row.finished_on is None else f", on {say_brief(row.finished_on)}"
    items: list[DetailsItem] = [
        Words(row.title, "strong"),
        Line(""),
        Fact("State", f"{row.state.word}{since}{on}"),
        Fact("Due", (say_when(row, today), tone)),
        Fact("Start", say_brief(seen.start) if seen.start else None),
        Fact("Who", plain.join([row.contact, row.partner])),
        Fact("Belongs to", plain.join([row.work_unit, seen.work_unit_title], " ")),
        Fact("Phase", seen.phase and seen.phase.word),
        Fact("Priority", row.priority.word if row.priority != "normal" else None),
        Fact("Effort", say_effort(seen.effort_minutes) if seen.effort_minutes else None),
        Fact("Repeats", row.recurrence and say_rule(row.recurrence)),
        Fact("Tags", " ".join(f"#{tag}" for tag in row.tags)),
        Fact("Code", row.code),
        Fact("Part of", seen.parent and seen.parent.title),
        Fact("Comes from", seen.origin),
    ]
    items += _notes(seen.notes)
    if seen.subtasks:
        done = sum(task_verbs.is_closed(part) for part in seen.subtasks)
        items.append(Head("Parts", f"{done} of {len(seen.subtasks)} done"))
        items += [Line(_short(part, today)) for part in seen.subtasks]
    if seen.waits_for:
        items.append(Head("Waits for"))
        items += [Line(_linked(link, today)) for link in seen.waits_for]
    if seen.holds_up:
        items.append(Head("Others wait for it"))
        items += [Line(_linked(link, today)) for link in seen.holds_up]
    if seen.history:
        items.append(Head("History"))
        items += [
            Line([(f"{say_brief(line.at.date())}  ", "quiet"), f"{line.actor}: {line.label}"])
            for line in seen.history
        ]
    return items


def _of_itself(item: Item, today: date) -> list[DetailsItem]:
    """Tell what an item itself says of a meeting, a phase or a date of the project."""
    _, tone, _ = plain.state_of(item.state, item.due, today)
    hour = ""
    if item.starts_at is not None and item.zone is not None:
        from ka2tui.domain import instants

        clock = instants.clocks(item.starts_at, [item.zone])[0]
        hour = instants.say_clock(clock)
    when = {"meeting": "When", "phase": "Ends"}.get(item.kind, "Due")
    note = {"meeting": "Where", "deadline": "Source"}.get(item.kind, "Note")
    return [
        Words(item.title, "strong"),
        Line(""),
        Fact(when, (plain.join([say_when(item, today), hour]), tone)),
        Fact(note, item.note),
        Fact("Host", item.assignee),
        Fact("Belongs to", item.work_unit),
        Fact("Project", item.project),
    ]


def _of_deliverable(item: Item, seen: DeliverableDetails, today: date) -> list[DetailsItem]:
    """Tell what is known of a deliverable."""
    row = seen.row
    _, tone, _ = plain.state_of(item.state, item.due, today)
    items: list[DetailsItem] = [
        Words(plain.join([row.code, row.title], " "), "strong"),
        Line(""),
        Fact("State", row.state.word),
        Fact("Due", (say_when(item, today), tone)),
        Fact("Led by", row.lead),
        Fact("Belongs to", row.work_unit),
        Fact("Review by", say_brief(seen.review_due) if seen.review_due else None),
        Fact("Languages", seen.languages),
        Fact("Published at", seen.published_at),
    ]
    return [*items, *_notes(seen.notes)]


def _of_milestone(item: Item, row: MilestoneRow, today: date) -> list[DetailsItem]:
    """Tell what is known of a milestone."""
    _, tone, _ = plain.state_of(item.state, item.due, today)
    items: list[DetailsItem] = [
        Words(plain.join([row.code, row.title], " "), "strong"),
        Line(""),
        Fact("Due", (say_when(item, today), tone)),
        Fact("Belongs to", row.work_unit),
        Fact("Shown by", row.verification),
    ]
    return [*items, *_notes(row.notes)]


def _notes(text: str | None) -> list[DetailsItem]:
    """Give the notes under their heading."""
    return [Head("Notes"), Words(text)] if text else []


def say_when(row: Item | TaskRow, today: date) -> str:
    """Say when a task is due, and how far away that is."""
    if row.due is None or task_verbs.is_closed(row):
        due = task_verbs.due_of(row)
        return "" if due == Due() else str(due)
    month = "" if row.due_month is None else say_month(row.due_month)
    whole = row.due_precision == "month"
    day = say_calendar_month(row.due) if whole else f"{row.due:%a} {say_brief(row.due)}"
    away = say_late(row.due, today) or ("" if whole else say_until(row.due, today))
    return plain.join([" ".join(filter(None, [day, month])), away])


def _short(row: TaskRow, today: date) -> Cell:
    """Name another task in one line, with how it stands."""
    glyph, tone, _ = plain.state_of(row.state, row.due, today)
    said = "" if task_verbs.is_closed(row) else say_due(task_verbs.due_of(row), today)
    told: Tone = tone if tone in ("late", "soon") else "quiet"
    name = plain.join([row.code, row.title], " ")
    return [(f"{glyph} ", tone), name, (f"  {said}" if said else "", told)]


def _linked(link: LinkRow, today: date) -> Cell:
    """Name a task that one waits for, or that waits for it, and how they are linked."""
    cell = _short(link.task, today)
    pieces = list(cell) if isinstance(cell, list) else [cell]
    if link.kind != "FS":
        pieces.append((f"  {link.kind.word}", "quiet"))
    if link.lag_days:
        pieces.append((f"  {link.lag_days:+} d", "quiet"))
    return pieces
