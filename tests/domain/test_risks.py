"""Risks: bands of likelihood times impact, and the grid."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain import risks
from ka2tui.domain.kinds import RiskState
from ka2tui.domain.risks import Band

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("likelihood", "impact", "level", "band"),
    [
        (1, 1, 1, Band.GREEN),
        (1, 2, 2, Band.GREEN),
        (3, 1, 3, Band.YELLOW),
        (4, 4, 16, Band.YELLOW),
        (4, 5, 20, Band.RED),
        (5, 5, 25, Band.RED),
    ],
)
def test_a_level_falls_into_a_band(likelihood: int, impact: int, level: int, band: Band) -> None:
    assert risks.level(likelihood, impact) == level
    assert risks.band(level) is band


def test_what_is_not_estimated_has_no_band() -> None:
    assert risks.level(3, None) is None
    assert risks.band(None) is None
    assert risks.say(None, 4) == ""


def test_a_level_is_said_with_glyph_and_word() -> None:
    assert risks.say(3, 4) == "▄ 12 medium"
    assert risks.say(5, 4) == "█ 20 high"
    assert risks.say(1, 1) == "▁ 1 low"


def test_only_open_risks_are_looked_at_again() -> None:
    assert risks.due(RiskState.OPEN, TODAY, TODAY)
    assert not risks.due(RiskState.OPEN, date(2026, 11, 23), TODAY)
    assert not risks.due(RiskState.HAPPENED, TODAY, TODAY)
    assert not risks.due(RiskState.OPEN, None, TODAY)


def test_the_grid_has_the_likeliest_on_top_and_the_worst_to_the_right() -> None:
    counts = risks.grid([(5, 5), (5, 5), (1, 1), (None, 3)])
    assert counts[0] == [0, 0, 0, 0, 2]
    assert counts[4] == [1, 0, 0, 0, 0]
    assert sum(map(sum, counts)) == 3
    drawn = risks.drawn(counts)
    assert drawn[0][4] == " 2"
    assert drawn[0][3] == " █"
    assert drawn[4][1] == " ▁"
    assert all(len(cell) == 2 for row in drawn for cell in row)
