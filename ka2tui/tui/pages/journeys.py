"""Travel: journeys to meetings with their distance, green or not, planned and used."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages.money_list import MoneyList
from ka2tui.tui.widgets.details import Fact, Head, Line, Private, Words
from ka2tui.tui.widgets.record_table import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ka2tui.domain.rates import Bands
    from ka2tui.operations import journeys
    from ka2tui.queries import journeys as views
    from ka2tui.queries.journeys import JourneyRow, Journeys
    from ka2tui.tui.plain import Cell
    from ka2tui.tui.widgets.details import Item
else:
    journeys = lazily("ka2tui.operations.journeys")
    views = lazily("ka2tui.queries.journeys")


class JourneysPage(MoneyList):
    """The journeys, with the bands of distance at the side."""

    MODE = "journeys"
    LIST = "journey"
    RECORD = "journey"
    SHOWS = frozenset({"journey", "partner", "meeting", "project", "cost"})
    NAME = "Travel"
    NOTHING = "Journey"
    WORD = "journey"
    EMPTY = "No journeys yet. Press n to add one."
    HELP = (
        "Journeys with their distance, one way in a straight line. The amount is that of the band "
        "of distance until you write another; green travel has amounts of its own where the table "
        "has some."
    )

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._journeys: Journeys | None = None

    def columns(self, rows: Sequence[JourneyRow]) -> list[Column]:
        """Give each column the room that these journeys need."""
        who = plain.longest([row.partner or "" for row in rows], 7, 14)
        to = plain.longest([row.meeting or "" for row in rows], 2, 14)
        planned = plain.longest([self.amount(row.amount_cents) for row in rows], 7, 18)
        used = plain.longest([self.amount(row.used_cents) for row in rows], 4, 18)
        called = plain.longest([row.called for row in rows], most=40)
        return [
            Column("", 1, importance=9),
            Column("Journey", 12, share=1, wish=called, importance=9),
            Column("Partner", who, importance=7),
            Column("To", to, importance=4),
            Column("Day", 10, align="right", importance=5),
            Column("People", 6, align="right", importance=6),
            Column("km", 6, align="right", importance=5),
            Column("Green", 5, importance=5),
            Column("Planned", planned, align="right", importance=9, private=True),
            Column("Used", used, align="right", importance=8, private=True),
        ]

    def cells(self, row: JourneyRow) -> Sequence[Cell]:
        """Give what stands in a row."""
        from ka2tui.domain.days import say_day

        over = row.money.exceeds
        return (
            (plain.WARNING if over else "", "late"),
            row.called,
            row.partner or "",
            (row.meeting or "", "quiet"),
            (say_day(row.day, self.app.today) if row.day else "", "quiet"),
            str(row.people),
            plain.number(row.distance_km) if row.distance_km is not None else "",
            ("green" if row.green else "", "good"),
            self.amount(row.amount_cents),
            (self.amount(row.used_cents), "late" if over else ""),
        )

    def sums(self) -> str:
        """Say what all journeys come to."""
        if self._journeys is None or not self.every:
            return ""
        money = self._journeys.money
        return f"{self.amount(money.used)} used of {self.amount(money.planned)}"

    async def _bands(self) -> Bands | None:
        """Give the bands of distance that the project begins with."""
        from ka2tui.domain.rates import bands_for

        if self.setting is None:
            return None
        call, currency = self.setting.call_year, self.setting.currency
        return await asyncio.to_thread(bands_for, call, self.app.settings.data, currency=currency)

    # -- reading --------------------------------------------------------------------------------

    async def read_rows(self) -> Sequence[JourneyRow]:
        """Read the journeys, with what they come to."""
        self._journeys = await self.app.ask(views.summed, self.project)
        return self._journeys.rows

    async def about(self, key: int) -> tuple[Iterable[Item], str] | None:
        """Give all that is known of a journey, and the bands of distance."""
        row = self.table.row_of(key)
        return None if row is None else (self._items(row, await self._bands()), row.called)

    def _items(self, row: JourneyRow, bands: Bands | None) -> Iterator[Item]:
        from ka2tui.domain.costs import say_exceeding

        said = say_exceeding(row.money, self.currency)
        if said:
            yield Private([Line([(f"{plain.WARNING} {said}", "late")])])
        yield Fact("Partner", row.partner)
        yield Fact("Meeting", row.meeting)
        yield Fact("People", str(row.people))
        yield Fact("Distance", f"{row.distance_km} km one way" if row.distance_km else None)
        yield Fact("Green", "yes" if row.green else "no")
        yield Private(
            [
                Fact("Planned", self.amount(row.amount_cents)),
                Fact("Used", self.amount(row.used_cents)),
            ]
        )
        if row.notes:
            yield Private([Head("Notes"), Words(row.notes)])
        if bands is not None:
            yield Private([*self._by_distance(bands)])

    def _by_distance(self, bands: Bands) -> Iterator[Any]:
        yield Head("By distance", "a person, there and back")
        for band in bands.bands:
            green = "" if band.green_cents is None else f", green {self.amount(band.green_cents)}"
            km = f"{plain.number(band.first_km)}-{plain.number(band.last_km)} km"
            yield Line([(km, "quiet")], f"{self.amount(band.cents)}{green}")
        yield Words(bands.about.said, "quiet")
        if bands.about.note:
            yield Words(bands.about.note, "quiet")

    # -- verbs ----------------------------------------------------------------------------------

    async def add_one(self) -> int | None:
        """Add a journey."""
        from ka2tui.tui.pages import money_forms

        return await money_forms.journey(self.app, self.project, None, await self._bands())

    async def edit_one(self, row: JourneyRow) -> object:
        """Edit a journey."""
        from ka2tui.tui.pages import money_forms

        return await money_forms.journey(self.app, self.project, row, await self._bands())

    def remover(self) -> Any:
        """Give the operation that removes journeys."""
        return journeys.remove
