"""The log: codes, states in the words of each kind, what is late."""

from __future__ import annotations

from datetime import date

from ka2tui.domain import logs
from ka2tui.domain.kinds import LogKind, LogState

TODAY = date(2026, 11, 22)


def test_each_kind_says_its_end_in_its_own_words() -> None:
    assert logs.state_word(LogKind.ISSUE, LogState.DONE) == "settled"
    assert logs.state_word(LogKind.CHANGE, LogState.REJECTED) == "refused"
    assert logs.state_word(LogKind.CHANGE, LogState.GOING_ON) == "in work"


def test_what_is_not_settled_after_its_day_is_late() -> None:
    day = date(2026, 11, 21)
    assert logs.is_late(LogState.OPEN, day, TODAY)
    assert not logs.is_late(LogState.OPEN, TODAY, TODAY)
    assert not logs.is_late(LogState.DONE, day, TODAY)
    assert not logs.is_late(LogState.OPEN, None, TODAY)


def test_a_decision_that_was_taken_is_not_open() -> None:
    assert not logs.is_open(LogKind.DECISION, LogState.DECIDED)
    assert logs.is_open(LogKind.CHANGE, LogState.DECIDED)
    assert logs.is_open(LogKind.DECISION, LogState.OPEN)


def test_every_field_of_a_kind_is_one_of_the_record() -> None:
    from ka2tui.store.records import LogEntry

    for fields in logs.FIELDS.values():
        assert all(hasattr(LogEntry, name) for name in fields)
