"""The page a day begins with, driven by its keys."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.deadlines import Deadline, Facts, Origin
from ka2tui.domain.kinds import (
    Channel,
    DeliverableState,
    Direction,
    MeetingState,
    PhaseKind,
    PhaseState,
    Precision,
    TaskState,
)
from ka2tui.operations import (
    contacts,
    letters,
    meetings,
    messages,
    partners,
    problems,
    projects,
    tasks,
)
from ka2tui.queries.deadlines import ProjectDeadlines
from ka2tui.queries.today import PhaseLine
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Deliverable, HeadCount, Meeting, Milestone, Task
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages import today_panes
from ka2tui.tui.pages.today import TodayPage
from ka2tui.tui.widgets.details import Line, Parts
from ka2tui.tui.widgets.sentences import Sentences
from tests.copied import filled_once
from tests.tui.driving import (
    TODAY,
    add_solaris,
    go,
    kept,
    make,
    now,
    screen_text,
    settled,
    toasts,
    type_in,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from textual.pilot import Pilot
    from textual.widget import Widget

    from ka2tui.settings import Settings

pytestmark = pytest.mark.checks

HOSTILE = "[/] [@click=app.bell]Łódź[/] \x1b[31m{x} $y"


@operation("Plan")
def _plan(session: Session) -> None:
    session.add_all(
        [
            Deliverable(
                project_id=1, code="D2.3", title="Guide", lead_id=1, due=date(2026, 11, 20)
            ),
            Milestone(project_id=1, code="MS4", title="Pilot begun", due=date(2026, 11, 24)),
            Meeting(
                project_id=1,
                title="TPM3 Kraków",
                kind="tpm",
                day=date(2026, 12, 3),
                starts_at=datetime(2026, 12, 3, 8, 30, tzinfo=UTC),
                zone="Europe/Warsaw",
                place="Kraków",
            ),
            Meeting(
                project_id=1,
                title="TPM2 Bologna",
                day=date(2026, 11, 18),
                state="held",
                participants=38,
            ),
        ]
    )
    session.flush()
    session.add(HeadCount(project_id=1, meeting_id=2, people=41))


@pytest.fixture
@filled_once
def file(database: str) -> str:
    """One late task, one of today, one waited for, a deliverable, a milestone, two meetings."""
    portfolio = Portfolio.open(database, actor="Ana")
    add_solaris(portfolio)
    portfolio.do(partners.add, 1, "Uniwersytet Łódzki", acronym="ULODZ")
    portfolio.do(_plan)
    portfolio.do(tasks.add, 1, HOSTILE, due=date(2026, 11, 18))
    portfolio.do(tasks.add, 1, "Send agenda", due=TODAY)
    portfolio.do(tasks.add, 1, "Greek translation", partner_id=1)
    portfolio.do(tasks.wait, [3], today=date(2026, 11, 2))
    portfolio.close()
    return database


async def to_today(pilot: Pilot[Any]) -> TodayPage:
    await settled(pilot)
    page = pilot.app.screen
    assert isinstance(page, TodayPage)
    return page


@pytest.mark.parametrize("size", [(120, 40), (200, 50)])
async def test_the_day_is_seen_at_a_glance(app: Ka2tui, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_today(pilot)
        text = screen_text(app)
        for words in (
            "[/] [@click=app.bell]Łódź",
            "3 d late",
            "◆ D2.3 Guide",
            "⚑ MS4 Pilot begun",
            "Greek translation",
            "for 19 days",
            "in 12 days",
            "09:30 Warsaw",
            "Implementation",
            "TPM2 Bologna: 41 on the list, 38 stated",
        ):
            assert words in text, words


async def test_on_a_small_screen_tab_brings_every_pane_into_sight(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_today(pilot)
        panes = [page.due, page.waiting, page.dates, page.meeting, page.way, page.looks]
        for pane in panes:
            assert page.focused is pane
            assert page.region.contains_region(pane.region)
            await go(pilot, "tab")
        assert page.focused is page.due


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (60, 15), (80, 50), (120, 24), (120, 15)])
async def test_the_pane_with_the_focus_gets_the_room_and_none_is_hidden(
    app: Ka2tui, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        page = await to_today(pilot)
        panes: list[Widget] = [page.due, page.waiting, page.dates]
        panes += [page.meeting, page.way, page.looks]
        for pane in panes:
            assert page.focused is pane
            assert all(page.region.contains_region(each.region) for each in panes)
            few = 1 if pane is page.waiting else 2
            fewest = few if pane in (page.waiting, page.way, page.dates) else 3
            assert pane.content_size.height >= fewest
            await go(pilot, "tab")


async def test_what_finds_no_room_on_a_small_screen_stands_in_one_line(app: Ka2tui) -> None:
    async with app.run_test(size=(80, 18)) as pilot:
        page = await to_today(pilot)
        lines = screen_text(app).splitlines()[-5:-1]
        assert [line[2:14].rstrip() for line in lines] == [
            *("Deadlines", "Next meeting", "The way", "Look at")
        ]
        assert re.search(r"TPM3 Kraków +in 12 days$", lines[1].rstrip())
        assert lines[3][16:].startswith("! TPM2 Bologna: 41 on the list")
        assert not page.due.folded
        await go(pilot, "tab", "tab", "tab")
        assert not page.meeting.folded
        assert "09:30 Warsaw" in screen_text(app)
        await go(pilot, "tab")
        assert page.meeting.folded
        assert "09:30 Warsaw" not in screen_text(app)


async def test_a_small_screen_of_an_empty_project_says_what_comes_first(
    database: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    show = Sentences.set_brief

    def record(self: Sentences, cell: Any, *more: Any, **named: Any) -> None:
        told.append(str(cell))
        show(self, cell, *more, **named)

    monkeypatch.setattr(Sentences, "set_brief", record)
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(projects.add, "LUNA", today=TODAY)
    portfolio.close()
    app = Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY,
        now=now,
        settings=settings,
        project=1,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_today(pilot)
        text = screen_text(app)
        assert "There is nothing to do. Press a to add a task." in text
        assert "Waiting for   You are waiting for nobody." in text
        assert "Deadlines     No deadline is known. D enters one." in text
        assert "Next meeting  No meeting is planned. g m goes to the meetings." in text
        assert page.due.region.height > 4
        page.seen = None  # as at first: the titles stand where they will stand
        page.on_resize()
        await settled(pilot)
        assert page.way.folded
        alone = [line.strip() for line in screen_text(app).splitlines()]
        assert {"Waiting for", "Deadlines", "Next meeting", "The way"} <= {*alone}
    first = next(said for said in told if said)
    assert "looking …" in first  # nothing is said to be well before it was looked at
    assert not [said for said in told if "Nothing else needs" in said]


def test_a_deadline_that_is_near_stands_out() -> None:
    near = Deadline("own", "Parts of partners", date(2026, 11, 24), Origin.ENTERED, official=False)
    far = Deadline("report", "Report", date(2027, 2, 1), Origin.ENTERED)
    known = ProjectDeadlines(1, "S", Facts(), None, None, (near, far))
    lines = today_panes.deadline_lines([known], TODAY, now())
    tails = [line.tail for line in lines if isinstance(line, Line)]
    assert tails == [("in 3 days", "soon"), ("in 72 days", "quiet")]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 1), date(2026, 12, 2), "1-2 Dec"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Dec 2026 - 2 Jan 2027"),
        (date(2027, 1, 4), date(2027, 1, 5), "4-5 Jan 2027"),
    ],
)
def test_a_meeting_of_several_days_names_another_year_only(
    first: date, last: date, said: str
) -> None:
    lines = today_panes.meeting_lines(_meeting(first, last, Precision.DAY), TODAY, now())
    when = next(line for line in lines if isinstance(line, Parts))
    assert when.parts[0] == said


def test_a_meeting_that_is_known_to_the_month_says_it_beside_its_title() -> None:
    lines = today_panes.meeting_lines(
        _meeting(date(2026, 12, 1), None, Precision.MONTH), TODAY, now()
    )
    title, when = lines[:2]
    assert isinstance(title, Line)
    assert title.tail == ("Dec 2026", "accent")
    assert isinstance(when, Parts)
    assert not any(when.parts)


def _meeting(day: date, end: date | None, precision: Precision) -> Any:
    return SimpleNamespace(
        **dict.fromkeys(
            (
                "starts_at",
                "month",
                "agenda",
                "agenda_minutes",
                "minutes_long",
                "place",
                "city",
                "mode",
                "link",
                "project",
                "host",
            )
        ),
        title="TPM3",
        day=day,
        end_day=end,
        precision=precision,
        clocks=(),
    )


async def test_in_a_wide_window_the_row_under_the_cursor_is_told_about(app: Ka2tui) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        page = await to_today(pilot)
        assert "[/] [@click=app.bell]Łódź[/]" in page.about.text
        assert str(page.about.border_title) == "Task"
        await go(pilot, "down")
        assert "D2.3 Guide" in page.about.text
        assert "ULODZ" in page.about.text
        await go(pilot, "end")
        assert str(page.about.border_title) == "Milestone"
        await go(pilot, "tab")
        assert "waiting, since 2 Nov" in page.about.text
        await go(pilot, "tab", "b")
        assert page.waiting.count == 0


async def test_names_give_way_to_titles(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    person = portfolio.do(contacts.add, 1, "Małgorzata Wiśniewska", partner_id=1).value
    title = "Ask for the letter with the stamp of the bank and for the receipts"
    portfolio.do(tasks.add, 1, title, contact_id=person, due=date(2026, 11, 17))
    portfolio.close()
    async with app.run_test(size=(120, 40)) as pilot:
        await to_today(pilot)
        row = next(line for line in screen_text(app).splitlines() if "4 d late" in line)
        assert "Ask for the letter with the stamp" in row
        assert " Małgorzata W. " in row


async def test_clocks_stay_whole_and_sentences_are_read_to_their_end(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    for zone in ("Europe/Madrid", "Europe/Rome", "Europe/Athens", "Europe/Istanbul"):
        portfolio.do(partners.add, 1, zone, zone=zone)
    portfolio.close()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        clocks = [line for line in page.meeting.text.splitlines() if ":30" in line][1:]
        assert len(clocks) == 2
        told = [clock for line in clocks for clock in line.split(" · ")]
        assert sorted(told) == ["09:30 Madrid", "09:30 Rome", "10:30 Athens", "11:30 Istanbul"]
        whole = " ".join(page.looks.text.split())
        assert "raise a question at once. KA2-W603" in whole
        assert "…" not in whole


async def test_a_look_leads_to_the_page_where_it_belongs(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        page.looks.focus()
        await go(pilot, "enter")
        assert app.current_mode == "participants"


async def test_a_task_is_finished_here_and_undone(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        await go(pilot, "space")
        assert page.due.count == 3
        await go(pilot, "u")
        assert page.due.count == 4
    assert kept(file, Task.state)[0] is TaskState.OPEN


async def test_all_marked_rows_of_every_kind_are_put_off_in_one_step(
    app: Ka2tui, file: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        await go(pilot, "V", "p")
        assert "Postpone 4 things" in screen_text(app)
        await type_in(pilot, "2")
        await go(pilot, "enter")
        assert page.due.count == 3
        assert page.seen is not None
        assert page.seen.overdue == ()
    assert kept(file, Deliverable.due) == [date(2026, 11, 28)]
    assert kept(file, Milestone.due) == [date(2026, 12, 1)]
    portfolio = Portfolio.open(file, actor="Ana")
    assert portfolio.undo().label == "Postpone 4 things by 1 week"
    portfolio.close()
    assert kept(file, Deliverable.due) == [date(2026, 11, 20)]


async def test_a_deliverable_is_taken_to_the_state_that_is_chosen(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        await go(pilot, "down", "space")
        assert "How far is D2.3 Guide" in screen_text(app)
        await go(pilot, "enter")
        assert page.due.count == 4
    assert kept(file, Deliverable.state) == [DeliverableState.DRAFT]


async def test_a_milestone_is_reached_with_space(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_today(pilot)
        await go(pilot, "end", "space")
    assert kept(file, Milestone.reached_on) == [TODAY]


async def test_what_is_waited_for_is_begun_again_from_its_pane(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        await go(pilot, "tab", "b")
        assert page.waiting.count == 0
        assert "You are waiting for nobody" in screen_text(app)
    assert kept(file, Task.state)[2] is TaskState.DOING


async def test_rows_are_handed_over(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_today(pilot)
        await go(pilot, "at")
        await type_in(pilot, "ulodz")
        await go(pilot, "enter", "end", "at")
        assert toasts(app) == [
            "Tasks are assigned together, a deliverable by itself; a milestone has nobody."
        ]
    assert kept(file, Task.partner_id)[0] == 1


async def test_a_milestone_is_edited_in_a_form(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_today(pilot)
        await go(pilot, "end", "e", "tab")
        await type_in(pilot, "[b]Pilot over[/b]")
        await go(pilot, "ctrl+s")
        assert "MS4 [b]Pilot over[/b]" in screen_text(app)
    assert kept(file, Milestone.title) == ["[b]Pilot over[/b]"]


async def test_a_deliverable_is_edited_in_a_form(app: Ka2tui, file: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_today(pilot)
        await go(pilot, "down", "enter", "tab", "tab")
        await type_in(pilot, "M15")
        await go(pilot, "ctrl+s")
    assert kept(file, Deliverable.due_month) == [15]
    assert kept(file, Deliverable.due) == [date(2026, 12, 31)]


async def test_enter_goes_to_the_task_on_its_page(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await to_today(pilot)
        await go(pilot, "end", "up", "enter")
        assert app.current_mode == "tasks"
        assert app.screen.table.cursor_row.title == "Send agenda"  # type: ignore[attr-defined]


async def test_a_task_is_added_here(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        await go(pilot, "n")
        await type_in(pilot, "Call the agency")
        await go(pilot, "tab")
        await type_in(pilot, "tomorrow")
        await go(pilot, "ctrl+s")
        assert page.due.count == 5


async def test_an_empty_day_says_so(database: str, settings: Settings) -> None:
    portfolio = Portfolio.open(database, actor="Ana")
    portfolio.do(projects.add, "LUNA", today=TODAY)
    portfolio.close()
    app = Ka2tui(
        lambda: Portfolio.open(database, actor="Ana"),
        today=TODAY,
        now=now,
        settings=settings,
        project=1,
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await to_today(pilot)
        text = screen_text(app)
        assert "There is nothing to do. Press a to add a task." in text
        assert "You are waiting for nobody" in text
        assert "No meeting is planned" in text
        assert "space finish" not in text
        assert "begin again" not in text
        assert text.count("enter open") == 2  # the way, and the goal that is not written down


# --- deadlines, the agenda, all projects --------------------------------------------------------


@pytest.fixture
@filled_once
def two(file: str) -> str:
    """A second project, which is applied for, with a task of its own."""
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(
        *(projects.add, "KLIMA"),
        action="KA210-ADU",
        application_deadline=datetime(2026, 12, 1, 11, tzinfo=UTC),
        today=TODAY,
    )
    portfolio.do(tasks.add, 2, "Ask the school", due=date(2026, 11, 23))
    portfolio.do(projects.edit, 1, {"interim_report_due": date(2026, 12, 2)}, today=TODAY)
    portfolio.close()
    return file


async def test_deadlines_say_how_far_away_they_are_and_where_they_come_from(
    app: Ka2tui, two: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        assert re.search(r"Interim report +in 11 days$", page.dates.text, re.MULTILINE)
        assert "Wed 2 Dec · from the agreement" in page.dates.text
        assert "derived: end + 60 days" in page.dates.text
        assert not page.countdown.display
        page.dates.focus()
        await go(pilot, "e")
        assert "Dates of SOLARIS" in screen_text(app)
        assert "2 Dec 2026" in screen_text(app)


async def test_a_deadline_is_entered_from_where_one_lands(file: str, settings: Settings) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(projects.add, "KLIMA", action="KA220-ADU", call_year=2027, today=TODAY)
    portfolio.close()
    app = make(file, settings)
    app.project = 2
    async with app.run_test(size=(80, 24)) as pilot:
        page = await to_today(pilot)
        assert page.due.has_focus
        assert "No deadline is known. D enters one." in screen_text(app)
        for key in ("e", "D"):
            shown = await go(pilot, key)
            assert "Dates of KLIMA" in shown, key
            assert "5 Mar 2027" not in shown
            await go(pilot, "escape")
        await go(pilot, "a", *"Ask the school tomorrow", "enter", "escape")
        assert page.due.count == 1
        assert "Dates of" not in await go(pilot, "e")
        assert "Dates of KLIMA" in await go(pilot, "escape", "D")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_an_application_counts_down_above_everything(
    app: Ka2tui, two: str, size: tuple[int, int]
) -> None:
    app.project = 2
    async with app.run_test(size=size) as pilot:
        page = await to_today(pilot)
        counting = screen_text(app).splitlines()[1:4]
        said = "Application due 1 Dec 2026 12:00 Brussels · in 9 days 13 h"
        assert any(said in line for line in counting)
        assert page.region.contains_region(page.looks.region)
        assert "as you entered it" in page.dates.text


async def test_the_agenda_takes_the_place_of_what_is_late_and_due(app: Ka2tui, two: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        await go(pilot, "o")
        text = screen_text(app)
        for words in (
            "Agenda, two weeks",
            "Tue 24 Nov 2026",
            "○ TPM3 Kraków",
            "09:30 Warsaw",
            "§ Interim report  from the agreement",
            "3 d late",
        ):
            assert words in text, words
        await go(pilot, "space")
        assert any("Łódź" not in text for text in screen_text(app).splitlines())
        assert page.due.row_of(page.due.cursor_key or 0) is not None
        await go(pilot, "u", "V", "p")
        await type_in(pilot, "2")
        await go(pilot, "enter")
        assert any("of another kind and left as" in said for said in toasts(app))
        await go(pilot, "o")
        assert "Late and due" in screen_text(app)
    assert kept(two, Milestone.due) == [date(2026, 12, 1)]


async def test_rows_of_all_projects_are_dealt_with_and_undo_is_right(app: Ka2tui, two: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        await go(pilot, "A", "o")
        guide = next(line for line in screen_text(app).splitlines() if "D2.3 Guide" in line)
        assert "ULODZ" in guide
        await go(pilot, "o")
        text = screen_text(app)
        assert "Late and due of all projects" in text
        assert "KLIMA: application due" in text
        row = next(it for it in page.due.rows if getattr(it, "title", "") == "Ask the school")
        page.due.move_to(page.due.key(row))  # type: ignore[arg-type]
        await go(pilot, "space")
        assert kept(two, Task.state)[3] is TaskState.DONE
        await go(pilot, "u")
        assert kept(two, Task.state)[3] is TaskState.OPEN
        page.due.move_to(page.due.key(row))  # type: ignore[arg-type]
        await go(pilot, "enter")
        assert (app.project, app.current_mode) == (2, "tasks")
        await go(pilot, "1", "A")
        assert "of all projects" not in screen_text(app)


def test_a_page_that_is_taken_down_has_no_room_to_share_out() -> None:
    assert today_panes.stacked(22, [], 0) == []


async def test_what_the_checks_find_is_told_with_its_code_and_k_shows_all(app: Ka2tui) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        assert "KA2-W603" in page.looks.text
        assert "KA2-W610" not in page.looks.text  # D2.3 stands among what is late
        assert re.search(r"k all \d+", str(page.looks.border_subtitle))
        await go(pilot, "k")
        assert app.current_mode == "problems"


async def test_a_finding_set_aside_leaves_the_page(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    portfolio.do(problems.set_aside, 1, [(603, "meeting", 2)], "Two came for lunch only.")
    portfolio.close()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        assert "TPM2 Bologna: 41 on the list" not in page.looks.text
        await go(pilot, "u")  # the last change: it is told again
        assert "TPM2 Bologna: 41 on the list" in page.looks.text


async def test_all_projects_together_say_whose_each_finding_is(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    other = portfolio.do(projects.add, "LUNA", start=date(2025, 10, 1), months=24, today=TODAY)
    held: Any = {"day": date(2026, 9, 1), "kind": "tpm"}
    made = portfolio.do(meetings.add, other.value, "TPM1 Riga", **held)
    portfolio.do(meetings.set_state, [made.value], MeetingState.HELD)
    portfolio.close()
    async with app.run_test(size=(200, 50)) as pilot:
        page = await to_today(pilot)
        assert "LUNA: " not in page.looks.text
        await go(pilot, "A")
        told = " ".join(page.looks.text.split())
        assert "LUNA: TPM1 Riga: it has no minutes, 81 days after." in told
        assert ": TPM2 Bologna: 41 on the list, 38 stated." in told


async def test_a_projector_does_not_show_who_is_silent_or_not_paid(app: Ka2tui, file: str) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    kmop = portfolio.do(partners.add, 1, "KMOP").value
    portfolio.do(messages.note, [kmop], Channel.CALL, day=date(2026, 9, 1), today=TODAY)
    portfolio.close()
    async with app.run_test(size=(200, 50)) as pilot:
        page = await to_today(pilot)
        assert "silent 81 days" in page.looks.text.lower()
        await go(pilot, "f5")
        assert "silent" not in page.looks.text.lower()
        assert "41 on the list" in page.looks.text


async def test_many_findings_of_one_check_are_one_line_that_leads_to_all_of_them(
    app: Ka2tui, file: str
) -> None:
    portfolio = Portfolio.open(file, actor="Ana")
    for number in range(3):
        values = {"answer_by": date(2026, 11, 1 + number)}
        portfolio.do(
            letters.add, 1, f"Visit {number}", day=date(2026, 10, 1),
            direction=Direction.IN, values=values,
        )  # fmt: skip
    portfolio.close()
    async with app.run_test(size=(120, 40)) as pilot:
        page = await to_today(pilot)
        told = " ".join(page.looks.text.split())
        assert "Letter not answered, 3 times: Visit 0, Visit 1, Visit 2." in told
        page.looks.focus()
        await go(pilot, "down", "enter")
        assert app.current_mode == "problems"
        text = screen_text(app)
        assert "Visit 0" in text
        assert "Visit 2" in text


def test_where_one_line_is_in_sight_it_tells_of_the_phase_of_the_headline() -> None:
    under_way = (PhaseKind.FUNDING, PhaseKind.IMPLEMENTATION, PhaseKind.EVALUATION)
    phases = [PhaseLine(kind, PhaseState.UNDER_WAY, 0, 0, 6, 0) for kind in under_way]
    first = today_panes.way_lines(phases, now_first=True)[0]
    assert isinstance(first, Line)
    assert "Implementation" in str(first.cell)
    then = today_panes.way_lines(phases, now_first=False)[1]
    assert isinstance(then, Line)
    assert "Funding" in str(then.cell), "else they stand in their order"
