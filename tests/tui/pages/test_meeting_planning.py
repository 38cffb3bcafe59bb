"""Meetings planned from a template and as a series, and what is asked of a series."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain import meeting_templates
from ka2tui.domain.kinds import PartnerRole
from ka2tui.operations import contacts, meeting_plans, meetings, partners
from ka2tui.queries import meetings as views
from ka2tui.queries import tasks as task_views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from tests.copied import filled_once
from tests.tui.driving import TODAY, add_solaris, ask, go, screen_text, settled, type_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot

    from ka2tui.queries.meeting_row import MeetingRow

FIRST_PAGE = "meetings"


@pytest.fixture
@filled_once
def file(database: str) -> str:
    portfolio = Portfolio.open(database, actor="Ana")
    project = add_solaris(portfolio)
    portfolio.do(
        partners.add,
        project,
        "Universidad",
        acronym="UA",
        role=PartnerRole.COORDINATOR,
        zone="Europe/Madrid",
    )
    portfolio.do(contacts.add, project, "Ana", partner_id=1)
    portfolio.close()
    return database


def rows(file: str) -> Sequence[MeetingRow]:
    found: Sequence[MeetingRow] = ask(file, views.listed, 1, today=TODAY)
    return found


def tasks(file: str) -> list[str]:
    return [task.title for task in ask(file, task_views.listed, 1).rows]


async def to_form(pilot: Pilot[Any]) -> None:
    await settled(pilot)
    await go(pilot, "4", "n")


async def test_a_template_fills_the_form_in(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 44)) as pilot:
        await to_form(pilot)
        shown = await go(pilot, "tab", "right", "right")  # the second: transnational
        assert "8 points; 6 tasks, from 60 d before to 21 d after" in shown
        assert "Project meeting" in shown
        assert "11 h" in shown
        form: Any = app.screen
        length = next(it for it in form.entries if it.field.name == "minutes_long")
        length.put("90")
        shown = await go(pilot, "left", "right")
        assert length.written == "90", "what was typed stays"
        await go(pilot, "up")
        await type_in(pilot, "TPM3 Kraków")
        await go(pilot, "tab", "tab", "tab")
        await type_in(pilot, "3 Feb 2027")
        await go(pilot, "ctrl+s")
        (row,) = rows(file)
        assert (row.title, row.items, row.days) == (
            "TPM3 Kraków",
            8,
            (date(2027, 2, 3), date(2027, 2, 4)),
        )
        assert "Send the agenda of TPM3 Kraków" in tasks(file)
        await go(pilot, "u")
        assert rows(file) == ()
        assert tasks(file) == []


async def test_a_series_says_its_days_asks_and_is_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 44)) as pilot:
        await to_form(pilot)
        await type_in(pilot, "Online meeting")
        await go(pilot, "tab", "tab", "tab", "tab")
        await type_in(pilot, "first tuesday of each month until M24")
        assert "10 meetings: 1 Dec 2026, 5 Jan 2027" in screen_text(app)
        shown = await go(pilot, "ctrl+s")
        assert "Plan 10 meetings?" in shown
        assert "Tue 7 Sep 2027" in shown
        await go(pilot, "n")
        assert "Nothing was planned yet." in screen_text(app)
        assert rows(file) == ()
        shown = await go(pilot, "ctrl+s", "y")
        assert len(rows(file)) == 10
        assert "Online meeting ↻" in shown
        await go(pilot, "u")
        assert rows(file) == ()


async def test_a_rule_that_cannot_be_read_keeps_the_form(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 44)) as pilot:
        await to_form(pilot)
        await type_in(pilot, "Call")
        await go(pilot, "tab", "tab", "tab", "tab")
        await type_in(pilot, "[/] sometimes")
        assert "does not say how often" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert "Plan a meeting" in screen_text(app)
        assert rows(file) == ()


@pytest.fixture
@filled_once
def series(file: str) -> str:
    portfolio = Portfolio.open(file, actor="Ana")
    days = [date(2026, 12, 1), date(2027, 1, 5), date(2027, 2, 2)]
    portfolio.do(meeting_plans.plan, 1, "Call", {}, today=TODAY, days=days)
    portfolio.close()
    return file


def days(file: str) -> list[date | None]:
    return [row.day for row in rows(file)]


async def test_moving_asks_which_of_the_series(app: Ka2tui, series: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await go(pilot, "4", "down", "d")
        await type_in(pilot, "6 Jan 2027")
        shown = await go(pilot, "enter")
        assert "Move which of the series?" in shown
        await go(pilot, "escape")
        assert days(series)[1] == date(2027, 1, 5)
        await go(pilot, "d")
        await type_in(pilot, "6 Jan 2027")
        await go(pilot, "enter", "down", "enter")
        assert days(series) == [date(2026, 12, 1), date(2027, 1, 6), date(2027, 2, 3)]
        await go(pilot, "u", "d")
        await type_in(pilot, "6 Jan 2027")
        await go(pilot, "enter", "enter")
        assert days(series) == [date(2026, 12, 1), date(2027, 1, 6), date(2027, 2, 2)]


async def test_editing_asks_which_of_the_series(app: Ka2tui, series: str) -> None:
    async with app.run_test(size=(120, 44)) as pilot:
        await settled(pilot)
        await go(pilot, "4", "down", "e")
        await type_in(pilot, "Late call")
        shown = await go(pilot, "ctrl+s")
        assert "Edit which of the series?" in shown
        await go(pilot, "down", "enter")
        assert [row.title for row in rows(series)] == ["Call", "Late call", "Late call"]


async def test_which_of_the_series_is_asked_once_where_another_window_changed_it(
    app: Ka2tui, series: str
) -> None:
    async with app.run_test(size=(120, 44)) as pilot:
        await settled(pilot)
        await go(pilot, "4", "down", "e")
        await type_in(pilot, "Late call")
        other = Portfolio.open(series, actor="Ben")
        other.do(meetings.edit, rows(series)[1].id, {"title": "Early call"})
        other.close()
        shown = await go(pilot, "ctrl+s", "down", "enter")
        assert "Changed meanwhile: Title" in shown
        shown = await go(pilot, "m")
        assert not app.screen.is_modal
        assert [row.title for row in rows(series)] == ["Call", "Late call", "Late call"]


async def test_tasks_of_the_template_move_along_in_one_step(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    online = meeting_templates.find("online")
    when = {"day": date(2027, 3, 2)}
    portfolio.do(meeting_plans.plan, 1, "Call", when, today=TODAY, template=online)
    portfolio.close()

    def dues() -> list[date | None]:
        return [task.due for task in ask(file, task_views.listed, 1).rows]

    before = dues()
    async with app.run_test(size=(120, 44)) as pilot:
        await settled(pilot)
        await go(pilot, "4", "d")
        await type_in(pilot, "9 Mar 2027")
        shown = await go(pilot, "enter")
        assert "Move 2 tasks along?" in shown
        assert "Send agenda and link of Call" in shown
        await go(pilot, "escape")
        assert (days(file), dues()) == ([date(2027, 3, 2)], before)
        await go(pilot, "d")
        await type_in(pilot, "9 Mar 2027")
        await go(pilot, "enter", "n")
        assert (days(file), dues()) == ([date(2027, 3, 9)], before)
        await go(pilot, "u", "d")
        await type_in(pilot, "9 Mar 2027")
        await go(pilot, "enter", "enter")
        assert days(file) == [date(2027, 3, 9)]
        assert [(now - was).days for now, was in zip(dues(), before, strict=True)
                if now and was] == [7, 7]  # fmt: skip
        await go(pilot, "u")
        assert (days(file), dues()) == ([date(2027, 3, 2)], before)
        await go(pilot, "e", "tab", "tab")  # and where the form is used
        await type_in(pilot, "9 Mar 2027")
        shown = await go(pilot, "ctrl+s")
        assert "Move 2 tasks along?" in shown
        await go(pilot, "y")
        assert not app.screen.is_modal
        assert dues() != before


async def test_removing_asks_which_of_the_series(app: Ka2tui, series: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await go(pilot, "4", "down", "x", "down", "enter", "enter")
        assert days(series) == [date(2026, 12, 1)]
        await go(pilot, "u", "end", "x", "enter", "y")
        assert days(series) == [date(2026, 12, 1), date(2027, 1, 5)]


async def test_an_agenda_is_taken_from_a_template_later(app: Ka2tui, series: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = await go(pilot, "4", "enter")
        assert "Press n to add the first point, T for a template." in shown
        shown = await go(pilot, "T", *"online")
        assert "5 points; 2 tasks" in shown
        await go(pilot, "enter", "enter")
        (row, *_) = rows(series)
        assert (row.items, row.template) == (5, "online")
        assert tasks(series) == [
            "Send agenda and link of Call (1 Dec 2026)",
            "Send the minutes of Call (1 Dec 2026), file the list of participants",
        ]
        await go(pilot, "u")
        assert rows(series)[0].items == 0
        await go(pilot, "T", "enter", "down", "enter")
        assert rows(series)[0].items == 9
        assert tasks(series) == []
