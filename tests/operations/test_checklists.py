"""Assessments: copied, answered one undo step at a time, closed, compared with the one before."""

from __future__ import annotations

from datetime import date

import pytest

from ka2tui.domain import checklist as rules
from ka2tui.domain.checklist import Answer
from ka2tui.domain.kinds import AssessmentState
from ka2tui.domain.refusal import Refused
from ka2tui.operations import agreeing, checklists, projects, tasks, work_units
from ka2tui.queries import checklists as asked
from ka2tui.queries import comparing
from ka2tui.queries import tasks as task_views
from ka2tui.queries.checklists import AssessmentView
from ka2tui.store.portfolio import Portfolio

HOSTILE = "[/]\x1b]52;c;eA==\x07{score}\u202e\n=1+1"


@pytest.fixture
def project(portfolio: Portfolio, today: date) -> int:
    return portfolio.do(projects.add, "SOLARIS", action="KA220-SCH", today=today).value


def start(portfolio: Portfolio, project: int, day: date, name: str = "goal") -> int:
    return portfolio.do(checklists.start, project, rules.find(name), "Ana", day=day).value


def seen(portfolio: Portfolio, assessment: int) -> AssessmentView:
    return portfolio.ask(asked.assessment, assessment)


def test_an_assessment_is_a_copy_of_its_template(
    portfolio: Portfolio, project: int, today: date
) -> None:
    template = rules.find("goal")
    view = seen(portfolio, start(portfolio, project, today))
    assert [item.code for item in view.items] == [item.id for item in template.items]
    assert [item.text for item in view.items] == [item.text for item in template.items]
    assert view.head.score.say == "nothing answered yet"
    assert (view.head.assessor, view.head.day, view.earlier) == ("Ana", today, None)
    assert all("Programme Guide" in (item.source or "") or item.source for item in view.items)


def test_items_for_other_actions_are_left_out(portfolio: Portfolio, today: date) -> None:
    counts = {}
    for acronym, action in (("NA", "KA210-SCH"), ("EU", "ERASMUS-EDU-2025-PEX-COVE")):
        made = portfolio.do(projects.add, acronym, action=action, today=today).value
        rows = portfolio.ask(asked.overview, made)
        counts[acronym] = sum(row.items for row in rows)
        view = seen(portfolio, start(portfolio, made, today, "proposal"))
        assert len(view.items) == next(row.items for row in rows if row.id == "proposal")
    assert counts["NA"] < 108
    assert counts["EU"] < 108


