from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from ka2tui.domain.due import Due, Step
from ka2tui.domain.kinds import DeliverableState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import deliverables, due, milestones, projects, tasks
from ka2tui.store.operation import operation
from ka2tui.store.records import Deliverable, Milestone, Project, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)


@operation("Begin")
def _begin(session: Session) -> int:
    project = Project(acronym="SOLARIS", start=date(2025, 10, 1), months=24)
    session.add(project)
    session.flush()
    session.add_all(
        [
            Deliverable(
                project_id=project.id,
                code="D2.3",
                title="Guide",
                due=date(2026, 11, 30),
                due_month=14,
                due_precision="month",
            ),
            Milestone(project_id=project.id, code="MS4", title="Pilot", due=date(2026, 11, 20)),
        ]
    )
    return project.id


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made = portfolio.do(_begin).value
    portfolio.do(tasks.add, made, "Send", due=date(2026, 12, 1))
    return made


def dues(portfolio: Portfolio) -> list[date | None]:
    def read(session: Session) -> list[date | None]:
        return [session.scalar(select(kind.due)) for kind in (Task, Deliverable, Milestone)]

    return portfolio.ask(read)


def test_things_of_all_kinds_are_put_off_in_one_step(portfolio: Portfolio, project: int) -> None:
    outcome = portfolio.do(
        due.postpone,
        tasks=[1],
        deliverables=[1],
        milestones=[1],
        by=Step(months=1),
        late_from=TODAY,
    )
    assert outcome.label == "Postpone 3 things by 1 month"
    assert dues(portfolio) == [date(2027, 1, 1), date(2026, 12, 31), date(2026, 12, 22)]
    portfolio.undo(project)
    assert dues(portfolio) == [date(2026, 12, 1), date(2026, 11, 30), date(2026, 11, 20)]


def test_one_thing_is_named_with_its_dates(portfolio: Portfolio, project: int) -> None:
    outcome = portfolio.do(due.postpone, deliverables=[1], by=Step(months=1))
    assert outcome.label == "Postpone “D2.3 Guide” M14 → M15"
    outcome = portfolio.do(due.postpone, milestones=[1], to=Due(date(2026, 12, 5)))
    assert outcome.label == "Postpone “MS4 Pilot” 20 Nov 2026 → 5 Dec 2026"
    outcome = portfolio.do(due.postpone, tasks=[1], to=Due(date(2026, 12, 5)))
    assert outcome.label == "Postpone “Send” 1 Dec 2026 → 5 Dec 2026"
    with pytest.raises(Refused, match="already due then"):
        portfolio.do(due.postpone, milestones=[1], to=Due(date(2026, 12, 5)))


def test_things_of_all_kinds_are_finished_in_one_step(portfolio: Portfolio, project: int) -> None:
    outcome = portfolio.do(due.finish, tasks=[1], deliverables=[1], milestones=[1], today=TODAY)
    assert outcome.label == "Finish 3 things"
    kept = portfolio.ask(
        lambda session: (
            session.scalar(select(Task.finished_on)),
            session.scalar(select(Deliverable.state)),
            session.scalar(select(Milestone.reached_on)),
        )
    )
    assert kept == (TODAY, DeliverableState.APPROVED, TODAY)
    portfolio.undo(project)
    assert portfolio.ask(lambda session: session.scalar(select(Milestone.reached_on))) is None


def test_what_somebody_finished_meanwhile_stays_as_it_is(
    portfolio: Portfolio, project: int
) -> None:
    published = DeliverableState.PUBLISHED
    portfolio.do(deliverables.move, [1], published, today=date(2026, 11, 1))
    portfolio.do(milestones.reach, [1], on=date(2026, 11, 2))
    with pytest.raises(Refused, match="done already"):
        portfolio.do(due.finish, deliverables=[1], milestones=[1], today=TODAY)
    other = portfolio.do(milestones.add, project, "MS5").value
    portfolio.do(due.finish, deliverables=[1], milestones=[1, other], today=TODAY)

    def kept(session: Session) -> list[object]:
        reached = session.scalars(select(Milestone.reached_on).order_by(Milestone.id))
        return [session.get_one(Deliverable, 1).state, *reached]

    assert portfolio.ask(kept) == [published, date(2026, 11, 2), TODAY]


def test_what_has_no_date_says_so_when_it_is_put_off(portfolio: Portfolio, project: int) -> None:
    bare = portfolio.do(milestones.add, project, "MS5").value
    with pytest.raises(Refused, match="give it one first"):
        portfolio.do(due.postpone, milestones=[bare], by=Step(days=1))


def test_reviews_are_put_off_with_the_rest_and_things_of_several_projects_together(
    portfolio: Portfolio, today: date
) -> None:
    made = [
        portfolio.do(projects.add, name, start=start, months=24, today=today).value
        for name, start in (("ONE", date(2026, 1, 1)), ("TWO", date(2026, 6, 1)))
    ]
    month = Precision.MONTH
    late = [
        portfolio.do(tasks.add, each, "Plan", due_month=5, due_precision=month).value
        for each in made
    ]
    results = [
        portfolio.do(
            deliverables.add,
            each,
            "D1",
            values={"review_due": date(2026, 12, 1), "due_month": 6, "due_precision": month},
        ).value
        for each in made
    ]
    done = portfolio.do(
        due.postpone, tasks=late, deliverables=results, reviews=results[:1], by=Step(months=1)
    )
    assert done.label == "Postpone 5 things by 1 month"

    def days(session: Session) -> list[object]:
        found = [session.get_one(Task, each).due for each in late]
        return [*found, *(session.get_one(Deliverable, each).due for each in results)]

    assert portfolio.ask(days) == [
        *(date(2026, 6, 30), date(2026, 11, 30)),
        *(date(2026, 7, 31), date(2026, 12, 31)),
    ]
    portfolio.undo()
    assert portfolio.ask(days)[0] == date(2026, 5, 31)
    one = portfolio.do(due.postpone, reviews=results[:1], by=Step(days=7))
    assert one.label == "Postpone review of “D1” 1 Dec 2026 → 8 Dec 2026"
    with pytest.raises(Refused, match="already due then"):
        portfolio.do(due.postpone, reviews=results[:1], to=Due(date(2026, 12, 8)))
