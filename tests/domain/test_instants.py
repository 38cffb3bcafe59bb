"""Instants: one point in time, many clocks, also where summer time begins and ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import instants
from ka2tui.domain.instants import clocks, instant, local, read_time, read_zone
from ka2tui.domain.refusal import Misread

WARSAW, CURACAO, BANGKOK, AUCKLAND = (
    "Europe/Warsaw",
    "America/Curacao",
    "Asia/Bangkok",
    "Pacific/Auckland",
)
TPM = datetime(2026, 12, 3, 8, 30, tzinfo=UTC)


def test_an_instant_is_utc() -> None:
    moment = instant(date(2026, 12, 3), time(9, 30), WARSAW)
    assert moment == TPM
    assert moment.tzinfo is UTC
    assert instant(date(2026, 7, 3), time(9, 30), WARSAW) == datetime(2026, 7, 3, 7, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first() -> None:
    moment = instant(date(2026, 10, 25), time(2, 30), WARSAW)
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(date(2026, 10, 25), time(2, 30, fold=1), WARSAW) == moment


def test_a_time_that_is_skipped_moves_forward() -> None:
    moment = instant(date(2026, 3, 29), time(2, 30), WARSAW)
    assert local(moment, WARSAW).time() == time(3, 30)


@given(
    st.dates(date(2014, 1, 1), date(2040, 1, 1)),
    st.times(),
    st.sampled_from([WARSAW, CURACAO, BANGKOK, AUCKLAND, "Asia/Kathmandu", "UTC"]),
)
def test_the_clocks_show_again_what_was_entered(day: date, at: time, zone: str) -> None:
    moment = instant(day, at, zone)
    shown = local(moment, zone)
    skipped = shown.replace(tzinfo=UTC) - datetime.combine(day, at, tzinfo=UTC)
    assert skipped in {timedelta(0), timedelta(hours=1)}
    assert instant(shown.date(), shown.time(), zone) <= moment


def test_the_rules_come_from_the_zone_data_shipped_with_the_app() -> None:
    # Moldova's summer time begins at 01:00 UTC since 2022; older data still say midnight
    moment = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert local(moment, "Europe/Chisinau").hour == 2


def test_a_moment_without_a_zone_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        local(TPM.replace(tzinfo=None), WARSAW)


def test_every_zone_is_shown_once_with_its_day() -> None:
    shown = clocks(TPM, [WARSAW, CURACAO, WARSAW, AUCKLAND])
    assert [(clock.zone, f"{clock.at:%H:%M}", clock.days) for clock in shown] == [
        (WARSAW, "09:30", 0),
        (CURACAO, "04:30", 0),
        (AUCKLAND, "21:30", 0),
    ]
    late = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
    assert [clock.days for clock in clocks(late, [AUCKLAND, BANGKOK], home=WARSAW)] == [1, 1]
    assert [clock.days for clock in clocks(late, [AUCKLAND, WARSAW])] == [0, -1]
    assert clocks(TPM, []) == []


def test_clocks_are_said_with_their_cities() -> None:
    assert instants.say_clocks(TPM, [WARSAW, "America/Argentina/Buenos_Aires"]) == (
        "09:30 Warsaw · 05:30 Buenos Aires"
    )
    late = datetime(2026, 12, 3, 20, 0, tzinfo=UTC)
    assert instants.say_clocks(late, [WARSAW, BANGKOK]) == "21:00 Warsaw · 03:00 Bangkok next day"
    assert instants.say_clocks(late, [BANGKOK, WARSAW]) == (
        "03:00 Bangkok · 21:00 Warsaw the day before"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Europe/Warsaw", WARSAW),
        ("europe/warsaw", WARSAW),
        (" EUROPE / WARSAW ", WARSAW),
        ("Warsaw", WARSAW),
        ("new york", "America/New_York"),
        ("Istanbul", "Europe/Istanbul"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("Etc/GMT+2", "Etc/GMT+2"),
    ],
)
def test_a_zone_is_read_in_any_case(text: str, name: str) -> None:
    assert read_zone(text) == name


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Europe/Warsav", "did you mean Europe/Warsaw"),
        ("GMT+2", "continent and city"),
        ("../../etc/passwd", "not a time zone"),
        ("", "continent and city"),
        ("W. Europe Standard Time", "not a time zone"),
    ],
)
def test_what_is_no_zone_is_refused_with_the_nearest(text: str, remedy: str) -> None:
    with pytest.raises(Misread, match=remedy):
        read_zone(text)


def test_a_zone_nobody_has_is_refused_everywhere() -> None:
    with pytest.raises(Misread):
        instant(date(2026, 1, 1), time(9), "Europe/Atlantis")
    with pytest.raises(Misread):
        local(TPM, "../zones")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("14:00", time(14)),
        ("14h", time(14)),
        ("14:30:15", time(14, 30, 15)),
        ("9 am", time(9)),
        ("12:15 p.m.", time(12, 15)),
        ("12 am", time(0)),
        ("0:00", time(0)),
    ],
)
def test_a_time_of_day_is_read(text: str, at: time) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize("text", ["", "9", "0930", "24:00", "9:60", "13 pm", "0 am", "9:3", "noon"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Misread, match="not a time of day"):
        read_time(text)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "now"),
        (0.4, "in 24 min"),
        (3.5, "in 3 h"),
        (13, "tomorrow"),
        (26, "tomorrow"),
        (12 * 24, "in 12 days"),
        (-0.4, "24 min ago"),
        (-3, "3 h ago"),
        (-30, "yesterday"),
        (-24 * 5, "5 days ago"),
    ],
)
def test_how_far_an_instant_is(hours: float, said: str) -> None:
    assert instants.say_countdown(TPM, TPM - timedelta(hours=hours), WARSAW) == said
