from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ka2tui.domain.kinds import DisseminationState, PlatformState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import deliverables, dissemination, partners, projects
from ka2tui.queries import dissemination as asked
from ka2tui.queries import figures, platform
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)
DONE, PLANNED = DisseminationState.DONE, DisseminationState.PLANNED


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def add(portfolio: Portfolio, project: int, title: str = "Newsletter", **values: Any) -> int:
    return portfolio.do(dissemination.add, project, title, values=values).value


def one(portfolio: Portfolio, act: int) -> asked.ActRow:
    return portfolio.ask(asked.one, act, today=DAY).row


def test_what_was_done_is_logged_with_what_is_missing(portfolio: Portfolio, project: int) -> None:
    outcome = portfolio.do(
        *(dissemination.add, project, "[red] =1+1 🎉"),
        values={"state": DONE, "day": DAY, "reach": 120, "emblem": False},
    )
    assert outcome.label == "Add done dissemination “[red] =1+1 🎉”"
    assert one(portfolio, outcome.value).lacks == (
        *("EU emblem missing", "disclaimer not looked at", "no link and no proof"),
    )


def test_a_month_is_late_when_it_is_over(portfolio: Portfolio, project: int) -> None:
    past = add(portfolio, project, day_month=11)
    running = add(portfolio, project, day_month=12)
    assert one(portfolio, past).day == date(2026, 10, 1)
    assert [one(portfolio, it).late for it in (past, running)] == [True, False]
    portfolio.do(dissemination.finish, [past, running], today=DAY)
    assert [one(portfolio, it).day for it in (past, running)] == [date(2026, 10, 31), DAY]
    assert one(portfolio, past).precision is Precision.DAY


def test_plans_are_made_for_partners_and_months_at_once(portfolio: Portfolio, project: int) -> None:
    uam = portfolio.do(partners.add, project, "Madrid", acronym="UAM").value
    kmop = portfolio.do(partners.add, project, "Athens", acronym="KMOP").value
    outcome = portfolio.do(
        *(dissemination.plan, project, "Post", [uam, kmop], [3, 6]),
        values={"sort": "social_media"},
    )
    assert outcome.label == "Plan “Post” 4 times"
    portfolio.do(dissemination.finish, list(outcome.value[:1]), today=DAY, values={"reach": 50})
    seen = portfolio.ask(asked.plan, project)
    assert [(row.partner, row.total.said, row.reach) for row in seen.rows] == [
        ("UAM", "1/2", 50), ("KMOP", "0/2", 0)
    ]  # fmt: skip
    assert seen.rows[0].months[3].said == "1/1"
    assert seen.total.total.said == "1/4"
    assert seen.months == 24
    portfolio.undo()
    portfolio.undo()
    assert portfolio.ask(asked.listed, project, today=DAY) == ()
    with pytest.raises(Refused, match="more than 500"):
        portfolio.do(dissemination.plan, project, "Post", [uam] * 30, list(range(1, 25)))
    with pytest.raises(Refused, match="months"):
        portfolio.do(dissemination.plan, project, "Post", [uam], [])


def test_what_is_dropped_says_why_and_counts_nowhere(portfolio: Portfolio, project: int) -> None:
    act = add(portfolio, project, day=DAY, notes="Hall booked")
    assert portfolio.do(dissemination.drop, [act], why="Hall flooded").label == "Drop “Newsletter”"
    assert portfolio.ask(asked.one, act, today=DAY).notes == "Hall booked\nHall flooded"
    assert portfolio.ask(asked.plan, project).total.total.all == 0
    portfolio.do(dissemination.reopen, [act])
    assert one(portfolio, act).state is PLANNED


def test_values_that_cannot_be_are_refused(portfolio: Portfolio, project: int) -> None:
    for values in (
        {"reach": -1}, {"reach": 10**13}, {"day_month": 400}, {"partner_id": 99},
        {"deliverable_id": 99}, {"day": DAY, "end_day": date(2026, 1, 1)}, {"sort": " "},
    ):  # fmt: skip
        with pytest.raises(Refused):
            add(portfolio, project, **values)
    with pytest.raises(Refused, match="Say what it is"):
        add(portfolio, project, "  ")


