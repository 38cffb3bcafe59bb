"""Moments that somebody wants to go back to."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.moments import read_moment, reads_as_moment
from ka2tui.domain.refusal import Misread

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10:30", "2026-11-22 10:30:59.999999"),
        ("9:05:30", "2026-11-22 09:05:30.999999"),
        ("2026-11-21 10:30", "2026-11-21 10:30:59.999999"),
        ("2026-11-21T10:30", "2026-11-21 10:30:59.999999"),
        ("21 Nov 10:30", "2026-11-21 10:30:59.999999"),
        ("yesterday at 18:00", "2026-11-21 18:00:59.999999"),
        ("2026-11-21", "2026-11-21 00:00:00"),
        ("21.11.2026", "2026-11-21 00:00:00"),
        ("yesterday", "2026-11-21 00:00:00"),
        ("today", "2026-11-22 00:00:00"),
        ("fri", "2026-11-20 00:00:00"),
        ("fri 9:00", "2026-11-20 09:00:59.999999"),
        ("24 Dec", "2025-12-24 00:00:00"),
        ("Dec 24", "2025-12-24 00:00:00"),
        ("24.12.", "2025-12-24 00:00:00"),
        ("31/12 9:00", "2025-12-31 09:00:59.999999"),
    ],
)
def test_a_moment_is_read(text: str, meant: str) -> None:
    assert read_moment(text, today=TODAY).isoformat(" ") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tomorrow", "2026-11-23 00:00:00"),
        ("+2d", "2026-11-24 00:00:00"),
        ("next monday", "2026-11-23 00:00:00"),
        ("2026-12-24", "2026-12-24 00:00:00"),
    ],
)
def test_what_is_still_to_come_is_not_taken_for_last_year(text: str, meant: str) -> None:
    assert read_moment(text, today=TODAY).isoformat(" ") == meant


@pytest.mark.parametrize("text", ["", "before import", "25:00", "2026-02-30", "M18", "[red]", "²"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        read_moment(text, today=TODAY)
    assert not reads_as_moment(text)


def test_a_number_reads_as_a_line_of_history() -> None:
    assert reads_as_moment("412")
