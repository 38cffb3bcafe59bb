"""The work plan as it is read: its order, what is counted, money, and how much is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ka2tui.domain.kinds import PlanKind, ProjectShape, TaskState, WorkUnitState
from ka2tui.domain.progress import Standing
from ka2tui.domain.refusal import Refused
from ka2tui.operations import deliverables, milestones, partners, projects, tasks, work_units
from ka2tui.queries import work_plan, work_plan_about
from ka2tui.store.operation import operation
from ka2tui.store.records import Deliverable, Task, WorkUnit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 21)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made = portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, grant_cents=100_000,
        today=TODAY,
    )  # fmt: skip
    return made.value


def test_activities_count_for_their_work_package(portfolio: Portfolio, project: int) -> None:
    do = portfolio.do
    months = {"start_month": 1, "end_month": 24}
    wp = do(work_units.add, project, "WP1", values=months | {"amount_cents": 60_000}).value
    part = do(
        work_units.add, project, "A1.1", values={"parent_id": wp, "amount_cents": 50_000}
    ).value
    for unit, due in ((wp, date(2026, 11, 1)), (part, date(2026, 11, 2)), (part, None)):
        do(tasks.add, project, "Do it", work_unit_id=unit, due=due)
    do(tasks.finish, [3], today=TODAY)
    do(tasks.add, project, "Given up", work_unit_id=wp)
    do(tasks.cancel, [4])
    do(deliverables.add, project, "D1.1", values={"work_unit_id": part, "due": date(2026, 11, 3)})
    do(milestones.add, project, "MS9")
    seen = portfolio.ask(work_plan.read, project, today=TODAY)
    assert [row.code for row in seen.rows] == ["WP1", "A1.1", "D1.1", "MS9"]
    package, activity, *_ = seen.rows
    assert package.counts == (3, 1, 2, 1, 0, 1)
    assert activity.counts == (2, 1, 1, 1, 0, 1)
    assert package.counted == 100 // 6
    assert package.standing is Standing.BEHIND
    assert (package.activities.left, package.adds_up) == (10_000, False)
    assert seen.money == (100_000, 60_000)
    do(work_units.mark, [wp], WorkUnitState.DONE)
    package = portfolio.ask(work_plan.read, project, today=TODAY).rows[0]
    assert (package.done, package.closed) == (100, True)


def test_a_plan_of_activities_alone_and_one_of_headings_are_read_too(portfolio: Portfolio) -> None:
    for number, (shape, kind) in enumerate(
        ((ProjectShape.ACTIVITIES, PlanKind.ACTIVITY), (ProjectShape.HEADINGS, PlanKind.HEADING)),
        start=1,
    ):
        project = portfolio.do(projects.add, f"P{number}", shape=shape, today=TODAY).value
        portfolio.do(work_units.add, project, "1", "First", values={"end_month": 3})
        (row,) = portfolio.ask(work_plan.read, project, today=TODAY).rows
        assert (row.kind, row.elapsed, row.due) == (kind, None, None)


@operation("Fill")
def fill(session: Session, project: int) -> None:
    """Sixty parts with five hundred deliverables and as many tasks."""
    for number in range(60):
        session.add(WorkUnit(project_id=project, code=f"WP{number}", title="Work"))
    session.flush()
    for number in range(500):
        unit = number % 60 + 1
        session.add(Deliverable(project_id=project, code=f"D{number}", work_unit_id=unit,
                                due=date(2026, 1 + number % 12, 5)))  # fmt: skip
        session.add(Task(project_id=project, title="Do", work_unit_id=unit, state=TaskState.OPEN))


def test_a_large_plan_takes_as_few_questions_as_a_small_one(
    portfolio: Portfolio, project: int
) -> None:
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        asked.append(statement)

    portfolio.do(work_units.add, project, "W", "One")
    event.listen(Engine, "before_cursor_execute", note)
    try:
        portfolio.ask(work_plan.read, project, today=TODAY)
        small = len(asked)
        portfolio.do(fill, project)
        asked.clear()
        seen = portfolio.ask(work_plan.read, project, today=TODAY)
        large = len(asked)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen.rows) == 561
    assert large == small < 12


def test_one_part_is_told_with_its_open_tasks_and_its_history(
    portfolio: Portfolio, project: int
) -> None:
    do = portfolio.do
    who = do(partners.add, project, "KMOP", acronym="KMOP").value
    wp = do(work_units.add, project, "WP1", "Work").value
    part = do(work_units.add, project, "A1.1", values={"parent_id": wp}).value
    do(tasks.add, project, "Later", work_unit_id=wp)
    do(tasks.add, project, "Sooner", work_unit_id=part, due=TODAY, partner_id=who)
    about = portfolio.ask(work_plan_about.about, PlanKind.WORK_PACKAGE, wp, today=TODAY)
    assert [(task.title, task.who) for task in about.tasks] == [("Sooner", "KMOP"), ("Later", None)]
    assert about.history[-1].label == "Add work package WP1 “Work”"
    assert portfolio.ask(work_plan_about.hanging, [wp]) == (1, 2, 0, 0, 0)
    with pytest.raises(Refused, match="no milestone 7"):
        portfolio.ask(work_plan_about.about, PlanKind.MILESTONE, 7, today=TODAY)
