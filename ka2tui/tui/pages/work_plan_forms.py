"""Forms for what stands in the work plan: parts of it, deliverables and milestones."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain.due import Due
from ka2tui.domain.kinds import PlanKind, WorkUnitKind, WorkUnitState
from ka2tui.domain.spans import NEVER, Span
from ka2tui.domain.timeline import say_month
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ka2tui.operations import deliverables, milestones, work_units
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries import work_plan_about as views
    from ka2tui.queries.deliverables import DeliverableDetails
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.tasks import Choices
    from ka2tui.queries.work_units import WorkUnitDetails
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
else:
    deliverables = lazily("ka2tui.operations.deliverables")
    milestones = lazily("ka2tui.operations.milestones")
    work_units = lazily("ka2tui.operations.work_units")
    task_views = lazily("ka2tui.queries.tasks")
    views = lazily("ka2tui.queries.work_plan_about")

_DUE_HINT = "fri, +2w, 12 Jan, Feb 2027, M18"


async def add(
    desk: Desk,
    project: int,
    kind: PlanKind,
    *,
    code: str,
    above: int | None = None,
    lead: int | None = None,
    currency: str = "EUR",
) -> int | None:
    """Add something to the work plan through a form; give its id.

    Args:
        desk: Where it is done.
        project: Where it is added.
        kind: What it is.
        code: The code proposed.
        above: The work package or activity it belongs to.
        lead: The partner proposed to lead it.
        currency: Of its money.
    """
    from ka2tui.tui.dialogs.form import Form

    choices = await desk.ask(task_views.choices, project)
    given = {"code": code, "lead_id": lead, "parent_id": above, "work_unit_id": above}
    fields = [
        replace(field, value=given[field.name]) if given.get(field.name) is not None else field
        for field in _fields(kind, desk.today, choices, currency)
    ]

    async def save(filled: Filled) -> Any:
        values = as_values({name: it for name, it in filled.values.items() if it is not None})
        head = values.pop("code"), values.pop("title", "")
        if kind is PlanKind.DELIVERABLE:
            return await desk.attempt(deliverables.add, project, *head, values=values)
        if kind is PlanKind.MILESTONE:
            return await desk.attempt(milestones.add, project, *head, values=values)
        made = WorkUnitKind(kind.value)
        return await desk.attempt(work_units.add, project, *head, kind=made, values=values)

    article = "an" if kind is PlanKind.ACTIVITY else "a"
    form = Form(f"Add {article} {kind.word}", fields, save=save)
    filled = await desk.push_screen_wait(form)
    return None if filled is None else int(filled.saved.value)


async def edit(
    desk: Desk, project: int, kind: PlanKind, record: int, *, currency: str = "EUR"
) -> bool:
    """Edit one in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.domain.refusal import Refused
    from ka2tui.tui.dialogs.form import Form

    try:
        seen = await desk.ask(views.about, kind, record, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False
    choices = await desk.ask(task_views.choices, project)
    known: Any = seen.unit or seen.deliverable or seen.milestone
    row = known if kind is PlanKind.MILESTONE else known.row
    operation: Any = {
        PlanKind.DELIVERABLE: deliverables.edit,
        PlanKind.MILESTONE: milestones.edit,
    }.get(kind, work_units.edit)

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        changed = as_values(filled.changed)
        return await desk.attempt(operation, record, changed, as_values(filled.based_on))

    name = plain.cut(plain.join([row.code, row.title], " "), 56)
    form = Form(f"Edit {name}", _fields(kind, desk.today, choices, currency, known), save=save)
    filled = await desk.push_screen_wait(form)
    return filled is not None and filled.saved is not None


async def publish(desk: Desk, deliverable: int) -> bool:
    """Note where a deliverable is published, and what was looked at before."""
    from ka2tui.tui.dialogs.form import Form

    seen = await desk.ask(views.about, PlanKind.DELIVERABLE, deliverable, today=desk.today)
    known = seen.deliverable
    if known is None:
        return False

    async def save(filled: Filled) -> Any:
        values, before = filled.changed, filled.based_on
        return await desk.attempt(
            deliverables.publish, deliverable, values, before, today=desk.today
        )

    name = plain.cut(plain.join([known.row.code, known.row.title], " "), 48)
    about = (
        "Look at three things before: every promised language, the licence, and the EU emblem "
        "with the funding line and the disclaimer."
    )
    fields = [replace(field, more=False) for field in _publishing(desk.today, known)]
    form = Form(f"Publish {name}", fields, save=save, about=about)
    filled = await desk.push_screen_wait(form)
    return filled is not None


def as_values(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a form as the operations take them."""
    values = dict(filled)
    if "due" in values:
        due = values.pop("due") or Due()
        values |= {"due": due.day, "due_month": due.month, "due_precision": due.precision}
    if "span" in values:
        span = values.pop("span") or NEVER
        values |= span._asdict()
    return values


# -- fields


def _fields(
    kind: PlanKind, today: date, choices: Choices, currency: str, known: Any = None
) -> list[Field]:
    """Make the fields of what is edited; those of an empty one where nothing is known."""
    if kind is PlanKind.DELIVERABLE:
        return _deliverable(today, choices, known)
    if kind is PlanKind.MILESTONE:
        return _milestone(today, choices, known)
    return _unit(kind, today, choices, currency, known)


def _head(known: Any) -> list[Field]:
    from ka2tui.tui.dialogs.form import Field

    return [
        Field("code", "Code", value=None if known is None else known.code, required=True),
        # one that came without a title from elsewhere can still be edited
        Field("title", "Title", value="" if known is None else known.title,
              required=known is None or bool(known.title)),
    ]  # fmt: skip


def _leads(choices: Choices, current: int | None) -> list[Option]:
    from ka2tui.tui.dialogs.form import options_of

    return options_of(choices.offered(current))


def _units(choices: Choices) -> list[Option]:
    from ka2tui.tui.dialogs.form import options_of

    return options_of(choices.work_units)


def _unit(
    kind: PlanKind, today: date, choices: Choices, currency: str, seen: WorkUnitDetails | None
) -> list[Field]:
    from ka2tui.domain.spans import example, read_span, say_as_read
    from ka2tui.tui.dialogs.form import Field, Option

    row = None if seen is None else seen.row
    span = NEVER
    if seen is not None and row is not None:
        span = Span(row.start_month, row.end_month, seen.start, seen.end)
    fields = [
        *_head(row),
        Field(
            "lead_id",
            "Led by",
            "choice",
            seen and seen.lead_id,
            options=_leads(choices, seen.lead_id if seen else None),
        ),
        Field(
            "span",
            "When",
            value=None if span == NEVER else span,
            hint=example(choices.start),
            read=partial(read_span, today=today, start=choices.start),
            write=str,
            say=partial(say_as_read, start=choices.start, end=choices.end),
            parts={"start_month": say_month, "end_month": say_month, "start": _same, "end": _same},
        ),
        Field("amount_cents", "Money", "amount", row and row.amount_cents, currency=currency),
    ]
    if kind is PlanKind.ACTIVITY:
        fields.append(
            Field("parent_id", "Part of", "choice", seen and seen.parent_id,
                  options=_units(choices))
        )  # fmt: skip
    stated = None if row is None else row.percent
    state = WorkUnitState.PLANNED if row is None else row.state
    return [
        *fields,
        Field("place", "Place", value=seen and seen.place, more=kind is not PlanKind.ACTIVITY),
        Field("expected_participants", "Participants", "integer",
              seen and seen.expected_participants, more=kind is not PlanKind.ACTIVITY,
              hint="how many are expected"),
        Field("reported_participants", "Reported", "integer",
              seen and seen.reported_participants, more=True, hint="how many came, as reported"),
        Field("objectives", "Objectives", "long", seen and seen.objectives, more=row is None),
        Field("expected_results", "Results", "long", seen and seen.expected_results,
              more=row is None, hint="what is expected to come of it"),
        Field("state", "State", "choice", state, more=row is None,
              options=[Option(each, each.word) for each in WorkUnitState]),
        Field("percent", "Done, per cent", "integer", stated, more=True, check=_per_cent,
              hint="as its lead says; empty: counted"),
        Field("category", "Category", value=seen and seen.category, more=True,
              hint="management, implementation"),
        Field("notes", "Notes", "long", seen and seen.notes, more=True),
    ]  # fmt: skip


def _per_cent(value: Any) -> str | None:
    return None if value is None or 0 <= value <= 100 else "Between 0 and 100, please."


def due_field(row: Any, today: date, start: date | None, end: date | None = None) -> Field:
    """Make the field that says when something is due; empty where there is nothing yet.

    Args:
        row: Of what is due; None: nothing yet.
        today: The day that relative dates start from.
        start: The project's first day, where that is known.
        end: Its last day, where what comes later may be a slip.
    """
    from ka2tui.domain.due import read_due, say_as_read, write_due
    from ka2tui.tui.dialogs.form import Field

    due = Due() if row is None else Due(row.due, row.due_month, row.precision)
    return Field(
        "due",
        "Due",
        value=None if due == Due() else due,
        hint=_DUE_HINT,
        read=partial(read_due, today=today, start=start),
        write=write_due,
        say=partial(say_as_read, today=today, end=end),
        parts={"due": _same, "due_month": say_month, "due_precision": _unsaid},
    )


def _same(value: Any) -> Any:
    return value


def _unsaid(_: Any) -> None:
    """Say nothing of what the date itself tells."""


def _deliverable(today: date, choices: Choices, seen: DeliverableDetails | None) -> list[Field]:
    from ka2tui.tui.dialogs.form import Field

    row = None if seen is None else seen.row
    return [
        *_head(row),
        due_field(row, today, choices.start, choices.end),
        Field("lead_id", "Led by", "choice", seen and seen.lead_id,
              options=_leads(choices, seen.lead_id if seen else None)),
        Field("work_unit_id", "Belongs to", "choice", seen and seen.work_unit_id,
              options=_units(choices)),
        Field("review_due", "Review by", "date", seen and seen.review_due, start=choices.start,
              hint="when reviewers answer"),
        Field("delivered_on", "Delivered", "date", row and row.delivered_on, more=row is None,
              start=choices.start),
        Field("lead_text", "Or led by", value=seen and seen.lead_text, more=True,
              hint="where it is no partner"),
        *_publishing(today, seen),
        *_on_platform(seen),
        Field("notes", "Notes", "long", seen and seen.notes, more=not (seen and seen.notes)),
    ]  # fmt: skip


def _publishing(today: date, seen: DeliverableDetails | None) -> list[Field]:
    from ka2tui.tui.dialogs.form import Field

    return [
        Field("published_at", "Address", value=seen and seen.published_at, more=True,
              hint="where it can be found"),
        Field("languages", "Languages", value=seen and seen.languages, more=True,
              hint="EN, ES, PL"),
        Field("licence", "Licence", value=seen and seen.licence, more=True, hint="CC BY 4.0"),
        Field("visibility_checked_on", "EU emblem seen", "date",
              seen and seen.visibility_checked_on, more=True,
              hint=f"the day it was looked at: {today.day} {today:%b}"),
    ]  # fmt: skip


def _on_platform(seen: DeliverableDetails | None) -> list[Field]:
    from ka2tui.domain.kinds import PlatformState
    from ka2tui.tui.dialogs.form import Field, Option

    states = [Option(None, "not said"), *(Option(it, it.word) for it in PlatformState)]
    return [
        Field("platform_state", "On platform", "choice", seen and seen.platform_state, more=True,
              options=states),
        Field("platform_on", "Since", "date", seen and seen.platform_on, more=True),
        Field("platform_link", "Link there", value=seen and seen.platform_link, more=True,
              hint="on the results platform"),
    ]  # fmt: skip


def _milestone(today: date, choices: Choices, row: MilestoneRow | None) -> list[Field]:
    from ka2tui.tui.dialogs.form import Field

    return [
        *_head(row),
        due_field(row, today, choices.start, choices.end),
        Field("work_unit_id", "Belongs to", "choice", row and row.work_unit_id,
              options=_units(choices)),
        Field("verification", "Shown by", value=row and row.verification,
              hint="minutes, a list, signed agreements"),
        Field("reached_on", "Reached on", "date", row and row.reached_on, more=row is None,
              start=choices.start),
        Field("notes", "Notes", "long", row and row.notes, more=not (row and row.notes)),
    ]  # fmt: skip
