"""Figures: a number that people read, and the rows it comes from, one by one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Kind
from ka2tui.domain.money import say_amount
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Number = int | Decimal
"""Whole, or a plain decimal; never a float."""


class Unit(Kind):
    """What a figure counts, and how its rows come to it."""

    COUNT = "count"
    """Each row adds a whole number: itself, or the people it stands for."""
    MONEY = "money"
    """Each row adds cents."""
    DAYS = "days"
    """Each row adds hundredths of a working day."""
    NUMBER = "number"
    """Each row adds a plain decimal."""
    SHARE = "share", "per cent"
    """Each row adds a part of a whole; the figure is all parts of all wholes, rounded down."""


@frozen
class Source:
    """One row behind a figure, and what it adds."""

    table: str
    id: int
    adds: Number = 1
    of: Number | None = None
    """The whole it adds a part of; None where the figure is no share."""
    said: str = ""
    """How it comes to what it adds, where its own facts do not tell: "50 × 31 %"."""


@frozen
class Trace:
    """The rows behind a figure."""

    sources: tuple[Source, ...] = ()

    @classmethod
    def rows(cls, table: str, ids: Iterable[int]) -> Trace:
        """Count rows: each adds one."""
        return cls(tuple(Source(table, each) for each in ids))

    @classmethod
    def sums(cls, table: str, adds: Mapping[int, Number]) -> Trace:
        """Add up what each row has: cents, people, days."""
        return cls(tuple(Source(table, *each) for each in adds.items()))

    @classmethod
    def share(
        cls, table: str, parts: Mapping[int, Number | bool], of: Number | Mapping[int, Number] = 1
    ) -> Trace:
        """Take parts of wholes: what is done of all there is.

        Args:
            table: Of the rows.
            parts: By row; True and False for all of it and nothing.
            of: The whole of every row, or of each.
        """
        wholes = of if not isinstance(of, (int, Decimal)) else dict.fromkeys(parts, of)
        return cls(
            tuple(
                Source(
                    table,
                    row,
                    (wholes[row] if part else 0) if isinstance(part, bool) else part,
                    wholes[row],
                )
                for row, part in parts.items()
            )
        )

    def __add__(self, other: Trace) -> Trace:
        """Take the rows of both."""
        return Trace((*self.sources, *other.sources))

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.sources)

    @property
    def total(self) -> Number:
        """What all rows add."""
        return sum((each.adds for each in self.sources), 0)

    @property
    def whole(self) -> Number:
        """The wholes of all rows, of a share."""
        return sum((each.of or 0 for each in self.sources), 0)

    def value(self, unit: Unit) -> Number | None:
        """Give what the rows come to; None for a share of nothing."""
        if unit is not Unit.SHARE:
            return self.total
        return int(self.total * 100 // self.whole) if self.whole else None


@frozen
class Figure:
    """A number that people read, and the rows it comes from."""

    name: str
    """What it is called on the command line: "plan.WP2.tasks_done"."""
    title: str
    """What it counts: "Tasks done of WP2"."""
    value: Number | None
    """As the page or report has it; None: not known."""
    trace: Trace
    unit: Unit = Unit.COUNT
    about: tuple[str, int] | None = None
    """Table and id of the record it is told of; None: of the project as a whole."""
    how: str = ""
    """How the rows come to it, in a sentence, where that is not plain."""
    currency: str = "EUR"

    @property
    def said(self) -> str:
        """The figure as people read it."""
        return say(self.value, self.unit, self.currency)

    @property
    def adds_up(self) -> bool:
        """Whether its rows come to it."""
        return self.trace.value(self.unit) == self.value

    @property
    def summed(self) -> str:
        """What its rows come to, in words: how many there are, and what they add."""
        trace = self.trace
        rows = f"{_plain(len(trace))} row{'' if len(trace) == 1 else 's'}"
        said = say(trace.value(self.unit), self.unit, self.currency)
        if self.unit is Unit.SHARE:
            return f"{rows}: {_plain(trace.total)} of {_plain(trace.whole)} = {said}"
        plain = self.unit is Unit.COUNT and all(each.adds == 1 for each in trace.sources)
        return rows if plain else f"{rows}, together {said}"


def say(value: Number | None, unit: Unit, currency: str = "EUR") -> str:
    """Write a number for people: 1 204, € 12 500, 43 %, 2.5 days."""
    if value is None:
        return "not known"
    if unit is Unit.MONEY:
        return say_amount(int(value), currency)
    if unit is Unit.SHARE:
        return f"{value} %"
    if unit is Unit.DAYS:
        return f"{_plain(Decimal(value) / 100)} days"
    return _plain(value)


def say_source(source: Source, unit: Unit, currency: str = "EUR") -> str:
    """Write what one row adds: "€ 120", "3 of 4"."""
    if unit is Unit.SHARE:
        return f"{source.adds} of {source.of}"
    return say(source.adds, unit, currency)


def named(figures: Iterable[Figure], said: str) -> Figure | None:
    """Find a figure by its name, whatever its capitals and accents."""
    wanted = fold(said)
    return next((each for each in figures if fold(each.name) == wanted), None)


def _plain(value: Number) -> str:
    """Write a number with its thousands apart."""
    return f"{value:,}".replace(",", " ")
