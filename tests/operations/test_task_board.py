"""Tasks brought elsewhere: in their order, on the board, in the work plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from ka2tui.domain.kinds import Priority, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import dependencies, projects, subtasks, task_board, tasks, work_units
from ka2tui.store.records import Change, Task

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=TODAY
    ).value


def add(portfolio: Portfolio, project: int, *titles: str, **more: Any) -> list[int]:
    return [portfolio.do(tasks.add, project, title, **more).value for title in titles]


def order(portfolio: Portfolio, parent: int | None = None) -> str:
    query = select(Task.title).where(Task.parent_id.is_not_distinct_from(parent))
    found = portfolio.ask(lambda s: s.scalars(query.order_by(Task.position, Task.id)).all())
    return " ".join(found)


def states(portfolio: Portfolio) -> dict[str, str]:
    found = portfolio.ask(lambda s: s.execute(select(Task.title, Task.state)).all())
    return {title: str(state) for title, state in found}


def changes(portfolio: Portfolio) -> int:
    return portfolio.ask(lambda s: s.scalar(select(func.count(Change.id))) or 0)


def test_tasks_are_put_beside_others_and_taken_back_in_one_step(
    portfolio: Portfolio, project: int
) -> None:
    a, b, c, d, e = add(portfolio, project, *"abcde")
    outcome = portfolio.do(subtasks.place, [d, e], before=b)
    assert order(portfolio) == "a d e b c"
    assert outcome.label == "Move 2 tasks before “b”"
    portfolio.do(subtasks.place, [a], after=c)
    assert order(portfolio) == "d e b c a"
    portfolio.undo()
    portfolio.undo()
    assert order(portfolio) == "a b c d e"


def test_only_what_stands_between_the_old_place_and_the_new_changes(
    portfolio: Portfolio, project: int
) -> None:
    many = add(portfolio, project, *(f"t{n:02}" for n in range(40)))
    before = changes(portfolio)
    portfolio.do(subtasks.place, [many[20]], before=many[19])
    assert changes(portfolio) == before + 2


def test_a_task_put_beside_a_part_becomes_a_part_too(portfolio: Portfolio, project: int) -> None:
    a, b = add(portfolio, project, "a", "b")
    p, _ = add(portfolio, project, "p", "q", parent_id=a)
    portfolio.do(subtasks.place, [b], after=p)
    assert order(portfolio, a) == "p b q"
    assert order(portfolio) == "a"


def test_a_task_cannot_be_put_inside_itself_or_where_it_stands(
    portfolio: Portfolio, project: int
) -> None:
    a, b = add(portfolio, project, "a", "b")
    (part,) = add(portfolio, project, "part", parent_id=a)
    with pytest.raises(Refused, match="cannot be part of itself"):
        portfolio.do(subtasks.place, [a], after=part)
    with pytest.raises(Refused, match="stands there already"):
        portfolio.do(subtasks.place, [a], before=b)
    with pytest.raises(Refused, match="beside itself"):
        portfolio.do(subtasks.place, [a, b], before=b)


@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("start", TaskState)
def test_from_any_state_a_task_is_brought_into_any_other(
    portfolio: Portfolio, project: int, start: TaskState, state: TaskState
) -> None:
    (task,) = add(portfolio, project, "a")
    if start is not TaskState.OPEN:
        portfolio.do(task_board.put, [task], start, today=TODAY)
    if start is state:
        with pytest.raises(Refused, match=f"is {state.word} already"):
            portfolio.do(task_board.put, [task], state, today=TODAY)
        return
    outcome = portfolio.do(task_board.put, [task], state, today=TODAY)
    assert states(portfolio) == {"a": state}
    assert outcome.label == f"Move “a” to {state.word}"
    portfolio.undo()
    assert states(portfolio) == {"a": start}


def test_a_finished_task_that_is_opened_keeps_no_day_of_its_end(
    portfolio: Portfolio, project: int
) -> None:
    (task,) = add(portfolio, project, "a")
    portfolio.do(task_board.put, [task], TaskState.DONE, today=TODAY)
    portfolio.do(task_board.put, [task], TaskState.WAITING, today=TODAY)
    row = portfolio.ask(lambda s: s.execute(select(Task.finished_on, Task.waiting_since)).one())
    assert tuple(row) == (None, TODAY)


def test_priorities_and_work_packages_are_set_for_many_at_once(
    portfolio: Portfolio, project: int
) -> None:
    a, b = add(portfolio, project, "a", "b")
    unit = portfolio.do(work_units.add, project, "WP2", "Handbook").value
    assert portfolio.do(task_board.prioritise, [a, b], Priority.HIGH).label == (
        "Give 2 tasks high priority"
    )
    with pytest.raises(Refused, match="“a” has high priority already"):
        portfolio.do(task_board.prioritise, [a], Priority.HIGH)
    assert portfolio.do(task_board.belong, [a, b], unit).label == "Move 2 tasks to WP2"
    with pytest.raises(Refused, match="“a” belongs to WP2 already"):
        portfolio.do(task_board.belong, [a], unit)
    with pytest.raises(Refused, match="no such work package"):
        portfolio.do(task_board.belong, [a], 99)
    label = portfolio.do(task_board.belong, [a], None).label
    assert label == "Take “a” out of the work package"


def test_several_tasks_wait_for_one_and_are_let_go_in_one_step(
    portfolio: Portfolio, project: int
) -> None:
    a, b, c = add(portfolio, project, "a", "b", "c")
    assert portfolio.do(dependencies.hold, [a, b], c).label == "Let 2 tasks wait for “c”"
    with pytest.raises(Refused, match="“a” already waits for “c”"):
        portfolio.do(dependencies.hold, [c], a)
    label = portfolio.do(dependencies.release, [a, b], c).label
    assert label == "Let 2 tasks no longer wait for “c”"
    with pytest.raises(Refused, match="do not wait for “c”"):
        portfolio.do(dependencies.release, [a, b], c)
