"""Series of meetings: read in plain words, and the days they fall on."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain import meeting_series
from ka2tui.domain.refusal import Misread, Refused

TODAY, START, END = date(2026, 11, 22), date(2025, 10, 1), date(2027, 9, 30)


def read(text: str, first: date | None = None, end: date | None = END) -> meeting_series.Series:
    return meeting_series.read(text, first=first, today=TODAY, start=START, end=end)


@pytest.mark.parametrize(
    "text",
    [
        "first Tuesday of each month until M24",
        "on the first tue of every month until M24",
        "every month on the first tue until 30 Sep 2027",
        "each month on the first tuesday",
        "FREQ=MONTHLY;BYDAY=1TU",
    ],
)
def test_the_first_tuesday_of_each_month(text: str) -> None:
    found = read(text).days
    assert found[0] == date(2026, 12, 1)
    assert found[-1] == date(2027, 9, 7)
    assert len(found) == 10
    assert all(day.weekday() == 1 and day.day <= 7 for day in found)


def test_every_second_week_counts_from_the_first_meeting() -> None:
    assert read("every 2 weeks until 1 Jan 2027", date(2026, 12, 3)).days == (
        *(date(2026, 12, 3), date(2026, 12, 17), date(2026, 12, 31)),
    )


def test_a_first_day_that_the_rule_does_not_choose_is_none_of_the_series() -> None:
    found = read("weekly on mon until 15 Dec 2026", date(2026, 12, 3)).days
    assert found == (date(2026, 12, 7), date(2026, 12, 14))


def test_several_weekdays_are_told_apart_by_commas() -> None:
    for text in (
        "every week on mon, wed until 9 Dec 2026",
        "weekly on mon and wed, until 9 Dec 2026",
    ):
        assert [day.day for day in read(text, date(2026, 12, 1)).days] == [2, 7, 9]


def test_the_last_day_of_short_months_is_meant() -> None:
    found = read("monthly until 31 Mar 2027", date(2026, 12, 31)).days
    assert found == (
        *(date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)),
    )


def test_it_says_itself_with_its_days() -> None:
    assert str(read("monthly until 1 Feb 2027", date(2026, 12, 1))) == (
        "3 meetings: 1 Dec 2026, 1 Jan 2027, 1 Feb 2027"
    )
    assert "1 Dec 2026, 5 Jan 2027, 2 Feb 2027, 2 Mar 2027 … 7 Sep 2027" in str(
        read("first Tuesday of each month until M24")
    )


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("sometimes", Misread, "does not say how often"),
        ("monthly until 31 Feb 2027", Misread, "31 feb 2027"),
        ("monthly until M24 until M25", Misread, "says twice until when"),
        ("daily until M24", Refused, "a series has at most 120"),
        ("monthly until 1 Dec 2026", Refused, "only once"),
        ("monthly until 1 Nov 2026", Refused, "on no day"),
        ("", Misread, "does not say how often"),
    ],
)
def test_what_is_no_series_is_refused(text: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        read(text)


def test_without_an_end_that_of_the_project_is_taken_if_it_is_known() -> None:
    assert read("monthly").days[-1] <= END
    with pytest.raises(Misread, match="does not say until when"):
        read("monthly", end=None)
