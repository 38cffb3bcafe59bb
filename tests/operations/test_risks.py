"""Risks: weighed, looked at again, happened, with what becomes of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ka2tui.domain.kinds import LogKind, RiskState, RiskStrategy
from ka2tui.domain.refusal import Refused
from ka2tui.domain.risks import Band
from ka2tui.operations import contacts, logs, partners, projects, risks, work_units
from ka2tui.queries import logs as asked_logs
from ka2tui.queries import risks as asked
from ka2tui.queries import tasks as asked_tasks
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def add(
    portfolio: Portfolio, project: int, title: str = "A partner leaves", **values: object
) -> int:
    return portfolio.do(risks.add, project, title, today=DAY, values=values).value


def row(portfolio: Portfolio, risk: int) -> asked.RiskRow:
    return portfolio.ask(asked.one, risk, today=DAY).row


def test_a_risk_gets_the_next_code_and_its_band(portfolio: Portfolio, project: int) -> None:
    first = add(portfolio, project, likelihood=5, impact=4, strategy=RiskStrategy.REDUCE)
    add(portfolio, project, "Other", code="R7")
    third = add(portfolio, project, "[red]Third[/]")
    assert (row(portfolio, first).code, row(portfolio, third).code) == ("R1", "R8")
    assert (row(portfolio, first).level, row(portfolio, first).band) == (20, Band.RED)
    assert row(portfolio, third).title == "[red]Third[/]"
    assert row(portfolio, first).opened_on == DAY


def test_what_cannot_be_is_refused(portfolio: Portfolio, project: int) -> None:
    add(portfolio, project)
    for values, why in (
        ({"code": "r1"}, "code of"),
        ({"likelihood": 6}, "from 1 to 5"),
        ({"impact": 0}, "from 1 to 5"),
        ({"work_unit_id": 99}, "no such work package"),
        ({"closed_on": date(2026, 1, 1)}, "before it was opened"),
    ):
        with pytest.raises(Refused, match=why):
            add(portfolio, project, **values)
    with pytest.raises(Refused, match="needs a title"):
        add(portfolio, project, "  ")
    with pytest.raises(Refused, match="no such project"):
        add(portfolio, 99)


def test_open_and_high_risks_stand_first(portfolio: Portfolio, project: int) -> None:
    low = add(portfolio, project, "low", likelihood=1, impact=2)
    high = add(portfolio, project, "high", likelihood=5, impact=5)
    over = add(portfolio, project, "over", likelihood=5, impact=5)
    bare = add(portfolio, project, "not weighed")
    portfolio.do(risks.close, [over], today=DAY)
    rows = portfolio.ask(asked.listed, project, today=DAY)
    assert [each.id for each in rows] == [high, low, bare, over]


def test_a_look_sets_the_next_day_and_a_new_estimate(portfolio: Portfolio, project: int) -> None:
    risk = add(portfolio, project, likelihood=2, impact=2, review_on=DAY)
    assert row(portfolio, risk).due
    done = portfolio.do(risks.review, [risk], today=DAY, likelihood=4)
    seen = row(portfolio, risk)
    assert (seen.review_on, seen.level, seen.due) == (DAY + timedelta(days=28), 8, False)
    assert done.label == "Look at R1 “A partner leaves”: ▄ 8 medium, again on 20 Dec 2026"
    with pytest.raises(Refused, match="is past"):
        portfolio.do(risks.review, [risk], today=DAY, again=date(2026, 11, 1))


def test_what_happened_becomes_an_issue_and_undo_takes_both_back(
    portfolio: Portfolio, project: int
) -> None:
    partner = portfolio.do(partners.add, project, "University of Łódź", acronym="ULODZ").value
    person = portfolio.do(contacts.add, project, "Maria", partner_id=partner).value
    unit = portfolio.do(work_units.add, project, "WP2").value
    risk = add(
        portfolio,
        project,
        impact=4,
        contact_id=person,
        work_unit_id=unit,
        description="[red]they said so",
    )
    done = portfolio.do(risks.happened, [risk], today=DAY)
    assert done.label == "Note that R1 “A partner leaves” happened"
    (issue,) = portfolio.ask(asked_logs.some, done.value, today=DAY)
    assert (issue.kind, issue.code, issue.title) == (LogKind.ISSUE, "IS1", "A partner leaves")
    assert (issue.partner, issue.contact, issue.work_unit) == ("ULODZ", "Maria", "WP2")
    assert (issue.impact, issue.risk, issue.description) == (4, "R1", "[red]they said so")
    assert row(portfolio, risk).state is RiskState.HAPPENED
    assert not row(portfolio, risk).due
    assert portfolio.ask(asked.one, risk, today=DAY).issues[0].id == issue.id
    portfolio.undo()
    assert row(portfolio, risk).state is RiskState.OPEN
    assert row(portfolio, risk).closed_on is None
    assert portfolio.ask(asked_logs.listed, project, today=DAY) == ()
    portfolio.redo()
    assert len(portfolio.ask(asked_logs.listed, project, today=DAY)) == 1


def test_several_that_happened_are_one_step(portfolio: Portfolio, project: int) -> None:
    ids = [add(portfolio, project, f"Risk {n}") for n in range(3)]
    done = portfolio.do(risks.happened, ids, today=DAY)
    assert (len(done.value), done.label) == (3, "Note that 3 risks happened")
    with pytest.raises(Refused, match="happened: open it again first"):
        portfolio.do(risks.happened, ids[:1], today=DAY)
    portfolio.undo()
    assert all(row(portfolio, one).state is RiskState.OPEN for one in ids)


def test_an_action_becomes_a_task_that_says_where_it_came_from(
    portfolio: Portfolio, project: int
) -> None:
    partner = portfolio.do(partners.add, project, "University of Łódź", acronym="ULODZ").value
    risk = add(portfolio, project, action="Call on Thursdays\nand write", partner_id=partner)
    task = portfolio.do(risks.make_task, risk, values={"due": date(2026, 12, 4)}).value
    seen = portfolio.ask(asked_tasks.one, task)
    assert (seen.row.title, seen.row.assignee) == ("Call on Thursdays", "ULODZ")
    assert seen.origin == "risk R1 “A partner leaves”"
    assert [each.id for each in portfolio.ask(asked.one, risk, today=DAY).tasks] == [task]
    portfolio.do(risks.remove, [risk])
    assert portfolio.ask(asked_tasks.one, task).origin is None
    portfolio.undo()
    assert portfolio.ask(asked_tasks.one, task).origin == "risk R1 “A partner leaves”"


def test_a_field_that_somebody_else_changed_is_left_alone(
    portfolio: Portfolio, project: int
) -> None:
    risk = add(portfolio, project, likelihood=2, impact=3)
    seen = {"likelihood": 2, "impact": 3}
    portfolio.do(risks.edit, risk, {"likelihood": 5})
    conflicts = portfolio.do(risks.edit, risk, {"likelihood": 1, "impact": 4}, seen).value
    assert [(it.field, it.yours, it.theirs) for it in conflicts] == [("likelihood", 1, 5)]
    assert (row(portfolio, risk).likelihood, row(portfolio, risk).impact) == (5, 4)


def test_a_person_of_another_partner_is_let_go(portfolio: Portfolio, project: int) -> None:
    first, second = (portfolio.do(partners.add, project, name).value for name in ("One", "Two"))
    person = portfolio.do(contacts.add, project, "Maria", partner_id=first).value
    risk = add(portfolio, project, contact_id=person)
    assert row(portfolio, risk).partner == "One"
    portfolio.do(risks.edit, risk, {"partner_id": second})
    assert (row(portfolio, risk).partner, row(portfolio, risk).contact) == ("Two", None)


def test_the_issue_of_a_risk_that_is_removed_stays(portfolio: Portfolio, project: int) -> None:
    risk = add(portfolio, project)
    (issue,) = portfolio.do(risks.happened, [risk], today=DAY).value
    portfolio.do(risks.remove, [risk])
    (line,) = portfolio.ask(asked_logs.some, [issue], today=DAY)
    assert (line.risk, line.risk_id) == (None, None)
    assert portfolio.do(logs.remove, [issue]).label == "Remove IS1 “A partner leaves” from the log"


def test_reopened_risks_can_happen_again(portfolio: Portfolio, project: int) -> None:
    risk = add(portfolio, project)
    portfolio.do(risks.close, [risk], today=DAY)
    assert row(portfolio, risk).closed_on == DAY
    assert portfolio.do(risks.reopen, [risk]).label == "Open risk R1 “A partner leaves” again"
    with pytest.raises(Refused, match="still open"):
        portfolio.do(risks.reopen, [risk])


def test_codes_are_sorted_by_their_numbers(portfolio: Portfolio, project: int) -> None:
    for code in ("R10", "R9", "R1", "X"):
        add(portfolio, project, "Risk", code=code)
    rows = portfolio.ask(asked.listed, project, today=DAY)
    assert [each.code for each in rows] == ["R1", "R9", "R10", "X"]
