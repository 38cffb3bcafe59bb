"""How the time of a meeting runs: what each point of its agenda took, and how far behind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.kinds import MeetingState
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MINUTE = 60


@frozen
class Stretch:
    """The time a point of an agenda has had so far."""

    planned: int | None
    """Minutes."""
    started: datetime | None
    """When it was last taken up."""
    ended: datetime | None
    """When it was last left; None while it goes on."""
    before: int = 0
    """Seconds it took before it was last taken up."""

    @property
    def begun(self) -> bool:
        """Whether it was ever taken up."""
        return self.started is not None

    @property
    def runs(self) -> bool:
        """Whether its clock goes."""
        return self.started is not None and self.ended is None

    def seconds(self, now: datetime) -> int:
        """Give how long it took until now; a clock that was set back takes nothing away."""
        if self.started is None:
            return 0
        return self.before + max(int(((self.ended or now) - self.started).total_seconds()), 0)

    @property
    def used(self) -> int | None:
        """Seconds it took in all, once its clock stands; None before, or if it never ran."""
        return None if self.ended is None else self.seconds(self.ended)

    def over(self, now: datetime) -> int:
        """Give by how many seconds it takes longer than planned; below 0 what is left of it.

        A point without a planned length is never over.
        """
        return 0 if self.planned is None else self.seconds(now) - self.planned * MINUTE


def goes_on(state: MeetingState, started_at: datetime | None, ended_at: datetime | None) -> bool:
    """Say whether a meeting was started and has not ended."""
    return state is MeetingState.PLANNED and started_at is not None and ended_at is None


def behind(points: Iterable[Stretch], now: datetime) -> int:
    """Give by how many seconds a meeting is behind its agenda; below 0 it is ahead.

    What was left counts in full, what goes on only once it takes longer than planned.
    """
    found = 0
    for point in points:
        if point.begun:
            over = point.over(now)
            found += max(over, 0) if point.runs else over
    return found


def say_clock(seconds: int) -> str:
    """Say a time that runs: 4:05, 1:04:05."""
    minutes, rest = divmod(max(seconds, 0), MINUTE)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def used(points: Iterable[Stretch]) -> int | None:
    """Give how many seconds points took in all, of those whose clock stands; None of none."""
    found = [point.used for point in points if point.used is not None]
    return sum(found) if found else None


def say_used(planned: int | None, used: int | None) -> str:
    """Say in minutes what was planned, and what was used where that is known.

    "15 min planned", "15 min planned, 13 used", "13 min used"; blank where nothing is known.

    Args:
        planned: Minutes.
        used: Seconds.
    """
    if used is None:
        return f"{planned} min planned" if planned else ""
    took = str(used // MINUTE) if used >= MINUTE else "under 1"
    return f"{planned} min planned, {took} used" if planned else f"{took} min used"


def whole_minutes(seconds: int) -> int:
    """Give the minutes that are full."""
    return seconds // MINUTE if seconds >= 0 else -(-seconds // MINUTE)
