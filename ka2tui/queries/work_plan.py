"""The work plan: work packages, activities or headings with what was promised in them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import case, func, select

from ka2tui.domain import progress, timeline
from ka2tui.domain.kinds import (
    ACCEPTED_RESULTS,
    CLOSED_TASKS,
    CLOSED_WORK,
    DeliverableState,
    MilestoneState,
    PlanKind,
    Precision,
    ProjectShape,
    TaskState,
    WorkUnitState,
)
from ka2tui.domain.plan_money import Divided, total
from ka2tui.domain.work_plan import plan_key
from ka2tui.frozen import frozen
from ka2tui.store.records import Deliverable, Milestone, Partner, Project, Share, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.progress import Standing


class Counts(NamedTuple):
    """What belongs to a part of the plan, with what it contains; cancelled tasks left out."""

    tasks: int = 0
    tasks_done: int = 0
    tasks_late: int = 0
    deliverables: int = 0
    deliverables_done: int = 0
    deliverables_late: int = 0

    def plus(self, other: Counts) -> Counts:
        """Count two parts together."""
        return Counts(*(mine + its for mine, its in zip(self, other, strict=True)))


@frozen
class PlanRow:
    """A work package, activity, heading, deliverable or milestone."""

    kind: PlanKind
    id: int
    code: str
    title: str
    state: WorkUnitState | DeliverableState | MilestoneState
    parent: int | None
    """The key of the row that it stands below."""
    work_unit: str | None
    """The code of the work package or activity it is part of."""
    work_unit_id: int | None
    lead: str | None
    """The leading partner's acronym, else its name, else who leads as it was written."""
    lead_id: int | None
    start_month: int | None
    end_month: int | None
    first: date | None
    """The first day: as dated, else of the first month."""
    due: date | None
    """When it is due; of a part of the plan the last day."""
    due_month: int | None
    due_precision: Precision
    done_on: date | None
    """When it was delivered or reached."""
    review_due: date | None
    counts: Counts
    stated: int | None
    """Per cent, as its lead says."""
    counted: int | None
    """Per cent, from tasks and deliverables; None where there are none."""
    elapsed: int | None
    """Per cent of its time that has passed; None where that is not known."""
    amount_cents: int | None
    shares: Divided
    """Its money and that of its partners' shares."""
    activities: Divided
    """Its money and that of the activities in it."""
    has_shares: bool
    has_activities: bool
    """Whether any activity in it has money of its own."""
    place: str | None
    participants: int | None
    late: bool
    published_at: str | None

    @property
    def key(self) -> int:
        """A number that no other row of the plan has."""
        return plan_key(self.kind, self.id)

    @property
    def is_unit(self) -> bool:
        """Whether it is a work package, activity or heading."""
        return self.kind.is_unit

    @property
    def where(self) -> str | None:
        """The part of the plan it is, or belongs to."""
        return self.code if self.is_unit else self.work_unit

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in (*CLOSED_WORK, *ACCEPTED_RESULTS, MilestoneState.REACHED)

    @property
    def done(self) -> int | None:
        """Per cent done, as its lead says, else as counted."""
        return self.counted if self.stated is None else self.stated

    @property
    def standing(self) -> Standing | None:
        """How work and time compare; None where one is not known, or it was cancelled."""
        if self.elapsed is None or self.state is WorkUnitState.CANCELLED:
            return None
        return progress.standing(self.done, self.elapsed)

    @property
    def adds_up(self) -> bool:
        """Whether shares and activities come to exactly its money, where there are any."""
        return (self.shares.adds_up or not self.has_shares) and (
            self.activities.adds_up or not self.has_activities
        )


@frozen
class WorkPlan:
    """The whole work plan of a project."""

    shape: ProjectShape
    start: date | None
    months: int | None
    currency: str
    money: Divided
    """The grant, and what the work plan comes to."""
    rows: tuple[PlanRow, ...]
    """As a tree in its own order: activities, then what was promised, by date; loose ones last."""


