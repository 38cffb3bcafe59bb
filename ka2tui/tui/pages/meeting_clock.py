"""The clock of a meeting in progress: the point that runs, and how far the meeting is behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import running
from ka2tui.tui import plain
from ka2tui.tui.widgets.details import Details, Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ka2tui.queries.meeting_minutes import ItemRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.tui.plain import Cell, Piece


EDGES = 2
"""Cells left free beside the line."""

LEAST = 3
"""Pieces that say which point runs, and for how long."""


class ClockLine(Details):
    """One line that is drawn anew each second, and is there only while the meeting goes on."""

    DEFAULT_CSS = """
    ClockLine { height: 1; display: none; }
    ClockLine.-runs { display: block; }
    """

    def __init__(self) -> None:
        """Make the line, hidden."""
        super().__init__(bare=True, id="clock")
        self.can_focus = False

    def tick(self, seen: MeetingDetails, now: datetime) -> None:
        """Say how late it is in the meeting."""
        self.set_class(seen.row.goes_on, "-runs")
        if seen.row.goes_on:
            said = fitting(list(pieces(seen, now)), self.size.width - EDGES)
            self.show([Line(said)])


def fitting(said: list[Piece], room: int) -> list[Piece]:
    """Leave out what is said last where it would be cut; the point that runs stays."""
    wide = [plain.width(text) for text, _ in plain.pieces(said)]
    fits = max((n for n in range(len(said) + 1) if sum(wide[:n]) <= room), default=0)
    return said if room <= 0 else said[: max(fits, LEAST)]


def pieces(seen: MeetingDetails, now: datetime) -> Iterator[Piece]:
    """Say which point runs and for how long, how far the meeting is behind, when it began."""
    runs = next((item for item in seen.agenda if item.time.runs), None)
    if runs is not None:
        yield from _point(seen, runs, now)
    elif any(not item.time.begun for item in seen.agenda):
        yield ("‖ break", "soon")
    elif seen.agenda:
        yield ("✓ agenda through", "strong")
    yield from _behind(seen, now)  # a narrow window leaves out what is said last
    started = seen.row.started_at
    if started is not None:
        begun = f"started {seen.row.wall(started):%H:%M}"
        yield (f"  {begun}" if seen.agenda else begun, "quiet")


def _point(seen: MeetingDetails, item: ItemRow, now: datetime) -> Iterator[Piece]:
    number = seen.agenda.index(item) + 1
    took, planned = running.say_clock(item.time.seconds(now)), item.minutes_planned
    yield (f"{plain.DOING} {number} of {len(seen.agenda)} ", "accent")
    yield (plain.cut(plain.line(item.title), 30), "strong")
    yield f"  {took} of {planned} min" if planned else f"  {took}"
    over = item.time.over(now)
    if over > 0:
        yield (f", over by {running.say_clock(over)} !", "late")


def _behind(seen: MeetingDetails, now: datetime) -> Iterator[Piece]:
    """Say how far the whole meeting is behind its agenda, in full minutes."""
    minutes = running.whole_minutes(running.behind((item.time for item in seen.agenda), now))
    if minutes > 0:
        yield (f"  {minutes} min behind", "late")
    elif minutes < 0:
        yield (f"  {-minutes} min ahead", "good")


def so_far(item: ItemRow, now: datetime) -> Cell:
    """Give the full minutes a point took, with a sign where that is more than planned."""
    if not item.time.begun:
        return ""
    took = running.whole_minutes(item.time.seconds(now))
    return (f"{took} !", "late") if item.time.over(now) >= running.MINUTE else str(took)
