"""One list over everything that is due, and by when things must be handed in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.deadlines import Origin
from ka2tui.domain.kinds import DeliverableState, MeetingState, PartnerRole, PhaseState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import partners, phases, projects
from ka2tui.operations import tasks as verbs
from ka2tui.queries import agenda as query
from ka2tui.queries import deadlines, today
from ka2tui.store.operation import operation
from ka2tui.store.records import Deliverable, Meeting, Milestone, Phase, Record

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.queries.agenda import Agenda
    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)


@operation("Put")
def put(session: Session, *rows: Record) -> list[int]:
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    """A project in its fourteenth month; its evaluation should end soon."""
    made: int = portfolio.do(
        projects.add,
        "SOLARIS",
        agreement="2025-1-ES01-KA220-ADU-000123456",
        start=date(2025, 10, 1),
        months=24,
        progress_report_due=date(2026, 12, 1),
        today=TODAY,
    ).value
    return made


@pytest.fixture
def applying(portfolio: Portfolio) -> int:
    """A project that is being applied for, with a coordinator in Athens."""
    made: int = portfolio.do(
        *(projects.add, "KLIMA"),
        action="KA210-ADU",
        call_year=2027,
        application_deadline=datetime(2026, 12, 3, 11, tzinfo=UTC),
        today=TODAY,
    ).value
    portfolio.do(*(partners.add, made, "Dimos"), role=PartnerRole.COORDINATOR, zone="Europe/Athens")
    return made


def ask(portfolio: Portfolio, project: int | None, **more: Any) -> Agenda:
    return portfolio.ask(query.agenda, project, TODAY, **more)


def told(seen: Agenda) -> list[str]:
    return [f"{item.due} {item.kind} {item.title}" for item in seen.items]


def fill(portfolio: Portfolio, project: int) -> None:
    more: dict[str, Any] = {"project_id": project}
    portfolio.do(verbs.add, project, "Late", due=date(2026, 11, 20))
    portfolio.do(verbs.add, project, "Too far", due=date(2026, 12, 6))
    portfolio.do(verbs.add, project, "Last", due=date(2026, 12, 5))
    portfolio.do(
        put,
        Deliverable(code="D1", title="Guide", due=date(2027, 3, 1), review_due=TODAY, **more),
        Deliverable(code="D2", title="Out", due=TODAY, state=DeliverableState.PUBLISHED, **more),
        Milestone(code="MS1", title="Pilot", due=date(2026, 11, 24), **more),
        Meeting(
            title="TPM3",
            day=date(2026, 11, 24),
            starts_at=datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
            zone="Europe/Warsaw",
            place="Kraków",
            **more,
        ),
        Meeting(title="Held", day=date(2026, 11, 1), state=MeetingState.HELD, **more),
        Meeting(title="Forgotten", day=date(2026, 11, 2), **more),
        Meeting(title="Going on", day=date(2026, 11, 21), end_day=date(2026, 11, 23), **more),
        Meeting(title="Month", day=date(2026, 12, 1), precision=Precision.MONTH, **more),
    )


def test_everything_due_stands_in_one_list_by_day(portfolio: Portfolio, project: int) -> None:
    fill(portfolio, project)
    seen = ask(portfolio, project)
    assert (seen.project, seen.last) == ("SOLARIS", date(2026, 12, 5))
    assert told(seen) == [
        "2026-11-02 meeting Forgotten",
        "2026-11-20 task Late",
        "2026-11-22 review Guide",
        "2026-11-22 meeting Going on",
        "2026-11-24 meeting TPM3",
        "2026-11-24 milestone Pilot",
        "2026-12-01 deadline Progress report",
        "2026-12-01 meeting Month",
        "2026-12-05 task Last",
    ]
    assert [item.title for item in seen.late] == ["Forgotten", "Late"]
    assert [day.day for day, _ in seen.by_day] == [22, 24, 1, 5]
    keys = [item.key for item in seen.items]
    assert len(set(keys)) == len(keys)


def test_a_phase_that_should_end_and_an_earlier_end_of_the_window(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Set")
    def end(session: Session) -> None:
        for phase in session.query(Phase).filter_by(project_id=project):
            phase.planned_end = date(2026, 11, 23)
            phase.state = PhaseState.UNDER_WAY if phase.kind == "goal" else PhaseState.DONE

    portfolio.do(end)
    assert told(ask(portfolio, project, ahead=2)) == ["2026-11-23 phase Goal: planned end"]
    assert told(ask(portfolio, project, ahead=1)) == []


@pytest.mark.parametrize("ahead", [0, -3, 4000])
def test_an_agenda_looks_ahead_within_reason(
    portfolio: Portfolio, project: int, ahead: int
) -> None:
    with pytest.raises(Refused, match=f"not {ahead}"):
        ask(portfolio, project, ahead=ahead)
    with pytest.raises(Refused, match="no project 9 any more"):
        ask(portfolio, 9)


def test_all_projects_stand_together_and_say_whose_each_is(
    portfolio: Portfolio, project: int, applying: int
) -> None:
    fill(portfolio, project)
    portfolio.do(verbs.add, applying, "Ask Dimos", due=date(2026, 11, 23), tags=["letter"])
    seen = ask(portfolio, None)
    assert seen.project is None
    whose = {item.title: item.project for item in seen.items}
    assert (whose["Ask Dimos"], whose["Late"], whose["Pilot"]) == ("KLIMA", "SOLARIS", "SOLARIS")
    assert whose["Application"] == "KLIMA"
    assert {item.project for item in ask(portfolio, project).items} == {None}
    keys = [item.key for item in seen.items]
    assert len(set(keys)) == len(keys)
    day = portfolio.ask(today.today, None, TODAY)
    assert (day.project, day.phase, day.phases) == (None, None, ())
    assert [item.title for item in day.overdue] == ["Late"]
    assert [item.project for item in day.due_soon][:1] == ["KLIMA"]
    assert day.next_meeting is not None
    assert day.next_meeting.project == "SOLARIS"


def test_the_application_is_due_by_the_clock_until_it_was_handed_in(
    portfolio: Portfolio, applying: int
) -> None:
    (seen,) = portfolio.ask(deadlines.listed, applying, today=TODAY)
    assert seen.application is not None
    assert (seen.application.origin, seen.here) == (Origin.ENTERED, "Europe/Athens")
    assert seen.dates == ()
    (item,) = [item for item in ask(portfolio, applying).items if item.kind == "deadline"]
    assert (item.due, item.starts_at) == (date(2026, 12, 3), datetime(2026, 12, 3, 11, tzinfo=UTC))
    portfolio.do(projects.edit, applying, {"submitted_on": TODAY}, today=TODAY)
    (seen,) = portfolio.ask(deadlines.listed, applying, today=TODAY)
    assert seen.application is None
    portfolio.undo()
    (proposal,) = portfolio.ask(
        lambda session: [p.id for p in session.query(Phase).filter_by(kind="proposal")]
    )
    portfolio.do(phases.go_on, proposal, today=TODAY, reason="in time")
    (seen,) = portfolio.ask(deadlines.listed, applying, today=TODAY)
    assert seen.application is None


def test_a_report_is_told_for_a_month_after_its_day(portfolio: Portfolio, project: int) -> None:
    (seen,) = portfolio.ask(deadlines.listed, project, today=TODAY)
    ids = [one.id for one in seen.ahead(date(2026, 12, 31))]
    assert ids[0] == "progress_report"
    assert seen.ahead(date(2027, 1, 1))[0].id == "amendment"


def test_the_agenda_asks_the_same_few_questions_however_much_there_is(
    portfolio: Portfolio, project: int
) -> None:
    from sqlalchemy import event

    asked: list[str] = []

    def note(*args: Any) -> None:
        asked.append(args[2])

    event.listen(portfolio._engine, "before_cursor_execute", note)
    ask(portfolio, None)
    few = len(asked)
    for number in range(30):
        portfolio.do(verbs.add, project, f"Task {number}", due=TODAY, tags=["x"])
    asked.clear()
    ask(portfolio, None)
    assert len(asked) <= few + 4
