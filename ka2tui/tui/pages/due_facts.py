"""All that is known of something that is due, as the pane beside a list shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief
from ka2tui.tui import notes, plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import task_facts
from ka2tui.tui.pages.task_facts import say_when
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.queries import deliverables as deliverable_views
    from ka2tui.queries import milestones as milestone_views
    from ka2tui.queries import tasks as views
    from ka2tui.queries.deliverables import DeliverableDetails
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.today import Item
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.widgets.details import Item as DetailsItem
else:
    deliverable_views = lazily("ka2tui.queries.deliverables")
    milestone_views = lazily("ka2tui.queries.milestones")
    views = lazily("ka2tui.queries.tasks")


_SAY_THEMSELVES = frozenset({"meeting", "phase", "deadline", "payment"}) | {
    *("letter", "risk", "log_entry")
}
"""Items that hold all that is told of them."""

_WHO = {"payment": "Partner", "letter": "With", "risk": "Who", "log_entry": "Who"}
"""What whoever an item lies with is called."""


async def read(desk: Desk, item: Item) -> list[DetailsItem]:
    """Read what is known of a task, a deliverable, a milestone, or whatever else is due.

    Raises:
        Refused: It is gone.
    """
    today = desk.today
    if item.kind in _SAY_THEMSELVES:
        return _of_itself(item, today)
    if item.kind in ("deliverable", "review"):
        seen = await desk.ask(deliverable_views.one, item.id, today=today)
        return _of_deliverable(item, seen, today)
    if item.kind == "milestone":
        rows = await desk.ask(milestone_views.some, [item.id], today=today)
        return _of_milestone(item, rows[0], today) if rows else []
    return list(task_facts.of_task(await desk.ask(views.one, item.id), today))


def _of_itself(item: Item, today: date) -> list[DetailsItem]:
    """Tell what an item itself says of a meeting, a phase, a payment or a date."""
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
        Fact(_WHO.get(item.kind, "Host"), item.assignee),
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
    return [Private([Head("Notes"), *notes.items(text)])] if text else []
