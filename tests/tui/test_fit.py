"""Which action fits, in the app: asked, gone back in, taken, filled into the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from ka2tui.queries import projects as asked
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.dialogs.fit import Fit
from ka2tui.tui.pages.new_project import NewProject
from ka2tui.tui.pages.today import TodayPage
from ka2tui.tui.pages.welcome import WelcomePage
from ka2tui.tui.widgets.details import Details
from tests.tui.driving import AppDesk, ask, go, screen_text, told

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.settings import Settings

TWO_SCHOOLS = ("down", "enter", "enter", "down", "enter", "down", "down", "enter")
"""Working together, school, two organisations, two countries."""
SMALL = ("enter", "enter", "enter", "enter")
"""Nobody else, no special consortium, a few activities, an established organisation."""


class Desk(AppDesk):
    """The app on a database without projects."""

    PROJECT = None
    SIZE = (100, 34)


@pytest.fixture
def desk(portfolio: Portfolio, settings: Settings, today: date) -> Desk:
    return Desk(portfolio.place, settings, today)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_the_questions_lead_to_an_action_with_its_reasons(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with desk.open(size) as pilot:
        shown = await go(pilot, "f")
        assert "What is the idea?" in shown
        assert "People go abroad" in shown
        shown = await go(pilot, *TWO_SCHOOLS)
        assert "so far: KA210-SCH" in shown
        shown = await go(pilot, *SMALL)
        assert "✓ KA210-SCH Small-scale Partnership" in shown
        assert "enter: begin a project, action KA210-SCH, call 2027" in shown.replace("\n", " ")


async def test_training_alone_is_ka1_after_one_question_and_nothing_is_begun(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "f", "enter")
        assert "✓ KA1 Mobility of individuals" in shown
        assert "✗ KA220 Cooperation Partnership" in shown
        assert "ka2tui plans projects of KA2" in shown
        assert "enter choose" not in shown
        await go(pilot, "enter")
        assert isinstance(pilot.app.focused, Details)
        shown = await go(pilot, "tab", "down")
        assert "does not fit the answers" in shown
        assert "enter choose" not in shown
        assert isinstance(pilot.app.screen, Fit)
        await go(pilot, "escape")
        assert isinstance(pilot.app.screen, WelcomePage)


async def test_one_goes_back_and_answers_otherwise(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "f", "enter", "left")
        assert "What is the idea?" in shown
        assert "KA1 Mobility" not in shown.replace("so far: KA1 Mobility", "")
        shown = await go(pilot, "down", "enter")
        assert "In which field" in shown
        shown = await go(pilot, "backspace", "enter", "enter")
        assert "How many organisations" in shown


async def test_an_answer_that_another_one_made_meaningless_is_forgotten(desk: Desk) -> None:
    async with desk.open() as pilot:
        # school, six organisations, two countries, no others, a school authority
        await go(pilot, "f", "down", "enter", "enter", *["down"] * 3, "enter", "down", "down",
                 "enter", "enter", "down")  # fmt: skip
        assert "so far: KA240-SCH" in await go(pilot, "enter")
        # back to the field: vocational
        shown = await go(pilot, *["left"] * 5)
        assert "In which field" in shown
        shown = await go(pilot, "down", "enter")
        assert "KA240" not in shown
        assert "vocational" in shown


async def test_what_is_not_known_yet_is_left_open_and_said(desk: Desk) -> None:
    async with desk.open((100, 50)) as pilot:
        await go(pilot, "f", "down", "enter")
        for _ in range(7):
            await go(pilot, "end", "enter")
        assert "tab reasons" in await go(pilot)
        await go(pilot, "tab", "end")
        shown = screen_text(pilot.app)
        assert "Not answered, and could change this" in shown


async def test_the_action_that_is_taken_begins_a_project(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "f", *TWO_SCHOOLS, *SMALL, "enter")
        assert isinstance(pilot.app.screen, NewProject)
        assert "Small-scale Partnership (KA210)" in shown
        assert "KA210-SCH" in shown
        await pilot.press(*"SUNNY")
        await go(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, TodayPage)
    (one,) = ask(desk.place, asked.choices)
    facts = ask(desk.place, asked.facts, one.id, today=desk.today)
    assert (facts.action, facts.call_year, facts.acronym) == ("KA210-SCH", 2027, "SUNNY")


async def test_the_form_asks_and_fills_in_what_it_is_told_and_keeps_the_rest(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "n")
        await pilot.press(*"[red]")
        await go(pilot, "f2", *TWO_SCHOOLS, *SMALL)
        shown = await go(pilot, "enter")
        assert isinstance(pilot.app.screen, NewProject)
        for part in ("[red]", "KA210-SCH", "2027", "Small-scale Partnership (KA210)"):
            assert part in shown
        # leaving the questions leaves the form as it was
        shown = await go(pilot, "f2", "left", "enter", "escape")
        assert "KA210-SCH" in shown


async def test_an_action_without_a_plan_begins_with_the_phases_alone(desk: Desk) -> None:
    async with desk.open() as pilot:
        # results, higher education, six, three, others become stronger, none, several, established
        await go(pilot, "f", "down", "down", "enter", "down", "down", "enter",
                 "down", "down", "down", "enter", "down", "down", "down", "enter",
                 "down", "down", "enter", "enter", "down", "enter", "enter")  # fmt: skip
        shown = await go(pilot, "enter")
        assert "nothing but the six phases" in shown
        assert "CBHE-2" in shown


async def test_it_is_asked_from_any_page_and_leaves_it_as_it_was(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "n")
        await pilot.press(*"SUNNY")
        await go(pilot, "ctrl+s", "3")
        page = pilot.app.screen
        shown = await go(pilot, "f2")
        assert "What is the idea?" in shown
        await go(pilot, "escape")
        assert pilot.app.screen is page


async def test_what_was_answered_is_still_there_when_it_is_asked_again(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        assert "f which action" in screen_text(pilot.app)
        await go(pilot, "f", *TWO_SCHOOLS, "escape")
        shown = await go(pilot, "f")
        assert "Would organisations from other countries" in shown
        assert "5 of 8" in shown
        shown = await go(pilot, *SMALL)
        assert "KA210-SCH Small-scale Partnership" in shown
        again = await go(pilot, "escape", "f")
        assert "enter: begin a project, action KA210-SCH" in again
        shown = await go(pilot, "n")
        assert "What is the idea?" in shown
        assert "1 of 8" in shown
        assert "so far" not in shown
        assert "1 of 8" in await go(pilot, "escape", "f")


async def test_the_questions_stay_in_their_place(desk: Desk) -> None:
    async with desk.open((120, 40)) as pilot:
        places = set()
        for key in ("f", *TWO_SCHOOLS, *SMALL[1:]):
            await go(pilot, key)
            places.add(pilot.app.screen.query_one("Box").region)
        assert len(places) == 1


async def test_standings_are_said_whole(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        # results, school, two, two, no others, none, a few, a young organisation
        shown = await go(pilot, "f", "down", "down", "enter", "enter", "down", "enter", "down",
                         "down", "enter", "enter", "enter", "enter", "down", "enter")  # fmt: skip
        assert "something is missing" in shown


async def test_answers_that_exclude_each_other_are_named(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        # results, school, three to five, no EU country, others, no special one, a few
        shown = await go(pilot, "f", "down", "down", "enter", "enter", "down", "down", "enter",
                         "enter", "down", "enter", "enter", "enter")  # fmt: skip
        assert "exclude" not in shown
        shown = " ".join((await go(pilot, "enter")).replace("│", " ").split())
        assert "“no EU or associated country” and “An organisation in the EU or" in shown
        assert "exclude each other: who applies takes part too" in shown
        shown = await go(pilot, "left", "down", "down", "enter")
        assert "exclude" not in shown


async def test_the_form_of_a_project_says_everything_whole_and_takes_its_deadline(
    desk: Desk,
) -> None:
    async with desk.open((80, 24)) as pilot:
        shown = await go(pilot, "n")
        assert "Cooperation Partnership (KA220), 24 months  " in shown
        assert "planned or agreed, 1.9.2027" in shown
        assert "Application due" not in shown
        await pilot.press(*"SUNNY")
        shown = await go(pilot, "ctrl+o")
        assert "Application due" in shown
        form = pilot.app.screen
        assert isinstance(form, NewProject)
        next(one for one in form.entries if one.field.name == "application").put("5.3.2027 12:00")
        await go(pilot, "ctrl+s")
    (one,) = ask(desk.place, asked.choices)
    facts = ask(desk.place, asked.facts, one.id, today=desk.today)
    assert facts.application_deadline == datetime(2027, 3, 5, 11, tzinfo=UTC)
    assert facts.application_zone == "Europe/Brussels"


async def test_a_broken_file_of_ones_own_is_told_and_nothing_falls_over(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "fit.toml").write_text("[[question]]\nid = 1\n", encoding="utf-8")
    desk.settings = replace(desk.settings, data=tmp_path)
    async with desk.open() as pilot:
        await go(pilot, "f")
        assert isinstance(pilot.app.screen, WelcomePage)
        assert "line 2" in told(pilot.app)
