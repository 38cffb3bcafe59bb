"""The page of finding partners: noted, asked, answered, taken, with what is lacking below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ka2tui.domain.kinds import CandidateState
from ka2tui.operations import candidates, projects
from ka2tui.queries import candidates as views
from ka2tui.queries import partners as partner_views
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.invite import Invite
from ka2tui.tui.pages.candidates import CandidatesPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, ask, go, make, screen_text, settled, told, type_in

WIDE = (140, 44)
ODD = "[red]Biblioteka =1+1 😀"


@pytest.fixture
@filled_once
def file(tmp_path: Path) -> str:
    made = str(tmp_path / "p.db")
    portfolio = Portfolio.open(made, actor="Ana")
    portfolio.do(
        projects.add_with_coordinator, "SOLAR", action="KA220-SCH", call_year=2025,
        coordinator="Universidad", country="ES", today=TODAY,
    )  # fmt: skip
    portfolio.close()
    return made


def fill(file: str, *names: str, **values: Any) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    for name in names:
        portfolio.do(candidates.add, 1, name, values={"country": "PL", **values})
    portfolio.close()


def rows(file: str) -> Any:
    return ask(file, views.listed, 1, today=TODAY)


async def opened(pilot: Any) -> CandidatesPage:
    await settled(pilot)
    await go(pilot, "g", "b")
    page = pilot.app.screen
    assert isinstance(page, CandidatesPage)
    return page


async def test_an_empty_page_says_where_to_look_and_the_first_is_noted(
    file: str, settings: Settings
) -> None:
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        text = screen_text(app)
        assert "Press n to note an organisation" in text
        assert "What to look for" in text
        assert "lacks 2 organisations and 2 more countries" in text
        await go(pilot, "n")
        await type_in(pilot, ODD)
        await go(pilot, "tab", "tab")
        await type_in(pilot, "Poland")
        await go(pilot, "ctrl+s")
        text = screen_text(app)
        assert ODD in text
        assert "a new country" in text
    (row,) = rows(file)
    assert (row.name, row.country) == (ODD, "PL")


async def test_asking_shows_the_message_and_notes_it_as_one_step(
    file: str, settings: Settings
) -> None:
    fill(file, "One", "Two")
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "V", "c")
        assert isinstance(app.screen, Invite)
        text = screen_text(app)
        assert "Dear colleagues at One" in text
        assert "1 of 2" in text
        assert "A draft needs an address" in text
        await go(pilot, "m")
        assert isinstance(app.screen, Invite)
        assert "y copies the text, f saves it as a file" in told(app)
        await go(pilot, "l")
        assert [row.said for row in page.every] == ["asked today", "asked today"]
        assert page.table.marks == set()
        assert "asked today" in screen_text(app)
        await go(pilot, "f5")
        assert "asked today" not in screen_text(app)
        await go(pilot, "f5", "u")
        assert {row.state for row in page.every} == {CandidateState.TO_ASK}


async def test_who_agreed_counts_below_and_is_taken_as_partner(
    file: str, settings: Settings
) -> None:
    fill(file, ODD, person="Zofia", email="z@example.org")
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "r", "enter")
        text = " ".join(page.lacking.text.split())
        assert "+ agreed lacks 1 organisation and 1 more country" in text
        await go(pilot, "o")
        assert "now among the partners" in told(app)
        text = " ".join(page.lacking.text.split())
        assert "Now lacks 1 organisation and 1 more country" in text
        assert "★" in screen_text(app)
        await go(pilot, "o")
        assert "It is a partner already" in told(app)
        assert "is a partner" in screen_text(app)
        page.put_filter(dict(page.own_filters())["Agreed"])
        await settled(pilot)
        assert page.table.count == 0
    names = [one.name for one in ask(file, partner_views.listed, 1, today=TODAY)]
    assert names == ["Universidad", ODD]


async def test_one_that_never_agreed_is_asked_about_before_it_is_taken(
    file: str, settings: Settings
) -> None:
    fill(file, "One")
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await go(pilot, "o")
        assert "Take One as partner?" in screen_text(app)
        await go(pilot, "n")
    assert rows(file)[0].partner_id is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_it_is_read_and_left_again_at_every_size(
    file: str, settings: Settings, size: tuple[int, int]
) -> None:
    fill(file, ODD, brings="young readers")
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=size) as pilot:
        page = await opened(pilot)
        await go(pilot, "enter")
        assert "young readers" in screen_text(app)
        await go(pilot, "escape")
        assert page.table.has_focus
        assert "What is still lacking" in screen_text(app)
        await go(pilot, "w")
        assert "The same need" in screen_text(app)
        await go(pilot, "escape")


async def test_a_filter_narrows_and_removing_asks_first(file: str, settings: Settings) -> None:
    fill(file, "One", "Two")
    fill(file, "Elsewhere", country="GB")
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        await go(pilot, "slash")
        await type_in(pilot, "is:helps")
        await go(pilot, "enter")
        assert page.table.count == 2
        await go(pilot, "escape", "V", "x")
        assert "Take 3 organisations off the list?" in screen_text(app)
        await go(pilot, "y")
    assert rows(file) == ()


async def test_ten_thousand_are_shown_by_a_handful_of_rows(file: str, settings: Settings) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    from ka2tui.store.operation import operation
    from ka2tui.store.records import Candidate

    @operation("Fill")
    def many(session: Any) -> None:
        session.add_all(Candidate(project_id=1, name=f"Org {n}") for n in range(10_000))

    portfolio.do(many)
    portfolio.close()
    app: Ka2tui = make(file, settings)
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot)
        assert page.table.count == 10_000
        await go(pilot, "end")
        assert page.table.cursor_row is not None
