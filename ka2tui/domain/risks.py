"""Risks: likelihood times impact, the bands it falls into, and the grid they make."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from ka2tui.domain.kinds import Kind, RiskState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

LEAST, MOST = 1, 5
"""Ends of the scale of likelihood and of impact."""

GREEN_TO, RED_FROM = 2, 20
"""Levels up to which a risk is green, and from which on it is red. Source: PM², risk log."""

LOOK_AGAIN = 28
"""Days after which a risk is looked at again where nobody says another day."""

LIKELIHOOD = ("hardly", "seldom", "perhaps", "likely", "almost surely")
IMPACT = ("hardly felt", "small", "felt", "large", "the end of the project")
"""What each step of the two scales means."""


class Band(Kind):
    """How much a risk matters, in a word."""

    GREEN = "green", "low"
    YELLOW = "yellow", "medium"
    RED = "red", "high"


GLYPHS = {Band.GREEN: "▁", Band.YELLOW: "▄", Band.RED: "█"}
"""What stands beside the colour of a band."""


def level(likelihood: int | None, impact: int | None) -> int | None:
    """Multiply likelihood by impact; None where one of them is not known."""
    return None if likelihood is None or impact is None else likelihood * impact


def band(found: int | None) -> Band | None:
    """Give the band of a level; None where there is none."""
    if found is None:
        return None
    return Band.GREEN if found <= GREEN_TO else Band.RED if found >= RED_FROM else Band.YELLOW


def say(likelihood: int | None, impact: int | None) -> str:
    """Say a level with its glyph and its word: "▄ 12 medium"; nothing where there is none."""
    found = level(likelihood, impact)
    which = band(found)
    return "" if which is None else f"{GLYPHS[which]} {found} {which.word}"


def due(state: RiskState, review_on: date | None, today: date) -> bool:
    """Tell whether an open risk is to be looked at again by now."""
    return state is RiskState.OPEN and review_on is not None and review_on <= today


def next_review(today: date) -> date:
    """Give the day on which a risk is looked at again, where nobody says another."""
    return today + timedelta(days=LOOK_AGAIN)


def grid(steps: Iterable[tuple[int | None, int | None]]) -> list[list[int]]:
    """Count risks by likelihood (rows, 5 first) and impact (columns, 1 first)."""
    counted = Counter(steps)
    scale = range(LEAST, MOST + 1)
    return [[counted[row, column] for column in scale] for row in reversed(scale)]


def drawn(counts: Sequence[Sequence[int]]) -> list[list[str]]:
    """Write the counts of a grid so that each takes two cells; none is the glyph of its band."""
    return [
        [
            f"{min(count, 99):2}" if count else f" {_glyph(MOST - at, place)}"
            for place, count in enumerate(row, LEAST)
        ]
        for at, row in enumerate(counts)
    ]


def _glyph(likelihood: int, impact: int) -> str:
    which = band(likelihood * impact)
    return GLYPHS[which] if which else ""
