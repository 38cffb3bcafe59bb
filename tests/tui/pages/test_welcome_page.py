"""The welcome on an empty database: a new project, an import with its preview, the example."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from ka2tui.operations import projects
from ka2tui.queries import projects as asked
from ka2tui.queries import work_units
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import PLACES, Ka2tui
from ka2tui.tui.beginning import NOTE
from ka2tui.tui.dialogs.form import Form
from ka2tui.tui.pages.lifecycle import LifecyclePage
from ka2tui.tui.pages.welcome import WelcomePage
from tests.exchange import commission_lists
from tests.tui.driving import AppDesk, ask, go, screen_text, settled, told, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.queries.projects import ProjectFacts
    from ka2tui.settings import Settings

NEWCOMER = {
    "project.csv": "field,value\nacronym,SUNNY\ntitle,[/] Sun\nstart,1.10.2025\nmonths,24\n",
    "partners.csv": "nr;acronym;name;country\n1;UM;Universidad;ES\n2;KM;KMOP;EL\n",
    "tasks.csv": "code,title,due\nT1,Call the partners,M3\n",
    "photos.jpg": "not a table",
}


class Welcomed(Ka2tui):
    """The app, in which the lifecycle stands in for the first page."""

    DEFAULT_MODE = "lifecycle"
    MODES: ClassVar = {**Ka2tui.MODES, "today": LifecyclePage}


class Desk(AppDesk):
    """The app on a database without projects, and a look behind it."""

    APP = Welcomed
    PROJECT = None
    SIZE = (100, 34)

    def facts(self) -> list[ProjectFacts]:
        known = ask(self.place, asked.choices)
        return [ask(self.place, asked.facts, one.id, today=self.today) for one in known]

    def codes(self) -> list[str]:
        return [row.code for row in ask(self.place, work_units.listed, 1)]


@pytest.fixture
def desk(portfolio: Portfolio, settings: Settings, today: date) -> Desk:
    return Desk(portfolio.place, settings, today)


async def write(pilot: Pilot[None], text: str) -> str:
    """Type a text as it is."""
    await pilot.press(*text)
    await settled(pilot)
    return screen_text(pilot.app)


async def test_an_empty_database_opens_on_the_welcome(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        assert isinstance(pilot.app.screen, WelcomePage)
        shown = screen_text(pilot.app)
        assert "The cockpit from which an Erasmus+ KA2 project is run" in shown
        assert "n new project  i import  d example" in shown


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 50)])
async def test_the_welcome_stands_whole_in_the_middle(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as pilot:
        lines = screen_text(pilot.app).splitlines()
        (top,) = [at for at, line in enumerate(lines) if line.strip() == "ka2tui"]
        (end,) = [at for at, line in enumerate(lines) if line.endswith("be undone.")]
        assert abs(top - (size[1] - 1 - end)) <= 2
        body = lines[top : end + 1]
        left = min(len(line) - len(line.lstrip()) for line in body if line)
        assert left >= max((size[0] - 80) // 2, 1)
        for key in ("n  a new project", "i  a project from", "d  an example"):
            assert any(line.strip().startswith(key) for line in body)


async def test_a_project_is_begun_from_a_plan_by_keys_alone(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "n")
        await write(pilot, "SOLARIS")
        await go(pilot, "down", "down")
        await write(pilot, "[/] Sun")
        await go(pilot, "down")
        assert "Wed 1 Oct 2025" in await write(pilot, "1.10.2025")
        await go(pilot, "down", "down", "down")
        await write(pilot, "Universidad")
        await go(pilot, "down")
        await write(pilot, "Spain")
        shown = await go(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, LifecyclePage)
        assert "SOLARIS · Implementation · M14 of 24" in shown
    (made,) = desk.facts()
    assert (made.acronym, made.title, made.coordinator) == ("SOLARIS", "[/] Sun", "Universidad")
    assert (made.action, made.grant_cents) == ("KA220", 25_000_000)
    assert desk.codes()[:2] == ["WP1", "A1.1"]


async def test_a_project_without_a_plan_has_its_phases_only(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "n")
        await write(pilot, "IDEA")
        await go(pilot, "down", "left", "ctrl+s")
        assert isinstance(pilot.app.screen, LifecyclePage)
    assert [project.acronym for project in desk.facts()] == ["IDEA"]
    assert desk.codes() == []


async def test_what_cannot_be_keeps_the_form_and_all_that_was_typed(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "n", "ctrl+s")
        assert "Acronym is needed." in shown
        await write(pilot, "SOLARIS")
        for _ in range(7):
            await pilot.press("down")
        await write(pilot, "Atlantis")
        shown = await go(pilot, "ctrl+s")
        assert "Atlantis" in shown
        assert "SOLARIS" in shown
        await go(pilot, "ctrl+a", "ctrl+k")
        await write(pilot, "ES")
        assert "name your organisation too" in await go(pilot, "ctrl+s")
    assert desk.facts() == []


async def test_an_acronym_that_was_taken_meanwhile_is_told_in_the_form(desk: Desk) -> None:
    async with desk.open() as pilot:
        other = Portfolio.open(desk.place, actor="Ben")
        other.do(projects.add, "SOLARIS", today=desk.today)
        other.close()
        await go(pilot, "n")
        await write(pilot, "solaris")
        assert "There is a project called SOLARIS already" in await go(pilot, "ctrl+s")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a newcomer has it."""
    place = tmp_path / "a project [of mine]"
    place.mkdir()
    for name, text in NEWCOMER.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


