"""A line to type when something is due."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ka2tui.domain.due import Due, read_due, say_as_read, write_due
from ka2tui.tui.dialogs.line import Line

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.tui.desk import Desk


async def ask_due(
    desk: Desk, title: str, stands: Due | None, *, start: date | None, end: date | None = None
) -> Due | None:
    """Ask when something is due; None where that was left as it is.

    Args:
        desk: Where it is asked.
        title: What is dated.
        stands: What stands there; None: several things, each with a date of its own.
        start: The first day of the project, for its months.
        end: Its last day, where what comes later may be a slip.
    """
    read = partial(read_due, today=desk.today, start=start)
    written = "" if stands is None else write_due(stands)
    text = await desk.push_screen_wait(
        Line(
            title,
            value=written,
            placeholder="fri, +2w, 12 Jan, Feb 2027, M18; empty: no date",
            read=lambda said: say_as_read(read(said), desk.today, end),
            empty=True,
            anew=True,
        )
    )
    if text is None or (stands is not None and text == written):
        return None
    return read(text) if text else Due()
