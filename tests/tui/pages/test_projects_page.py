"""Projects side by side, driven by their keys."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import TextArea

from ka2tui.domain.kinds import ProposalOutcome
from ka2tui.operations import partners, projects, tasks
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Partner, Project
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.projects import ProjectsPage
from tests.copied import filled_once
from tests.tui.driving import TODAY, go, kept, screen_text, settled, toasts, type_in

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


HOSTILE = "=1+1 [red]Łódź 👩‍🔬"


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """Three projects: one that runs late, one that is applied for, one without anything."""
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(
        *(projects.add, "SOLARIS"),
        agreement="2025-1-ES01-KA220-ADU-000123456",
        start=date(2025, 10, 1),
        months=24,
        grant_cents=250_000_00,
        today=TODAY,
    )
    portfolio.do(tasks.add, 1, "Late", due=date(2026, 11, 1))
    portfolio.do(partners.add, 1, "Universidad", acronym="UAM")
    portfolio.do(
        *(projects.add, HOSTILE),
        action="KA210-ADU",
        call_year=2027,
        start=date(2027, 9, 1),
        today=TODAY,
    )
    at = datetime(2027, 3, 5, 11, tzinfo=UTC)
    portfolio.do(projects.edit, 2, {"application_deadline": at}, today=TODAY)
    portfolio.do(projects.add, "EMPTY", today=TODAY)
    portfolio.close()
    return database


async def to_projects(pilot: Pilot[Any], *keys: str) -> ProjectsPage:
    await settled(pilot)
    await go(pilot, "0")
    page = pilot.app.screen
    assert isinstance(page, ProjectsPage)
    await go(pilot, *keys)
    return page


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_projects_stand_side_by_side(app: Ka2tui, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        page = await to_projects(pilot)
        text = screen_text(app)
        for words in ("=1+1 [red]Łódź", "SOLARIS", "EMPTY", "Application in 104", "Late"):
            assert words in text, words
        assert page.table.cursor_key == 1
        assert "! in trouble" in page.details.text
        assert "1 of 1 open things late, the longest 20 d" in page.details.text
        if size[0] >= 120:
            assert "in trouble" in text
            assert "M14 of 24" in text


async def test_enter_shows_a_project_on_every_page(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_projects(pilot, "up", "enter")
        assert app.project == 2
        assert app.current_mode == "today"
        assert "Application due 5 Mar 2027 12:00 Brussels · in 103 days 13 h" in screen_text(app)


async def test_an_outcome_needs_its_reason_and_comes_back_with_u(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_projects(pilot, "up", "o")
        await go(pilot, *"rej", "enter")
        assert "rejected" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert "closes with a reason" in screen_text(app)
        app.screen.query_one(TextArea).text = "58 of 100"
        await go(pilot, "ctrl+s")
        assert kept(file, Project.outcome)[1] is ProposalOutcome.REJECTED
        assert kept(file, Project.outcome_note)[1] == "58 of 100"
        assert "Rejected" in screen_text(app)
        assert "✗ closed" in page.details.text
        await go(pilot, "u")
        assert any("application rejected" in said for said in toasts(app))
    assert kept(file, Project.outcome)[1] is None


async def test_a_project_is_handed_in_again_in_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_projects(pilot, "r")
        assert "Hand in SOLARIS again" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert "Acronym is needed" in screen_text(app)
        await type_in(pilot, "solaris")
        await go(pilot, "ctrl+s")
        assert "There is a project called SOLARIS already" in screen_text(app)
        await type_in(pilot, "solaris 2")
        await go(pilot, "ctrl+s")
        row = page.table.cursor_row
        assert row is not None
        assert (row.acronym, row.resubmits, row.partners) == ("solaris 2", "SOLARIS", 1)
        await go(pilot, "u", "enter")
        assert page.table.count == 3
    assert kept(file, Partner.acronym) == ["UAM"]


async def test_facts_and_dates_are_edited_and_bad_input_stays_with_a_sentence(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_projects(pilot, "d")
        await type_in(pilot, "soon")
        assert "soon" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert kept(file, Project.application_deadline)[0] is None
        await type_in(pilot, "9 Apr 2027 17:00")
        assert "9 Apr 2027 17:00 Brussels" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert kept(file, Project.application_deadline)[0] == datetime(2027, 4, 9, 15, tzinfo=UTC)
        assert kept(file, Project.application_zone)[0] == "Europe/Brussels"
        await go(pilot, "e")
        await type_in(pilot, "")
        await go(pilot, "ctrl+s")
        assert "Acronym is needed" in screen_text(app)
        await type_in(pilot, "AURORA")
        await go(pilot, "ctrl+s")
        assert "AURORA" in screen_text(app)
    assert kept(file, Project.acronym)[0] == "AURORA"


async def test_removing_asks_and_one_u_brings_everything_back(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_projects(pilot, "x")
        assert "Remove SOLARIS?" in screen_text(app)
        await go(pilot, "n")
        assert page.table.count == 3
        await go(pilot, "x", "y")
        assert page.table.count == 2
        await go(pilot, "u")
        assert page.table.count == 3
    assert kept(file, Partner.acronym) == ["UAM"]


async def test_a_project_is_written_into_a_file(app: Ka2tui, home: Path) -> None:
    file = home / "SOLARIS.toml"
    async with app.run_test(size=(120, 40)) as pilot:
        await to_projects(pilot, "W")
        assert "SOLARIS.toml" in screen_text(app)
        await go(pilot, "enter")
        assert "ka2tui project" in file.read_text(encoding="utf-8")
        file.write_text("mine", encoding="utf-8")
        await go(pilot, "W", "enter")
        assert "Write over it?" in screen_text(app)
        await go(pilot, "n")
        assert file.read_text(encoding="utf-8") == "mine"
        await type_in(pilot, f'"{home}/nowhere/at all.toml"')
        await go(pilot, "enter")
        assert "There is no folder" in screen_text(app)


async def test_new_and_import_lead_to_where_projects_begin(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_projects(pilot, "n")
        assert app.current_mode == "welcome"
        assert "q  back to the project you have" in screen_text(app)
        await go(pilot, "escape")
        assert app.current_mode == "projects"
        await go(pilot, "i")
        assert "A folder of CSV files" in screen_text(app)


async def test_the_filter_narrows_and_counts(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_projects(pilot, "slash")
        await type_in(pilot, "solaris")
        await go(pilot, "enter")
        assert page.table.count == 1
        assert "2 hidden by the filter" in screen_text(app)
        await go(pilot, "escape")
        assert page.table.count == 3
