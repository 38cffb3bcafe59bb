"""Where a finding is shown: every check names a page that there is, and its record there."""

from __future__ import annotations

import pytest

from ka2tui.domain.application import row_number
from ka2tui.domain.checks import catalogue
from ka2tui.domain.kinds import PlanKind
from ka2tui.domain.register import key
from ka2tui.domain.work_plan import plan_key
from ka2tui.tui import problem_places
from ka2tui.tui.app import Ka2tui


@pytest.mark.parametrize("check", catalogue.everything().values(), ids=lambda it: str(it.number))
def test_every_check_names_a_page_that_there_is(check: catalogue.Check) -> None:
    assert check.page in {*Ka2tui.MODES, *problem_places.OVER}


@pytest.mark.parametrize(
    ("page", "about", "place"),
    [
        ("meetings", "meeting", 7),
        ("participants", "meeting", -7),
        ("participants", "work_unit", None),
        ("work_plan", "work_unit", plan_key(PlanKind.ACTIVITY, 7)),
        ("work_plan", "deliverable", plan_key(PlanKind.DELIVERABLE, 7)),
        ("work_plan", "milestone", plan_key(PlanKind.MILESTONE, 7)),
        ("register", "risk", key("risk", 7)),
        ("register", "log_entry", key("log_entry", 7)),
        ("application", "approved_fact", -28),
        ("application", "meeting", -(row_number("meeting", 7) or 0)),
        ("application", "departure", None),
        ("asked", "meeting", 7),
        ("proofs", "proof", 7),
        ("partners", "meeting", None),
        ("lifecycle", "project", None),
    ],
)
def test_a_page_stands_on_the_record(page: str, about: str, place: int | None) -> None:
    assert problem_places.place(page, about, 7) == place
