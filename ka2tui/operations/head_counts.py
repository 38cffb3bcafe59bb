"""How many came to a meeting, counted without names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import countries
from ka2tui.domain.refusal import Refused
from ka2tui.operations import meetings
from ka2tui.operations.fields import read_text
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import HeadCount, Meeting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@operation("Count heads")
def add(
    session: Session,
    meeting: int,
    people: int,
    *,
    partner_id: int | None = None,
    organisation: str | None = None,
    country: str | None = None,
    profile: str | None = None,
    online: int = 0,
    fewer_opportunities: int | None = None,
) -> int:
    """Say how many came, without names; a count of the same group is replaced.

    Args:
        meeting: Its id.
        people: How many, those online included.
        partner_id: Of which partner ...
        organisation: ... or of which other organisation.
        country: Where they came from.
        profile: What they are: teachers, students.
        online: How many of them attended online.
        fewer_opportunities: How many of them have fewer opportunities; None: not known.

    Returns:
        The id of the count.

    Raises:
        Refused: More online, or with fewer opportunities, than there were; or below 0.
    """
    record = existing(session, Meeting, meeting, "meeting")
    meetings.refuse_strangers(session, record.project_id, {"host_id": partner_id})
    fewer = fewer_opportunities
    if people < 0 or online < 0 or (fewer or 0) < 0:
        raise Refused("A count of people cannot be below 0.")
    if online > people:
        raise Refused(f"{online} online are more than the {people} who came.")
    if fewer is not None and fewer > people:
        raise Refused(f"{fewer} with fewer opportunities are more than the {people} who came.")
    group = {
        "partner_id": partner_id,
        "organisation": read_text(organisation),
        "country": countries.read_country(country) if country else None,
        "profile": read_text(profile),
    }
    found = next(
        (
            row
            for row in record.head_counts
            if all(getattr(row, field) == value for field, value in group.items())
        ),
        None,
    )
    if found is None:
        found = HeadCount(project_id=record.project_id, people=people, online=online, **group)
        record.head_counts.append(found)
    found.people, found.online, found.fewer_opportunities = people, online, fewer
    session.flush()
    say(session, "Count {people} people at {meeting}", people=people, meeting=record.title)
    return found.id


@operation("Remove count")
def remove(session: Session, head_count: int) -> None:
    """Remove a count of people."""
    record = existing(session, HeadCount, head_count, "count")
    meeting = record.meeting
    say(
        session,
        "Remove a count of {people} people at {meeting}",
        people=record.people,
        meeting=meeting.title,
    )
    meeting.head_counts.remove(record)
