"""The page of letters: threads, answers begun with what is known, what is owed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import Direction
from ka2tui.operations import letters, projects
from ka2tui.queries import letters as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.letters import LettersPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, go, screen_text

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

DAY = timedelta(days=1)
SIZE = (120, 40)


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    """A project with a letter to answer, one that waits, and an old one."""
    path = str(tmp_path / "ka2tui.db")
    made = Portfolio.open(path, actor="Ana")
    project = made.do(projects.add, "SOLAR", start=date(2026, 1, 1), months=24, today=TODAY).value
    made.do(letters.add, project, "Old", day=date(2026, 2, 1))
    made.do(
        letters.add, project, "Our question", day=TODAY - 30 * DAY, direction=Direction.OUT,
        values={"answer_by": TODAY - DAY},
    )  # fmt: skip
    made.do(
        letters.add, project, "Visit [red]soon[/]", day=TODAY - 20 * DAY,
        values={"answer_by": date(2026, 12, 4), "reference_nr": "AZ 12", "text": "Dear\n[b]all"},
    )  # fmt: skip
    made.close()
    return path


def rows(file: str) -> list[Any]:
    return list(ask(file, views.listed, 1, today=TODAY))


async def begin(pilot: Pilot[Any], *pressed: str) -> LettersPage:
    await go(pilot, "g", "e")
    screen = pilot.app.screen
    assert isinstance(screen, LettersPage)
    if pressed:
        await go(pilot, *pressed)
    return screen


async def test_what_is_to_be_answered_stands_first_with_its_text_beside(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot)
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.subject == "Visit [red]soon[/]"
        text = screen_text(app)
        assert "Fri 4 Dec" in text
        assert "[b]all" in text
        assert "‖" not in text  # it is late, which says more
        assert "!" in text


async def test_days_of_another_year_are_whole(app: Ka2tui, file: str) -> None:
    made = Portfolio.open(file, actor="Ana")
    made.do(
        letters.add, 1, "Last year", day=date(2025, 12, 17),
        values={"answer_by": date(2025, 12, 20), "answered_on": date(2025, 12, 18)},
    )  # fmt: skip
    made.close()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert "Wed 17 Dec 2025" in screen_text(app)
        assert "✓ Thu 18 Dec 2025" in screen_text(app)


async def test_an_answer_begins_with_what_is_known(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot, "r")
        assert "Re: Visit [red]soon[/]" in screen_text(app)
        assert "AZ 12" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.direction is Direction.OUT
    answers = [row for row in rows(file) if row.answers_id == 3]
    assert [row.reference_nr for row in answers] == ["AZ 12"]
    assert not [row for row in rows(file) if row.to_answer]


async def test_space_marks_as_answered_and_takes_it_off(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot, "space")
        assert not [row for row in rows(file) if row.to_answer]
        page.table.move_to(3)
        await go(pilot, "space")
    assert [row.id for row in rows(file) if row.to_answer] == [3]


async def test_a_letter_is_kept_edited_and_removed(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await begin(pilot, "n")
        await pilot.press(*"=cmd")
        await go(pilot, "ctrl+s")
        row = page.table.cursor_row
        assert row is not None
        assert (row.subject, row.who) == ("=cmd", "the agency")
        await go(pilot, "e")
        await pilot.press("end", *" two")
        await go(pilot, "ctrl+s")
        assert "=cmd two" in [it.subject for it in rows(file)]
        await go(pilot, "x", "y")
        assert "=cmd two" not in [it.subject for it in rows(file)]
        await go(pilot, "u")
    assert "=cmd two" in [it.subject for it in rows(file)]


async def test_the_tab_shows_what_is_owed(app: Ka2tui) -> None:
    async with app.run_test(size=SIZE) as pilot:
        page = await begin(pilot, "right_square_bracket")
        assert [page.table.row_of(key).id for key in page.table.keys] == [3]  # type: ignore[union-attr]
        await go(pilot, "right_square_bracket")
        assert [page.table.row_of(key).id for key in page.table.keys] == [2]  # type: ignore[union-attr]
