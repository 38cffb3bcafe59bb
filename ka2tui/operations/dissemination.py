"""Dissemination: log what was done, plan ahead, mark as done or dropped, edit, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain import dissemination as rules
from ka2tui.domain import timeline, work_plan
from ka2tui.domain.kinds import DisseminationState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted
from ka2tui.operations.fields import FieldConflict, Values, after, change, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.operations.work_units import check_home
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Deliverable, Dissemination, Project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"title", "sort", "state", "day", "day_month", "precision", "end_day", "partner_id"}
    | {"work_unit_id", "deliverable_id", "audience", "reach", "language", "place", "link"}
    | {"emblem", "disclaimer", "notes"}
)
_WHEN = ("day", "day_month", "precision", "end_day")
_CALLED = "act of dissemination"


@operation("Add dissemination")
def add(session: Session, project: int, title: str, *, values: Values | None = None) -> int:
    """Add something that spreads the word, planned or done.

    Returns:
        Its id.

    Raises:
        Refused: It has no name, or a value cannot be.
    """
    made = _made(session, project, {**(values or {}), "title": title})
    session.flush()
    say(session, "Add {state} dissemination “{what}”", state=made.state.word, what=made.title)
    return made.id


@operation("Plan dissemination")
def plan(
    session: Session,
    project: int,
    title: str,
    partners: Sequence[int],
    months: Sequence[int],
    *,
    values: Values | None = None,
) -> tuple[int, ...]:
    """Plan something for each of some partners in each of some project months.

    Args:
        project: Where it belongs.
        title: What it is called in every month.
        partners: Who does it; none: one for nobody in particular.
        months: Project months.
        values: What else is known of each.

    Returns:
        The ids, month by month.

    Raises:
        Refused: No month, too many at once, or a value cannot be.
    """
    if not months:
        raise Refused("Name the months: M3, M6-M12 or M3-M24/3.")
    who: Sequence[int | None] = partners or (None,)
    if len(who) * len(months) > rules.MOST_PLANNED:
        raise Refused(f"That would be more than {rules.MOST_PLANNED} at once.")
    more = {**(values or {}), "title": title, "state": DisseminationState.PLANNED}
    made = [
        _made(session, project, {**more, "day_month": month, "partner_id": partner})
        for month in months
        for partner in who
    ]
    session.flush()
    if len(made) == 1:
        said = timeline.say_month(months[0])
        say(session, "Plan “{what}” for {month}", what=made[0].title, month=said)
    else:
        say(session, "Plan “{what}” {count} times", what=made[0].title, count=len(made))
    return tuple(each.id for each in made)


@operation("Edit dissemination")
def edit(
    session: Session, act: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of something that spreads the word.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: A value cannot be.
    """
    record = find(session, act)
    conflicts = _set(session, record, values, based_on)
    say(session, "Edit dissemination “{what}”", what=record.title)
    return conflicts


@operation("Mark dissemination as done")
def finish(
    session: Session, acts: Sequence[int], *, today: date, values: Values | None = None
) -> None:
    """Note that something was done; what has no day, or only a month, gets one.

    Args:
        acts: Which ones.
        today: The day it was done, where none is said: in the month it was planned for if that
            is over, its last day.
        values: What is known of it now: day, reach, link.
    """
    records = several(session, Dissemination, acts, _CALLED)
    for record in records:
        given = dict(values or {})
        if "day" not in given and (record.day is None or record.precision is Precision.MONTH):
            given["day"] = _done_on(record, today)
        elif "day" not in given and record.day is not None and record.day > today:
            given["day"] = today
        _set(session, record, {**given, "state": DisseminationState.DONE})
    say(session, "Mark {what} as done", what=counted(records))


@operation("Drop dissemination")
def drop(session: Session, acts: Sequence[int], *, why: str | None = None) -> None:
    """Note that something will not be done after all; why is added to its notes."""
    records = several(session, Dissemination, acts, _CALLED)
    reason = read_lines(why)
    for record in records:
        record.state = DisseminationState.DROPPED
        if reason:
            record.notes = "\n".join(filter(None, [record.notes, reason]))
    say(session, "Drop {what}", what=counted(records))


@operation("Plan dissemination again")
def reopen(session: Session, acts: Sequence[int]) -> None:
    """Note that something is still to be done."""
    records = several(session, Dissemination, acts, _CALLED)
    for record in records:
        record.state = DisseminationState.PLANNED
    say(session, "Plan {what} again", what=counted(records))


