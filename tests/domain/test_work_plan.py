from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain import days, work_plan
from ka2tui.domain.kinds import Precision, ProjectShape, WorkUnitKind
from ka2tui.domain.refusal import Refused

START = date(2025, 12, 1)


def test_a_deadline_in_a_project_month_ends_with_that_month() -> None:
    read = days.read_day("M3", start=START)
    assert work_plan.due_of(read) == (date(2026, 2, 28), 3, Precision.MONTH)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (3, 2), (1, 121)])
def test_months_that_cannot_be_are_refused(first: int, last: int) -> None:
    with pytest.raises(Refused):
        work_plan.check_months(first, last)


def test_only_activities_stand_below_work_packages() -> None:
    work_plan.check_nesting(WorkUnitKind.ACTIVITY, WorkUnitKind.WORK_PACKAGE)
    for kind, parent in (
        (WorkUnitKind.WORK_PACKAGE, WorkUnitKind.WORK_PACKAGE),
        (WorkUnitKind.ACTIVITY, WorkUnitKind.ACTIVITY),
        (WorkUnitKind.ACTIVITY, WorkUnitKind.HEADING),
    ):
        with pytest.raises(Refused, match="contain activities"):
            work_plan.check_nesting(kind, parent)


def test_the_kind_follows_the_place_the_code_and_the_shape() -> None:
    plan, small, old = (
        ProjectShape.WORK_PACKAGES,
        ProjectShape.ACTIVITIES,
        ProjectShape.HEADINGS,
    )
    assert work_plan.kind_for("WP2", small) is WorkUnitKind.WORK_PACKAGE
    assert work_plan.kind_for("A2", plan) is WorkUnitKind.ACTIVITY
    assert work_plan.kind_for("WP2", plan, nested=True) is WorkUnitKind.ACTIVITY
    assert work_plan.kind_for("7", small) is WorkUnitKind.ACTIVITY
    assert work_plan.kind_for("TPM", old) is WorkUnitKind.HEADING


def test_months_after_the_end_of_the_project_are_only_a_warning() -> None:
    assert work_plan.outside_project(1, 24, 24) is None
    assert work_plan.outside_project(1, 24, None) is None
    assert "M26" in (work_plan.outside_project(1, 26, 24) or "")


def test_what_is_due_before_its_work_begins_is_said() -> None:
    assert work_plan.before_work_begins(6, 6, "WP3") is None
    assert work_plan.before_work_begins(5, 6, "WP3") == "due in M5, before WP3 begins in M6"
