"""The page of settings: each in force at once, and kept."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from ka2tui.operations import projects, tasks
from ka2tui.queries import history
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.own_keys import PressKey
from tests.tui.driving import TODAY, now, screen_text, settled, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.settings import Settings


@pytest.fixture
def app(database: str, settings: Settings) -> Ka2tui:
    """The app with a project and a task that is due in ten days."""
    portfolio = Portfolio.open(database, actor="Ana")
    project = portfolio.do(projects.add, "SOLARIS", start=date(2025, 10, 1), today=TODAY).value
    portfolio.do(tasks.add, project, "In ten days", due=date(2026, 12, 1))
    portfolio.close()
    return Ka2tui(
        lambda: Portfolio.open(database, actor=settings.who),
        today=TODAY, now=now, settings=settings, project=1, place=database,
    )  # fmt: skip


async def to_settings(pilot: Pilot[Any]) -> None:
    await until(pilot, lambda: not hasattr(pilot.app, "opened") or pilot.app.opened.is_set())
    await pilot.press("g", "s")
    await settled(pilot)


async def stand_on(pilot: Pilot[Any], name: str) -> None:
    table = pilot.app.screen.table  # type: ignore[attr-defined]
    for key in table.keys:
        row = table.row_of(key)
        if row.name == name:
            table.move_to(key)


async def type_for(pilot: Pilot[Any], name: str, text: str) -> None:
    await stand_on(pilot, name)
    await pilot.press("enter")
    await settled(pilot)
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")
    await settled(pilot)


def kept(settings: Settings) -> dict[str, Any]:
    assert settings.path is not None
    return tomllib.loads(settings.path.read_text())


async def test_everything_there_is_to_choose_is_shown(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_settings(pilot)
        text = screen_text(app)
        for word in ("Name", "Colours", "Style of keys", "Own keys", "First page", "Days on Today",
                     "Clock", "In use now", "Own folder", "Settings file"):  # fmt: skip
            assert word in text


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_a_note_stands_beside_what_it_explains(app: Ka2tui, width: int) -> None:
    async with app.run_test(size=(width, 40)) as pilot:
        await to_settings(pilot)
        notes = ("compact by itself in a small window", "explains keys until you know them",
                 "how far it looks ahead")  # fmt: skip
        lines = screen_text(app).splitlines()
        starts = {line.index(note) for note in notes for line in lines if note in line}
        assert len(starts) == 1
        assert starts.pop() < 45


async def test_a_name_signs_the_next_change(app: Ka2tui, settings: Settings) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_settings(pilot)
        await type_for(pilot, "actor", "Łucja [red]")
        assert kept(settings)["actor"] == "Łucja [red]"
        await app.do(tasks.add, 1, "Another")
        assert (await app.ask(history.entries, 1))[0].actor == "Łucja [red]"


async def test_what_cannot_be_is_told_and_stays_in_the_line(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_settings(pilot)
        await type_for(pilot, "days", "99")
        assert app.screen.query_one(Input).value == "99"
        assert "a number of days from 1 to 60" in screen_text(app)
        app.screen.query_one(Input).value = "14"
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("1")
        await settled(pilot)
        assert "In ten days" in screen_text(app)


async def test_the_style_of_keys_holds_at_once(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_settings(pilot)
        await stand_on(pilot, "keys")
        await pilot.press("enter")
        await settled(pilot)
        assert app.settings.keys == "vim"
        before = app.screen.table.cursor_key  # type: ignore[attr-defined]
        await pilot.press("j")
        await settled(pilot)
        assert app.screen.table.cursor_key != before  # type: ignore[attr-defined]


async def test_colours_are_seen_while_choosing_and_come_back_on_escape(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_settings(pilot)
        await stand_on(pilot, "theme")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("down")
        await settled(pilot)
        assert app.theme != "ka2-dark"
        await pilot.press("escape")
        await settled(pilot)
        assert app.theme == "ka2-dark"


async def test_a_key_is_changed_by_pressing_another_and_a_clash_is_named(
    app: Ka2tui, settings: Settings
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_settings(pilot)
        await pilot.press("o")
        await settled(pilot)
        app.screen.query_one(Input).value = "task.finish"
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, PressKey)
        await pilot.press("s")
        await settled(pilot)
        assert "task.sort" in screen_text(app)
        await pilot.press("f8")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert kept(settings)["keymap"] == {"task.finish": "f8"}
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("f8")
        await settled(pilot)
        assert "In ten days" not in screen_text(app)


async def test_what_is_wrong_in_the_file_is_told_with_its_line(
    app: Ka2tui, settings: Settings
) -> None:
    assert settings.path is not None
    settings.path.write_text('keys = "vim"\nactr = "A"\n')
    async with app.run_test(size=(200, 50)) as pilot:
        await to_settings(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert "line 2: actr is not a setting: did you mean actor?" in screen_text(app)
        assert app.settings.keys == "vim"
