"""What is due, whatever it is: tasks, deliverables, reviews, milestones, meetings and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, select

from ka2tui.domain import payments as money
from ka2tui.domain.days import last_day
from ka2tui.domain.deadlines import REPORTS
from ka2tui.domain.kinds import ACCEPTED_RESULTS, MeetingState, PhaseState, Precision, Priority
from ka2tui.frozen import frozen
from ka2tui.store.lots import in_parts
from ka2tui.store.records import (
    Deliverable,
    Meeting,
    Milestone,
    Partner,
    Payment,
    Phase,
    Project,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from ka2tui.queries.tasks import TaskRow

Kind = Literal[
    "task",
    "deliverable",
    "milestone",
    "meeting",
    "review",
    "phase",
    "deadline",
    "payment",
    "letter",
    "risk",
    "log_entry",
]
KINDS: tuple[Kind, ...] = (
    *("task", "deliverable", "milestone", "meeting"),
    *("review", "phase", "deadline", "payment"),
    *("letter", "risk", "log_entry"),
)
_NAMES = (
    *("", "application", "amendment", "keep_papers"),
    *(f"{report}_report{suffix}" for report in REPORTS for suffix in ("", "_own", "_data")),
)
"""What a deadline of a project can be."""


@frozen
class Item:
    """Something with a date."""

    kind: Kind
    id: int
    """Of the record: a review's is the deliverable's, a deadline's the project's."""
    code: str | None
    title: str
    state: str
    due: date | None
    due_month: int | None
    due_precision: Precision
    assignee: str | None
    work_unit: str | None
    priority: Priority = Priority.NORMAL
    tags: tuple[str, ...] = ()
    recurrence: str | None = None
    waiting_since: date | None = None
    person: bool = False
    """Whether the assignee is somebody by name, and not a partner."""
    project_id: int | None = None
    project: str | None = None
    """The acronym of whose it is, where several projects stand together."""
    name: str = ""
    """Which deadline of its project it is."""
    starts_at: datetime | None = None
    """The instant of a meeting or of an application's deadline, in UTC."""
    zone: str | None = None
    note: str = ""
    """Where a date comes from: "derived: end + 60 days"."""

    @property
    def key(self) -> int:
        """A number that no other item of the same day has."""
        number = self.id * len(KINDS) + KINDS.index(self.kind)
        return number * len(_NAMES) + (_NAMES.index(self.name) if self.name in _NAMES else 0)

    @property
    def order(self) -> tuple[bool, Any, bool, Any, int]:
        """Stand by day, what has an hour first, then as it was added."""
        return (
            *(self.due is None, self.due, self.starts_at is None, self.starts_at),
            self.id * len(KINDS) + KINDS.index(self.kind),
        )


@frozen
class Owners:
    """Whose records are read, and what those projects are called."""

    project: int | None
    """None: everybody's."""
    acronyms: Mapping[int, str]
    """Empty where one project alone is read."""

    def of(self, table: Any) -> list[ColumnElement[bool]]:
        """Give the condition that a row is one of them."""
        return [] if self.project is None else [table.project_id == self.project]


def owners(session: Session, project: int | None) -> Owners:
    """Tell whose records are meant: one project's, or everybody's."""
    if project is not None:
        return Owners(project, {})
    rows = session.execute(select(Project.id, Project.acronym))
    return Owners(None, {row.id: row.acronym for row in rows})


def of_tasks(session: Session, whose: Owners, rows: list[TaskRow]) -> Iterator[Item]:
    """Turn tasks into items; where they are everybody's, they say whose they are."""
    of: dict[int, int] = {}
    for some in in_parts(row.id for row in rows if whose.project is None):
        found = session.execute(select(Task.id, Task.project_id).where(Task.id.in_(some)))
        of |= {row.id: row.project_id for row in found}
    for row in rows:
        project = of.get(row.id, whose.project)
        yield Item(
            kind="task",
            id=row.id,
            code=row.code,
            title=row.title,
            state=row.state,
            due=row.due,
            due_month=row.due_month,
            due_precision=row.due_precision,
            assignee=row.assignee,
            work_unit=row.work_unit,
            priority=row.priority,
            tags=row.tags,
            recurrence=row.recurrence,
            waiting_since=row.waiting_since,
            person=row.contact is not None,
            project_id=project,
            project=whose.acronyms.get(project or 0),
        )


def deliverables(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the deliverables that are not handed over and due by a day."""
    for row in session.execute(_open_deliverables(whose).where(Deliverable.due <= last)):
        yield _deliverable("deliverable", row, whose, row.due)


def reviews(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the reviews of deliverables that should be over by a day."""
    for row in session.execute(_open_deliverables(whose).where(Deliverable.review_due <= last)):
        yield _deliverable("review", row, whose, row.review_due)


def _open_deliverables(whose: Owners) -> Any:
    lead = func.coalesce(Partner.acronym, Partner.name, Deliverable.lead_text).label("lead")
    return (
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.state),
            *(Deliverable.due, Deliverable.due_month, Deliverable.due_precision),
            *(Deliverable.review_due, Deliverable.project_id),
            *(lead, WorkUnit.code.label("unit")),
        )
        .outerjoin(Partner.__table__, Deliverable.lead_id == Partner.id)
        .outerjoin(WorkUnit.__table__, Deliverable.work_unit_id == WorkUnit.id)
        .where(
            *whose.of(Deliverable),
            Deliverable.delivered_on.is_(None),
            Deliverable.state.not_in(ACCEPTED_RESULTS),
        )
    )


