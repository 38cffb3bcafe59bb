"""Indicators on their page: measured in a line, with what leads where at the side."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ka2tui.operations import indicators, projects
from ka2tui.queries import indicators as views
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.indicators import IndicatorsPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, go, make, screen_text, settled, told, type_in

WIDE = (140, 44)


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    made = str(tmp_path / "p.db")
    portfolio = Portfolio.open(made, actor="Ana")
    portfolio.do(projects.add, "SOLAR", start=date(2025, 10, 1), months=24, today=TODAY)
    portfolio.close()
    return made


def fill(file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    values = {"baseline": "0", "target": "600", "unit": "persons", "source": "[red] =1+1"}
    one = portfolio.do(indicators.add, 1, "Readers 🎉 [b]", values=values).value
    for days, value in ((300, "112"), (30, "371")):
        day = TODAY - timedelta(days=days)
        portfolio.do(indicators.measure, one, value, day=day, today=TODAY)
    portfolio.do(indicators.add, 1, "Habits", values={"target": "70 %"})
    portfolio.close()


def rows(file: str) -> Any:
    return ask(file, views.listed, 1, today=TODAY)


async def opened(pilot: Any) -> IndicatorsPage:
    await settled(pilot)
    await go(pilot, "g", "i")
    page = pilot.app.screen
    assert isinstance(page, IndicatorsPage)
    return page


async def test_an_empty_page_says_how_to_begin_and_the_first_is_added(
    file: str, settings: Settings
) -> None:
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "Press n to add the first" in screen_text(app)
        await go(pilot, "n")
        await type_in(pilot, "Teachers trained")
        await go(pilot, "tab")
        await type_in(pilot, "1,5")
        await go(pilot, "tab")
        await type_in(pilot, "62 %")
        await go(pilot, "ctrl+s")
        assert "Teachers trained" in screen_text(app)
    (row,) = rows(file)
    assert (row.code, row.baseline, row.target) == ("I1", "1.5", "62")


async def test_the_list_and_its_details_tell_where_it_leads(file: str, settings: Settings) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        text = screen_text(app)
        for said in ("Readers 🎉 [b]", "371 of 600", "61 %", "If it goes on like this", "●"):
            assert said in text, said
        await go(pilot, "down")
        assert "Nothing was measured yet" in screen_text(app)
        assert "no baseline, no source" in " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_it_stands_in_every_window(
    file: str, settings: Settings, size: tuple[int, int]
) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert "371 of 600" in screen_text(app)
        await go(pilot, "enter")
        assert "Baseline" in screen_text(app)
        await go(pilot, "escape")
        assert "371 of 600" in screen_text(app)


async def test_a_value_is_kept_in_a_line_and_taken_back(file: str, settings: Settings) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "m")
        await type_in(pilot, "many")
        await go(pilot, "enter")
        assert "Begin with the value" in screen_text(app)
        await go(pilot, "ctrl+u")
        await type_in(pilot, "1 402,5 yesterday export [red]")
        assert "1 402.5 persons on" in screen_text(app)
        await go(pilot, "enter")
        assert "1 402.5 of 600" in screen_text(app)
        assert "export [red]" in screen_text(app)
        await go(pilot, "u")
        assert "371 of 600" in screen_text(app)


async def test_a_measurement_is_changed_and_removed(file: str, settings: Settings) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "M")
        await go(pilot, "enter", "enter")
        await go(pilot, "ctrl+u")
        await type_in(pilot, "400")
        await go(pilot, "ctrl+s")
        assert rows(file)[0].value == "400"
        await go(pilot, "M", "enter", "down", "enter")
        assert rows(file)[0].value == "112"
        await go(pilot, "down", "M")
        assert "Nothing was measured yet" in told(app)


async def test_an_edit_and_a_removal_are_one_step_each(file: str, settings: Settings) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "e")
        await go(pilot, "ctrl+u")
        await type_in(pilot, "Subscribers")
        await go(pilot, "ctrl+s")
        assert rows(file)[0].title == "Subscribers"
        await go(pilot, "v", "down", "v", "x")
        assert "2 measurements with it" in screen_text(app)
        await go(pilot, "y")
        assert rows(file) == ()
        await go(pilot, "u")
        assert len(rows(file)) == 2


async def test_the_last_value_is_followed_to_its_row(file: str, settings: Settings) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "B")
        assert "I1, last value (persons)" in screen_text(app)
        await go(pilot, "escape")
        await go(pilot, "slash")
        await type_in(pilot, "is:behind")
        await go(pilot, "enter")
        assert "No indicator fits this filter" in screen_text(app)