@operation("Look at emblem and disclaimer")
def check(session: Session, acts: Sequence[int], field: str, seen: bool | None) -> None:  # noqa: FBT001 - what was seen
    """Keep whether the emblem or the disclaimer was on it; None: nobody looked."""
    if field not in ("emblem", "disclaimer"):
        raise Refused(f"{field} is not looked at here.")
    records = several(session, Dissemination, acts, _CALLED)
    for record in records:
        setattr(record, field, seen)
    said = rules.say_checked(seen)
    say(session, "Note {field} on {what}: {said}", field=field, what=counted(records), said=said)


@operation("Remove dissemination")
def remove(session: Session, acts: Sequence[int]) -> None:
    """Remove entries of the log."""
    records = several(session, Dissemination, acts, _CALLED)
    what = counted(records)
    for record in records:
        session.delete(record)
    session.flush()
    say(session, "Remove {what}", what=what)


def find(session: Session, act: int) -> Dissemination:
    """Give the record of something that spreads the word.

    Raises:
        Refused: There is none.
    """
    return existing(session, Dissemination, act, _CALLED)


def counted(records: Sequence[Dissemination]) -> str:
    """Name one by its title, several by their number."""
    if len(records) == 1:
        return f"“{records[0].title}”"
    return f"{len(records)} acts of dissemination"


def _made(session: Session, project: int, values: Values) -> Dissemination:
    if session.get(Project, project) is None:
        raise Refused("There is no such project.")
    made = Dissemination(project_id=project, title="")
    made.state, made.precision = DisseminationState.PLANNED, Precision.DAY
    _set(session, made, values)
    session.add(made)
    return made


def _set(
    session: Session, record: Dissemination, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Set fields, once all of them have been looked at."""
    wanted = _cleaned(values)
    if not wanted.keys().isdisjoint(_WHEN):
        wanted |= _when(session, record, wanted)
    _check(session, record, wanted)
    return change(record, wanted, based_on, allowed=EDITABLE, together=_WHEN)


def _cleaned(values: Values) -> dict[str, Any]:
    wanted = dict(values)
    for name in ("title", "audience", "language", "place", "link"):
        if name in wanted:
            wanted[name] = read_text(wanted[name])
    if "notes" in wanted:
        wanted["notes"] = read_lines(wanted["notes"])
    if "state" in wanted:
        wanted["state"] = DisseminationState(wanted["state"])
    return wanted


def _when(session: Session, record: Dissemination, wanted: Values) -> dict[str, Any]:
    """Complete when it is: a project month resolves to its first day, a month has no end."""
    named = {"day", "day_month", "end_day"} & wanted.keys()
    day, month, end = wanted.get("day"), wanted.get("day_month"), wanted.get("end_day")
    precision = wanted.get("precision") or Precision.DAY
    if named == {"end_day"} or not named:
        day, month, precision = record.day, record.day_month, record.precision
    elif "end_day" not in wanted:
        end = record.end_day if day is not None and record.end_day != record.day else None
        end = end if end is not None and day is not None and end >= day else None
    if month is not None:
        work_plan.check_month(month)
        start = session.get_one(Project, record.project_id).start
        if start is not None:
            day = timeline.month_start(start, month)
        return {"day": day, "day_month": month, "precision": Precision.MONTH, "end_day": None}
    if day is not None and precision is Precision.MONTH:
        end, day = None, day.replace(day=1)
    if end is not None and (day is None or end < day):
        raise Refused("It would end before it begins.")
    return {"day": day, "day_month": None, "precision": precision, "end_day": end}


def _check(session: Session, record: Dissemination, values: Values) -> None:
    whole = partial(after, record, values)
    if "title" in values and not values["title"]:
        raise Refused("Say what it is: Newsletter 3, article in the regional paper.")
    reach = values.get("reach")
    if reach is not None and not 0 <= reach <= rules.LARGEST_REACH:
        raise Refused(f"{reach} is no number of people that can be reached.")
    sort = values.get("sort")
    if sort is not None and not sort.strip():
        raise Refused(f"{quoted(sort)} is no kind of dissemination.")
    check_home(session, record.project_id, whole("work_unit_id"), whole("partner_id"))
    result = whole("deliverable_id")
    if result is not None:
        found = session.get(Deliverable, result)
        if found is None or found.project_id != record.project_id:
            raise Refused("That deliverable is not of this project.")


def _done_on(record: Dissemination, today: date) -> date:
    """Give the day something was done that was planned for a month: its last day at the latest."""
    if record.day is None:
        return today
    last = timeline.add_months(record.day, 1)
    return today if today < last else last.fromordinal(last.toordinal() - 1)
