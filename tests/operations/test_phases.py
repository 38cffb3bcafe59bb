"""Phases: steps, dates, going on with a reason that is kept, and the way back from each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ka2tui.domain import checklist
from ka2tui.domain.checklist import Answer
from ka2tui.domain.kinds import PhaseKind, PhaseState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import checklists, phases, projects
from ka2tui.queries import checklists as checklist_views
from ka2tui.queries import lifecycle
from ka2tui.queries.lifecycle import PhaseView
from ka2tui.store.portfolio import Portfolio

LATER = date(2026, 12, 1)


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    """A project half a year before its start: its proposal is being written."""
    start = date(2027, 9, 1)
    return portfolio.do(projects.add, "SOLARIS", start=start, months=24, today=today).value


def seen(portfolio: Portfolio, project: int, kind: PhaseKind = PhaseKind.GOAL) -> PhaseView:
    way = portfolio.ask(lifecycle.way, project, today=LATER)
    return next(phase for phase in way.phases if phase.kind is kind)


def fill_in(portfolio: Portfolio, project: int, name: str, score: int, but: int = 0) -> int:
    """Answer all items of a checklist, except so many."""
    template = checklist.find(name)
    made = portfolio.do(checklists.start, project, template, "Ana", day=LATER).value
    items = portfolio.ask(checklist_views.assessment, made).items
    for item in items[: len(items) - but]:
        portfolio.do(checklists.answer, item.id, Answer(score))
    return made


def tick_all(portfolio: Portfolio, phase: PhaseView) -> None:
    portfolio.do(phases.tick, [step.id for step in phase.steps], today=LATER)


def test_several_steps_are_ticked_as_one_change_and_unticked_by_one_undo(
    portfolio: Portfolio, project: int
) -> None:
    steps = seen(portfolio, project).steps
    done = portfolio.do(phases.tick, [steps[0].id, steps[1].id], today=LATER)
    assert done.label == "Tick 2 steps (Goal)"
    now = seen(portfolio, project)
    assert [step.done_on for step in now.steps[:3]] == [LATER, LATER, None]
    assert (now.steps_done, now.percent) == (2, 40)
    portfolio.undo()
    assert seen(portfolio, project).steps_done == 0


def test_ticking_again_keeps_the_day_and_unticking_takes_it_away(
    portfolio: Portfolio, project: int, today: date
) -> None:
    step = seen(portfolio, project).steps[0]
    portfolio.do(phases.tick, [step.id], today=today)
    assert portfolio.do(phases.tick, [step.id], today=LATER).entry is None
    assert seen(portfolio, project).steps[0].done_on == today
    done = portfolio.do(phases.tick, [step.id], done=False, today=LATER)
    assert done.label == "Untick Ask partners and target groups what they need (Goal)"
    assert seen(portfolio, project).steps[0].done_on is None


def test_a_step_of_a_later_phase_may_be_done_and_begins_it(
    portfolio: Portfolio, project: int
) -> None:
    later = seen(portfolio, project, PhaseKind.IMPLEMENTATION)
    assert later.state is PhaseState.AHEAD
    portfolio.do(phases.tick, [later.steps[0].id], today=LATER)
    begun = seen(portfolio, project, PhaseKind.IMPLEMENTATION)
    assert (begun.state, begun.actual_start) == (PhaseState.UNDER_WAY, LATER)


def test_any_phase_can_be_started_however_early_but_once(
    portfolio: Portfolio, project: int
) -> None:
    phase = seen(portfolio, project, PhaseKind.EVALUATION)
    assert portfolio.do(phases.start, phase.id, today=LATER).label == (
        "Start phase Evaluation and dissemination"
    )
    with pytest.raises(Refused, match="under way already"):
        portfolio.do(phases.start, phase.id, today=LATER)
    portfolio.undo()
    assert seen(portfolio, project, PhaseKind.EVALUATION).state is PhaseState.AHEAD


def test_going_on_with_something_open_asks_for_a_reason_and_changes_nothing_without(
    portfolio: Portfolio, project: int
) -> None:
    phase = seen(portfolio, project)
    assert phase.still_open[-1] == "Checklist “Goal and needs” was never filled in"
    assert len(phase.still_open) == 6
    for reason in (None, "", " \n\t"):
        with pytest.raises(Refused, match="Going on needs a reason"):
            portfolio.do(phases.go_on, phase.id, today=LATER, reason=reason)
    assert seen(portfolio, project) == phase


def test_the_reason_is_kept_with_what_was_open_and_one_undo_takes_all_back(
    portfolio: Portfolio, project: int
) -> None:
    phase = seen(portfolio, project)
    reason = "[bold]the call[/] closes\x1b[2J {today}"
    done = portfolio.do(phases.go_on, phase.id, today=LATER, reason=reason)
    left = seen(portfolio, project)
    kept = "[bold]the call[/] closes␛[2J {today}"
    assert (left.state, left.actual_end, left.override_reason) == (PhaseState.DONE, LATER, kept)
    assert left.override_open == "\n".join(phase.still_open)
    assert done.label == f"Go on from Goal: {kept}"
    assert left.still_open == ()
    portfolio.undo()
    assert seen(portfolio, project) == phase


def test_nothing_open_needs_no_reason_and_the_next_phase_begins(
    portfolio: Portfolio, project: int
) -> None:
    proposal = seen(portfolio, project, PhaseKind.PROPOSAL)
    tick_all(portfolio, proposal)
    fill_in(portfolio, project, "proposal", 3)
    assert seen(portfolio, project, PhaseKind.PROPOSAL).still_open == ()
    assert seen(portfolio, project, PhaseKind.FUNDING).state is PhaseState.AHEAD
    portfolio.do(phases.go_on, proposal.id, today=LATER)
    assert seen(portfolio, project, PhaseKind.PROPOSAL).override_reason is None
    begun = seen(portfolio, project, PhaseKind.FUNDING)
    assert (begun.state, begun.actual_start) == (PhaseState.UNDER_WAY, LATER)


@pytest.mark.parametrize(
    ("score", "but", "says"),
    [
        (4, 2, ("Checklist “Goal and needs” has 2 of 12 items not answered",)),
        (2, 0, ("Checklist “Goal and needs”: own estimate 50 of 100, at least 60 wanted",)),
        (
            2,
            1,
            (
                "Checklist “Goal and needs” has 1 of 12 items not answered",
                "Checklist “Goal and needs”: own estimate 50 of 100, at least 60 wanted",
            ),
        ),
        (3, 0, ()),
    ],
)
def test_the_checklist_must_be_answered_and_reach_the_own_estimate_wanted(
    portfolio: Portfolio, project: int, score: int, but: int, says: tuple[str, ...]
) -> None:
    tick_all(portfolio, seen(portfolio, project))
    fill_in(portfolio, project, "goal", score, but)
    assert seen(portfolio, project).still_open == says
    if says:
        with pytest.raises(Refused, match="needs a reason"):
            portfolio.do(phases.go_on, seen(portfolio, project).id, today=LATER)


def test_an_assessment_just_begun_does_not_hide_the_finished_one_before(
    portfolio: Portfolio, project: int
) -> None:
    tick_all(portfolio, seen(portfolio, project))
    fill_in(portfolio, project, "goal", 4)
    portfolio.do(checklists.start, project, checklist.find("goal"), "Ivan", day=LATER)
    assert seen(portfolio, project).still_open == ()


def test_the_own_estimate_wanted_can_be_changed(portfolio: Portfolio, project: int) -> None:
    tick_all(portfolio, seen(portfolio, project))
    fill_in(portfolio, project, "goal", 2)
    phase = seen(portfolio, project).id
    portfolio.do(phases.edit, phase, {"gate_minimum": 50}, today=LATER)
    assert seen(portfolio, project).still_open == ()
    with pytest.raises(Refused, match="between 0 and 100"):
        portfolio.do(phases.edit, phase, {"gate_minimum": 101}, today=LATER)


def test_a_phase_that_is_done_can_be_opened_again_and_its_reason_stays_readable(
    portfolio: Portfolio, project: int
) -> None:
    phase = seen(portfolio, project).id
    with pytest.raises(Refused, match="needs no opening"):
        portfolio.do(phases.reopen, phase)
    portfolio.do(phases.go_on, phase, today=LATER, reason="the call closes")
    with pytest.raises(Refused, match="done already"):
        portfolio.do(phases.go_on, phase, today=LATER, reason="again")
    portfolio.do(phases.reopen, phase)
    now = seen(portfolio, project)
    assert (now.state, now.actual_end) == (PhaseState.UNDER_WAY, None)
    assert now.override_reason == "the call closes"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"planned_end": date(2020, 1, 1)}, "before it begins"),
        ({"actual_start": date(2027, 1, 1)}, "still to come"),
        ({"actual_end": date(2026, 11, 1)}, "no last day yet"),
        ({"state": "done"}, "cannot be changed here"),
    ],
)
def test_dates_that_cannot_be_are_refused(
    portfolio: Portfolio, project: int, values: dict[str, Any], says: str
) -> None:
    phase = seen(portfolio, project)
    with pytest.raises(Refused, match=says):
        portfolio.do(phases.edit, phase.id, values, today=LATER)
    assert seen(portfolio, project) == phase


def test_entered_dates_are_kept_and_undone(portfolio: Portfolio, project: int) -> None:
    before = seen(portfolio, project)
    values = {"planned_end": date(2027, 2, 15), "actual_start": date(2026, 10, 1)}
    assert portfolio.do(phases.edit, before.id, values, today=LATER).label == (
        "Set dates of phase Goal"
    )
    now = seen(portfolio, project)
    assert (now.first, now.last) == (date(2026, 10, 1), date(2027, 2, 15))
    portfolio.undo()
    assert seen(portfolio, project) == before


def test_a_phase_or_step_of_a_project_that_is_gone_is_named(
    portfolio: Portfolio, project: int
) -> None:
    step = seen(portfolio, project).steps[0].id
    portfolio.do(projects.remove, project)
    with pytest.raises(Refused, match="There is no step"):
        portfolio.do(phases.tick, [step], today=LATER)
    with pytest.raises(Refused, match="There is no project"):
        portfolio.ask(lifecycle.way, project, today=LATER)