def test_a_day_that_moves_takes_its_end_off_where_it_would_end_before(
    portfolio: Portfolio, project: int
) -> None:
    act = add(portfolio, project, day=date(2026, 5, 4), end_day=date(2026, 5, 6))
    portfolio.do(dissemination.edit, act, {"day": date(2026, 5, 5)})
    assert one(portfolio, act).end_day == date(2026, 5, 6)
    portfolio.do(dissemination.edit, act, {"day": date(2026, 6, 5)})
    assert one(portfolio, act).end_day is None
    portfolio.do(dissemination.edit, act, {"end_day": date(2026, 6, 7)})
    assert one(portfolio, act).due == date(2026, 6, 7)
    portfolio.do(dissemination.edit, act, {"day_month": 20})
    row = one(portfolio, act)
    assert (row.day, row.month, row.end_day) == (date(2027, 7, 1), 20, None)


def test_looking_at_the_emblem_of_many_is_one_step(portfolio: Portfolio, project: int) -> None:
    ids = [add(portfolio, project, f"Post {n}", state=DONE) for n in range(3)]
    label = portfolio.do(dissemination.check, ids, "emblem", seen=True).label
    assert label == "Note emblem on 3 acts of dissemination: yes"
    assert all(one(portfolio, it).emblem for it in ids)
    portfolio.undo()
    assert one(portfolio, ids[0]).emblem is None
    with pytest.raises(Refused):
        portfolio.do(dissemination.check, ids, "title", seen=True)


def test_every_figure_adds_up(portfolio: Portfolio, project: int) -> None:
    uam = portfolio.do(partners.add, project, "Madrid", acronym="UAM").value
    add(portfolio, project, state=DONE, reach=40, partner_id=uam, sort="newsletter", emblem=False)
    add(portfolio, project, state=DONE, sort="newsletter", disclaimer=False, link="https://x")
    add(portfolio, project, reach=7, day=date(2026, 1, 1))
    seen = portfolio.ask(figures.listed, project, ["dissemination", "platform"], today=DAY)
    assert all(each.adds_up for each in seen)
    values = {each.name: each.value for each in seen}
    assert values["dissemination.done"] == 2
    assert values["dissemination.late"] == 1
    assert values["dissemination.reach"] == values[f"dissemination.of{uam}.reach"] == 40
    assert values["dissemination.without_emblem"] == 1
    assert values["dissemination.unproved"] == 1
    assert values["dissemination.sort.newsletter.reach"] == 40


def test_results_are_drafted_sent_and_published_on_the_platform(
    portfolio: Portfolio, project: int
) -> None:
    ids = [portfolio.do(deliverables.add, project, code).value for code in ("D1", "D2")]
    outcome = portfolio.do(
        deliverables.put_on_platform, ids[:1], PlatformState.SENT, on=DAY, link=" https://x "
    )
    assert outcome.label == "Send D1 for review on the results platform"
    seen = portfolio.ask(platform.listed, project, today=DAY)
    assert [(row.platform, row.link) for row in seen.rows] == [
        (PlatformState.SENT, "https://x"),
        (PlatformState.NONE, None),
    ]
    assert [row.code for row in seen.early] == ["D1"]
    assert "usually only after the last day, 30 Nov 2027" in seen.hint
    after = portfolio.ask(platform.listed, project, today=date(2027, 12, 1))
    assert after.reviewable
    assert "can usually be sent for review" in after.hint
    portfolio.do(deliverables.put_on_platform, ids, PlatformState.NONE, on=DAY)
    rows = portfolio.ask(platform.listed, project, today=DAY).rows
    assert {(row.link, row.since) for row in rows} == {(None, None)}
