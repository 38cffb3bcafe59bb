from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ka2tui.domain.running import Stretch, behind, say_clock, whole_minutes

TEN = datetime(2026, 12, 3, 10, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def test_a_point_takes_what_it_took_before_a_break_and_since() -> None:
    left = Stretch(45, TEN, after(20), before=600)
    assert left.seconds(after(300)) == 30 * 60
    assert not left.runs
    runs = Stretch(45, TEN, None, before=600)
    assert runs.runs
    assert (runs.seconds(after(20)), runs.over(after(40))) == (30 * 60, 5 * 60)


def test_a_clock_that_was_set_back_takes_nothing_away() -> None:
    assert Stretch(45, TEN, None, before=60).seconds(after(-90)) == 60


def test_a_point_not_begun_or_without_a_length_is_never_over() -> None:
    assert not Stretch(45, None, None).begun
    assert Stretch(45, None, None).seconds(after(9)) == 0
    assert Stretch(None, TEN, None).over(after(900)) == 0


def test_what_goes_on_counts_only_once_it_is_over() -> None:
    welcome, handbook = Stretch(15, TEN, after(13)), Stretch(40, after(13), None)
    ahead = Stretch(30, None, None)
    assert behind((welcome, handbook, ahead), after(20)) == -2 * 60
    assert behind((welcome, handbook, ahead), after(65)) == (12 - 2) * 60


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (245, "4:05"), (3845, "1:04:05"), (-3, "0:00")]
)
def test_a_running_time_is_said(seconds: int, said: str) -> None:
    assert say_clock(seconds) == said


def test_only_full_minutes_count_either_way() -> None:
    assert [whole_minutes(one) for one in (59, 60, 119, -59, -61)] == [0, 1, 1, 0, -1]
