from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.due import Due, Step
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.spans import (
    Span,
    dated,
    ending,
    example,
    put_off,
    read_span,
    say_as_read,
    say_calendar,
    say_span,
)

START, TODAY = date(2025, 12, 1), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "span", "said"),
    [
        ("M4-M18", Span(4, 18), "M4-M18 · Mar 2026-May 2027"),
        ("M4", Span(4, 4), "M4 · Mar 2026"),
        ("4-6", Span(4, 6), "M4-M6 · Mar-May 2026"),
        ("1 Mar 2026 - 31 May 2026", Span(4, 6, date(2026, 3, 1), date(2026, 5, 31)),
         "1 Mar - 31 May 2026"),
        ("3 Mar 2026", Span(4, 4, date(2026, 3, 3), date(2026, 3, 3)), "3 Mar 2026"),
    ],
)  # fmt: skip
def test_months_and_dates_are_read_and_said(text: str, span: Span, said: str) -> None:
    read = read_span(text, today=TODAY, start=START)
    assert read == span
    assert say_span(read, START) == said
    assert read_span(str(read), today=TODAY, start=START) == read


@pytest.mark.parametrize("text", ["soon", "M18-M4", "M400", "31 Feb 2026"])
def test_what_is_neither_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Misread):
        read_span(text, today=TODAY, start=START)


def test_the_example_of_a_form_can_be_typed_and_lies_within_the_project() -> None:
    months, days_ = example(START).split(", ")
    assert read_span(months, today=TODAY, start=START) == Span(2, 6)
    read = read_span(days_, today=TODAY, start=START)
    assert (read.start, read.end) == (date(2026, 1, 1), date(2026, 5, 31))
    assert example(None).startswith("M2-M6, ")


def test_days_before_the_project_lie_in_none_of_its_months() -> None:
    span = dated(date(2025, 11, 3), date(2025, 12, 4), START)
    assert (span.start_month, span.end_month) == (None, 1)
    assert say_calendar(date(2026, 3, 1), None) == "Mar 2026"


def test_what_is_late_is_put_off_from_today() -> None:
    was = Span(1, 6)
    late = put_off(was, Step(months=1), begun=True, start=START, late_from=TODAY)
    assert late == Span(1, 13)
    assert put_off(was, Step(months=-2), begun=True, start=START) == Span(1, 4)


def test_days_move_days_and_months_stay_with_months() -> None:
    was = dated(date(2026, 3, 1), date(2026, 3, 10), START)
    moved = put_off(was, Step(days=7), begun=False, start=START)
    assert (moved.start, moved.end) == (date(2026, 3, 8), date(2026, 3, 17))
    assert ending(Span(4, 6), Due(date(2026, 8, 3)), begun=True, start=START) == Span(4, 9)
    for span, by in ((Span(4, 6), Step(days=3)), (Span(4), Step(months=1))):
        with pytest.raises(Refused):
            put_off(span, by, begun=True, start=START)
    with pytest.raises(Refused, match="before it begins"):
        put_off(Span(4, 6), Step(months=-3), begun=True, start=START)
    with pytest.raises(Refused, match="M121"):
        put_off(Span(4, 120), Step(months=1), begun=True, start=None)


@pytest.mark.parametrize("text", ["M4-M30", "M25", "1 Mar 2026 - 1 Dec 2027", "M4-M31"])
def test_work_that_goes_on_after_the_project_is_said_where_it_is_typed(text: str) -> None:
    span = read_span(text, today=TODAY, start=START)
    said = say_as_read(span, START, date(2027, 11, 30))
    assert said == f"{span} goes on after the project's last day, 30 Nov 2027."
    for end in (date(2028, 12, 31), None):
        assert say_as_read(span, START, end) == say_span(span, START)
