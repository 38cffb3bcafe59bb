"""What a record is called has a length that lists, exports and forms can count on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from ka2tui.store.names import LONGEST, TooLong
from ka2tui.store.records import Task
from tests.store.test_portfolio import add_project, add_task, note, rename

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio


def title(portfolio: Portfolio) -> str:
    return portfolio.ask(lambda session: session.get_one(Task, 1).title)


def test_a_title_that_is_too_long_is_refused_with_its_length(portfolio: Portfolio) -> None:
    portfolio.do(add_project, "SOLARIS")
    portfolio.do(add_task, 1, "ł" * LONGEST)
    said = "A title has at most 500 characters; this one has 501. Put the rest into its notes."
    with pytest.raises(TooLong) as refused:
        portfolio.do(add_task, 1, "ł" * (LONGEST + 1))
    assert str(refused.value) == said
    with pytest.raises(TooLong):
        portfolio.do(rename, 1, "x" * (LONGEST + 1))
    with pytest.raises(TooLong, match="An acronym has at most 500 characters; this one has 600"):
        portfolio.do(add_project, "x" * 600)
    assert title(portfolio) == "ł" * LONGEST


def test_a_longer_one_from_before_stays_and_comes_back(portfolio: Portfolio) -> None:
    portfolio.do(add_project, "SOLARIS")
    portfolio.do(add_task, 1, "short")
    long = "x" * (LONGEST + 100)
    with portfolio._engine.begin() as raw:
        raw.execute(text("UPDATE task SET title = :long"), {"long": long})
    portfolio.do(note, 1, "It can still be worked on.")
    assert title(portfolio) == long
    portfolio.do(rename, 1, "shorter")
    portfolio.undo()
    assert title(portfolio) == long
