"""When a partner was last heard from, by what, and how a reminder follows from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ka2tui.domain import chase, silence
from ka2tui.domain.chase import Chased
from ka2tui.domain.kinds import Tone
from ka2tui.domain.silence import Heard, Sign

TODAY = date(2026, 11, 22)


def ago(days: int, sign: Sign = Sign.MAIL) -> Heard:
    return Heard(TODAY - timedelta(days), sign)


def test_the_latest_sign_counts_whatever_it_is() -> None:
    signs = [ago(30, Sign.MEETING), ago(19, Sign.CALL), ago(25, Sign.TASK)]
    last = silence.latest(signs, TODAY)
    assert silence.say(last, TODAY) == "silent 19 days, last: call on 3 Nov"
    assert silence.say_brief(last, TODAY) == "19 d, call"


def test_what_is_still_to_come_is_no_sign() -> None:
    assert silence.latest([ago(-1)], TODAY) is None
    assert silence.say(None, TODAY) == "never heard from"
    assert silence.days_silent(None, TODAY) is None


def test_of_one_day_a_message_is_named_before_a_delivery() -> None:
    last = silence.latest([ago(2, Sign.TASK), ago(2, Sign.MAIL)], TODAY)
    assert last is not None
    assert last.sign is Sign.MAIL


def test_today_and_other_years_are_said_as_they_are() -> None:
    assert silence.say(ago(0, Sign.CHAT), TODAY) == "heard from today: chat"
    assert silence.say(ago(1), TODAY) == "silent 1 day, last: mail on 21 Nov"
    assert silence.say(ago(365), TODAY).endswith("22 Nov 2025")


def test_the_tone_rises_with_reminders_that_had_no_answer() -> None:
    sent = [Chased(TODAY - timedelta(days), Tone.FRIENDLY) for days in (4, 9, 20)]
    assert chase.tone_for(chase.unanswered([], None)) is Tone.FRIENDLY
    assert chase.tone_for(chase.unanswered(sent, ago(9))) is Tone.CLEAR
    assert chase.tone_for(chase.unanswered(sent, ago(10))) is Tone.FORMAL
    assert chase.tone_for(chase.unanswered(sent, None)) is Tone.FORMAL
    assert chase.tone_for(chase.unanswered(sent, ago(4))) is Tone.FRIENDLY


def test_tones_follow_each_other_in_a_circle() -> None:
    assert [chase.next_tone(tone) for tone in Tone] == [Tone.CLEAR, Tone.FORMAL, Tone.FRIENDLY]


@pytest.mark.parametrize(("days", "warned"), [(0, True), (1, True), (2, True), (3, False)])
def test_a_reminder_within_three_days_of_another_is_warned_of(days: int, *, warned: bool) -> None:
    last = Chased(TODAY - timedelta(days), Tone.CLEAR)
    assert (chase.too_soon(last, TODAY) is not None) is warned
    assert chase.too_soon(None, TODAY) is None


def test_an_answer_is_asked_for_on_a_working_day() -> None:
    for days in range(14):
        assert chase.answer_by(TODAY, days).isoweekday() <= 5
        assert chase.answer_by(TODAY, days) >= TODAY + timedelta(days)
    assert chase.answer_by(date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_it_is_said_when_somebody_was_last_chased() -> None:
    assert chase.say_chased(None, TODAY) == "not chased yet"
    last = Chased(date(2026, 11, 5), Tone.FRIENDLY)
    assert chase.say_chased(last, TODAY) == "last chased 5 Nov (friendly)"
