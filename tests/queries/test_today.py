from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import (
    DeliverableState,
    PhaseKind,
    PhaseState,
    Precision,
    Presence,
)
from ka2tui.domain.refusal import Refused
from ka2tui.operations import tasks as verbs
from ka2tui.queries import today as query
from ka2tui.store.operation import operation
from ka2tui.store.records import (
    AgendaItem,
    Attendance,
    Contact,
    Deliverable,
    Meeting,
    Milestone,
    Partner,
    Phase,
    PhaseStep,
    Project,
    Record,
    WorkUnit,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.queries.today import Today
    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)


@operation("Begin")
def _begin(session: Session) -> int:
    project = Project(acronym="SOLARIS", start=date(2025, 10, 1), months=24)
    session.add(project)
    session.flush()
    session.add_all(
        Partner(project_id=project.id, acronym=acronym, name=acronym, zone=zone)
        for acronym, zone in (
            ("UAM", "Europe/Madrid"),
            ("ULODZ", "Europe/Warsaw"),
            ("ODTU", "Europe/Istanbul"),
        )
    )
    session.add(WorkUnit(project_id=project.id, code="WP2", title="Handbook", start_month=6))
    session.flush()
    return project.id


@operation("Put")
def put(session: Session, *rows: Record) -> list[int]:
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(_begin).value


def ask(portfolio: Portfolio, project: int) -> Today:
    return portfolio.ask(query.today, project, TODAY)


def meeting(portfolio: Portfolio, project: int, **more: Any) -> int:
    given = {"title": "TPM3 Kraków", "day": date(2026, 12, 3), **more}
    return portfolio.do(put, Meeting(project_id=project, **given)).value[0]


def test_an_empty_project_has_a_day_too(portfolio: Portfolio, project: int) -> None:
    seen = ask(portfolio, project)
    assert (seen.project, seen.day) == ("SOLARIS", TODAY)
    assert (seen.overdue, seen.due_soon, seen.waiting, seen.later) == ((), (), (), 0)
    assert seen.next_meeting is None
    with pytest.raises(Refused, match="no project 9 any more"):
        portfolio.ask(query.today, 9, TODAY)


def test_late_is_before_today_and_soon_is_within_a_week(portfolio: Portfolio, project: int) -> None:
    for title, due in (
        ("next week", date(2026, 11, 30)),
        ("in 7 days", date(2026, 11, 29)),
        ("today", TODAY),
        ("yesterday", date(2026, 11, 21)),
        ("some day", None),
    ):
        portfolio.do(verbs.add, project, title, due=due)
    done = portfolio.do(verbs.add, project, "done", due=TODAY).value
    portfolio.do(verbs.finish, [done], today=TODAY)
    seen = ask(portfolio, project)
    assert [item.title for item in seen.overdue] == ["yesterday"]
    assert [item.title for item in seen.due_soon] == ["today", "in 7 days"]
    assert (seen.later, seen.undated) == (2, 1)
    assert seen.left_out == "tasks later or undated"


def test_deliverables_and_milestones_stand_in_the_same_lists(
    portfolio: Portfolio, project: int
) -> None:
    more = {"project_id": project, "due": date(2026, 11, 20)}
    portfolio.do(verbs.add, project, "Task", due=date(2026, 11, 20))
    portfolio.do(
        put,
        Deliverable(code="D2.3", title="Handbook", lead_id=2, work_unit_id=1, **more),
        Deliverable(code="D2.1", title="Plan", state=DeliverableState.APPROVED, **more),
        Deliverable(code="D2.2", title="Draft", delivered_on=date(2026, 11, 1), **more),
        Milestone(code="MS4", title="Pilot begun", **{**more, "due": date(2026, 11, 25)}),
        Milestone(code="MS1", title="Begun", reached_on=date(2025, 10, 1), **more),
    )
    seen = ask(portfolio, project)
    assert [(item.kind, item.title) for item in seen.overdue] == [
        ("task", "Task"),
        ("deliverable", "Handbook"),
    ]
    assert (seen.overdue[1].assignee, seen.overdue[1].work_unit) == ("ULODZ", "WP2")
    assert [(item.kind, item.title) for item in seen.due_soon] == [("milestone", "Pilot begun")]
    keys = [item.key for item in (*seen.overdue, *seen.due_soon)]
    assert len(set(keys)) == len(keys)


