"""Projects: which there are, and what is known of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ka2tui.domain import identifiers, lifecycle
from ka2tui.domain.days import say_day
from ka2tui.domain.kinds import (
    PartnerRole,
    PhaseKind,
    PhaseState,
    ProjectShape,
    ProposalOutcome,
)
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.domain.timeline import month_of, project_end
from ka2tui.frozen import frozen
from ka2tui.store.records import Partner, Phase, Priority, Project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session


@frozen
class Choice:
    """A project as it is chosen from a list."""

    id: int
    acronym: str
    title: str


@frozen
class Standing:
    """A project in a headline."""

    acronym: str
    facts: str
    """Phase and month: "Implementation · M14 of 24"."""


@frozen
class ProjectRow:
    """A project in a list."""

    id: int
    acronym: str
    title: str
    action: str | None
    agreement: str | None
    start: date | None
    end: date | None
    phase: PhaseKind


@frozen
class ProjectFacts:
    """Everything a project's own record says."""

    id: int
    uid: str
    acronym: str
    title: str
    action: str | None
    agreement: str | None
    agreement_doubt: str | None
    """What is unusual about the agreement number."""
    start: date | None
    end: date | None
    phase: PhaseKind
    months: int | None
    month: int | None
    """The project month of the day asked for; 0 or less before the start."""
    shape: ProjectShape
    field: str | None
    call: str | None
    call_year: int | None
    managed_by: str | None
    agency: str | None
    grant_cents: int | None
    currency: str
    coordinator: str | None
    """Acronym or name of the partner who coordinates."""
    language: str | None
    website: str | None
    goal: str | None
    summary: str | None
    notes: str | None
    progress_report_due: date | None
    interim_report_due: date | None
    final_report_due: date | None
    priorities: tuple[str, ...]
    application_deadline: datetime | None
    """In UTC, where it was entered."""
    application_zone: str | None
    submitted_on: date | None
    outcome: ProposalOutcome | None
    outcome_on: date | None
    outcome_note: str | None
    resubmits: str | None
    """The acronym of the project it is handed in again for, where that is still here."""


def count(session: Session) -> int:
    """Count the projects of the database."""
    return session.scalar(select(func.count()).select_from(Project.__table__)) or 0


def span_of(session: Session, project: int) -> tuple[date | None, date | None]:
    """Give the first and the last day of a project, as far as they are known."""
    row = session.execute(
        select(Project.start, Project.months).where(Project.id == project)
    ).one_or_none()
    if row is None or row.start is None:
        return None, None
    return row.start, None if row.months is None else project_end(row.start, row.months)


def start_of(session: Session, project: int) -> date | None:
    """Give a project's first day, where it is known."""
    return session.scalar(select(Project.start).where(Project.id == project))


def find(session: Session, code: str) -> int | None:
    """Give the id of the project that a code means: acronym, agreement number or id."""
    rows = session.execute(select(Project.id, Project.acronym, Project.agreement)).all()
    wanted = fold(code)
    for names in ("acronym", "agreement", "id"):
        hits = [row.id for row in rows if fold(str(getattr(row, names) or "")) == wanted]
        if hits:
            return int(hits[0])
    return None


def choices(session: Session) -> list[Choice]:
    """List the projects to choose from, by acronym."""
    rows = session.execute(select(Project.id, Project.acronym, Project.title)).all()
    return sorted((Choice(*row) for row in rows), key=lambda one: (fold(one.acronym), one.id))


def last_begun(row: ProjectRow) -> tuple[int, int]:
    """Give where a project stands in a list: the one that began last first."""
    return (-row.start.toordinal() if row.start else 1, row.id)


def facts(session: Session, project: int, *, today: date) -> ProjectFacts:
    """Give everything a project's own record says.

    Raises:
        Refused: There is no such project.
    """
    whole = select(Project.__table__).where(Project.id == project)
    found = session.execute(whole).one_or_none()
    if found is None:
        raise Refused(f"There is no project {project} any more.")
    coordinator = session.execute(
        select(Partner.acronym, Partner.name).where(
            Partner.project_id == project, Partner.role == PartnerRole.COORDINATOR
        )
    ).first()
    names = select(Priority.name).where(Priority.project_id == project)
    doubt = None
    if found.agreement is not None:
        doubt = identifiers.read_agreement(found.agreement).doubt
    return ProjectFacts(
        id=found.id,
        uid=found.uid,
        acronym=found.acronym,
        title=found.title,
        action=found.action,
        agreement=found.agreement,
        agreement_doubt=doubt,
        start=found.start,
        end=found.end,
        phase=lifecycle.where(states_of_phases(session, project).get(project, {}), found.outcome),
        months=found.months,
        month=None if found.start is None else month_of(found.start, today),
        shape=found.shape,
        field=found.field,
        call=found.call,
        call_year=found.call_year,
        managed_by=found.managed_by,
        agency=found.agency,
        grant_cents=found.grant_cents,
        currency=found.currency,
        coordinator=None if coordinator is None else coordinator.acronym or coordinator.name,
        language=found.language,
        website=found.website,
        goal=found.goal,
        summary=found.summary,
        notes=found.notes,
        progress_report_due=found.progress_report_due,
        interim_report_due=found.interim_report_due,
        final_report_due=found.final_report_due,
        priorities=tuple(session.scalars(names.order_by(Priority.position, Priority.id))),
        application_deadline=found.application_deadline,
        application_zone=found.application_zone,
        submitted_on=found.submitted_on,
        outcome=found.outcome,
        outcome_on=found.outcome_on,
        outcome_note=found.outcome_note,
        resubmits=session.scalar(select(Project.acronym).where(Project.uid == found.resubmits)),
    )


def standing(session: Session, project: int, today: date) -> Standing | None:
    """Say in a line where a project stands; None where it is gone."""
    said = (Project.acronym, Project.outcome, Project.start, Project.end, Project.months)
    found = session.execute(select(*said).where(Project.id == project)).one_or_none()
    if found is None:
        return None
    acronym, outcome, start, end, months = found
    phase = lifecycle.where(states_of_phases(session, project).get(project, {}), outcome)
    month = _month(start, end, months, today)
    if outcome is not None and outcome.closes:
        month = outcome.word
    return Standing(acronym, " · ".join(filter(None, [phase.word, month])))


def _month(start: date | None, end: date | None, months: int | None, today: date) -> str:
    """Say in which month a project is, or when it begins or ended."""
    if start is None:
        return ""
    if today < start:
        return f"starts {say_day(start, today)}"
    if end is not None and today > end:
        return f"ended {say_day(end, today)}"
    of = f" of {months}" if months is not None else ""
    return f"M{month_of(start, today)}{of}"


def states_of_phases(
    session: Session, project: int | None = None
) -> Mapping[int, dict[PhaseKind, PhaseState]]:
    """Read where the phases stand, by project."""
    wanted = select(Phase.project_id, Phase.kind, Phase.state)
    if project is not None:
        wanted = wanted.where(Phase.project_id == project)
    states: dict[int, dict[PhaseKind, PhaseState]] = {}
    for row in session.execute(wanted):
        states.setdefault(row.project_id, {})[row.kind] = row.state
    return states
