"""The guide in the app: help for the pane that has the focus, then the pages."""

from __future__ import annotations

import threading
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, Static

from ka2tui import datafiles
from ka2tui.domain import guide
from ka2tui.operations import projects, tasks
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui import keys, plain
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.form import Form
from ka2tui.tui.dialogs.guide import Guide, key_of
from ka2tui.tui.dialogs.help import Help
from ka2tui.tui.page import Page
from ka2tui.tui.pages.opening import OpeningPage
from tests.tui.driving import TODAY, now, screen_text, settled, until, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from ka2tui.settings import Settings

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture
def app(database: str, settings: Settings) -> Ka2tui:
    portfolio = Portfolio.open(database, actor="Ana")
    project = portfolio.do(projects.add, "SOLARIS", today=TODAY).value
    portfolio.do(tasks.add, project, "[/] [red]Send the minutes", due=TODAY)
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


def reading(app: Ka2tui) -> Guide:
    assert isinstance(app.screen, Guide)
    return app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_help_is_for_the_pane_first_then_its_keys_then_the_page_of_its_noun(
    app: Ka2tui, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await begin(pilot, "3", "f1")
        text = reading(app).text.text
        places = [text.index(it) for it in ("Everything to do", "Keys here", "from the guide")]
        assert places == sorted(places)
        assert "ka2tui task postpone --help" in text
        assert "Everything to do" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(app.screen, Guide)


async def test_another_pane_has_help_of_its_own(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "tab", "f1")
        assert "What waits for somebody else" in reading(app).text.text
        assert reading(app).place.guide == "partner"


async def test_what_a_page_is_for_is_said_once_and_after_the_words_of_a_pane(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "tab", "f1")
        place = reading(app).place
        text = " ".join(reading(app).text.text.split())
        assert text.startswith(place.about)
        assert text.index("Keys here") < text.index("The whole page") < text.index(place.page)
        await begin(pilot, "escape", "3", "f1")
        text = " ".join(reading(app).text.text.split())
        assert text.count("Everything to do") == 1
        assert "The whole page" not in text


async def test_help_says_whole_sentences_in_a_small_window(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for key in "123456789":
            await begin(pilot, key)
            told = app.screen.HELP or ""
            await begin(pilot, "question_mark")
            assert isinstance(app.screen, Help)
            about = app.screen.query_one(".-about", Static)
            said = " ".join(str(about.render()).split())
            assert told.startswith(said)
            assert said.endswith(".")
            assert len(plain.wrap(said, 76)) <= about.size.height
            await begin(pilot, "escape")


async def test_keys_are_written_as_sentences_call_them(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "n")
        assert "enter next field" in screen_text(app)
        assert "⏎" not in screen_text(app)


async def test_pages_are_listed_gone_to_and_left_again(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "f1", "tab")
        assert "Checklist" in screen_text(app)
        assert reading(app).table.count == len(guide.pages()) + 1
        await begin(pilot, "down", "enter")
        assert "Your first day" in screen_text(app)
        await begin(pilot, "right_square_bracket")
        assert "Going around" in screen_text(app)


async def test_keys_never_wait_for_the_files_of_the_guide(
    app: Ka2tui, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = watched(monkeypatch, datafiles, "read_text", "names")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, app.opened.is_set)
        served.clear()
        await begin(pilot, "f1", "escape", "ctrl+p", "g", "u", "i")
        assert "Guide: Task" in screen_text(app)
    assert "read_text" in {name for name, _ in served}
    assert threading.main_thread() not in [thread for _, thread in served]


async def test_links_lead_to_pages_and_back(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        app.action_guide("capture")
        await begin(pilot, "end", "down", "enter")
        assert str(reading(app).text.border_title) == "Task"
        await begin(pilot, "backspace")
        assert str(reading(app).text.border_title) == "Capture"


async def test_words_find_pages_and_their_places(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "f1", "slash", *"recipro")
        assert "No page has all of these words." in screen_text(app)
        reading(app).line.value = "spreadsheet"
        await begin(pilot)
        assert reading(app).table.count >= 2
        await begin(pilot, "enter", "n")
        assert "spreadsheet" in screen_text(app)
        await begin(pilot, "escape")
        assert reading(app).table.count == len(guide.pages()) + 1
        await begin(pilot, "escape")
        assert not isinstance(app.screen, Guide)


async def test_a_form_has_help_that_leads_to_the_noun_below_and_keeps_what_was_typed(
    app: Ka2tui,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "n", *"Ab", "f1")
        text = reading(app).text.text
        assert "What must be filled in stands first" in text
        assert "Save what stands in the form" in text
        assert reading(app).place.guide == "task"
        await begin(pilot, "escape")
        assert isinstance(app.screen, Form)
        assert "Ab" in screen_text(app)


async def test_the_list_of_deeds_leads_to_the_guide_and_the_guide_has_one(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "question_mark", "f1")
        assert "Everything to do" in screen_text(app)
        await begin(pilot, "question_mark")
        assert isinstance(app.screen, Help)
        await begin(pilot, *"find", "enter")
        assert reading(app).line.has_focus


async def test_the_palette_knows_the_pages_of_the_guide(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        app.screen.query_one(Input).value = "guide milestone"
        await until(pilot, lambda: "what is late" not in screen_text(app))
        await until(pilot, lambda: "Guide: Milestone" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Guide))
        await settled(pilot)
        assert "A point the project wants to reach" in screen_text(app)


async def test_a_page_of_ones_own_that_cannot_be_read_is_told_and_help_stands(
    app: Ka2tui, settings: Settings, tmp_path: Any
) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "task.md").write_bytes(b"# \xff\xfe")
    app.settings = type(settings)(actor="me", data=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "3", "f1")
        assert "is not UTF-8 text" in reading(app).text.text
        assert "Keys here" in reading(app).text.text


# --- the words of the panes ----------------------------------------------------------------------


def pages() -> Iterator[type[Page]]:
    keys.every()
    kinds = [Page]
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__name__.endswith("Page") and ".pages." in kind.__module__:
            yield kind


def words() -> dict[str, Any]:
    return tomllib.loads(datafiles.read_text("help/panes.toml"))


def test_every_page_leads_to_a_page_of_the_guide() -> None:
    known = words()
    names = {page.name for page in guide.pages()}
    for page in pages():
        if page is not OpeningPage:
            assert known.get(key_of(page), {}).get("guide") in names, (
                f"{page.__name__}: say in data/help/panes.toml which page of the guide it is about"
            )


def test_no_words_are_of_a_place_that_is_not_there() -> None:
    names = {page.name for page in guide.pages()}
    keys.every()
    from textual.dom import DOMNode

    kinds: list[Any] = [DOMNode]
    for kind in kinds:
        kinds += [it for it in kind.__subclasses__() if it not in kinds]
    there = {key_of(kind) for kind in kinds if kind.__module__.startswith("ka2tui.")}
    for place, said in words().items():
        assert place in there, place
        for part in (said, *(it for it in said.values() if isinstance(it, dict))):
            assert part.get("guide", "task") in names
            assert {name for name, it in part.items() if isinstance(it, str)} <= {"about", "guide"}
