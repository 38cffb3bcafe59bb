"""The page of participants: events, who came to each, and what disagrees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import MeetingKind
from ka2tui.operations import head_counts, meetings, participants, partners, projects
from ka2tui.queries import participants as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.meeting import MeetingPage
from ka2tui.tui.pages.participants import ParticipantsPage
from tests.tui.driving import NOW, TODAY, ask, screen_text, settled, told, widget_lines

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.widget import Widget

    from ka2tui.settings import Settings


class Desk:
    """A project with two events, and the app on it."""

    def __init__(self, file: Path, settings: Settings) -> None:
        self.file = file
        self.settings = settings

    def app(self) -> Ka2tui:
        return Ka2tui(
            lambda: Portfolio.open(str(self.file), actor="Ana"),
            today=TODAY,
            now=lambda: NOW,
            settings=self.settings,
            project=1,
        )

    def rows(self) -> Any:
        return ask(str(self.file), views.listed, 1)


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> Desk:
    file = tmp_path / "ka2tui.db"
    made = Portfolio.open(str(file), actor="Ana")
    project = made.do(
        projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=TODAY
    ).value
    made.do(partners.add, project, "Uniwersytet Łódzki", acronym="ULODZ", country="PL")
    week = made.do(
        meetings.add, project, "Training week", code="LTT1", kind=MeetingKind.LEARNING,
        day=date(2026, 10, 5), end_day=date(2026, 10, 9), participants=2,
    ).value  # fmt: skip
    fair = made.do(
        meetings.add, project, "Open day", code="ME1", kind=MeetingKind.MULTIPLIER,
        day=date(2026, 11, 2),
    ).value  # fmt: skip
    for name in ("[red]Ana[/red]", "Müller, Jan", "🙂 Zoë"):
        made.do(participants.add, week, {"name": name, "partner_id": 1})
    made.do(participants.add, fair, {"name": "Jan Muller", "partner_id": 1})
    made.do(head_counts.add, fair, 120)
    made.close()
    return Desk(file, settings)


async def begin(pilot: Pilot[Any], *keys: str) -> ParticipantsPage:
    await settled(pilot)
    await press(pilot, "g", "a")
    page = pilot.app.screen
    assert isinstance(page, ParticipantsPage)
    await press(pilot, *keys)
    return page


def said_by(widget: Widget) -> str:
    """Give the words of a pane, whatever its width."""
    return " ".join(" ".join(line.strip("│┃ ") for line in widget_lines(widget)).split())


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_events_and_people_stand_beside_each_other(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        said = screen_text(app)
        for text in ("All events", "4 + 120", "[red]Ana[/red]", "🙂 Zoë", "1 perhaps the same"):
            assert text in said


async def test_the_event_under_the_cursor_shows_its_people_and_what_disagrees(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot)
        page.events.focus()
        await press(pilot, "down")
        assert "3 on the list, 2 in the report: 1 more" in said_by(page.totals)
        assert page.table.count == 3
        await press(pilot, "down")
        assert page.table.count == 1
        assert "may include the same people" in said_by(page.totals)
        await press(pilot, "enter")
        assert page.table.has_focus


async def test_people_are_added_line_by_line(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot)
        page.events.focus()
        await press(pilot, "down", "a", *"Eva Nowak, ULODZ, teacher, fo")
        assert "fewer opportunities" in screen_text(app)
        await press(pilot, "enter", *"Ben, School 4", "enter", "escape")
        assert page.table.count == 5
    added = {row.name: row for row in desk.rows()}
    assert (added["Eva Nowak"].profile, added["Eva Nowak"].fewer_opportunities) == ("teacher", True)
    assert added["Ben"].organisation == "School 4"


async def test_several_get_a_certificate_in_one_step(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot)
        page.table.focus()
        await press(pilot, "V", "E", *"certif", "enter", *"Youthpass", "enter")
        assert [row.certificate for row in desk.rows()] == ["Youthpass"] * 4
        assert not page.table.marks
        await press(pilot, "u")
        assert [row.certificate for row in desk.rows()] == [None] * 4


async def test_twins_are_joined_or_kept_apart(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot, "t", "enter")
        assert "the same name, written differently" in screen_text(app).lower()
        await press(pilot, "enter")
        assert page.seen is not None
        assert page.seen.standing.numbers.persons == 3
        await press(pilot, "u")
        assert page.seen.standing.numbers.persons == 4
        await press(pilot, "t", "enter", "down", "enter")
        assert page.seen.twins == ()
        assert page.seen.standing.numbers.persons == 4


async def test_one_key_leads_to_the_meeting_and_back(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot)
        page.events.focus()
        await press(pilot, "down", "down", "m")
        there: object = app.screen
        assert isinstance(there, MeetingPage)
        await press(pilot, "A")
        back: object = app.screen
        assert back is page
        assert page.event is not None
        assert page.event.code == "ME1"


async def test_a_projector_shows_no_name(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(200, 50)) as pilot:
        await begin(pilot, "f5")
        said = screen_text(app)
        for name in ("Ana", "Müller", "Zoë", "Muller"):
            assert name not in said
        assert "ULODZ" in said
        await press(pilot, "t", "e", "X")
        assert "Müller" not in screen_text(app)


async def test_pasted_rows_belong_to_the_event_that_is_chosen(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot)
        page.events.focus()
        await press(pilot, "down")
        page.take_rows("Name\tOrganisation\tProfile\nEva Nowak\tULODZ\tteacher\n=1+1\tULODZ\t\n")
        await settled(pilot)
        await press(pilot, "enter")
    names = {row.name: row.event for row in desk.rows()}
    assert names["Eva Nowak"] == "LTT1"
    assert names["=1+1"] == "LTT1"


async def test_numbers_of_the_report_are_edited_here(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot)
        page.events.focus()
        await press(pilot, "down", "c", "backspace", "3", "ctrl+s")
        assert page.seen is not None
        assert page.seen.standing.differences == ()


async def test_somebody_is_forgotten_after_a_question(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await begin(pilot)
        page.table.focus()
        await press(pilot, "X", "n")
        assert "[red]Ana[/red]" in {row.name for row in desk.rows()}
        await press(pilot, "X", "y")
    assert "[red]Ana[/red]" not in {row.name for row in desk.rows()}
    assert b"[red]Ana" not in desk.file.read_bytes()


async def test_totals_are_told_by_something_else(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "b", *"organ", "enter")
        assert "By organisation" in screen_text(app)


async def test_without_events_the_first_step_is_said(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "empty.db"
    made = Portfolio.open(str(file), actor="Ana")
    made.do(projects.add, "SOLARIS", today=TODAY)
    made.close()
    app = Desk(file, settings).app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "a")
        assert "plan a learning activity" in told(app)
