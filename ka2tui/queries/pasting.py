"""What pasted rows can name: partners, people, work packages, and where months begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain.known_names import Known, Person, Unit
from ka2tui.store.records import Contact, Partner, Project, WorkUnit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Surroundings(NamedTuple):
    """What is stored of the project that rows are pasted into."""

    known: Known
    months: int | None
    """How long the project takes."""


def surroundings(session: Session, project: int) -> Surroundings:
    """Give the names and the time of a project."""
    start, months = session.execute(
        select(Project.start, Project.months).where(Project.id == project)
    ).one_or_none() or (None, None)
    short = func.coalesce(Partner.acronym, Partner.name)
    partners = select(short, Partner.name).where(Partner.project_id == project)
    people = (
        select(Contact.name, short)
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Contact.project_id == project)
    )
    units = select(WorkUnit.code, WorkUnit.title).where(WorkUnit.project_id == project)
    return Surroundings(
        Known(
            start=start,
            units=tuple(Unit(code, title or "") for code, title in session.execute(units)),
            partners=tuple((one, name) for one, name in session.execute(partners)),
            people=tuple(Person(name, partner) for name, partner in session.execute(people)),
        ),
        months,
    )
