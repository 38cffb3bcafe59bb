"""Checklists and one assessment, driven by keys alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from ka2tui.domain import checklist as rules
from ka2tui.domain.checklist import Answer
from ka2tui.operations import checklists, projects, work_units
from ka2tui.queries import checklists as asked
from ka2tui.queries.checklists import AssessmentView
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.assessment import AssessmentPage
from ka2tui.tui.pages.checklists import ChecklistsPage
from ka2tui.tui.widgets.details import Details
from tests.tui.driving import AppDesk, ask, go, screen_text, settled, told

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.settings import Settings


class OnChecklists(Ka2tui):
    DEFAULT_MODE = "checklists"


class Desk(AppDesk):
    """The app on the checklists of one project, and a look behind it."""

    APP = OnChecklists

    def seen(self, assessment: int = 1) -> AssessmentView:
        return cast("AssessmentView", ask(self.place, asked.assessment, assessment))

    def filled(self, score: int, day: date, name: str = "goal", *, who: str = "Ben") -> int:
        """Fill in a whole checklist and close it."""
        portfolio = Portfolio.open(self.place, actor="Ben")
        made = portfolio.do(checklists.start, 1, rules.find(name), who, day=day).value
        for item in portfolio.ask(asked.assessment, made).items:
            portfolio.do(checklists.answer, item.id, Answer(score))
        portfolio.do(checklists.close, made)
        portfolio.close()
        return made


@pytest.fixture
def desk(portfolio: Portfolio, settings: Settings, today: date) -> Desk:
    portfolio.do(projects.add, "SOLARIS", action="KA220-SCH", today=today)
    return Desk(portfolio.place, settings, today)


def page(pilot: Pilot[None]) -> AssessmentPage:
    screen = pilot.app.screen
    assert isinstance(screen, AssessmentPage)
    return screen


START = ("down", "n", "ctrl+s")
"""From the first checklist to a new assessment of the second, "Goal and needs"."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_every_checklist_is_one_line_in_the_order_of_the_phases(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with desk.open(size) as pilot:
        shown = screen_text(pilot.app)
        titles = ("Partnership", "Goal and needs", "Proposal", "Award and agreement",
                  "Implementation", "Evaluation and dissemination",
                  "Final report and closing")  # fmt: skip
        lines = shown.splitlines()
        lines = lines[next(n for n, line in enumerate(lines) if "Estimate" in line) :]
        at = [next(n for n, line in enumerate(lines) if f"· {title} " in line) for title in titles]
        assert at == list(range(at[0], at[0] + 7))
        assert "Never filled in. Press n to start." in shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_estimate_of_a_part_says_of_how_much(desk: Desk, size: tuple[int, int]) -> None:
    desk.filled(3, date(2025, 2, 14), "evaluation")
    async with desk.open(size) as pilot:
        await go(pilot, *START, "4", "3", "q")
        shown = screen_text(pilot.app)
        row = next(line for line in shown.splitlines() if "▸ Goal and needs" in line)
        assert "2 of 12 answered" in row
        await go(pilot, "tab")
        assert "2 of 12" in next(
            line for line in screen_text(pilot.app).splitlines() if "today Ana" in line
        )


async def test_one_estimate_is_no_trend(desk: Desk) -> None:
    desk.filled(3, date(2026, 2, 14))
    async with desk.open() as pilot:
        shown = await go(pilot, "down", "t")
        assert "One own estimate so far." in shown
        assert "┤" not in shown
        assert "▓▓▓▓▓▓▓▓░░  75  " in shown
        await go(pilot, "q")
    desk.filled(4, date(2026, 5, 14))
    async with desk.open() as pilot:
        shown = await go(pilot, "down", "t")
        assert "┤" in shown
        assert "14 Feb 2026" in shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_days_are_written_in_words_and_never_cut(desk: Desk, size: tuple[int, int]) -> None:
    desk.filled(3, date(2024, 12, 20))
    async with desk.open(size) as pilot:
        shown = await go(pilot, "down")
        rows = [line for line in shown.splitlines() if "✓ Goal and needs" in line]
        assert "Fri 20 Dec 2024" in rows[0]
        details = pilot.app.screen.query_one(Details)
        assert not details.display or "Ben, Fri 20 Dec 2024" in details.text


