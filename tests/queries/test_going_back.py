"""What going back would do, told before it is done; restore points listed; what stands after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from ka2tui.domain.due import Step
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import projects, restore_points, tasks
from ka2tui.queries import changes, going_back, history
from ka2tui.queries import restore_points as points
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    return portfolio.do(projects.add, "SOLARIS", today=today).value


def due_days(session: Session) -> list[date | None]:
    return list(session.scalars(select(Task.due).order_by(Task.id)))


def test_the_preview_tells_what_is_taken_back_by_whom_and_what_becomes_of_it(
    portfolio: Portfolio, project: int, database: str
) -> None:
    one = portfolio.do(tasks.add, project, "Send minutes", due=date(2026, 12, 4)).value
    here = portfolio.clock()
    portfolio.do(tasks.postpone, [one], by=Step(days=7))
    ben = Portfolio.open(database, actor="Ben")
    ben.do(tasks.add, project, "Ben's")
    ben.do(tasks.tag, [one], put=["tpm"])
    seen = portfolio.ask(going_back.preview, here)
    assert [row.label for row in seen.rows] == [
        "Tag “Send minutes” with #tpm",
        "Add task “Ben's”",
        "Postpone “Send minutes” 4 Dec 2026 → 11 Dec 2026",
    ]
    assert seen.stays is not None
    assert seen.stays.label == "Add task “Send minutes”"
    assert seen.people == (("Ben", 2), ("Ana", 1))
    assert seen.changes.kinds == ("2 tasks", "1 tag")
    assert seen.records == 3
    told = {(record.name, record.how) for record in seen.changes.records}
    assert told == {
        ("task Send minutes", "changed"),
        ("task Ben's", "removed"),
        ("tag tpm", "removed"),
    }
    moved = next(it for it in seen.changes.records if it.how == "changed")
    assert [(f.name, f.before, f.after) for f in moved.fields] == [
        ("due", "11 Dec 2026", "4 Dec 2026")
    ]
    with pytest.raises(Refused, match="Nothing was done since"):
        portfolio.ask(going_back.preview, portfolio.clock())
    ben.close()


def test_lines_that_were_gone_back_over_no_longer_stand(portfolio: Portfolio, project: int) -> None:
    here = portfolio.clock()
    task = portfolio.do(tasks.add, project, "one").value
    portfolio.do(tasks.start, [task])
    portfolio.undo()
    portfolio.go_back(here)

    def standing() -> list[bool]:
        return [row.standing for row in portfolio.ask(history.entries, project)]

    assert standing() == [True, False, False, False, True]
    portfolio.undo()
    assert standing() == [True, False, True, False, True, True]
    portfolio.redo()
    assert standing() == [True, False, True, False, False, False, True]


def test_a_long_row_of_undo_and_redo_is_told(portfolio: Portfolio, project: int) -> None:
    portfolio.do(tasks.add, project, "one")
    for _ in range(30):
        portfolio.undo()
        portfolio.redo()
    rows = portfolio.ask(history.entries, project)
    assert [row.standing for row in rows[:2]] == [True, False]
    assert rows[-2].standing


def test_a_time_means_the_last_line_before_it(database: str, today: date) -> None:
    moments = [datetime(2026, 11, 20, 9, tzinfo=UTC)]
    portfolio = Portfolio.open(database, actor="Ana", now=lambda: moments[-1])
    project = portfolio.do(projects.add, "SOLARIS", today=today).value
    begun = portfolio.clock()
    moments.append(moments[0] + timedelta(hours=1))
    other = portfolio.do(projects.add, "LUNA", today=today).value
    portfolio.do(tasks.add, project, "one")
    assert portfolio.ask(going_back.line_at, project, moments[0]) == begun
    assert portfolio.ask(going_back.line_at, project, moments[0] - timedelta(hours=1)) == 0
    assert portfolio.ask(going_back.line_at, project, moments[1]) == portfolio.clock()
    assert portfolio.ask(going_back.line_at, other, moments[1]) == portfolio.clock() - 1
    portfolio.close()


def test_points_are_listed_found_renamed_and_removed(portfolio: Portfolio, project: int) -> None:
    first = portfolio.do(restore_points.add, project, "Before the audit").value
    made = [
        portfolio.do(tasks.add, project, f"t{n}", due=date(2026, 12, 1)).value for n in range(21)
    ]
    portfolio.do(tasks.postpone, made, by=Step(days=7))
    rows = portfolio.ask(points.listed, project)
    assert [(row.name, row.made_by_itself, row.since) for row in rows] == [
        ("before postponing 21 tasks by 1 week", True, 1),
        ("Before the audit", False, 23),
    ]
    found = portfolio.ask(points.find, project, "before the AUDIT")
    assert found is not None
    assert found.id == first
    assert portfolio.ask(points.find, project, "audit") is None
    with pytest.raises(Refused, match="already"):
        portfolio.do(restore_points.add, project, "before the audit")
    portfolio.do(restore_points.rename, first, "Audit")
    assert portfolio.do(restore_points.remove, [first]).label == "Remove the restore point Audit"
    assert [row.made_by_itself for row in portfolio.ask(points.listed, project)] == [True]


@pytest.mark.parametrize("name", ["", "  ", "12", "10:30", "2026-11-21", "21 Nov", "yesterday"])
def test_a_name_that_could_be_a_time_is_refused(
    portfolio: Portfolio, project: int, name: str
) -> None:
    with pytest.raises(Refused, match=r"needs a name|read as a time or a line"):
        portfolio.do(restore_points.add, project, name)


def test_a_restore_point_cannot_stand_in_another_project(
    portfolio: Portfolio, project: int, today: date
) -> None:
    here = portfolio.clock()
    other = portfolio.do(projects.add, "LUNA", today=today).value
    with pytest.raises(Refused, match="not one of this project"):
        portfolio.do(restore_points.add, other, "mine", entry=here)
    with pytest.raises(Refused, match="no project 99"):
        portfolio.do(restore_points.add, 99, "mine")


def test_the_point_before_a_change_is_not_told_as_a_part_of_it(
    portfolio: Portfolio, project: int
) -> None:
    made = [portfolio.do(tasks.add, project, f"t{n}").value for n in range(21)]
    entry = portfolio.do(tasks.start, made).entry
    assert entry is not None
    told = portfolio.ask(changes.changes, entry)
    assert told.kinds == ("21 tasks",)
    assert {record.table for record in told.records} == {"task"}
    (row, *_) = portfolio.ask(history.entries, project)
    assert row.records == 21


def test_a_date_is_told_as_it_was_planned(portfolio: Portfolio, project: int, today: date) -> None:
    portfolio.do(projects.edit, project, {"start": date(2025, 10, 1)}, today=today)
    task = portfolio.do(tasks.add, project, "Draft", due_month=14).value
    month = {"due": date(2026, 12, 31), "due_month": None, "due_precision": Precision.MONTH}
    done = portfolio.do(tasks.edit, task, month)
    assert done.entry is not None
    (record,) = portfolio.ask(changes.changes, done.entry).records
    due = [(it.name, it.before, it.after) for it in record.fields]
    assert due == [("due", "M14 (30 Nov 2026)", "Dec 2026")]
