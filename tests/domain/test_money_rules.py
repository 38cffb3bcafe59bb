"""Rules of money: the matrix, instalments, what is earned, rates, days and quarters."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ka2tui import datafiles
from ka2tui.domain import costs, earning, payments, rates
from ka2tui.domain.countries import everywhere
from ka2tui.domain.entries import Malformed
from ka2tui.domain.grant_matrix import (
    OWN,
    Matrix,
    PartnerColumn,
    UnitLine,
    by_percent,
    evenly,
    read_percent,
    say_percent,
)
from ka2tui.domain.kinds import PaymentKind, WorkUnitState
from ka2tui.domain.payments import PaymentState
from ka2tui.domain.progress import Standing
from ka2tui.domain.refusal import Misread, Refused

TODAY = date(2026, 11, 22)

WP1, WP2, A21, A22 = 1, 2, 21, 22
OU, KO = 7, 8


def matrix(cells: dict[tuple[int, int], int | None], grant: int | None = 400_000_00) -> Matrix:
    return Matrix(
        units=(
            UnitLine(WP1, "WP1", "Management", None),
            UnitLine(WP2, "WP2", "Training", None),
            UnitLine(A21, "A2.1", "Course", WP2),
            UnitLine(A22, "A2.2", "Test", WP2),
        ),
        partners=(PartnerColumn(OU, "OU"), PartnerColumn(KO, "KÖPRÜ")),
        cells=cells,
        grant=grant,
        currency="EUR",
    )


# --- splitting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "many"),
    [(400_000_00, 7), (1, 3), (0, 4), (100, 3), (99_999_999_999_999, 13), (2, 7)],
)
def test_equal_parts_add_up_and_differ_by_a_cent_at_most(whole: int, many: int) -> None:
    parts = evenly(whole, many)
    assert sum(parts) == whole
    assert len(parts) == many
    assert max(parts) - min(parts) <= 1


def test_400_000_in_seven_parts() -> None:
    assert evenly(400_000_00, 7) == [57_142_86] * 5 + [57_142_85] * 2


def test_percentages_add_up_to_the_cent() -> None:
    third = Fraction("33.33")
    assert sum(by_percent(100_00, [third, third, Fraction("33.34")])) == 100_00
    assert sum(by_percent(1, [Fraction(40), Fraction(40), Fraction(20)])) == 1
    assert by_percent(250_000_00, [Fraction(40), Fraction(40), Fraction(20)]) == [
        100_000_00,
        100_000_00,
        50_000_00,
    ]


@pytest.mark.parametrize("percents", [[40, 40], [50, 60], []])
def test_percentages_that_do_not_come_to_100_are_refused(percents: list[int]) -> None:
    with pytest.raises(Refused, match="not to 100"):
        by_percent(100, [Fraction(it) for it in percents])


def test_nobody_and_less_than_nothing_are_refused() -> None:
    with pytest.raises(Refused, match="nobody"):
        evenly(100, 0)
    with pytest.raises(Refused, match="below zero"):
        evenly(-1, 2)


@pytest.mark.parametrize(
    ("text", "value"),
    [("40", Fraction(40)), ("33,3 %", Fraction("33.3")), ("33 1/3", Fraction(100, 3)), ("0", 0)],
)
def test_a_percentage_is_read(text: str, value: Fraction) -> None:
    assert read_percent(text) == value


@pytest.mark.parametrize("text", ["", "-1", "101", "x", "1/0", "1e2", "[red]", "=1+1", "٤٠ x"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        read_percent(text)


def test_a_percentage_is_written() -> None:
    assert say_percent(Fraction(40)) == "40 %"
    assert say_percent(Fraction(100, 3)) == "33.3333 %"


# --- the matrix -----------------------------------------------------------------------------------


def test_rows_columns_and_the_whole_are_added_up() -> None:
    seen = matrix(
        {
            (WP1, OWN): 80_000_00, (WP1, OU): 50_000_00, (WP1, KO): 30_000_00,
            (WP2, OWN): 320_000_00, (WP2, OU): 100_000_00, (WP2, KO): 219_999_99,
        }
    )  # fmt: skip
    assert seen.row(WP1).adds_up
    assert seen.row(WP2).left == 1
    assert seen.column(OU) == 150_000_00
    assert seen.column(KO) == 249_999_99
    assert seen.shared_out == 399_999_99
    assert seen.of_grant.adds_up
    assert seen.of_plan.left == 1


def test_what_is_typed_changes_every_sum_at_once() -> None:
    seen = matrix({(WP1, OWN): 100, (WP1, OU): 40})
    typed = seen.with_cells({(WP1, KO): 61, (WP1, OWN): None})
    assert typed.row(WP1).parts == 101
    assert typed.row(WP1).whole is None
    assert typed.column(KO) == 61
    assert seen.column(KO) == 0


def test_shares_of_activities_count_where_the_work_package_has_none() -> None:
    seen = matrix({(A21, OU): 10, (A22, OU): 5, (A22, KO): 7, (A21, OWN): 10, (A22, OWN): 12})
    assert seen.whole(WP2) == 22
    assert seen.share(WP2, OU) == 15
    assert seen.row(WP2).adds_up
    assert seen.column(OU) == 15
    assert seen.planned == 22


def test_no_cent_counts_twice_where_both_are_written() -> None:
    seen = matrix({(A21, OU): 10, (WP2, OU): 30, (WP2, OWN): 30, (A21, OWN): 40})
    assert seen.column(OU) == 30
    assert seen.shared_out == 30
    assert seen.planned == 30
    inside, shares = seen.inside(WP2), seen.inside_shares(WP2)
    assert inside is not None
    assert inside.left == -10
    assert shares is not None
    assert shares.left == 20


def test_without_a_grant_nothing_is_left_over() -> None:
    seen = matrix({(WP1, OU): 5}, grant=None)
    assert seen.of_grant.whole is None
    assert seen.of_grant.left == 0
    assert seen.row(WP1).whole is None
    assert seen.row(WP1).left == 0
    assert seen.of_plan.whole is None


def test_a_partner_without_a_share_has_nothing() -> None:
    assert matrix({(WP1, OU): 5}).column(KO) == 0
    assert matrix({(WP1, OU): 5}).at(WP1, KO) is None


# --- payments -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "planned", "paid_on", "paid", "said"),
    [
        (date(2026, 11, 21), 100, None, None, PaymentState.LATE),
        (date(2026, 11, 22), 100, None, None, PaymentState.DUE),
        (date(2026, 12, 22), 100, None, None, PaymentState.DUE),
        (date(2026, 12, 23), 100, None, None, PaymentState.PLANNED),
        (None, 100, None, None, PaymentState.UNDATED),
        (date(2026, 1, 1), 100, TODAY, None, PaymentState.PAID),
        (date(2026, 1, 1), 100, TODAY, 99, PaymentState.LATE),
        (date(2027, 1, 1), 100, TODAY, 99, PaymentState.PART),
        (None, None, TODAY, 40, PaymentState.PAID),
        (None, 100, TODAY, 120, PaymentState.PAID),
        (None, 100, None, 0, PaymentState.UNDATED),
    ],
)
def test_where_a_payment_stands(
    due: date | None,
    planned: int | None,
    paid_on: date | None,
    paid: int | None,
    said: PaymentState,
) -> None:
    assert payments.state(due, planned, paid_on, paid, TODAY) is said


def test_an_account_says_what_is_left() -> None:
    account = payments.Account(share=100, planned=90, paid=60, returned=10)
    assert account.has == 50
    assert account.left == 50
    assert account.unplanned == 10


def test_the_plans_that_are_offered_are_no_rule() -> None:
    known = {plan.id: plan for plan in payments.plans()}
    assert [*map(int, known["40-40-20"].percents)] == [40, 40, 20]
    assert [*map(int, known["80-20"].percents)] == [80, 20]
    assert all(plan.note == payments.CHECK and not plan.confirmed for plan in known.values())
    assert known["80-20"].titles(PaymentKind.FROM_AGENCY)[0] == "Pre-financing"


def test_a_plan_is_typed() -> None:
    assert [*map(int, payments.read_percents("40/40/20"))] == [40, 40, 20]
    assert payments.read_percents("33.3 + 33.3 + 33.4 %")[2] == Fraction("33.4")
    for wrong in ("", "50/60", "a/b", "-10/110"):
        with pytest.raises(Misread):
            payments.read_percents(wrong)


def test_parts_without_a_name_are_numbered() -> None:
    assert payments.titles(["First"], 2, PaymentKind.TO_PARTNER) == ["First", "Instalment 2"]


def test_a_plan_of_ones_own_that_is_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "rates").mkdir()
    own = tmp_path / "rates" / "payment_plans.toml"
    own.write_text('[[plan]]\nid = "x"\nname = "x"\npercent = [50, 40]\n')
    with pytest.raises(Malformed, match="come to 90"):
        payments.plans(tmp_path)


# --- earned ---------------------------------------------------------------------------------------

PLANNED, UNDER_WAY = WorkUnitState.PLANNED, WorkUnitState.UNDER_WAY


@pytest.mark.parametrize(
    ("cents", "state", "done", "elapsed", "standing", "parts"),
    [
        (100_01, UNDER_WAY, 50, 40, Standing.ON_TIME, (50_00, 0, 0, 50_01)),
        (100_01, UNDER_WAY, 33, 80, Standing.BEHIND, (33_00, 67_01, 0, 0)),
        (100, PLANNED, 0, 0, Standing.ON_TIME, (0, 0, 100, 0)),
        (100, PLANNED, None, None, None, (0, 0, 100, 0)),
        (100, PLANNED, None, 10, None, (0, 100, 0, 0)),
        (100, WorkUnitState.DONE, 20, 100, Standing.BEHIND, (100, 0, 0, 0)),
        (100, WorkUnitState.CANCELLED, 20, 50, None, (20, 80, 0, 0)),
        (100, UNDER_WAY, 95, 100, Standing.ON_TIME, (95, 5, 0, 0)),
        (None, PLANNED, 10, 10, Standing.ON_TIME, (0, 0, 0, 0)),
        (0, UNDER_WAY, 99, 10, Standing.AHEAD, (0, 0, 0, 0)),
    ],
)
def test_money_is_parted_to_the_cent(  # noqa: PLR0917 - one case a line
    cents: int | None,
    state: WorkUnitState,
    done: int | None,
    elapsed: int | None,
    standing: Standing | None,
    parts: tuple[int, ...],
) -> None:
    found = earning.reckon(cents, state, done, elapsed, standing)
    assert tuple(found) == parts
    assert found.whole == (cents or 0)
    assert earning.why(state, done, elapsed, standing)


def test_the_reckoning_promises_nothing() -> None:
    assert "no promise" in (earning.__doc__ or "")
    assert "own reckoning" in earning.HOW
    assert "agency decides" in earning.HOW


# --- rates ----------------------------------------------------------------------------------------


def test_the_bands_of_2025() -> None:
    bands = rates.bands_for(2025)
    assert bands is not None
    found = [bands.find(km) for km in (9, 10, 99, 100, 1_999, 2_000, 8_000, 25_000)]
    assert [it and it.cents for it in found] == [
        None, 28_00, 28_00, 211_00, 309_00, 395_00, 1_735_00, None,
    ]  # fmt: skip
    near = bands.find(50)
    assert near is not None
    assert near.amount(3, green=True) == 168_00


def test_older_calls_have_bands_of_their_own_and_no_green_ones() -> None:
    bands = rates.bands_for(2018)
    assert bands is not None
    band = bands.find(2_500)
    assert band is not None
    assert band.amount(2, green=True) == 1_520_00
    assert "not confirmed" in bands.about.said


def test_a_call_that_is_not_known_gets_what_holds_today() -> None:
    bands = rates.bands_for(None)
    assert bands is not None
    assert bands.id == "2025"


def test_staff_rates_are_those_of_the_table() -> None:
    table = rates.staff_rates()
    assert table.cents("DE", rates.StaffCategory.MANAGER) == 336_00
    assert table.cents("GR", rates.StaffCategory.ADMINISTRATIVE) == 93_00
    assert table.cents("TR", rates.StaffCategory.TEACHER) == 88_00
    assert table.cents("GQ", rates.StaffCategory.MANAGER) is None
    assert table.cents(None, rates.StaffCategory.MANAGER) is None
    assert table.by_country.keys() <= {country.code for country in everywhere()}


def test_every_rate_names_its_source() -> None:
    sources = datafiles.read_toml("sources.toml")
    abouts = [it.about for it in rates.distance_bands()] + [rates.staff_rates().about]
    assert {it.source for it in abouts} | {it.source for it in payments.plans()} <= sources.keys()


def test_bands_that_overlap_are_refused(tmp_path: Path) -> None:
    (tmp_path / "rates").mkdir()
    (tmp_path / "rates" / "distance_bands.toml").write_text(
        '[[bands]]\nid = "x"\nname = "x"\ncalls_from = 2020\nsource = "practice"\n'
        "band = [{ km = [1, 100], eur = 1 }, { km = [100, 200], eur = 2 }]\n"
    )
    with pytest.raises(Malformed, match="100 km is in two bands"):
        rates.distance_bands(tmp_path)


# --- days and quarters ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Q3 2026", date(2026, 7, 1)),
        ("2026-Q1", date(2026, 1, 1)),
        ("4/2026", date(2026, 10, 1)),
        ("2nd quarter 2025", date(2025, 4, 1)),
    ],
)
def test_a_quarter_is_read(text: str, first: date) -> None:
    assert costs.read_quarter(text) == first
    assert costs.read_quarter(costs.say_quarter(first)) == first


@pytest.mark.parametrize("text", ["", "Q5 2026", "2026", "soon", "Q1 0000"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        costs.read_quarter(text)


def test_days_are_hundredths() -> None:
    assert costs.read_days("12.5") == 1250
    assert costs.read_days("0,25 d") == 25
    assert costs.say_days(1250) == "12.5"
    assert costs.say_days(-25) == "-0.25"
    assert costs.say_days(None) == ""
    for wrong in ("-1", "1.234", "x", "", "٣"):
        with pytest.raises(Misread):
            costs.read_days(wrong)


def test_days_times_rate_rounds_half_a_cent_up() -> None:
    assert costs.days_money(50, 1) == 1
    assert costs.days_money(49, 1) == 0
    assert costs.planned_money(None, 1250, 214_00) == 2_675_00
    assert costs.planned_money(7, 1250, 214_00) == 7
    assert costs.planned_money(None, 1250, None) is None


def test_more_used_than_planned_is_said() -> None:
    assert costs.say_exceeding(costs.Used(100, 100), "EUR") is None
    assert costs.say_exceeding(costs.Used(100_00, 150_00), "PLN") == "zł 50 more than planned"
    assert costs.say_exceeding(costs.Used(100, 125), None) == "0.25 days more than planned"
