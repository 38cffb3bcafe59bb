"""Pasted rows are taken in as one change, which one undo takes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.intake import Intake, Item
from ka2tui.domain.kinds import Precision
from ka2tui.operations import imports, pasting, projects, tasks, work_units
from ka2tui.queries import tasks as views
from ka2tui.store.portfolio import Portfolio

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)


@pytest.fixture
def portfolio(tmp_path: Path) -> Portfolio:
    opened = Portfolio.open(tmp_path / "p.db", actor="Ana")
    opened.do(projects.add, acronym="SOL", title="Sol", start=date(2026, 9, 1), months=24,
              today=TODAY)  # fmt: skip
    return opened


def rows(*titles: str, **values: object) -> Intake:
    made = [
        Item("task", "the rows", at, title, values={"title": title, **values})
        for at, title in enumerate(titles, 1)
    ]
    return Intake(items=made)


def titles(portfolio: Portfolio) -> list[str]:
    return [row.title for row in portfolio.ask(views.listed, 1).rows]


def test_forty_rows_are_one_change_and_one_undo(portfolio: Portfolio) -> None:
    intake = rows(*(f"Task {n}" for n in range(40)))
    outcome = portfolio.do(pasting.take, intake, project=1, today=TODAY)
    assert outcome.label == "Paste 40 tasks"
    assert len(titles(portfolio)) == 40
    portfolio.undo(1)
    assert titles(portfolio) == []


def test_a_title_alone_means_the_task_that_is_there(portfolio: Portfolio) -> None:
    unit = portfolio.do(work_units.add, 1, code="WP1", title="Management").value
    portfolio.do(tasks.add, 1, "Send minutes", work_unit_id=unit)
    taken = portfolio.do(pasting.take, rows("Send minutes"), project=1, today=TODAY).value
    assert (len(taken.added), len(taken.same)) == (0, 1)
    assert titles(portfolio) == ["Send minutes"]


def test_what_is_there_is_kept_unless_the_rows_are_to_win(portfolio: Portfolio) -> None:
    portfolio.do(tasks.add, 1, "Send minutes", due=date(2026, 12, 1))
    other = {"due": date(2027, 1, 1), "due_month": None, "due_precision": Precision.DAY}
    kept = portfolio.do(pasting.take, rows("Send minutes", **other), project=1, today=TODAY)
    assert len(kept.value.doubtful) == 1
    assert portfolio.ask(views.listed, 1).rows[0].due == date(2026, 12, 1)
    outcome = portfolio.do(
        pasting.take, rows("Send minutes", **other), project=1, update=True, today=TODAY
    )
    assert outcome.label == "Change 1 task from pasted rows"
    assert portfolio.ask(views.listed, 1).rows[0].due == date(2027, 1, 1)


def test_nothing_is_taken_where_a_row_has_an_error(portfolio: Portfolio) -> None:
    intake = rows("Good", "Bad")
    intake.items[1].values["effort_minutes"] = -5
    with pytest.raises(imports.Faulty):
        portfolio.do(pasting.take, intake, project=1, today=TODAY)
    assert titles(portfolio) == []
