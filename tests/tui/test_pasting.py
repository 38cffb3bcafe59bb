"""Lists copied to a spreadsheet, and rows pasted from one, by keys and bracketed pastes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from ka2tui.exchange.copied import PASTED
from ka2tui.operations import partners, tasks, work_units
from ka2tui.queries import tasks as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.dialogs.paste import PasteRows, PasteText
from ka2tui.tui.rows import TAKES_ROWS
from tests.tui.driving import TODAY, add_solaris, now, screen_text, settled, toasts, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.settings import Settings

FORTY = "Task\tDeadline\tWho\tWP\n" + "".join(
    f"Row {n}\t{n % 28 + 1}.3.2027\tULODZ\tWP1\n" for n in range(40)
)


@pytest.fixture
def app(database: str, settings: Settings) -> Ka2tui:
    """The app with a project, a partner, a work package and two tasks."""
    portfolio = Portfolio.open(database, actor="Ana")
    project = add_solaris(portfolio)
    portfolio.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ")
    portfolio.do(work_units.add, project, code="WP1", title="Management")
    portfolio.do(tasks.add, project, "=1+1", due=date(2026, 12, 3), tags=["money"])
    portfolio.do(tasks.add, project, "Plain one")
    portfolio.close()
    return Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY,
        now=now,
        settings=settings,
        project=1,
    )


async def to_tasks(pilot: Pilot[Any]) -> None:
    await until(pilot, lambda: not hasattr(pilot.app, "opened") or pilot.app.opened.is_set())
    await pilot.press("3")
    await settled(pilot)


async def paste(pilot: Pilot[Any], text: str) -> None:
    pilot.app.post_message(Paste(text))
    await settled(pilot)
    screen = pilot.app.screen
    if isinstance(screen, PasteRows):
        await until(pilot, lambda: screen.seen is not None)


async def titles(app: Ka2tui) -> list[str]:
    return [row.title for row in (await app.ask(views.listed, 1)).rows]


async def test_forty_rows_are_seen_taken_and_taken_back(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await paste(pilot, FORTY)
        text = screen_text(app)
        assert "Paste 40 rows as tasks" in text
        assert "40 new" in text
        assert len(await titles(app)) == 2
        await pilot.press("enter")
        await settled(pilot)
        assert len(await titles(app)) == 42
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("enter")  # so many are asked about first
        await settled(pilot)
        assert len(await titles(app)) == 2


async def test_escape_keeps_the_rows_for_the_next_time(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await paste(pilot, FORTY)
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("P")
        await settled(pilot)
        assert isinstance(app.screen, PasteText)
        assert app.screen.query_one(TextArea).text == FORTY
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PasteRows) and app.screen.ready)
        assert "40 new" in screen_text(app)


async def test_escape_leaves_the_field_for_rows_and_keeps_what_was_typed(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await pilot.press("P")
        await settled(pilot)
        assert isinstance(app.screen, PasteText)
        await pilot.press(*"One")
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(app.screen, PasteText)
        assert "Your rows are kept: P brings them back." in toasts(app)
        await pilot.press("P")
        await settled(pilot)
        assert app.screen.query_one(TextArea).text == "One"


async def test_a_row_with_an_error_is_left_out_by_a_key(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await paste(pilot, "Task\tDeadline\nGood\t3 Dec\nBad\t31.2.2027\n")
        assert "1 row with an error" in screen_text(app)
        await pilot.press("down")
        await settled(pilot)
        assert "Row 3: “31.2.2027” does not exist: February 2027 has 28 days" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert len(await titles(app)) == 2
        await pilot.press("X")
        await until(pilot, lambda: getattr(app.screen, "ready", False))
        await pilot.press("enter")
        await settled(pilot)
        assert sorted(await titles(app)) == ["=1+1", "Good", "Plain one"]


async def test_a_column_is_told_what_it_means(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await paste(pilot, "Task\tDeadline\tWhatever\nOne\t3 Dec\tULODZ\n")
        assert "→ left out" in screen_text(app)
        await pilot.press("c", "end", "space")
        await settled(pilot)
        app.screen.query_one(Input).value = "assignee"
        await pilot.press("enter")
        await settled(pilot)
        await until(pilot, lambda: getattr(app.screen, "ready", False))
        assert "→ assignee" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        row = (await app.ask(views.listed, 1)).rows
        assert [it.partner for it in row if it.title == "One"] == ["ULODZ"]


async def test_what_is_here_already_is_told_and_overwritten_only_on_demand(app: Ka2tui) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await to_tasks(pilot)
        await paste(pilot, "Task\tDeadline\nPlain one\t3 Dec\nNew one\t\n")
        assert "1 new · 1 here already" in screen_text(app)
        await pilot.press("o")
        await until(pilot, lambda: getattr(app.screen, "ready", False))
        assert "1 changed" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        rows = (await app.ask(views.listed, 1)).rows
        assert {it.title: it.due for it in rows}["Plain one"] == date(2026, 12, 3)


async def test_a_list_is_copied_with_headings_and_without_formulas(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await pilot.press("y")
        await settled(pilot)
        first, *rest = app.clipboard.splitlines()
        assert first.split("\t")[:3] == ["Title", "State", "Due"]
        assert rest[0].split("\t")[:3] == ["'=1+1", "open", "2026-12-03"]
        assert "2 rows copied with their headings." in toasts(app)


async def test_marks_alone_are_copied(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await pilot.press("end", "v", "y")
        await settled(pilot)
        assert [line.split("\t")[0] for line in app.clipboard.splitlines()] == [
            "Title",
            "Plain one",
        ]


async def test_what_was_copied_and_pasted_is_nothing_new(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await pilot.press("y")
        await settled(pilot)
        await paste(pilot, app.clipboard)
        assert "2 here already" in screen_text(app)


@pytest.mark.parametrize("page", ["1", "4"])
async def test_pages_with_lists_take_rows(app: Ka2tui, page: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await pilot.press(page)
        await settled(pilot)
        await paste(pilot, "Title\tDate\nKick-off\t3 Dec 2026\n")
        assert isinstance(app.screen, PasteRows)
        assert app.screen.pasted.kind == {"1": "task", "4": "meeting"}[page]


def test_the_key_to_paste_is_offered_where_rows_are_taken() -> None:
    assert {*PASTED} == TAKES_ROWS


@pytest.mark.parametrize("page", ["x", "u", "b", "j"])
async def test_a_list_that_takes_no_rows_does_not_offer_to_paste(app: Ka2tui, page: str) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        await to_tasks(pilot)
        for key in ("g", page, "question_mark"):
            await pilot.press(key)
            await settled(pilot)
        assert "paste rows" not in screen_text(app).lower()
        assert "spreadsheet" in screen_text(app)


async def test_a_list_that_takes_no_rows_says_which_do(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_tasks(pilot)
        await pilot.press("g", "h")
        await settled(pilot)
        await paste(pilot, FORTY)
        assert "Rows cannot be pasted on this list" in " ".join(toasts(app))