async def test_an_import_first_says_what_it_understood(desk: Desk, folder: Path) -> None:
    async with desk.open() as pilot:
        await go(pilot, "i")
        assert "the folder" in await write(pilot, str(folder))
        shown = await go(pilot, "enter")
        assert "SUNNY: " in shown
        assert "2 partners" in shown
        assert "photos.jpg: " in shown  # and no row, column or value, for it has none
        assert desk.facts() == []
        shown = await go(pilot, "enter")
        assert "SUNNY · Implementation · M14 of 24" in shown
    assert [project.title for project in desk.facts()] == ["[/] Sun"]


async def test_escape_from_the_preview_takes_nothing(desk: Desk, folder: Path) -> None:
    async with desk.open() as pilot:
        await go(pilot, "i")
        await write(pilot, f'"{folder}"')
        await go(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, WelcomePage)
    assert desk.facts() == []


async def test_files_that_name_no_project_ask_for_an_acronym(desk: Desk, folder: Path) -> None:
    (folder / "project.csv").unlink()
    async with desk.open() as pilot:
        await go(pilot, "i")
        await write(pilot, str(folder))
        assert "Which project is this?" in await go(pilot, "enter")
        await write(pilot, "MINE")
        shown = await go(pilot, "enter")
        assert "MINE: " in shown
        await go(pilot, "enter")
    assert [project.acronym for project in desk.facts()] == ["MINE"]


async def test_one_project_of_the_commissions_list_is_chosen_and_taken(
    desk: Desk, tmp_path: Path
) -> None:
    file = commission_lists.write(
        tmp_path / "list.csv", commission_lists.MOON, commission_lists.SUN
    )
    async with desk.open((80, 24)) as pilot:
        await go(pilot, "i")
        await write(pilot, str(file))
        shown = await go(pilot, "enter")
        assert "Which of 2 projects?" in shown
        assert "Moonlight" in shown
        shown = await write(pilot, "schools uk")
        assert "Moonlight" not in shown
        shown = await go(pilot, "enter")
        assert "What is the project called?" in shown
        assert "SUNNY" in shown
        await write(pilot, " 24")
        shown = await go(pilot, "enter")
        assert "SUNNY 24: 4 records would be added." in shown
        assert "3 partners" in shown
        await go(pilot, "enter")
    (facts,) = desk.facts()
    assert facts.acronym == "SUNNY 24"
    assert facts.agreement == commission_lists.SUN["Project Identifier"]


async def test_leaving_the_choice_of_a_project_takes_nothing(desk: Desk, tmp_path: Path) -> None:
    projects = [commission_lists.MOON, commission_lists.SUN]
    file = commission_lists.write_json(tmp_path / "list.json", projects)
    async with desk.open() as pilot:
        await go(pilot, "i")
        await write(pilot, str(file))
        await go(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, WelcomePage)
    assert desk.facts() == []


async def test_leaving_the_question_for_the_acronym_leaves_the_import(
    desk: Desk, folder: Path
) -> None:
    (folder / "project.csv").unlink()
    async with desk.open() as pilot:
        await go(pilot, "i")
        await write(pilot, str(folder))
        await go(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, WelcomePage)
    assert desk.facts() == []


async def test_an_error_in_a_file_is_shown_and_nothing_can_be_taken(
    desk: Desk, folder: Path
) -> None:
    (folder / "tasks.csv").write_text("code,title,due\nT1,Call,2025-02-30\n", encoding="utf-8")
    async with desk.open() as pilot:
        await go(pilot, "i")
        await write(pilot, str(folder))
        shown = await go(pilot, "enter")
        assert "Nothing can be taken in: 1 error" in shown
        assert "2025-02-30" in shown
        assert "take it in" not in shown
        await go(pilot, "enter")
        await go(pilot, "escape")
    assert desk.facts() == []


@pytest.mark.parametrize("said", ["/nowhere/at/all", "~nobody/x", "a\x00b", "[/]"])
async def test_a_path_that_leads_nowhere_is_told_while_it_is_typed(desk: Desk, said: str) -> None:
    async with desk.open() as pilot:
        await go(pilot, "i")
        from textual.widgets import Input

        pilot.app.screen.query_one(Input).value = said
        await settled(pilot)
        shown = await go(pilot, "enter")
        assert "There is nothing of this name yet." in shown or "cannot be a path" in shown
        await go(pilot, "escape")
        assert isinstance(pilot.app.screen, WelcomePage)


