"""Project months: counted from the project's first day, whatever day of the month that is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import timeline
from ka2tui.domain.refusal import Refused

STARTS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert timeline.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert timeline.add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert timeline.add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert timeline.add_months(date(2026, 11, 30), 14) == date(2028, 1, 30)


@pytest.mark.parametrize("months", [12 * 9000, -12 * 9000])
def test_the_calendar_has_an_end(months: int) -> None:
    with pytest.raises(Refused, match="beyond the calendar"):
        timeline.add_months(date(2026, 1, 1), months)


def test_the_months_of_a_real_project() -> None:
    start = date(2025, 12, 1)
    assert timeline.month_of(start, date(2025, 12, 1)) == 1
    assert timeline.month_of(start, date(2026, 11, 30)) == 12
    assert timeline.month_of(start, date(2025, 11, 30)) == 0
    assert timeline.month_start(start, 14) == date(2027, 1, 1)
    assert timeline.month_end(start, 14) == date(2027, 1, 31)
    assert timeline.project_end(start, 36) == date(2028, 11, 30)


def test_months_from_the_31st_never_overlap_nor_leave_a_gap() -> None:
    start = date(2026, 1, 31)
    begins = [timeline.month_start(start, month) for month in range(1, 6)]
    assert begins == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]
    assert timeline.month_of(start, date(2026, 3, 30)) == 2


@given(STARTS, st.integers(-24, 120))
def test_each_day_lies_in_one_month(start: date, month: int) -> None:
    first, last = timeline.month_start(start, month), timeline.month_end(start, month)
    assert first <= last
    assert timeline.month_of(start, first) == timeline.month_of(start, last) == month
    assert timeline.month_start(start, month + 1) == last + timedelta(days=1)


def test_months_are_said_with_an_m() -> None:
    assert timeline.say_month(14) == "M14"
    assert timeline.say_month(19, 20) == "M19-M20"
    assert timeline.say_month(19, 19) == "M19"
