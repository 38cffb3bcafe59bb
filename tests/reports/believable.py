"""A project as coordinators have them: five partners, month 14 of 24, some things late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import kinds, timeline
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Answer,
    Assessment,
    Attendance,
    Contact,
    Deliverable,
    HeadCount,
    Meeting,
    MeetingOutcome,
    Milestone,
    Partner,
    Phase,
    PhaseStep,
    Priority,
    Project,
    Record,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

START = date(2025, 10, 1)
TODAY = date(2026, 11, 22)

_PARTNERS = (
    ("UAM", "Universidad Autonoma de Madrid", "ES", "Madrid", "Europe/Madrid"),
    ("UNIBO", "Universita di Bologna", "IT", "Bologna", "Europe/Rome"),
    ("ULODZ", "Uniwersytet Łódzki", "PL", "Łódź", "Europe/Warsaw"),
    ("KMOP", "KMOP Education Hub", "GR", "Athens", "Europe/Athens"),
    ("ODTU", "Orta Doğu Teknik Üniversitesi", "TR", "Ankara", "Europe/Istanbul"),
)
_UNITS = (
    ("WP1", "Project management", None, 0, 1, 24, None),
    ("WP2", "Teacher handbook", None, 2, 3, 14, 60),
    ("A2.1", "Needs survey", "WP2", 2, 3, 6, 100),
    ("A2.2", "Writing and testing", "WP2", 1, 7, 14, None),
    ("WP3", "Learning platform", None, 3, 6, 18, None),
    ("WP4", "Pilots in schools", None, 4, 13, 22, None),
    ("WP5", "Dissemination and sustainability", None, 1, 1, 24, None),
)
_DELIVERABLES = (
    ("D1.1", "Project management plan", "WP1", 0, 3, "approved", date(2025, 12, 20)),
    ("D2.1", "Survey report", "A2.1", 2, 6, "published", date(2026, 4, 8)),
    ("D2.2", "Handbook, outline", "WP2", 2, 11, "approved", date(2026, 9, 11)),
    ("D2.3", "Teacher handbook, draft", "WP2", 2, 13, "draft", None),
    ("D3.1", "Platform, first release", "WP3", 3, 14, "review", None),
    ("D3.2", "Platform, second release", "WP3", 3, 18, "planned", None),
    ("D5.1", "Dissemination plan", "WP5", 1, 4, "approved", date(2026, 1, 28)),
)
_MILESTONES = (
    ("MS1", "Consortium at work", "WP1", 2, date(2025, 11, 14)),
    ("MS2", "Outline accepted by all schools", "WP2", 12, date(2026, 9, 25)),
    ("MS3", "Platform open for pilots", "WP3", 15, None),
)
_TASKS = (
    ("T1.1", "Send the minutes of TPM2 to all partners", "WP1", 0, date(2026, 9, 20), "done",
     date(2026, 9, 18)),
    ("T1.2", "Collect signed attendance lists of TPM2", "WP1", 1, date(2026, 11, 19), "open", None),
    ("T1.3", "Second payment to partners", "WP1", 0, date(2026, 10, 15), "done",
     date(2026, 10, 20)),
    ("T1.4", "Agenda for TPM3", "WP1", 0, date(2026, 11, 24), "doing", None),
    ("T2.1", "Chapters 1 to 4, first version", "A2.2", 2, date(2026, 10, 1), "done",
     date(2026, 9, 30)),
    ("T2.2", "Chapters 5 to 8, first version", "A2.2", 2, date(2026, 10, 20), "waiting", None),
    ("T2.3", "Test the chapters with 40 teachers", "A2.2", 3, date(2026, 12, 11), "open", None),
    ("T2.4", "Greek translation of module 2", "A2.2", 3, date(2026, 11, 10), "waiting", None),
    ("T3.1", "Set up the server", "WP3", 3, date(2026, 5, 1), "done", date(2026, 5, 3)),
    ("T3.2", "Sign-in for schools", "WP3", 3, date(2026, 12, 1), "doing", None),
    ("T3.3", "Usability check by pupils", "WP3", 4, date(2027, 1, 15), "open", None),
    ("T4.1", "Choose the pilot schools", "WP4", 4, date(2026, 12, 20), "open", None),
    ("T5.1", "Newsletter 3", "WP5", 1, date(2026, 10, 30), "done", date(2026, 10, 29)),
    ("T5.2", "Fair in Bologna", "WP5", 1, date(2026, 6, 10), "cancelled", None),
    ("T5.3", "Article for the teachers' journal", "WP5", 1, None, "open", None),
)  # fmt: skip


@operation("Enter a believable project")
def enter(session: Session, more_tasks: int = 0, mark: str = "") -> int:
    """Enter it, and give its id.

    Args:
        more_tasks: So many further tasks, spread over the plan.
        mark: Put behind every text a person could have typed.
    """
    project = Project(
        acronym="SOLARIS" + mark,
        title="Solar energy in schools" + mark,
        agreement="2025-1-ES01-KA220-SCH-000123456" + mark,
        action="KA220-SCH",
        field="School education" + mark,
        call="2025" + mark,
        call_year=2025,
        agency="SEPIE" + mark,
        start=START,
        end=date(2027, 9, 30),
        months=24,
        grant_cents=25_000_000,
        website="https://solaris.example" + mark,
        goal="Pupils in five countries plan a solar roof for their school." + mark,
        final_report_due=date(2027, 11, 29),
        progress_report_due=date(2027, 1, 31),
    )
    session.add(project)
    session.flush()
    owned = project.id
    session.add(
        Priority(project_id=owned, name="Environment and fight against climate change" + mark)
    )

    def add(record: Record) -> int:
        session.add(record)
        session.flush()
        return record.id

    partners = [
        add(
            Partner(
                project_id=owned,
                nr=str(number),
                acronym=acronym + mark,
                name=name + mark,
                country=country,
                city=city + mark,
                zone=zone,
                role=kinds.PartnerRole.COORDINATOR
                if number == 1
                else kinds.PartnerRole.BENEFICIARY,
            )
        )
        for number, (acronym, name, country, city, zone) in enumerate(_PARTNERS, start=1)
    ]
    contacts = [
        add(Contact(project_id=owned, partner_id=partner, name=f"Person {number}{mark}"))
        for number, partner in enumerate(partners, start=1)
    ]
    _enter_phases(session, owned, mark)
    units: dict[str, int] = {}
    for place, (code, title, parent, lead, first, last, percent) in enumerate(_UNITS):
        units[code] = add(
            WorkUnit(
                project_id=owned,
                code=code + mark,
                title=title + mark,
                kind=kinds.WorkUnitKind.ACTIVITY if parent else kinds.WorkUnitKind.WORK_PACKAGE,
                parent_id=units[parent] if parent else None,
                position=place,
                lead_id=partners[lead],
                start_month=first,
                end_month=last,
                percent=percent,
            )
        )
    for code, title, unit, lead, month, state, came in _DELIVERABLES:
        add(
            Deliverable(
                project_id=owned,
                code=code + mark,
                title=title + mark,
                work_unit_id=units[unit],
                lead_id=partners[lead],
                due=timeline.month_end(START, month),
                due_month=month,
                due_precision=kinds.Precision.MONTH,
                state=kinds.DeliverableState(state),
                delivered_on=came,
            )
        )
    for code, title, unit, month, came in _MILESTONES:
        add(
            Milestone(
                project_id=owned,
                code=code + mark,
                title=title + mark,
                work_unit_id=units[unit],
                due=timeline.month_end(START, month),
                due_month=month,
                due_precision=kinds.Precision.MONTH,
                reached_on=came,
            )
        )
    for code, title, unit, who, due, state, finished in _TASKS:
        add(
            Task(
                project_id=owned,
                code=code + mark,
                title=title + mark,
                work_unit_id=units[unit],
                partner_id=partners[who],
                due=due,
                state=kinds.TaskState(state),
                finished_on=finished,
            )
        )
    _enter_more_tasks(session, owned, [*units.values()], partners, more_tasks)
    _enter_meetings(session, owned, partners, contacts, mark)
    _enter_estimates(session, owned, mark)
    say(session, "Enter {project}", project=project.acronym)
    return owned


def _enter_phases(session: Session, project: int, mark: str) -> None:
    states = ("done", "done", "done", "done", "under_way", "under_way")
    dates = (
        (date(2024, 10, 1), date(2024, 12, 20)),
        (date(2024, 11, 1), date(2025, 1, 31)),
        (date(2025, 1, 7), date(2025, 3, 5)),
        (date(2025, 3, 6), date(2026, 9, 15)),
        (START, date(2027, 9, 30)),
        (START, date(2027, 11, 29)),
    )
    for kind, state, (first, last) in zip(kinds.PhaseKind, states, dates, strict=True):
        phase = Phase(
            project_id=project,
            kind=kind,
            state=kinds.PhaseState(state),
            planned_start=first,
            planned_end=last,
            actual_start=first,
            actual_end=last if state == "done" else None,
        )
        if kind is kinds.PhaseKind.FUNDING:
            phase.override_reason = "The bank proof of ODTU is on its way." + mark
            phase.override_open = "Partnership agreement with ODTU" + mark
        session.add(phase)


@operation("Enter steps")
def enter_steps(session: Session) -> None:
    """Enter two steps of every phase, the first of them done."""
    for phase in session.scalars(select(Phase).order_by(Phase.id)).all():
        for position, done in enumerate((START, None)):
            step = PhaseStep(
                project_id=phase.project_id,
                phase_id=phase.id,
                position=position,
                title=f"Step {position + 1}",
                done_on=done,
            )
            session.add(step)


def _enter_more_tasks(
    session: Session, project: int, units: list[int], partners: list[int], number: int
) -> None:
    states = [*kinds.TaskState] * 2
    session.add_all(
        Task(
            project_id=project,
            code=f"X{at}",
            title=f"Further thing to do, number {at}",
            work_unit_id=units[at % len(units)],
            partner_id=partners[at % len(partners)],
            due=START + timedelta(days=at % 720),
            state=(state := states[at % len(states)]),
            finished_on=START + timedelta(days=at % 410) if state is kinds.TaskState.DONE else None,
        )
        for at in range(number)
    )


def _enter_meetings(
    session: Session, project: int, partners: list[int], contacts: list[int], mark: str
) -> None:
    kick_off = Meeting(
        project_id=project,
        title="Kick-off" + mark,
        kind=kinds.MeetingKind.KICK_OFF,
        state=kinds.MeetingState.HELD,
        day=date(2025, 11, 13),
        end_day=date(2025, 11, 14),
        city="Madrid" + mark,
        country="ES",
        minutes_sent_on=date(2025, 11, 20),
    )
    second = Meeting(
        project_id=project,
        title="TPM2 Bologna" + mark,
        kind=kinds.MeetingKind.TPM,
        state=kinds.MeetingState.HELD,
        day=date(2026, 9, 10),
        end_day=date(2026, 9, 11),
        place="Rectorate" + mark,
        city="Bologna" + mark,
        country="IT",
        participants=12,
        minutes_sent_on=date(2026, 9, 18),
    )
    online = Meeting(
        project_id=project,
        title="Online meeting of October" + mark,
        kind=kinds.MeetingKind.ONLINE,
        mode=kinds.MeetingMode.ONLINE,
        state=kinds.MeetingState.HELD,
        day=date(2026, 10, 22),
    )
    third = Meeting(
        project_id=project,
        title="TPM3 Łódź" + mark,
        kind=kinds.MeetingKind.TPM,
        day=date(2026, 12, 3),
        end_day=date(2026, 12, 4),
        starts_at=datetime(2026, 12, 3, 8, 30, tzinfo=UTC),
        zone="Europe/Warsaw",
        city="Łódź" + mark,
        country="PL",
    )
    session.add_all([kick_off, second, online, third])
    session.flush()
    session.add_all(
        HeadCount(project_id=project, meeting_id=second.id, partner_id=partner, people=people)
        for partner, people in zip(partners, (3, 3, 2, 2, 0), strict=True)
    )
    session.add_all(
        Attendance(
            project_id=project,
            meeting_id=online.id,
            contact_id=contact,
            presence=kinds.Presence.ONLINE if at else kinds.Presence.PRESENT,
        )
        for at, contact in enumerate(contacts[:4])
    )
    texts = (
        (second, kinds.OutcomeKind.DECISION, "Release 1 comes without the Greek appendix."),
        (second, kinds.OutcomeKind.INFORMATION, "Module 2 was tested in two schools."),
        (second, kinds.OutcomeKind.ACTION, "Send the Greek appendix"),
        (online, kinds.OutcomeKind.DECISION, "TPM3 takes place in Łódź on 3 and 4 December."),
    )
    for place, (meeting, kind, text) in enumerate(texts):
        outcome = MeetingOutcome(
            project_id=project, meeting_id=meeting.id, position=place, kind=kind, text=text + mark
        )
        session.add(outcome)
        session.flush()
        if kind is kinds.OutcomeKind.ACTION:
            task = Task(
                project_id=project,
                code="T2.9" + mark,
                title=text + mark,
                partner_id=partners[3],
                contact_id=contacts[3],
                due=date(2026, 12, 18),
                outcome_id=outcome.id,
            )
            session.add(task)


def _enter_estimates(session: Session, project: int, mark: str) -> None:
    for day, scores in (
        (date(2026, 3, 2), (1, 2, 1)),
        (date(2026, 7, 6), (2, 2, 2)),
        (date(2026, 11, 2), (3, 3, None)),
    ):
        filled = Assessment(
            project_id=project,
            checklist="implementation",
            title="Implementation" + mark,
            phase=kinds.PhaseKind.IMPLEMENTATION,
            assessor="Ana" + mark,
            day=day,
            state=kinds.AssessmentState.CLOSED,
        )
        filled.answers = [
            Answer(
                project_id=project,
                position=at,
                code=f"I0{at}" + mark,
                criterion="one" if at < 2 else "two",
                criterion_title=("Meetings" if at < 2 else "Results") + mark,
                text="A statement." + mark,
                score=score,
            )
            for at, score in enumerate(scores)
        ]
        session.add(filled)
