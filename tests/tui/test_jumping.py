"""Jumping: a letter on everything in sight; typing it goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from ka2tui.operations import projects, tasks
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import jumping, keys
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.jump import Jump
from ka2tui.tui.pages.tasks import TasksPage
from ka2tui.tui.pages.today import TodayPage
from ka2tui.tui.widgets.filter_tabs import FilterTabs
from tests.tui.driving import TODAY, now, screen_text, settled, until

if TYPE_CHECKING:
    from textual.pilot import Pilot


@pytest.fixture
def app(database: str, settings: Settings) -> Ka2tui:
    portfolio = Portfolio.open(database, actor="Ana")
    project = portfolio.do(projects.add, "SOLARIS", today=TODAY).value
    for title in ("One [red]", "Two Łódź 🎉", "Three [/]", "Four"):
        portfolio.do(tasks.add, project, title, due=TODAY)
    portfolio.close()
    return Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY, now=now, settings=settings, project=project,
    )  # fmt: skip


async def begin(pilot: Pilot[Any], *pressed: str) -> None:
    app: Any = pilot.app
    await until(pilot, app.opened.is_set)
    await settled(pilot)
    for key in pressed:
        await pilot.press(key)
        await settled(pilot)


def label_at(app: Ka2tui, text: str) -> str:
    """Give the label on the line that has this text."""
    assert isinstance(app.screen, Jump)
    lines = screen_text(app).splitlines()
    line = next(at for at, said in enumerate(lines) if text in said)
    return next(name for name, spot in app.screen.veil.labelled if spot.y == line)


def tabs_first(app: Ka2tui) -> int:
    """Give the place of the first tab among the labels."""
    assert isinstance(app.screen, Jump)
    region = app.screen_stack[-2].query_one(FilterTabs).region
    spots = [spot for _, spot in app.screen.veil.labelled]
    return next(at for at, it in enumerate(spots) if region.contains(it.x, it.y))


@pytest.mark.parametrize("count", [0, 1, 26, 27, 60, 200, 676, 2000])
def test_no_label_is_the_beginning_of_another(count: int) -> None:
    names = jumping.labels(count)
    assert len(names) == min(count, 676)
    assert len(set(names)) == len(names)
    singles = {name for name in names if len(name) == 1}
    assert not singles & {name[0] for name in names if len(name) == 2}


def test_its_key_is_free_in_both_styles_and_can_be_changed() -> None:
    every = keys.every()
    known = next(it for it in every if it.name == "app.jump")
    for style in ("arrows", "vim"):
        wanted = keys.keymap(Settings(keys=style))
        assert keys.taken(every, known, wanted) == []
    assert keys.keymap(Settings(keymap={"app.jump": "f9"}))["app.jump"] == "f9"


async def test_a_row_is_gone_to(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "semicolon")
        assert "Type a letter to go there" in screen_text(app)
        await begin(pilot, *label_at(app, "Three [/]"))
        page = app.screen
        assert isinstance(page, TasksPage)
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.title == "Three [/]"


async def test_it_is_left_without_going_anywhere(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "down")
        before = app.screen.table.cursor_key  # type: ignore[attr-defined]
        await begin(pilot, "semicolon", "escape")
        assert isinstance(app.screen, TasksPage)
        assert app.screen.table.cursor_key == before


async def test_a_letter_that_leads_nowhere_does_nothing(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "semicolon", "m", "7", "down")
        assert isinstance(app.screen, Jump)


async def test_panes_and_their_lines_are_gone_to(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "semicolon")
        await begin(pilot, *label_at(app, "Waiting for"))
        assert isinstance(app.screen, TodayPage)
        assert app.screen.waiting.has_focus


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_a_tab_is_gone_to(app: Ka2tui, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await begin(pilot, "3", "semicolon")
        assert isinstance(app.screen, Jump)
        tabs = app.screen_stack[-2].query_one(FilterTabs)
        await begin(pilot, app.screen.veil.labelled[tabs_first(app) + 1][0])
        assert tabs.now == tabs.tabs[1].text


async def test_cards_of_the_board_are_gone_to(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "3", "o", "semicolon")
        await begin(pilot, *label_at(app, "Four"))
        page = app.screen
        assert isinstance(page, TasksPage)
        row = page.board.cursor_row
        assert row is not None
        assert row.title == "Four"


async def test_what_is_typed_in_a_line_is_typed(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "a", "semicolon")
        assert app.screen.query_one(Input).value == ";"


async def test_of_ten_thousand_rows_only_those_in_sight_have_letters(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3")
        page = app.screen
        assert isinstance(page, TasksPage)
        row = page.table.cursor_row
        assert row is not None
        page.table.set_rows([row._replace(id=number) for number in range(10_000)])
        page.table.action_last()
        await begin(pilot, "semicolon")
        assert isinstance(app.screen, Jump)
        assert len(app.screen.veil.labelled) < 30
        last = max(app.screen.veil.labelled, key=lambda it: it[1].y)
        await begin(pilot, *last[0])
        assert page.table.cursor_key == 9_999
