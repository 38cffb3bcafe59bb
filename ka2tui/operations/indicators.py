"""Indicators: add, edit, remove, and keep what was measured."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain import due as dates
from ka2tui.domain import indicators as rules
from ka2tui.domain import quantity, work_plan
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import coded
from ka2tui.operations import codes
from ka2tui.operations.fields import FieldConflict, Values, after, change, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.operations.work_units import check_home
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Indicator, Measurement, Project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"code", "title", "work_unit_id", "lead_id", "unit", "baseline", "target", "rising", "term"}
    | {"source", "due", "due_month", "due_precision", "notes"}
)
_DUE = ("due", "due_month", "due_precision")
_MEASURED = frozenset({"day", "value", "source", "note"})


@operation("Add indicator")
def add(session: Session, project: int, title: str, *, values: Values | None = None) -> int:
    """Add a number by which the project says what it changed; without a code it gets the next.

    Returns:
        Its id.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    found = session.get(Project, project)
    if found is None:
        raise Refused("There is no such project.")
    made = Indicator(project_id=project, title="", rising=True)
    made.due_precision = Precision.DAY
    wanted = _cleaned({**(values or {}), "title": title}, found.start)
    if not wanted.get("code"):
        wanted["code"] = codes.next_free(session, Indicator, project, "I")
    _check(session, made, wanted)
    change(made, wanted, allowed=EDITABLE)
    _settle(made)
    session.add(made)
    session.flush()
    say(session, "Add indicator {what}", what=called(made))
    return made.id


@operation("Edit indicator")
def edit(
    session: Session, indicator: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of an indicator.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    record = find(session, indicator)
    project = session.get_one(Project, record.project_id)
    wanted = _cleaned(values, project.start)
    _check(session, record, wanted)
    conflicts = change(record, wanted, based_on, allowed=EDITABLE, together=_DUE)
    _settle(record)
    say(session, "Edit indicator {what}", what=called(record))
    return conflicts


@operation("Remove indicators")
def remove(session: Session, indicators: Sequence[int]) -> None:
    """Remove indicators with all that was measured."""
    records = several(session, Indicator, indicators, "indicator")
    for record in records:
        session.delete(record)
    session.flush()
    what = called(records[0]) if len(records) == 1 else f"{len(records)} indicators"
    say(session, "Remove {what}", what=what)


@operation("Measure indicator")
def measure(
    session: Session,
    indicator: int,
    value: str,
    *,
    day: date,
    today: date,
    source: str | None = None,
    note: str | None = None,
) -> int:
    """Keep what an indicator was on a day.

    Args:
        indicator: Which one.
        value: A number as people write it.
        day: The day it was measured.
        today: What was measured lies in the past.
        source: Where the value comes from.
        note: Anything else.

    Returns:
        The id of the measurement.

    Raises:
        Refused: The value is no number, or the day is still to come.
    """
    record = find(session, indicator)
    made = Measurement(project_id=record.project_id, indicator_id=record.id)
    _measured(made, {"value": value, "day": day, "source": source, "note": note}, today)
    session.add(made)
    session.flush()
    said = quantity.say(made.value, record.unit)
    say(
        session,
        "Measure {what}: {value} on {day}",
        what=called(record),
        value=said,
        day=say_brief(day),
    )
    return made.id


@operation("Edit measurement")
def edit_measurement(
    session: Session,
    measurement: int,
    values: Values,
    based_on: Values | None = None,
    *,
    today: date,
) -> tuple[FieldConflict, ...]:
    """Change what was measured.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: The value is no number, or the day is still to come.
    """
    record = existing(session, Measurement, measurement, "measurement")
    conflicts = _measured(record, values, today, based_on)
    say(session, "Edit measurement of {what}", what=called(find(session, record.indicator_id)))
    return conflicts


@operation("Remove measurements")
def remove_measurements(session: Session, measurements: Sequence[int]) -> None:
    """Take measurements away."""
    records = several(session, Measurement, measurements, "measurement")
    whose = {record.indicator_id for record in records}
    for record in records:
        session.delete(record)
    session.flush()
    if len(records) == 1:
        what = called(find(session, records[0].indicator_id))
        said = say_brief(records[0].day)
        say(session, "Remove measurement of {what} on {day}", what=what, day=said)
    elif len(whose) == 1:
        what = called(find(session, whose.pop()))
        say(session, "Remove {count} measurements of {what}", count=len(records), what=what)
    else:
        say(session, "Remove {count} measurements", count=len(records))


def find(session: Session, indicator: int) -> Indicator:
    """Give the record of an indicator.

    Raises:
        Refused: There is none.
    """
    return existing(session, Indicator, indicator, "indicator")


def called(record: Indicator) -> str:
    """Name an indicator by its code and title."""
    return coded(record.code, f"“{record.title}”")


def _measured(
    record: Measurement, values: Values, today: date, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Set what was measured."""
    wanted = dict(values)
    if "value" in wanted:
        wanted["value"] = quantity.read_quantity(str(wanted["value"] or ""))
    if "day" in wanted and wanted["day"] is None:
        raise Refused("A measurement needs its day.")
    if wanted.get("day") is not None and wanted["day"] > today:
        raise Refused(f"{say_brief(wanted['day'])} is still to come: nothing is measured yet.")
    if "source" in wanted:
        wanted["source"] = read_text(wanted["source"])
    if "note" in wanted:
        wanted["note"] = read_lines(wanted["note"])
    return change(record, wanted, based_on, allowed=_MEASURED)


def _cleaned(values: Values, start: date | None) -> dict[str, Any]:
    wanted = dict(values)
    for name in ("code", "title", "unit"):
        if name in wanted:
            wanted[name] = read_text(wanted[name])
    for name in ("source", "notes"):
        if name in wanted:
            wanted[name] = read_lines(wanted[name])
    for name in ("baseline", "target"):
        if wanted.get(name) is not None:
            said = quantity.read(str(wanted[name])) if str(wanted[name]).strip() else None
            wanted[name] = said and said.value
            if said and said.unit and not wanted.get("unit"):
                wanted["unit"] = said.unit
    if not wanted.keys().isdisjoint(_DUE):
        precision = wanted.get("due_precision") or Precision.DAY
        due = dates.due(wanted.get("due"), wanted.get("due_month"), precision, start=start)
        wanted |= {"due": due.day, "due_month": due.month, "due_precision": due.precision}
    return wanted


def _settle(record: Indicator) -> None:
    """Let baseline and target say which way is better, where they differ."""
    record.rising = rules.rises(record.baseline, record.target, said=record.rising)


def _check(session: Session, record: Indicator, values: Values) -> None:
    whole = partial(after, record, values)
    if "title" in values and not values["title"]:
        raise Refused("An indicator needs a name.")
    if "rising" in values and values["rising"] is None:
        raise Refused("Say whether more is better, or less.")
    work_plan.check_month(whole("due_month"))
    check_home(session, record.project_id, whole("work_unit_id"), whole("lead_id"))
    if values.get("code"):
        codes.refuse_taken(session, record, values["code"])
