"""Needs and objectives: added, ordered, linked, removed; and priorities chosen."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain.aims import Chain, Gap
from ka2tui.domain.kinds import AimKind, WorkUnitKind
from ka2tui.domain.refusal import Refused
from ka2tui.operations import aims, deliverables, indicators, projects, work_units
from ka2tui.queries import aims as asked
from ka2tui.queries import figures
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made = portfolio.do(
        projects.add, "SOLAR", action="KA220-SCH", call_year=2025, today=DAY,
        priorities=["Well-being at school"],
    )  # fmt: skip
    return int(made.value)


def need(portfolio: Portfolio, project: int, text: str = "Few read", **values: object) -> int:
    return int(portfolio.do(aims.add, project, AimKind.NEED, text, values=values).value)


def objective(portfolio: Portfolio, project: int, text: str = "More read", **values: object) -> int:
    return int(portfolio.do(aims.add, project, AimKind.OBJECTIVE, text, values=values).value)


def unit(portfolio: Portfolio, project: int, code: str, title: str = "") -> int:
    made = portfolio.do(work_units.add, project, code, title, kind=WorkUnitKind.WORK_PACKAGE)
    return int(made.value)


def chain(portfolio: Portfolio, project: int) -> Chain:
    return portfolio.ask(asked.goal, project).chain


def test_codes_are_given_and_an_objective_answers_a_need(
    portfolio: Portfolio, project: int
) -> None:
    one = need(portfolio, project, "  Few \n read ")
    other = objective(portfolio, project, parent_id=one)
    assert [
        (row.aim.code, row.aim.text, row.parent) for row in portfolio.ask(asked.listed, project)
    ] == [("N1", "Few read", None), ("SO1", "More read", "N1")]
    with pytest.raises(Refused, match="answers nothing"):
        portfolio.do(aims.edit, one, {"parent_id": other})
    with pytest.raises(Refused, match="is an objective"):
        portfolio.do(aims.edit, other, {"parent_id": other})
    with pytest.raises(Refused, match="N1 is already the code of “Few read”"):
        portfolio.do(aims.edit, other, {"code": "n1"})
    with pytest.raises(Refused, match="one sentence"):
        portfolio.do(aims.edit, other, {"text": " "})


def test_a_need_of_another_project_cannot_be_answered(portfolio: Portfolio, project: int) -> None:
    there = portfolio.do(projects.add, "OTHER", today=DAY).value
    one = need(portfolio, there)
    with pytest.raises(Refused, match="no such need"):
        objective(portfolio, project, parent_id=one)


def test_what_was_removed_leaves_its_objectives_and_undo_brings_all_back(
    portfolio: Portfolio, project: int
) -> None:
    one = need(portfolio, project)
    two = objective(portfolio, project, parent_id=one)
    first = unit(portfolio, project, "WP2")
    portfolio.do(aims.link, two, [("work_unit", first)])
    done = portfolio.do(aims.remove, [one])
    assert done.label == "Remove need N1 “Few read”"
    (row,) = chain(portfolio, project).rows
    assert row.gaps == (Gap.NEED, Gap.RESULT, Gap.INDICATOR)
    portfolio.undo()
    portfolio.do(aims.remove, [one, two])
    assert chain(portfolio, project).rows == ()
    portfolio.undo()
    (row,) = chain(portfolio, project).rows
    assert (row.need and row.need.code, row.activities[0].code) == ("N1", "WP2")


def test_links_are_set_as_a_whole_and_kept_ones_stay(portfolio: Portfolio, project: int) -> None:
    two = objective(portfolio, project)
    first, second = unit(portfolio, project, "WP2"), unit(portfolio, project, "WP3")
    result = portfolio.do(deliverables.add, project, "D2.1", "Handbook").value
    number = portfolio.do(indicators.add, project, "Readers").value
    links = [("work_unit", first), ("deliverable", result), ("indicator", number)]
    done = portfolio.do(aims.link, two, links)
    assert done.label == "Let SO1 “More read” be served by 3 parts"
    portfolio.do(aims.link, two, [("work_unit", second), ("indicator", number)])
    row = portfolio.ask(asked.one, two)
    assert [one.called for one in row.links] == ["WP3", "I1"]
    portfolio.undo()
    assert [one.called for one in portfolio.ask(asked.one, two).links] == ["WP2", "D2.1", "I1"]
    one = need(portfolio, project)
    with pytest.raises(Refused, match="is a need: link the objectives"):
        portfolio.do(aims.link, one, [("work_unit", first)])
    with pytest.raises(Refused, match="cannot serve"):
        portfolio.do(aims.link, two, [("partner", 1)])
    with pytest.raises(Refused, match="no such indicator"):
        portfolio.do(aims.link, two, [("indicator", 999)])


def test_a_removed_work_package_serves_nothing_and_comes_back_with_undo(
    portfolio: Portfolio, project: int
) -> None:
    two = objective(portfolio, project)
    first = unit(portfolio, project, "WP2")
    portfolio.do(aims.link, two, [("work_unit", first)])
    portfolio.do(work_units.remove, [first])
    assert portfolio.ask(asked.one, two).links == ()
    portfolio.undo()
    assert [one.called for one in portfolio.ask(asked.one, two).links] == ["WP2"]


def test_the_management_package_is_not_asked_what_it_serves(
    portfolio: Portfolio, project: int
) -> None:
    two = objective(portfolio, project)
    unit(portfolio, project, "WP1", "Project management")
    second = unit(portfolio, project, "WP2", "Handbook")
    unit(portfolio, project, "WP3", "Training")
    portfolio.do(aims.link, two, [("work_unit", second)])
    assert [one.code for one in chain(portfolio, project).idle] == ["WP3"]


def test_needs_and_objectives_move_among_their_own(portfolio: Portfolio, project: int) -> None:
    first, second = need(portfolio, project, "A"), need(portfolio, project, "B")
    one = objective(portfolio, project, "a1", parent_id=first)
    objective(portfolio, project, "a2", parent_id=first)
    portfolio.do(aims.move, second, -1)
    portfolio.do(aims.move, one, 1)
    codes = [row.aim.text for row in portfolio.ask(asked.listed, project)]
    assert codes == ["B", "A", "a2", "a1"]
    before = portfolio.clock()
    portfolio.do(aims.move, second, -5)
    assert portfolio.clock() == before


def test_target_groups_come_from_needs_and_objectives(portfolio: Portfolio, project: int) -> None:
    need(portfolio, project, "A", target_group="pupils 12-15; teachers")
    need(portfolio, project, "B", target_group="Teachers")
    found = portfolio.ask(asked.goal, project)
    assert found.target_groups == ("pupils 12-15", "teachers")


def test_priorities_are_chosen_and_those_kept_stay_themselves(
    portfolio: Portfolio, project: int
) -> None:
    done = portfolio.do(
        aims.choose_priorities, project, ["Inclusion and diversity", "well-being at school"]
    )
    assert done.label == "Choose 2 priorities"
    found = portfolio.ask(asked.goal, project)
    assert found.priorities == ("Inclusion and diversity", "well-being at school")
    assert found.offer is not None
    assert found.offer.fields[0].id == "SCH"
    with pytest.raises(Refused, match="twice"):
        portfolio.do(aims.choose_priorities, project, ["A", "a"])
    with pytest.raises(Refused, match="needs a name"):
        portfolio.do(aims.choose_priorities, project, ["A", " "])
    portfolio.do(aims.choose_priorities, project, [])
    assert portfolio.ask(asked.goal, project).priorities == ()
    portfolio.undo()
    portfolio.undo()
    assert portfolio.ask(asked.goal, project).priorities == ("Well-being at school",)


def test_figures_tell_the_gaps(portfolio: Portfolio, project: int) -> None:
    need(portfolio, project)
    objective(portfolio, project)
    told = {one.name: one.value for one in portfolio.ask(figures.listed, project, today=DAY)}
    assert (told["aim.needs"], told["aim.objectives"], told["aim.gaps"]) == (1, 1, 2)


def test_what_everything_serves_can_be_chosen_in_order(portfolio: Portfolio, project: int) -> None:
    unit(portfolio, project, "WP2")
    portfolio.do(deliverables.add, project, "D10", "B")
    portfolio.do(deliverables.add, project, "D9", "A")
    assert [one.called for one in portfolio.ask(asked.choices, project)] == ["WP2", "D9", "D10"]


def test_what_serves_stands_as_in_the_plan(portfolio: Portfolio, project: int) -> None:
    first, second = (unit(portfolio, project, code) for code in ("WP10", "WP9"))
    for code, parent in (("A9.2", second), ("A10.1", first), ("A9.1", second)):
        portfolio.do(work_units.add, project, code, code, values={"parent_id": parent})
    found = [one.called for one in portfolio.ask(asked.choices, project)]
    assert found == ["WP10", "A10.1", "WP9", "A9.2", "A9.1"]
    (goal,) = (portfolio.do(aims.add, project, AimKind.OBJECTIVE, "More read").value,)
    choices = portfolio.ask(asked.choices, project)
    portfolio.do(aims.link, goal, [(one.table, one.id) for one in reversed(choices)])
    assert [one.called for one in portfolio.ask(asked.one, goal).links] == found
