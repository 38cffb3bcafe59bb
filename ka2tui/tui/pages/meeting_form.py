"""The form of a meeting: under its time stands the zone in which that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Input

from ka2tui.domain.countries import say_country
from ka2tui.domain.instants import doubt, say_odd
from ka2tui.domain.kinds import Precision
from ka2tui.domain.meeting_zone import ZoneFrom, choose_zone
from ka2tui.domain.refusal import Refused
from ka2tui.tui.dialogs.form import Entry, Form, Pick
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.meeting_words import city

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import time

    from ka2tui.domain.meeting_zone import MeetingZone
    from ka2tui.queries import meetings as views
    from ka2tui.queries.meeting_clocks import Zones
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled
else:
    views = lazily("ka2tui.queries.meetings")


class MeetingForm(Form):
    """Fields of a meeting, with its clock said as zone, host and country are filled in."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        zones: Zones,
        *,
        save: Callable[[Filled], Awaitable[Any]],
    ) -> None:
        """Make the form; `zones` are those of the partners."""
        super().__init__(title, fields, save=save)
        self._zones = zones

    @on(Input.Changed)
    @on(Pick.Changed)
    def clock_changed(self) -> None:
        """Say the clock again, once every field has said what it understood."""
        self.call_after_refresh(self._say_clock)

    def _say_clock(self) -> None:
        entries = {entry.field.name: entry for entry in self.query(Entry)}
        entry = entries["at"]
        if entry.has_class("-wrong"):
            return
        try:
            when, at, given, country, host = (
                entries[name].read() for name in ("when", "at", "zone", "country", "host_id")
            )
        except Refused:  # the field in question says so itself
            return
        if at is None:
            entry.say("")
            return
        hosts = None if host is None else self._zones.partners.get(host)
        taken = choose_zone(given, country=country, host=hosts, coordinator=self._zones.coordinator)
        day = when.day if when is not None and when.precision is Precision.DAY else None
        odd = doubt(day, at, taken.zone) if day is not None and taken is not None else None
        said = f"{at:%H:%M} {_said(taken, country)}"
        entry.say(said if odd is None else f"{said}. {odd}.")


def _said(taken: MeetingZone | None, country: str | None) -> str:
    """Say which zone is taken, and whose it is."""
    if taken is None:
        return "in which time zone? Say it below."
    town = city(taken.zone)
    if taken.source is ZoneFrom.COUNTRY and country:
        return f"{town}, the zone of {say_country(country)}"
    if taken.source is ZoneFrom.HOST:
        return f"{town}, the host's zone"
    if taken.source is ZoneFrom.COORDINATOR:
        return f"{town}, zone of the coordinator: check"
    return town


async def tell_odd(desk: Desk, found: Sequence[int], at: time | None) -> None:
    """Tell of a time of meetings that the clocks skip or show twice on their days.

    Args:
        desk: Where it is told.
        found: The ids of the meetings.
        at: The time of day that was asked for; None: none was.
    """
    if at is None:
        return
    rows = await desk.ask(views.some, found, today=desk.today)
    odd = [say_odd(at, row.local) for row in rows if row.local is not None]
    for sentence in dict.fromkeys(filter(None, odd)):
        desk.tell(f"Look at this: {sentence}.", severity="warning")