def test_each_answer_counts_at_once_and_is_one_undo_step(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assessment = start(portfolio, project, today)
    first, second = seen(portfolio, assessment).items[:2]
    assert portfolio.do(checklists.answer, first.id, Answer(4)).label == (
        "Answer G01: 4, done, with proof"
    )
    portfolio.do(checklists.answer, second.id, Answer(0))
    points = first.weight * 4 * 100 // ((first.weight + second.weight) * 4)
    assert seen(portfolio, assessment).head.score.total == points
    portfolio.undo()
    assert seen(portfolio, assessment).head.score.total == 100
    assert seen(portfolio, assessment).head.score.unanswered == 11


def test_what_does_not_apply_is_outside_the_score_until_it_is_answered_again(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assessment = start(portfolio, project, today)
    item = seen(portfolio, assessment).items[0]
    portfolio.do(checklists.answer, item.id, Answer(3))
    portfolio.do(checklists.answer, item.id, Answer(not_applicable=True))
    score = seen(portfolio, assessment).head.score
    assert (score.not_applicable, score.items, score.total) == (1, 11, None)
    portfolio.do(checklists.answer, item.id, Answer(1))
    assert seen(portfolio, assessment).items[0].answer == Answer(1)
    portfolio.do(checklists.answer, item.id, Answer())
    assert seen(portfolio, assessment).items[0].answer.open


def test_a_note_is_kept_as_it_was_meant_and_stays_when_the_score_changes(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assessment = start(portfolio, project, today)
    item = seen(portfolio, assessment).items[0].id
    assert portfolio.do(checklists.answer, item, note=HOSTILE).label == "Write a note to G01"
    kept = "[/]␛]52;c;eA==␇{score}\n=1+1"
    assert seen(portfolio, assessment).items[0].note == kept
    portfolio.do(checklists.answer, item, Answer(2))
    assert seen(portfolio, assessment).items[0].note == kept
    portfolio.do(checklists.answer, item, note="")
    assert seen(portfolio, assessment).items[0].note is None


def answered(portfolio: Portfolio, project: int, who: str, day: date, score: int) -> int:
    """Let somebody fill in the checklist of the goal; it stays open."""
    made = portfolio.do(checklists.start, project, rules.find("goal"), who, day=day).value
    for item in seen(portfolio, made).items:
        portfolio.do(checklists.answer, item.id, Answer(score))
    return int(made)


@pytest.mark.parametrize("closed", [False, True])
def test_what_others_answer_in_the_same_round_is_unseen_until_one_has_closed(
    portfolio: Portfolio, project: int, *, closed: bool
) -> None:
    one = answered(portfolio, project, "One", date(2026, 5, 1), 3)
    if closed:
        portfolio.do(checklists.close, one)
    two = answered(portfolio, project, "Two", date(2026, 6, 30), 1)
    view = seen(portfolio, two)
    assert (view.earlier, view.told) == (None, ())
    assert {item.last for item in view.items} == {None}
    assert [row.id for row in view.others] == [one]  # for the comparison
    portfolio.do(checklists.close, two)
    view = seen(portfolio, two)
    assert [row.assessor for row in view.told] == ["One"]
    assert view.earlier is None


def test_last_time_is_ones_own_or_else_that_of_an_earlier_round(
    portfolio: Portfolio, project: int
) -> None:
    answered(portfolio, project, "One", date(2026, 1, 1), 3)
    two = answered(portfolio, project, "Two", date(2026, 3, 3), 1)
    view = seen(portfolio, two)
    assert view.earlier is not None
    assert (view.earlier.assessor, view.items[0].last) == ("One", Answer(3))
    assert view.others == ()  # a round ago: nothing to compare with by itself
    answered(portfolio, project, "One", date(2026, 3, 4), 4)
    again = seen(portfolio, answered(portfolio, project, "two", date(2026, 3, 5), 2))
    assert again.earlier is not None
    assert (again.earlier.id, again.items[0].last) == (two, Answer(1))


def test_last_times_answers_stand_beside_the_new_ones(
    portfolio: Portfolio, project: int, today: date
) -> None:
    old = start(portfolio, project, date(2026, 5, 1))
    for item in seen(portfolio, old).items:
        portfolio.do(checklists.answer, item.id, Answer(2))
    portfolio.do(checklists.close, old)
    new = start(portfolio, project, today)
    view = seen(portfolio, new)
    assert view.earlier is not None
    assert (view.earlier.id, view.earlier.score.total) == (old, 50)
    assert {item.last for item in view.items} == {Answer(2)}
    portfolio.do(checklists.answer, view.items[0].id, Answer(4))
    row = next(row for row in portfolio.ask(asked.overview, project) if row.id == "goal")
    assert row.trend is None  # a part is not compared with a whole
    assert [one.id for one in row.assessments] == [new, old]
    assert row.being_filled_in is not None
    assert row.being_filled_in.id == new
    portfolio.do(checklists.close, new)
    row = next(row for row in portfolio.ask(asked.overview, project) if row.id == "goal")
    assert row.trend == 50


def test_a_closed_assessment_keeps_its_answers_until_it_is_opened_again(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assessment = start(portfolio, project, today)
    item = seen(portfolio, assessment).items[0].id
    with pytest.raises(Refused, match="was answered yet"):
        portfolio.do(checklists.close, assessment)
    portfolio.do(checklists.answer, item, Answer(3))
    portfolio.do(checklists.close, assessment)
    for change in ({"given": Answer(1)}, {"note": "late"}):
        with pytest.raises(Refused, match="open it again"):
            portfolio.do(checklists.answer, item, **change)
    portfolio.do(checklists.reopen, assessment)
    assert seen(portfolio, assessment).head.state is AssessmentState.OPEN
    with pytest.raises(Refused, match="being filled in already"):
        portfolio.do(checklists.reopen, assessment)


def test_removing_an_assessment_leaves_its_tasks_and_undo_brings_both_together_again(
    portfolio: Portfolio, project: int, today: date
) -> None:
    assessment = start(portfolio, project, today)
    item = seen(portfolio, assessment).items[0].id
    portfolio.do(checklists.answer, item, Answer(1), note="ask the schools")
    task = portfolio.do(tasks.add, project, "Ask the schools", answer_id=item).value
    before = seen(portfolio, assessment)
    done = portfolio.do(checklists.remove, [assessment])
    assert done.label == "Remove checklist “Goal and needs” (Ana)"
    with pytest.raises(Refused, match="There is no assessment"):
        seen(portfolio, assessment)
    assert portfolio.ask(task_views.some, [task])[0].title == "Ask the schools"
    portfolio.undo()
    assert seen(portfolio, assessment) == before


def test_an_assessment_needs_somebody_and_a_checklist_there_is(
    portfolio: Portfolio, project: int, today: date
) -> None:
    with pytest.raises(Refused, match="who fills it in"):
        portfolio.do(checklists.start, project, rules.find("goal"), " \t", day=today)
    with pytest.raises(Refused, match="there are partnership, goal"):
        rules.find("goals of life")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("5_implementation", "implementation"),
        ("6_evaluation_dissemination", "evaluation"),
        ("final-report", "final_report"),
        ("Goal and needs", "goal"),
        ("7", "final_report"),
        ("checklist.toml", None),
    ],
)
def test_a_checklist_is_named_by_id_title_number_or_file(said: str, name: str | None) -> None:
    if name is None:
        with pytest.raises(Refused):
            rules.find(said)
    else:
        assert rules.find(said).id == name


# --- filled in for one work package --------------------------------------------------------------


@pytest.fixture
def parts(portfolio: Portfolio, project: int) -> tuple[int, int]:
    one, two = (portfolio.do(work_units.add, project, code).value for code in ("WP2", "WP3"))
    return one, two


def of_part(portfolio: Portfolio, project: int, part: int, day: date, *scores: int) -> int:
    template = rules.find("work_package")
    made = portfolio.do(checklists.start, project, template, "Ana", day=day, work_unit=part).value
    for item, score in zip(seen(portfolio, made).items, scores, strict=False):
        portfolio.do(checklists.answer, item.id, Answer(score))
    return made


def test_a_checklist_is_filled_in_for_one_work_package(
    portfolio: Portfolio, project: int, parts: tuple[int, int], today: date
) -> None:
    made = portfolio.do(
        checklists.start, project, rules.find("work_package"), "Ana", day=today, work_unit=parts[0]
    )
    assert made.label == "Start checklist “Complete work package” of WP2 (Ana)"
    head = seen(portfolio, made.value).head
    assert (head.part, head.work_unit, head.whose) == (parts[0], "WP2", "WP2 · Ana")
    assert len(seen(portfolio, made.value).items) == 12


def test_what_is_for_a_part_needs_one_and_what_is_for_the_whole_has_none(
    portfolio: Portfolio, project: int, parts: tuple[int, int], today: date
) -> None:
    with pytest.raises(Refused, match="one work package or activity: say which"):
        start(portfolio, project, today, "work_package")
    with pytest.raises(Refused, match="about the whole project"):
        portfolio.do(
            checklists.start, project, rules.find("goal"), "Ana", day=today, work_unit=parts[0]
        )
    other = portfolio.do(projects.add, "LUNARIS", today=today).value
    with pytest.raises(Refused, match="of another project"):
        of_part(portfolio, other, parts[0], today)


def test_last_time_and_trend_are_those_of_the_same_work_package(
    portfolio: Portfolio, project: int, parts: tuple[int, int], today: date
) -> None:
    earlier = date(2025, 3, 1)
    first = of_part(portfolio, project, parts[0], earlier, 1)
    other = of_part(portfolio, project, parts[1], date(2025, 9, 1), 4)
    again = of_part(portfolio, project, parts[0], today, 3)
    view = seen(portfolio, again)
    assert view.earlier is not None
    assert view.earlier.id == first
    assert view.items[0].last == Answer(1)
    for one in (first, other, again):
        portfolio.do(checklists.close, one)
    row = next(it for it in portfolio.ask(asked.overview, project) if it.id == "work_package")
    assert row.trend == 50
    ways = portfolio.ask(comparing.over_time, project, "work_package").ways
    assert [way.assessor for way in ways] == ["WP2 · Ana", "WP3 · Ana"]


def test_those_of_two_work_packages_are_not_compared(
    portfolio: Portfolio, project: int, parts: tuple[int, int], today: date
) -> None:
    made = [of_part(portfolio, project, part, today, 2) for part in parts]
    with pytest.raises(Refused, match="of one work package can be compared"):
        portfolio.ask(comparing.compare, made)
    with pytest.raises(Refused, match="of one work package, can be agreed on"):
        portfolio.do(agreeing.begin, made, day=today)
    with pytest.raises(Refused, match="Only Ana has filled in"):
        portfolio.ask(comparing.newest, project, "work_package")


def test_one_is_found_by_the_code_of_its_work_package(
    portfolio: Portfolio, project: int, parts: tuple[int, int], today: date
) -> None:
    made = [of_part(portfolio, project, part, today) for part in parts]
    for code, number in (("wp2", made[0]), (" WP3", made[1]), ("", made[1])):
        said = f"work_package:{code}"
        assert portfolio.ask(asked.find_assessment, project, said).id == number
    with pytest.raises(Refused, match="work_package of WP9 was not started yet"):
        portfolio.ask(asked.find_assessment, project, "work_package:WP9")


def test_it_stays_when_its_work_package_goes(
    portfolio: Portfolio, project: int, parts: tuple[int, int], today: date
) -> None:
    made = of_part(portfolio, project, parts[0], today, 4)
    portfolio.do(work_units.remove, [parts[0]])
    assert seen(portfolio, made).head.work_unit is None
    portfolio.undo()
    assert seen(portfolio, made).head.work_unit == "WP2"
