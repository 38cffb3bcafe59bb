"""The score of a final report, reckoned by hand from the worked example and its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.improving import Way, improvements, to_full
from ka2tui.domain.money import apportion
from ka2tui.domain.reductions import Band, Origin, Table, ordered, read_bands
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.score import Part, Reckoning, read_score, reckon, say_exact

NEW = Table(
    (Band(40, 70), Band(55, 40), Band(70, 10)), Origin.EXAMPLE, "check the annex of your agreement"
)
OLD = Table(
    (Band(25, 75), Band(40, 50), Band(50, 25)),
    Origin.RULES,
    "a national agency",
    doubts={25: "25 itself is told in two ways."},
)
SURE = replace(NEW, confirmed_on=date(2026, 11, 22))
EURO = 100
THOUSAND = 1000 * EURO


def parts(*scores: int | None, money: tuple[int | None, ...] | None = None) -> list[Part]:
    given = money or (25 * THOUSAND, 25 * THOUSAND, 30 * THOUSAND)
    return [
        Part(f"WP{number}", cents=cents, score=score)
        for number, (score, cents) in enumerate(zip(scores, given, strict=True), start=2)
    ]


MANAGEMENT = Part("WP1", "Project management", 400 * THOUSAND, None, is_scored=False)


def at_risk(reckoned: Reckoning) -> dict[str, int | None]:
    return {line.part.code: line.at_risk for line in reckoned.lines}


# --- the total ----------------------------------------------------------------------------------


def test_the_worked_example_gives_67() -> None:
    found = reckon(parts(50, 80, 70), NEW)
    assert found.exact == Fraction(66_875, 1000)
    assert say_exact(found.exact) == "66.875"
    assert found.percents == (31, 31, 38)
    assert found.total == 67
    assert (found.threshold, found.reached, found.percent) == (70, False, 10)


@pytest.mark.parametrize(
    ("scores", "total"), [((66, 67), 67), ((66, 66), 66), ((0, 1), 1), ((69, 70), 70)]
)
def test_a_half_is_rounded_up(scores: tuple[int, int], total: int) -> None:
    assert reckon(parts(*scores, money=(100, 100)), NEW).total == total


def test_just_below_a_half_is_rounded_down() -> None:
    found = reckon(parts(69, 70, money=(1_000_001, 1_000_000)), NEW)
    assert found.exact is not None
    assert found.exact < Fraction(139, 2)
    assert found.total == 69
    assert say_exact(found.exact) == "69.4999"


def test_69_and_70_differ() -> None:
    assert reckon(parts(69, 69, 69), SURE).percent == 10
    assert reckon(parts(69, 69, 69), SURE).at_risk == 8 * THOUSAND
    assert reckon(parts(70, 70, 70), SURE).percent == 0
    assert reckon(parts(70, 70, 70), SURE).at_risk == 0


def test_without_any_money_each_counts_the_same() -> None:
    for nothing in (0, None):
        found = reckon(parts(50, 80, 71, money=(nothing,) * 3), NEW)
        assert found.total == 67
        assert not found.by_money
        assert "counts the same" in found.remarks[0]


def test_a_part_without_money_does_not_count_beside_others() -> None:
    found = reckon(parts(10, 80, money=(None, 30 * THOUSAND)), NEW)
    assert found.total == 80
    assert [line.weighed for line in found.lines] == [False, True]
    assert found.remarks[0].startswith("WP2 is without money")


def test_per_cents_come_to_100() -> None:
    assert reckon(parts(1, 1, 1, money=(10, 10, 10)), NEW).percents == (34, 33, 33)
    assert reckon(parts(1, None, 1, money=(10, 10, 0)), NEW).percents == (100, 0, 0)
    assert reckon([MANAGEMENT], NEW).percents == (0,)
    assert reckon([], NEW).percents == ()


def test_one_part_alone() -> None:
    found = reckon(parts(55, None, None), NEW)
    assert found.total == 55
    assert [part.code for part in found.unscored] == ["WP3", "WP4"]
    assert "WP3 and WP4 are not scored yet" in found.remarks[0]
    assert found.brief == "55 of 100 so far"
    assert found.said == (
        "55 of 100 for what is scored, 1 of 3 parts: 15 points below 70 so far, which would be "
        "10 % off by a table that is not confirmed"
    )


def test_nothing_is_reached_while_parts_have_no_score() -> None:
    found = reckon([MANAGEMENT, *parts(70, None, 90)], SURE)
    assert found.said == (
        "81 of 100 (80.909 before rounding) for what is scored, 2 of 3 parts: not below 70 so far"
    )
    low = reckon(parts(60, None, 60), SURE)
    assert low.say_at_risk("EUR") == "€ 8 000, by what is scored so far"


def test_what_is_at_risk_is_not_known_while_a_single_part_is_below() -> None:
    found = reckon(parts(59, 80, 90), SURE)
    assert (found.reached, found.may_be_more) == (True, True)
    assert found.say_at_risk("EUR") == "not known: a single part below 70 may still be reduced"
    said = [found.say_part_at_risk(line, "EUR") for line in found.lines]
    assert said == ["not known", "", ""]
    rows = parts(59, 80, 90)
    rows[2] = replace(rows[2], refused=50)
    more = reckon(rows, SURE)
    assert more.say_at_risk("EUR").startswith("at least € 15 000: a single part below 70")
    assert not reckon(parts(70, 80, 90), SURE).may_be_more
    assert reckon(parts(70, 80, 90), SURE).say_at_risk("EUR") == "€ 0"
    assert reckon(parts(59, 80, 90), NEW).say_at_risk("EUR") == ""


def test_nothing_scored_and_nothing_there() -> None:
    for empty in (
        reckon(parts(None, None, None), SURE),
        reckon([], SURE),
        reckon([MANAGEMENT], SURE),
    ):
        assert (empty.total, empty.percent, empty.at_risk, empty.reached) == (None,) * 4
        assert empty.said == "nothing is scored yet"
        assert improvements(empty) == ()


def test_the_management_is_not_scored_though_it_has_the_most_money() -> None:
    scored = replace(MANAGEMENT, score=0)
    found = reckon([scored, *parts(50, 80, 70)], NEW)
    assert found.total == 67
    assert [it.part.code for it in found.lines if not it.part.is_scored] == ["WP1"]
    assert not found.lines[0].weighed
    assert not found.lines[0].below


def test_a_total_that_is_given_stands_for_itself() -> None:
    found = reckon(parts(None, None, None), SURE, given=54)
    assert (found.total, found.exact, found.percent) == (54, None, 40)
    assert found.at_risk == 32 * THOUSAND
    assert found.said == "54 of 100: 16 points below 70, 40 % off"


@pytest.mark.parametrize("bad", [-1, 101])
def test_a_score_beyond_the_scale_is_refused(bad: int) -> None:
    with pytest.raises(Refused):
        reckon(parts(bad, 80, 70), NEW)
    with pytest.raises(Refused):
        reckon([Part("WP2", score=50, refused=bad)], NEW)
    with pytest.raises(Refused):
        reckon([], NEW, given=bad)


@pytest.mark.parametrize("said", ["", "-1", "101", "66.5", "66,5", "½", "٥", "x", "1e2", "9" * 50])
def test_what_is_no_score(said: str) -> None:
    with pytest.raises(Misread, match="whole number from 0 to 100"):
        read_score(said)


def test_what_is_a_score() -> None:
    assert [read_score(said) for said in ("0", " 100 ", "66 %", "07")] == [0, 100, 66, 7]
    assert read_score("25", best=25) == 25


# --- money --------------------------------------------------------------------------------------


def test_no_euros_until_the_table_is_confirmed() -> None:
    rows = [MANAGEMENT, *parts(50, 80, 70)]
    for table in (NEW, OLD):
        found = reckon(
            [*rows, Part("WP9", cents=THOUSAND, refused=100)], table, grant=99 * THOUSAND
        )
        assert found.at_risk is None
        assert found.outside is None
        assert set(at_risk(found).values()) == {None}
        assert all(one.saved is None for one in improvements(found))
    assert reckon(rows, NEW).percent == 10


def test_the_flat_per_cent_takes_of_the_management_as_well() -> None:
    management = replace(MANAGEMENT, cents=20 * THOUSAND)
    found = reckon([management, *parts(50, 80, 70)], SURE, grant=100 * THOUSAND)
    assert found.at_risk == 10 * THOUSAND
    assert at_risk(found) == {
        "WP1": 2 * THOUSAND,
        "WP2": 2500 * EURO,
        "WP3": 2500 * EURO,
        "WP4": 3 * THOUSAND,
    }
    assert found.outside == 0


def test_what_is_refused_is_taken_whole_and_the_per_cent_of_the_rest() -> None:
    rows = parts(50, 80, 70)
    rows[0] = replace(rows[0], refused=40)
    found = reckon(rows, SURE)
    # 40 % of 25 000 is 10 000; 10 % of the remaining 70 000 is 7 000
    assert found.at_risk == 17 * THOUSAND
    assert at_risk(found) == {"WP2": 11_500 * EURO, "WP3": 2500 * EURO, "WP4": 3 * THOUSAND}


def test_what_is_refused_counts_even_where_the_total_is_paid_in_full() -> None:
    rows = parts(90, 90, 90)
    rows[2] = replace(rows[2], refused=100)
    found = reckon(rows, SURE)
    assert found.percent == 0
    assert found.at_risk == 30 * THOUSAND
    alone = reckon([Part("A1", cents=999, refused=50)], SURE)
    assert (alone.total, alone.at_risk) == (None, 500)


def test_money_of_the_grant_in_no_part_is_at_risk_too() -> None:
    found = reckon(parts(60, 60, 60), SURE, grant=100 * THOUSAND)
    assert found.at_risk == 10 * THOUSAND
    assert found.outside == 2 * THOUSAND
    assert "less than the grant; the grant is" in found.remarks[-1]


def test_more_in_the_parts_than_in_the_grant_is_said() -> None:
    found = reckon(parts(60, 60, 60), SURE, grant=70 * THOUSAND)
    assert found.at_risk == 8 * THOUSAND
    assert "more than the grant; the sum of the parts is" in found.remarks[-1]


def test_cents_go_to_the_largest_remainders() -> None:
    assert apportion(100, [1, 1, 1]) == [34, 33, 33]
    assert apportion(100, [1, 2, 3]) == [17, 33, 50]
    assert apportion(1, [1, 9]) == [0, 1]
    assert apportion(5, [0, 0]) == [0, 0]
    assert apportion(0, [3, 4]) == [0, 0]
    assert apportion(7, []) == []


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 10**9),
            st.none() | st.integers(0, 100),
            st.integers(0, 100),
            st.booleans(),
        ),
        max_size=8,
    ),
    st.none() | st.integers(0, 10**10),
)
def test_the_parts_always_add_up_to_the_cent(
    rows: list[tuple[int | None, int | None, int, bool]], grant: int | None
) -> None:
    found = reckon((Part(f"P{at}", "", *row) for at, row in enumerate(rows)), SURE, grant=grant)
    if found.at_risk is None:
        return
    known = [line.at_risk or 0 for line in found.lines]
    assert sum(known) + (found.outside or 0) == found.at_risk
    for line in found.lines:
        assert 0 <= (line.at_risk or 0) <= (line.part.cents or 0)
    assert sum(line.weight for line in found.lines) in (0, 1)


# --- tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "percent"),
    [(100, 0), (50, 0), (49, 25), (40, 25), (39, 50), (26, 50), (25, 50), (24, 75), (0, 75)],
)
def test_the_table_of_the_older_programme(score: int, percent: int) -> None:
    assert OLD.percent(score) == percent
    assert reckon([], OLD, given=score).percent == percent


def test_what_the_sources_tell_in_two_ways_is_said_at_that_score_alone() -> None:
    assert reckon([], OLD, given=25).remarks == ("25 itself is told in two ways.",)
    assert reckon([], OLD, given=24).remarks == reckon([], OLD, given=26).remarks == ()


def test_a_table_for_people() -> None:
    assert NEW.lines == (("70-100", 0), ("55-69", 10), ("40-54", 40), ("0-39", 70))
    assert Table((Band(1, 100), Band(100, 5)), Origin.OWN, "").lines == (
        ("100", 0),
        ("1-99", 5),
        ("0", 100),
    )
    assert NEW.label == "check the annex of your agreement; not confirmed"
    assert OLD.label == "from the rules of the call, not confirmed: a national agency"
    assert "confirmed 2026-11-22" in SURE.label


def test_an_agreement_that_pays_everything_from_another_score_on() -> None:
    for limit, said in (
        (75, "75=10, 55=40, 40=70"),
        (60, "60=10, 55=40, 40=70"),
        (55, "55=40, 40=70"),
        (30, "30=70"),
    ):
        table = NEW.paid_from(limit)
        assert (table.typed, table.full_from) == (said, limit)
        assert ordered(table.bands) == table.bands
    assert NEW.paid_from(0) is NEW


def test_the_next_better_band() -> None:
    assert [NEW.better(score) for score in (0, 39, 40, 69, 70)] == [40, 40, 55, 70, None]
    level = Table((Band(40, 10), Band(70, 10)), Origin.OWN, "")
    assert level.better(20) == 70


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([], "at least one line"),
        ([Band(70, 10), Band(70, 20)], "twice"),
        ([Band(0, 10)], "from 0 to 100"),
        ([Band(101, 10)], "from 0 to 100"),
        ([Band(70, 0)], "need no line"),
        ([Band(70, 101)], "1 to 100"),
        ([Band(40, 10), Band(70, 40)], "cannot cost less"),
    ],
)
def test_what_is_no_table(bands: list[Band], said: str) -> None:
    with pytest.raises(Refused, match=said):
        ordered(bands)


def test_bands_are_put_in_order() -> None:
    assert ordered([Band(70, 10), Band(40, 70)]) == (Band(40, 70), Band(70, 10))


@pytest.mark.parametrize(
    "said", ["70=10 55=40 40=70", "40=70, 55=40,70=10", " 70 = 10%\n55: 40 ; 40=70 "]
)
def test_a_table_is_read_as_it_is_typed(said: str) -> None:
    assert read_bands(said) == NEW.bands
    assert read_bands(NEW.typed) == NEW.bands


@pytest.mark.parametrize(
    "said", ["", "70", "70=", "=10", "70=101", "101=10", "70=1.5", "a=b", "7=-1"]
)
def test_what_is_typed_and_no_table(said: str) -> None:
    with pytest.raises(Misread, match="like 70=10"):
        read_bands(said)


# --- improvements -------------------------------------------------------------------------------


def test_the_cheapest_way_to_70_is_counted_in_points() -> None:
    now = reckon([MANAGEMENT, *parts(50, 80, 70)], NEW)
    found = improvements(now)
    # 69.5 is needed, 2.625 more: 7 points of WP4 (weight 3/8), 9 of WP2 or WP3 (5/16)
    assert [(one.part.code, one.points) for one in found] == [("WP4", 7), ("WP2", 9), ("WP3", 9)]
    assert {(one.total, one.percent, one.saved) for one in found} == {(70, 0, None)}
    assert found[0].said == "WP4 from 70 to 77 (+7): the total becomes 70, paid in full"
    lifted = [replace(part, score=77) if part.code == "WP4" else part for part in parts(50, 80, 70)]
    assert reckon(lifted, NEW).total == 70
    one_less = [replace(part, score=76) if part.code == "WP4" else part for part in lifted]
    assert reckon(one_less, NEW).total == 69


def test_the_next_band_comes_before_70() -> None:
    now = reckon(parts(50, 50, 50), SURE)
    best = improvements(now)[0]
    assert (best.part.code, best.total, best.percent) == ("WP4", 55, 10)
    assert best.saved == 24 * THOUSAND
    assert best.say_saved("EUR") == "€ 24 000 less at risk"
    full = to_full(now)
    assert full is not None
    assert (full.total, full.percent) == (70, 0)
    assert [step.part.code for step in full.steps] == ["WP4", "WP2"]


def test_where_no_part_reaches_it_alone_the_heaviest_go_together() -> None:
    now = reckon(parts(0, 0, 0, money=(10, 10, 10)), NEW)
    found, *single = improvements(now)
    assert [one.way for one in single] == [Way.PART, Way.PART]
    assert [(step.part.code, step.to) for step in found.steps] == [("WP2", 100), ("WP3", 19)]
    assert (found.points, found.total, found.percent) == (119, 40, 40)


def test_parts_below_the_line_are_named_though_the_whole_is_paid() -> None:
    now = reckon(parts(60, 90, 80), SURE)
    assert now.total == 77
    (found,) = improvements(now)
    assert (found.way, found.points, found.saved) == (Way.PART, 10, None)
    assert "WP2 is below 70" in now.remarks[0]
    assert to_full(now) is None


def test_of_as_many_points_those_of_the_weakest_part_come_first() -> None:
    found = improvements(reckon(parts(60, 70, 50, money=(None,) * 3), NEW))
    assert [(one.part.code, one.points) for one in found] == [("WP4", 29), ("WP2", 29), ("WP3", 29)]


def test_the_same_points_are_named_once() -> None:
    # WP4 from 37 to 70 lifts the whole to 70, and is no longer below 70 itself
    found = improvements(reckon(parts(59, 80, 37), NEW))
    assert [(one.way, one.part.code, one.points) for one in found] == [
        (Way.TOTAL, "WP4", 33),
        (Way.TOTAL, "WP2", 39),
        (Way.PART, "WP2", 11),
    ]


def test_what_would_be_refused_comes_last() -> None:
    rows = parts(50, 80, 70)
    rows[1] = replace(rows[1], refused=100)
    found = improvements(reckon(rows, SURE))
    assert [one.way for one in found] == [Way.TOTAL] * 3
    full = parts(100, 100, 100)
    full[1] = replace(full[1], refused=100)
    (one,) = improvements(reckon(full, SURE))
    assert (one.way, one.saved) == (Way.REFUSED, 25 * THOUSAND)
    assert "get the 100 % accepted" in one.said


def test_a_plan_of_many_parts_is_reckoned_once_for_each_way() -> None:
    many = [Part(f"A{at}", "", 1000 + at, at % 60) for at in range(3000)]
    now = reckon(many, SURE, grant=10**9)
    assert len(improvements(now)) == 3
    assert to_full(now) is not None


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 100)), min_size=1, max_size=6))
def test_an_improvement_does_what_it_says_and_a_point_less_does_not(
    rows: list[tuple[int, int]],
) -> None:
    scored = [Part(f"P{at}", "", *row) for at, row in enumerate(rows)]
    now = reckon(scored, SURE)
    for one in improvements(now, most=9):
        if one.way is not Way.TOTAL:
            continue
        to = {step.part.code: step.to for step in one.steps}
        then = reckon((replace(part, score=to.get(part.code, part.score)) for part in scored), SURE)
        assert then.total == one.total
        assert then.percent == one.percent
        assert one.percent is not None
        assert now.percent is not None
        assert one.percent < now.percent
        last = one.steps[-1].part.code
        less = reckon(
            (
                replace(part, score=to.get(part.code, part.score) or 0)
                if part.code != last
                else replace(part, score=to[last] - 1)
                for part in scored
            ),
            SURE,
        )
        assert less.percent == now.percent
