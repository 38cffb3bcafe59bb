"""Meetings planned from a template, or several at once as a series."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from sqlalchemy import select

from ka2tui.domain import timeline
from ka2tui.domain.kinds import PartnerRole, Precision
from ka2tui.domain.meeting_templates import COORDINATOR, HOST, called, say_passed
from ka2tui.domain.refusal import Refused
from ka2tui.operations import agenda, meetings, tasks
from ka2tui.operations.fields import Values
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Meeting, Partner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.meeting_templates import MeetingTemplate


@operation("Add meeting")
def plan(
    session: Session,
    project: int,
    title: str,
    values: Values,
    *,
    today: date,
    template: MeetingTemplate | None = None,
    with_tasks: bool = True,
    days: Sequence[date] = (),
) -> list[int]:
    """Plan a meeting with the points and tasks of a template, or the meetings of a series.

    Args:
        title: What each is called.
        values: As `meetings.add` takes them; a last day says how many days each of a series has.
        today: What had to be done before is due on this day; what is over brings no tasks.
        template: Gives the points, the tasks, and what `values` do not say of the meeting.
        with_tasks: Whether its tasks come along.
        days: The days of a series; without them it is one meeting, on `values["day"]`.

    Returns:
        The ids of the meetings, in the order of their days.

    Raises:
        Refused: As for one meeting; a code for several of them, or days known to the month only.
    """
    long = stretch(values, template)
    given = _with_defaults(values, template)
    series = None
    when: list[dict[str, Any]] = [{}]
    if days:
        if given.get("code"):
            raise Refused("A code is that of one meeting: leave it out for a series.")
        if given.get("precision") is Precision.MONTH:
            raise Refused("A series needs days: “first Tuesday of each month until M24”.")
        series = uuid4().hex
        when = [{"day": day, "end_day": day + long, "month": None} for day in days]
    elif given.get("day") is not None and given.get("precision") is not Precision.MONTH:
        given["end_day"] = given["day"] + long
    made = [
        meetings.add(session, project, title, **(given | on | {"series": series})) for on in when
    ]
    passed = 0
    if template is not None:
        for meeting in made:
            passed += _fill(session, meeting, template, today=today, with_tasks=with_tasks)[1]
    title = existing(session, Meeting, made[0], "meeting").title
    words = "Add meeting {meeting}" if len(made) == 1 else "Add {count} meetings: {meeting}"
    say(session, words + say_passed(passed), count=len(made), meeting=title)
    return made


@operation("Take over a meeting template")
def fill(
    session: Session,
    meeting: int,
    template: MeetingTemplate,
    *,
    today: date,
    with_tasks: bool = True,
) -> list[int]:
    """Put the points of a template below those of an agenda, and make its tasks.

    Args:
        meeting: Its id.
        template: Where they come from.
        today: What had to be done before is due on this day; what is over brings no tasks.
        with_tasks: Whether the tasks are made.

    Returns:
        The ids of the tasks.
    """
    made, passed = _fill(session, meeting, template, today=today, with_tasks=with_tasks)
    words = "Take the agenda of {meeting} from the template {name}" + say_passed(passed)
    title = existing(session, Meeting, meeting, "meeting").title
    say(session, words, meeting=title, name=template.title)
    return made


def _fill(
    session: Session, meeting: int, template: MeetingTemplate, *, today: date, with_tasks: bool
) -> tuple[list[int], int]:
    """Put in points and tasks; give the tasks, and how many are due today as their day passed."""
    record = existing(session, Meeting, meeting, "meeting")
    record.template = template.id
    who = _called(session, record)
    for point in template.points:
        agenda.add(
            session,
            meeting,
            point.title,
            presenter=who.get(point.who or "", (None, None))[1],
            minutes_planned=point.minutes,
            notes=point.notes,
        )
    return _tasks(session, record, template, who, today) if with_tasks else ([], 0)


def _tasks(
    session: Session,
    record: Meeting,
    template: MeetingTemplate,
    who: dict[str, tuple[int, str]],
    today: date,
) -> tuple[list[int], int]:
    """Make the tasks that come with a meeting; give them, and how many had their day before."""
    first, last = record.day, record.end_day or record.day
    if last is not None and record.precision is Precision.MONTH:
        last = timeline.add_months(last, 1)
    title = called(record.title, record.day, in_series=record.series is not None)
    wanted = template.to_do(first, last, today)
    made = [
        tasks.add(
            session,
            record.project_id,
            one.job.called(title),
            work_unit_id=record.work_unit_id,
            partner_id=who.get(one.job.who or "", (None, None))[0],
            due=one.due,
            notes=one.job.notes,
        )
        for one in wanted
    ]
    return made, sum(one.passed for one in wanted)


def _called(session: Session, record: Meeting) -> dict[str, tuple[int, str]]:
    """Give those whom a template can name, by how it names them; a missing one is left out."""
    coordinator = session.scalar(
        select(Partner)
        .where(Partner.project_id == record.project_id, Partner.role == PartnerRole.COORDINATOR)
        .order_by(Partner.id)
        .limit(1)
    )
    host = None if record.host_id is None else session.get(Partner, record.host_id)
    named = {COORDINATOR: coordinator, HOST: host}
    return {
        word: (partner.id, partner.acronym or partner.name)
        for word, partner in named.items()
        if partner is not None
    }


def _with_defaults(values: Values, template: MeetingTemplate | None) -> dict[str, Any]:
    """Give what is said of a meeting, and what its template says where nothing is."""
    given = dict(values)
    if template is not None:
        usual = {"kind": template.kind, "mode": template.mode, "minutes_long": template.length}
        given |= {field: value for field, value in usual.items() if given.get(field) is None}
    return given


def stretch(values: Values, template: MeetingTemplate | None) -> timedelta:
    """Give how long after its first day a meeting ends: as is said, else as it usually does."""
    first, last = values.get("day"), values.get("end_day")
    if first is not None and last is not None:
        return cast("timedelta", last - first)
    return timedelta(days=0 if template is None else template.days - 1)