def test_waiting_tells_for_whom_and_since_when_the_longest_first(
    portfolio: Portfolio, project: int
) -> None:
    for title, since in (("short", date(2026, 11, 18)), ("long", date(2026, 11, 3))):
        task = portfolio.do(verbs.add, project, title, partner_id=2).value
        portfolio.do(verbs.wait, [task], today=since)
    seen = ask(portfolio, project)
    assert [(item.title, item.assignee, item.waiting_since) for item in seen.waiting] == [
        ("long", "ULODZ", date(2026, 11, 3)),
        ("short", "ULODZ", date(2026, 11, 18)),
    ]


def test_the_next_meeting_shows_the_clocks_of_all_partners_its_own_first(
    portfolio: Portfolio, project: int
) -> None:
    meeting(portfolio, project, title="Later", day=date(2026, 12, 9))
    key = meeting(
        portfolio,
        project,
        starts_at=datetime(2026, 12, 3, 8, 30, tzinfo=UTC),
        zone="Europe/Warsaw",
        host_id=2,
    )
    portfolio.do(
        put,
        AgendaItem(project_id=project, meeting_id=key, title="Welcome", minutes_planned=20),
        AgendaItem(project_id=project, meeting_id=key, title="Money", minutes_planned=40),
    )
    seen = ask(portfolio, project).next_meeting
    assert seen is not None
    assert (seen.title, seen.host, seen.agenda, seen.agenda_minutes) == (
        "TPM3 Kraków",
        "ULODZ",
        2,
        60,
    )
    assert [(clock.zone, f"{clock.at:%H:%M}") for clock in seen.clocks] == [
        ("Europe/Warsaw", "09:30"),
        ("Europe/Madrid", "09:30"),
        ("Europe/Istanbul", "11:30"),
    ]


def test_once_somebody_is_named_only_the_clocks_of_those_who_come_count(
    portfolio: Portfolio, project: int
) -> None:
    key = meeting(
        portfolio,
        project,
        starts_at=datetime(2026, 12, 3, 8, 30, tzinfo=UTC),
        zone="Europe/Warsaw",
    )
    people = portfolio.do(
        put,
        Contact(project_id=project, partner_id=3, name="Deniz"),
        Contact(project_id=project, partner_id=1, name="Ana"),
    ).value
    portfolio.do(
        put,
        Attendance(project_id=project, meeting_id=key, contact_id=people[0]),
        Attendance(
            project_id=project, meeting_id=key, contact_id=people[1], presence=Presence.EXCUSED
        ),
    )
    seen = ask(portfolio, project).next_meeting
    assert seen is not None
    assert [clock.zone for clock in seen.clocks] == ["Europe/Warsaw", "Europe/Istanbul"]


def test_a_meeting_known_to_the_month_comes_until_the_month_is_over(
    portfolio: Portfolio, project: int
) -> None:
    meeting(portfolio, project, day=date(2026, 11, 1), precision=Precision.MONTH)
    assert ask(portfolio, project).next_meeting is not None
    later = portfolio.ask(query.today, project, date(2026, 12, 1))
    assert later.next_meeting is None


def test_a_meeting_of_several_days_is_next_until_its_last_day(
    portfolio: Portfolio, project: int
) -> None:
    meeting(portfolio, project, day=date(2026, 11, 20), end_day=TODAY)
    assert ask(portfolio, project).next_meeting is not None


def test_phases_tell_how_far_they_are_and_how_much_time_is_gone(
    portfolio: Portfolio, project: int
) -> None:
    (phase,) = portfolio.do(
        put,
        Phase(
            project_id=project,
            kind=PhaseKind.IMPLEMENTATION,
            state=PhaseState.UNDER_WAY,
            planned_start=date(2025, 10, 1),
            planned_end=date(2027, 9, 30),
        ),
    ).value
    portfolio.do(
        put,
        PhaseStep(project_id=project, phase_id=phase, title="a", done_on=TODAY),
        PhaseStep(project_id=project, phase_id=phase, title="b"),
    )
    seen = ask(portfolio, project)
    (line,) = seen.phases
    assert (line.done, line.passed, line.steps, line.steps_done) == (50, 57, 2, 1)
    assert seen.phase is PhaseKind.IMPLEMENTATION
