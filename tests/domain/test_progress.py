"""Progress: what is done, what time has passed, and how the two compare."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain import progress
from ka2tui.domain.progress import Part, Standing, bar

FIRST, LAST = date(2026, 1, 1), date(2026, 1, 10)


@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2025, 12, 1), 0),
        (FIRST, 0),
        (date(2026, 1, 6), 50),
        (LAST, 90),
        (date(2026, 1, 11), 100),
        (date(2027, 1, 1), 100),
    ],
)
def test_the_share_of_time_that_has_passed(today: date, share: int) -> None:
    assert progress.elapsed(FIRST, LAST, today) == share


def test_a_deliverable_counts_as_three_tasks() -> None:
    assert progress.work_done(1, 2) == 50
    assert progress.work_done(0, 3, 1, 1) == 50
    assert progress.work_done(0, 0) is None
    assert progress.share_done(Part(1, 3), Part(0, 0, 5)) == 33


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_all_is_done_only_when_all_is_done(done: int, left: int, ready: int, open_: int) -> None:
    share = progress.work_done(done, done + left, ready, ready + open_)
    if share is not None:
        assert 0 <= share <= 100
        assert (share == 100) == (left == open_ == 0)


@pytest.mark.parametrize(
    ("done", "passed", "standing"),
    [
        (None, 50, None),
        (50, 50, Standing.ON_TIME),
        (40, 50, Standing.ON_TIME),
        (39, 50, Standing.BEHIND),
        (61, 50, Standing.AHEAD),
        (100, 100, Standing.ON_TIME),
        (0, 0, Standing.ON_TIME),
        (99, 100, Standing.ON_TIME),
    ],
)
def test_work_is_compared_with_time(
    done: int | None, passed: int, standing: Standing | None
) -> None:
    assert progress.standing(done, passed) is standing


def test_a_standing_has_a_word() -> None:
    assert [each.word for each in Standing] == ["ahead", "on time", "behind"]


def test_slip_is_counted_from_the_date_to_the_deed_or_to_today() -> None:
    due, today = date(2026, 11, 20), date(2026, 11, 22)
    assert progress.slip(due, today) == 2
    assert progress.slip(date(2026, 12, 1), today) == 0
    assert progress.slip(due, today, done_on=date(2026, 11, 18)) == -2
    assert progress.slip(due, today, done_on=due) == 0


def test_slip_is_said_in_words() -> None:
    assert [progress.say_slip(days) for days in (-2, 0, 3)] == ["2 d early", "on time", "3 d late"]


@pytest.mark.parametrize(
    ("share", "mark", "drawn"),
    [
        (60, 60, "▓▓▓▓▓▓|░░░"),
        (58, 75, "▓▓▓▓▓▓░|░░"),
        (0, None, "░░░░░░░░░░"),
        (1, None, "▓░░░░░░░░░"),
        (99, None, "▓▓▓▓▓▓▓▓▓░"),
        (100, None, "▓▓▓▓▓▓▓▓▓▓"),
        (100, 100, "▓▓▓▓▓▓▓▓▓|"),
        (250, 0, "|▓▓▓▓▓▓▓▓▓"),
        (-5, -5, "|░░░░░░░░░"),
    ],
)
def test_a_bar_is_full_only_when_all_is_done(share: int, mark: int | None, drawn: str) -> None:
    assert bar(share, mark=mark) == drawn


@given(st.integers(-50, 200), st.integers(0, 60), st.none() | st.integers(-50, 200))
def test_a_bar_is_as_wide_as_it_was_asked_to_be(share: int, width: int, mark: int | None) -> None:
    assert len(bar(share, width, mark)) == width
