"""Letters: what is owed, and threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ka2tui.domain import letters
from ka2tui.domain.kinds import Direction


@dataclass(frozen=True)
class Letter:
    id: int
    day: date
    direction: Direction = Direction.IN
    answer_by: date | None = None
    answered_on: date | None = None
    answers_id: int | None = None


def day(number: int) -> date:
    return date(2026, 11, number)


def test_only_what_came_in_is_owed_an_answer() -> None:
    assert letters.to_answer(Direction.IN, day(4), None)
    assert not letters.to_answer(Direction.IN, day(4), day(3))
    assert not letters.to_answer(Direction.IN, None, None)
    assert not letters.to_answer(Direction.OUT, day(4), None)
    assert letters.waits_for(Direction.OUT, day(4), None)


def test_an_answer_says_re_once() -> None:
    assert letters.answer_subject("Visit") == "Re: Visit"
    assert letters.answer_subject("RE: Visit") == "RE: Visit"


def test_threads_stand_newest_first_and_what_is_to_be_answered_above() -> None:
    old = Letter(1, day(1))
    answer = Letter(2, day(9), Direction.OUT, answers_id=1)
    news = Letter(3, day(20))
    late = Letter(4, day(2), answer_by=day(30))
    later = Letter(5, day(3), answer_by=day(31 - 2))
    found = letters.threads([old, answer, news, late, later])
    assert [[one.id for one in each] for each in found] == [[5], [4], [3], [1, 2]]


def test_letters_that_answer_each_other_are_one_thread() -> None:
    found = letters.threads([Letter(1, day(1), answers_id=2), Letter(2, day(2), answers_id=1)])
    assert [[one.id for one in each] for each in found] == [[1, 2]]


def test_an_answer_to_a_letter_that_is_gone_begins_a_thread() -> None:
    assert len(letters.threads([Letter(7, day(1), answers_id=99)])) == 1
