from __future__ import annotations

import pytest

from ka2tui.domain.kinds import PlanKind
from ka2tui.domain.plan_money import Divided, say_activities, say_grant, say_shares, total
from ka2tui.domain.work_plan import next_code


@pytest.mark.parametrize(
    ("whole", "parts", "said"),
    [
        (10_000_000, 9_800_000, "€ 98 000 of € 100 000, € 2 000 not given to anybody"),
        (10_000_000, 10_000_001, "€ 100 000.01 of € 100 000, € 0.01 more than there is"),
        (10_000_000, 10_000_000, "€ 100 000, all given"),
        (None, 5_000, "€ 50"),
    ],
)
def test_shares_are_held_against_what_there_is(whole: int | None, parts: int, said: str) -> None:
    assert say_shares(Divided(whole, parts), "EUR") == said


def test_activities_and_the_grant_have_words_of_their_own() -> None:
    assert say_activities(Divided(300, 100), "EUR") == "€ 1 of € 3, € 2 in no activity"
    assert say_grant(Divided(100, 300), "EUR") == "€ 3 of € 1, € 2 more than the grant"
    assert total([1, None, 2]) == 3


@pytest.mark.parametrize(
    ("kind", "above", "code"),
    [
        (PlanKind.WORK_PACKAGE, None, "WP6"),
        (PlanKind.ACTIVITY, "WP2", "A2.4"),
        (PlanKind.ACTIVITY, None, "A1"),
        (PlanKind.DELIVERABLE, "WP7", "D7.1"),
        (PlanKind.DELIVERABLE, "A2.1", "D2.11"),
        (PlanKind.MILESTONE, "WP2", "MS1"),
        (PlanKind.HEADING, None, "H1"),
    ],
)
def test_the_next_code_follows_the_highest(kind: PlanKind, above: str | None, code: str) -> None:
    codes = ["WP1", "wp5", "A2.3", "D2.10", "D2.x", "WP", "(("]
    assert next_code(kind, codes, above) == code
