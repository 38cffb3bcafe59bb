"""What is found about needs and objectives, and what is left alone."""

from __future__ import annotations

from ka2tui.domain import aims
from ka2tui.domain.aims import Aim, Serving, Unit
from ka2tui.domain.checks import catalogue, goal
from ka2tui.domain.checks.goal import Aimed
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.kinds import AimKind

WP2 = Unit(2, "WP2", "Handbook", None, manages=False)
UNIT = Serving("work_unit", 2, "WP2", "Handbook")
RESULT = Serving("deliverable", 21, "D2.1", "Handbook")
NUMBER = Serving("indicator", 41, "I1", "teachers trained")


def need(number: int = 1, *, source: str | None = "survey of 2026") -> Aim:
    return Aim(number, AimKind.NEED, f"N{number}", "Few read [red]", None, None, source)


def objective(number: int = 2, parent: int | None = 1) -> Aim:
    return Aim(number, AimKind.OBJECTIVE, f"SO{number}", "More read", parent, None, None)


def codes(known: list[Aim], links: dict[int, list[Serving]] | None = None) -> list[str]:
    chain = aims.chain(known, links or {}, [WP2], {})
    return [f"{one.code} {one.where}" for one in goal.found(Aimed(known, chain))]


def test_a_whole_chain_is_left_alone() -> None:
    assert codes([need(), objective()], {2: [UNIT, RESULT, NUMBER]}) == []


def test_without_any_need_one_finding_says_so_and_not_every_objective() -> None:
    assert codes([]) == []  # nobody has begun here; that is no fault of the project
    full = {2: [UNIT, RESULT, NUMBER], 3: [UNIT, RESULT, NUMBER]}
    assert codes([objective(2, None), objective(3, None)], full) == ["KA2-W508 project"]


def test_a_small_partnership_is_not_asked_for_an_analysis_of_needs() -> None:
    known = [need(source=None), objective()]
    whole = aims.chain(known, {2: [UNIT, RESULT, NUMBER]}, [WP2], {})
    assert [*goal.found(Aimed(known, whole, judged=False))] == []
    assert [*goal.found(Aimed([], aims.chain([], {}, [], {}), judged=False))] == []


def test_needs_and_objectives_that_do_not_meet_are_found() -> None:
    full = {2: [UNIT, RESULT, NUMBER]}
    assert codes([need(), objective(2, None)], full) == ["KA2-W505 N1", "KA2-W506 SO2"]


def test_a_need_that_nothing_shows_is_a_hint() -> None:
    full = {2: [UNIT, RESULT, NUMBER]}
    assert codes([need(source=None), objective()], full) == ["KA2-I508 N1"]


def test_neither_result_nor_indicator_weighs_more_than_one_of_them() -> None:
    known = [need(), objective()]
    assert codes(known, {2: [UNIT]}) == ["KA2-W507 SO2"]
    assert codes(known, {2: [UNIT, RESULT]}) == ["KA2-I507 SO2"]
    assert codes(known, {2: [NUMBER]}) == ["KA2-I507 SO2"]


def test_findings_quote_what_was_typed_and_stand_in_the_list_of_checks() -> None:
    known = [need(), objective(2, None)]
    chain = aims.chain(known, {}, [], {})
    for one in goal.found(Aimed(known, chain)):
        told = catalogue.told(one)
        assert told.where
        assert told.about in ("aim", "project")
        assert catalogue.everything()[one.number].stages == {Stage.APPLYING}
    assert any("[red]" in one.text for one in goal.found(Aimed(known, chain)))
