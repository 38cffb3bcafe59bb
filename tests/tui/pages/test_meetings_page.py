"""The page of meetings, and the page of one meeting, driven by their keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from sqlalchemy import select

from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingState,
    OutcomeKind,
    PartnerRole,
    Presence,
    TaskState,
)
from ka2tui.operations import agenda, attendance, contacts, meetings, outcomes, partners, projects
from ka2tui.queries import meetings as views
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Meeting, Task
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.meeting import MeetingPage
from ka2tui.tui.pages.meetings import MeetingsPage
from tests.copied import filled_once
from tests.tui.driving import (
    TODAY,
    add_solaris,
    ask,
    go,
    now,
    screen_text,
    settled,
    toasts,
    told,
    type_in,
    widget_lines,
)
from tests.tui.hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session
    from textual.pilot import Pilot

    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.settings import Settings

FIRST_PAGE = "meetings"

FIRST, SECOND = date(2026, 12, 3), date(2026, 12, 4)


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """Three partners with a person each, a meeting that was, and TPM3 of two days to come."""
    portfolio = Portfolio.open(database, actor="Ana")
    project = add_solaris(portfolio)
    for acronym, country, role in (
        ("UA", "ES", PartnerRole.COORDINATOR),
        ("KMOP", "GR", PartnerRole.BENEFICIARY),
        ("ODTU", "TR", PartnerRole.BENEFICIARY),
    ):
        zone = "Europe/Madrid" if country == "ES" else None
        partner = portfolio.do(
            partners.add, project, acronym, acronym=acronym, country=country, role=role, zone=zone
        ).value
        if acronym != "ODTU":
            portfolio.do(contacts.add, project, f"Person of {acronym}", partner_id=partner)
    old = portfolio.do(meetings.add, project, "TPM2 Bologna", day=date(2026, 5, 4)).value
    portfolio.do(outcomes.add, old, OutcomeKind.ACTION, "Send the contract", partner_id=2)
    tpm = portfolio.do(
        meetings.add,
        project,
        "TPM3 Kraków",
        kind=MeetingKind.TPM,
        day=FIRST,
        end_day=SECOND,
        at=time(9, 30),
        zone="Europe/Warsaw",
        minutes_long=60,
    ).value
    for title in ("Handbook", "Money"):
        portfolio.do(agenda.add, tpm, title, minutes_planned=45)
    portfolio.close()
    return database


async def to_meetings(pilot: Pilot[Any]) -> MeetingsPage:
    await settled(pilot)
    await go(pilot, "4")
    page = pilot.app.screen
    assert isinstance(page, MeetingsPage)
    return page


async def to_tpm3(pilot: Pilot[Any]) -> MeetingPage:
    await to_meetings(pilot)
    await go(pilot, "enter")
    page = pilot.app.screen
    assert isinstance(page, MeetingPage)
    return page


def tpm3(file: str) -> MeetingDetails:
    found: MeetingDetails = ask(file, views.one, 2, today=TODAY)
    return found


def only(folder: Path, pattern: str) -> Path:
    """Give the one file of this name."""
    (found,) = folder.glob(pattern)
    return found


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(Meeting.title).order_by(Meeting.id)))


# -- the list


async def test_meetings_to_come_stand_above_those_that_were(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_meetings(pilot)
        shown = screen_text(app)
        places = [shown.index(part) for part in ("To come", "3-4 Dec 09:30 Warsaw in 12", "Past")]
        assert places == sorted(places)
        assert "was it held?" in shown
        details = page.details.text
        for part in ("09:30 Madrid", "10:30 Athens", "11:30 Istanbul", "1 h 30 of 1 h"):
            assert part in details
        assert "30 min too long" in details
        assert "UA, KMOP, ODTU" in details  # nobody is on the list yet
        assert "Send the contract" in details
        await go(pilot, "end")
        assert "TPM2 Bologna" in str(page.details.border_title)


async def test_a_meeting_is_planned_in_a_form_and_stood_on(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_meetings(pilot)
        await go(pilot, "n")
        await type_in(pilot, "Call [/] about money")
        await go(pilot, "tab", "tab", "tab")
        await type_in(pilot, "15 dec")
        assert "Tue 15 Dec, in 24 days" in screen_text(app)
        await go(pilot, "tab", "tab")
        await type_in(pilot, "14h30")
        await go(pilot, "tab")
        await type_in(pilot, "athens")
        assert "Europe/Athens" in screen_text(app)
        await go(pilot, "ctrl+s")
        assert page.table.cursor_row is not None
        assert page.table.cursor_row.title == "Call [/] about money"
    made = ask(file, lambda session: session.scalars(select(Meeting)).all()[-1])
    assert (made.day, made.zone, made.starts_at.hour) == (date(2026, 12, 15), "Europe/Athens", 12)


async def test_the_zone_a_time_is_meant_in_stands_under_it(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_meetings(pilot)
        await go(pilot, "n")
        await type_in(pilot, "Visit")
        await go(pilot, "tab", "tab", "tab")
        await type_in(pilot, "15 dec")
        await go(pilot, "tab", "tab")
        await type_in(pilot, "9:30")
        assert "09:30 Madrid, zone of the coordinator: check" in screen_text(app)
        await go(pilot, "tab", "tab", "k", "enter")  # the host: KMOP
        assert "09:30 Athens, the host's zone" in screen_text(app)
        await go(pilot, "shift+tab")
        await type_in(pilot, "warsaw")
        assert "09:30 Warsaw" in screen_text(app)
        await type_in(pilot, "")
        assert "09:30 Athens, the host's zone" in screen_text(app)
        await go(pilot, "ctrl+s")
        page = app.screen
        assert isinstance(page, MeetingsPage)
        assert "Tue 15 Dec 09:30 Athens" in "\n".join(widget_lines(page.table))
        assert "Time zone    Athens" in "\n".join(widget_lines(page.details))
    made = ask(file, lambda session: session.scalars(select(Meeting)).all()[-1])
    assert made.zone == "Europe/Athens"


async def test_an_hour_that_the_clocks_skip_or_show_twice_is_said(app: Ka2tui, file: str) -> None:
    def noted() -> str:
        """Give what stands under the fields of the form, in one line."""
        return " ".join(" ".join(widget_lines(it)) for it in app.screen.query("Entry .-note"))

    skipped = "02:30 does not exist on 28 Mar 2027 in Madrid: it begins at 03:30."
    async with app.run_test(size=(120, 36)) as pilot:
        await to_meetings(pilot)
        await go(pilot, "n")
        await type_in(pilot, "Visit")
        await go(pilot, "tab", "tab", "tab")
        await type_in(pilot, "31 oct 2027")
        await go(pilot, "tab", "tab")
        await type_in(pilot, "2:30")
        assert "02:30 comes twice on 31 Oct 2027 in Madrid: the first is meant." in noted()
        await go(pilot, "shift+tab", "shift+tab")
        await type_in(pilot, "27 mar 2027")
        assert "in Madrid" not in noted()
        await type_in(pilot, "28 mar 2027")
        assert skipped in noted()
        await go(pilot, "ctrl+s")
        assert f"Look at this: {skipped}" in toasts(app)


async def test_an_hour_that_comes_twice_is_said_where_a_meeting_is_moved(
    app: Ka2tui, file: str
) -> None:
    twice = "02:30 comes twice on 31 Oct 2027 in Madrid: the first is meant"
    portfolio = Portfolio.open(file, actor="Ana")
    day, at = date(2027, 10, 30), time(2, 30)
    made = portfolio.do(meetings.add, 1, "Night", day=day, at=at, zone="Europe/Madrid").value
    portfolio.close()
    async with app.run_test(size=(120, 36)) as pilot:
        await to_meetings(pilot)
        app.open_record("meetings", made)
        await go(pilot, "d")
        await type_in(pilot, "31 oct 2027")
        assert "02:30 comes twice on 31 Oct 2027 in" in screen_text(app)
        await go(pilot, "enter")
        assert f"Look at this: {twice}." in toasts(app)


async def test_the_list_names_no_zone_that_is_the_coordinators(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(meetings.edit, 2, {"zone": "Europe/Madrid"})
    portfolio.close()
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_meetings(pilot)
        assert "3-4 Dec 09:30" in screen_text(app)
        assert "Madrid" not in "\n".join(widget_lines(page.table))


async def test_what_cannot_be_is_said_in_the_form_and_nothing_is_lost(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_meetings(pilot)
        await go(pilot, "e", "tab", "tab")
        await type_in(pilot, "2026-12-05 to 2026-12-03")
        await go(pilot, "ctrl+s")
        assert "ends before it" in screen_text(app)
        await type_in(pilot, "M16")
        assert "M16, Jan 2027" in screen_text(app)
        await go(pilot, "ctrl+s")
    changed = tpm3(file).row
    assert (changed.day, changed.month, str(changed.precision)) == (date(2027, 1, 1), 16, "month")


async def test_what_somebody_else_changed_meanwhile_is_asked(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_meetings(pilot)
        await go(pilot, "e")
        other = Portfolio.open(file, actor="Ben")
        other.do(meetings.edit, 2, {"title": "TPM3 Lublin", "place": "Lublin"})
        other.close()
        await type_in(pilot, "TPM3 Łódź")
        await go(pilot, "ctrl+s")
        text = screen_text(app)
        assert "Changed meanwhile: Title" in text
        assert "TPM3 Lublin" in text
        assert "TPM3 Łódź" in text
        await go(pilot, "t")
        assert not app.screen.is_modal
    assert (tpm3(file).row.title, tpm3(file).row.place) == ("TPM3 Lublin", "Lublin")


async def test_d_moves_the_date_and_keeps_the_hour(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_meetings(pilot)
        await go(pilot, "d")
        assert "It stays at 09:30 Warsaw." in screen_text(app)
        await type_in(pilot, "29 march 2027")  # the day after summer time begins
        await go(pilot, "enter")
        moved = tpm3(file).row
        assert moved.start is not None
        assert moved.start.isoformat() == "2027-03-29T09:30:00+02:00"
        assert moved.end_day == date(2027, 3, 30)
        await go(pilot, "u")
    assert tpm3(file).row.day == FIRST


async def test_marked_meetings_are_held_and_removed_as_one_step(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_meetings(pilot)
        await go(pilot, "V", "m")
        assert "TPM3 Kraków, 3-4 Dec" in screen_text(app)
        assert "TPM2 Bologna, " not in screen_text(app)
        await go(pilot, "y")
        states = ask(file, lambda session: session.scalars(select(Meeting.state)).all())
        assert states == [MeetingState.HELD, MeetingState.HELD]
        assert page.table.marks == set()
        await go(pilot, "V", "x")
        assert "Remove 2 meetings?" in screen_text(app)
        await go(pilot, "down", "enter")  # with the task of the action
        assert ask(file, titles) == []
        assert ask(file, lambda session: session.scalars(select(Task)).all()) == []
        assert "Press n to plan the first" in screen_text(app)
        await go(pilot, "u", "u")
    states = ask(file, lambda session: session.scalars(select(Meeting.state)).all())
    assert states == [MeetingState.PLANNED, MeetingState.PLANNED]


@pytest.mark.parametrize("way", [(), ("enter",)], ids=["list", "page"])
async def test_m_asks_before_a_meeting_to_come_is_held(
    app: Ka2tui, file: str, way: tuple[str, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_meetings(pilot)
        await go(pilot, *way, "m")
        assert "It is planned for 3-4 Dec. Mark it as held all the same?" in screen_text(app)
        await go(pilot, "enter")  # as proposed: no
        assert tpm3(file).row.state is MeetingState.PLANNED
        await go(pilot, "m", "y")
        assert tpm3(file).row.state is MeetingState.HELD
        assert "It was planned for 3-4 Dec. With yes, the day it was held" in screen_text(app)
        await go(pilot, "n")
        page = app.screen
        if isinstance(page, MeetingsPage):  # it stands under "Past" now
            page.table.move_to(2)
        await go(pilot, "m")  # taking it back needs no question
        assert tpm3(file).row.state is MeetingState.PLANNED


async def test_m_asks_nothing_of_a_meeting_whose_day_has_come(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_meetings(pilot)
        page.table.move_to(1)
        await go(pilot, "m")
    assert ask(file, views.one, 1, today=TODAY).row.state is MeetingState.HELD


async def test_x_asks_before_a_meeting_without_actions_goes(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_meetings(pilot)
        await go(pilot, "x", "enter")  # proposed: no
        assert ask(file, titles) == ["TPM2 Bologna", "TPM3 Kraków"]
        await go(pilot, "x", "y")
        assert ask(file, titles) == ["TPM2 Bologna"]


async def test_words_narrow_the_list_and_the_rest_is_counted(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_meetings(pilot)
        await go(pilot, "slash")
        await type_in(pilot, "krakow")
        await go(pilot, "enter")
        assert page.table.count == 1
        assert "1 shown, 1 hidden by the filter" in screen_text(app)
        await go(pilot, "escape")
        assert page.table.count == 2


async def test_an_empty_project_invites_to_the_first_step(
    database: str, settings: Settings
) -> None:
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(projects.add, "LUNA", today=TODAY)
    portfolio.close()
    app = Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"), today=TODAY, now=now, settings=settings
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await to_meetings(pilot)
        assert "No meetings yet. Press n to plan the first." in screen_text(app)
        assert screen_text(app).splitlines()[-1].startswith(" n new  / filter"), "all that works"
        await go(pilot, "e", "d", "m", "x", "c", "enter")  # nothing there: nothing happens
        assert isinstance(app.screen, MeetingsPage)
        portfolio = Portfolio.open(database, actor="Ana")
        portfolio.do(meetings.add, 1, "Kick-off", kind=MeetingKind.TPM)
        portfolio.close()
        app.screen.reload()
        await settled(pilot)
        assert "tab leads here" in await go(pilot, "enter"), "nobody is known"
        shown = await go(pilot, "shift+tab")
        assert "Press + to add somebody" in shown
        assert shown.splitlines()[-1].startswith(" + add somebody  S start")


async def test_another_page_opens_the_list_on_a_meeting(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        app.open_record("meetings", 1)
        await settled(pilot)
        page = app.screen
        assert isinstance(page, MeetingsPage)
        assert page.table.cursor_key == 1
        await go(pilot, "slash", "K", "r", "a", "k", "enter", "q")
        app.open_record("meetings", 1)  # the words of the filter would hide it
        await settled(pilot)
        assert page.table.cursor_key == 1


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_a_title_is_shown_whole_before_less_important_columns(
    app: Ka2tui, file: str, width: int
) -> None:
    title = "Online call: first groups of the try-out"
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(meetings.add, 1, title, day=SECOND, at=time(11), zone="Europe/Madrid")
    portfolio.close()
    async with app.run_test(size=(width, 36)) as pilot:
        await to_meetings(pilot)
        row = next(line for line in screen_text(app).splitlines() if "try-out" in line)
        assert title in row
        assert "Fri 4 Dec 11:00" in row
        assert "in 13 days" in row


# -- one meeting: agenda


async def test_enter_opens_a_meeting_and_q_and_escape_go_back(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        for back in ("q", "escape"):
            await to_tpm3(pilot)
            shown = screen_text(app)
            assert "3-4 Dec 09:30 Warsaw" in shown
            assert "09:30 Madrid · 10:30 Athens · 11:30 Istanbul" in shown
            assert "1 h 30 of 1 h, 30 min too long" in shown
            await go(pilot, back)
            assert isinstance(app.screen, MeetingsPage)


async def test_the_agenda_is_written_and_put_in_order(app: Ka2tui, file: str) -> None:
    def agenda() -> list[tuple[str, int | None]]:
        return [(item.title, item.minutes_planned) for item in tpm3(file).agenda]

    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "n")
        await type_in(pilot, "Coffee [b]")
        await go(pilot, "tab")
        await type_in(pilot, "15")
        await go(pilot, "ctrl+s")
        assert agenda() == [("Handbook", 45), ("Coffee [b]", 15), ("Money", 45)]
        assert page.agenda.called == "2 Coffee [b]"
        await go(pilot, "J")
        assert agenda()[2] == ("Coffee [b]", 15)
        assert page.agenda.called == "3 Coffee [b]"
        await go(pilot, "shift+up", "K", "e")
        await type_in(pilot, "Tea")
        await go(pilot, "ctrl+s")
        assert agenda()[0] == ("Tea", 15)
        await go(pilot, "x")
        assert agenda() == [("Handbook", 45), ("Money", 45)]
        await go(pilot, "u", "u", "u", "u", "u", "u")
        assert agenda() == [("Handbook", 45), ("Money", 45)]
        await go(pilot, "end", "e")
        assert "belongs to no point of the agenda" in told(app)


# -- one meeting: minutes


async def test_minutes_belong_to_the_point_under_the_cursor(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "down", "i")
        await type_in(pilot, "41 teachers [@click=app.bell]")
        await go(pilot, "enter")
        await type_in(pilot, "and 3 trainers")
        await go(pilot, "enter", "escape", "d")
        assert page.minutes.table.cursor_row is not None
        assert page.minutes.table.cursor_row.text == "and 3 trainers"
        await type_in(pilot, "Release 1")
        await go(pilot, "enter", "enter")  # an empty line: nothing more comes
        assert [(line.kind, line.text, line.item_id) for line in tpm3(file).outcomes] == [
            (OutcomeKind.INFORMATION, "41 teachers [@click=app.bell]", 2),
            (OutcomeKind.INFORMATION, "and 3 trainers", 2),
            (OutcomeKind.DECISION, "Release 1", 2),
        ]
        assert "2 Money" in str(page.minutes.table.border_title)
        await go(pilot, "u")
        assert len(tpm3(file).outcomes) == 2


async def test_tab_changes_the_kind_of_the_line_that_is_typed(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "i")
        assert "tab decision instead" in screen_text(app)
        await type_in(pilot, "Release 1")
        await go(pilot, "tab")
        assert "tab action instead" in screen_text(app)
        await go(pilot, "enter")
        (line,) = tpm3(file).outcomes
        assert (line.kind, line.text) == (OutcomeKind.DECISION, "Release 1")
        await go(pilot, "escape", "tab")  # no line is typed: the next pane
        assert page.people.has_focus


async def test_an_action_says_who_and_when_in_its_line(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        await go(pilot, "c")
        await type_in(pilot, "Send appendix @nobody")
        assert "@nobody: no partner or person has this name." in screen_text(app)
        await go(pilot, "enter")
        await type_in(pilot, "Send appendix @kmop due:18 dec")  # a line of its own
        assert "KMOP · by Fri 18 Dec" in screen_text(app)
        await go(pilot, "enter")
        unread, line = tpm3(file).outcomes
        assert unread.text == "Send appendix @nobody"
        assert unread.task is not None
        assert unread.task.partner is None
        assert line.task is not None
        assert (line.text, line.item_id) == ("Send appendix", 1)
        assert (line.task.title, line.task.partner, line.task.due) == (
            "Send appendix",
            "KMOP",
            date(2026, 12, 18),
        )


async def test_an_action_without_who_and_when_asks(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        await go(pilot, "tab", "n")
        await type_in(pilot, "Send appendix")
        await go(pilot, "enter")
        assert "Who does it, by when?" in screen_text(app)
        await go(pilot, "tab", "p", "enter", "tab")  # the first that begins with p: Person of UA
        await type_in(pilot, "+2w")
        await go(pilot, "ctrl+s")
        (line,) = tpm3(file).outcomes
        assert line.task is not None
        assert (line.task.contact, line.task.due) == ("Person of UA", date(2026, 12, 5))


async def test_the_task_of_an_action_is_finished_and_edited_from_the_minutes(
    app: Ka2tui, file: str
) -> None:
    def task() -> Task:
        found: Task = ask(file, lambda session: session.get_one(Task, 1))
        return found

    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "tab")
        assert page.minutes.table.has_focus
        assert "Still open from earlier meetings" in screen_text(app)
        assert "TPM2 Bologna, carried 1x" in screen_text(app)
        await go(pilot, "e")
        assert "This stands in the minutes of TPM2 Bologna." in told(app)
        await go(pilot, "t")
        await type_in(pilot, "Send both contracts")
        await go(pilot, "ctrl+s")
        assert task().title == "Send both contracts"
        await go(pilot, "space")
        assert task().state is TaskState.DONE
        assert page.minutes.table.count == 0  # nothing is left open


async def test_a_line_is_edited_moved_to_another_point_and_removed(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(outcomes.add, 2, OutcomeKind.DECISION, "Release", item=1)
    portfolio.do(outcomes.add, 2, OutcomeKind.ACTION, "Print", item=1)
    portfolio.close()
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "tab", "enter", "tab", "right", "ctrl+s")
        assert [(line.text, line.item_id) for line in tpm3(file).outcomes] == [
            ("Print", 1),
            ("Release", 2),
        ]
        assert page.agenda.cursor_key == 2  # the agenda goes along with the line
        await go(pilot, "x", "x")
        assert "Remove this action?" in screen_text(app)
        await go(pilot, "enter")  # the task stays
        assert tpm3(file).outcomes == ()
        tasks = ask(file, lambda session: session.scalars(select(Task.title)).all())
        assert tasks == ["Send the contract", "Print"]


async def test_a_long_line_is_shown_whole_below(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    text = "Module 2 was tested with teachers of four schools and they want the end changed"
    portfolio.do(outcomes.add, 2, OutcomeKind.INFORMATION, text)
    portfolio.close()
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "tab")
        assert text not in screen_text(app)
        assert text in " ".join(page.minutes.whole.text.split())
        assert page.minutes.whole.size.height == 2


# -- one meeting: people


async def test_space_goes_through_the_presences_day_by_day(app: Ka2tui, file: str) -> None:
    def presences() -> list[tuple[Presence | None, ...]]:
        return [person.presences for person in tpm3(file).people]

    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "shift+tab")
        assert page.people.has_focus
        assert "←→ all days" in screen_text(app)
        await go(pilot, "w", "space")
        shown = screen_text(app)
        assert "Thu 3 Fri 4 Name" in shown
        assert "? expected  ✓ present" in shown  # what the marks mean
        assert "1 of 2 came" in shown
        assert presences() == [(Presence.PRESENT,) * 2, (Presence.EXPECTED,) * 2]
        await go(pilot, "right", "right")
        assert "←→ Fri 4" in screen_text(app)
        await go(pilot, "space", "space")
        assert presences()[0] == (Presence.PRESENT, Presence.EXCUSED)
        await go(pilot, "P")
        assert presences()[1] == (Presence.EXPECTED, Presence.PRESENT)
        await go(pilot, "left", "left", "V", "x")
        assert presences() == [(None, None), (None, None)]
        await go(pilot, "u")
        assert presences()[0] == (Presence.PRESENT, Presence.EXCUSED)


async def test_hands_that_know_vi_go_through_the_days_with_h_and_l(
    file: str, settings: Settings
) -> None:
    app = Ka2tui(
        lambda: Portfolio.open(file, actor="Ana"),
        today=TODAY,
        now=now,
        settings=replace(settings, keys="vim"),
        project=1,
    )
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "shift+tab", "l", "l", "h")
        assert page.people.day == FIRST
        await go(pilot, "number_sign")
        assert "How many came, without names" in screen_text(app)
        assert "The key h would mean" not in told(app)


async def test_somebody_new_is_added_to_the_list(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "shift+tab", "plus")
        await type_in(pilot, "Deniz Ö.")
        await go(pilot, "tab", "o", "enter", "ctrl+s")
        assert page.people.cursor_row is not None
        assert page.people.cursor_row.name == "Deniz Ö."
    (deniz,) = (person for person in tpm3(file).people if person.name == "Deniz Ö.")
    assert (deniz.partner, deniz.presences) == ("ODTU", (Presence.EXPECTED,) * 2)


async def test_a_whole_partner_is_marked_with_one_key(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(contacts.add, 1, "Another of UA", partner_id=1)
    portfolio.close()

    def presences() -> list[tuple[Presence | None, ...]]:
        return [person.presences for person in tpm3(file).people]

    present = (Presence.PRESENT,) * 2
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        await go(pilot, "shift+tab", "O")
        assert presences() == [present, present, (None, None)]
        await go(pilot, "right", "right", "O")  # the second day
        assert presences()[:2] == [(Presence.PRESENT, Presence.ABSENT)] * 2
        await go(pilot, "left", "left", "O")
        assert presences()[:2] == [present, present]


async def test_people_are_called_one_after_the_other_with_one_key_each(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(contacts.add, 1, "Another of UA", partner_id=1)
    portfolio.close()

    def presences() -> list[Presence | None]:
        return [person.presences[0] for person in tpm3(file).people]

    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "shift+tab")
        shown = await go(pilot, "p", "o", "minus")
        assert presences() == [Presence.PRESENT, Presence.ONLINE, Presence.ABSENT]
        assert "p present  o online  - absent  P all present" in shown.splitlines()[-1]
        await go(pilot, "home", "V", "o")  # those that are marked, and the cursor stays
        assert presences() == [Presence.ONLINE] * 3
        assert page.people.cursor_key == page.people.keys[0]
        await go(pilot, "u")
        assert presences() == [Presence.PRESENT, Presence.ONLINE, Presence.ABSENT]


async def test_a_meeting_is_named_once_and_its_keys_are_few(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_tpm3(pilot)
        shown = screen_text(app)
        assert shown.count("TPM3 Kraków") == 1
        keys = [part for part in shown.splitlines()[-1].split("  ") if part.strip()]
        assert len(keys) <= 8
        assert "i info  d decision  c action" in shown


async def test_a_long_line_is_read_in_full_where_one_reads_it(app: Ka2tui, file: str) -> None:
    long = "The handbook has four chapters, and each of them begins with a page for learners"
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(outcomes.add, 2, OutcomeKind.DECISION, long)
    portfolio.close()
    async with app.run_test(size=(120, 40)) as pilot:
        await to_tpm3(pilot)
        assert "In full" not in screen_text(app)
        await go(pilot, "tab")
        assert f"In full: {long[:30]}" in screen_text(app)


async def test_a_mark_set_by_hand_is_not_overwritten_with_that_of_the_partner(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(contacts.add, 1, "Another of UA", partner_id=1)
    portfolio.close()

    def presences() -> list[tuple[Presence | None, ...]]:
        return [person.presences for person in tpm3(file).people][:2]

    present, excused, absent = (
        (each,) * 2 for each in (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)
    )
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "shift+tab", "w")
        first, second = filter(None, map(page.people.row_of, page.people.keys[:2]))
        await app.do(attendance.mark, 2, [first.id], Presence.EXCUSED)
        await settled(pilot)
        await go(pilot, "O")
        assert presences() == [excused, present]
        assert "was marked already stays so. Press O again: all present." in told(app)
        await go(pilot, "O")
        assert presences() == [present, present]
        assert f"{first.name} was excused. u takes it back." in told(app)
        await app.do(attendance.mark, 2, [second.id], Presence.ONLINE)
        await settled(pilot)
        await go(pilot, "O")  # one was online: nobody becomes absent by that
        assert presences() == [present, present]
        await go(pilot, "O")
        assert presences() == [absent, absent]
        assert "All of UA were present, and are marked as absent now." in told(app)
        await go(pilot, "O")
        assert presences() == [present, present]


async def test_a_whole_partner_is_online_at_a_meeting_that_is(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(meetings.edit, 2, {"mode": "online"})
    portfolio.close()
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        await go(pilot, "shift+tab", "O")
        assert tpm3(file).people[0].presences == (Presence.ONLINE,) * 2
        await go(pilot, "O")
        assert tpm3(file).people[0].presences == (Presence.ABSENT,) * 2


async def test_counts_are_added_up_below_the_list(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        await to_tpm3(pilot)
        await go(pilot, "shift+tab", "number_sign")
        await type_in(pilot, "12")
        await go(pilot, "tab", "tab", "tab")
        await type_in(pilot, "Poland")
        await go(pilot, "tab")
        await type_in(pilot, "teachers")
        shown = await go(pilot, "ctrl+s")
        assert "By country" in shown
        assert "Poland 12" in shown
        assert "teachers 12" in shown


async def test_heads_are_counted_and_differences_said(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(meetings.edit, 2, {"participants": 5})
    portfolio.close()
    async with app.run_test(size=(120, 36)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "shift+tab", "h")
        await type_in(pilot, "4")
        await go(pilot, "tab", "o", "enter", "tab")
        await type_in(pilot, "9")
        await go(pilot, "ctrl+s")
        assert "9 online are more than the 4 who came." in screen_text(app)
        await type_in(pilot, "1")
        await go(pilot, "ctrl+s")
        assert "4 in the counts, 5 stated: 1 fewer" in screen_text(app)
        assert [(count.who, count.people, count.online) for count in tpm3(file).counts] == [
            ("ODTU", 4, 1)
        ]
        assert page.people.cursor_key == -1
        await go(pilot, "space")
        assert "a number without names" in told(app)
        await go(pilot, "x")
        assert tpm3(file).counts == ()


# -- one meeting: itself


async def test_a_meeting_is_held_moved_edited_and_its_minutes_sent(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        await go(pilot, "m", "y", "n", "s")  # yes, held; the date stays
        assert "minutes sent today" in screen_text(app)
        held = tpm3(file).row
        assert (held.state, held.minutes_sent_on) == (MeetingState.HELD, TODAY)
        await go(pilot, "s", "m", "D")
        await type_in(pilot, "10 dec")
        await go(pilot, "enter", "E")
        await type_in(pilot, "TPM3 Lublin")
        await go(pilot, "ctrl+s")
        row = tpm3(file).row
        assert (row.title, row.day, row.end_day) == (
            "TPM3 Lublin",
            date(2026, 12, 10),
            date(2026, 12, 11),
        )
        assert (row.state, row.minutes_sent_on) == (MeetingState.PLANNED, None)


async def test_the_minutes_are_written_out_and_over_nothing_unasked(
    app: Ka2tui, tmp_path: Path
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        await app.do(
            outcomes.add,
            *(2, OutcomeKind.ACTION, "Send appendix"),
            partner_id=2,
            due=date(2026, 12, 18),
        )
        await go(pilot, "W", "tab", "right", "tab")  # as Markdown
        await type_in(pilot, str(tmp_path))
        await go(pilot, "tab")
        await type_in(pilot, "tpm3.md")
        await go(pilot, "ctrl+s")
        file = tmp_path / "tpm3.md"
        assert f"Saved as {file}" in told(app)
        said = file.read_text(encoding="utf-8")
        assert "Send appendix, by 18 Dec 2026" in said.split("Actions by partner")[1]
        file.write_text("mine", encoding="utf-8")
        await go(pilot, "W", "tab", "right", "tab")
        await type_in(pilot, str(tmp_path))
        await go(pilot, "tab")
        await type_in(pilot, "tpm3")
        await go(pilot, "ctrl+s")
        assert "Write over it?" in screen_text(app)
        await go(pilot, "n")
        assert file.read_text(encoding="utf-8") == "mine"
        await go(pilot, "ctrl+s", "y")
        assert file.read_text(encoding="utf-8") == said


async def test_an_action_and_its_task_are_one_thing_both_ways(app: Ka2tui, file: str) -> None:
    def task() -> Task:
        found: Task = ask(file, lambda session: session.scalars(select(Task)).all()[-1])
        return found

    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "c", *"send it @KMOP due:18 Dec", "enter", "escape")
        assert (task().title, task().partner_id, task().due) == ("send it", 2, date(2026, 12, 18))
        await go(pilot, "e", "tab", "o", "enter", "tab")  # the action in the minutes: who, by when
        await type_in(pilot, "20 Dec")
        await go(pilot, "ctrl+s")
        assert (task().partner_id, task().due) == (3, date(2026, 12, 20))
        await go(pilot, "t")  # its task
        await type_in(pilot, "Send the contract")
        await go(pilot, "ctrl+s")
        assert task().title == "Send the contract"
        assert page.minutes.table.cursor_row is not None
        assert page.minutes.table.cursor_row.text == "Send the contract"
        await go(pilot, "x", "enter")
        assert task().title == "Send the contract"  # asked, and kept by itself
        assert task().outcome_id is None


async def test_agenda_and_list_to_sign_are_written_too(app: Ka2tui, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        shown = await go(pilot, "W")
        assert "agenda, to send before" in shown  # nothing was written down yet
        assert "SOLARIS-agenda-TPM3-Kraków-2026-12-03" in shown
        await go(pilot, "tab", "tab")
        await type_in(pilot, str(tmp_path))
        await go(pilot, "ctrl+s")
        file = only(tmp_path, "*.html")
        assert f"Saved as {file}" in told(app)
        assert "Handbook" in file.read_text(encoding="utf-8")
        shown = await go(pilot, "W", "right")
        assert "SOLARIS-signatures-TPM3-Kraków-2026-12-03" in shown
        await go(pilot, "tab", "tab")
        await type_in(pilot, str(tmp_path))
        await go(pilot, "ctrl+s")
        file = only(tmp_path, "*signatures*.html")
        assert "4 December 2026" in file.read_text(encoding="utf-8")


async def test_a_meeting_that_is_gone_closes_its_page(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_tpm3(pilot)
        await app.do(meetings.remove, [2])
        await settled(pilot)
        assert isinstance(app.screen, MeetingsPage)
        assert "TPM3" not in screen_text(app)


@operation("Write what nobody should")
def write_hostile(session: Session) -> None:
    for text in HOSTILE:
        words = text[:200]
        agenda.add(session, 2, words, presenter=words)
        outcomes.add(session, 2, OutcomeKind.ACTION, words, item=1)
        contacts.add(session, 1, words)
    meetings.edit(session, 2, {"title": HOSTILE[3], "place": HOSTILE[13]})


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (200, 50)])
async def test_hostile_text_is_shown_and_never_acts_at_any_size(
    app: Ka2tui, file: str, size: tuple[int, int]
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(write_hostile)
    portfolio.close()
    async with app.run_test(size=size) as pilot:
        await to_tpm3(pilot)
        for _ in range(3):
            await go(pilot, "end", "home", "pagedown", "tab")
        await go(pilot, "tab", "enter", "escape", "escape")
        shown = screen_text(app)
        assert "[@click=app.bell]" in shown
        assert "\x1b" not in shown
        widths = {cell_len(line) for line in shown.splitlines()}
        assert max(widths) <= size[0]


async def test_its_digit_leads_back_into_a_meeting_and_from_there_to_the_list(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_tpm3(pilot)
        await go(pilot, "3", "4")
        assert app.screen is page
        await go(pilot, "4")
        assert isinstance(app.screen, MeetingsPage)
        assert app.screen.table.cursor_key == page.meeting
        await go(pilot, "enter", "g", "m")
        assert isinstance(app.screen, MeetingsPage)
        await go(pilot, "q")
        assert app.current_mode == "tasks"
