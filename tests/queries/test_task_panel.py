"""What stands beside a list of tasks: dates that others move, and urgency with its reasons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from ka2tui.domain import urgency as rules
from ka2tui.domain.kinds import TaskState
from ka2tui.operations import (
    deliverables,
    dependencies,
    milestones,
    projects,
    task_board,
    tasks,
    work_units,
)
from ka2tui.queries import task_panel, urgency
from ka2tui.queries import tasks as views

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)
WEIGHTS = rules.load()


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=TODAY
    ).value


def add(portfolio: Portfolio, project: int, title: str, **more: Any) -> int:
    return portfolio.do(tasks.add, project, title, **more).value


def about(portfolio: Portfolio, task: int) -> task_panel.About:
    return portfolio.ask(task_panel.about, task, today=TODAY, weights=WEIGHTS)


def test_a_delay_is_followed_to_its_cause(portfolio: Portfolio, project: int) -> None:
    first = add(portfolio, project, "Draft", due=date(2026, 11, 18))
    second = add(portfolio, project, "Translate", start=date(2026, 11, 18), due=date(2026, 11, 25))
    third = add(portfolio, project, "Print", due=date(2026, 11, 27))
    other = add(portfolio, project, "Alone", due=date(2026, 11, 1))
    portfolio.do(dependencies.link, second, first)
    portfolio.do(dependencies.link, third, second, lag_days=3)
    seen = about(portfolio, third)
    assert seen.outlook.end == date(2026, 12, 2)
    assert seen.outlook.late == 5
    assert [row.title for row in seen.causes] == ["Translate", "Draft"]
    assert about(portfolio, second).outlooks[third].late == 5
    assert about(portfolio, other).outlook.late == 21
    portfolio.do(tasks.finish, [first], today=TODAY)
    assert about(portfolio, third).causes[0].title == "Translate"
    assert [row.title for row in about(portfolio, second).causes] == []


def test_urgency_knows_links_and_what_is_near(portfolio: Portfolio, project: int) -> None:
    whole = portfolio.do(work_units.add, project, "WP2", "Handbook").value
    part = portfolio.do(work_units.add, project, "A2.1", "Draft", values={"parent_id": whole}).value
    of_whole = {"work_unit_id": whole, "due": date(2026, 12, 2)}
    of_part = {"work_unit_id": part, "due": date(2026, 11, 26)}
    portfolio.do(deliverables.add, project, "D2.1", "Book", values=of_whole)
    portfolio.do(milestones.add, project, "MS1", "Tried", values=of_part)
    one = add(portfolio, project, "one", work_unit_id=part, priority="high", tags=["next"])
    two = add(portfolio, project, "two", work_unit_id=whole, due=date(2026, 11, 20))
    portfolio.do(dependencies.link, two, one)
    told = {part.name: part.points for part in about(portfolio, one).urgency.parts}
    assert told == {"priority": 25, "holds_up": 8, "near": 10, "tag": 60}
    told = {part.name: part.points for part in about(portfolio, two).urgency.parts}
    assert told == {"late": 51, "waits": -25, "near": 5}
    portfolio.do(task_board.put, [one], TaskState.DONE, today=TODAY)
    assert about(portfolio, one).urgency.parts == ()
    assert about(portfolio, two).urgency.score == 56


def test_scores_of_a_list_are_those_of_each_task(portfolio: Portfolio, project: int) -> None:
    ids = [
        add(portfolio, project, f"t{n}", due=date(2026, 11, n + 1), tags=["next"] * (n % 2))
        for n in range(20)
    ]
    for n in range(0, 18, 3):
        portfolio.do(dependencies.link, ids[n], ids[n + 1])
    rows = portfolio.ask(views.listed, project, all=True).rows
    many = portfolio.ask(urgency.scores, project, rows, weights=WEIGHTS, today=TODAY)
    assert many == {task: about(portfolio, task).urgency.score for task in ids}


def test_a_list_of_any_length_is_scored_in_a_handful_of_statements(
    portfolio: Portfolio, project: int
) -> None:
    for n in range(30):
        add(portfolio, project, f"t{n}", due=TODAY)
    rows = portfolio.ask(views.listed, project).rows
    said: list[str] = []

    def hear(session: Any) -> None:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *a: said.append(a[2]))
        urgency.scores(session, project, rows, weights=WEIGHTS, today=TODAY)

    portfolio.ask(hear)
    assert 0 < len(said) <= 4
