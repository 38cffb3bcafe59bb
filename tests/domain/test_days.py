"""Days: read as coordinators write them, refused with a remedy, said as they speak."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import days, timeline
from ka2tui.domain.days import read_day
from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Misread

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)  # a Sunday
START = date(2025, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/12/1", date(2026, 12, 1)),
        ("31.12.2026", date(2026, 12, 31)),
        ("31. 12. 2026", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        ("31 12 2026", date(2026, 12, 31)),
        ("1-2-2026", date(2026, 2, 1)),
        ("01/02/2026", date(2026, 2, 1)),
        ("１-2-2026", date(2026, 2, 1)),
        ("2026-01-31T00:00:00", date(2026, 1, 31)),
        ("2026-01-31 00:00", date(2026, 1, 31)),
        ("2026-01-31T09:30:00.000+01:00", date(2026, 1, 31)),
        ("12 January 2017", date(2017, 1, 12)),
        ("12 Jan. 2017", date(2017, 1, 12)),
        ("12-Jan-2017", date(2017, 1, 12)),
        ("January 12, 2017", date(2017, 1, 12)),
        ("the 3rd of March 2026", date(2026, 3, 3)),
        ("Thursday, 12 January 2017", date(2017, 1, 12)),
        ("Fri 4 Dec 2026", date(2026, 12, 4)),
        ("15 Ağustos 2026", date(2026, 8, 15)),
        ("15 AĞUSTOS 2026", date(2026, 8, 15)),
        ("29 Şubat 2028", date(2028, 2, 29)),
        ("3 maja 2026", date(2026, 5, 3)),
        ("12 października 2026", date(2026, 10, 12)),
        ("12 noiembrie 2026", date(2026, 11, 12)),
        ("12 de enero de 2017", date(2017, 1, 12)),
        ("1er août 2026", date(2026, 8, 1)),
        ("3. März 2026", date(2026, 3, 3)),
        ("3 giugno 2026", date(2026, 6, 3)),
        ("3 de março de 2026", date(2026, 3, 3)),
        ("5 Μαΐου 2026", date(2026, 5, 5)),
        ("5 ΜΑΡΤΙΟΥ 2026", date(2026, 3, 5)),
        ("3 maart 2026", date(2026, 3, 3)),
    ],
)
def test_a_day_is_read_the_same_wherever_the_reader_sits(text: str, day: date) -> None:
    read = read_day(text)
    assert (read.day, read.last, read.day_to, read.month) == (day, day, None, None)
    assert read.precision is Precision.DAY
    assert read.doubt is None


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_every_way_we_write_a_day_is_read_back(day: date) -> None:
    for text in (
        day.isoformat(),
        days.say_brief(day),
        days.say_long(day),
        days.say_day(day, date(1900, 1, 1)),
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y}",
    ):
        assert read_day(text).day == day


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.integers(1, 40))
def test_every_way_we_write_a_stretch_is_read_back(day: date, length: int) -> None:
    end = date.fromordinal(day.toordinal() + length)
    if end.year in timeline.YEARS:
        read = read_day(days.say_span(day, end))
        assert (read.day, read.day_to) == (day, end)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("17-18 November 2016", date(2016, 11, 17), date(2016, 11, 18)),
        ("12-15 January, 2017", date(2017, 1, 12), date(2017, 1, 15)),
        ("12–15 January 2017", date(2017, 1, 12), date(2017, 1, 15)),
        ("Jan 12-15, 2017", date(2017, 1, 12), date(2017, 1, 15)),
        ("17-18.11.2016", date(2016, 11, 17), date(2016, 11, 18)),
        ("17.-18.11.2016", date(2016, 11, 17), date(2016, 11, 18)),
        ("17.11.2016 - 18.11.2016", date(2016, 11, 17), date(2016, 11, 18)),
        ("2016-11-17 to 2016-11-18", date(2016, 11, 17), date(2016, 11, 18)),
        ("2016-11-17/2016-11-18", date(2016, 11, 17), date(2016, 11, 18)),
        ("30 Jan - 2 Feb 2026", date(2026, 1, 30), date(2026, 2, 2)),
        ("30 Dec - 2 Jan 2027", date(2026, 12, 30), date(2027, 1, 2)),
    ],
)
def test_a_stretch_of_days_has_two_ends(text: str, first: date, last: date) -> None:
    read = read_day(text)
    assert (read.day, read.day_to, read.last) == (first, last, last)
    assert read.precision is Precision.DAY


def test_the_published_dates_of_real_meetings_are_read(shared: Path) -> None:
    with (shared / "projects/consume_aware/tpm_meetings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    for row in rows:
        read = read_day(row["date_as_published"])
        assert str(read.day) == row["start"]
        assert str(read.last) == row["end"]


def test_month_labels_of_a_real_project_agree_with_its_project_months(shared: Path) -> None:
    folder = shared / "projects/green_finance"
    for name in ("meetings.csv", "mobilities.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                label, month = read_day(row["date_label"]), read_day(row["month"], start=START)
                assert (label.day, label.last) == (month.day, month.last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jan 2026", date(2026, 1, 1), date(2026, 1, 31)),
        ("2027-06", date(2027, 6, 1), date(2027, 6, 30)),
        ("06/2027", date(2027, 6, 1), date(2027, 6, 30)),
        ("Şubat 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("Jun-Jul 2027", date(2027, 6, 1), date(2027, 7, 31)),
        ("Nov 2026 - Jan 2027", date(2026, 11, 1), date(2027, 1, 31)),
    ],
)
def test_a_month_keeps_its_precision(text: str, first: date, last: date) -> None:
    read = read_day(text)
    assert (read.day, read.last, read.precision) == (first, last, Precision.MONTH)


def test_a_single_month_has_no_written_end() -> None:
    assert read_day("Jan 2026").day_to is None
    assert read_day("Jun-Jul 2027").day_to == date(2027, 7, 31)


@pytest.mark.parametrize(
    ("text", "month", "month_to"),
    [
        ("M3", 3, None),
        ("m 3", 3, None),
        ("month 3", 3, None),
        ("M19-M20", 19, 20),
        ("M19–20", 19, 20),
        ("P2 (M8)", 8, None),
        ("3", 3, None),
        ("19-20", 19, 20),
    ],
)
def test_project_months_become_days_where_the_start_is_known(
    text: str, month: int, month_to: int | None
) -> None:
    bare = read_day(text, allow_month=True)
    assert (bare.day, bare.last, bare.month, bare.month_to) == (None, None, month, month_to)
    dated = read_day(text, start=START)
    assert (dated.month, dated.month_to) == (month, month_to)
    assert dated.precision is Precision.MONTH
    assert dated.day == date(2025 + (month + 10) // 12, (month + 10) % 12 + 1, 1)
    assert dated.last is not None
    assert dated.last.day >= 28


def test_a_deadline_in_a_project_month_is_its_last_day() -> None:
    assert read_day("M3", start=START).last == date(2026, 2, 28)


def test_a_bare_number_is_a_month_only_where_months_are_expected() -> None:
    assert read_day("23", today=TODAY).day == date(2026, 11, 23)
    assert read_day("23", today=TODAY, start=START).month == 23
    assert read_day("23", today=TODAY, start=START, allow_month=False).day == date(2026, 11, 23)
    with pytest.raises(Misread, match="depends on the day"):
        read_day("23")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 11, 22)),
        ("Tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("mon", date(2026, 11, 23)),
        ("friday", date(2026, 11, 27)),
        ("sun", date(2026, 11, 29)),
        ("next monday", date(2026, 11, 23)),
        ("next sun", date(2026, 11, 29)),
        ("+3d", date(2026, 11, 25)),
        ("+2w", date(2026, 12, 6)),
        ("+1m", date(2026, 12, 22)),
        ("+1y", date(2027, 11, 22)),
        ("-2d", date(2026, 11, 20)),
        ("22", date(2026, 11, 22)),
        ("21", date(2026, 12, 21)),
        ("31", date(2026, 12, 31)),
        ("4 dec", date(2026, 12, 4)),
        ("21 nov", date(2027, 11, 21)),
        ("31.12.", date(2026, 12, 31)),
        ("1/2", date(2027, 2, 1)),
        ("29.2.", date(2028, 2, 29)),
        ("in 5 days", date(2026, 11, 27)),
        ("in 3 weeks", date(2026, 12, 13)),
        ("In a month", date(2026, 12, 22)),
        ("in two weeks", date(2026, 12, 6)),
        ("5 days ago", date(2026, 11, 17)),
        ("day after tomorrow", date(2026, 11, 24)),
        ("this friday", date(2026, 11, 27)),
        ("end of the month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of year", date(2026, 12, 31)),
        ("end of november", date(2026, 11, 30)),
        ("end of Feb", date(2027, 2, 28)),
    ],
)
def test_what_depends_on_today(text: str, day: date) -> None:
    assert read_day(text, today=TODAY).day == day
    with pytest.raises(Misread):
        read_day(text)


def test_every_way_we_say_how_far_a_day_is_is_read_back() -> None:
    for away in (-40, -2, -1, 0, 1, 2, 11, 400):
        day = TODAY + timedelta(days=away)
        assert read_day(days.say_until(day, TODAY), today=TODAY).day == day


def test_the_end_of_a_month_or_year_is_its_last_day() -> None:
    assert read_day("end of 2026").day == date(2026, 12, 31)
    assert read_day("end February 2028").day == date(2028, 2, 29)
    assert read_day("end of M3", start=START) == read_day("28 Feb 2026")
    assert read_day("next month", today=TODAY) == read_day("Dec 2026")
    with pytest.raises(Misread, match="fri or in 2 weeks"):
        read_day("end of the world", today=TODAY)


def test_next_friday_said_on_a_wednesday_is_not_this_friday() -> None:
    wednesday = date(2026, 11, 18)
    assert read_day("fri", today=wednesday).day == date(2026, 11, 20)
    assert read_day("next fri", today=wednesday).day == date(2026, 11, 27)


@pytest.mark.parametrize("text", ["1899-11-30", "1899-12-30", "30.12.1899", "1900-01-00"])
def test_an_empty_spreadsheet_date_is_told_as_such(text: str) -> None:
    with pytest.raises(Misread, match="spreadsheet shows for an empty date"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("31.2.2026", "February 2026 has 28 days"),
        ("29.2.2027", "February 2027 has 28 days"),
        ("30.2.", "February has no day 30"),
        ("12/13/2026", "the day comes first"),
        ("2026-13-01", "is no date, for there is no month 13: write it"),
        ("1.2.26", "four digits"),
        ("1 Jan 26", "four digits"),
        ("0026-01-01", "year outside"),
        ("M0", "from M1 to M120"),
        ("M121", "from M1 to M120"),
        ("M20-M19", "ends before it begins"),
        ("18-15 Jan 2026", "ends before it begins"),
        ("June 2026 - 3 July 2027", "mixes days and months"),
        ("+9999y", "too far away"),
        ("+200y", "too far away"),
        ("0", "not a day that comes"),
        ("46000", "not a date"),
        ("soon", "write it like 2026-12-01"),
        ("Q1 2026", "not a date"),
        ("1²", "not a date"),
        ("", "not a date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(text: str, remedy: str) -> None:
    with pytest.raises(Misread, match=remedy):
        read_day(text, today=TODAY)


@given(st.text(max_size=30) | st.from_regex(r"[0-9mM+./ -]{1,14}", fullmatch=True))
def test_any_text_is_read_or_refused(text: str) -> None:
    for start in (None, START):
        try:
            read = read_day(text, today=TODAY, start=start)
        except Misread:
            continue
        assert read.month is not None or read.day is not None
        assert read.day is None or read.last is None or read.day <= read.last


def test_a_name_of_two_months_is_read_with_a_doubt() -> None:
    read = read_day("1 listopada 2026")
    assert (read.day, read.doubt) == (date(2026, 11, 1), None)
    read = read_day("1 listopad 2026")
    assert read.day == date(2026, 11, 1)
    assert read.doubt is not None
    assert "Croatian" in read.doubt


def test_no_name_of_a_month_means_another_month_elsewhere() -> None:
    meanings: dict[str, set[int]] = {}
    for line in days._NAMES_BY_LANGUAGE:
        assert len(line.split()) == 12
        for month, names in enumerate(line.split(), start=1):
            for name in names.split("/"):
                meanings.setdefault(name, set()).add(month)
    assert [name for name, months in meanings.items() if len(months) > 1] == []


def test_days_are_said_as_people_speak() -> None:
    assert days.say_day(TODAY, TODAY) == "today"
    assert days.say_day(date(2026, 11, 23), TODAY) == "tomorrow"
    assert days.say_day(date(2026, 12, 4), TODAY) == "Fri 4 Dec"
    assert days.say_day(date(2027, 12, 4), TODAY) == "Sat 4 Dec 2027"
    assert days.say_day(date(2026, 11, 21), TODAY) == "Sat 21 Nov"
    assert days.say_day(date(2026, 12, 1), TODAY, Precision.MONTH) == "Dec 2026"


def test_lateness_is_said_only_of_what_is_late() -> None:
    assert days.say_late(date(2026, 11, 19), TODAY) == "3 d late"
    assert days.say_late(TODAY, TODAY) == ""
    assert days.say_due(date(2026, 11, 19), TODAY) == "3 d late"
    assert days.say_due(date(2026, 11, 23), TODAY) == "tomorrow"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 20), "2 days ago"),
        (date(2026, 11, 21), "yesterday"),
        (TODAY, "today"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 12, 4), "in 12 days"),
    ],
)
def test_how_far_a_day_is(day: date, said: str) -> None:
    assert days.say_until(day, TODAY) == said


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (date(2026, 10, 29), "for 24 days"),
        (date(2026, 11, 20), "for 2 days"),
        (date(2026, 11, 21), "since yesterday"),
        (TODAY, "since today"),
        (date(2026, 12, 4), "from 4 Dec 2026"),
    ],
)
def test_how_long_something_has_lasted(since: date, said: str) -> None:
    assert days.say_for(since, TODAY) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2026, 12, 3), date(2026, 12, 3), "3 Dec 2026"),
        (date(2026, 12, 3), date(2026, 12, 5), "3-5 Dec 2026"),
        (date(2026, 11, 30), date(2026, 12, 2), "30 Nov - 2 Dec 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Dec 2026 - 2 Jan 2027"),
    ],
)
def test_a_stretch_says_no_more_than_it_must(start: date, end: date, said: str) -> None:
    assert days.say_span(start, end) == said


def test_a_day_in_full() -> None:
    assert days.say_long(date(2026, 12, 4)) == "4 December 2026"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2027, 6, 1), None, "Jun 2027"),
        (date(2027, 6, 1), date(2027, 6, 30), "Jun 2027"),
        (date(2027, 6, 1), date(2027, 7, 31), "Jun-Jul 2027"),
        (date(2026, 12, 1), date(2027, 1, 31), "Dec 2026 - Jan 2027"),
    ],
)
def test_months_are_said_up_to_the_last_and_read_again(
    first: date, last: date | None, said: str
) -> None:
    assert days.say_calendar_month(first, last) == said
    again = read_day(said)
    assert again.day == first
    assert again.last == (last or date(2027, 6, 30))


def test_the_last_day_of_a_month_is_its_last_and_of_a_stretch_its_end() -> None:
    assert days.last_day(date(2027, 6, 1), None, Precision.MONTH) == date(2027, 6, 30)
    assert days.last_day(date(2027, 6, 1), date(2027, 7, 31), Precision.MONTH) == date(2027, 7, 31)
    assert days.last_day(date(2027, 6, 1), None, Precision.DAY) == date(2027, 6, 1)
    assert days.last_day(None, None, Precision.DAY) is None