async def test_keys_answer_and_move_on_and_the_score_follows(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, *START)
        assert "Goal and needs · Ana, today " in shown
        first = page(pilot).items.cursor_row
        assert first is not None
        assert first.code == "G01"
        shown = await go(pilot, "4", "0", "n", "2")
        current = page(pilot).items.cursor_row
        assert current is not None
        assert current.code == "G05"
        answers = [item.answer for item in desk.seen().items[:5]]
        assert answers == [Answer(4), Answer(0), Answer(not_applicable=True), Answer(2), Answer()]
        total = desk.seen().head.score.total
        assert f"own estimate {total} of 100 · 3 of 11 answered" in shown


async def test_fast_keys_each_mean_the_next_item(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START)
        await pilot.press(*"4321043210")
        await settled(pilot)
        answers = [item.answer.score for item in desk.seen().items]
        assert answers == [4, 3, 2, 1, 0, 4, 3, 2, 1, 0, None, None]


async def test_digits_never_lead_to_another_page_here(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START)
        await go(pilot, "7")
        assert "Scores run from 0 to 4" in told(pilot.app)
        assert page(pilot).items.cursor_key == desk.seen().items[0].id
        assert desk.seen().head.score.answered == 0


async def test_each_answer_is_one_undo_step(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START, "4", "3")
        await go(pilot, "u")
        assert "Undone: Answer G02: 3, nearly" in told(pilot.app)
        assert desk.seen().head.score.answered == 1
        await go(pilot, "u")
        assert desk.seen().head.score.answered == 0
        await go(pilot, "U")
        assert desk.seen().head.score.answered == 1


async def test_undoing_the_start_leads_back_to_the_list(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START)
        await go(pilot, "u")
        assert isinstance(pilot.app.screen, ChecklistsPage)
        assert "Never filled in" in screen_text(pilot.app)


async def test_a_note_is_typed_literally_and_shown_in_full(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START, "e")
        await pilot.press(*"[/][@click=app.bell]ask", "enter", *"schools")
        shown = await go(pilot, "ctrl+s")
        assert "[/][@click=app.bell]ask" in shown
        assert "schools" in shown
        assert desk.seen().items[0].note == "[/][@click=app.bell]ask\nschools"
        assert desk.seen().items[0].answer.open


async def test_the_long_text_of_an_item_stands_whole_beside_it(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        await go(pilot, *START)
        text = " ".join(page(pilot).details.text.split())
        assert desk.seen().items[0].text in text


async def test_last_times_answer_stands_beside_each_item(desk: Desk) -> None:
    desk.filled(1, date(2026, 5, 1), who="Ana")
    async with desk.open() as pilot:
        shown = await go(pilot, *START, "3")
        assert "last time 25" in shown
        assert "1, begun · Fri 1 May" in shown
        line = next(line for line in shown.splitlines() if "G01" in line)
        assert line.split()[1:5] == ["✓", "3", "1", "G01"]
        shown = await go(pilot, "q")
        row = next(line for line in shown.splitlines() if "▸ Goal" in line)
        assert "Goal and needs" in row
        assert "75" in row
        assert "+50" not in row  # a part is not compared with a whole
        await go(pilot, "enter", "c", "y")
        shown = await go(pilot, "q")
        row = next(line for line in shown.splitlines() if "✓ Goal and needs" in line)
        assert "+50" in row


async def test_the_answers_of_the_first_assessor_do_not_lean_on_the_second(desk: Desk) -> None:
    desk.filled(3, desk.today, who="One")
    async with desk.open() as pilot:
        shown = await go(pilot, *("down", "n", "ctrl+s", "1"))
        line = next(line for line in shown.splitlines() if "G01" in line)
        assert line.split()[2:4] == ["1", "G01"]
        assert "Now     Item" in shown  # no column of last time
        assert "One" not in shown
        await go(pilot, "c", "y")
        assert "One says 75" in screen_text(pilot.app)


async def test_a_note_can_go_to_the_item_answered_just_now(desk: Desk) -> None:
    async with desk.open() as pilot:
        assert "E note to G01" not in await go(pilot, *START)
        assert "E note to G01, just answered" in await go(pilot, "1")
        assert "Note to G01: " in await go(pilot, "E")
        await pilot.press(*"letters")
        await go(pilot, "ctrl+s")
        assert [item.note for item in desk.seen().items[:2]] == ["letters", None]
        assert "Note to G02: " in await go(pilot, "e")


async def test_f_jumps_to_what_is_not_answered_and_backspace_takes_an_answer_away(
    desk: Desk,
) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START, "3", "3", "home", "f")
        assert page(pilot).items.cursor_key == desk.seen().items[2].id
        await go(pilot, "home", "backspace")
        assert desk.seen().items[0].answer.open
        await go(pilot, "end", "f")
        assert page(pilot).items.cursor_key == desk.seen().items[0].id
        await pilot.press(*"4" * len(desk.seen().items))
        await go(pilot, "home", "4")
        await go(pilot, "f")
        assert "Every item is answered." in told(pilot.app)


