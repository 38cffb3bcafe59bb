"""The period of a report, in project months."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain import periods
from ka2tui.domain.periods import Period, Span
from ka2tui.domain.refusal import Misread, Refused

START = date(2025, 10, 15)


@pytest.mark.parametrize(
    ("span", "today", "first"),
    [
        (Span.THIS_MONTH, date(2026, 11, 22), date(2026, 11, 15)),
        (Span.THIS_MONTH, date(2026, 11, 14), date(2026, 10, 15)),
        (Span.THREE_MONTHS, date(2026, 11, 22), date(2026, 9, 15)),
        (Span.THREE_MONTHS, date(2025, 12, 1), START),
        (Span.SINCE_START, date(2026, 11, 22), START),
        (Span.THREE_MONTHS, date(2025, 9, 20), date(2025, 7, 1)),
    ],
)
def test_a_named_period_begins_with_a_project_month(span: Span, today: date, first: date) -> None:
    assert periods.choose(span, START, today) == Period(first, today)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("M12-M13", date(2026, 9, 15), date(2026, 11, 14)),
        ("Jul-Sep 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("1 Sep 2026 to 22 Nov 2026", date(2026, 9, 1), date(2026, 11, 22)),
    ],
)
def test_a_period_is_read_as_quarter_months_or_days(text: str, first: date, last: date) -> None:
    assert periods.read(text, START, date(2026, 11, 22)) == Period(first, last)


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(Misread, match="Q3 2026"):
        periods.read("Q5 2026", START, date(2026, 11, 22))
    with pytest.raises(Refused, match="first day is not known"):
        periods.read("M3", None, date(2026, 11, 22))


def test_without_a_first_day_calendar_months_count() -> None:
    today = date(2026, 11, 22)
    assert periods.choose(Span.THREE_MONTHS, None, today).first == date(2026, 9, 1)
    assert periods.choose(Span.THIS_MONTH, None, today).first == date(2026, 11, 1)


def test_the_last_three_months_are_three_project_months() -> None:
    period = periods.choose(Span.THREE_MONTHS, START, date(2026, 11, 22))
    assert periods.say(period, START).endswith("(M12-M14)")
    assert Span.THREE_MONTHS.word == "the last three project months"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="before it begins"):
        periods.between(date(2026, 2, 1), date(2026, 1, 1))
    assert periods.between(START, START) == Period(START, START)


def test_a_period_is_said_with_its_project_months() -> None:
    period = Period(date(2026, 9, 1), date(2026, 11, 22))
    assert periods.say(period) == "1 September to 22 November 2026"
    assert periods.say(period, START) == "1 September to 22 November 2026 (M11-M14)"
    over = Period(date(2025, 12, 1), date(2026, 1, 31))
    assert periods.say(over) == "1 December 2025 to 31 January 2026"
    assert periods.say(Period(START, START), START) == "15 October 2025 (M1)"
    assert "M" not in periods.say(Period(date(2025, 1, 1), date(2025, 2, 1)), START)[1:]


def test_a_stretch_meets_a_period_on_its_edges() -> None:
    period = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert period.meets(date(2026, 1, 1), date(2026, 2, 1))
    assert period.meets(date(2026, 2, 28), None)
    assert not period.meets(date(2026, 3, 1), date(2026, 3, 2))
    assert not period.meets(None, None)
    assert period.holds(date(2026, 2, 28))
    assert not period.holds(None)
