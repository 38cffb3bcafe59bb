"""Capture: the names of a project that a line can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import timeline
from ka2tui.domain.kinds import CLOSED_TASKS
from ka2tui.domain.quickadd_names import Name, Names
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.store.records import Contact, Partner, Project, Tag, Task, WorkUnit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def names(session: Session, project: int, *, with_tasks: bool = False) -> Names:
    """Give whom and what a captured line can name.

    Args:
        with_tasks: Also the tasks that another can wait for; there may be thousands.

    Raises:
        Refused: There is no such project any more.
    """
    told = select(Project.acronym, Project.start, Project.months, Project.end)
    found = session.execute(told.where(Project.id == project)).one_or_none()
    if found is None:
        raise Refused("There is no such project any more.")
    acronym, start, months, end = found
    if end is None and start is not None and months:
        end = timeline.project_end(start, months)
    partners = (
        select(Partner.id, Partner.acronym, Partner.name)
        .where(Partner.project_id == project, Partner.left_on.is_(None))
        .order_by(Partner.id)
    )
    contacts = (
        select(Contact.id, Contact.name, Contact.email, Contact.partner_id, Partner.acronym)
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Contact.project_id == project, Partner.left_on.is_(None))
        .order_by(Contact.id)
    )
    units = (
        select(WorkUnit.id, WorkUnit.code, WorkUnit.title)
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    tasks = (
        select(Task.id, Task.code, Task.title)
        .where(
            Task.project_id == project,
            Task.code.is_not(None),
            Task.state.not_in(CLOSED_TASKS),
        )
        .order_by(Task.id)
    )
    tags = select(Tag.name).where(Tag.project_id == project).distinct()
    return Names(
        acronym=acronym,
        start=start,
        end=end,
        partners=tuple(
            Name("partner", key, short or name, name if short else "", (name,))
            for key, short, name in session.execute(partners)
        ),
        contacts=tuple(
            Name("contact", key, name, short or "", (mail,) if mail else (), of)
            for key, name, mail, of, short in session.execute(contacts)
        ),
        work_units=tuple(
            Name("work_unit", key, code, title, (title,))
            for key, code, title in session.execute(units)
        ),
        tasks=tuple(
            Name("task", key, code or "", title)
            for key, code, title in (session.execute(tasks) if with_tasks else ())
        ),
        tags=tuple(sorted(session.scalars(tags), key=fold)),
    )
