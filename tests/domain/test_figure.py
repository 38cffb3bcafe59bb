"""Figures: what rows come to, and how that is said."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import figure
from ka2tui.domain.figure import Figure, Source, Trace, Unit


def test_rows_are_counted() -> None:
    late = Figure("tasks.late", "Late", 2, Trace.rows("task", [4, 9]))
    assert late.adds_up
    assert late.said == "2"
    assert late.summed == "2 rows"


def test_money_is_added_to_the_cent_and_a_wrong_sum_is_seen() -> None:
    trace = Trace.sums("share", {1: 10_05, 2: 7})
    paid = Figure("money.paid", "Paid", 10_12, trace, Unit.MONEY)
    assert paid.adds_up
    assert paid.summed == "2 rows, together € 10.12"
    assert not Figure("money.paid", "Paid", 10_13, trace, Unit.MONEY).adds_up


def test_a_share_is_all_parts_of_all_wholes_rounded_down() -> None:
    trace = Trace.share("task", {1: True, 2: False}) + Trace.share("deliverable", {3: True}, 3)
    done = Figure("plan.WP1.done", "Done", 80, trace, Unit.SHARE)
    assert done.adds_up
    assert done.summed == "3 rows: 4 of 5 = 80 %"
    assert trace.sources[1] == Source("task", 2, 0, 1)
    assert Trace.share("answer", {1: 2, 2: 1}, of={1: 4, 2: 8}).value(Unit.SHARE) == 25


def test_a_share_of_nothing_is_not_known() -> None:
    nothing = Figure("phase.goal", "Goal", None, Trace(), Unit.SHARE)
    assert nothing.adds_up
    assert nothing.said == "not known"


def test_decimals_stay_decimals() -> None:
    trace = Trace.sums("measurement", {1: Decimal("0.1"), 2: Decimal("0.2")})
    assert Figure("i", "I", Decimal("0.3"), trace, Unit.NUMBER).adds_up
    assert figure.say(Decimal("1204.5"), Unit.NUMBER) == "1 204.5"
    assert figure.say(250, Unit.DAYS) == "2.5 days"


def test_a_figure_is_found_by_its_name_whatever_the_capitals() -> None:
    one = Figure("plan.WP2.Łódź", "x", 0, Trace())
    assert figure.named([one], "PLAN.wp2.lodz") is one
    assert figure.named([one], "plan.wp3") is None


@given(st.dictionaries(st.integers(1), st.integers(0, 10**9)))
def test_two_traces_together_come_to_both(rows: dict[int, int]) -> None:
    trace = Trace.sums("payment", rows)
    assert (trace + trace).total == 2 * sum(rows.values())
    assert len(trace + Trace()) == len(rows)
