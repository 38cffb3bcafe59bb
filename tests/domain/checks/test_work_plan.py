"""Checks of the work plan: what is wrong is found, what is right stays silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ka2tui.domain.checks import work_plan
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.subject import Member, Point, Project, Result, Subject, Unit
from ka2tui.domain.kinds import DeliverableState, ProjectShape, WorkUnitKind, WorkUnitState
from ka2tui.domain.problem import Severity

START = date(2026, 12, 1)
PROJECT = Project(id=1, acronym="SOLAR", start=START, end=date(2028, 11, 30), months=24)
PLAN = Subject(
    PROJECT,
    Stage.APPLYING,
    date(2026, 11, 22),
    members=(Member(1, "UA", "ES"), Member(2, "UB", "PL"), Member(3, "UC", "GR")),
    units=(
        Unit(1, "WP1", "Project management", lead=1, start_month=1, end_month=24, tasks=4),
        Unit(2, "WP2", "Course", lead=2, start_month=3, end_month=14, tasks=3),
        Unit(3, "WP3", "Quality and dissemination", lead=3, start_month=6, end_month=24, tasks=5),
    ),
    results=(
        Result(1, "D2.1", "Plan of the course", unit=2, due_month=6),
        Result(2, "D2.2", "Course", unit=2, due_month=14),
        Result(3, "D3.1", "Final report on impact", unit=3, due_month=24),
    ),
    points=(Point(1, "MS1", "Course tried", unit=2, due_month=12),),
)


def found(subject: Subject) -> list[tuple[str, str]]:
    """Check a plan; give code and place of each finding."""
    return [(one.code, one.where) for one in work_plan.found(subject)]


def with_result(**changes: object) -> Subject:
    """Change the first deliverable of the plan."""
    first, *rest = PLAN.results
    return replace(PLAN, results=(replace(first, **changes), *rest))  # type: ignore[arg-type]


def with_unit(place: int, **changes: object) -> Subject:
    """Change one work package of the plan."""
    units = [*PLAN.units]
    units[place] = replace(units[place], **changes)  # type: ignore[arg-type]
    return replace(PLAN, units=tuple(units))


def test_a_plan_that_fits_together_is_silent() -> None:
    assert found(PLAN) == []


def test_an_empty_project_is_silent() -> None:
    assert found(Subject(Project(), Stage.APPLYING, date(2026, 11, 22))) == []


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (2, "KA2-W401"),
        (3, None),
        (14, None),
        (15, "KA2-W401"),
        (24, "KA2-W401"),
        (25, "KA2-E402"),
        (0, "KA2-E402"),
    ],
)
def test_a_deliverable_is_held_against_its_work_package_and_the_project(
    month: int, code: str | None
) -> None:
    expected = [(code, "D2.1 Plan of the course")] if code else []
    assert found(with_result(due_month=month)) == expected


def test_a_day_counts_like_the_month_it_lies_in() -> None:
    assert found(with_result(due_month=None, due=date(2028, 1, 31))) == []  # the end of M14
    assert found(with_result(due_month=None, due=date(2028, 2, 1))) == [
        ("KA2-W401", "D2.1 Plan of the course")
    ]
    assert found(with_result(due_month=None, due=date(2028, 12, 1))) == [
        ("KA2-E402", "D2.1 Plan of the course")
    ]


def test_a_report_in_the_months_after_the_end_is_left_alone() -> None:
    assert found(with_result(title="Final report to the agency", due_month=26)) == []
    assert found(with_result(title="Informe final", due_month=27)) == []
    assert found(with_result(title="Final report", due_month=28)) != []


def test_what_is_handed_over_already_is_left_alone() -> None:
    assert found(with_result(due_month=2, state=DeliverableState.PUBLISHED)) == []


def test_without_dates_nothing_is_said() -> None:
    project = Project(id=1, acronym="SOLAR")
    assert found(replace(with_result(due=date(2031, 1, 1), due_month=None), project=project)) == []


@pytest.mark.parametrize("months", [(24, 25), (25, 26), (0, 3)])
def test_a_work_package_lies_within_the_project(months: tuple[int, int]) -> None:
    subject = with_unit(2, start_month=months[0], end_month=months[1])
    assert ("KA2-E403", "WP3 Quality and dissemination") in found(subject)


def test_a_project_that_was_prolonged_has_room_for_its_plan() -> None:
    longer = replace(PROJECT, end=date(2029, 2, 28))
    subject = replace(with_unit(2, end_month=27), project=longer)
    assert found(subject) == []


def test_an_activity_lies_within_its_work_package() -> None:
    activity = Unit(
        9, "A2.1", "Trial", WorkUnitKind.ACTIVITY, parent=2, start_month=14, end_month=15
    )
    (one,) = work_plan.found(replace(PLAN, units=(*PLAN.units, activity)))
    assert (one.code, one.where, one.about, one.id) == (
        "KA2-W407",
        "A2.1 Trial",
        "work_unit",
        9,
    )
    assert one.text == "It runs M14-M15; WP2, of which it is a part, M3-M14."
    called_off = replace(activity, state=WorkUnitState.CANCELLED)
    assert found(replace(PLAN, units=(*PLAN.units, called_off))) == []


def test_a_milestone_lies_within_the_project() -> None:
    late = replace(PLAN, points=(Point(1, "MS1", "Course tried", due_month=25),))
    assert found(late) == [("KA2-W408", "MS1 Course tried")]
    reached = replace(late, points=(replace(late.points[0], reached_on=START),))
    assert found(reached) == []


@pytest.mark.parametrize(
    ("months", "told"), [((23, 24, 24), True), ((22, 23, 24), False), ((23, 24, None), False)]
)
def test_outputs_that_all_come_at_the_end_are_said(
    months: tuple[int | None, ...], *, told: bool
) -> None:
    results = tuple(
        Result(n, f"D3.{n}", "x", unit=3, due_month=month) for n, month in enumerate(months)
    )
    assert (("KA2-W404", "project") in found(replace(PLAN, results=results))) is told


def test_a_short_project_has_no_room_to_spread_its_outputs() -> None:
    results = tuple(Result(n, f"D{n}", "x", due_month=6) for n in range(1, 4))
    short = replace(
        PLAN, project=Project(months=6), results=results, units=(), points=(), members=()
    )
    assert found(short) == []


def test_a_part_in_which_nothing_happens_is_said() -> None:
    empty = replace(with_unit(1, tasks=0), results=PLAN.results[2:], points=())
    assert found(empty) == [("KA2-W405", "WP2 Course")]
    told = replace(with_unit(1, tasks=0, about="We teach."), results=PLAN.results[2:], points=())
    assert found(told) == []
    assert found(with_unit(0, tasks=0)) == []  # management goes on without results
    nothing = replace(
        PLAN, units=tuple(replace(u, tasks=0) for u in PLAN.units), results=(), points=()
    )
    assert found(nothing) == []  # nobody has begun to plan


def test_a_part_that_nobody_leads_is_said() -> None:
    assert found(with_unit(1, lead=None)) == [("KA2-W406", "WP2 Course")]
    assert found(replace(with_unit(1, lead=None), members=())) == []


def test_a_plan_of_work_packages_has_its_management() -> None:
    subject = with_unit(0, title="Innovation")
    assert found(subject) == [("KA2-I409", "project")]
    assert found(with_unit(0, title="Innovation", category="management")) == []
    activities = replace(PROJECT, shape=ProjectShape.ACTIVITIES)
    assert found(replace(subject, project=activities)) == []


def test_a_work_package_with_a_single_task_is_said() -> None:
    assert found(with_unit(1, tasks=1)) == [("KA2-I410", "WP2 Course")]
    one_each = replace(PLAN, units=tuple(replace(u, tasks=1) for u in PLAN.units))
    assert found(one_each) == []


def test_a_plan_says_who_evaluates_and_who_shares() -> None:
    subject = with_unit(2, title="Pilots")
    subject = replace(subject, results=subject.results[:2])
    texts = [one.text for one in work_plan.found(subject)]
    assert texts == [
        "Nothing in the plan says who looks at the quality and the effect of the work.",
        "Nothing in the plan says how the results get to those who should use them.",
    ]
    assert found(replace(subject, indicators=2, disseminations=1)) == []
    for word in ("Évaluation et diffusion", "Evaluación y difusión", "Ewaluacja, upowszechnianie"):
        assert found(with_unit(2, title=word)) == []


def test_findings_are_sentences() -> None:
    wrong = replace(with_unit(2, end_month=30, lead=None), points=(Point(1, "MS1", due_month=40),))
    for one in work_plan.found(wrong):
        assert one.text[0].isupper()
        assert one.text.endswith(".")
        assert isinstance(one.severity, Severity)
