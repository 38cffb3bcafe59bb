"""Behind a figure: a key leads from a number to its rows, and from a row to its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.search import Entry
from ka2tui.exchange import demo
from ka2tui.operations import tasks
from ka2tui.queries import behind, figures
from ka2tui.queries.behind import BehindRow
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import going
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.behind import Behind
from ka2tui.tui.dialogs.choose import Choose
from ka2tui.tui.pages.tasks import TasksPage
from tests.reports import believable
from tests.tui.driving import TODAY, now, screen_text, settled, toasts, until

if TYPE_CHECKING:
    from textual.pilot import Pilot


@pytest.fixture
def app(database: str, settings: Settings) -> Ka2tui:
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(believable.enter)
    portfolio.do(believable.enter_steps)
    portfolio.do(tasks.add, 1, "Odd [red]one[/] 🎉 =1+1", due=TODAY)
    portfolio.close()
    return Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY, now=now, settings=settings, project=1,
    )  # fmt: skip


async def press(pilot: Pilot[Any], *keys: str) -> None:
    app: Any = pilot.app
    await until(pilot, app.opened.is_set)
    await settled(pilot)
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def test_a_figure_is_chosen_and_its_rows_add_up_to_it(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        assert isinstance(app.screen, Choose)
        assert "Late" in screen_text(app)
        await press(pilot, *"due from", "enter")
        assert isinstance(app.screen, Behind)
        text = screen_text(app)
        assert "Odd [red]one[/] 🎉 =1+1" in text
        figure = app.screen.figure
        assert f"{figure.title}: {figure.value}" in text
        assert f"{figure.value} rows" in text
        assert app.screen.table.count == figure.value


async def test_enter_goes_to_the_row_and_escape_back_to_the_choice(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "B", "enter", "escape")
        assert isinstance(app.screen, Choose)
        await press(pilot, *"tasks open", "enter", "down")
        assert isinstance(app.screen, Behind)
        row = app.screen.table.cursor_row
        assert row is not None
        await press(pilot, "enter")
        assert isinstance(app.screen, TasksPage)
        assert app.screen.table.cursor_key == row.row.id


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5", "6", "7", "0"])
async def test_every_page_with_figures_leads_to_rows(app: Ka2tui, key: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *key.split(), "B")
        if isinstance(app.screen, Choose):
            await press(pilot, "enter")
        assert isinstance(app.screen, Behind)
        assert app.screen.figure.adds_up
        assert app.screen.rows[0].row.goes is not None


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 50)])
async def test_what_many_rows_come_to_stays_in_sight(app: Ka2tui, size: tuple[int, int]) -> None:
    rows = tuple(
        BehindRow("task", n, "task", f"T{n}", f"Thing {n}", "open", 1, None,
                  Entry("task", n, 1, "task", f"Thing {n}"))
        for n in range(1, 1301)
    )  # fmt: skip
    figure = Figure("x", "Things", 1300, Trace.rows("task", range(1, 1301)), how="In some way.")
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        app.push_screen(Behind(figure, rows))
        await settled(pilot)
        lines = screen_text(app)
        assert "1 300 rows" in lines
        assert "In some way." in lines
        assert "Thing 3" in lines


class Visited:
    """Takes the place of the desk: notes where one would go."""

    MODES = Ka2tui.MODES
    screen = None

    def __init__(self) -> None:
        self.places: list[str] = []

    def open_record(self, mode: str, record: int) -> None:
        assert mode in self.MODES
        self.places.append(f"{mode} {record}")

    def push_screen(self, page: object) -> None:
        self.places.append(type(page).__name__)

    def open_history(self, table: str, row: int, name: str) -> None:
        raise AssertionError(f"{table} {row} {name} has no page")


def test_every_kind_of_row_behind_figures_of_the_example_has_a_page(tmp_path: Path) -> None:
    demo.build(tmp_path / "demo.db", TODAY)
    portfolio = Portfolio.open(tmp_path / "demo.db", actor="Ana", create=False)
    found = portfolio.ask(figures.listed, 1, today=TODAY)
    assert [each.name for each in found if not each.adds_up] == []
    assert len({each.name for each in found}) == len(found)
    every = Trace(tuple(dict.fromkeys(one for each in found for one in each.trace.sources)))
    rows = portfolio.ask(behind.rows, every, today=TODAY)
    portfolio.close()
    first = {row.table: row for row in rows}
    assert len(first) > 20
    for row in first.values():
        desk = Visited()
        going.go(cast("Any", desk), row.goes)
        assert len(desk.places) == 1, row


async def test_a_projector_shows_no_money_behind_figures(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "7", "B")
        assert "Money of the work plan" in screen_text(app)
        await press(pilot, "escape", "f5", "B")
        assert "Money" not in screen_text(app).replace("€", "")
        await press(pilot, "escape")
        assert toasts(app) == []
