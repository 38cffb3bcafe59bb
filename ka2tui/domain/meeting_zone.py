"""The zone in which the time of a meeting is meant, where nobody says it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ka2tui.domain.countries import zones_of


class ZoneFrom(StrEnum):
    """Where the zone of a meeting is taken from."""

    GIVEN = "given"
    COUNTRY = "country"
    HOST = "host"
    COORDINATOR = "coordinator"


class MeetingZone(NamedTuple):
    """A zone, and where it is taken from."""

    zone: str
    source: ZoneFrom


def choose_zone(
    given: str | None,
    *,
    country: str | None = None,
    host: str | None = None,
    coordinator: str | None = None,
) -> MeetingZone | None:
    """Choose the zone of a meeting: as given, of where it is, of its host, of the coordinator.

    Args:
        given: The zone that was named.
        country: Where the meeting is; it says nothing where a country has several zones.
        host: The zone of the partner who invites.
        coordinator: The zone of the coordinator.

    Returns:
        None where nothing is known.
    """
    if given:
        return MeetingZone(given, ZoneFrom.GIVEN)
    there = zones_of(country) if country else ()
    if len(there) == 1:
        return MeetingZone(there[0], ZoneFrom.COUNTRY)
    if host:
        return MeetingZone(host, ZoneFrom.HOST)
    return MeetingZone(coordinator, ZoneFrom.COORDINATOR) if coordinator else None
