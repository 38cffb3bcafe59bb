"""Recurrence: said in words, kept as a rule, followed to its end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.recurrence import anchored, fitting, next_day, read_rule, say_rule
from ka2tui.domain.refusal import Misread

DAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "rule", "said", "following"),
    [
        ("daily", "FREQ=DAILY", "every day", date(2026, 11, 23)),
        ("monthly", "FREQ=MONTHLY", "every month", date(2026, 12, 22)),
        ("every month", "FREQ=MONTHLY", "every month", date(2026, 12, 22)),
        ("Every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "every 2 weeks", date(2026, 12, 6)),
        ("every fortnight", "FREQ=WEEKLY;INTERVAL=2", "every 2 weeks", date(2026, 12, 6)),
        ("every two weeks", "FREQ=WEEKLY;INTERVAL=2", "every 2 weeks", date(2026, 12, 6)),
        ("every third week", "FREQ=WEEKLY;INTERVAL=3", "every 3 weeks", date(2026, 12, 13)),
        ("every six months", "FREQ=MONTHLY;INTERVAL=6", "every 6 months", date(2027, 5, 22)),
        ("every half year", "FREQ=MONTHLY;INTERVAL=6", "every 6 months", date(2027, 5, 22)),
        (
            "every other fri",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            "every 2 weeks on Fri",
            date(2026, 12, 4),
        ),
        ("weekly on mon", "FREQ=WEEKLY;BYDAY=MO", "every week on Mon", date(2026, 11, 23)),
        (
            "every friday and monday",
            "FREQ=WEEKLY;BYDAY=MO,FR",
            "every week on Mon and Fri",
            date(2026, 11, 23),
        ),
        (
            "every weekday",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "every weekday",
            date(2026, 11, 23),
        ),
        (
            "monthly on the 15th",
            "FREQ=MONTHLY;BYMONTHDAY=15",
            "every month on day 15",
            date(2026, 12, 15),
        ),
        (
            "every month on the last day",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "every month on the last day",
            date(2026, 11, 30),
        ),
        (
            "every month on the second tue",
            "FREQ=MONTHLY;BYDAY=2TU",
            "every month on the second Tue",
            date(2026, 12, 8),
        ),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3", "every 3 months", date(2027, 2, 22)),
        ("yearly", "FREQ=YEARLY", "every year", date(2027, 11, 22)),
        (
            "weekly until 1.12.2026",
            "FREQ=WEEKLY;UNTIL=20261201",
            "every week until 1 Dec 2026",
            date(2026, 11, 29),
        ),
        (
            "RRULE:FREQ=DAILY;UNTIL=20270630T000000Z;INTERVAL=1",
            "FREQ=DAILY;UNTIL=20270630",
            "every day until 30 Jun 2027",
            date(2026, 11, 23),
        ),
        (
            "byday=mo;interval=2;freq=weekly",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            "every 2 weeks on Mon",
            date(2026, 11, 30),
        ),
        (
            "FREQ=YEARLY;BYMONTH=2,6",
            "FREQ=YEARLY;BYMONTH=2,6",
            "every year in Feb and Jun",
            date(2027, 2, 22),
        ),
    ],
)
def test_a_rule_is_read_said_and_followed(text: str, rule: str, said: str, following: date) -> None:
    assert read_rule(text) == rule
    assert read_rule(rule) == rule
    assert say_rule(rule) == said
    assert next_day(rule, DAY) == following


@pytest.mark.parametrize(
    "text",
    [
        "sometimes",
        "",
        "every",
        "every 0 weeks",
        "every 500 days",
        "weekly on day 3",
        "weekly on mon and foo",
        "monthly on the 32nd",
        "weekly until soon",
        "weekly until M3",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=x",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=DAILY;UNTIL=20270231",
        "FREQ=DAILY;UNTIL=soon",
        "=",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        read_rule(text)


def test_a_number_of_times_is_refused_with_the_remedy() -> None:
    with pytest.raises(Misread, match="UNTIL"):
        read_rule("FREQ=DAILY;COUNT=3")


def test_a_rule_that_is_over_has_no_next_day() -> None:
    assert next_day("FREQ=WEEKLY;UNTIL=20261129", DAY) == date(2026, 11, 29)
    assert next_day("FREQ=WEEKLY;UNTIL=20261128", DAY) is None
    assert next_day("FREQ=WEEKLY;UNTIL=20200101", DAY) is None


def test_a_day_that_never_comes_is_not_searched_for_ever() -> None:
    assert next_day("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", DAY) is None


def test_monthly_from_the_31st_is_the_last_day_of_shorter_months() -> None:
    expected = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    assert fitting("FREQ=MONTHLY", date(2026, 1, 31), date(2026, 4, 30)) == expected


def test_a_rule_fixed_to_its_first_day_does_not_drift() -> None:
    rule = anchored("FREQ=MONTHLY", date(2026, 1, 31))
    assert next_day(rule, date(2026, 2, 28)) == date(2026, 3, 31)
    assert say_rule(rule) == "every month on day 31 or the last"
    assert read_rule(rule) == rule
    assert anchored("FREQ=MONTHLY", date(2026, 1, 28)) == "FREQ=MONTHLY"
    assert anchored("FREQ=WEEKLY", date(2026, 1, 31)) == "FREQ=WEEKLY"


def test_a_series_is_followed_for_500_days_at_most() -> None:
    series = fitting("FREQ=DAILY", DAY, date(2040, 1, 1))
    assert len(series) == 500
    assert series[0] == DAY
    assert fitting("FREQ=DAILY", DAY, date(2026, 1, 1)) == []
    until = fitting("FREQ=WEEKLY;UNTIL=20261130", DAY, date(2040, 1, 1))
    assert until == [DAY, date(2026, 11, 29)]


@given(st.text(max_size=30) | st.text("FREQDAILYWKMONTHBS=;,0123-+ ", max_size=40))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = read_rule(text)
    except Misread:
        return
    assert read_rule(rule) == rule
    assert say_rule(rule).startswith("every")
    following = next_day(rule, DAY)
    assert following is None or following > DAY
