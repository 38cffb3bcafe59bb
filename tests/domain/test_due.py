from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.days import read_day
from ka2tui.domain.due import (
    Due,
    Step,
    due,
    due_of,
    held_to,
    moved,
    next_after,
    read_due,
    read_step,
    say_as_read,
    say_due,
    write_due,
)
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Misread, Refused

START = date(2025, 10, 1)


@pytest.mark.parametrize(
    ("text", "step", "said"),
    [
        ("3d", Step(days=3), "3 days"),
        ("1w", Step(days=7), "1 week"),
        ("2 weeks", Step(days=14), "2 weeks"),
        ("10 days", Step(days=10), "10 days"),
        ("1m", Step(months=1), "1 month"),
        ("-1W", Step(days=-7), "1 week"),
        ("1 year", Step(months=12), "12 months"),
    ],
)
def test_a_step_is_read_and_said(text: str, step: Step, said: str) -> None:
    assert read_step(text) == step
    assert str(step) == said


@pytest.mark.parametrize("text", ["", "0d", "a week", "1 fortnight", "M3", "99999d"])
def test_what_is_no_step_is_refused(text: str) -> None:
    with pytest.raises(Misread, match="not a stretch of time"):
        read_step(text)


def test_a_deadline_ends_with_the_month_it_names() -> None:
    assert due_of(read_day("M14", start=START)) == Due(date(2026, 11, 30), 14, Precision.MONTH)
    assert due_of(read_day("M14-M15", start=START)).day == date(2026, 12, 31)
    assert due_of(read_day("Feb 2028")) == Due(date(2028, 2, 29), None, Precision.MONTH)
    assert due_of(read_day("2026-12-01")) == Due(date(2026, 12, 1))


def test_a_project_month_stands_while_the_start_of_the_project_is_unknown() -> None:
    planned = due(None, 18)
    assert planned == Due(None, 18, Precision.MONTH)
    assert moved(planned, Step(months=2)) == Due(None, 20, Precision.MONTH)
    with pytest.raises(Refused, match="planned for M18 only: move it by months"):
        moved(planned, Step(days=7))


@pytest.mark.parametrize("month", [0, -1, 121])
def test_months_outside_every_project_are_refused(month: int) -> None:
    with pytest.raises(Refused, match="is not a project month"):
        due(None, month, start=START)


def test_the_last_day_of_a_month_stays_the_last_day() -> None:
    april = due(date(2026, 4, 3), None, Precision.MONTH)
    assert april.day == date(2026, 4, 30)
    assert moved(april, Step(months=1)).day == date(2026, 5, 31)
    assert moved(Due(date(2026, 1, 31)), Step(months=1)).day == date(2026, 2, 28)


def test_what_is_late_can_be_moved_from_another_day() -> None:
    today = date(2026, 11, 22)
    late = Due(date(2026, 11, 2))
    assert moved(late, Step(days=7)).day == date(2026, 11, 9)
    assert moved(late, Step(days=7), late_from=today).day == date(2026, 11, 29)
    month = due(None, 10, start=START)
    assert moved(month, Step(months=1), start=START, late_from=today).month == 15


def test_nothing_is_moved_beyond_the_calendar() -> None:
    with pytest.raises(Refused, match="beyond the calendar"):
        moved(Due(date(9999, 12, 31)), Step(days=1))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Due(), "no date"),
        (Due(date(2026, 12, 4)), "4 Dec 2026"),
        (Due(date(2026, 12, 31), None, Precision.MONTH), "Dec 2026"),
        (Due(date(2026, 11, 30), 14, Precision.MONTH), "M14"),
    ],
)
def test_a_deadline_is_said_as_it_was_planned(given: Due, said: str) -> None:
    assert str(given) == said


@pytest.mark.parametrize(
    ("rule", "day", "held"),
    [
        ("FREQ=WEEKLY", date(2026, 12, 7), "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=MONTHLY;INTERVAL=3", date(2026, 12, 5), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5"),
        ("FREQ=YEARLY", date(2026, 12, 5), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"),
        ("FREQ=DAILY;INTERVAL=3", date(2026, 12, 5), "FREQ=DAILY;INTERVAL=3"),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 12, 5), "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_a_series_is_held_to_its_day(rule: str, day: date, held: str) -> None:
    assert held_to(rule, day) == held


def test_the_end_of_the_month_is_held_in_shorter_months() -> None:
    rule = held_to("FREQ=MONTHLY", date(2027, 1, 31))
    assert next_after(rule, date(2027, 1, 31), START) == date(2027, 2, 28)


def test_the_next_of_a_series_is_not_past() -> None:
    assert next_after("FREQ=WEEKLY", date(2026, 8, 3), date(2026, 11, 22)) == date(2026, 11, 23)
    assert next_after("FREQ=WEEKLY;UNTIL=20260901", date(2026, 8, 3), date(2026, 11, 22)) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("M18", "Mar 2027 M18"),
        ("feb 2027", "Feb 2027"),
        ("23", "tomorrow"),
        ("2026-11-20", "2 d late"),
        ("fri", "Fri 27 Nov"),
    ],
)
def test_a_deadline_is_read_said_and_written_so_that_it_reads_the_same(
    text: str, said: str
) -> None:
    today = date(2026, 11, 22)
    read = read_due(text, today=today, start=START)
    assert say_due(read, today) == said
    assert read_due(write_due(read), today=today, start=START) == read


def test_no_deadline_says_nothing() -> None:
    assert say_due(Due(), START) == ""
    assert write_due(Due()) == ""
    assert say_due(due(None, 18), START) == "M18"
    paid = due(None, 3, start=START)
    assert say_due(paid, date(2027, 1, 1)).endswith("late")
    assert say_due(paid, date(2027, 1, 1), over=True) == "Dec 2025 M3"


@pytest.mark.parametrize(
    ("day", "end", "said"),
    [
        (date(1990, 1, 1), None, "13474 d late"),
        (date(1989, 12, 31), None, "31 Dec 1989 is 37 years ago: is the year right?"),
        (date(2077, 1, 1), None, "1 Jan 2077 is 51 years away: is the year right?"),
        (date(2026, 12, 31), date(2026, 12, 31), "Thu 31 Dec"),
        (
            *(date(2027, 1, 1), date(2026, 12, 31)),
            "1 Jan 2027 is after the project's last day, 31 Dec 2026.",
        ),
    ],
)
def test_what_may_be_a_slip_is_said_where_it_is_typed(
    day: date, end: date | None, said: str
) -> None:
    assert say_as_read(Due(day), date(2026, 11, 22), end) == said