def _deliverable(kind: Kind, row: Any, whose: Owners, due: date) -> Item:
    own = kind == "deliverable"
    return Item(
        *(kind, row.id, row.code, row.title, row.state, due),
        *(row.due_month if own else None, row.due_precision if own else Precision.DAY),
        *(row.lead, row.unit),
        project_id=row.project_id,
        project=whose.acronyms.get(row.project_id),
        note="" if own else "review",
    )


def milestones(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the milestones that are not reached and due by a day."""
    columns: list[Any] = [
        *(Milestone.id, Milestone.code, Milestone.title, Milestone.due, Milestone.due_month),
        *(Milestone.due_precision, Milestone.project_id, WorkUnit.code.label("unit")),
    ]
    query = (
        select(*columns)
        .outerjoin(WorkUnit.__table__, Milestone.work_unit_id == WorkUnit.id)
        .where(*whose.of(Milestone), Milestone.due <= last, Milestone.reached_on.is_(None))
    )
    for row in session.execute(query):
        yield Item(
            *("milestone", row.id, row.code, row.title, "planned"),
            *(row.due, row.due_month, row.due_precision, None, row.unit),
            project_id=row.project_id,
            project=whose.acronyms.get(row.project_id),
        )


def meetings(session: Session, whose: Owners, day: date, last: date) -> Iterator[Item]:
    """Give the meetings planned to begin by a day; one that went by unmarked is late."""
    host = func.coalesce(Partner.acronym, Partner.name).label("host")
    columns: list[Any] = [
        *(Meeting.id, Meeting.code, Meeting.title, Meeting.day, Meeting.end_day, Meeting.month),
        *(Meeting.precision, Meeting.starts_at, Meeting.zone, Meeting.place, Meeting.city),
        *(Meeting.project_id, host, WorkUnit.code.label("unit")),
    ]
    query = (
        select(*columns)
        .outerjoin(Partner.__table__, Meeting.host_id == Partner.id)
        .outerjoin(WorkUnit.__table__, Meeting.work_unit_id == WorkUnit.id)
        .where(*whose.of(Meeting), Meeting.state == MeetingState.PLANNED, Meeting.day <= last)
    )
    for row in session.execute(query):
        by_month = row.precision is Precision.MONTH
        ends = last_day(row.day, row.end_day, row.precision) or row.day
        due = row.day if row.day >= day else ends if by_month or ends < day else day
        if due > last:
            continue
        yield Item(
            *("meeting", row.id, row.code, row.title, "planned", due),
            *(row.month if by_month else None, Precision.MONTH if by_month else Precision.DAY),
            *(row.host, row.unit),
            project_id=row.project_id,
            project=whose.acronyms.get(row.project_id),
            starts_at=row.starts_at,
            zone=row.zone,
            note=row.place or row.city or "",
        )


def phases(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the phases under way that should end by a day."""
    columns: list[Any] = [Phase.id, Phase.kind, Phase.planned_end, Phase.project_id]
    query = select(*columns).where(
        *whose.of(Phase), Phase.state == PhaseState.UNDER_WAY, Phase.planned_end <= last
    )
    for row in session.execute(query):
        yield Item(
            *("phase", row.id, None, f"{row.kind.word}: planned end", "open"),
            *(row.planned_end, None, Precision.DAY, None, None),
            project_id=row.project_id,
            project=whose.acronyms.get(row.project_id),
        )


def payments(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the payments that are not made in full and due by a day; nothing tells how much."""
    columns: list[Any] = [
        *(Payment.id, Payment.title, Payment.kind, Payment.due, Payment.due_month),
        *(Payment.due_precision, Payment.amount_cents, Payment.paid_on, Payment.paid_cents),
        *(Payment.condition, Payment.project_id),
        func.coalesce(Partner.acronym, Partner.name).label("who"),
    ]
    query = (
        select(*columns)
        .outerjoin(Partner.__table__, Payment.partner_id == Partner.id)
        .where(*whose.of(Payment), Payment.due <= last)
    )
    for row in session.execute(query):
        made = row.paid_on is not None or row.paid_cents
        if made and not money.left_of(row.amount_cents, row.paid_on, row.paid_cents):
            continue
        yield Item(
            *("payment", row.id, None, row.title, "planned"),
            *(row.due, row.due_month, row.due_precision, row.who, None),
            project_id=row.project_id,
            project=whose.acronyms.get(row.project_id),
            note=row.kind.word if row.condition is None else f"condition: {row.condition}",
        )
