"""Money in the app: the grant in its cells, payments, accounts, earned money, costs, travel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.kinds import CostKind, PartnerRole, PaymentKind
from ka2tui.operations import (
    costs,
    journeys,
    money,
    partner_leaving,
    partners,
    payments,
    projects,
    work_units,
)
from ka2tui.queries import costs as cost_views
from ka2tui.queries import journeys as journey_views
from ka2tui.queries import money as views
from ka2tui.queries import payments as payment_views
from ka2tui.store.portfolio import Portfolio
from ka2tui.tui.app import Ka2tui
from tests.tui.driving import NOW, TODAY, ask, go, screen_text, settled, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from ka2tui.settings import Settings

SIZE = (120, 40)
WP1, WP2, A21 = 1, 2, 3
OU, KO, ODD = 1, 2, 3


class Desk:
    """A project with a grant that is not divided yet, and the app on it."""

    def __init__(self, file: Path, settings: Settings) -> None:
        self.file = file
        self.settings = settings

    def ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return ask(str(self.file), query, *args, **kwargs)

    def do(self, operation: Any, *args: Any, **kwargs: Any) -> Any:
        with_ = Portfolio.open(str(self.file), actor="Ben")
        try:
            return with_.do(operation, *args, **kwargs).value
        finally:
            with_.close()

    def app(self) -> Ka2tui:
        return Ka2tui(
            lambda: Portfolio.open(str(self.file), actor="Ana"),
            today=TODAY,
            now=lambda: NOW,
            settings=self.settings,
            project=1,
        )

    def cells(self) -> dict[tuple[int, int], int]:
        cells = self.ask(views.matrix, 1).cells
        return {spot: cents for spot, cents in cells.items() if cents is not None}


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> Desk:
    made = Desk(tmp_path / "ka2tui.db", settings)
    made.do(projects.add, "SOLARIS", today=TODAY, grant_cents=400_000_00, months=24, call_year=2025)
    made.do(partners.add, 1, "Open University", acronym="OU", role=PartnerRole.COORDINATOR)
    made.do(partners.add, 1, "Köprü [red]", acronym="KÖ [/]")
    made.do(partners.add, 1, "=1+1", acronym="=1+1")
    for code, title in (("WP1", "[bold]Management"), ("WP2", "Training")):
        made.do(work_units.add, 1, code, title)
    made.do(work_units.add, 1, "A2.1", "Course", values={"parent_id": WP2})
    return made


async def test_amounts_are_typed_into_cells_and_saved_as_one_step(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        seen = await go(pilot, "g", "y")
        assert "[bold]Management" in seen
        assert "KÖ [/]" in seen
        seen = await go(pilot, "enter", *"100000", "enter")
        assert "€ 100 000 of € 400 000, € 300 000 not planned" in seen
        assert desk.cells() == {}
        seen = await go(pilot, "up", "right", "e", *"60000")
        assert "2 amounts not saved" in seen.splitlines()[0], "the headline too"
        assert "€ 60 000 of € 100 000, € 40 000 not given to anybody" in seen
        seen = await go(pilot, "right", "e", *"39999.99", "enter")
        assert "3 amounts not saved" in seen
        await go(pilot, "ctrl+s")
        assert desk.cells() == {(WP1, 0): 100_000_00, (WP1, OU): 60_000_00, (WP1, KO): 39_999_99}
        assert "not saved" not in screen_text(app)
        await go(pilot, "u")
        assert desk.cells() == {}


async def test_a_digit_leads_to_its_page_and_typing_takes_the_place_of_an_amount(
    desk: Desk,
) -> None:
    desk.do(money.divide, 1, {(WP1, 0): 45_000_00})
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        seen = await go(pilot, "g", "y", "e", "8", "3", "enter")
        assert "1 amount not saved" in seen
        await go(pilot, "ctrl+s", "7")
        assert app.current_mode == "work_plan"
        assert desk.cells() == {(WP1, 0): 83_00}


async def test_what_is_no_amount_is_said_and_not_kept(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "g", "y")
        seen = await go(pilot, "enter", *"1.2345")
        assert "more than two decimals" in seen or "is not an amount" in seen
        await go(pilot, "enter")
        assert "not saved" not in screen_text(app)
        seen = await go(pilot, "enter", *"12", "backspace", "escape")
        assert "not saved" not in seen
        seen = await go(pilot, "enter", "minus", "5", "enter")
        assert "1 amount not saved" in seen
        assert "not saved" not in await go(pilot, "escape")
        await go(pilot, "enter", "5", "enter", "up", "x")
        assert "not saved" not in screen_text(app)


async def test_a_row_is_split_evenly_and_by_percentage(desk: Desk) -> None:
    desk.do(money.divide, 1, {(WP1, 0): 100_00})
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "g", "y", "s", "enter", "ctrl+s")
        assert desk.cells() == {
            (WP1, 0): 100_00, (WP1, OU): 33_34, (WP1, KO): 33_33, (WP1, ODD): 33_33,
        }  # fmt: skip
        seen = await go(pilot, "s", "down", "enter", *"40", "enter", *"59")
        assert "99 % of 100 %" in seen
        seen = await go(pilot, "ctrl+s")
        assert "not to 100 %" in seen
        seen = await go(pilot, "backspace", "backspace", *"60")
        assert "€ 40 + € 60" in seen
        await go(pilot, "ctrl+s", "ctrl+s")
        assert desk.cells() == {(WP1, 0): 100_00, (WP1, OU): 40_00, (WP1, KO): 60_00}


async def test_rows_from_a_spreadsheet_fill_cells(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "g", "y")
        table: Any = app.screen.query_one("AmountGrid")
        from textual.events import Paste

        table.post_message(Paste("10\t4\t6\n20\t\t20.50"))
        await settled(pilot)
        assert "5 amounts not saved" in screen_text(app)
        table.post_message(Paste("x"))
        await settled(pilot)
        assert "Nothing was pasted" in told(app)
        await go(pilot, "ctrl+s")
        assert desk.cells()[WP2, KO] == 20_50


async def test_what_another_changed_meanwhile_stays(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "g", "y", "e", "7", "enter")
        desk.do(money.divide, 1, {(WP1, 0): 9_00})
        await go(pilot, "ctrl+s")
        assert "changed meanwhile to € 9" in told(app)
        assert desk.cells() == {(WP1, 0): 9_00}


async def test_what_is_typed_and_not_saved_is_not_lost_unsaid(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "g", "y", "e", "7", "enter", "greater_than_sign")
        assert "1 amount typed on the page Money and not saved" in told(app)
        seen = await go(pilot, "3", "ctrl+q")
        assert "Quit without saving?" in seen
        assert "What you typed on the page Money would be lost." in seen
        seen = await go(pilot, "n", "g", "y")
        assert "1 amount not saved" in seen
        seen = await go(pilot, "up", "enter", "backspace", "8", "enter", "ctrl+s")
        assert "not saved" not in seen
        assert desk.cells() == {(WP1, 0): 8_00}


async def test_no_amount_stands_on_a_projector(desk: Desk) -> None:
    desk.do(money.divide, 1, {(WP1, 0): 77_777_00})
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "77 777" in await go(pilot, "g", "y")
        for key in ("f5", "greater_than_sign", "greater_than_sign", "greater_than_sign"):
            assert "77 777" not in await go(pilot, key)


async def test_instalments_are_planned_paid_and_taken_back(desk: Desk) -> None:
    desk.do(money.divide, 1, {(WP1, KO): 100_01})
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        seen = await go(pilot, "g", "y", "greater_than_sign")
        assert "No payments yet. Press i" in seen
        seen = await go(pilot, "i", "down", "enter")
        assert "check your agreement" in seen
        await go(pilot, "enter", "ctrl+s")
        rows = desk.ask(payment_views.listed, 1, today=TODAY)
        assert [row.amount_cents for row in rows] == [80_01, 20_00]
        seen = await go(pilot, "p", "ctrl+s")
        assert "paid" in seen
        assert desk.ask(payment_views.listed, 1, today=TODAY)[0].paid_cents == 80_01
        await go(pilot, "o")
        assert desk.ask(payment_views.listed, 1, today=TODAY)[0].paid_cents is None
        await go(pilot, "v", "down", "v", "x")
        assert desk.ask(payment_views.listed, 1, today=TODAY) == ()
        await go(pilot, "u")
        assert len(desk.ask(payment_views.listed, 1, today=TODAY)) == 2


async def test_a_payment_to_a_partner_that_left_names_it_in_the_form(desk: Desk) -> None:
    desk.do(payments.add, 1, PaymentKind.TO_PARTNER, "Last", values={"partner_id": KO})
    desk.do(partner_leaving.leave, KO, on=TODAY, today=TODAY)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "g", "y", "greater_than_sign")
        seen = await go(pilot, "e")
        assert "Edit Last" in seen
        assert re.search(r"Partner {5,}KÖ \[/\]", seen)


async def test_a_payment_is_found_by_a_filter_and_behind_its_figures(desk: Desk) -> None:
    for title in ("First", "Second [red]"):
        desk.do(payments.add, 1, PaymentKind.FROM_AGENCY, title, values={"amount_cents": 5_00})
    desk.do(payments.pay, [1], on=TODAY)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        seen = await go(pilot, "g", "y", "greater_than_sign")
        assert "Second [red]" in seen
        seen = await go(pilot, "slash", *"is:paid", "enter")
        assert "Second [red]" not in seen
        seen = await go(pilot, "B")
        assert "Paid by the agency" in seen


async def test_accounts_and_earned_money_are_shown_with_their_reasons(desk: Desk) -> None:
    desk.do(money.divide, 1, {(WP1, 0): 100_00, (WP1, KO): 60_00})
    desk.do(work_units.edit, WP1, {"percent": 25})
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        seen = await go(pilot, "g", "y", "greater_than_sign", "greater_than_sign")
        assert "keeps its own" in seen
        assert "€ 60" in seen
        seen = await go(pilot, "greater_than_sign")
        assert "All € 100 · € 25 earned" in seen
        assert "agency decides" in seen
        seen = await go(pilot, "enter")
        assert "Work plan" in seen


async def test_costs_stand_only_where_there_are_some(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "Costs" not in await go(pilot, "g", "y")
    values = {"planned_cents": 10_00, "used_cents": 12_00, "partner_id": KO}
    desk.do(costs.add, 1, CostKind.STAFF, values=values)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "Costs" in await go(pilot, "g", "y")
        seen = await go(pilot, "less_than_sign", "less_than_sign")
        assert "€ 2 more than planned" in seen
        await go(pilot, "n", "ctrl+s")
        assert len(desk.ask(cost_views.listed, 1)) == 2
        await go(pilot, "x")
        assert len(desk.ask(cost_views.listed, 1)) == 1


async def test_a_journey_gets_its_amount_from_its_distance(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await go(pilot, "g", "y", "less_than_sign", "n")
        await go(pilot, *"Athens", "enter", "tab", "tab", "tab", *"1500", "ctrl+s")
        (row,) = desk.ask(journey_views.listed, 1)
        assert (row.title, row.distance_km, row.amount_cents) == ("Athens", 1500, 309_00)
        assert "500-1 999 km" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (200, 50), (60, 15)])
async def test_every_view_fits_every_window(desk: Desk, size: tuple[int, int]) -> None:
    desk.do(money.divide, 1, {(WP1, 0): 400_000_00, (WP1, KO): 399_999_99})
    desk.do(journeys.add, 1, {"title": "[red]x", "people": 2})
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "400 000" in await go(pilot, "g", "y")
        for _ in range(4):
            assert "Grant" in await go(pilot, "greater_than_sign")
        assert "[red]x" in screen_text(app)
