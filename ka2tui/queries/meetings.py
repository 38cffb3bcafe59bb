"""Meetings: the list, and one with its agenda, people, minutes and clocks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.queries import meeting_clocks, meeting_minutes, meeting_people, meeting_row
from ka2tui.store.records import Meeting, Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from ka2tui.queries.meeting_clocks import PartnerClock
    from ka2tui.queries.meeting_minutes import CarriedRow, ItemRow, OutcomeRow
    from ka2tui.queries.meeting_people import CountRow, Listed, PersonRow, Total
    from ka2tui.queries.meeting_row import MeetingRow


@frozen
class MeetingDetails:
    """All that is known of one meeting."""

    row: MeetingRow
    project_id: int
    project: str
    """Its acronym."""
    link: str | None
    host_id: int | None
    work_unit_id: int | None
    remote: int | None
    """How many of those stated attended online."""
    summary: str | None
    notes: str | None
    agenda: tuple[ItemRow, ...]
    people: tuple[PersonRow, ...]
    """Everybody of the project, those on the list or not; by partner."""
    counts: tuple[CountRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    """In the order of the agenda; those to no point of it last."""
    carried: tuple[CarriedRow, ...]
    clocks: tuple[PartnerClock, ...]
    missing: tuple[str, ...]
    """Partners of whom nobody is on the list or counted."""
    differences: tuple[str, ...]
    """Where the numbers of those who came disagree, in sentences."""
    participants: tuple[Listed, ...] = ()
    """Who is on the list of an event, by organisation and name."""
    expected_participants: int | None = None

    @property
    def time_over(self) -> int | None:
        """Minutes by which the agenda is longer than the meeting; None where not known."""
        if not self.row.minutes_long or not self.row.minutes_planned:
            return None
        return self.row.minutes_planned - self.row.minutes_long

    @property
    def by_country(self) -> tuple[Total, ...]:
        """How many were counted from each country."""
        return meeting_people.totals(self.counts, lambda count: count.at)

    @property
    def by_profile(self) -> tuple[Total, ...]:
        """How many were counted of each profile: teachers, students."""
        return meeting_people.totals(self.counts, lambda count: count.profile)

    @property
    def listed(self) -> tuple[PersonRow, ...]:
        """The people on the list."""
        return tuple(person for person in self.people if person.listed)


def listed(
    session: Session, project: int, *, today: date, words: str = ""
) -> tuple[MeetingRow, ...]:
    """List the meetings of a project: those to come, undated last; then the past, newest first.

    Args:
        words: Only those in whose title, code, place or kind every one of these occurs.
    """
    rows = meeting_row.read(session, [Meeting.project_id == project], today)
    wanted = fold(words).split()
    if wanted:
        rows = [row for row in rows if _has(row, wanted)]
    to_come = [row for row in rows if not row.past]
    past = [row for row in rows if row.past]
    return (
        *sorted(to_come, key=_by_start),
        *sorted(past, key=lambda row: (row.day or date.min, row.id), reverse=True),
    )


def some(session: Session, meetings: Sequence[int], *, today: date) -> tuple[MeetingRow, ...]:
    """List chosen meetings, in the order of their ids given."""
    rows = {row.id: row for row in meeting_row.read(session, [Meeting.id.in_(meetings)], today)}
    return tuple(rows[meeting] for meeting in meetings if meeting in rows)


def one(session: Session, meeting: int, *, today: date) -> MeetingDetails:
    """Give all that is known of one meeting.

    Raises:
        Refused: It is gone.
    """
    rows = some(session, [meeting], today=today)
    if not rows:
        raise Refused(f"There is no meeting {meeting} any more.")
    row, record = rows[0], session.get_one(Meeting, meeting)
    consortium = meeting_people.consortium_on(session, record.project_id, row.day)
    outcomes = meeting_minutes.outcomes_of(session, meeting)
    people = meeting_people.people_of(session, record.project_id, row, consortium)
    counts = meeting_people.counts_of(session, meeting)
    return MeetingDetails(
        row=row,
        project_id=record.project_id,
        project=session.get_one(Project, record.project_id).acronym,
        link=record.link,
        host_id=record.host_id,
        work_unit_id=record.work_unit_id,
        remote=record.remote_participants,
        summary=record.summary,
        notes=record.notes,
        agenda=meeting_minutes.agenda_of(session, meeting, outcomes),
        people=people,
        counts=counts,
        outcomes=outcomes,
        carried=meeting_minutes.carried(session, meeting),
        clocks=meeting_clocks.clocks_at(row, consortium),
        missing=meeting_people.missing_from(people, counts, consortium),
        differences=tuple(meeting_people.differences_in(row)),
        participants=meeting_people.listed_at(session, meeting),
        expected_participants=record.expected_participants,
    )


def _by_start(row: MeetingRow) -> tuple[object, ...]:
    """Give what meetings to come are sorted by: undated last, a month after its days."""
    month = row.precision is Precision.MONTH
    return (
        row.day is None,
        (row.last_day if month else row.day) or date.max,
        month,
        row.starts_at.timestamp() if row.starts_at else 0,
        row.id,
    )


def _has(row: MeetingRow, wanted: list[str]) -> bool:
    """Say whether every word occurs somewhere in what a list shows of a meeting."""
    shown = (row.title, row.code, row.place, row.city, row.kind.word)
    text = fold("\n".join(part for part in shown if part))
    return all(word in text for word in wanted)
