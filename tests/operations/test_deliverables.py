from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.kinds import DeliverableState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import deliverables, milestones, projects
from ka2tui.queries import deliverables as asked
from ka2tui.queries import milestones as asked_milestones
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY).value


def test_deliverables_are_listed_by_date_and_late_ones_say_so(
    portfolio: Portfolio, project: int
) -> None:
    for code, due in (("D3", None), ("D2", date(2027, 1, 31)), ("D1", date(2026, 3, 31))):
        values = {"due": due, "due_precision": Precision.DAY}
        portfolio.do(deliverables.add, project, code, values=values)
    rows = portfolio.ask(asked.listed, project, today=DAY)
    assert [(row.code, row.late) for row in rows] == [("D1", True), ("D2", False), ("D3", False)]


def test_approval_keeps_the_day_and_reopening_forgets_it(
    portfolio: Portfolio, project: int
) -> None:
    one = portfolio.do(deliverables.add, project, "D1", "Handbook").value
    done = portfolio.do(deliverables.move, [one], DeliverableState.APPROVED, today=DAY)
    assert done.label == "Approve D1 “Handbook”"
    portfolio.do(deliverables.move, [one], DeliverableState.PUBLISHED, today=date(2027, 1, 1))
    assert portfolio.ask(asked.one, one, today=DAY).row.delivered_on == DAY
    portfolio.do(deliverables.move, [one], DeliverableState.REVIEW, today=DAY)
    row = portfolio.ask(asked.one, one, today=DAY).row
    assert (row.state, row.delivered_on) == (DeliverableState.REVIEW, None)


def test_several_are_one_step_to_undo(portfolio: Portfolio, project: int) -> None:
    ids = [portfolio.do(deliverables.add, project, f"D{n}").value for n in (1, 2)]
    assert portfolio.do(deliverables.remove, ids).label == "Remove 2 deliverables"
    assert portfolio.ask(asked.listed, project, today=DAY) == ()
    portfolio.undo()
    assert len(portfolio.ask(asked.listed, project, today=DAY)) == 2


def test_somebody_who_is_no_partner_can_lead(portfolio: Portfolio, project: int) -> None:
    one = portfolio.do(deliverables.add, project, "D1", values={"lead_text": "External"}).value
    assert portfolio.ask(asked.one, one, today=DAY).row.lead == "External"


def test_a_taken_code_and_an_impossible_month_are_refused(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(deliverables.add, project, "D1", "Handbook")
    with pytest.raises(Refused, match="D1 is already the code of “Handbook”"):
        portfolio.do(deliverables.add, project, "d1")
    with pytest.raises(Refused, match="not a project month"):
        portfolio.do(deliverables.add, project, "D2", values={"due_month": 0})
    with pytest.raises(Refused, match="needs a code"):
        portfolio.do(deliverables.add, project, " ")


def test_milestones_are_reached_and_not_reached_after_all(
    portfolio: Portfolio, project: int
) -> None:
    one = portfolio.do(
        milestones.add, project, "MS1", "Kick-off", values={"due": date(2026, 1, 31)}
    ).value
    assert portfolio.ask(asked_milestones.listed, project, today=DAY)[0].late
    assert portfolio.do(milestones.reach, [one], on=DAY).label == "Reach MS1 “Kick-off”"
    (row,) = portfolio.ask(asked_milestones.some, [one], today=DAY)
    assert (row.reached_on, row.late) == (DAY, False)
    portfolio.do(milestones.reach, [one], on=None)
    portfolio.do(milestones.edit, one, {"title": "First meeting", "code": "MS2"})
    (row,) = portfolio.ask(asked_milestones.some, [one], today=DAY)
    assert (row.code, row.title, row.reached_on) == ("MS2", "First meeting", None)
    portfolio.do(milestones.remove, [one])
    assert portfolio.ask(asked_milestones.listed, project, today=DAY) == ()
