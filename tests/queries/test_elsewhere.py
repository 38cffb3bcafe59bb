"""What others changed: who, what, how much, and what of it is one's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.operations import projects, tasks
from ka2tui.queries import elsewhere
from ka2tui.queries.elsewhere import News
from ka2tui.store.portfolio import Portfolio

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 22)


@pytest.fixture
def portfolio(database: str) -> Iterator[Portfolio]:
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(projects.add, "SOLARIS", today=TODAY)
    portfolio.do(projects.add, "LUNA", today=TODAY)
    yield portfolio
    portfolio.close()


def test_nothing_new_says_nothing(portfolio: Portfolio) -> None:
    clock = portfolio.clock()
    assert portfolio.ask(elsewhere.since, clock) == News(clock)


def test_the_last_change_is_told_and_all_are_counted(portfolio: Portfolio) -> None:
    clock = portfolio.clock()
    portfolio.do(tasks.add, 1, "Send {minutes} [red]")
    portfolio.actor = "Ben"
    task = portfolio.do(tasks.add, 1, "Write").value
    news = portfolio.ask(elsewhere.since, clock, (), 1)
    assert (news.count, news.actors, news.project) == (2, ("Ben", "Ana"), None)
    assert news.said == "Add task “Write”"
    assert news.touched == {"task"}
    assert news.clock == portfolio.clock()
    portfolio.do(tasks.finish, [task], today=TODAY)
    portfolio.undo()
    again = portfolio.ask(elsewhere.since, news.clock, (), 1)
    assert again.said == "Finish “Write” (taken back)"


def test_own_changes_are_left_out(portfolio: Portfolio) -> None:
    clock = portfolio.clock()
    own = portfolio.do(tasks.add, 1, "Mine").entry
    assert own is not None
    assert portfolio.ask(elsewhere.since, clock, [own], 1) == News(own)
    portfolio.do(tasks.add, 2, "Theirs")
    news = portfolio.ask(elsewhere.since, clock, [own], 1)
    assert (news.count, news.said, news.project) == (1, "Add task “Theirs”", "LUNA")
