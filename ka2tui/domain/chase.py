"""Chasing: what one partner owes, how a reminder should sound, and when it comes too soon."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ka2tui.domain.due import Due
from ka2tui.domain.kinds import Kind, Tone
from ka2tui.domain.silence import say_short
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ka2tui.domain.silence import Heard

COMING = 14
"""Days ahead within which something is told as coming."""

TOO_SOON = 3
"""Days after a reminder within which another one is one too many."""


class OwedKind(Kind):
    """What can be owed."""

    TASK = "task"
    DELIVERABLE = "deliverable"
    PAPER = "paper"


@frozen
class Owed:
    """Something a partner has not done or sent yet."""

    kind: OwedKind
    id: int
    """Of the task or deliverable; the place in the list, of a paper."""
    code: str | None
    title: str
    due: Due
    asked_on: date | None = None
    """Of a paper: when it was asked for."""
    meeting: str | None = None
    """Of an action: the meeting it was agreed at."""

    def late(self, today: date) -> bool:
        """Tell whether its day is over."""
        return self.due.day is not None and self.due.day < today

    def coming(self, today: date) -> bool:
        """Tell whether its day is near."""
        day = self.due.day
        return day is not None and 0 <= (day - today).days <= COMING


@frozen
class Person:
    """Somebody who writes, or is written to."""

    id: int
    name: str
    role: str | None = None
    email: str | None = None
    phone: str | None = None


@frozen
class Chased:
    """A reminder that was sent."""

    day: date
    tone: Tone | None


@frozen
class Reminder:
    """A reminder that is being sent."""

    partner: int
    tone: Tone
    text: str
    """The whole message."""
    contact_id: int | None = None


@frozen
class Case:
    """All that a reminder to one partner is made of; notes are not part of it."""

    partner: int
    called: str
    """Its acronym, else its name."""
    name: str
    project: str
    project_title: str
    agreement: str | None
    coordinator: str | None
    """The name of the organisation that coordinates."""
    sender: Person | None
    people: tuple[Person, ...]
    """Whom one can write to, who should be asked first."""
    late: tuple[Owed, ...]
    """Tasks and deliverables whose day is over, the oldest first."""
    coming: tuple[Owed, ...]
    agreed: tuple[Owed, ...]
    """Actions of meetings that have no day yet."""
    papers: tuple[Owed, ...]
    """Papers that are missing, and that the coordinator does not have to send first."""
    unnoted: int
    """Papers left out because nobody has noted any paper in this running project yet."""
    heard: Heard | None
    chased: tuple[Chased, ...]
    """Earlier reminders, newest first."""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to remind of: the message asks how things are."""
        return not (self.late or self.coming or self.agreed or self.papers)

    @property
    def unanswered(self) -> int:
        """How many reminders were sent since the partner was last heard from."""
        return unanswered(self.chased, self.heard)


def unanswered(chased: Iterable[Chased], heard: Heard | None) -> int:
    """Count the reminders after the last sign of life; one of the same day counts as answered."""
    return sum(heard is None or each.day > heard.day for each in chased)


def tone_for(unanswered: int) -> Tone:
    """Give the tone a reminder should have: it rises with those that had no answer."""
    return list(Tone)[min(unanswered, len(Tone) - 1)]


def next_tone(tone: Tone) -> Tone:
    """Give the tone that comes after another, the first one after the last."""
    tones = list(Tone)
    return tones[(tones.index(tone) + 1) % len(tones)]


def too_soon(last: Chased | None, today: date) -> str | None:
    """Warn of a reminder shortly after another one; None where none is near."""
    if last is None or (today - last.day).days >= TOO_SOON:
        return None
    days = (today - last.day).days
    when = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"Already chased {when}: give them a little time."


def say_chased(last: Chased | None, today: date) -> str:
    """Say when somebody was last reminded: last chased 5 Nov (friendly)."""
    if last is None:
        return "not chased yet"
    tone = f" ({last.tone.word})" if last.tone else ""
    return f"last chased {say_short(last.day, today)}{tone}"


def answer_by(today: date, days: int, coming: Iterable[Owed] = ()) -> date:
    """Give the working day by which an answer is asked for, so many days ahead at least.

    Where something falls due before, that day: an answer after it would come too late.
    """
    day = today + timedelta(days=days)
    day += timedelta(days=max(8 - day.isoweekday(), 0) if day.isoweekday() > 5 else 0)
    first = min((one.due.day for one in coming if one.due.day is not None), default=day)
    return max(min(first, day), today + timedelta(days=1))
