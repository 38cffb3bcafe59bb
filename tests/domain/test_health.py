"""How a project does, and the words that make it so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ka2tui.domain.health import Health, Signs, judge
from ka2tui.domain.kinds import ProposalOutcome

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("signs", "health", "why"),
    [
        ({}, Health.UNKNOWN, "there are no dates and no work yet"),
        ({"open": 1}, Health.WELL, "nothing is late"),
        ({"done": 100}, Health.WELL, "nothing is late"),
        ({"passed": 3}, Health.WELL, "nothing is late"),
        (
            {"open": 40, "late": 1, "late_since": date(2026, 11, 20)},
            Health.WATCH,
            "1 of 40 open things late, the longest 2 d",
        ),
        (
            {"open": 40, "late": 1, "late_since": date(2026, 11, 7)},
            Health.TROUBLE,
            "1 of 40 open things late, the longest 15 d",
        ),
        (
            {"open": 25, "late": 5, "late_since": date(2026, 11, 20)},
            Health.TROUBLE,
            "5 of 25 open things late, the longest 2 d",
        ),
        (
            {"done": 55, "passed": 58},
            Health.WELL,
            "nothing is late; 55 % done, 58 % of the time gone",
        ),
        (
            {"done": 40, "passed": 58},
            Health.WATCH,
            "40 % done, 58 % of the time gone; nothing is late",
        ),
        (
            {"done": 30, "passed": 58},
            Health.TROUBLE,
            "30 % done, 58 % of the time gone; nothing is late",
        ),
        (
            {"next_title": "Final report", "next_day": date(2026, 12, 6)},
            Health.WATCH,
            "final report in 14 days, 6 Dec 2026; nothing is late",
        ),
        (
            {"next_title": "Application", "next_day": date(2027, 3, 5)},
            Health.WELL,
            "nothing is late; application in 103 days, 5 Mar 2027",
        ),
        (
            {"outcome": ProposalOutcome.REJECTED, "open": 9, "late": 9},
            Health.CLOSED,
            "the application was rejected",
        ),
    ],
)
def test_a_project_does_as_well_as_its_worst_sign_and_says_all(
    signs: dict[str, Any], health: Health, why: str
) -> None:
    seen = judge(Signs(today=TODAY, **signs))
    assert (seen.health, seen.why) == (health, why)
