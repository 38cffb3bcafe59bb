"""The page Score: scores typed with their total beside, checklists, the table, improvements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from ka2tui.operations import projects, scores, work_units
from ka2tui.queries import scores as asked
from ka2tui.queries.scores import Standing
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from ka2tui.tui.pages.assessment import AssessmentPage
from ka2tui.tui.pages.score import ScorePage
from ka2tui.tui.widgets.details import Details
from tests.tui.driving import AppDesk, ask, go, screen_text, toasts, told, widget_lines

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ka2tui.settings import Settings

THOUSAND = 1000 * 100
SIZES = [(80, 24), (120, 40), (200, 50)]


class OnScore(Ka2tui):
    DEFAULT_MODE = "score"


class Desk(AppDesk):
    """The app on the scores of one project, and a look behind it."""

    APP = OnScore

    def seen(self) -> Standing:
        return cast("Standing", ask(self.place, asked.standing, 1))


@pytest.fixture
def desk(portfolio: Portfolio, settings: Settings, today: date) -> Desk:
    made = portfolio.do(
        projects.add, "SOLARIS", action="KA220-SCH", call_year=2025, start=date(2025, 10, 1),
        grant_cents=120 * THOUSAND, today=today,
    ).value  # fmt: skip
    plan = (("WP1", "Project management", 40), ("WP2", "[red]Needs", 25), ("WP3", "=1+1", 25))
    for code, title, amount in (*plan, ("WP4", "Sharing", 30)):
        portfolio.do(work_units.add, made, code, title, values={"amount_cents": amount * THOUSAND})
    return Desk(portfolio.place, settings, today)


def score(portfolio: Portfolio, *given: int) -> None:
    parts = portfolio.ask(asked.standing, 1).parts[1:]
    known = {part.id: points for part, points in zip(parts, given, strict=True)}
    portfolio.do(scores.score_parts, 1, known)


def comes_to(pilot: Pilot[None]) -> str:
    """Give what stands in the pane beside, on one line."""
    return " ".join(pilot.app.screen.query_one(Details).text.split())


def echoed(pilot: Pilot[None]) -> str:
    """Give what a line that is typed says of itself, on one line."""
    return " ".join(" ".join(widget_lines(pilot.app.screen.query_one(".-echo"))).split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_total_stands_above_whatever_the_size(
    desk: Desk, portfolio: Portfolio, size: tuple[int, int]
) -> None:
    score(portfolio, 50, 80, 70)
    async with desk.open(size) as pilot:
        shown = screen_text(pilot.app)
        assert "Final report 67 of 100 · 70 pays all · own estimate" in shown
        assert "WP2 [red]Needs" in shown
        assert "! WP2" in shown
        assert "not confirmed" in shown
        assert "€" not in shown.replace("€ 25 000", "").replace("€ 40 000", "").replace(
            "€ 30 000", ""
        )


async def test_the_total_is_shown_while_a_score_is_typed(desk: Desk, portfolio: Portfolio) -> None:
    score(portfolio, 50, 80, 70)
    async with desk.open() as pilot:
        shown = await go(pilot, "e", "5", "9")
        assert "70 of 100 (69.6875 before rounding): 70 is reached, paid in full" in shown
        assert desk.seen().reckoning.total == 67
        assert "whole number from 0 to 100" in await go(pilot, "9")
        shown = await go(pilot, "backspace", "enter")
        assert "Final report 70 of 100" in shown
        assert "WP2 is below 70" in comes_to(pilot)
        assert desk.seen().parts[1].typed == 59
        shown = await go(pilot, "u")
        assert "Final report 67 of 100" in shown
        assert "Leave empty to clear." in await go(pilot, "e")
        await go(pilot, "right", "8")
        assert "not “508”" in echoed(pilot)
        await go(pilot, "ctrl+u", "enter")
        assert desk.seen().parts[1].typed is None


async def test_the_management_is_not_scored_and_says_so(desk: Desk) -> None:
    async with desk.open() as pilot:
        for key in ("e", "enter", "r", "c", "n", "delete"):
            pilot.app.clear_notifications()
            await go(pilot, "home", key)
            assert "WP1 is the management" in told(pilot.app), key


async def test_several_are_scored_and_cleared_as_one_step(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "v", "v", "v", "e", "8", "0")
        assert "3 parts: 0 to 100" in shown
        await go(pilot, "enter")
        assert [part.typed for part in desk.seen().parts] == [None, 80, 80, 80]
        await go(pilot, "home", "down", "v", "v", "v", "delete")
        assert desk.seen().reckoning.total is None
        await go(pilot, "u")
        assert desk.seen().reckoning.total == 80


async def test_the_checklist_of_a_part_gives_its_score(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "c")
        assert "WP2 [red]Needs" in shown
        await go(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, AssessmentPage)
        await go(pilot, "3", "q")
        assert isinstance(pilot.app.screen, ScorePage)
        part = desk.seen().parts[1].line.part
        assert (part.score, part.whence) == (75, "checklist")
        await go(pilot, "c")
        assert isinstance(pilot.app.screen, AssessmentPage)


async def test_award_criteria_with_their_minima(desk: Desk) -> None:
    async with desk.open() as pilot:
        await go(pilot, *["down"] * 3)
        await go(pilot, "e", "1", "2")
        said = echoed(pilot)
        assert "below its minimum of 13. Without points yet: Design" in said
        assert "could not be funded" not in said
        assert "0 to 25" in await go(pilot, "3")
        await go(pilot, "backspace", "enter")
        assert "12 of 25 for what is scored, 1 of 4 criteria" in comes_to(pilot)
        await go(pilot, "n", "h", "i", "enter")
        judgement = desk.seen().judgement
        assert judgement is not None
        assert (judgement.marks[0].points, judgement.marks[0].note) == (12, "hi")


async def test_the_table_is_put_right_and_confirmed(desk: Desk, portfolio: Portfolio) -> None:
    score(portfolio, 50, 80, 70)
    async with desk.open() as pilot:
        shown = await go(pilot, "t")
        assert "70=10, 55=40, 40=70" in shown
        assert "no, not yet: no euros are shown" in shown
        await go(pilot, "ctrl+u", "7", "0")
        assert "like 70=10" in await go(pilot, "ctrl+s")
        await go(pilot, "equals_sign", "1", "5", "tab", "A", "n", "n", "e", "x", "tab", "right")
        shown = await go(pilot, "ctrl+s")
        assert "At risk" in shown
        assert "€ 18 000 at risk" in shown
        table = desk.seen().table
        assert (table.source, table.confirmed_on, table.typed) == ("Annex", desk.today, "70=15")
        shown = await go(pilot, "f5")
        assert "€" not in shown
        await go(pilot, "f5")
        shown = await go(pilot, "r", "1", "0", "0")
        # 25 000 refused, 15 % of the other 95 000
        assert "€ 39 250 at risk in all" in shown
        await go(pilot, "enter")
        assert desk.seen().reckoning.at_risk == 39_250_00
        shown = await go(pilot, "T", "y")
        assert "€ 39 250" not in shown
        assert desk.seen().table.confirmed is False


async def test_no_zero_while_a_single_part_may_still_be_reduced(
    desk: Desk, portfolio: Portfolio
) -> None:
    score(portfolio, 59, 80, 90)
    table = portfolio.ask(asked.table, 1)
    portfolio.do(scores.set_table, 1, table.bands, confirmed_on=desk.today)
    async with desk.open() as pilot:
        assert "At risk: not known: a single part below 70 may still be" in comes_to(pilot)
        assert "€ 0" not in screen_text(pilot.app)
        assert "not known" in screen_text(pilot.app).partition("│ WP3")[0]


async def test_behind_the_total_stand_scores_and_weights(desk: Desk, portfolio: Portfolio) -> None:
    score(portfolio, 50, 80, 70)
    async with desk.open() as pilot:
        assert "Own score of the final report" in await go(pilot, "B")
        shown = await go(pilot, "enter")
        assert "50 × 31 %" in shown
        assert "15.625" in shown
        assert "together 66.875" in shown


async def test_improvements_stand_beside(desk: Desk, portfolio: Portfolio) -> None:
    score(portfolio, 50, 80, 70)
    async with desk.open((200, 50)) as pilot:
        shown = comes_to(pilot)
        assert "1. WP4 from 70 to 77 (+7): the total becomes 70, paid in full." in shown
        assert "fewest points" in shown


async def test_nothing_to_score_yet(portfolio: Portfolio, settings: Settings, today: date) -> None:
    portfolio.do(projects.add, "EMPTY", action="KA999", today=today)
    async with Desk(portfolio.place, settings, today).open() as pilot:
        assert "The award criteria of KA999 are not known here" in comes_to(pilot)
        assert "Nothing is scored yet" in comes_to(pilot)
        for key in ("e", "r", "c", "n", "delete", "escape"):
            await go(pilot, key, "escape")
        assert isinstance(pilot.app.screen, ScorePage)


async def test_while_one_applies_the_award_criteria_come_first(
    portfolio: Portfolio, settings: Settings, today: date
) -> None:
    portfolio.do(projects.add, "NEW", action="KA210-SCH", call_year=2025, today=today)
    portfolio.do(work_units.add, 1, "A1", "Kit")
    async with Desk(portfolio.place, settings, today).open() as pilot:
        shown = screen_text(pilot.app)
        assert shown.index("Application, by award criterion") < shown.index("by activity")
        assert "Application · own estimate" in shown
        assert "Final report ·" not in shown
        assert "e score" in shown.splitlines()[-1]
        assert comes_to(pilot).startswith("Award criteria")
        assert comes_to(pilot).index("e gives a criterion its points") < comes_to(pilot).index(
            "Final report Nothing is scored yet"
        )
        assert "Relevance: 0 to 30" in await go(pilot, "e", "2", "0")
        shown = await go(pilot, "enter")
        assert "Application 20 of 100 so far · threshold 60 · own estimate" in shown
        assert "20 of 30 for what is scored, 1 of 4 criteria" in comes_to(pilot)
        assert "Own points of the application" in await go(pilot, "B", "enter")
        assert "Relevance, of 30, at least 15" in screen_text(pilot.app)
        await go(pilot, "escape", "escape", "end", "B", "enter", "enter")
        assert isinstance(pilot.app.screen, ScorePage)
        assert pilot.app.screen.row is not None
        assert pilot.app.screen.row.name == "Relevance"
        await go(pilot, "r")
        assert "Relevance has none of its own" in toasts(pilot.app)[-1]
        await go(pilot, "c")
        assert "Award criteria have no checklist: e gives Relevance" in toasts(pilot.app)[-1]


async def test_what_the_checklist_of_the_report_asks_can_be_scored(desk: Desk) -> None:
    async with desk.open() as pilot:
        shown = await go(pilot, "end", "enter")
        assert ": 0 to 100" in shown
        await go(pilot, "7", "0", "enter")
        assert desk.seen().report[-1].typed == 70
        await go(pilot, "n")
        assert "Notes stand at parts" in toasts(pilot.app)[-1]
        await go(pilot, "delete", "delete")
        assert desk.seen().report[-1].typed is None
        assert toasts(pilot.app)[-1] == "Nothing was typed here yet."
        await go(pilot, "T")
        assert "no table of your own" in toasts(pilot.app)[-1]


async def test_the_line_of_keys_fits_the_row(desk: Desk) -> None:
    async with desk.open() as pilot:
        keys = screen_text(pilot.app).splitlines()[-1]
        assert "e score  r refused  c checklist  t reductions" in keys
        keys = (await go(pilot, "up")).splitlines()[-1]
        assert "refused" not in keys
        assert "Reductions *" in await go(pilot, "t")
