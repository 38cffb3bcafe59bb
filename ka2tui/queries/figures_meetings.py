"""The figures of meetings: who took part in each, and in all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import MeetingState
from ka2tui.domain.text import coded
from ka2tui.queries import meetings
from ka2tui.store.records import AgendaItem, Attendance, HeadCount, MeetingOutcome

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.queries.meeting_row import MeetingRow


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give how many took part in each meeting, and what stands in its agenda and minutes."""
    rows = meetings.listed(session, project, today=today)
    heads: dict[int, dict[int, int]] = defaultdict(dict)
    for head in _of(session, HeadCount, project, HeadCount.people):
        heads[head.meeting_id][head.id] = head.people
    there: dict[int, dict[int, int]] = defaultdict(dict)
    for mark in _of(session, Attendance, project, Attendance.contact_id, Attendance.presence):
        if mark.presence.there:
            there[mark.meeting_id].setdefault(mark.contact_id, mark.id)
    held = [row.id for row in rows if row.state is MeetingState.HELD]
    yield Figure("meeting.held", "Meetings held", len(held), Trace.rows("meeting", held))
    ahead = [row.id for row in rows if not row.past]
    yield Figure("meeting.ahead", "Meetings to come", len(ahead), Trace.rows("meeting", ahead))
    points, lines = _ids(session, AgendaItem, project), _ids(session, MeetingOutcome, project)
    for row in rows:
        called = coded(row.code, row.title)
        name, about = f"meeting.{row.code or row.id}", ("meeting", row.id)
        if row.came is not None:
            trace, how = _came(row, heads[row.id], there[row.id])
            title = f"Participants of {called}"
            yield Figure(f"{name}.participants", title, row.came, trace, about=about, how=how)
        if row.items:
            trace = Trace.rows("agenda_item", points[row.id])
            yield Figure(f"{name}.agenda", f"Points in the agenda of {called}", row.items, trace,
                         about=about)  # fmt: skip
        if lines[row.id]:
            trace = Trace.rows("outcome", lines[row.id])
            title = f"Lines in the minutes of {called}"
            yield Figure(f"{name}.minutes", title, len(trace), trace, about=about)


def _came(row: MeetingRow, heads: dict[int, int], there: dict[int, int]) -> tuple[Trace, str]:
    """Tell what the number of participants comes from: what is published wins."""
    if row.stated is not None:
        return Trace.sums("meeting", {row.id: row.stated}), "As it was published."
    if row.counted:
        return Trace.sums("head_count", heads), "The sum of the head counts."
    return Trace.rows("attendance", there.values()), "People marked by name, each once."


def _of(session: Session, table: Any, project: int, *columns: Any) -> Any:
    read = select(table.id, table.meeting_id, *columns).where(table.project_id == project)
    return session.execute(read.order_by(table.id))


def _ids(session: Session, table: Any, project: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row in _of(session, table, project, table.position):
        found[row.meeting_id].append(row.id)
    return found
