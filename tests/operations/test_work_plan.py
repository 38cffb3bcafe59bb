"""The work plan as a whole: several kinds in one step, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.due import Due, Step
from ka2tui.domain.kinds import DeliverableState, WorkUnitState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.spans import NEVER, Span
from ka2tui.operations import (
    deliverables,
    milestones,
    partners,
    projects,
    work_plan,
    work_units,
)
from ka2tui.queries import deliverables as deliverable_views
from ka2tui.queries import work_plan as views
from ka2tui.queries import work_units as unit_views

if TYPE_CHECKING:
    from ka2tui.queries.work_plan import PlanRow
    from ka2tui.store.portfolio import Portfolio

TODAY = date(2026, 11, 21)
WP1, WP2, A21, A22 = 1, 2, 3, 4


@pytest.fixture
def plan(portfolio: Portfolio) -> Portfolio:
    """WP1, WP2 with A2.1 and A2.2; D2.1 and MS1 in WP2; two partners."""
    do = portfolio.do
    project = do(projects.add, "SOLARIS", start=date(2025, 10, 1), months=24, today=TODAY).value
    do(partners.add, project, "UA", acronym="UA")
    do(partners.add, project, "KMOP", acronym="KMOP")
    months = {"start_month": 4, "end_month": 18}
    do(work_units.add, project, "WP1", values=months)
    do(work_units.add, project, "WP2", "Handbook",
       values=months | {"state": WorkUnitState.UNDER_WAY})  # fmt: skip
    do(work_units.add, project, "A2.1", values={"parent_id": WP2})
    do(work_units.add, project, "A2.2", values={"parent_id": WP2})
    do(deliverables.add, project, "D2.1", "Outline",
       values={"work_unit_id": WP2, "due": date(2026, 12, 4)})  # fmt: skip
    do(milestones.add, project, "MS1", "Half-way", values={"work_unit_id": WP2, "due_month": 14,
       "due": date(2026, 11, 30), "due_precision": "month"})  # fmt: skip
    return portfolio


def row(portfolio: Portfolio, code: str) -> PlanRow:
    seen = portfolio.ask(views.read, 1, today=TODAY)
    return next(each for each in seen.rows if each.code == code)


def codes(portfolio: Portfolio) -> list[str]:
    return [each.code for each in portfolio.ask(views.read, 1, today=TODAY).rows]


ALL_KINDS = {"work_units": [A21], "deliverables": [1], "milestones": [1]}


def test_several_kinds_are_finished_and_opened_again_in_one_step(plan: Portfolio) -> None:
    done = plan.do(work_plan.finish, **ALL_KINDS, today=TODAY)
    assert done.label == "Finish 3 parts of the work plan"
    assert all(row(plan, code).closed for code in ("A2.1", "D2.1", "MS1"))
    with pytest.raises(Refused, match="done already"):
        plan.do(work_plan.finish, **ALL_KINDS, today=TODAY)
    plan.do(work_plan.reopen, **ALL_KINDS, today=TODAY)
    assert not any(row(plan, code).closed for code in ("A2.1", "D2.1", "MS1"))
    plan.undo()
    plan.undo()
    assert row(plan, "D2.1").state is DeliverableState.PLANNED


def test_work_that_has_begun_ends_later_and_other_work_is_moved(plan: Portfolio) -> None:
    done = plan.do(work_plan.postpone, work_units=[WP2], by=Step(months=2))
    assert done.label == "Postpone work package WP2 “Handbook” M4-M18 → M4-M20"
    plan.do(work_plan.postpone, work_units=[WP1], by=Step(months=2))
    assert (row(plan, "WP1").start_month, row(plan, "WP1").end_month) == (6, 20)
    plan.do(work_plan.postpone, work_units=[WP2], to=Due(None, 24))
    assert row(plan, "WP2").end_month == 24


def test_of_several_only_what_can_be_put_off_is(plan: Portfolio) -> None:
    done = plan.do(work_plan.postpone, work_units=[A21, WP1], deliverables=[1], by=Step(days=7))
    assert done.value == 1
    assert row(plan, "D2.1").due == date(2026, 12, 11)
    with pytest.raises(Refused, match=r"WP1: It is planned in months \(M4-M18\)"):
        plan.do(work_plan.postpone, work_units=[WP1, A21], by=Step(days=7))
    with pytest.raises(Refused, match="before it begins"):
        plan.do(work_plan.postpone, work_units=[WP2], to=Due(None, 2))


def test_months_and_dates_take_the_place_of_each_other(plan: Portfolio) -> None:
    plan.do(work_plan.schedule, [A21], Span(6, 8, date(2026, 3, 2), date(2026, 5, 20)))
    assert (row(plan, "A2.1").first, row(plan, "A2.1").due) == (date(2026, 3, 2), date(2026, 5, 20))
    done = plan.do(work_plan.schedule, [A21, A22], Span(5, 6))
    assert done.label == "Plan 2 activities for M5-M6"
    assert row(plan, "A2.1").first == date(2026, 2, 1)
    plan.do(work_plan.schedule, [A21], NEVER)
    assert row(plan, "A2.1").due is None
    with pytest.raises(Refused, match="before it begins in M9"):
        plan.do(work_plan.schedule, [A21], Span(9, 4))


def test_a_partner_leads_work_and_deliverables_at_once(plan: Portfolio) -> None:
    done = plan.do(work_plan.lead, 1, work_units=[WP1], deliverables=[1])
    assert done.label == "Let UA lead 2 parts of the work plan"
    assert (row(plan, "WP1").lead, row(plan, "D2.1").lead) == ("UA", "UA")
    plan.do(work_plan.lead, None, deliverables=[1], named="External")
    assert row(plan, "D2.1").lead == "External"


def test_rows_are_moved_below_another_part_where_they_can_stand(plan: Portfolio) -> None:
    plan.do(work_plan.belong, WP1, work_units=[A21], deliverables=[1], milestones=[1])
    assert {row(plan, code).work_unit for code in ("A2.1", "D2.1", "MS1")} == {"WP1"}
    with pytest.raises(Refused, match="stand below WP1 already"):
        plan.do(work_plan.belong, WP1, work_units=[A21], deliverables=[1])
    with pytest.raises(Refused, match="cannot be part of"):
        plan.do(work_plan.belong, A22, work_units=[A21])
    with pytest.raises(Refused, match="cannot be part of"):
        plan.do(work_plan.belong, WP1, work_units=[WP2])
    plan.do(work_plan.belong, None, work_units=[A21])
    assert row(plan, "A2.1").parent is None


def test_parts_are_put_before_and_after_each_other_on_their_level(plan: Portfolio) -> None:
    plan.do(work_plan.place, [WP2], before=WP1)
    assert codes(plan) == ["WP2", "A2.1", "A2.2", "MS1", "D2.1", "WP1"]
    plan.do(work_plan.place, [A21], after=A22)
    assert codes(plan) == ["WP2", "A2.2", "A2.1", "MS1", "D2.1", "WP1"]
    with pytest.raises(Refused, match="there already"):
        plan.do(work_plan.place, [A21], after=A22)
    with pytest.raises(Refused, match="same level"):
        plan.do(work_plan.place, [A21], before=WP1)
    other = plan.do(projects.add, "OTHER", today=TODAY).value
    theirs = plan.do(work_units.add, other, "WP1").value
    with pytest.raises(Refused, match="same level"):
        plan.do(work_plan.place, [theirs], before=WP1)
    plan.undo(other)
    plan.undo(other)
    plan.undo()
    plan.undo()
    assert codes(plan)[0] == "WP1"


def test_removing_keeps_what_is_attached_and_takes_activities_along(plan: Portfolio) -> None:
    with pytest.raises(Refused, match=r"contains A2\.1, A2\.2"):
        plan.do(work_plan.remove, work_units=[WP2])
    done = plan.do(work_plan.remove, work_units=[WP2], milestones=[1], with_activities=True)
    assert done.label == "Remove 2 parts of the work plan with 2 activities"
    assert codes(plan) == ["WP1", "D2.1"]
    plan.undo()
    assert row(plan, "D2.1").work_unit == "WP2"


def test_shares_are_divided_in_one_step_and_nobody_elses_is_written_over(plan: Portfolio) -> None:
    plan.do(work_units.share_out, WP1, {1: 500_00, 2: 200_00})
    plan.do(work_units.set_share, WP1, 2, amount_cents=300_00)
    conflicts = plan.do(
        work_units.share_out, WP1, {1: None, 2: 900_00}, {1: 500_00, 2: 200_00}
    ).value
    assert [(each.field, each.theirs) for each in conflicts] == [("KMOP", 300_00)]
    shares = plan.ask(unit_views.one, WP1).shares
    assert [(each.partner, each.amount_cents) for each in shares] == [("KMOP", 300_00)]
    with pytest.raises(Refused, match="already like this"):
        plan.do(work_units.share_out, WP1, {2: 300_00})
    with pytest.raises(Refused, match="0 or more"):
        plan.do(work_units.share_out, WP1, {2: -1})
    with pytest.raises(Refused, match="not of this project"):
        plan.do(work_units.share_out, WP1, {99: 1})


def test_a_share_with_a_role_stays_without_its_money(plan: Portfolio) -> None:
    plan.do(work_units.set_share, WP1, 1, role="co-lead", amount_cents=100)
    plan.do(work_units.share_out, WP1, {1: None})
    (share,) = plan.ask(unit_views.one, WP1).shares
    assert (share.role, share.amount_cents) == ("co-lead", None)


def test_states_and_stated_per_cents_are_kept_in_words(plan: Portfolio) -> None:
    done = plan.do(work_units.mark, [WP1], WorkUnitState.UNDER_WAY)
    assert done.label == "Note that WP1 is under way"
    with pytest.raises(Refused, match="WP1 is under way already"):
        plan.do(work_units.mark, [WP1], WorkUnitState.UNDER_WAY)
    plan.do(work_units.state_percent, [WP1, WP2], 40)
    assert (row(plan, "WP1").done, row(plan, "WP2").stated) == (40, 40)
    with pytest.raises(Refused, match="between 0 and 100"):
        plan.do(work_units.state_percent, [WP1], 101)


def test_a_review_has_its_own_date_and_publishing_its_facts(plan: Portfolio) -> None:
    done = plan.do(deliverables.review, [1], by=date(2026, 11, 30), today=TODAY)
    assert done.label == "Send D2.1 “Outline” to review until 30 Nov 2026"
    assert row(plan, "D2.1").review_due == date(2026, 11, 30)
    values = {"published_at": "https://example.org", "licence": "CC BY 4.0"}
    plan.do(deliverables.publish, 1, values, today=TODAY)
    seen = plan.ask(deliverable_views.one, 1, today=TODAY)
    assert (seen.row.state, seen.row.delivered_on) == (DeliverableState.PUBLISHED, TODAY)
    assert seen.published_at == "https://example.org"
    plan.undo()
    seen = plan.ask(deliverable_views.one, 1, today=TODAY)
    assert (seen.row.state, seen.published_at) == (DeliverableState.REVIEW, None)
    with pytest.raises(Refused, match="cannot be changed here"):
        plan.do(deliverables.publish, 1, {"code": "D9"}, today=TODAY)
