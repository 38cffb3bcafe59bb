"""Items that become tasks, assessments that become an agreed one, and where proof lies."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ka2tui.domain import checklist as rules
from ka2tui.domain.checklist import Answer
from ka2tui.domain.kinds import PhaseKind, TaskState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import (
    agreeing,
    checklist_tasks,
    checklists,
    deliverables,
    meetings,
    phases,
    projects,
    tasks,
)
from ka2tui.queries import checklists as asked
from ka2tui.queries import comparing, proofs
from ka2tui.queries import tasks as task_views
from ka2tui.queries.checklists import ItemView
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Phase

HOSTILE = "[/]\x1b]52;c;eA==\x07{score}\u202e\n=1+1"


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    return portfolio.do(projects.add, "SOLARIS", action="KA220-SCH", today=today).value


def fill(
    portfolio: Portfolio, project: int, who: str, day: date, answers: dict[str, Answer]
) -> int:
    """Fill in the checklist of the goal; items that are not named get 2."""
    made = portfolio.do(checklists.start, project, rules.find("goal"), who, day=day).value
    for item in portfolio.ask(asked.assessment, made).items:
        portfolio.do(checklists.answer, item.id, answers.get(item.code, Answer(2)))
    return made


def items(portfolio: Portfolio, assessment: int) -> dict[str, ItemView]:
    return {one.code: one for one in portfolio.ask(asked.assessment, assessment).items}


# --- tasks --------------------------------------------------------------------------------------


def test_a_weak_item_becomes_a_task_that_knows_where_it_comes_from(
    portfolio: Portfolio, project: int, today: date
) -> None:
    filled = fill(portfolio, project, "Ana", today, {"G01": Answer(0)})
    item = items(portfolio, filled)["G01"]
    portfolio.do(checklists.answer, item.id, note=HOSTILE)
    outcome = portfolio.do(checklist_tasks.make, [item.id], today=today)
    made = portfolio.ask(task_views.one, outcome.value[0])
    assert made.row.title.startswith("G01: The problem is described with figures")
    assert (made.phase, made.row.due, made.assessment_id) == (
        PhaseKind.GOAL,
        date.fromordinal(today.toordinal() + 14),
        filled,
    )
    assert "{score}" in (made.notes or "")
    assert "\x1b" not in (made.notes or "")
    seen = items(portfolio, filled)["G01"].task
    assert seen is not None
    assert (seen.id, seen.state) == (made.row.id, TaskState.OPEN)
    portfolio.undo()
    assert items(portfolio, filled)["G01"].task is None


def test_it_is_due_when_the_phase_ends_where_that_is_sooner(
    portfolio: Portfolio, project: int, today: date
) -> None:
    end = date.fromordinal(today.toordinal() + 3)
    phase = portfolio.ask(phase_of_goal, project)
    portfolio.do(phases.edit, phase, {"planned_end": end}, today=today)
    filled = fill(portfolio, project, "Ana", today, {"G01": Answer(0)})
    made = portfolio.do(checklist_tasks.make, [items(portfolio, filled)["G01"].id], today=today)
    assert portfolio.ask(task_views.one, made.value[0]).row.due == end


def phase_of_goal(session: Session, project: int) -> int:
    wanted = Phase.project_id == project, Phase.kind == PhaseKind.GOAL
    return session.scalars(select(Phase.id).where(*wanted)).one()


def test_doing_it_twice_tells_that_there_is_one(
    portfolio: Portfolio, project: int, today: date
) -> None:
    item = items(portfolio, fill(portfolio, project, "Ana", today, {}))["G01"]
    (first,) = portfolio.do(checklist_tasks.make, [item.id], today=today, title="Ask them").value
    with pytest.raises(Refused, match="G01 has a task already, “Ask them” \\(open\\)"):
        portfolio.do(checklist_tasks.make, [item.id], today=today)
    portfolio.do(tasks.finish, [first], today=today)
    assert portfolio.do(checklist_tasks.make, [item.id], today=today).value != [first]


def test_several_become_tasks_in_one_step_and_what_needs_none_is_passed_over(
    portfolio: Portfolio, project: int, today: date
) -> None:
    answers = {"G02": Answer(4), "G03": Answer(not_applicable=True), "G04": Answer()}
    filled = fill(portfolio, project, "Ana", today, answers)
    found = items(portfolio, filled)
    ids = [found[code].id for code in ("G01", "G02", "G03", "G04", "G01")]
    outcome = portfolio.do(checklist_tasks.make, ids, today=today)
    assert len(outcome.value) == 2
    assert outcome.label == "Make 2 tasks of a checklist, 2 passed over"
    portfolio.undo()
    assert all(one.task is None for one in items(portfolio, filled).values())
    with pytest.raises(Refused, match="G02 is done, with proof; G03 does not apply"):
        portfolio.do(checklist_tasks.make, ids[1:3], today=today)


def test_a_task_outlives_its_assessment(portfolio: Portfolio, project: int, today: date) -> None:
    filled = fill(portfolio, project, "Ana", today, {})
    item = items(portfolio, filled)["G01"]
    (made,) = portfolio.do(checklist_tasks.make, [item.id], today=today).value
    portfolio.do(checklists.remove, [filled])
    assert portfolio.ask(task_views.one, made).origin is None


# --- agreeing -----------------------------------------------------------------------------------


def test_agreeing_takes_over_what_all_said_and_leaves_the_rest_open(
    portfolio: Portfolio, project: int, today: date
) -> None:
    ana = fill(portfolio, project, "Ana", today, {"G01": Answer(4)})
    ben = fill(portfolio, project, "Ben", today, {"G01": Answer(1), "G02": Answer()})
    found = items(portfolio, ben)
    portfolio.do(checklists.answer, found["G01"].id, note="Where is it?")
    made = portfolio.do(agreeing.begin, [ben, ana], day=today)
    assert made.label == "Begin to agree on “Goal and needs” (Ana, Ben)"
    view = portfolio.ask(asked.assessment, made.value)
    assert (view.head.assessor, view.head.score.unanswered) == ("Agreed: Ana, Ben", 2)
    assert view.items[0].note == "Ana: 4\nBen: 1, Where is it?"
    assert [one.answer for one in view.items[2:]] == [Answer(2)] * (len(view.items) - 2)
    with pytest.raises(Refused, match=f"being agreed already \\(assessment {made.value}\\)"):
        portfolio.do(agreeing.begin, [ben, ana], day=today)
    assert portfolio.ask(comparing.newest, project, "goal").chosen == (ben, ana)
    seen = portfolio.ask(comparing.compare, [ana, ben])
    assert seen.agreed is not None
    assert (seen.agreed.id, seen.apart, seen.same) == (made.value, 1, len(view.items) - 2)
    portfolio.undo()
    assert portfolio.ask(comparing.compare, [ana, ben]).agreed is None


def test_only_what_can_be_compared_is(portfolio: Portfolio, project: int, today: date) -> None:
    ana = fill(portfolio, project, "Ana", today, {})
    other = portfolio.do(checklists.start, project, rules.find("proposal"), "Ben", day=today).value
    with pytest.raises(Refused, match="of one checklist"):
        portfolio.ask(comparing.compare, [ana, other])
    with pytest.raises(Refused, match="of one checklist"):
        portfolio.do(agreeing.begin, [ana, other], day=today)
    with pytest.raises(Refused, match="Only Ana has filled in “Goal and needs”"):
        portfolio.ask(comparing.newest, project, "goal")
    with pytest.raises(Refused, match="two assessments"):
        portfolio.ask(comparing.compare, [ana, ana])
    with pytest.raises(Refused, match="Nobody has filled"):
        portfolio.ask(comparing.over_time, project, "funding")


def test_the_trend_of_one_assessor_is_not_the_difference_between_two(
    portfolio: Portfolio, project: int, today: date
) -> None:
    days = [date.fromordinal(today.toordinal() + n) for n in range(3)]
    for who, day, score in (("Ana", days[0], 1), ("Ben", days[1], 4), ("ana", days[2], 2)):
        made = fill(portfolio, project, who, day, {"G01": Answer(score)})
        portfolio.do(checklists.close, made)
    found = portfolio.ask(comparing.over_time, project, "goal")
    assert [(way.assessor, len(way.rows)) for way in found.ways] == [("Ana", 2), ("Ben", 1)]
    first, last = found.ways[0].estimates
    assert first is not None
    assert last is not None
    (row,) = [one for one in portfolio.ask(asked.overview, project) if one.id == "goal"]
    assert row.trend == last - first


# --- proof --------------------------------------------------------------------------------------


def test_proof_is_a_record_a_link_or_a_file(
    portfolio: Portfolio, project: int, today: date
) -> None:
    task = portfolio.do(tasks.add, project, "Draft", code="T2.3").value
    portfolio.do(deliverables.add, project, "D3.1", "Handbook")
    meeting = portfolio.do(meetings.add, project, "Kick-off: Madrid").value
    seen = portfolio.ask(proofs.find, project, " t2.3 ")
    assert (seen.table, seen.id, seen.word) == ("task", task, "task T2.3 Draft")
    assert portfolio.ask(proofs.find, project, "D3.1").word == "deliverable D3.1 Handbook"
    assert portfolio.ask(proofs.find, project, "Kick-off: Madrid").id == meeting
    assert portfolio.ask(proofs.find, project, "https://x.eu/a?b=[red]").link.endswith("[red]")
    assert portfolio.ask(proofs.find, project, "www.x.eu").link == "https://www.x.eu"
    for path in ("proof/list 1.pdf", "1", r"C:\x\y.pdf", "T9.9"):
        assert portfolio.ask(proofs.find, project, path).path == path


def test_where_proof_lies_is_kept_and_taken_away(
    portfolio: Portfolio, project: int, today: date
) -> None:
    filled = fill(portfolio, project, "Ana", today, {})
    item = items(portfolio, filled)["G01"]
    said = portfolio.do(checklists.answer, item.id, found_at="a\x1b\u202eb.pdf").label
    assert said == "Say where the proof of G01 lies"
    assert items(portfolio, filled)["G01"].found_at == "a\u241bb.pdf"
    portfolio.do(checklists.answer, item.id, found_at=" ")
    assert items(portfolio, filled)["G01"].found_at is None
    for bad in ("javascript:alert(1)", "https://", "data:text/html,x", "mailto:a@b.eu", "x" * 1001):
        with pytest.raises(Refused):
            portfolio.do(checklists.answer, item.id, found_at=bad)
