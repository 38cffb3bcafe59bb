"""Journeys: who travels to which meeting, how far, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.costs import Used
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Journey, Meeting, Partner, Project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class JourneyRow:
    """A journey of one or more people."""

    id: int
    title: str | None
    """From where to where."""
    meeting_id: int | None
    meeting: str | None
    partner_id: int | None
    partner: str | None
    """Its acronym, else its name."""
    day: date | None
    """When it begins, else when its meeting does."""
    own_day: date | None
    people: int
    distance_km: int | None
    green: bool
    amount_cents: int | None
    used_cents: int | None
    notes: str | None

    @property
    def called(self) -> str:
        """What it is called: where it goes, else its meeting."""
        return self.title or self.meeting or "journey"

    @property
    def money(self) -> Used:
        """Planned and used, in cents; what is not known counts as nothing."""
        return Used(self.amount_cents or 0, self.used_cents or 0)


@frozen
class Journeys:
    """All journeys, and what they come to."""

    currency: str
    rows: tuple[JourneyRow, ...]
    money: Used
    people: int
    green_people: int
    """How many of them travel green."""


def listed(session: Session, project: int) -> tuple[JourneyRow, ...]:
    """List the journeys of a project by day, without one last."""
    rows = _some().where(Journey.project_id == project)
    day = func.coalesce(Journey.day, Meeting.day)
    return tuple(
        JourneyRow(*row) for row in session.execute(rows.order_by(day.is_(None), day, Journey.id))
    )


def some(session: Session, journeys: Sequence[int]) -> tuple[JourneyRow, ...]:
    """List chosen ones, in the order of their ids given."""
    return chosen(session, _some(), Journey.id, journeys, lambda row: JourneyRow(*row))


def one(session: Session, journey: int) -> JourneyRow:
    """Give one journey.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [journey])
    if not rows:
        raise Refused(f"There is no journey {journey} any more.")
    return rows[0]


def summed(session: Session, project: int) -> Journeys:
    """Give all journeys with what they come to."""
    rows = listed(session, project)
    money = Used()
    for row in rows:
        money = money.plus(row.money)
    currency = session.scalar(select(Project.currency).where(Project.id == project))
    return Journeys(
        currency=currency or "EUR",
        rows=rows,
        money=money,
        people=sum(row.people for row in rows),
        green_people=sum(row.people for row in rows if row.green),
    )


def _some() -> Any:
    return (
        select(
            *(Journey.id, Journey.title, Journey.meeting_id),
            *(func.coalesce(Meeting.code, Meeting.title), Journey.partner_id),
            *(
                func.coalesce(Partner.acronym, Partner.name),
                func.coalesce(Journey.day, Meeting.day),
            ),
            *(Journey.day, Journey.people, Journey.distance_km, Journey.green),
            *(Journey.amount_cents, Journey.used_cents, Journey.notes),
        )
        .outerjoin(Meeting.__table__, Journey.meeting_id == Meeting.id)
        .outerjoin(Partner.__table__, Journey.partner_id == Partner.id)
    )
