"""The plan of a project: laid out from a template, and moved when the project's first day moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict, TypeVar

from sqlalchemy import or_, select

from ka2tui.domain import money
from ka2tui.domain.kinds import DisseminationState, MeetingState, Precision
from ka2tui.domain.recurrence import anchored
from ka2tui.domain.timeline import month_end, month_start
from ka2tui.store.records import (
    AgendaItem,
    Deliverable,
    Dissemination,
    Indicator,
    Meeting,
    Milestone,
    Payment,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from ka2tui.domain.templates import Due, Template
    from ka2tui.store.records import Project

D = TypeVar("D", Task, Deliverable, Milestone, Indicator, Payment)


def lay_out(session: Session, project: Project, template: Template, lead: int | None) -> None:
    """Give a project the parts, results, tasks and meetings of a template.

    Args:
        lead: The partner who leads and does everything to begin with.
    """
    layout = _Layout(session, project, template, lead, project.months or template.months)
    layout.add_parts()
    layout.add_deliverables()
    layout.add_milestones()
    layout.add_tasks()
    layout.add_meetings()
    session.flush()


def move(session: Session, project: Project, was: date | None) -> None:
    """Resolve again what is planned in project months, after the project's first day moved.

    Days that somebody entered stay, and so do meetings that were held.

    Args:
        was: The first day before.
    """
    start = project.start
    if start is None or start == was:
        return
    planned: list[Task | Deliverable | Milestone | Indicator | Payment] = [
        *_planned_in_months(session, Task, project),
        *_planned_in_months(session, Deliverable, project),
        *_planned_in_months(session, Milestone, project),
        *_planned_in_months(session, Indicator, project),
        *_planned_in_months(session, Payment, project),
    ]
    for row in planned:
        if row.due_month is not None:
            row.due = month_end(start, row.due_month)
    _move_dissemination(session, project, start)
    meetings = select(Meeting).where(
        Meeting.project_id == project.id,
        Meeting.state == MeetingState.PLANNED,
        or_(Meeting.precision == Precision.MONTH, Meeting.day.is_(None)),
        Meeting.month.is_not(None),
    )
    for meeting in session.scalars(meetings):
        if meeting.month is not None:
            meeting.day, meeting.end_day = month_start(start, meeting.month), None
            meeting.precision = Precision.MONTH


def _move_dissemination(session: Session, project: Project, start: date) -> None:
    """Resolve again the months in which the word is to be spread."""
    acts = select(Dissemination).where(
        Dissemination.project_id == project.id,
        Dissemination.state == DisseminationState.PLANNED,
        Dissemination.precision == Precision.MONTH,
        Dissemination.day_month.is_not(None),
    )
    for act in session.scalars(acts):
        if act.day_month is not None:
            act.day, act.end_day = month_start(start, act.day_month), None


def _planned_in_months(session: Session, table: type[D], project: Project) -> Sequence[D]:
    mine = select(table).where(
        table.project_id == project.id,
        table.due_month.is_not(None),
        table.due_precision == Precision.MONTH,
    )
    return session.scalars(mine).all()


class _Due(TypedDict):
    due: date | None
    due_month: int | None
    due_precision: Precision


@dataclass
class _Layout:
    """A template on its way into a project."""

    session: Session
    project: Project
    template: Template
    lead: int | None
    months: int
    parts: dict[str | None, int] = field(default_factory=dict)
    """The work packages, activities or headings made so far, by their codes."""

    def add_parts(self) -> None:
        amounts = self._amounts()
        for position, part in enumerate(self.template.parts, start=1):
            first = self.template.first_month(part.start_month, self.months)
            unit = WorkUnit(
                project_id=self.project.id,
                kind=part.kind,
                code=part.code,
                title=part.title,
                parent_id=self.parts.get(part.parent),
                position=position,
                category=part.category,
                lead_id=self._lead(part.led),
                start_month=first,
                end_month=max(first, self.template.last_month(part.end_month, self.months)),
                amount_cents=amounts.get(part.code),
                objectives=part.objectives,
                expected_results=part.expected_results,
            )
            self.session.add(unit)
            self.session.flush()
            self.parts[part.code] = unit.id

    def add_deliverables(self) -> None:
        self.session.add_all(
            Deliverable(
                project_id=self.project.id,
                code=result.code,
                title=result.title,
                work_unit_id=self.parts.get(result.part),
                lead_id=self._lead(result.led),
                **self._due(result.due),
            )
            for result in self.template.deliverables
        )

    def add_milestones(self) -> None:
        self.session.add_all(
            Milestone(
                project_id=self.project.id,
                code=result.code,
                title=result.title,
                work_unit_id=self.parts.get(result.part),
                verification=result.verification,
                **self._due(result.due),
            )
            for result in self.template.milestones
        )

    def add_tasks(self) -> None:
        made: dict[str, int] = {}
        for position, job in enumerate(self.template.tasks, start=1):
            due = self._due(job.due)
            first = due["due"]
            rule = job.recurrence
            task = Task(
                project_id=self.project.id,
                code=job.code,
                title=job.title,
                work_unit_id=self.parts.get(job.part),
                partner_id=self._lead(job.assigned),
                priority=job.priority,
                recurrence=anchored(rule, first) if rule and first else rule,
                notes=job.notes,
                position=position,
                links=[
                    TaskLink(project_id=self.project.id, needs_id=made[code]) for code in job.needs
                ],
                **due,
            )
            self.session.add(task)
            self.session.flush()
            made[job.code] = task.id

    def add_meetings(self) -> None:
        start = self.project.start
        for gathering in self.template.meetings:
            month = self.template.last_month(gathering.month, self.months)
            minutes = [length for _, length in gathering.agenda if length is not None]
            meeting = Meeting(
                project_id=self.project.id,
                title=gathering.title,
                kind=gathering.kind,
                mode=gathering.mode,
                month=month,
                day=None if start is None else month_start(start, month),
                precision=Precision.MONTH,
                minutes_long=sum(minutes) or None,
                work_unit_id=self.parts.get(gathering.part),
                agenda=[
                    AgendaItem(
                        project_id=self.project.id,
                        position=position,
                        title=title,
                        minutes_planned=length,
                    )
                    for position, (title, length) in enumerate(gathering.agenda, start=1)
                ],
            )
            self.session.add(meeting)

    def _lead(self, wanted: bool) -> int | None:  # noqa: FBT001 - a fact of the template
        return self.lead if wanted else None

    def _amounts(self) -> dict[str, int]:
        """Divide the grant as the template's shares say."""
        grant = self.project.grant_cents
        shares = [(p.code, p.percent) for p in self.template.parts if p.percent is not None]
        if grant is None or not shares:
            return {}
        split = money.split(grant, [Fraction(percent, 100) for _, percent in shares])
        return dict(zip((code for code, _ in shares), split, strict=True))

    def _due(self, due: Due) -> _Due:
        """Resolve when something is due; without the first day only its month is known."""
        month = self.template.last_month(due.month, self.months)
        start = self.project.start
        if start is None or due.day is None:
            day = None if start is None else month_end(start, month)
            return {"due": day, "due_month": month, "due_precision": Precision.MONTH}
        day = month_start(start, month) + timedelta(days=due.day - 1)
        return {"due": day, "due_month": None, "due_precision": Precision.DAY}
