"""The first days: what a key will do is said until the key is known, and nothing is held up."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.operations import projects, tasks
from ka2tui.settings import load
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.first_days import DAYS, ENOUGH, FirstDays, changes
from ka2tui.tui.widgets.lessons import Lessons
from tests.conftest import ROOT
from tests.tui.driving import TODAY, now, screen_text, settled, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from ka2tui.settings import Settings


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "state" / "first_days.json"


@pytest.fixture
def app(database: str, settings: Settings) -> Ka2tui:
    portfolio = Portfolio.open(database, actor="Ana")
    project = portfolio.do(projects.add, "SOLARIS", today=TODAY).value
    for number in range(6):
        portfolio.do(tasks.add, project, f"Task {number}", due=TODAY)
    portfolio.close()
    return Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY, now=now, settings=settings, project=project,
    )  # fmt: skip


async def to_tasks(pilot: Pilot[Any]) -> None:
    app: Any = pilot.app
    await until(pilot, app.opened.is_set)
    await pilot.press("3")
    await settled(pilot)


def kept(place: Path) -> Any:
    return json.loads(place.read_text())


def explained(app: Ka2tui) -> list[str]:
    return [lesson.shown for lesson in app.screen.query_one(Lessons).lessons]


async def test_nothing_is_explained_where_nobody_asked(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        assert not app.screen.query_one(Lessons).display
        assert "Finish, or open again" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_what_changes_something_is_said_before_it_is_done(
    app: Ka2tui, place: Path, size: tuple[int, int]
) -> None:
    app.first_days = FirstDays(place, TODAY)
    async with app.run_test(size=size) as pilot:
        await to_tasks(pilot)
        assert "space Finish, or open again what is done" in screen_text(app)
        assert "? all keys · f1 help" in screen_text(app)
        assert all(len(line) <= size[0] for line in screen_text(app).splitlines())


async def test_what_is_said_for_a_moment_does_not_cover_it(app: Ka2tui, place: Path) -> None:
    app.first_days = FirstDays(place, TODAY)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await to_tasks(pilot)
        before = screen_text(app).splitlines()[-3:]
        app.tell("Something was done elsewhere that is told in a long line.")
        await settled(pilot)
        assert "done elsewhere" in screen_text(app)
        assert screen_text(app).splitlines()[-3:] == before


async def test_a_key_does_its_deed_at_once_and_is_explained_no_more_after_three_times(
    app: Ka2tui, place: Path
) -> None:
    app.first_days = FirstDays(place, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        for done in range(1, ENOUGH + 1):
            assert explained(app)[0] == "space"
            await pilot.press("space")
            await settled(pilot)
            assert f"{6 - done} shown" in screen_text(app)
        assert "space" not in explained(app)
        assert "Finish, or open again" not in screen_text(app)
        assert explained(app)
    assert kept(place)["uses"]["task.finish"] == ENOUGH
    assert not FirstDays(place, TODAY).explains("task.finish")


async def test_moving_and_typing_are_neither_explained_nor_counted(
    app: Ka2tui, place: Path
) -> None:
    app.first_days = FirstDays(place, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await pilot.press("down", "pagedown", "up", "a", *"xx", "escape")
        await settled(pilot)
        assert app.first_days.uses.get("task.remove") is None
        assert app.first_days.uses["app.capture"] == 1
        assert not [name for name in app.first_days.uses if name.startswith("list.")]


async def test_it_is_switched_off_and_on_in_the_settings(
    app: Ka2tui, place: Path, settings: Settings
) -> None:
    app.first_days = FirstDays(place, TODAY)
    app.first_days.uses["task.finish"] = ENOUGH
    async with app.run_test(size=(120, 40)) as pilot:
        await to_tasks(pilot)
        assert "space" not in explained(app)
        await pilot.press("g", "s")
        await settled(pilot)
        table: Any = app.screen.table  # type: ignore[attr-defined]
        row = next(key for key in table.keys if table.row_of(key).name == "first_days")
        table.move_to(row)
        await pilot.press("enter")
        await settled(pilot)
        assert load(settings.path).first_days is False
        await pilot.press("3")
        await settled(pilot)
        assert not app.screen.query_one(Lessons).display
        await app.explain_keys(on=True)
        await settled(pilot)
        assert explained(app)[0] == "space"
        assert load(settings.path).first_days is True


def test_what_was_noted_elsewhere_meanwhile_is_kept_too(place: Path) -> None:
    one, other = FirstDays(place, TODAY), FirstDays(place, TODAY)
    one.used("task.finish")
    one.used("task.finish")
    other.used("task.edit")
    one.keep()
    other.keep()
    assert FirstDays(place, TODAY).uses == {"task.finish": 2, "task.edit": 1}


def test_after_some_days_nothing_is_explained_any_more(place: Path) -> None:
    for number in range(DAYS + 1):
        known = FirstDays(place, TODAY + timedelta(days=number))
        assert known.over is (number == DAYS)
        known.keep()
    assert not FirstDays(place, TODAY).explains("task.edit")
    known.begin_again()
    assert known.explains("task.edit")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"uses": 3, "days": {}}', '{"uses": {"a": "x"}}', "[" * 9999, "\udcff"]
)
def test_a_file_that_cannot_be_read_begins_anew(place: Path, text: str) -> None:
    place.parent.mkdir()
    place.write_bytes(text.encode("utf-8", "surrogateescape"))
    known = FirstDays(place, TODAY)
    assert known.explains("task.finish")
    assert known.used("task.finish") is False
    known.keep()
    assert FirstDays(place, TODAY).uses == {"task.finish": 1}


def test_what_only_shows_something_comes_after_what_changes_something() -> None:
    assert changes("task.finish")
    assert changes("app.capture")
    assert changes("board.carry_on")
    for name in ("task.sort", "list.filter", "page.back", "go.today", "plan.close", "app.help"):
        assert not changes(name)


def test_people_are_taught_and_programs_that_press_keys_are_not(tmp_path: Path) -> None:
    from tests.terminal import Terminal

    taught = "n Begin a project, with or without a plan to start from"
    for asked, shown in (("on", True), ("off", False)):
        argv = [sys.executable, "-m", "ka2tui", "--db", str(tmp_path / "new.db")]
        with Terminal(argv, cwd=ROOT, env={"KA2TUI_FIRST_DAYS": asked}) as term:
            term.wait("saved", timeout=60)
            term.wait(taught if shown else "n new project", timeout=60)
            assert (taught in term.screen) is shown
            term.press("ctrl+q")
