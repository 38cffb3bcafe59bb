"""The grant as a matrix: work packages and activities down, partners across, and every sum.

Where a work package has shares of its own they count; else those of its activities do. So each
cent is counted once, whichever way the money was divided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ka2tui.domain import money
from ka2tui.domain.plan_money import Divided, total
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

Spot = tuple[int, int]
"""A work package, activity or heading and a partner, by their ids."""

OWN = 0
"""Stands in the place of a partner for the amount of the work package itself."""

MOST_DECIMALS = 4


class UnitLine(NamedTuple):
    """One row: a work package, activity or heading."""

    id: int
    code: str
    title: str
    parent: int | None
    """The work package it is part of, where that stands here too."""


class PartnerColumn(NamedTuple):
    """One column."""

    id: int
    called: str
    left: bool = False
    """Whether it has left the consortium."""


@dataclass(frozen=True)
class Matrix:
    """All amounts of a project, as they stand or as they are being typed; all in cents."""

    units: tuple[UnitLine, ...]
    """As a tree: activities below their work package."""
    partners: tuple[PartnerColumn, ...]
    cells: Mapping[Spot, int | None]
    """Shares by unit and partner; with `OWN` for the partner the amount of the unit."""
    grant: int | None
    currency: str

    def at(self, unit: int, partner: int) -> int | None:
        """Give what stands in a cell."""
        return self.cells.get((unit, partner))

    def with_cells(self, typed: Mapping[Spot, int | None]) -> Matrix:
        """Give the matrix with other amounts in some cells."""
        return replace(self, cells={**self.cells, **typed})

    @cached_property
    def parts(self) -> dict[int, tuple[int, ...]]:
        """The activities of each work package."""
        found: dict[int, list[int]] = {}
        for unit in self.units:
            if unit.parent is not None:
                found.setdefault(unit.parent, []).append(unit.id)
        return {unit: tuple(parts) for unit, parts in found.items()}

    @cached_property
    def _shared(self) -> frozenset[int]:
        """The units with shares of their own."""
        return frozenset(
            unit for (unit, who), cents in self.cells.items() if who != OWN and cents is not None
        )

    def counts(self, unit: UnitLine) -> bool:
        """Whether the shares of a row count: those of its work package take their place."""
        if unit.parent is not None:
            return unit.parent not in self._shared
        return unit.id in self._shared or unit.id not in self.parts

    def whole(self, unit: int) -> int | None:
        """Give the money of a row: its own, else that of its activities; None: not known."""
        own = self.at(unit, OWN)
        if own is not None:
            return own
        inside = [
            cents for part in self.parts.get(unit, ()) if (cents := self.at(part, OWN)) is not None
        ]
        return total(inside) if inside else None

    def share(self, unit: int, partner: int) -> int | None:
        """Give what a partner has of a row: as written, else in its activities."""
        if unit in self._shared or unit not in self.parts:
            return self.at(unit, partner)
        inside = [
            cents for part in self.parts[unit] if (cents := self.at(part, partner)) is not None
        ]
        return total(inside) if inside else None

    def row(self, unit: int) -> Divided:
        """Give the money of a row, and what all partners have of it."""
        return Divided(self.whole(unit), total(self.share(unit, it.id) for it in self.partners))

    def inside(self, unit: int) -> Divided | None:
        """Give the money of a work package and that of its activities, where both are known."""
        parts = [
            cents for it in self.parts.get(unit, ()) if (cents := self.at(it, OWN)) is not None
        ]
        own = self.at(unit, OWN)
        return None if own is None or not parts else Divided(own, total(parts))

    def inside_shares(self, unit: int) -> Divided | None:
        """Give the shares of a work package and those of its activities, where both are known."""
        if unit not in self._shared or not self._shared.intersection(self.parts.get(unit, ())):
            return None
        own = total(self.at(unit, it.id) for it in self.partners)
        return Divided(
            own, total(self.at(at, it.id) for at in self.parts[unit] for it in self.partners)
        )

    @cached_property
    def counted(self) -> dict[Spot, int]:
        """The cells that the sums are made of: each cent once."""
        counting = {unit.id for unit in self.units if self.counts(unit)}
        known = {partner.id for partner in self.partners}
        return {
            spot: cents
            for spot, cents in self.cells.items()
            if cents is not None and spot[0] in counting and spot[1] in known
        }

    def column(self, partner: int) -> int:
        """Give all that a partner has."""
        return sum(cents for (_, who), cents in self.counted.items() if who == partner)

    @property
    def shared_out(self) -> int:
        """All that partners have."""
        return sum(self.counted.values())

    @property
    def planned(self) -> int:
        """All that the work plan comes to."""
        return total(self.whole(unit.id) for unit in self.units if unit.parent is None)

    @property
    def of_grant(self) -> Divided:
        """The grant and the work plan."""
        return Divided(self.grant, self.planned)

    @property
    def of_plan(self) -> Divided:
        """The work plan, else the grant, and all shares."""
        return Divided(self.planned or self.grant, self.shared_out)


def evenly(whole: int, many: int) -> list[int]:
    """Split an amount into equal parts, to the cent; the first ones are a cent larger.

    Raises:
        Refused: There is nobody to split it among, or it is below zero.
    """
    if many < 1:
        raise Refused("There is nobody to split it among.")
    if whole < 0:
        raise Refused("An amount below zero cannot be split.")
    each, rest = divmod(whole, many)
    return [each + (place < rest) for place in range(many)]


def by_percent(whole: int, percents: Sequence[Fraction]) -> list[int]:
    """Split an amount by percentages that come to 100, to the cent.

    Raises:
        Refused: They do not come to 100, or something is below zero.
    """
    come_to = sum(percents, Fraction(0))
    if come_to != 100:
        raise Refused(f"The percentages come to {say_percent(come_to)}, not to 100 %.")
    return money.split(whole, [percent / 100 for percent in percents])


def read_percent(text: str) -> Fraction:
    """Read a percentage from 0 to 100: 40, 33.3, 33,3 %, 1/3 of the whole as 33 1/3.

    Raises:
        Misread: It is none.
    """
    bare = clean(text).removesuffix("%").strip().replace(",", ".")
    whole, _, part = bare.partition(" ")
    try:
        if not bare.replace(".", "").replace("/", "").replace(" ", "").isdecimal():
            raise ValueError
        found = Fraction(whole) + (Fraction(part) if part else 0)
    except (ValueError, ZeroDivisionError):
        raise Misread(f"{quoted(text)} is not a percentage: write it like 40 or 33.3.") from None
    if not 0 <= found <= 100:
        raise Misread(f"{quoted(text)} is not between 0 and 100 per cent.")
    return found


def say_percent(percent: Fraction) -> str:
    """Write a percentage: 40 %, 33.33 %."""
    if percent.denominator == 1:
        return f"{percent.numerator} %"
    scale = 10**MOST_DECIMALS
    scaled = round(percent * scale)
    digits = f"{scaled % scale:0{MOST_DECIMALS}d}".rstrip("0")
    return f"{scaled // scale}.{digits} %" if digits else f"{scaled // scale} %"