def read(session: Session, project: int, *, today: date) -> WorkPlan:
    """Read the work plan of a project."""
    facts = session.execute(
        select(
            *(Project.shape, Project.start, Project.months, Project.grant_cents),
            Project.currency,
        ).where(Project.id == project)
    ).one()
    units = _units(session, project)
    promised = [
        *_deliverables(session, project, today),
        *_milestones(session, project, today),
    ]
    promised.sort(key=lambda row: (row.due is None, row.due, row.due_month or 0, row.code))
    below: dict[int | None, list[PlanRow]] = defaultdict(list)
    for row in promised:
        below[row.work_unit_id].append(row)
    inside: dict[int, list[Any]] = defaultdict(list)
    known = {unit.id: unit.code for unit in units}
    for unit in units:
        if unit.parent_id in known:
            inside[unit.parent_id].append(unit)
    own = _counts(session, project, promised, today)
    shared = _shared(session, project)
    made = {
        unit.id: _unit_row(
            *(unit, inside[unit.id], own, shared),
            above=known.get(unit.parent_id),
            start=facts.start,
            today=today,
        )
        for unit in units
    }
    rows: list[PlanRow] = []
    for unit in units:
        if unit.parent_id in known:
            continue
        rows.append(made[unit.id])
        for part in inside[unit.id]:
            rows += [made[part.id], *below.pop(part.id, ())]
        rows += below.pop(unit.id, ())
    rows += [row for some in below.values() for row in some]
    planned = total(
        unit.amount_cents
        if unit.amount_cents is not None
        else total(part.amount_cents for part in inside[unit.id])
        for unit in units
        if unit.parent_id not in known
    )
    money = Divided(facts.grant_cents, planned)
    return WorkPlan(facts.shape, facts.start, facts.months, facts.currency, money, tuple(rows))


def _units(session: Session, project: int) -> list[Any]:
    rows = (
        select(
            *(WorkUnit.id, WorkUnit.kind, WorkUnit.code, WorkUnit.title, WorkUnit.parent_id),
            *(WorkUnit.lead_id, func.coalesce(Partner.acronym, Partner.name).label("lead")),
            *(WorkUnit.start_month, WorkUnit.end_month, WorkUnit.start, WorkUnit.end),
            *(WorkUnit.place, WorkUnit.amount_cents, WorkUnit.expected_participants),
            *(WorkUnit.state, WorkUnit.percent),
        )
        .outerjoin(Partner.__table__, WorkUnit.lead_id == Partner.id)
        .where(WorkUnit.project_id == project)
        .order_by(WorkUnit.position, WorkUnit.id)
    )
    return list(session.execute(rows))


def _shared(session: Session, project: int) -> dict[int, int]:
    """Add up the partners' shares of each part; only those with a share are named."""
    rows = (
        select(Share.work_unit_id, func.sum(func.coalesce(Share.amount_cents, 0)))
        .where(Share.project_id == project, Share.amount_cents.is_not(None))
        .group_by(Share.work_unit_id)
    )
    return {unit: int(cents) for unit, cents in session.execute(rows)}


def _counts(
    session: Session, project: int, promised: Iterable[PlanRow], today: date
) -> dict[int, Counts]:
    """Count what belongs to each part itself."""
    late = case((Task.state.not_in(CLOSED_TASKS) & (Task.due < today), 1), else_=0)
    done = case((Task.state == TaskState.DONE, 1), else_=0)
    rows = (
        select(Task.work_unit_id, func.count(Task.id), func.sum(done), func.sum(late))
        .where(
            Task.project_id == project,
            Task.work_unit_id.is_not(None),
            Task.state != TaskState.CANCELLED,
        )
        .group_by(Task.work_unit_id)
    )
    found: dict[int, Counts] = defaultdict(Counts)
    for unit, *numbers in session.execute(rows):
        found[unit] = Counts(*map(int, numbers))
    for row in promised:
        if row.kind is PlanKind.DELIVERABLE and row.work_unit_id is not None:
            one = Counts(deliverables=1, deliverables_done=row.closed, deliverables_late=row.late)
            found[row.work_unit_id] = found[row.work_unit_id].plus(one)
    return found


