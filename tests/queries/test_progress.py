"""Progress: what a report counts is what the lists show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, func, select

from ka2tui.domain import periods
from ka2tui.domain.kinds import AssessmentState, MeetingState, TaskState
from ka2tui.domain.periods import Period
from ka2tui.domain.progress import Standing
from ka2tui.domain.refusal import Refused
from ka2tui.queries import progress
from ka2tui.store.operation import operation
from ka2tui.store.records import (
    Assessment,
    Deliverable,
    Meeting,
    MeetingOutcome,
    Project,
    Task,
    WorkUnit,
)
from tests.reports import believable
from tests.reports.believable import START, TODAY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.queries.progress import Progress
    from ka2tui.store.portfolio import Portfolio

QUARTER = periods.choose(periods.Span.THREE_MONTHS, START, TODAY)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(believable.enter, 300).value


@pytest.fixture
def seen(portfolio: Portfolio, project: int) -> Progress:
    return portfolio.ask(progress.progress_of, project, QUARTER, today=TODAY)


def test_counts_are_those_of_the_database(
    portfolio: Portfolio, project: int, seen: Progress
) -> None:
    def count(*where: object) -> int:
        query = select(func.count(Task.id)).where(Task.project_id == project, *where)  # type: ignore[arg-type]
        return portfolio.ask(lambda session: session.scalar(query)) or 0

    still = Task.state.not_in([TaskState.DONE, TaskState.CANCELLED])
    assert seen.tasks.total == count() == 316
    assert seen.tasks.to_do == count(still)
    assert seen.tasks.late == count(still, Task.due < TODAY) == len(seen.late)
    finished = count(
        Task.state == TaskState.DONE, Task.finished_on.between(QUARTER.first, QUARTER.last)
    )
    assert seen.tasks.finished == finished == len(seen.finished)
    assert len(seen.ahead.tasks) == count(
        still, Task.due >= TODAY, Task.due <= seen.ahead.period.last
    )


def test_every_breakdown_adds_up_to_the_whole(seen: Progress) -> None:
    top = [unit.tasks for unit in seen.units if unit.depth == 0]
    for parts in ([*top, seen.loose], [one.tasks for one in seen.by_partner]):
        for count in ("total", "to_do", "done", "cancelled", "late", "finished"):
            assert sum(getattr(part, count) for part in parts) == getattr(seen.tasks, count)


def test_a_work_package_contains_its_activities(seen: Progress) -> None:
    units = {unit.row.code: unit for unit in seen.units}
    assert [unit.row.code for unit in seen.units[1:4]] == ["WP2", "A2.1", "A2.2"]
    assert units["A2.2"].depth == 1
    inside = units["A2.1"].tasks.total + units["A2.2"].tasks.total
    assert units["WP2"].tasks.total > inside
    assert units["WP2"].deliverables == 3
    assert units["WP2"].deliverables_done == 2


def test_progress_is_held_against_time(seen: Progress) -> None:
    units = {unit.row.code: unit for unit in seen.units}
    assert units["WP2"].stated == 60
    assert units["WP2"].counted != 60
    assert units["WP2"].done == 60
    assert units["WP2"].elapsed == 97
    assert units["WP2"].standing is Standing.BEHIND
    assert units["A2.1"].standing is Standing.ON_TIME
    assert units["WP1"].first == START
    assert seen.elapsed == 57


def test_a_part_of_the_plan_with_days_keeps_to_them(portfolio: Portfolio, project: int) -> None:
    @operation("Give days")
    def give(session: Session) -> None:
        unit = session.scalars(select(WorkUnit).where(WorkUnit.code == "WP4")).one()
        unit.start, unit.end = date(2026, 11, 12), date(2026, 12, 1)

    portfolio.do(give)
    seen = portfolio.ask(progress.progress_of, project, QUARTER, today=TODAY)
    unit = next(unit for unit in seen.units if unit.row.code == "WP4")
    assert (unit.first, unit.last, unit.elapsed) == (date(2026, 11, 12), date(2026, 12, 1), 50)


def test_deliverables_slip_against_their_plan(portfolio: Portfolio, seen: Progress) -> None:
    slips = {one.row.code: one.slip for one in seen.deliverables}
    assert slips == {
        "D1.1": -11,
        "D2.1": 8,
        "D2.2": 11,
        "D2.3": 22,
        "D3.1": 0,
        "D3.2": 0,
        "D5.1": -3,
    }
    assert [one.row.code for one in seen.deliverables if one.in_period] == ["D2.2"]
    late = select(func.count(Deliverable.id)).where(
        Deliverable.due < TODAY, Deliverable.state.in_(["planned", "draft", "review"])
    )
    assert sum(one.row.late for one in seen.deliverables) == portfolio.ask(
        lambda session: session.scalar(late)
    )


def test_an_accepted_deliverable_without_its_day_has_no_slip(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Forget the day")
    def forget(session: Session) -> None:
        session.scalars(
            select(Deliverable).where(Deliverable.code == "D2.1")
        ).one().delivered_on = None

    portfolio.do(forget)
    seen = portfolio.ask(progress.progress_of, project, QUARTER, today=TODAY)
    one = next(one for one in seen.deliverables if one.row.code == "D2.1")
    assert one.slip is None
    assert not one.in_period


def test_meetings_tell_who_came_and_what_was_decided(seen: Progress) -> None:
    second, online = seen.meetings
    assert second.row.title == "TPM2 Bologna"
    assert second.row.stated == 12
    assert second.row.counted == 10
    assert second.partners == ("UAM", "UNIBO", "ULODZ", "KMOP")
    assert second.missing == ("ODTU",)
    assert second.decisions == ("Release 1 comes without the Greek appendix.",)
    assert online.row.attended == 4
    assert online.online == 3
    assert seen.meeting_before is not None
    assert seen.meeting_before.title == "Kick-off"
    assert seen.meeting_next is not None
    assert seen.meeting_next.title == "TPM3 Łódź"
    assert [(one.task.code, one.meeting) for one in seen.actions] == [("T2.9", "TPM2 Bologna")]


def test_only_what_is_marked_as_held_was_the_meeting_before(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Forget that it was held")
    def forget(session: Session) -> None:
        session.scalars(
            select(Meeting).where(Meeting.title == "Kick-off")
        ).one().state = MeetingState.PLANNED

    portfolio.do(forget)
    seen = portfolio.ask(progress.progress_of, project, QUARTER, today=TODAY)
    assert seen.meeting_before is None


def test_a_meeting_held_on_a_day_to_come_is_ahead_and_not_over(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Mark as held")
    def hold(session: Session) -> None:
        session.scalars(
            select(Meeting).where(Meeting.title == "TPM3 Łódź")
        ).one().state = MeetingState.HELD

    portfolio.do(hold)
    whole = Period(START, date(2027, 9, 30))
    seen = portfolio.ask(progress.progress_of, project, whole, today=TODAY)
    assert "TPM3 Łódź" not in [one.row.title for one in seen.meetings]
    assert [row.title for row in seen.ahead.meetings] == ["TPM3 Łódź"]
    assert seen.meeting_next is None


def test_an_unfinished_checklist_older_than_a_finished_one_is_not_named(
    portfolio: Portfolio, project: int
) -> None:
    @operation("Leave open")
    def leave(session: Session) -> None:
        session.scalars(
            select(Assessment).where(Assessment.day == date(2026, 7, 6))
        ).one().state = AssessmentState.OPEN

    portfolio.do(leave)
    seen = portfolio.ask(progress.progress_of, project, QUARTER, today=TODAY)
    assert seen.filling == ()
    assert [value for _, value in seen.estimates[0].points] == [33, 75]


def test_a_person_on_two_days_who_was_once_in_the_room_is_not_online(
    portfolio: Portfolio, project: int
) -> None:
    from ka2tui.domain.kinds import Presence
    from ka2tui.store.records import Attendance

    @operation("Mark")
    def mark(session: Session) -> None:
        meeting = session.scalars(select(Meeting).where(Meeting.title.startswith("Online"))).one()
        person = meeting.attendance[1].contact_id
        session.add(
            Attendance(
                project_id=project,
                meeting_id=meeting.id,
                contact_id=person,
                day=date(2026, 10, 22),
                presence=Presence.PRESENT,
            )
        )

    portfolio.do(mark)
    seen = portfolio.ask(progress.progress_of, project, QUARTER, today=TODAY)
    assert seen.meetings[1].online == 2
    assert seen.meetings[1].row.attended == 4


def test_own_estimates_come_with_the_one_before(seen: Progress) -> None:
    (estimate,) = seen.estimates
    assert estimate.last.score.total == 75
    assert estimate.before is not None
    assert estimate.before.score.total == 50
    assert [value for _, value in estimate.points] == [33, 50, 75]


def test_an_estimate_of_a_later_day_is_not_known_yet(portfolio: Portfolio, project: int) -> None:
    early = date(2026, 8, 1)
    seen = portfolio.ask(progress.progress_of, project, Period(early, early), today=early)
    assert seen.estimates[0].last.score.total == 50


def test_the_next_months_hold_what_is_due_in_them(seen: Progress) -> None:
    ahead = seen.ahead
    assert ahead.period == Period(TODAY, date(2027, 2, 22))
    assert [row.code for row in ahead.deliverables] == ["D3.1"]
    assert [row.code for row in ahead.milestones] == ["MS3"]
    assert [row.title for row in ahead.meetings] == ["TPM3 Łódź"]
    assert ahead.reports == (("Progress report", date(2027, 1, 31)),)


def test_a_phase_that_ended_in_the_period_is_told(seen: Progress) -> None:
    went_on = [phase for phase in seen.phases if phase.went_on]
    assert [phase.kind.value for phase in went_on] == ["funding"]


def test_an_empty_project_can_be_read(portfolio: Portfolio) -> None:
    @operation("Add")
    def add(session: Session) -> int:
        session.add(project := Project(acronym="BARE"))
        session.flush()
        return project.id

    empty = portfolio.do(add).value
    seen = portfolio.ask(progress.progress_of, empty, Period(TODAY, TODAY), today=TODAY)
    assert seen.tasks.total == 0
    assert seen.elapsed is None
    assert seen.units == ()
    assert seen.month_of(TODAY) is None


def test_a_project_that_is_gone_is_refused(portfolio: Portfolio) -> None:
    with pytest.raises(Refused, match="no project"):
        portfolio.ask(progress.progress_of, 99, QUARTER, today=TODAY)


def test_more_tasks_and_meetings_take_no_more_statements(portfolio: Portfolio) -> None:
    def statements(tasks: int) -> int:
        project = portfolio.do(believable.enter, tasks, str(tasks)).value
        said: list[str] = []

        def count(session: Session) -> Progress:
            engine = session.get_bind()

            def note(*args: object) -> None:
                said.append(str(args[2]))

            event.listen(engine, "before_cursor_execute", note)
            try:
                return progress.progress_of(session, project, QUARTER, today=TODAY)
            finally:
                event.remove(engine, "before_cursor_execute", note)

        portfolio.ask(count)
        return len(said)

    assert statements(2) == statements(400) < 90


def test_decisions_come_in_the_order_of_the_minutes(portfolio: Portfolio, project: int) -> None:
    @operation("Decide")
    def decide(session: Session) -> None:
        meeting = session.scalars(select(Meeting).where(Meeting.title == "TPM2 Bologna")).one()
        session.add(
            MeetingOutcome(
                project_id=project,
                meeting_id=meeting.id,
                position=-1,
                kind="decision",
                text="First.",
            )
        )

    portfolio.do(decide)
    seen = portfolio.ask(progress.progress_of, project, QUARTER, today=TODAY)
    assert seen.meetings[0].decisions[0] == "First."
