"""Dissemination on its page: logged in a line, planned ahead, results on the platform."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ka2tui.domain.kinds import DisseminationState, PlatformState
from ka2tui.operations import deliverables, dissemination, partners, projects
from ka2tui.queries import dissemination as views
from ka2tui.queries import platform as platform_views
from ka2tui.settings import Settings
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Dissemination
from ka2tui.tui.pages.dissemination import DisseminationPage
from ka2tui.tui.pages.dissemination_matrix import MatrixPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, go, make, screen_text, settled, told, type_in

WIDE = (170, 44)
DONE = DisseminationState.DONE


@operation("Enter many")
def enter_many(session: Any, many: int) -> None:
    for number in range(many):
        day = date(2025, 10, 1) + timedelta(days=number % 400)
        session.add(
            Dissemination(project_id=1, title=f"Post {number}", state=DONE, day=day, reach=number)
        )


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    made = str(tmp_path / "p.db")
    portfolio = Portfolio.open(made, actor="Ana")
    portfolio.do(projects.add, "SOLAR", start=date(2025, 10, 1), months=24, today=TODAY)
    for name in ("UAM", "KMOP"):
        portfolio.do(partners.add, 1, f"The {name}", acronym=name)
    portfolio.do(deliverables.add, 1, "D2.1", "Survey report")
    portfolio.close()
    return made


def fill(file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    values = {"state": DONE, "day": TODAY - timedelta(days=9), "reach": 1200, "partner_id": 1}
    portfolio.do(dissemination.add, 1, "[red] =1+1 🎉", values=values)
    portfolio.do(dissemination.plan, 1, "Post", [1, 2], [3, 20])
    portfolio.close()


def rows(file: str) -> Any:
    return ask(file, views.listed, 1, today=TODAY)


async def opened(pilot: Any) -> None:
    await settled(pilot)
    await go(pilot, "g", "n")
    assert isinstance(pilot.app.screen, DisseminationPage)


async def test_an_empty_page_says_how_to_begin_and_a_line_is_logged(
    file: str, settings: Settings
) -> None:
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "Press n to log what was done" in screen_text(app)
        await go(pilot, "n")
        await type_in(pilot, "Newsletter 3 yesterday @nobody")
        await go(pilot, "enter")
        assert "There is no partner “nobody”" in screen_text(app)
        await go(pilot, "ctrl+u")
        await type_in(pilot, "Newsletter 3 yesterday @kmop for:D2.1 250 readers https://x.org")
        assert "done Fri 20 Nov" in screen_text(app)
        await go(pilot, "enter")
        assert "Newsletter 3" in screen_text(app)
        page: Any = app.screen
        assert "Emblem and disclaimer not looked at" in page.details.text
    (row,) = rows(file)
    assert (row.partner, row.deliverable, row.reach, row.sort) == (
        "KMOP", "D2.1", 250, "newsletter"
    )  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_it_stands_in_every_window(
    file: str, settings: Settings, size: tuple[int, int]
) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert "[red] =1+1 🎉" in screen_text(app)
        await go(pilot, "m")
        assert "1/3" in screen_text(app)
        await go(pilot, "q", "o")
        assert "not there" in screen_text(app)


async def test_many_are_done_dropped_and_looked_at_in_one_step(
    file: str, settings: Settings
) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "V", "E")
        assert {row.emblem for row in rows(file)} == {True}
        await go(pilot, "K", "K")
        assert [row.disclaimer for row in rows(file)].count(False) == 1
        await go(pilot, "V", "space")
        assert {row.state for row in rows(file)} == {DONE}
        await go(pilot, "u")
        await go(pilot, "D")
        await type_in(pilot, "no budget")
        await go(pilot, "enter")
        assert rows(file)[0].state == "dropped"
        await go(pilot, "x")
        assert len(rows(file)) == 4


async def test_a_plan_is_made_for_all_partners_and_months(file: str, settings: Settings) -> None:
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "p")
        await type_in(pilot, "Post of the month")
        await go(pilot, "tab")
        await type_in(pilot, "M16-M18")
        await go(pilot, "tab")
        await type_in(pilot, "all")
        assert "UAM, KMOP" in screen_text(app)
        await go(pilot, "ctrl+s")
    assert [(row.month, row.partner) for row in rows(file)][:2] == [(16, "UAM"), (16, "KMOP")]
    assert len(rows(file)) == 6


async def test_the_matrix_leads_to_the_entries_of_a_partner(file: str, settings: Settings) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await go(pilot, "m")
        assert isinstance(app.screen, MatrixPage)
        text = screen_text(app)
        assert "M24" in text
        assert "never people counted once" in text
        await go(pilot, "down", "enter")
        assert isinstance(app.screen, DisseminationPage)
        assert "2 of 5" in screen_text(app)
        assert "[red]" not in screen_text(app)


async def test_an_edit_reads_a_month_and_keeps_what_others_changed(
    file: str, settings: Settings
) -> None:
    fill(file)
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "e", "tab", "tab", "ctrl+u")
        await type_in(pilot, "M21")
        await go(pilot, "ctrl+s")
        assert [row.month for row in rows(file)].count(21) == 1


async def test_results_are_sent_with_a_hedge_and_edited(file: str, settings: Settings) -> None:
    app = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "o", "s")
        assert "usually only after the last day" in told(app)
        page: Any = app.screen
        assert "before that is usually possible" in " ".join(page.details.text.split())
        await go(pilot, "e", "tab", "tab")
        await type_in(pilot, "https://p.eu/1")
        await go(pilot, "ctrl+s", "q")
        assert isinstance(app.screen, DisseminationPage)
    (row,) = ask(file, platform_views.listed, 1, today=TODAY).rows
    assert (row.platform, row.link) == (PlatformState.SENT, "https://p.eu/1")


async def test_ten_thousand_lines_open_and_move(file: str, settings: Settings) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(enter_many, 10_000)
    portfolio.close()
    app = make(file, settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        assert "10 000" in screen_text(app).replace("10000", "10 000")
        await go(pilot, "end")
        assert "Post 9" in screen_text(app)
        await go(pilot, "m")
        assert "10000/10000" in screen_text(app)