def _unit_row(
    unit: Any,
    inside: list[Any],
    own: Mapping[int, Counts],
    shared: Mapping[int, int],
    *,
    above: str | None,
    start: date | None,
    today: date,
) -> PlanRow:
    """Make the row of a work package, activity or heading; what it contains counts for it."""
    counts = own.get(unit.id, Counts())
    for part in inside:
        counts = counts.plus(own.get(part.id, Counts()))
    first, last = unit.start, unit.end
    if start is not None and first is None and unit.start_month is not None:
        first = timeline.month_start(start, unit.start_month)
    by_month = last is None and unit.end_month is not None
    if start is not None and last is None and unit.end_month is not None:
        last = timeline.month_end(start, unit.end_month)
    over = unit.state.closed
    stated = unit.percent
    if stated is None and unit.state is WorkUnitState.DONE:
        stated = progress.ALL
    amounts = [part.amount_cents for part in inside]
    return PlanRow(
        kind=PlanKind(unit.kind.value),
        id=unit.id,
        code=unit.code,
        title=unit.title,
        state=unit.state,
        parent=None if unit.parent_id is None else plan_key(PlanKind.WORK_PACKAGE, unit.parent_id),
        work_unit=above,
        work_unit_id=unit.parent_id,
        lead=unit.lead,
        lead_id=unit.lead_id,
        start_month=unit.start_month,
        end_month=unit.end_month,
        first=first,
        due=last,
        due_month=unit.end_month if by_month else None,
        due_precision=Precision.MONTH if by_month else Precision.DAY,
        done_on=None,
        review_due=None,
        counts=counts,
        stated=stated,
        counted=progress.work_done(
            counts.tasks_done, counts.tasks, counts.deliverables_done, counts.deliverables
        ),
        elapsed=None if first is None or last is None else progress.elapsed(first, last, today),
        amount_cents=unit.amount_cents,
        shares=Divided(unit.amount_cents, shared.get(unit.id, 0)),
        activities=Divided(unit.amount_cents, total(amounts)),
        has_shares=unit.id in shared,
        has_activities=any(amount is not None for amount in amounts),
        place=unit.place,
        participants=unit.expected_participants,
        late=last is not None and last < today and not over,
        published_at=None,
    )


_NOTHING: dict[str, Any] = {
    "start_month": None,
    "end_month": None,
    "first": None,
    "counts": Counts(),
    "stated": None,
    "counted": None,
    "elapsed": None,
    "amount_cents": None,
    "shares": Divided(None, 0),
    "activities": Divided(None, 0),
    "has_shares": False,
    "has_activities": False,
    "place": None,
    "participants": None,
}
"""What only parts of the plan have."""


def _deliverables(session: Session, project: int, today: date) -> list[PlanRow]:
    rows = (
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.state),
            *(Deliverable.work_unit_id, WorkUnit.code.label("unit"), Deliverable.lead_id),
            func.coalesce(Partner.acronym, Partner.name, Deliverable.lead_text).label("lead"),
            *(Deliverable.due, Deliverable.due_month, Deliverable.due_precision),
            *(Deliverable.delivered_on, Deliverable.review_due, Deliverable.published_at),
        )
        .outerjoin(WorkUnit.__table__, Deliverable.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Deliverable.lead_id == Partner.id)
        .where(Deliverable.project_id == project)
    )
    return [
        PlanRow(
            kind=PlanKind.DELIVERABLE,
            id=row.id,
            code=row.code,
            title=row.title,
            state=row.state,
            parent=_above(row.work_unit_id),
            work_unit=row.unit,
            work_unit_id=row.work_unit_id,
            lead=row.lead,
            lead_id=row.lead_id,
            due=row.due,
            due_month=row.due_month,
            due_precision=row.due_precision,
            done_on=row.delivered_on,
            review_due=row.review_due,
            late=row.due is not None and row.due < today and not row.state.done,
            published_at=row.published_at,
            **_NOTHING,
        )
        for row in session.execute(rows)
    ]


def _milestones(session: Session, project: int, today: date) -> list[PlanRow]:
    rows = (
        select(
            *(Milestone.id, Milestone.code, Milestone.title, Milestone.work_unit_id),
            *(WorkUnit.code.label("unit"), Milestone.due, Milestone.due_month),
            *(Milestone.due_precision, Milestone.reached_on),
        )
        .outerjoin(WorkUnit.__table__, Milestone.work_unit_id == WorkUnit.id)
        .where(Milestone.project_id == project)
    )
    return [
        PlanRow(
            kind=PlanKind.MILESTONE,
            id=row.id,
            code=row.code,
            title=row.title,
            state=MilestoneState.PLANNED if row.reached_on is None else MilestoneState.REACHED,
            parent=_above(row.work_unit_id),
            work_unit=row.unit,
            work_unit_id=row.work_unit_id,
            lead=None,
            lead_id=None,
            due=row.due,
            due_month=row.due_month,
            due_precision=row.due_precision,
            done_on=row.reached_on,
            review_due=None,
            late=row.due is not None and row.due < today and row.reached_on is None,
            published_at=None,
            **_NOTHING,
        )
        for row in session.execute(rows)
    ]


def _above(work_unit: int | None) -> int | None:
    return None if work_unit is None else plan_key(PlanKind.WORK_PACKAGE, work_unit)
