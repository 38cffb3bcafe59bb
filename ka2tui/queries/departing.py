"""What is worth a look since plan and consortium are no longer what the application promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.application import USUALLY, Standing, is_near_end
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import DeliverableState, TaskState, WorkUnitState
from ka2tui.domain.problem import Severity
from ka2tui.queries import application
from ka2tui.store.records import Deliverable, Partner, Project, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.application import Row
    from ka2tui.queries.due_items import Kind, Owners

Found = tuple[Severity, str, str, "Kind", int, int]
"""How much it matters, what is seen, why, the kind and id of the record, and whose it is."""


def departing(session: Session, whose: Owners, day: date) -> Iterator[Found]:
    """Find departures to be explained or answered, and partners that left with work to do."""
    kept = select(Project.id, Project.end).where(Project.approved_on.is_not(None))
    if whose.project is not None:
        kept = kept.where(Project.id == whose.project)
    for project, end in session.execute(kept).all():
        rows = application.listed(session, project, today=day).rows
        near = f" {USUALLY}" if is_near_end(end, day) else ""
        yield from _departures(rows, project, day, near)
    yield from _left(session, whose, day)


def _departures(rows: Sequence[Row], project: int, day: date, near: str) -> Iterator[Found]:
    """Tell what is to be explained, asked for and answered, each in one line."""
    open_ = [row for row in rows if row.unexplained]
    if open_:
        one = open_[0].said if len(open_) == 1 else ""
        text = f"{one} departs from the application and is to be explained"
        if not one:
            text = f"{len(open_)} departures from the application are to be explained"
        why = f"The agency should not first read of them in the final report.{near}"
        yield Severity.WARNING, text, why, "departure", open_[0].id, project
    to_ask = [row for row in rows if row.standing is Standing.TO_ASK]
    if to_ask:
        text = f"The amendment for {_named(to_ask)} is still to be asked for"
        yield Severity.WARNING, text, USUALLY, "departure", to_ask[0].id, project
    waiting = [row for row in rows if row.standing is Standing.WAITING]
    if waiting:
        asked = min(row.asked_on for row in waiting if row.asked_on is not None)
        text = f"The agency has not answered about {_named(waiting)}"
        why = f"It was asked on {say_brief(asked)}, {(day - asked).days} d ago.{near}"
        yield Severity.HINT, text, why, "departure", waiting[0].id, project


def _named(rows: Sequence[Row]) -> str:
    return rows[0].said if len(rows) == 1 else f"{len(rows)} departures"


def _left(session: Session, whose: Owners, day: date) -> Iterator[Found]:
    """Name the partners that left and still have something to do."""
    name = func.coalesce(Partner.acronym, Partner.name)
    gone = {
        row.id: row
        for row in session.execute(
            select(Partner.id, name.label("called"), Partner.left_on, Partner.project_id).where(
                *whose.of(Partner), Partner.left_on < day
            )
        )
    }
    if not gone:
        return
    owned: tuple[tuple[Any, Any, str], ...] = (
        (Task.partner_id, Task.state.not_in([it for it in TaskState if it.closed]), "open task"),
        (
            Deliverable.lead_id,
            Deliverable.state.not_in([it for it in DeliverableState if it.done]),
            "deliverable",
        ),
        (
            WorkUnit.lead_id,
            WorkUnit.state.not_in([WorkUnitState.DONE, WorkUnitState.CANCELLED]),
            "part of the work|parts of the work",
        ),
    )
    has: dict[int, list[str]] = {}
    for column, still, word in owned:
        rows = select(column, func.count()).where(column.in_(gone), still).group_by(column)
        one, _, many = word.partition("|")
        for partner, number in session.execute(rows):
            said = f"{number} {one if number == 1 else many or one + 's'}"
            has.setdefault(partner, []).append(said)
    for partner, things in has.items():
        row = gone[partner]
        text = f"{row.called} left on {say_brief(row.left_on)} and still has {', '.join(things)}"
        why = "D on the page of partners hands over what is left."
        yield Severity.WARNING, text, why, "partner", partner, row.project_id
