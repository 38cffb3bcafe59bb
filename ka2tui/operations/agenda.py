"""The agenda of a meeting: its points, added, edited, moved and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain.refusal import Refused
from ka2tui.operations.fields import FieldConflict, Values, change, number, read_lines, read_text
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import AgendaItem, Meeting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


FIELDS = frozenset({"title", "presenter", "minutes_planned", "notes"})
"""What can be edited of a point of the agenda."""


@operation("Add to the agenda")
def add(
    session: Session,
    meeting: int,
    title: str,
    *,
    presenter: str | None = None,
    minutes_planned: int | None = None,
    notes: str | None = None,
    after: int | None = None,
) -> int:
    """Add a point to an agenda, and give its id.

    Args:
        meeting: The meeting's id.
        title: What it is about.
        presenter: Who speaks.
        minutes_planned: How long.
        notes: What was said to it.
        after: The point it follows; None puts it last.
    """
    record = existing(session, Meeting, meeting, "meeting")
    values = _read_item(
        {"title": title, "presenter": presenter, "minutes_planned": minutes_planned}
        | {"notes": notes}
    )
    item = AgendaItem(project_id=record.project_id, **values)
    places = [one.id for one in record.agenda]
    record.agenda.insert(places.index(after) + 1 if after in places else len(places), item)
    number(record.agenda)
    session.flush()
    say(session, "Add {item} to the agenda of {meeting}", item=item.title, meeting=record.title)
    return item.id


@operation("Edit the agenda")
def edit(
    session: Session, item: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change a point of an agenda; give the fields that somebody else changed meanwhile."""
    record = existing(session, AgendaItem, item, "point of an agenda")
    conflicts = change(record, _read_item(values), based_on, allowed=FIELDS)
    say(
        session,
        "Edit {item} on the agenda of {meeting}",
        item=record.title,
        meeting=record.meeting.title,
    )
    return conflicts


@operation("Move on the agenda")
def move(session: Session, item: int, by: int) -> None:
    """Move a point up (`by` below 0) or down its agenda, at most to its end."""
    record = existing(session, AgendaItem, item, "point of an agenda")
    agenda = list(record.meeting.agenda)
    place = agenda.index(record)
    agenda.insert(max(place + by, 0), agenda.pop(place))
    number(agenda)
    session.flush()
    session.expire(record.meeting, ["agenda"])
    say(
        session,
        "Move {item} {way} the agenda of {meeting}",
        item=record.title,
        way="up" if by < 0 else "down",
        meeting=record.meeting.title,
    )


@operation("Remove from the agenda")
def remove(session: Session, item: int) -> None:
    """Remove a point from an agenda; its minutes stay, at the end of the meeting's."""
    record = existing(session, AgendaItem, item, "point of an agenda")
    meeting = record.meeting
    for line in meeting.outcomes:
        if line.agenda_item_id == record.id:
            line.agenda_item_id = None
    session.flush()
    say(
        session,
        "Remove {item} from the agenda of {meeting}",
        item=record.title,
        meeting=meeting.title,
    )
    meeting.agenda.remove(record)
    number(meeting.agenda)


def _read_item(values: Values) -> dict[str, Any]:
    """Read the values of a point of an agenda."""
    read: dict[str, Any] = {
        field: (read_lines if field == "notes" else read_text)(value)
        for field, value in values.items()
    }
    if "title" in read and not read["title"]:
        raise Refused("A point of the agenda needs a title.")
    if (read.get("minutes_planned") or 0) < 0:
        raise Refused("A point of the agenda cannot be shorter than 0 minutes.")
    return read
