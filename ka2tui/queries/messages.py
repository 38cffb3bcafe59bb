"""Messages: what was written and said, when a partner was last heard from and last chased."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from ka2tui.domain import silence
from ka2tui.domain.chase import Chased
from ka2tui.domain.kinds import (
    Channel,
    Direction,
    MeetingState,
    PartnerRole,
    Presence,
    TaskState,
    Tone,
)
from ka2tui.domain.silence import Heard, Sign
from ka2tui.frozen import frozen
from ka2tui.store.records import (
    Attendance,
    Contact,
    Deliverable,
    HeadCount,
    Meeting,
    Partner,
    PartnerMessage,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class MessageRow:
    """One mail, call or chat."""

    id: int
    partner_id: int | None
    contact_id: int | None
    contact: str | None
    day: date
    direction: Direction
    channel: Channel
    chase: bool
    tone: Tone | None
    text: str | None


@frozen
class Doer:
    """The partner a task lies with, and when it was last heard from."""

    project_id: int
    partner_id: int
    called: str
    own: bool
    """Whether it is the coordinator itself."""
    heard: Heard | None


def doers(session: Session, tasks: Sequence[int], *, today: date) -> dict[int, Doer]:
    """Tell by task with which partner it lies, and when that was last heard from.

    Tasks of nobody, and of people of nobody, are left out. They may be of several projects.
    """
    who = func.coalesce(Task.partner_id, Contact.partner_id)
    rows = session.execute(
        select(
            *(Task.id, Task.project_id, Partner.id, Partner.role),
            func.coalesce(Partner.acronym, Partner.name),
        )
        .outerjoin(Contact.__table__, Task.contact_id == Contact.id)
        .join(Partner.__table__, Partner.id == who)
        .where(Task.id.in_(tasks))
    ).all()
    last = {project: heard(session, project, today=today) for project in {row[1] for row in rows}}
    return {
        task: Doer(
            project, partner, called, role is PartnerRole.COORDINATOR, last[project].get(partner)
        )
        for task, project, partner, role, called in rows
    }


def listed(
    session: Session, project: int, *, partner: int | None = None, limit: int | None = None
) -> tuple[MessageRow, ...]:
    """List the messages of a project, or those with one partner, newest first."""
    query = (
        select(
            *(PartnerMessage.id, PartnerMessage.partner_id, PartnerMessage.contact_id),
            *(
                Contact.name.label("contact"),
                PartnerMessage.day,
                PartnerMessage.direction,
                PartnerMessage.channel,
            ),
            *(PartnerMessage.chase, PartnerMessage.tone, PartnerMessage.text),
        )
        .outerjoin(Contact.__table__, PartnerMessage.contact_id == Contact.id)
        .where(PartnerMessage.project_id == project)
        .order_by(PartnerMessage.day.desc(), PartnerMessage.id.desc())
        .limit(limit)
    )
    if partner is not None:
        query = query.where(PartnerMessage.partner_id == partner)
    return tuple(MessageRow(**row._asdict()) for row in session.execute(query))


def heard(session: Session, project: int, *, today: date) -> dict[int, Heard]:
    """Tell by partner when it was last heard from: a message, a meeting, something delivered.

    Partners that were never heard from are left out.
    """
    signs: dict[int, list[Heard]] = defaultdict(list)
    for partner, sign in [
        *_messages(session, project, today),
        *_meetings(session, project, today),
        *_deliveries(session, project, today),
    ]:
        signs[partner].append(sign)
    found = {partner: silence.latest(each, today) for partner, each in signs.items()}
    return {partner: last for partner, last in found.items() if last is not None}


def chased(session: Session, project: int) -> dict[int, tuple[Chased, ...]]:
    """Give by partner the reminders that were sent, newest first."""
    query = (
        select(PartnerMessage.partner_id, PartnerMessage.day, PartnerMessage.tone)
        .where(PartnerMessage.project_id == project, PartnerMessage.chase.is_(True))
        .order_by(PartnerMessage.day.desc(), PartnerMessage.id.desc())
    )
    found: dict[int, list[Chased]] = defaultdict(list)
    for partner, day, tone in session.execute(query):
        if partner is not None:
            found[partner].append(Chased(day, tone))
    return {partner: tuple(each) for partner, each in found.items()}


def _messages(session: Session, project: int, today: date) -> list[tuple[int, Heard]]:
    """Give the last message from each partner."""
    mine = (
        PartnerMessage.project_id == project,
        PartnerMessage.direction == Direction.IN,
        PartnerMessage.day <= today,
    )
    place = func.row_number().over(
        partition_by=PartnerMessage.partner_id,
        order_by=(PartnerMessage.day.desc(), PartnerMessage.id.desc()),
    )
    last = (
        select(
            PartnerMessage.partner_id,
            PartnerMessage.day,
            PartnerMessage.channel,
            PartnerMessage.text,
            place.label("place"),
        )
        .where(*mine, PartnerMessage.partner_id.is_not(None))
        .subquery()
    )
    rows = session.execute(
        select(last.c.partner_id, last.c.day, last.c.channel, last.c.text).where(last.c.place == 1)
    )
    return [(row[0], Heard(row[1], Sign(str(row[2])), row[3] or "")) for row in rows]


def _meetings(session: Session, project: int, today: date) -> list[tuple[int, Heard]]:
    """Give the meetings each partner was at; heads that were counted are people too."""
    ends = func.coalesce(Meeting.end_day, Meeting.day)
    held = (
        Meeting.project_id == project,
        Meeting.state != MeetingState.CANCELLED,
        Meeting.day <= today,
    )
    there = [presence for presence in Presence if presence.there]
    # somebody who was there on the second of three days was heard from on that day
    day = func.coalesce(Attendance.day, ends)
    last_day = case((day > today, today), else_=day)
    named = (
        select(Contact.partner_id, func.max(last_day), Meeting.title)
        .select_from(Attendance.__table__)
        .join(Meeting.__table__, Attendance.meeting_id == Meeting.id)
        .join(Contact.__table__, Attendance.contact_id == Contact.id)
        .where(*held, Attendance.presence.in_(there), Contact.partner_id.is_not(None))
        .group_by(Contact.partner_id, Meeting.id, Meeting.title)
    )
    counted = (
        select(HeadCount.partner_id, ends, Meeting.title)
        .join(Meeting.__table__, HeadCount.meeting_id == Meeting.id)
        .where(
            *held,
            Meeting.state == MeetingState.HELD,
            HeadCount.partner_id.is_not(None),
            HeadCount.people > 0,
        )
    )
    rows = [*session.execute(named), *session.execute(counted)]
    return [
        (partner, Heard(min(on, today), Sign.MEETING, title))
        for partner, on, title in rows
        if partner is not None
    ]


def _deliveries(session: Session, project: int, today: date) -> list[tuple[int, Heard]]:
    """Give the last task and the last deliverable that came from each partner."""
    who = func.coalesce(Task.partner_id, Contact.partner_id)
    done = (
        select(who, func.max(Task.finished_on))
        .outerjoin(Contact.__table__, Task.contact_id == Contact.id)
        .where(
            Task.project_id == project,
            Task.state == TaskState.DONE,
            Task.finished_on <= today,
            or_(Task.partner_id.is_not(None), Contact.partner_id.is_not(None)),
        )
        .group_by(who)
    )
    handed_over = (
        select(Deliverable.lead_id, Deliverable.delivered_on, Deliverable.code, Deliverable.title)
        .where(
            Deliverable.project_id == project,
            Deliverable.lead_id.is_not(None),
            Deliverable.delivered_on <= today,
        )
        .order_by(Deliverable.delivered_on)
    )
    last = {partner: day for partner, day in session.execute(done) if partner and day}
    titles = (
        select(who, Task.finished_on, Task.title)
        .outerjoin(Contact.__table__, Task.contact_id == Contact.id)
        .where(
            Task.project_id == project,
            Task.state == TaskState.DONE,
            Task.finished_on.in_(set(last.values())),
        )
        .order_by(Task.id)
    )
    named = {(partner, day): title for partner, day, title in session.execute(titles)}
    found = [
        (partner, Heard(day, Sign.TASK, named.get((partner, day), "")))
        for partner, day in last.items()
    ]
    return found + [
        (lead, Heard(day, Sign.DELIVERABLE, f"{code} {title}".strip()))
        for lead, day, code, title in session.execute(handed_over)
        if lead and day
    ]
