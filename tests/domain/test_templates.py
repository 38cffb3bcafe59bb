"""Plans to start from: dates in project months, and what a malformed file is told."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ka2tui.domain.kinds import MeetingKind, Priority, ProjectShape, WorkUnitKind
from ka2tui.domain.refusal import Refused
from ka2tui.domain.templates import Due, find, read_template

FILE: dict[str, Any] = {
    "template": {"id": "small", "title": "Small", "version": "1"},
    "project": {"shape": "work_packages", "months": 12, "grant_eur": 60_000},
    "work_unit": [
        {
            "kind": "work_package",
            "code": "WP1",
            "title": "All",
            "start_month": 1,
            "end_month": 12,
            "share_percent": 100,
        },
        {
            "kind": "activity",
            "code": "A1",
            "parent": "WP1",
            "title": "Part",
            "lead": "coordinator",
            "start_month": 3,
            "end_month": 4,
        },
    ],
    "task": [
        {"code": "T1", "title": "One", "work_unit": "A1", "due_month": 3, "recurrence": "monthly"},
        {"code": "T2", "title": "Two", "due_month": 4, "due_day": 10, "needs": ["T1"]},
    ],
    "deliverable": [{"code": "D1", "title": "Book", "due_month": 12}],
    "milestone": [{"code": "MS1", "title": "Half", "due_month": 6, "verification": "minutes"}],
    "meeting": [
        {
            "title": "Kick-off",
            "kind": "kick_off",
            "month": 2,
            "agenda": [{"title": "Welcome", "minutes": 30}, {"title": "Talk"}],
        }
    ],
}


def test_a_plan_is_read_with_its_defaults() -> None:
    plan = read_template(FILE)
    assert (plan.shape, plan.months, plan.grant_cents, plan.action) == (
        ProjectShape.WORK_PACKAGES,
        12,
        6_000_000,
        None,
    )
    assert [(unit.kind, unit.parent, unit.led) for unit in plan.parts] == [
        (WorkUnitKind.WORK_PACKAGE, None, False),
        (WorkUnitKind.ACTIVITY, "WP1", True),
    ]
    first, second = plan.tasks
    assert (first.priority, first.recurrence, first.needs) == (Priority.NORMAL, "FREQ=MONTHLY", ())
    assert (second.needs, second.due) == (("T1",), Due(4, 10))
    assert plan.meetings[0].kind is MeetingKind.KICK_OFF
    assert list(plan.meetings[0].agenda) == [
        ("Welcome", 30),
        ("Talk", None),
    ]


def test_a_plan_may_be_work_alone() -> None:
    plan = read_template({key: FILE[key] for key in ("template", "project", "work_unit")})
    assert (plan.tasks, plan.deliverables, plan.milestones, plan.meetings) == ((), (), (), ())


def test_a_plan_is_stretched_so_that_its_ends_stay_its_ends() -> None:
    plan = read_template(FILE)
    assert [plan.first_month(month, 24) for month in (1, 3, 12)] == [1, 5, 23]
    assert [plan.last_month(month, 24) for month in (1, 6, 12)] == [2, 12, 24]
    assert [plan.last_month(month, 6) for month in (1, 6, 12)] == [1, 3, 6]


def test_a_template_is_found_by_its_id_or_by_an_action() -> None:
    assert find("ka210-18").action == "KA210"
    assert find("KA220").id == find("ka220-sch").id == "ka220-24"
    with pytest.raises(Refused, match="there are ka220-24, ka210-18, headings-24"):
        find("KA22")


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("project",), None, r"own\.toml, \[project\] is missing"),
        (("project", "months"), 0, r"\[project\]: months is a whole number from 1 to 120, not 0"),
        (("project", "shape"), "round", r"shape is one of work_packages, activities, headings"),
        (("work_unit", 0, "end_month"), 13, r"work_unit 1: end_month .* from 1 to 12, not 13"),
        (("work_unit", 1, "end_month"), 2, r"work_unit 2: end_month .* from 3 to 12, not 2"),
        (("work_unit", 1, "parent"), "WP9", r"A1 lies in WP9, which does not stand above it"),
        (("work_unit", 1, "code"), "WP1", r"own\.toml: work_unit WP1 stands there twice"),
        (("work_unit", 1, "lead"), "OU", r"lead is 'coordinator' or left out, not 'OU'"),
        (("work_unit", 0, "share_percent"), 90, r"the shares add up to 90, not to 100"),
        (("task", 0, "work_unit"), "WP9", r"task 1: there is no work_unit 'WP9'"),
        (("task", 1, "needs"), ["T9"], r"T2 needs T9, which does not stand above it"),
        (("task", 1, "code"), "T1", r"own\.toml: task T1 stands there twice"),
        (("task", 0, "due_month"), None, r"task 1: due_month is a whole number from 1 to 12"),
        (("task", 1, "due_day"), 31, r"task 2: due_day is a whole number from 1 to 28, not 31"),
        (("task", 0, "priority"), "top", r"task 1: priority is one of low, normal, high"),
        (("task", 0, "recurrence"), "now and then", r"task 1: recurrence: "),
        (("meeting", 0, "month"), 13, r"meeting 1: month is a whole number from 1 to 12, not 13"),
        (("meeting", 0, "agenda"), [{}], r"meeting 1, agenda 1: title must be a text"),
    ],
)
def test_a_malformed_plan_is_refused_by_name_and_place(
    path: tuple[str | int, ...], value: object, says: str
) -> None:
    data: Any = copy.deepcopy(FILE)
    *way, last = path
    target = data
    for step in way:
        target = target[step]
    if value is None:
        del target[last]
    else:
        target[last] = value
    with pytest.raises(Refused, match=says) as refusal:
        read_template(data, "own.toml")
    assert str(refusal.value).startswith("own.toml")
