from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain import indicators as rules
from ka2tui.domain.indicators import Aim, Standing, Value
from ka2tui.domain.refusal import Misread

TODAY = date(2026, 11, 22)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def values(*pairs: tuple[date, str]) -> list[Value]:
    return [Value(*pair) for pair in pairs]


def aim(baseline: str | None, target: str | None, *, rising: bool = True) -> Aim:
    return Aim(baseline, target, rising, FIRST, LAST)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [
        ("0", "90", "45", 50),
        ("14", "5", "9.5", 50),
        ("10", "20", "5", -50),
        ("10", "20", "25", 150),
        ("0", "0.3", "0.1", 33),
        ("0", "9" * 20, "1", 0),
        ("50", "50", "50", 100),
        ("50", "50", "49", 0),
        (None, "90", "45", None),
        ("0", None, "45", None),
        ("0", "ninety", "45", None),
    ],
)
def test_the_share_of_the_way_is_exact_and_rounded_down(
    baseline: str | None, target: str | None, value: str, share: int | None
) -> None:
    assert rules.way(aim(baseline, target), value) == share


def test_a_falling_indicator_is_reached_from_above() -> None:
    falling = aim("14", "5")
    assert not rules.rises("14", "5")
    assert not rules.reached(falling, "5.1")
    assert rules.reached(falling, "5")
    assert rules.reached(falling, "-3")
    assert rules.reached(aim(None, "5", rising=False), "4")
    assert not rules.reached(aim(None, "5"), "4")


def test_the_numbers_say_which_way_is_better_where_they_differ() -> None:
    assert rules.rises("0", "5", said=False)
    assert not rules.rises("5", "5", said=False)
    assert rules.rises(None, "5")


def test_where_it_leads_is_a_straight_line_said_in_words() -> None:
    course = rules.course(
        aim("0", "100"),
        values((date(2026, 3, 1), "10"), (date(2026, 6, 9), "30.5")),
        today=TODAY,
    )
    assert course.standing is Standing.BEHIND
    assert (course.way, course.passed) == (30, 43)
    # 20.5 in 100 days, 205 days to go
    assert course.expected == "72.5"
    assert rules.say_expected(aim("0", "100"), course, "persons") == (
        "If it goes on like this: 72.5 persons by 31 Dec 2026, short of the target "
        "(a straight line through the first and the last measurement)."
    )
    assert rules.say_standing(course) == "behind: 30 % of the way after 43 % of the time"


def test_one_measurement_leads_nowhere_and_of_one_day_the_last_counts() -> None:
    day = date(2026, 6, 9)
    course = rules.course(aim("0", "100"), values((day, "10"), (day, "12")), today=TODAY)
    assert course.last == Value(day, "12")
    assert course.expected is None
    assert "two measurements on different days" in rules.say_expected(aim("0", "100"), course)


def test_values_of_a_later_day_and_nonsense_are_left_out() -> None:
    course = rules.course(aim("0", "10"), values((date(2027, 1, 1), "9")), today=TODAY)
    assert course.standing is Standing.NOT_MEASURED
    course = rules.course(aim("0", "10"), values((FIRST, "many")), today=TODAY)
    assert course.standing is Standing.UNKNOWN


def test_after_its_day_it_is_reached_or_missed() -> None:
    short = values((date(2026, 6, 1), "9"), (date(2026, 12, 1), "9"))
    later = date(2027, 2, 1)
    assert rules.course(aim("0", "10"), short, today=later).standing is Standing.MISSED
    there = values((date(2026, 6, 1), "10"))
    assert rules.course(aim("0", "10"), there, today=later).standing is Standing.REACHED


def test_small_drawings_show_what_there_is() -> None:
    some = values((FIRST, "1"), (date(2026, 3, 1), "5"), (date(2026, 9, 1), "3"))
    assert rules.spark(some) == "▁█▄"
    assert rules.spark(some[:1]) == ""
    assert rules.spark(values((FIRST, "2"), (LAST, "2"))) == "▄▄"
    lines = rules.chart(some, aim("0", "10"), room=40)
    assert sum(line.count("●") for line in lines) == 3
    assert lines[0].startswith("10 ┤┄")
    assert max(map(len, lines)) <= 40
    assert rules.chart([], aim("0", "10"), room=40) == []
    huge = values((FIRST, "9" * 20), (LAST, "-" + "9" * 20))
    assert max(map(len, rules.chart(huge, aim(None, None), room=24))) <= 48


@pytest.mark.parametrize(
    ("said", "value", "day", "source"),
    [
        ("251", "251", TODAY, None),
        ("62 % 12 Nov", "62", date(2026, 11, 12), None),
        ("1 234,5 yesterday export", "1234.5", date(2026, 11, 21), "export"),
        ("6.5 2026-11-01 [red] =1+1", "6.5", date(2026, 11, 1), "[red] =1+1"),
        ("3 on 3 Dec, minutes", "3", date(2025, 12, 3), "minutes"),
        ("251 fri", "251", date(2026, 11, 20), None),
        ("5 3 lists", "5", TODAY, "3 lists"),
        ("12 persons", "12", TODAY, "persons"),
    ],
)  # fmt: skip
def test_a_measurement_is_one_line(said: str, value: str, day: date, source: str | None) -> None:
    assert rules.read_line(said, today=TODAY)[:3] == (value, day, source)


@pytest.mark.parametrize("said", ["", "x", "4 tomorrow", "7 12 Dec 2026", "12.11.2026 5"])
def test_a_line_without_a_value_or_of_a_day_to_come_is_misread(said: str) -> None:
    with pytest.raises(Misread):
        rules.read_line(said, today=TODAY)
