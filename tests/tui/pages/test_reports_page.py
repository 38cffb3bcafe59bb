"""The report on the screen: choose a period, read it, hand it out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from textual.widgets import Input

from ka2tui.domain.periods import Span
from ka2tui.settings import Settings
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.reports import ReportsPage
from tests.reports import believable
from tests.reports.believable import TODAY
from tests.tui.driving import now, screen_text, settled, until
from tests.tui.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot


@asynccontextmanager
async def on_page(
    database: str,
    settings: Settings,
    *,
    size: tuple[int, int] = (120, 40),
    tasks: int = 0,
    mark: str = "",
) -> AsyncIterator[tuple[Pilot[Any], ReportsPage]]:
    made = Portfolio.open(database, actor="me")
    project = made.do(believable.enter, tasks, mark).value
    made.close()
    app = Ka2tui(
        lambda: Portfolio.open(database, actor="me"),
        today=TODAY,
        now=now,
        settings=settings,
        project=project,
    )
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("8")
        await settled(pilot)
        yield pilot, cast("ReportsPage", app.screen)


async def test_the_report_of_the_last_three_months_stands_there(
    database: str, settings: Settings
) -> None:
    async with on_page(database, settings) as (pilot, page):
        text = screen_text(pilot.app)
        assert "Progress report · 1 September to 22 November 2026 (M12-M14)" in text
        assert "SOLARIS is in month 14 of 24" in text
        assert page.view.has_focus
        assert "D2.3 Teacher handbook, draft" in " ".join(page.view.text.split())
        assert "22 days late" in page.view.text
        assert "▓" in page.view.text


async def test_parts_are_reached_by_keys(database: str, settings: Settings) -> None:
    async with on_page(database, settings) as (pilot, page):
        await pilot.press("n", "n", "n")
        await settled(pilot)
        assert page.view.part == 2
        assert "Where the project stands" in "\n".join(screen_text(pilot.app).splitlines()[2:5])
        assert page.parts.cursor_key == 2
        await pilot.press("b")
        await settled(pilot)
        assert page.view.part == 1
        await pilot.press("s", *"tasks", "enter")
        await settled(pilot)
        assert page.view.part == 4
        await pilot.press("tab", "home", "down")
        await settled(pilot)
        assert page.parts.has_focus
        assert page.view.part == 1
        await pilot.press("enter")
        await settled(pilot)
        assert page.view.has_focus


async def test_another_period_is_chosen_from_the_list(database: str, settings: Settings) -> None:
    async with on_page(database, settings) as (pilot, page):
        await pilot.press("p", *"since", "enter")
        await settled(pilot)
        assert page.span is Span.SINCE_START
        assert "1 October 2025 to 22 November 2026" in screen_text(pilot.app)
        assert "Kick-off" in page.view.text


async def test_own_dates_are_echoed_and_taken(database: str, settings: Settings) -> None:
    async with on_page(database, settings) as (pilot, page):
        await pilot.press("p", *"other", "enter")
        await settled(pilot)
        field = pilot.app.screen.query_one(Input)
        await pilot.press(*"M20-M3", "enter")
        await settled(pilot)
        assert field.value == "M20-M3"  # it took the place of the dates that stood there
        assert page.span is Span.THREE_MONTHS
        field.value = "M12-M13"
        await settled(pilot)
        assert "1 September to 31 October 2026 (M12-M13)" in screen_text(pilot.app)
        await pilot.press("enter")
        await settled(pilot)
        assert page.span is None
        assert "1 September to 31 October 2026 (M12-M13)" in page.view.text


async def test_a_change_elsewhere_is_in_the_report_at_once(
    database: str, settings: Settings
) -> None:
    from ka2tui.operations import tasks

    async with on_page(database, settings) as (pilot, page):
        await pilot.press("n", "n", "n", "n", "n")
        await settled(pilot)
        at = page.view.scroll_offset.y
        await pilot.app.do(tasks.finish, [2], today=TODAY)  # type: ignore[attr-defined]
        await settled(pilot)
        assert "The 2 tasks that are late" in page.view.text
        assert page.view.scroll_offset.y == at


async def save(pilot: Pilot[Any], *, folder: Path, name: str | None = None) -> None:
    await pilot.press("e")
    await settled(pilot)
    fields = list(pilot.app.screen.query(Input))
    fields[0].value = str(folder)
    if name is not None:
        fields[1].value = name
    await pilot.press("ctrl+s")
    await settled(pilot)


async def test_the_report_is_saved_where_one_says(
    database: str, settings: Settings, tmp_path: Path
) -> None:
    async with on_page(database, settings) as (pilot, _):
        await save(pilot, folder=tmp_path)
        file = tmp_path / "SOLARIS-progress-2026-11-22.html"
        assert file.read_text("utf-8").startswith("<!DOCTYPE html>")
        assert "Rows behind the figures" in file.read_text("utf-8")
        assert "saved as SOLARIS-progress-2026-11-22.html" in screen_text(pilot.app)
        await pilot.press("w")
        await settled(pilot)
        assert "e save as file, without rows" in screen_text(pilot.app)
        await save(pilot, folder=tmp_path, name="short")
        assert "Rows behind" not in (tmp_path / "short.html").read_text("utf-8")


async def test_markdown_is_a_choice_and_the_name_stays_in_the_folder(
    database: str, settings: Settings, tmp_path: Path
) -> None:
    async with on_page(database, settings) as (pilot, _):
        await pilot.press("e")
        await settled(pilot)
        fields = list(pilot.app.screen.query(Input))
        fields[0].value, fields[1].value = str(tmp_path), "../../mine.md"
        await pilot.press("tab", "tab", "right", "ctrl+s")
        await settled(pilot)
        assert (tmp_path / "mine.md").read_text("utf-8").startswith("# SOLARIS")


async def test_another_file_is_written_over_only_when_that_is_said(
    database: str, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "mine.html"
    file.write_text("mine")
    async with on_page(database, settings) as (pilot, _):
        await save(pilot, folder=tmp_path, name="mine")
        await pilot.press("n")
        await settled(pilot)
        assert file.read_text() == "mine"
        assert "Nothing was written" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("y")
        await until(pilot, lambda: file.read_text("utf-8").startswith("<!DOCTYPE"))
        await settled(pilot)
        assert not pilot.app.screen.is_modal


async def test_a_folder_that_is_not_there_keeps_what_was_typed(
    database: str, settings: Settings, tmp_path: Path
) -> None:
    async with on_page(database, settings) as (pilot, _):
        await save(pilot, folder=tmp_path / "nowhere", name="mine")
        assert "There is no folder" in screen_text(pilot.app)
        assert pilot.app.screen.query(Input)[1].value == "mine"


async def test_words_that_cannot_be_used_are_told_instead_of_a_report(
    database: str, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "progress.toml").write_text('[tasks]\ntytle = "x"\n')
    own = Settings(actor="me", data=tmp_path)
    async with on_page(database, own) as (pilot, page):
        assert "there is no tasks.tytle in this report" in " ".join(
            screen_text(pilot.app).replace("│", " ").split()
        )
        await pilot.press("e", "n", "s")
        await settled(pilot)
        assert not pilot.app.screen.is_modal
        assert page.view.document is None


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (200, 50)])
async def test_every_line_fits_its_window(
    database: str, settings: Settings, size: tuple[int, int]
) -> None:
    from ka2tui.tui import plain

    async with on_page(database, settings, size=size, mark=" 日本 [/] <b>") as (pilot, page):
        width = page.view.scrollable_content_region.width
        assert all(plain.width(line) <= width for line in page.view.text.splitlines())
        assert "SOLARIS 日本 [/] <b>" in screen_text(pilot.app)
        for word in ("UNIBO", "22 days late", "Release 1 comes without", "TPM3"):
            assert word in " ".join(page.view.text.split())


def test_any_text_is_laid_out() -> None:
    from ka2tui.reports.document import Column, Document, Paragraph, Row, Table
    from ka2tui.tui import plain
    from ka2tui.tui.widgets.document_view import Layout

    for text in HOSTILE:
        cells = Row((text, text, text))
        columns = (Column(text, "code"), Column(text), Column(text, "number"))
        blocks = (Paragraph(text), Table(text, columns, (cells,), text))
        for width in (24, 78, 200):
            lines = Layout(Document(text, text, text, blocks), width).lines
            assert all(plain.width("".join(part for part, _ in line)) < width for line in lines)
            shown = "".join("".join(part for part, _ in line) for line in lines)
            assert plain.line(text)[:4].strip() in shown
