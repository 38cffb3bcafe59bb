from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from ka2tui.domain.kinds import Priority, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import dependencies
from ka2tui.operations import tasks as verbs
from ka2tui.queries import tasks
from ka2tui.store.operation import operation
from ka2tui.store.records import (
    Contact,
    Meeting,
    MeetingOutcome,
    Partner,
    Project,
    Tag,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 22)


@operation("Begin")
def _begin(session: Session) -> int:
    project = Project(acronym="SOLARIS", start=date(2025, 10, 1), months=24)
    session.add(project)
    session.flush()
    lodz = Partner(project_id=project.id, acronym="ULODZ", name="Uniwersytet Łódzki")
    unit = WorkUnit(project_id=project.id, code="WP2", title="Handbook")
    meeting = Meeting(project_id=project.id, title="TPM2 Bologna")
    session.add_all([lodz, unit, meeting])
    session.flush()
    zofia = Contact(project_id=project.id, partner_id=lodz.id, name="Zofia Nowak")
    outcome = MeetingOutcome(
        project_id=project.id, meeting_id=meeting.id, kind="action", text="Send list"
    )
    session.add_all([zofia, outcome])
    session.flush()
    return project.id


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(_begin).value


@operation("Fill")
def fill(session: Session, project: int, count: int) -> None:
    rows = [
        Task(
            project_id=project,
            title=f"Task {n} in Łódź" if n % 10 == 0 else f"Task {n}",
            code=f"T{n}",
            due=TODAY + timedelta(days=n % 300) if n % 4 else None,
            state=TaskState.DONE if n % 5 == 4 else TaskState.OPEN,
            partner_id=1,
            work_unit_id=1,
        )
        for n in range(count)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all([Tag(project_id=project, task_id=row.id, name="tpm") for row in rows[::3]])


def test_tasks_are_listed_by_due_date_unknown_last_then_as_added(
    portfolio: Portfolio, project: int
) -> None:
    for title, due in (("C", None), ("B", TODAY), ("A", TODAY), ("D", date(2026, 11, 1))):
        portfolio.do(verbs.add, project, title, due=due)
    seen = portfolio.ask(tasks.listed, project)
    assert [row.title for row in seen.rows] == ["D", "B", "A", "C"]


def test_what_is_done_or_cancelled_is_counted_and_shown_on_demand(
    portfolio: Portfolio, project: int
) -> None:
    a, b, _ = (portfolio.do(verbs.add, project, title).value for title in "ABC")
    portfolio.do(verbs.finish, [a], today=TODAY)
    portfolio.do(verbs.cancel, [b])
    seen = portfolio.ask(tasks.listed, project)
    assert ([row.title for row in seen.rows], seen.closed) == (["C"], 2)
    seen = portfolio.ask(tasks.listed, project, all=True)
    assert ([row.title for row in seen.rows], seen.closed) == (["A", "B", "C"], 0)


@pytest.mark.parametrize(
    ("words", "found"),
    [("lodz", ["Visit Łódź"]), ("t2.3", ["Send"]), ("ŁODZ visit", ["Visit Łódź"]), ("x", [])],
)
def test_words_are_searched_in_code_and_title_whatever_the_letters(
    portfolio: Portfolio, project: int, words: str, found: list[str]
) -> None:
    portfolio.do(verbs.add, project, "Visit Łódź")
    portfolio.do(verbs.add, project, "Send", code="T2.3", notes="about x")
    seen = portfolio.ask(tasks.listed, project, words=words)
    assert [row.title for row in seen.rows] == found


def test_a_row_names_who_does_it_and_where_it_belongs(portfolio: Portfolio, project: int) -> None:
    task = portfolio.do(
        verbs.add,
        project,
        "Send",
        contact_id=1,
        work_unit_id=1,
        tags=["tpm", "urgent"],
        priority=Priority.HIGH,
    ).value
    (row,) = portfolio.ask(tasks.some, [task])
    assert (row.assignee, row.partner, row.work_unit) == ("Zofia Nowak", "ULODZ", "WP2")
    assert (row.tags, row.priority) == (("tpm", "urgent"), Priority.HIGH)
    portfolio.do(verbs.assign, [task], partner_id=1)
    (row,) = portfolio.ask(tasks.some, [task])
    assert row.assignee == "ULODZ"


def test_details_tell_links_parts_origin_and_history(portfolio: Portfolio, project: int) -> None:
    top = portfolio.do(verbs.add, project, "Handbook").value
    first = portfolio.do(verbs.add, project, "Chapter 1", parent_id=top).value
    task = portfolio.do(
        verbs.add, project, "Chapter 2", parent_id=top, outcome_id=1, notes="Two\nlines"
    ).value
    portfolio.do(dependencies.link, task, first, lag_days=3)
    portfolio.do(verbs.start, [task])
    seen = portfolio.ask(tasks.one, task)
    assert seen.parent is not None
    assert seen.parent.title == "Handbook"
    assert [(link.task.title, link.lag_days) for link in seen.waits_for] == [("Chapter 1", 3)]
    assert (seen.origin, seen.meeting_id) == ("agreed at TPM2 Bologna", 1)
    assert seen.notes == "Two\nlines"
    assert [line.label for line in seen.history][:2] == [
        "Start “Chapter 2”",
        "Add task “Chapter 2”",
    ]
    seen = portfolio.ask(tasks.one, top)
    assert [row.title for row in seen.subtasks] == ["Chapter 1", "Chapter 2"]
    seen = portfolio.ask(tasks.one, first)
    assert [link.task.title for link in seen.holds_up] == ["Chapter 2"]


def test_what_is_open_below_is_found_at_every_depth(portfolio: Portfolio, project: int) -> None:
    top = portfolio.do(verbs.add, project, "Top").value
    middle = portfolio.do(verbs.add, project, "Middle", parent_id=top).value
    done = portfolio.do(verbs.add, project, "Done", parent_id=middle).value
    portfolio.do(verbs.add, project, "Leaf", parent_id=middle)
    portfolio.do(verbs.finish, [done], today=TODAY)
    assert [row.title for row in portfolio.ask(tasks.open_below, [top])] == ["Middle", "Leaf"]
    assert [row.title for row in portfolio.ask(tasks.open_below, [top, middle])] == ["Leaf"]
    assert portfolio.ask(tasks.open_below, []) == []


def test_a_task_that_is_gone_is_refused_with_a_sentence(portfolio: Portfolio) -> None:
    with pytest.raises(Refused, match="no task 7 any more"):
        portfolio.ask(tasks.one, 7)


def test_a_form_offers_what_the_project_has(portfolio: Portfolio, project: int) -> None:
    portfolio.do(verbs.add, project, "Send", tags=["b", "Ä"])
    seen = portfolio.ask(tasks.choices, project)
    assert [(one.word, one.note) for one in seen.work_units] == [("WP2", "Handbook")]
    assert [(one.word, one.note) for one in seen.contacts] == [("Zofia Nowak", "ULODZ")]
    assert seen.tags == ("Ä", "b")
    assert seen.start == date(2025, 10, 1)


def test_a_list_takes_as_many_statements_for_ten_as_for_a_thousand(
    portfolio: Portfolio, project: int
) -> None:
    said: list[str] = []
    event.listen(
        portfolio._engine, "before_cursor_execute", lambda *args: said.append(str(args[2]))
    )

    def statements() -> int:
        said.clear()
        portfolio.ask(tasks.listed, project, all=True)
        return len([each for each in said if each.startswith("SELECT")])

    portfolio.do(fill, project, 10)
    few = statements()
    portfolio.do(_bare, project, 990)
    assert statements() == few <= 5


@operation("Fill with bare tasks")
def _bare(session: Session, project: int, count: int) -> None:
    session.add_all([Task(project_id=project, title=f"More {n}") for n in range(count)])


def test_ten_thousand_tasks_are_read_quickly_and_a_first_window_at_once(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(fill, project, 10_000)
    took = {}
    for limit in (None, 200):
        best = 9.0
        for _ in range(3):
            began = time.perf_counter()
            seen = portfolio.ask(tasks.listed, project, all=True, limit=limit)
            best = min(best, time.perf_counter() - began)
        took[limit] = best
        assert len(seen.rows) == (limit or 10_000)
    assert took[None] < 0.6, "0.1 s on a quiet machine, with room for a busy one"
    assert took[200] * 3 < took[None]


def test_the_first_window_is_the_beginning_of_the_whole(portfolio: Portfolio, project: int) -> None:
    portfolio.do(fill, project, 50)
    whole = portfolio.ask(tasks.listed, project)
    window = portfolio.ask(tasks.listed, project, limit=10)
    assert window.rows == whole.rows[:10]
    assert window.closed == whole.closed == 10
