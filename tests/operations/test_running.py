"""A meeting in progress: which point runs, and what is kept of its time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import MeetingState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import agenda, meetings, projects, running
from ka2tui.queries import meetings as views
from ka2tui.store.portfolio import Portfolio

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.queries.meetings import MeetingDetails

TEN = datetime(2026, 12, 3, 9, tzinfo=UTC)
DAY = date(2026, 12, 3)


def after(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


@pytest.fixture
def tpm(portfolio: Portfolio, today: date) -> int:
    project = portfolio.do(projects.add, "SOLARIS", today=today).value
    made = portfolio.do(meetings.add, project, "TPM3", day=DAY, zone="Europe/Warsaw").value
    for title, minutes in (("Welcome", 15), ("Handbook", 40), ("Money", 30)):
        portfolio.do(agenda.add, made, title, minutes_planned=minutes)
    return made


def seen(portfolio: Portfolio, meeting: int) -> MeetingDetails:
    return portfolio.ask(views.one, meeting, today=DAY)


def minutes(portfolio: Portfolio, meeting: int, now: datetime) -> list[int]:
    return [item.time.seconds(now) // 60 for item in seen(portfolio, meeting).agenda]


def runs(portfolio: Portfolio, meeting: int) -> list[str]:
    return [item.title for item in seen(portfolio, meeting).agenda if item.time.runs]


def test_a_meeting_goes_from_point_to_point_and_ends_as_held(
    portfolio: Portfolio, tpm: int
) -> None:
    assert portfolio.do(running.start, tpm, now=TEN).label == "Start TPM3"
    assert seen(portfolio, tpm).row.goes_on
    assert runs(portfolio, tpm) == ["Welcome"]
    done = portfolio.do(running.move_on, tpm, now=after(13))
    assert done.label == "Go on to Handbook, TPM3"
    portfolio.do(running.move_on, tpm, now=after(65))
    assert minutes(portfolio, tpm, after(70)) == [13, 52, 5]
    assert portfolio.do(running.move_on, tpm, now=after(80)).value is None
    assert runs(portfolio, tpm) == []
    portfolio.do(running.end, tpm, now=after(90))
    row = seen(portfolio, tpm).row
    assert (row.state, row.started_at, row.ended_at) == (MeetingState.HELD, TEN, after(90))
    assert not row.goes_on
    assert minutes(portfolio, tpm, after(500)) == [13, 52, 15]


def test_a_break_takes_no_time_and_goes_on_with_the_same_point(
    portfolio: Portfolio, tpm: int
) -> None:
    portfolio.do(running.start, tpm, now=TEN)
    portfolio.do(running.move_on, tpm, now=after(15))
    portfolio.do(running.pause, tpm, now=after(25))
    assert minutes(portfolio, tpm, after(60 * 24)) == [15, 10, 0]
    done = portfolio.do(running.start, tpm, now=after(60 * 24))
    assert done.label == "Go on with TPM3"
    assert runs(portfolio, tpm) == ["Handbook"]
    assert minutes(portfolio, tpm, after(60 * 24 + 5)) == [15, 15, 0]
    assert seen(portfolio, tpm).row.started_at == TEN


def test_a_point_can_be_taken_before_its_turn_and_come_back_to(
    portfolio: Portfolio, tpm: int
) -> None:
    portfolio.do(running.start, tpm, now=TEN)
    welcome, _, money = (item.id for item in seen(portfolio, tpm).agenda)
    portfolio.do(running.take_up, money, now=after(5))
    portfolio.do(running.take_up, welcome, now=after(15))
    assert runs(portfolio, tpm) == ["Welcome"]
    assert minutes(portfolio, tpm, after(18)) == [8, 0, 10]
    portfolio.do(running.move_on, tpm, now=after(18))
    assert runs(portfolio, tpm) == ["Handbook"]
    portfolio.do(running.take_up, money, now=after(20))
    assert portfolio.do(running.move_on, tpm, now=after(21)).value is None, "nothing is left"


def test_undo_takes_the_step_back(portfolio: Portfolio, tpm: int) -> None:
    portfolio.do(running.start, tpm, now=TEN)
    portfolio.do(running.move_on, tpm, now=after(13))
    portfolio.undo()
    assert runs(portfolio, tpm) == ["Welcome"]
    assert minutes(portfolio, tpm, after(20)) == [20, 0, 0]


def test_times_are_kept_when_the_file_is_closed(tmp_path: Path, today: date) -> None:
    file = tmp_path / "kept.db"
    first = Portfolio.open(file, actor="Ana")
    project = first.do(projects.add, "SOLARIS", today=today).value
    made = first.do(meetings.add, project, "TPM3").value
    first.do(agenda.add, made, "Welcome")
    first.do(running.start, made, now=TEN)
    first.close()
    again = Portfolio.open(file, actor="Ana")
    assert minutes(again, made, after(7)) == [7]
    again.close()


def test_what_makes_no_sense_is_refused(portfolio: Portfolio, tpm: int) -> None:
    with pytest.raises(Refused, match="was not started yet"):
        portfolio.do(running.move_on, tpm, now=TEN)
    portfolio.do(running.start, tpm, now=TEN)
    with pytest.raises(Refused, match="goes on already"):
        portfolio.do(running.start, tpm, now=after(1))
    with pytest.raises(Refused, match="Welcome runs already"):
        portfolio.do(running.take_up, seen(portfolio, tpm).agenda[0].id, now=after(1))
    portfolio.do(running.pause, tpm, now=after(2))
    with pytest.raises(Refused, match="No clock runs"):
        portfolio.do(running.pause, tpm, now=after(3))
    with pytest.raises(Refused, match="end it first"):
        portfolio.do(meetings.set_state, [tpm], MeetingState.HELD)
    portfolio.do(running.end, tpm, now=after(4))
    with pytest.raises(Refused, match="has ended"):
        portfolio.do(running.pause, tpm, now=after(5))
    portfolio.do(meetings.set_state, [tpm], MeetingState.CANCELLED)
    with pytest.raises(Refused, match="plan it again first"):
        portfolio.do(running.start, tpm, now=after(6))


def test_marking_as_held_stops_the_clock(portfolio: Portfolio, tpm: int) -> None:
    portfolio.do(running.start, tpm, now=TEN)
    portfolio.do(meetings.set_state, [tpm], MeetingState.HELD, now=after(9))
    assert minutes(portfolio, tpm, after(99)) == [9, 0, 0]
    assert seen(portfolio, tpm).row.ended_at == after(9)


def test_a_meeting_ended_too_early_is_taken_up_again(portfolio: Portfolio, tpm: int) -> None:
    portfolio.do(running.start, tpm, now=TEN)
    portfolio.do(running.end, tpm, now=after(5))
    portfolio.do(running.start, tpm, now=after(10))
    row = seen(portfolio, tpm).row
    assert (row.goes_on, row.ended_at) == (True, None)
    assert minutes(portfolio, tpm, after(12)) == [7, 0, 0]


def test_a_meeting_without_an_agenda_has_a_beginning_and_an_end(
    portfolio: Portfolio, tpm: int
) -> None:
    for item in seen(portfolio, tpm).agenda:
        portfolio.do(agenda.remove, item.id)
    portfolio.do(running.start, tpm, now=TEN)
    assert portfolio.do(running.move_on, tpm, now=after(1)).value is None
    portfolio.do(running.end, tpm, now=after(30))
    assert seen(portfolio, tpm).row.ended_at == after(30)
