"""Unit rates: what a day of work and a journey cost in older projects, and to plan with."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, every, once, rows, table, text, texts, whole
from ka2tui.domain.kinds import Kind
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_BANDS = "rates/distance_bands.toml"
_STAFF = "rates/staff_ka_2020.toml"
_OLDER = 2020
"""The last call of the programme before this one."""
_CALLS = (2000, 2100)
_LONGEST_KM = 41_000
_MOST_EUR = 1_000_000


class StaffCategory(Kind):
    """Whose day of work it is, as the tables of unit costs part them."""

    MANAGER = "manager"
    TEACHER = "teacher_trainer_researcher", "teacher, trainer, researcher"
    TECHNICIAN = "technician"
    ADMINISTRATIVE = "administrative"


@frozen
class Band:
    """What one person's journey costs from one distance to another."""

    first_km: int
    last_km: int
    cents: int
    green_cents: int | None
    """None: no other amount for green travel."""

    def amount(self, people: int, *, green: bool) -> int:
        """Give what a journey of some people costs, in cents."""
        each = self.green_cents if green and self.green_cents is not None else self.cents
        return each * people


@frozen
class Source:
    """Where amounts come from, and for which calls they were read."""

    name: str
    calls_from: int
    calls_to: int | None
    source: str
    place: str
    confirmed: bool
    note: str

    def holds(self, call_year: int | None) -> bool:
        """Whether it is for projects of a call; where that is not known, only what still holds."""
        if call_year is None:
            return self.calls_to is None
        return self.calls_from <= call_year <= (self.calls_to or _CALLS[1])

    @property
    def said(self) -> str:
        """Name it, and say how sure it is."""
        return self.name if self.confirmed else f"{self.name} (not confirmed: check your agreement)"


@frozen
class Bands:
    """Amounts by distance."""

    id: str
    about: Source
    bands: tuple[Band, ...]

    def find(self, km: int) -> Band | None:
        """Give the band a distance lies in; None where none is for it."""
        return next((band for band in self.bands if band.first_km <= km <= band.last_km), None)


@frozen
class StaffRates:
    """What a day of work costs, by country and category."""

    about: Source
    by_country: Mapping[str, Mapping[StaffCategory, int]]

    def cents(self, country: str | None, category: StaffCategory) -> int | None:
        """Give the rate of a day; None where the table has none for that country."""
        return self.by_country.get(country or "", {}).get(category)


def call_of(call_year: int | None, start: date | None) -> int | None:
    """Give the call year; where it is not known, a project begun by 2020 tells the one it had."""
    if call_year is None and start is not None and start.year <= _OLDER:
        return start.year
    return call_year


def distance_bands(own: Path | None = None) -> tuple[Bands, ...]:
    """Read the bands of distance, the user's own where there are some.

    Raises:
        DataFault: They are missing.
        Malformed: They are not written as they should be.
    """
    return own_files.one(_BANDS, _every_band, own)


def _every_band(data: Mapping[str, Any], file: str) -> tuple[Bands, ...]:
    found = every(data, "bands", file, _bands)
    once((each.id for each in found), f"{file}: the bands")
    return found


def bands_for(
    call_year: int | None, own: Path | None = None, *, currency: str = "EUR"
) -> Bands | None:
    """Give the bands that a project of a call begins with: the first that are for it, in euros."""
    if currency != "EUR":
        return None
    return next((it for it in distance_bands(own) if it.about.holds(call_year)), None)


def staff_rates(own: Path | None = None) -> StaffRates:
    """Read what a day of work costs, the user's own table where there is one.

    Raises:
        DataFault: It is missing.
        Malformed: It is not written as it should be.
    """
    return own_files.one(_STAFF, _every_rate, own)


def _every_rate(data: Mapping[str, Any], file: str) -> StaffRates:
    by_country: dict[str, Mapping[StaffCategory, int]] = {}
    for countries, cents in every(data, "rate", file, _rate):
        once((*by_country, *countries), f"{file}: the country")
        by_country |= dict.fromkeys(countries, cents)
    return StaffRates(_about(data, file), by_country)


def _rate(
    row: Mapping[str, Any], place: str
) -> tuple[tuple[str, ...], Mapping[StaffCategory, int]]:
    """Read what days cost in some countries."""
    eur = table(row.get("eur"), f"{place}, eur")
    cents = {
        category: _eur(eur, category.value, place)
        for category in StaffCategory
        if category.value in eur
    }
    return texts(row, "countries", place), cents


def _about(row: Mapping[str, Any], place: str) -> Source:
    least, most = _CALLS
    return Source(
        name=text(row, "name", place),
        calls_from=whole(row, "calls_from", place, least=least, most=most),
        calls_to=(
            whole(row, "calls_to", place, least=least, most=most) if "calls_to" in row else None
        ),
        source=text(row, "source", place),
        place=text(row, "place", place, ""),
        confirmed=row.get("confirmed") is True,
        note=text(row, "note", place, ""),
    )


def _bands(row: Mapping[str, Any], place: str) -> Bands:
    about, found = _about(row, place), []
    for where, band in rows(row, "band", place):
        km = band.get("km")
        if (
            not isinstance(km, list)
            or len(km) != 2
            or not all(type(one) is int and 0 <= one <= _LONGEST_KM for one in km)
            or km[0] > km[1]
        ):
            raise Malformed(f"{where}: km is the first and the last kilometre.")
        green = _eur(band, "green_eur", where) if "green_eur" in band else None
        found.append(Band(km[0], km[1], _eur(band, "eur", where), green))
    found.sort(key=lambda band: band.first_km)
    for one, next_ in pairwise(found):
        if one.last_km >= next_.first_km:
            raise Malformed(f"{place}: {one.last_km} km is in two bands.")
    return Bands(text(row, "id", place), about, tuple(found))


def _eur(row: Mapping[str, Any], key: str, place: str) -> int:
    return whole(row, key, place, least=0, most=_MOST_EUR) * 100