async def test_an_open_assessment_is_continued_where_it_was_left(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START, "3", "3", "q")
        await go(pilot, "enter")
        assert page(pilot).assessment == 1
        assert page(pilot).items.cursor_key == desk.seen().items[2].id


async def test_closing_asks_while_something_is_open_and_locks_the_answers(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *START, "3")
        assert "11 items not answered" in await go(pilot, "c")
        shown = await go(pilot, "y")
        assert "closed" in shown
        assert "r open again" in shown
        assert "0-4 score" not in shown
        await go(pilot, "home", "0", "e")
        assert desk.seen().items[0].answer == Answer(3)
        await go(pilot, "r", "0")
        assert desk.seen().items[0].answer == Answer(0)


async def test_past_assessments_are_offered_opened_and_removed(desk: Desk) -> None:
    old = desk.filled(2, date(2026, 5, 1))
    new = desk.filled(3, date(2026, 8, 1))
    async with desk.open() as pilot:
        shown = await go(pilot, "down", "enter")
        assert "Start a new assessment" in shown
        await go(pilot, "down", "down", "enter")
        assert page(pilot).assessment == old
        await go(pilot, "escape", "tab", "enter")
        assert page(pilot).assessment == new
        shown = await go(pilot, "q", "x")
        assert "Remove 1 assessment?" in shown
        shown = await go(pilot, "y")
        assert "Sat 1 Aug" not in shown
        assert "Sat 1 Aug" in await go(pilot, "u")


async def test_a_hostile_assessor_and_title_are_shown_as_they_are(desk: Desk) -> None:
    portfolio = Portfolio.open(desk.place, actor="Ana")
    evil = "[/]\x1b]52;c;eA==\x07[@click=app.quit]x"
    portfolio.do(checklists.start, 1, rules.find("goal"), evil, day=desk.today)
    portfolio.close()
    async with desk.open() as pilot:
        shown = await go(pilot, "down")
        assert "[/]␛]52;c" in shown
        shown = await go(pilot, "enter")
        assert "[/]␛]52;c;eA==␇[@click=app.quit]x" in shown


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (200, 50)])
async def test_both_pages_stand_in_small_and_large_windows(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with desk.open(size) as pilot:
        assert "Checklists" in screen_text(pilot.app)
        shown = await go(pilot, *START)
        assert "G01" in shown
        assert all(len(line) <= size[0] for line in shown.splitlines())


async def test_the_work_package_is_asked_for(desk: Desk, portfolio: Portfolio, today: date) -> None:
    async with desk.open() as pilot:
        await go(pilot, "end", "n")
        assert "There is no work package or activity yet" in told(pilot.app)
    for code in ("WP2", "WP3"):
        portfolio.do(work_units.add, 1, code, title="Training [red]")
    async with desk.open() as pilot:
        shown = await go(pilot, "end", "n")
        assert "WP2 Training [red]" in shown
        shown = await go(pilot, "ctrl+s", "4")
        assert "Complete work package · WP2 · Ana" in shown
        shown = await go(pilot, "q")
        assert "WP2 · Ana" in shown
