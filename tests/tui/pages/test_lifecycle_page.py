"""The lifecycle page: the way at a glance, steps, dates, and going on with a reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import PhaseKind, PhaseState, ProposalOutcome
from ka2tui.operations import projects, tasks
from ka2tui.queries import lifecycle
from ka2tui.queries import projects as project_views
from ka2tui.queries.lifecycle import PhaseView, Way
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.lifecycle import LifecyclePage
from ka2tui.tui.pages.today import TodayPage
from ka2tui.tui.pages.welcome import WelcomePage
from tests.tui.driving import AppDesk, ask, go, screen_text, settled, told, until, widget_lines

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from ka2tui.settings import Settings


class OnLifecycle(Ka2tui):
    DEFAULT_MODE = "lifecycle"


class Desk(AppDesk):
    """The app on the lifecycle page of one project, and a look behind it."""

    APP = OnLifecycle

    def phase(self, kind: PhaseKind) -> PhaseView:
        way: Way = ask(self.place, lifecycle.way, 1, today=self.today)
        return next(phase for phase in way.phases if phase.kind is kind)


@pytest.fixture
def desk(portfolio: Portfolio, settings: Settings, today: date) -> Desk:
    portfolio.do(projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=today)
    return Desk(portfolio.place, settings, today)


def page(pilot: Pilot[None]) -> LifecyclePage:
    screen = pilot.app.screen
    assert isinstance(screen, LifecyclePage)
    return screen


async def test_the_six_phases_are_seen_at_a_glance_overlapping_with_today(desk: Desk) -> None:
    async with desk.open() as pilot:
        lines = widget_lines(page(pilot).way)
        assert len(lines) == 7
        assert "M1" in lines[0]
        assert "today" in lines[0]
        bars = {line.split()[1]: line for line in lines[1:]}
        assert list(bars) == [
            *("Partnership", "Goal", "Proposal", "Funding", "Implementation", "Evaluation")
        ]
        assert bars["Goal"].split()[0] == "✓"
        assert bars["Implementation"].split()[0] == "●"
        assert "under way" in bars["Evaluation"]
        marks = {line.index("|") for line in lines[1:]}
        assert len(marks) == 1
        mark = marks.pop()
        work, after = bars["Implementation"], bars["Evaluation"]
        assert work[mark - 1] == after[mark - 1] == "▓"
        assert work[mark + 1] == after[mark + 1] == "░"
        assert after.rindex("░") > work.rindex("░")
        assert bars["Goal"][mark - 1] == "·"


async def test_the_cursor_begins_on_the_phase_the_project_is_in(desk: Desk) -> None:
    async with desk.open() as pilot:
        assert page(pilot).phase == desk.phase(PhaseKind.IMPLEMENTATION)
        shown = await go(pilot, "up")
        assert "Funding: steps, 0 of 6" in shown


async def test_space_ticks_the_step_and_u_takes_it_back(desk: Desk) -> None:
    async with desk.open() as pilot:
        assert "✓ Hold the kick-off" not in screen_text(pilot.app)
        shown = await go(pilot, "tab", "space")
        assert "✓ Hold the kick-off meeting" in shown
        assert "Implementation: steps, 1 of 7" in shown
        assert "! 6 steps not done" in shown
        assert desk.phase(PhaseKind.IMPLEMENTATION).steps[0].done_on == desk.today
        shown = await go(pilot, "u")
        assert "Implementation: steps, 0 of 7" in shown
        assert "Undone: Tick Hold the kick-off meeting (Implementation)" in told(pilot.app)


async def test_space_ticks_nothing_while_the_way_has_the_focus(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        shown = await go(pilot, "space")
        assert "tick step" not in shown
        assert desk.phase(PhaseKind.IMPLEMENTATION).steps_done == 0
        assert not page(pilot).steps.has_focus
        await go(pilot, "tab", "space")
        assert desk.phase(PhaseKind.IMPLEMENTATION).steps_done == 1


async def test_a_tick_of_another_day_is_taken_off_only_after_asking(desk: Desk) -> None:
    then, now_ = date(2025, 11, 20), desk.today
    desk.today = then
    async with desk.open() as pilot:
        await go(pilot, "tab", "space", "space")  # of the same day: no question
        assert desk.phase(PhaseKind.IMPLEMENTATION).steps[0].done_on is None
        await go(pilot, "space")
    desk.today = now_
    async with desk.open() as pilot:
        shown = await go(pilot, "tab", "home", "space")
        assert "Take the tick off Hold the kick-off meeting?" in shown
        assert "It was done on Thu 20 Nov 2025." in shown
        await go(pilot, "enter")  # as proposed: no
        assert desk.phase(PhaseKind.IMPLEMENTATION).steps[0].done_on == then
        await go(pilot, "space", "y")
        assert desk.phase(PhaseKind.IMPLEMENTATION).steps[0].done_on is None
        await go(pilot, "u")
    assert desk.phase(PhaseKind.IMPLEMENTATION).steps[0].done_on == then


async def test_the_cursor_begins_on_the_first_step_that_is_not_done(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "tab", "space")
    async with desk.open() as pilot:
        row = page(pilot).steps.cursor_row
        assert row is not None
        assert row.title == "Keep a rhythm of meetings"


async def test_the_day_of_a_step_is_never_cut(desk: Desk) -> None:
    desk.today = date(2025, 11, 20)
    async with desk.open((120, 40)) as pilot:
        await go(pilot, "tab", "space")
    desk.today = date(2026, 11, 22)
    async with desk.open((120, 40)) as pilot:
        row = next(line for line in widget_lines(page(pilot).steps) if "✓" in line)
        assert row.rstrip().endswith("Thu 20 Nov 2025")


async def test_marked_steps_are_ticked_as_one_step_and_space_again_unticks(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "tab", "V", "space")
        assert "Implementation: steps, 7 of 7" in shown
        assert "Implementation: steps, 0 of 7" in await go(pilot, "u")
        await go(pilot, "space")
        assert "Implementation: steps, 0 of 7" in await go(pilot, "space")


async def test_going_on_with_something_open_needs_a_reason_which_is_kept_and_shown(
    desk: Desk,
) -> None:
    async with desk.open() as pilot:
        beside = Portfolio.open(desk.place, actor="Ben")
        beside.do(tasks.add, 1, "Send minutes", due=desk.today - timedelta(days=1))
        beside.close()
        asked = await go(pilot, "o")
        assert "Go on from Implementation?" in asked
        assert "1 task is open, and late" in asked
        assert "Step “Hold the kick-off meeting” is not done" in asked
        assert "Checklist “Implementation” was never filled in" in asked
        assert "Please give a reason" in await go(pilot, "enter")
        shown = await go(pilot, *"[b]asked", "enter")
        assert "Gone on with this reason" in shown
        assert "[b]asked" in shown
        assert re.search("▸ Implementation .* gone on", shown), "no tick over what is open"
        assert "Checklist “Implementation” was never filled in" in shown
        left = desk.phase(PhaseKind.IMPLEMENTATION)
        assert (left.state, left.override_reason) == (PhaseState.DONE, "[b]asked")
        await go(pilot, "u")
        assert "Undone: Go on from Implementation: [b]asked" in told(pilot.app)
        assert desk.phase(PhaseKind.IMPLEMENTATION).state is PhaseState.UNDER_WAY


async def test_escape_leaves_the_question_and_nothing_is_done(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "o", "x", "escape")
        assert desk.phase(PhaseKind.IMPLEMENTATION).state is PhaseState.UNDER_WAY
        assert "Gone on" not in screen_text(pilot.app)


async def test_a_done_phase_is_opened_again_and_its_keys_follow(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "up")
        assert "r open again" in shown
        assert "o go on" not in shown.splitlines()[-1]
        shown = await go(pilot, "r")
        assert "o go on" in shown.splitlines()[-1]
        assert desk.phase(PhaseKind.FUNDING).state is PhaseState.UNDER_WAY


async def test_a_phase_still_ahead_can_be_started(desk: Desk) -> None:
    desk.today = date(2025, 1, 10)
    portfolio = Portfolio.open(desk.place, actor="Ana")
    portfolio.do(projects.edit, 1, {"start": date(2026, 1, 1)}, today=desk.today)
    portfolio.close()
    async with desk.open() as pilot:
        shown = await go(pilot, "end")
        assert "s start" in shown.splitlines()[-1]
        await go(pilot, "s")
        assert desk.phase(PhaseKind.EVALUATION).state is PhaseState.UNDER_WAY


async def test_dates_are_changed_in_a_form_that_knows_project_months_too(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, "up", "d", "down", "ctrl+a", "ctrl+k", *"31.1.2026", "ctrl+s")
        assert desk.phase(PhaseKind.FUNDING).planned_end == date(2026, 1, 31)
        assert "1 Apr 2025 - 31 Jan 2026" in screen_text(pilot.app)
        shown = await go(pilot, "d", "down", "ctrl+a", "ctrl+k", *"1.1.2020", "ctrl+s")
        assert "before it begins" in shown


async def test_enter_leads_to_the_checklist_and_back(desk: Desk) -> None:
    async with desk.open() as pilot:
        asked = await go(pilot, "enter")
        assert "Fill in: Implementation" in asked
        shown = await go(pilot, "ctrl+s", "3")
        assert "own estimate 75 of 100" in shown
        back = await go(pilot, "q")
        assert "Checklist “Implementation” has 15 of 16 items not answered" in " ".join(
            page(pilot).details.text.split()
        )
        assert "The way" in back


async def test_a_phase_with_two_checklists_asks_which(desk: Desk) -> None:
    async with desk.open() as pilot:
        asked = await go(pilot, "end", "enter")
        assert "Which checklist?" in asked
        assert "Final report and closing" in asked
        assert "Fill in: Final report" in await go(pilot, *"final", "enter")


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (200, 50)])
async def test_it_stands_in_small_and_large_windows(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as pilot:
        shown = screen_text(pilot.app)
        assert "Implementation" in shown
        assert "|" in shown
        assert all(len(line) <= size[0] for line in shown.splitlines())


async def test_a_project_removed_elsewhere_leads_to_the_welcome(desk: Desk) -> None:
    async with desk.open() as pilot:
        other = Portfolio.open(desk.place, actor="Ben")
        other.do(projects.remove, 1)
        other.close()
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomePage))
        assert isinstance(pilot.app, Ka2tui)
        assert pilot.app.project is None


async def test_a_deadline_that_has_passed_is_said_so_in_every_phase_that_leads_there(
    portfolio: Portfolio, settings: Settings, today: date
) -> None:
    portfolio.do(projects.add, "KLIMA", action="KA220-ADU", call_year=2025, today=today)
    desk = Desk(portfolio.place, settings, today)
    async with desk.open() as pilot:
        seen = page(pilot)
        for phase in (PhaseKind.PARTNERSHIP, PhaseKind.GOAL, PhaseKind.PROPOSAL):
            seen.way.move_to(desk.phase(phase).id)
            await settled(pilot)
            text = " ".join(seen.details.text.split())
            assert "1 Oct 2025 12:00 Brussels" in text, phase
            assert "The deadline has passed." in text, phase
            assert "2027" not in text, phase


async def test_the_time_that_is_left_goes_on_while_one_looks(
    portfolio: Portfolio, settings: Settings, today: date
) -> None:
    noon = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
    portfolio.do(projects.add, "KLIMA", application_deadline=noon, today=today)
    clock = [noon - timedelta(minutes=20)]
    app = Ka2tui(
        lambda: Portfolio.open(portfolio.place, actor="Ana"), today=today, now=lambda: clock[0],
        settings=settings, project=1,
    )  # fmt: skip
    async with app.run_test(size=(120, 40)) as pilot:
        for key, wait in (("1", "in 20 min"), ("2", "in 20 min")):
            await go(pilot, key)
            assert wait in screen_text(app)
        clock[0] = noon + timedelta(minutes=3)
        for key in ("2", "1"):
            await go(pilot, key)
            screen = app.screen
            assert isinstance(screen, LifecyclePage | TodayPage)
            screen.tell_time()
            await settled(pilot)
            assert "passed 3 min ago" in screen_text(app)
            assert "in 20 min" not in screen_text(app)
        assert "Application was due" in screen_text(app)


async def test_without_a_call_no_deadline_is_made_up(
    portfolio: Portfolio, settings: Settings, today: date
) -> None:
    portfolio.do(projects.add, "KLIMA", action="KA220-ADU", today=today)
    desk = Desk(portfolio.place, settings, today)
    async with desk.open() as pilot:
        seen = page(pilot)
        seen.way.move_to(desk.phase(PhaseKind.PROPOSAL).id)
        await settled(pilot)
        text = " ".join(seen.details.text.split())
        assert "enter the call year, or the deadline itself" in text
        assert "Brussels" not in text


async def test_the_proposal_counts_down_and_tells_what_became_of_it(
    portfolio: Portfolio, settings: Settings, today: date
) -> None:
    portfolio.do(projects.add, "KLIMA", action="KA210-ADU", call_year=2027, today=today)
    at = datetime(2027, 3, 5, 11, tzinfo=UTC)
    portfolio.do(projects.edit, 1, {"application_deadline": at}, today=today)
    desk = Desk(portfolio.place, settings, today)
    async with desk.open() as pilot:
        seen = page(pilot)
        seen.way.move_to(desk.phase(PhaseKind.PROPOSAL).id)
        await settled(pilot)
        text = screen_text(pilot.app)
        assert "5 Mar 2027 12:00 Brussels" in text
        assert "in 103 days" in text
        assert "as you entered it" in text
        text = await go(pilot, "O")
        assert "The application of KLIMA" in text
        await go(pilot, "ctrl+s")
        assert "funded" in page(pilot).details.text
        assert desk.phase(PhaseKind.FUNDING).state is PhaseState.UNDER_WAY
        await go(pilot, "u")
        assert desk.phase(PhaseKind.FUNDING).state is PhaseState.AHEAD
    found = portfolio.ask(project_views.facts, 1, today=today)
    assert found.outcome is not ProposalOutcome.FUNDED


async def test_a_file_of_ones_own_that_cannot_be_read_is_told_and_the_app_goes_on(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "lifecycle.toml").write_text('[[phase]]\nid = "tea"\n', encoding="utf-8")
    (tmp_path / "organisation_sorts.toml").write_text('title = "\n', encoding="utf-8")
    desk.settings = replace(desk.settings, data=tmp_path)
    async with desk.open() as pilot:
        assert "lifecycle.toml, line 1, phase 1: there is no phase 'tea'" in told(pilot.app)
        await go(pilot, "g", "b", "n")
        assert "organisation_sorts.toml" in told(pilot.app)
        await go(pilot, "1")
        assert isinstance(pilot.app.screen, TodayPage)
        assert pilot.app.screen.loaded
