"""Saved filters, and the names of a project that filters speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from ka2tui.domain import organisation_sorts, own_files
from ka2tui.domain.known_names import Known, Person, TaskMore, Unit
from ka2tui.domain.text import fold
from ka2tui.domain.urgency import Scores, load
from ka2tui.frozen import frozen
from ka2tui.queries import urgency
from ka2tui.store.records import Contact, Partner, Project, SavedFilter, Tag, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session


@frozen
class SavedRow:
    """A saved filter."""

    id: int
    list: str
    """The list it is for: task, meeting ..."""
    name: str
    text: str


def listed(session: Session, project: int | None, noun: str | None = None) -> tuple[SavedRow, ...]:
    """List the saved filters of one list, or of all, in their order."""
    rows = select(SavedFilter.id, SavedFilter.list, SavedFilter.name, SavedFilter.text)
    rows = rows.where(SavedFilter.project_id == project)
    if noun is not None:
        rows = rows.where(SavedFilter.list == noun)
    order = (SavedFilter.list, SavedFilter.position, SavedFilter.id)
    return tuple(SavedRow(*row) for row in session.execute(rows.order_by(*order)))


def known(
    session: Session,
    project: int | None,
    *,
    today: date,
    actor: str = "",
    noun: str = "task",
    own: Path | None = None,
) -> Known:
    """Give the names that filters of a project speak of.

    Args:
        project: None: of no project, as in a list of projects.
        today: The day on which tasks are urgent.
        actor: Who asks; a person of this name is “me”.
        noun: The list; for tasks also what their rows do not hold, for partners what they can be.
        own: The folder of the user's own data.
    """
    sorts: tuple[tuple[str, str], ...] = ()
    if noun == "partner":
        every, _ = own_files.or_ours(organisation_sorts.load, own)
        sorts = tuple((each.id, each.title) for each in every.values())
    if project is None:
        return Known(sorts=sorts)
    units = select(WorkUnit.id, WorkUnit.code, WorkUnit.title, WorkUnit.parent_id)
    units = units.where(WorkUnit.project_id == project)
    found = session.execute(units.order_by(WorkUnit.position, WorkUnit.id)).all()
    codes = {row.id: row.code for row in found}
    partners = select(func.coalesce(Partner.acronym, Partner.name), Partner.name)
    people = (
        select(Contact.name, func.coalesce(Partner.acronym, Partner.name))
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Contact.project_id == project)
        .order_by(Contact.id)
    )
    persons = tuple(Person(name, partner) for name, partner in session.execute(people))
    tags = session.scalars(select(Tag.name).where(Tag.project_id == project).distinct())
    found_of_tasks = _of_tasks(session, project, today, own) if noun == "task" else {}
    return Known(
        start=session.scalar(select(Project.start).where(Project.id == project)),
        units=tuple(
            Unit(row.code, row.title, None if row.parent_id is None else codes.get(row.parent_id))
            for row in found
        ),
        partners=tuple(
            (short, name)
            for short, name in session.execute(
                partners.where(Partner.project_id == project).order_by(Partner.id)
            )
        ),
        people=persons,
        tags=tuple(sorted(tags, key=fold)),
        sorts=sorts,
        me=next((it.name for it in persons if actor and fold(it.name) == fold(actor)), None),
        **found_of_tasks,
    )


def _of_tasks(session: Session, project: int, today: date, own: Path | None) -> dict[str, Any]:
    """Give what filters ask of tasks that their rows do not hold."""
    seen = urgency.around(session, project, today=today)
    weights, _ = own_files.or_ours(load, own)  # the page of tasks tells what is wrong with them
    adding = Scores(weights)
    return {
        "tasks": _more(session, project),
        "waits": seen.waits,
        "holds_up": seen.holds_up,
        "urgency": lambda row: adding.of(urgency.facts(row, seen, today)),
    }


def _more(session: Session, project: int) -> Mapping[int, TaskMore]:
    """Give what rows of tasks do not hold, where there is any."""
    rows = select(Task.id, Task.start, Task.effort_minutes, Task.phase).where(
        Task.project_id == project,
        or_(Task.start.is_not(None), Task.effort_minutes.is_not(None), Task.phase.is_not(None)),
    )
    return {row[0]: TaskMore(*row[1:]) for row in session.execute(rows)}
