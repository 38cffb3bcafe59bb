"""Lateness that travels from task to task."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ka2tui.domain.dependencies import Link, Outlook, Planned, chain, outlook
from ka2tui.domain.kinds import LinkKind, TaskState

TODAY = date(2026, 11, 22)
OPEN, DONE, CANCELLED = TaskState.OPEN, TaskState.DONE, TaskState.CANCELLED


def november(day: int) -> date:
    return date(2026, 11, day)


def test_what_waits_for_a_late_task_is_late_with_it_and_names_the_cause() -> None:
    tasks = {
        1: Planned(None, november(18), OPEN),
        2: Planned(november(18), november(24), OPEN),
        3: Planned(november(24), november(26), OPEN),
    }
    found = outlook(tasks, [Link(2, 1), Link(3, 2)], TODAY)
    assert found[1] == Outlook(None, TODAY, 4, None)
    assert found[2] == Outlook(TODAY, november(28), 4, 1)
    assert found[3] == Outlook(november(28), november(30), 4, 2)
    assert chain(3, found) == [2, 1]


def test_days_to_spare_swallow_a_delay() -> None:
    tasks = {1: Planned(None, november(18), OPEN), 2: Planned(None, november(30), OPEN)}
    found = outlook(tasks, [Link(2, 1)], TODAY)
    assert found[2] == Outlook(TODAY, november(30), 0, None)


def test_what_is_done_or_given_up_holds_nobody() -> None:
    tasks = {
        1: Planned(None, november(10), DONE, november(12)),
        2: Planned(None, november(10), CANCELLED),
        3: Planned(november(20), november(25), OPEN),
    }
    found = outlook(tasks, [Link(3, 1), Link(3, 2)], TODAY)
    assert found[3] == Outlook(None, november(25), 0, None)


@pytest.mark.parametrize(
    ("kind", "lag", "start", "end"),
    [
        (LinkKind.FS, 2, november(26), november(29)),
        (LinkKind.FS, -3, None, november(25)),
        (LinkKind.SS, 4, november(24), november(27)),
        (LinkKind.FF, 3, None, november(27)),
        (LinkKind.SF, 9, None, november(29)),
    ],
)
def test_each_kind_of_link_holds_what_it_says(
    kind: LinkKind, lag: int, start: date | None, end: date
) -> None:
    tasks = {
        1: Planned(november(20), november(24), OPEN),
        2: Planned(november(22), november(25), OPEN),
    }
    found = outlook(tasks, [Link(2, 1, kind, lag)], TODAY)[2]
    assert (found.start, found.end) == (start, end)
    assert found.late == (end - november(25)).days


def test_without_dates_nothing_is_claimed() -> None:
    tasks = {1: Planned(None, None, OPEN), 2: Planned(None, november(25), OPEN)}
    found = outlook(tasks, [Link(2, 1)], TODAY)
    assert found == {1: Outlook(), 2: Outlook(end=november(25))}


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(-900, 900)), max_size=30),
    st.lists(st.none() | st.dates(), min_size=10, max_size=10),
)
def test_every_net_has_an_answer_even_one_that_goes_in_circles(
    links: list[tuple[int, int, int]], days: list[date | None]
) -> None:
    tasks = {at: Planned(None, day, OPEN) for at, day in enumerate(days)}
    found = outlook(tasks, [Link(a, b, lag=lag) for a, b, lag in links], TODAY)
    assert found.keys() == tasks.keys()
    for task, seen in found.items():
        assert task not in chain(task, found)
        assert seen.late >= 0


def test_a_long_chain_is_no_trouble() -> None:
    tasks = {at: Planned(None, november(18), OPEN) for at in range(5000)}
    found = outlook(tasks, [Link(at + 1, at, lag=1) for at in range(4999)], TODAY)
    assert found[4999].late == 4 + 4999