async def test_a_file_that_is_no_table_is_told_as_an_error(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    async with desk.open() as pilot:
        await go(pilot, "i")
        await write(pilot, str(bad))
        assert "Nothing can be taken in: 1 error" in await go(pilot, "enter")


async def test_the_example_opens_from_a_file_of_its_own(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, LifecyclePage), "no example")
        await settled(pilot)
        assert "M14 of 24" in screen_text(pilot.app)
    assert desk.facts() == []


async def test_taking_back_the_only_project_leads_to_the_welcome_and_again_forward(
    desk: Desk,
) -> None:
    async with desk.open() as pilot:
        await go(pilot, "n")
        await write(pilot, "SOLARIS")
        await go(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, LifecyclePage)
        assert "Take back ‘Add project SOLARIS" in await go(pilot, "u")
        await go(pilot, "enter")
        assert isinstance(pilot.app.screen, WelcomePage)
        assert pilot.app.project is None
        shown = await go(pilot, "U", "enter")
        assert isinstance(pilot.app.screen, LifecyclePage)
        assert "SOLARIS" in shown


async def test_another_project_is_begun_beside_the_first(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "n")
        await write(pilot, "SOLARIS")
        await go(pilot, "ctrl+s", "ctrl+n")
        assert isinstance(pilot.app.screen, WelcomePage)
        await go(pilot, "n")
        await write(pilot, "LUNA")
        assert "LUNA" in (await go(pilot, "ctrl+s")).splitlines()[0]
        await go(pilot, "ctrl+o")
        await write(pilot, "sol")
        assert "SOLARIS" in (await go(pilot, "enter")).splitlines()[0]


@pytest.mark.parametrize("digit", ["1", "2", "3", "4", "5", "6", "8", "9"])
async def test_taking_back_an_import_leads_from_every_page_to_the_welcome(
    desk: Desk, folder: Path, digit: str
) -> None:
    async with desk.open(kind=Ka2tui) as pilot:
        await go(pilot, "i")
        await write(pilot, str(folder))
        await go(pilot, "enter", "enter", digit, "u", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomePage))
        assert pilot.app.return_code in (None, 0)
        assert "Undone: " in told(pilot.app)


async def test_keys_of_pages_without_a_project_say_what_to_do(desk: Desk) -> None:
    async with desk.open() as pilot:
        for digit in ("3", "4", "5"):
            await go(pilot, digit, "a")
            assert pilot.app.is_running


# -- pages while there is no project -------------------------------------------------------------

WITHOUT_ONE = frozenset({"today", "projects", "settings"})
"""Places that do not say how a project is begun: the welcome stands for the first of them."""


class Whole(AppDesk):
    """The whole app on a database without projects."""

    PROJECT = None
    SIZE = (80, 24)


@pytest.fixture
def empty(portfolio: Portfolio, settings: Settings, today: date) -> Whole:
    return Whole(portfolio.place, settings, today)


async def test_every_page_says_how_a_project_is_begun(empty: Whole) -> None:
    async with empty.open() as pilot:
        for place in PLACES:
            if place.mode in WITHOUT_ONE:
                continue
            shown = await go(pilot, "g", place.letter)
            assert pilot.app.current_mode == place.mode
            assert "There is no project yet." in shown, place
            assert "Press n to begin one, i to import one" in shown, place
            assert "n new project  i import" in shown.splitlines()[-1], place
            await go(pilot, "t")
            assert told(pilot.app).endswith(NOTE), place
            pilot.app.clear_notifications()


async def test_keys_of_a_page_say_that_there_is_no_project(empty: Whole) -> None:
    async with empty.open() as pilot:
        for page, pressed in (("x", "t"), ("x", "enter"), ("x", "e"), ("z", "e"), ("b", "w")):
            await go(pilot, "g", page)
            pilot.app.clear_notifications()
            await go(pilot, pressed)
            assert told(pilot.app) == NOTE, (page, pressed)


async def test_the_first_page_is_the_welcome_while_there_is_no_project(empty: Whole) -> None:
    async with empty.open() as pilot:
        await go(pilot, "g", "x", "1")
        assert isinstance(pilot.app.screen, WelcomePage)
        await go(pilot, "g", "z", "q")
        assert isinstance(pilot.app.screen, WelcomePage)
        await go(pilot, "g", "z", "ctrl+p", *"welcome", "enter")
        assert isinstance(pilot.app.screen, WelcomePage)


async def test_a_project_begun_on_a_page_fills_it(empty: Whole) -> None:
    async with empty.open() as pilot:
        await go(pilot, "3", "n")
        await write(pilot, "SOLARIS")
        await go(pilot, "ctrl+s")
        assert "SOLARIS" in (await go(pilot, "3")).splitlines()[0]
        assert "no project" not in screen_text(pilot.app)
        await go(pilot, "n")
        assert isinstance(pilot.app.screen, Form)
        await go(pilot, "escape")
        shown = await go(pilot, "u", "enter", "g", "x")
        assert "There is no project yet." in shown
        shown = await go(pilot, "U", "enter", "g", "x")
        assert "no project yet" not in shown
        assert "as if" in shown.splitlines()[-1]
