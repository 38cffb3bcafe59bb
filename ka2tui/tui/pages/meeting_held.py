"""The day on which a meeting was really held, where that is not the one it was planned for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import days
from ka2tui.domain.kinds import MeetingState
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import meeting_words as words

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.operations import meetings
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.tui.desk import Desk
else:
    meetings = lazily("ka2tui.operations.meetings")


def held_on(row: MeetingRow, today: date) -> date | None:
    """Give the day a meeting that is marked as held now was held, where it was another one.

    The day on which its clock was started; without a clock today, where it was still to come.
    """
    if row.state is not MeetingState.PLANNED:
        return None
    if row.goes_on and row.started_at is not None:
        day = row.wall(row.started_at).date()
    elif row.day is not None and row.day > today:
        day = today
    else:
        return None
    return None if day in row.days else day


async def offer_date(desk: Desk, row: MeetingRow) -> None:
    """Offer that the date of a meeting becomes the day on which it was held.

    Args:
        desk: Where to ask.
        row: The meeting as it was before it was marked as held.
    """
    from ka2tui.tui.dialogs.ask import Ask

    day = held_on(row, desk.today)
    if day is None:
        return
    said = days.say_day(day, desk.today)
    planned = words.when(row, desk.today, hour=False)
    about = "It had no date." if row.day is None else f"It was planned for {planned}."
    question = Ask(
        f"Was {plain.cut(plain.line(row.title), 40)} held {said}?",
        about=f"{about} With yes, the day it was held becomes its date.",
        yes="change the date",
    )
    if await desk.push_screen_wait(question):
        await desk.do(meetings.move, row.id, day)
