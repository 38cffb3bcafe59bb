"""A meeting in progress, driven by its keys, with a clock that the test sets."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from ka2tui.domain.kinds import MeetingState, OutcomeKind, PartnerRole, Presence, TaskState
from ka2tui.operations import agenda, contacts, meetings, partners, projects
from ka2tui.queries import meetings as views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages import meeting_clock
from ka2tui.tui.pages.meeting import MeetingPage
from tests.copied import filled_once
from tests.tui.driving import (
    go,
    screen_text,
    settled,
    widget_lines,
)

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.settings import Settings
    from ka2tui.tui.plain import Piece

FIRST_PAGE = "meetings"

DAY = date(2026, 12, 3)
BEGIN = datetime(2026, 12, 3, 8, 32, tzinfo=UTC)


class Clock:
    """The present instant, set by hand."""

    def __init__(self) -> None:
        self.at = BEGIN

    def __call__(self) -> datetime:
        return self.at

    def on(self, **by: int) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
@filled_once
def file(database: str) -> str:
    portfolio = Portfolio.open(database, actor="Ana")
    project = portfolio.do(projects.add, "SOLARIS", today=DAY).value
    portfolio.do(
        *(partners.add, project, "KMOP"),
        acronym="KMOP",
        country="GR",
        role=PartnerRole.COORDINATOR,
    )
    tpm = portfolio.do(
        *(meetings.add, project, "TPM3 Kraków"), day=DAY, at=time(9, 30), zone="Europe/Warsaw"
    ).value
    for title, minutes in (("Welcome", 15), ("Handbook", 40), ("Money", 30)):
        portfolio.do(agenda.add, tpm, title, minutes_planned=minutes)
    portfolio.close()
    return database


@pytest.fixture
def app(file: str, settings: Settings, clock: Clock) -> Ka2tui:
    return Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"),
        today=DAY,
        now=clock,
        settings=settings,
        project=1,
    )


async def to_meeting(pilot: Pilot[Any]) -> MeetingPage:
    await settled(pilot)
    await go(pilot, "4", "enter")
    page = pilot.app.screen
    assert isinstance(page, MeetingPage)
    return page


async def said(pilot: Pilot[Any], page: MeetingPage) -> str:
    """Let a second pass, and give the line of the clock."""
    page.tick()
    await settled(pilot)
    return widget_lines(page.clock)[0].strip()


def kept(file: str) -> MeetingDetails:
    portfolio = Portfolio.open(file, actor="Ana", create=False)
    try:
        return portfolio.ask(views.one, 1, today=DAY)
    finally:
        portfolio.close()


async def test_a_meeting_is_held_by_keys_alone(app: Ka2tui, file: str, clock: Clock) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_meeting(pilot)
        assert not page.clock.display
        await go(pilot, "S")
        clock.on(minutes=13)
        line = await said(pilot, page)
        assert line.startswith("▸ 1 of 3 Welcome  13:00 of 15 min  started 09:32")
        await go(pilot, "n")
        clock.on(minutes=44, seconds=5)
        line = await said(pilot, page)
        assert "▸ 2 of 3 Handbook  44:05 of 40 min, over by 4:05 !" in line
        assert line.endswith("2 min behind  started 09:32")
        rows = "\n".join(widget_lines(page.agenda))
        assert "✓ 1 Welcome" in rows
        assert "44 !" in rows
        assert page.agenda.called == "2 Handbook"
        await go(pilot, "a")
        field = app.screen.focused
        assert isinstance(field, Input)
        field.value = "Send the Greek appendix @KMOP due:18 Dec"
        await go(pilot, "enter", "escape", "n", "m")
        assert not page.clock.display
    found = kept(file)
    assert found.row.state is MeetingState.HELD
    assert [item.time.seconds(clock.at) for item in found.agenda] == [780, 2645, 0]
    (line_kept,) = found.outcomes
    assert (line_kept.kind, line_kept.item_id) == (OutcomeKind.ACTION, found.agenda[1].id)
    assert line_kept.task is not None
    assert (line_kept.task.partner, line_kept.task.due) == ("KMOP", date(2026, 12, 18))
    assert line_kept.task.state is TaskState.OPEN


async def test_the_clock_goes_on_when_the_app_was_closed(
    app: Ka2tui, file: str, settings: Settings, clock: Clock
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_meeting(pilot)
        await go(pilot, "S")
    clock.on(minutes=7)
    again = Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"),
        today=DAY,
        now=clock,
        settings=settings,
        project=1,
    )
    async with again.run_test(size=(80, 24)) as pilot:
        page = await to_meeting(pilot)
        assert "Welcome  7:00 of 15 min" in await said(pilot, page)


async def test_a_break_stops_the_clock(app: Ka2tui, clock: Clock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_meeting(pilot)
        await go(pilot, "S")
        clock.on(minutes=5)
        await go(pilot, "b")
        clock.on(minutes=30)
        assert (await said(pilot, page)).startswith("‖ break")
        await go(pilot, "S")
        clock.on(minutes=1)
        assert "Welcome  6:00 of 15 min" in await said(pilot, page)


async def test_n_is_a_new_point_again_once_the_meeting_has_ended(app: Ka2tui, clock: Clock) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_meeting(pilot)
        await go(pilot, "S", "plus")
        assert "Add to the agenda" in screen_text(app)
        await go(pilot, "escape", "m", "n")
        assert "Add to the agenda" in screen_text(app)
        await go(pilot, "escape")
        assert app.screen is page


async def test_the_agenda_shows_the_points_around_the_one_that_runs_in_a_small_window(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    for title in ("Dissemination", "Quality", "Closing"):
        portfolio.do(agenda.add, 1, title, minutes_planned=10)
    portfolio.close()

    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_meeting(pilot)
        await go(pilot, "S", "tab")
        points = ["Welcome", "Handbook", "Money", "Dissemination", "Quality", "Closing"]
        shown = "\n".join(widget_lines(page.agenda))
        assert [title for title in points if title in shown] == points[:3]
        for at in range(1, 5):
            await go(pilot, "n")
            shown = "\n".join(widget_lines(page.agenda))
            assert [title for title in points if title in shown] == points[at - 1 : at + 2]
        await go(pilot, "tab")  # to the people
        shown = "\n".join(widget_lines(page.agenda))
        assert [title for title in points if title in shown] == points[3:]


async def test_the_line_of_keys_names_the_next_point_while_the_meeting_goes_on(
    app: Ka2tui,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_meeting(pilot)
        assert "e edit" in screen_text(app).splitlines()[-1]
        await go(pilot, "S")
        assert page.agenda.has_focus
        keys = screen_text(app).splitlines()[-1]
        assert "b break" in keys
        assert "n next point  > this one" in screen_text(app)  # on the frame of the agenda
        assert "e edit" not in keys
        await go(pilot, "m")
        assert "e edit" in screen_text(app).splitlines()[-1]


async def test_the_point_that_runs_is_removed_only_when_meant(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_meeting(pilot)
        await go(pilot, "S", "down", "x")
        assert [item.title for item in kept(file).agenda] == ["Welcome", "Money"]
        await go(pilot, "up", "x")
        assert "Remove Welcome?" in screen_text(app)
        await go(pilot, "n")
        assert [item.title for item in kept(file).agenda] == ["Welcome", "Money"]
        await go(pilot, "x", "y")
        assert [item.title for item in kept(file).agenda] == ["Money"]


async def test_a_point_is_taken_before_its_turn(app: Ka2tui, clock: Clock) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_meeting(pilot)
        await go(pilot, "S", "down", "down", "greater_than_sign")
        clock.on(minutes=2)
        assert "▸ 3 of 3 Money  2:00 of 30 min" in await said(pilot, page)


async def test_a_meeting_of_another_day_is_started_only_when_meant(
    app: Ka2tui, file: str, clock: Clock
) -> None:
    app.today = date(2026, 11, 21)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_meeting(pilot)
        await go(pilot, "S")
        assert "It is planned for" in screen_text(app)
        await go(pilot, "escape")
        assert kept(file).row.started_at is None
        await go(pilot, "S", "y")
        assert kept(file).row.started_at == clock.at


async def test_the_date_becomes_the_day_on_which_it_was_held_when_meant(
    app: Ka2tui, file: str, clock: Clock
) -> None:
    app.today = date(2026, 12, 1)
    clock.at -= timedelta(days=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_meeting(pilot)
        await go(pilot, "S", "y", "m")
        shown = screen_text(app)
        assert "Was TPM3 Kraków held today?" in shown
        assert "It was planned for Thu 3 Dec." in shown
        await go(pilot, "n")
        assert (kept(file).row.state, kept(file).row.day) == (MeetingState.HELD, DAY)
        await go(pilot, "m", "m", "y")  # planned again, and held without a clock
        assert "Was TPM3 Kraków held today?" in screen_text(app)
        await go(pilot, "y")
        found = kept(file).row
        assert (found.state, found.day) == (MeetingState.HELD, date(2026, 12, 1))
        assert found.local is not None
        assert found.local.time() == time(9, 30)


async def test_each_second_only_the_line_of_the_clock_is_drawn_anew(
    app: Ka2tui, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_meeting(pilot)
        await go(pilot, "S")
        await said(pilot, page)
        drawn: list[str] = []
        for pane in (page.agenda, page.about, page.minutes.table, page.people, page.clock):
            monkeypatch.setattr(
                pane, "refresh", lambda *_, name=pane.id, **__: drawn.append(str(name))
            )
        clock.on(seconds=1)
        page.tick()
        assert drawn == ["clock"]


async def test_lines_go_to_the_point_that_runs_also_from_the_minutes(
    app: Ka2tui, file: str, clock: Clock
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_meeting(pilot)
        assert "S starts it" in screen_text(app)
        await go(pilot, "S", "i", *"one", "enter", "escape")
        assert page.minutes.table.has_focus
        await go(pilot, "n")
        assert page.agenda.point == 2
        await app.do(agenda.edit, 3, {"presenter": "Ana"})  # whatever is read again meanwhile
        await settled(pilot)
        await go(pilot, "i", *"two", "enter", "escape", "n", "d", *"three", "enter", "escape")
        assert [(line.text, line.item_id) for line in kept(file).outcomes] == [
            *(("one", 1), ("two", 2), ("three", 3))
        ]
        await go(pilot, "up", "i", *"more", "enter")  # and where one reads, once one reads on
        assert [line.item_id for line in kept(file).outcomes if line.text == "more"] == [2]


async def test_a_meeting_of_two_days_is_broken_off_for_the_night(
    file: str, settings: Settings, clock: Clock
) -> None:
    second = DAY + timedelta(days=1)
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(meetings.edit, 1, {"end_day": second})
    portfolio.do(contacts.add, 1, "Eleni", partner_id=1)
    portfolio.close()

    def on(day: date) -> Ka2tui:
        return Ka2tui(
            lambda: Portfolio.open(file, actor="Ana"),
            today=day,
            now=clock,
            settings=settings,
            project=1,
        )

    app = on(DAY)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_meeting(pilot)
        await go(pilot, "S")
        assert page.people.day == DAY
        clock.on(minutes=10)
        shown = await go(pilot, "m")
        assert "It lasts until tomorrow. b breaks off for the night" in shown
        await go(pilot, "n", "b")
        assert kept(file).row.goes_on
        await go(pilot, "shift+tab", "w", "P")
    clock.on(hours=20)
    app = on(second)
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_meeting(pilot)
        assert page.people.day == second
        assert "break" in await said(pilot, page)
        await go(pilot, "S")
        clock.on(minutes=4)
        assert "1 of 3 Welcome  14:00 of 15 min" in await said(pilot, page)  # the night is no time
        await go(pilot, "n", "i", *"well", "enter", "escape", "shift+tab", "shift+tab", "P")
        await go(pilot, "m")
        found = kept(file)
        assert found.row.state is MeetingState.HELD
        assert [line.item_id for line in found.outcomes] == [2]
        assert found.people[0].presences == (Presence.PRESENT, Presence.PRESENT)


def test_what_finds_no_room_in_the_line_of_the_clock_is_left_out_whole() -> None:
    said: list[Piece] = [("▸ 2 of 5 ", "accent"), ("Łódź", "strong"), "  0:09 of 35 min"]
    more: list[Piece] = [("  14 min ahead", "good"), ("  started 18:43", "quiet")]
    assert meeting_clock.fitting([*said, *more], 60) == [*said, *more]
    assert meeting_clock.fitting([*said, *more], 50) == [*said, more[0]]
    assert meeting_clock.fitting([*said, *more], 20) == said
