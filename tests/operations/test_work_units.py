from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from ka2tui.domain.kinds import ProjectShape, WorkUnitKind
from ka2tui.domain.refusal import Refused
from ka2tui.operations import deliverables, work_units
from ka2tui.queries import work_units as asked
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Partner, Project


@operation("Begin")
def begin(
    session: Session, acronym: str = "SOLAR", shape: ProjectShape = ProjectShape.WORK_PACKAGES
) -> int:
    project = Project(
        acronym=acronym, start=date(2025, 12, 1), months=24, end=date(2027, 11, 30), shape=shape
    )
    session.add(project)
    session.flush()
    session.add(Partner(project_id=project.id, acronym=f"{acronym}1", name="University"))
    session.flush()
    return project.id


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return portfolio.do(begin).value


def codes(portfolio: Portfolio, project: int) -> list[str]:
    return [row.code for row in portfolio.ask(asked.listed, project)]


def test_a_work_package_is_added_with_its_facts_and_undone_in_words(
    portfolio: Portfolio, project: int
) -> None:
    done = portfolio.do(
        work_units.add,
        project,
        "WP2",
        "Handbook",
        values={"lead_id": 1, "start_month": 3, "end_month": 12, "amount_cents": 5_000_000},
    )
    (row,) = portfolio.ask(asked.listed, project)
    assert (row.code, row.title, row.lead, row.start_month, row.end_month, row.amount_cents) == (
        "WP2",
        "Handbook",
        "SOLAR1",
        3,
        12,
        5_000_000,
    )
    assert done.label == "Add work package WP2 “Handbook”"
    portfolio.undo()
    assert codes(portfolio, project) == []


def test_activities_stand_below_their_work_package(portfolio: Portfolio, project: int) -> None:
    wp1 = portfolio.do(work_units.add, project, "WP1").value
    portfolio.do(work_units.add, project, "WP2")
    portfolio.do(work_units.add, project, "A1.1", values={"parent_id": wp1})
    rows = portfolio.ask(asked.listed, project)
    assert [(row.code, row.parent, row.kind) for row in rows] == [
        ("WP1", None, WorkUnitKind.WORK_PACKAGE),
        ("A1.1", "WP1", WorkUnitKind.ACTIVITY),
        ("WP2", None, WorkUnitKind.WORK_PACKAGE),
    ]


def test_an_activity_contains_nothing(portfolio: Portfolio, project: int) -> None:
    activity = portfolio.do(work_units.add, project, "A1").value
    with pytest.raises(Refused, match="contain activities"):
        portfolio.do(work_units.add, project, "A2", values={"parent_id": activity})


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (ProjectShape.ACTIVITIES, WorkUnitKind.ACTIVITY),
        (ProjectShape.HEADINGS, WorkUnitKind.HEADING),
    ],
)
def test_a_project_names_its_parts_as_it_is_made(
    portfolio: Portfolio, shape: ProjectShape, kind: WorkUnitKind
) -> None:
    other = portfolio.do(begin, "SMALL", shape).value
    portfolio.do(work_units.add, other, "3")
    assert portfolio.ask(asked.listed, other)[0].kind is kind


def test_a_code_is_taken_in_any_letter_case(portfolio: Portfolio, project: int) -> None:
    portfolio.do(work_units.add, project, "WP1", "Management")
    with pytest.raises(Refused, match="WP1 is already the code of “Management”"):
        portfolio.do(work_units.add, project, "wp1")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"start_month": 5, "end_month": 4}, "before it begins"),
        ({"start_month": 0}, "not a project month"),
        ({"amount_cents": -1}, "0 or more"),
        ({"percent": 101}, "between 0 and 100"),
        ({"lead_id": 99}, "not of this project"),
        ({"start": date(2026, 1, 2), "end": date(2026, 1, 1)}, "before it begins"),
        ({"uid": "x"}, "cannot be changed here"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_added(
    portfolio: Portfolio, project: int, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        portfolio.do(work_units.add, project, "WP1", values=values)
    assert codes(portfolio, project) == []


def test_a_partner_of_another_project_cannot_lead(portfolio: Portfolio, project: int) -> None:
    portfolio.do(begin, "OTHER")
    with pytest.raises(Refused, match="not of this project"):
        portfolio.do(work_units.add, project, "WP1", values={"lead_id": 2})


def test_months_after_the_project_are_a_warning_not_a_block(
    portfolio: Portfolio, project: int
) -> None:
    unit = portfolio.do(work_units.add, project, "WP1", values={"end_month": 26}).value
    assert "M26" in (portfolio.ask(asked.one, unit).warning or "")


def test_an_edit_holds_back_what_somebody_else_changed(portfolio: Portfolio, project: int) -> None:
    unit = portfolio.do(work_units.add, project, "WP1", "Old").value
    portfolio.do(work_units.edit, unit, {"title": "Theirs"})
    seen = {"title": "Old", "place": None}
    held = portfolio.do(work_units.edit, unit, {"title": "Mine", "place": "Kraków"}, seen).value
    assert [(one.field, one.yours, one.theirs) for one in held] == [("title", "Mine", "Theirs")]
    assert portfolio.ask(asked.one, unit).place == "Kraków"


def test_a_work_package_that_contains_something_is_not_removed(
    portfolio: Portfolio, project: int
) -> None:
    wp1 = portfolio.do(work_units.add, project, "WP1").value
    inside = portfolio.do(work_units.add, project, "A1.1", values={"parent_id": wp1}).value
    with pytest.raises(Refused, match=r"WP1 contains A1\.1"):
        portfolio.do(work_units.remove, [wp1])
    portfolio.do(work_units.remove, [wp1, inside])
    assert codes(portfolio, project) == []
    portfolio.undo()
    assert codes(portfolio, project) == ["WP1", "A1.1"]


def test_what_was_attached_stays_without_it(portfolio: Portfolio, project: int) -> None:
    wp1 = portfolio.do(work_units.add, project, "WP1").value
    portfolio.do(deliverables.add, project, "D1.1", values={"work_unit_id": wp1})
    assert portfolio.ask(asked.one, wp1).deliverables == ("D1.1",)
    portfolio.do(work_units.remove, [wp1])
    portfolio.undo()
    assert portfolio.ask(asked.one, wp1).deliverables == ("D1.1",)


def test_shares_are_set_changed_and_taken_away(portfolio: Portfolio, project: int) -> None:
    unit = portfolio.do(work_units.add, project, "WP1").value
    portfolio.do(work_units.set_share, unit, 1, role="co-lead", amount_cents=100)
    portfolio.do(work_units.set_share, unit, 1, role="co-lead", amount_cents=200)
    (share,) = portfolio.ask(asked.one, unit).shares
    assert (share.partner, share.role, share.amount_cents) == ("SOLAR1", "co-lead", 200)
    portfolio.do(work_units.remove_share, unit, 1)
    assert portfolio.ask(asked.one, unit).shares == ()
    with pytest.raises(Refused, match="has no share in WP1"):
        portfolio.do(work_units.remove_share, unit, 1)
