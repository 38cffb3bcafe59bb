"""What is worth a look about indicators, dissemination and results on the platform."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ka2tui.domain.kinds import DeliverableState, DisseminationState, PlatformState
from ka2tui.operations import deliverables, dissemination, indicators, projects
from ka2tui.queries.due_items import owners
from ka2tui.queries.impact_looks import impact_looks
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
KNOWN = {"baseline": "0", "target": "100", "source": "survey"}


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def looked(portfolio: Portfolio, project: int | None, day: date = DAY) -> list[Any]:
    def seen(session: Any) -> list[Any]:
        return [*impact_looks(session, owners(session, project), day)]

    return portfolio.ask(seen)


def test_nothing_entered_needs_no_look(portfolio: Portfolio, project: int) -> None:
    assert looked(portfolio, project) == []


def test_an_indicator_behind_and_those_that_lack_something_are_named(
    portfolio: Portfolio, project: int
) -> None:
    behind = portfolio.do(indicators.add, project, "[red] Readers", values=KNOWN).value
    portfolio.do(indicators.measure, behind, "5", day=DAY, today=DAY)
    for title in ("Habits", "Trainers"):
        portfolio.do(indicators.add, project, title)
    texts = [each[1] for each in looked(portfolio, project)]
    assert texts == [
        "I1 is behind: 5 % of the way after 48 % of the time",
        "2 indicators without a baseline: I2, I3",
        "2 indicators without a source: I2, I3",
        "2 indicators not measured for half a year: I2, I3",
    ]


def test_many_behind_are_one_line_for_each_project(portfolio: Portfolio, project: int) -> None:
    other = portfolio.do(projects.add, "LUNA", start=date(2025, 12, 1), months=24, today=DAY).value
    for where in (project, other):
        for number in range(4):
            one = portfolio.do(indicators.add, where, f"N{number}", values=KNOWN).value
            portfolio.do(indicators.measure, one, "1", day=DAY, today=DAY)
    found = looked(portfolio, None)
    assert [(each[1], each[5]) for each in found] == [
        ("4 indicators are behind: I1, I2, I3 and 1 more", project),
        ("4 indicators are behind: I1, I2, I3 and 1 more", other),
    ]


def test_what_was_planned_or_left_unmarked_is_told(portfolio: Portfolio, project: int) -> None:
    portfolio.do(dissemination.plan, project, "Post", [], [11, 12, 13])
    portfolio.do(
        *(dissemination.add, project, "Leaflet"),
        values={"state": DisseminationState.DONE, "emblem": False},
    )
    assert [each[1] for each in looked(portfolio, project)] == [
        "Post was planned and is not logged as done",
        "Leaflet is without EU emblem or disclaimer",
    ]


def test_results_are_looked_at_near_the_end_and_sent_after_it(
    portfolio: Portfolio, project: int
) -> None:
    ids = [portfolio.do(deliverables.add, project, code).value for code in ("D1", "D2")]
    portfolio.do(deliverables.move, ids, DeliverableState.APPROVED, today=DAY)
    portfolio.do(deliverables.put_on_platform, ids[1:], PlatformState.DRAFTED, on=DAY)
    end = date(2027, 11, 30)
    assert looked(portfolio, project) == []
    near = [each[1] for each in looked(portfolio, project, end - timedelta(days=30))]
    assert near == ["Not on the results platform: D1, the project ends in 30 days"]
    after = [each[1] for each in looked(portfolio, project, end + timedelta(days=1))]
    assert after == [
        "Not on the results platform: D1, the project is over",
        "Still a draft on the results platform: D2",
    ]
