from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ka2tui.operations import (
    deliverables,
    meetings,
    milestones,
    partners,
    projects,
    tasks,
    work_units,
)
from ka2tui.queries import names

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.store.portfolio import Portfolio


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    made = portfolio.do(projects.add, "SOLARIS", today=today)
    return made.value


def found(portfolio: Portfolio, project: int, words: str, **kw: int) -> list[tuple[str, str]]:
    rows = portfolio.ask(names.having, project, words, **kw)
    return [(row.kind, row.name) for row in rows]


def test_records_of_every_kind_are_found_by_their_names(
    portfolio: Portfolio, project: int, today: date
) -> None:
    portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ")
    portfolio.do(tasks.add, project, "Book the hotel in Łódź")
    portfolio.do(meetings.add, project, "Lodz meeting", code="LODZ")
    portfolio.do(deliverables.add, project, "D2.1", values={"title": "Łódź handbook"})
    portfolio.do(work_units.add, project, "A2.1", "Łódź pilot")
    portfolio.do(milestones.add, project, "MS1", "Łódź agreed")
    assert found(portfolio, project, "LODZ") == [
        ("meeting", "Lodz meeting"),
        ("activity", "A2.1 Łódź pilot"),
        ("deliverable", "D2.1 Łódź handbook"),
        ("milestone", "MS1 Łódź agreed"),
        ("partner", "ULODZ Uniwersytet Łódzki"),
        ("task", "Book the hotel in Łódź"),
    ]
    assert found(portfolio, project, "hotel book") == [("task", "Book the hotel in Łódź")]
    assert found(portfolio, project, "d2.1") == [("deliverable", "D2.1 Łódź handbook")]
    other = portfolio.do(projects.add, "OTHER", today=today).value
    assert found(portfolio, other, "lodz") == []


def test_what_is_over_comes_last_and_no_more_than_asked_for(
    portfolio: Portfolio, project: int, today: date
) -> None:
    for number in range(4):
        portfolio.do(tasks.add, project, f"Write part {number}")
    portfolio.do(tasks.finish, [1], today=today)
    rows = found(portfolio, project, "part")
    assert [name for _, name in rows][-1] == "Write part 0"
    assert len(found(portfolio, project, "part", limit=2)) == 2


def test_a_deliverable_is_given_as_something_due(portfolio: Portfolio, project: int) -> None:
    made = portfolio.do(deliverables.add, project, "D2.1", values={"title": "Handbook"}).value
    item = portfolio.ask(names.deliverable, made)
    assert (item.kind, item.code, item.title, item.due) == ("deliverable", "D2.1", "Handbook", None)
