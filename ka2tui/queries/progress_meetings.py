"""The meetings of a period: who came, what was decided, and what of it is still to be done."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain.kinds import MeetingState, OutcomeKind, PartnerRole, Presence
from ka2tui.frozen import frozen
from ka2tui.store.records import (
    Attendance,
    Contact,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Participant,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.periods import Period
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.partners import PartnerRow
    from ka2tui.queries.tasks import TaskRow


@frozen
class MeetingProgress:
    """A meeting of the period whose day has come: held, cancelled, or not confirmed as either."""

    row: MeetingRow
    online: int | None
    """How many of those who came attended online, by the best that is known."""
    partners: tuple[str, ...]
    """Of whom somebody came."""
    missing: tuple[str, ...]
    """Funded partners who were awaited, and of whom nobody came."""
    decisions: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether somebody said that it took place."""
        return self.row.state is MeetingState.HELD


@frozen
class OpenAction:
    """An action of a meeting that is still to be done."""

    task: TaskRow
    meeting: str
    day: date | None


def took_place(row: MeetingRow, today: date) -> bool:
    """Say whether it is marked as held, and its day has come."""
    return row.state is MeetingState.HELD and row.day is not None and row.day <= today


def ended_before(row: MeetingRow, period: Period) -> bool:
    """Say whether its last day lies before a period."""
    return row.last_day is not None and row.last_day < period.first


def is_to_come(row: MeetingRow, today: date) -> bool:
    """Say whether its day is known and to come, whatever it is already marked as."""
    if row.day is None or row.state is MeetingState.CANCELLED:
        return False
    return not row.past or row.day > today


def of_period(
    session: Session,
    rows: Iterable[MeetingRow],
    consortium: Sequence[PartnerRow],
    period: Period,
    today: date,
) -> tuple[MeetingProgress, ...]:
    """Tell of the meetings of the period that are over, with who came and what was decided."""
    mine = [
        row
        for row in rows
        if row.past and not is_to_come(row, today) and period.meets(row.day, row.last_day)
    ]
    ids = [row.id for row in mine]
    stated_online = select(Meeting.id, Meeting.remote_participants).where(Meeting.id.in_(ids))
    remote = {row[0]: row[1] for row in session.execute(stated_online)}
    came, awaited, named_online = _who_came(session, ids)
    heads, counted, heads_online = _heads(session, ids)
    decisions: dict[int, list[str]] = defaultdict(list)
    said = select(MeetingOutcome.meeting_id, MeetingOutcome.text).where(
        MeetingOutcome.meeting_id.in_(ids), MeetingOutcome.kind == OutcomeKind.DECISION
    )
    for meeting, text in session.execute(said.order_by(MeetingOutcome.position, MeetingOutcome.id)):
        decisions[meeting].append(text)
    found = []
    for row in sorted(mine, key=lambda row: (row.day, row.id)):
        there = came[row.id] | heads[row.id]
        expected = awaited[row.id] | counted[row.id]
        members = [one for one in consortium if one.left_on is None or _before(row, one.left_on)]
        online = remote[row.id]
        if online is None and (row.counted or row.attended):
            online = heads_online[row.id] if row.counted else len(named_online[row.id])
        found.append(
            MeetingProgress(
                row=row,
                online=online,
                partners=tuple(one.called for one in members if one.id in there),
                missing=tuple(
                    one.called
                    for one in members
                    if one.role is not PartnerRole.ASSOCIATED and one.id in expected - there
                )
                if there and row.state is MeetingState.HELD
                else (),
                decisions=tuple(decisions[row.id]),
            )
        )
    return tuple(found)


def _before(row: MeetingRow, left_on: date) -> bool:
    return row.day is not None and row.day <= left_on


def _who_came(
    session: Session, ids: Sequence[int]
) -> tuple[Mapping[int, set[int | None]], Mapping[int, set[int | None]], Mapping[int, set[int]]]:
    """Give the partners of whom somebody was there, those on the list, and who was online."""
    there: dict[int, set[int | None]] = defaultdict(set)
    listed: dict[int, set[int | None]] = defaultdict(set)
    online: dict[int, set[int]] = defaultdict(set)
    marks = (
        select(
            *(Attendance.meeting_id, Attendance.contact_id, Attendance.presence),
            Contact.partner_id,
        )
        .join(Contact.__table__, Attendance.contact_id == Contact.id)
        .where(Attendance.meeting_id.in_(ids))
    )
    in_the_room: set[tuple[int, int]] = set()
    for meeting, contact, presence, partner in session.execute(marks):
        listed[meeting].add(partner)
        if not presence.there:
            continue
        there[meeting].add(partner)
        if presence is Presence.ONLINE:
            online[meeting].add(contact)
        else:
            in_the_room.add((meeting, contact))
    for meeting, contact in in_the_room:
        online[meeting].discard(contact)
    on_lists = (
        select(Participant.meeting_id, func.coalesce(Participant.partner_id, Contact.partner_id))
        .outerjoin(Contact.__table__, Participant.contact_id == Contact.id)
        .where(Participant.meeting_id.in_(ids))
        .distinct()
    )
    for meeting, partner in session.execute(on_lists):
        there[meeting].add(partner)
    return there, listed, online


def _heads(
    session: Session, ids: Sequence[int]
) -> tuple[Mapping[int, set[int | None]], Mapping[int, set[int | None]], Mapping[int, int]]:
    """Give the partners of whom somebody was counted, those looked at, and how many were online."""
    there: dict[int, set[int | None]] = defaultdict(set)
    looked_at: dict[int, set[int | None]] = defaultdict(set)
    online: dict[int, int] = defaultdict(int)
    counts = select(
        HeadCount.meeting_id, HeadCount.partner_id, HeadCount.people, HeadCount.online
    ).where(HeadCount.meeting_id.in_(ids))
    for meeting, partner, people, remote in session.execute(counts):
        online[meeting] += remote
        looked_at[meeting].add(partner)
        if people and partner is not None:
            there[meeting].add(partner)
    return there, looked_at, online


def open_actions(session: Session, project: int, work: Iterable[TaskRow]) -> tuple[OpenAction, ...]:
    """List the actions of all meetings that are still to be done, the first due first."""
    origin = {
        row[0]: row
        for row in session.execute(
            select(Task.id, Meeting.title, Meeting.day)
            .join(MeetingOutcome.__table__, Task.outcome_id == MeetingOutcome.id)
            .join(Meeting.__table__, MeetingOutcome.meeting_id == Meeting.id)
            .where(Task.project_id == project)
        )
    }
    return tuple(
        OpenAction(row, origin[row.id][1], origin[row.id][2])
        for row in work
        if row.id in origin and not row.state.closed
    )
