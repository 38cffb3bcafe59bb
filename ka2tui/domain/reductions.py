"""Tables of reductions: which score of a final report costs how much of the grant."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ka2tui import datafiles
from ka2tui.domain import entries
from ka2tui.domain.kinds import Kind
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

BEST = 100
"""The highest score of a report."""


class Origin(Kind):
    """Where a table of reductions comes from."""

    OWN = "own", "your own table"
    RULES = "rules", "from the rules of the call"
    EXAMPLE = "example"


class Band(NamedTuple):
    """Scores below a limit, and what they cost."""

    below: int
    """Of scores below this one and not below the limit of the band before."""
    percent: int
    """Of the grant."""


@frozen
class Table:
    """What each score costs; what is in no band is paid in full."""

    bands: tuple[Band, ...]
    """The lowest scores first, at least one."""
    origin: Origin
    source: str
    """Where it is written, in words."""
    confirmed_on: date | None = None
    """When the user said that it is that of the agreement; until then it gives no euros."""
    note: str | None = None
    fault: str | None = None
    """Why it stands in for the one that was entered."""
    doubts: Mapping[int, str] | None = None
    """By score: what the sources tell in two ways."""

    @property
    def confirmed(self) -> bool:
        """Whether the user said that it is that of the agreement."""
        return self.confirmed_on is not None

    @property
    def full_from(self) -> int:
        """From which score on everything is paid."""
        return self.bands[-1].below

    def percent(self, score: int) -> int:
        """Tell what a score costs, in per cent of the grant."""
        return next((band.percent for band in self.bands if score < band.below), 0)

    def better(self, score: int) -> int | None:
        """Give the lowest score that costs less than this one; None where it costs nothing."""
        now = self.percent(score)
        limits = (band.below for band in self.bands if band.below > score)
        return next((limit for limit in limits if self.percent(limit) < now), None)

    def paid_from(self, limit: int) -> Table:
        """Give the same table for an agreement that pays everything from another score on."""
        if not 1 <= limit <= BEST:
            return self
        last = Band(limit, self.percent(limit - 1) or self.bands[-1].percent)
        less = (it for it in self.bands if it.below < limit and it.percent != last.percent)
        return replace(self, bands=(*less, last))

    @property
    def lines(self) -> tuple[tuple[str, int], ...]:
        """The table for people, the best score first: ("70-100", 0), ("55-69", 10)."""
        first = 0
        lines = []
        for band in (*self.bands, Band(BEST + 1, 0)):
            last = band.below - 1
            if last >= first:
                lines.append((f"{first}-{last}" if last > first else f"{first}", band.percent))
            first = band.below
        return tuple(reversed(lines))

    @property
    def typed(self) -> str:
        """The table as it is typed: 70=10, 55=40, 40=70."""
        return ", ".join(f"{band.below}={band.percent}" for band in reversed(self.bands))

    @property
    def label(self) -> str:
        """Say in a line what table it is and how sure."""
        sure = f"confirmed {self.confirmed_on}" if self.confirmed_on else "not confirmed"
        if self.origin is Origin.EXAMPLE:
            return f"{self.source}; {sure}"
        return f"{self.origin.word}, {sure}: {self.source}"


def ordered(bands: Iterable[Band]) -> tuple[Band, ...]:
    """Put bands in order, and see that they make a table.

    Raises:
        Refused: There is none, a limit stands there twice or outside 1 to 100, a band costs
            nothing or more than everything, or a lower score would cost less than a higher one.
    """
    found = tuple(sorted(bands))
    if not found:
        raise Refused("A table of reductions has at least one line.")
    for band in found:
        if not 1 <= band.below <= BEST:
            raise Refused(f"“Below {band.below}” cannot be: scores go from 0 to {BEST}.")
        if not 1 <= band.percent <= 100:
            raise Refused(
                f"Below {band.below}: a reduction is 1 to 100 per cent, not {band.percent}. "
                "Scores that cost nothing need no line."
            )
    for low, high in pairwise(found):
        if low.below == high.below:
            raise Refused(f"“Below {low.below}” stands there twice.")
        if low.percent < high.percent:
            raise Refused(
                f"Below {low.below} it is {low.percent} %, below {high.below} {high.percent} %: a "
                "lower score cannot cost less."
            )
    return found


def read_bands(text: str) -> tuple[Band, ...]:
    """Read a table as it is typed: 70=10 55=40 40=70, with blanks, commas or lines between.

    Raises:
        Misread: A line is not two whole numbers from 0 to 100 with = between them.
        Refused: The lines make no table.
    """
    found = []
    for line in re.split(r"[\s,;]+", re.sub(r"\s*[=:]\s*", "=", text.strip())):
        match = re.fullmatch(r"(\d{1,3})=(\d{1,3})%?", line, re.ASCII)
        if match is None or max(int(match[1]), int(match[2])) > BEST:
            raise Misread(f"Write a line of the table like 70=10, not {quoted(line)}.")
        found.append(Band(int(match[1]), int(match[2])))
    return ordered(found)


def example() -> Table:
    """Give the table that is shipped for lump sums: an example, never a fact.

    Raises:
        Malformed: The file of it is not as it should be.
    """
    file = "reductions.toml"
    row = entries.table(datafiles.read_toml(file).get("example"), f"{file}, [example]")
    bands = [
        Band(
            entries.whole(it, "below", place, least=1, most=BEST),
            entries.whole(it, "percent", place, least=1, most=100),
        )
        for place, it in entries.rows(row, "bands", f"{file}, [example]")
    ]
    return Table(
        ordered(bands),
        Origin.EXAMPLE,
        entries.text(row, "text", file),
        note=entries.text(row, "note", file),
    )


def doubts_of(bands: Iterable[Band]) -> Mapping[int, str]:
    """Give the scores that the sources of such a table tell in two ways."""
    limits = {band.below for band in bands}
    return {
        row["score"]: row["text"]
        for row in datafiles.read_toml("reductions.toml")["doubt"]
        if limits & {*row["limits"]}
    }
