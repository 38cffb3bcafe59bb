"""Own scores and the table of reductions: kept, taken back, read again with what checklists say."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from ka2tui.domain import checklist as rules
from ka2tui.domain.checklist import Answer
from ka2tui.domain.figure import Figure
from ka2tui.domain.kinds import ProjectShape
from ka2tui.domain.reductions import Origin
from ka2tui.domain.refusal import Refused
from ka2tui.domain.score import NOTHING, Judged, Tried, Whence
from ka2tui.operations import checklists, projects, rule_values, scores, work_units
from ka2tui.queries import behind as behind_views
from ka2tui.queries import checklists as checklist_views
from ka2tui.queries import figures
from ka2tui.queries import scores as asked
from ka2tui.queries.behind import BehindRow
from ka2tui.queries.scores import Standing
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Project, ReductionBand

TODAY = date(2026, 11, 22)
THOUSAND = 1000 * 100


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    made = portfolio.do(
        projects.add, "SOLAR", today=TODAY, action="KA220-SCH", call_year=2025,
        grant_cents=120 * THOUSAND,
    ).value  # fmt: skip
    plan = (("WP1", "Project management", 40), ("WP2", "Needs", 25), ("WP3", "Course", 25))
    for code, title, amount in (*plan, ("WP4", "Sharing [red]", 30)):
        portfolio.do(work_units.add, made, code, title, values={"amount_cents": amount * THOUSAND})
    return made


def unit(portfolio: Portfolio, code: str) -> int:
    found = portfolio.ask(asked.standing, 1)
    return next(part.id for part in found.parts if part.code == code)


def standing(portfolio: Portfolio, tried: Tried = NOTHING) -> Standing:
    return portfolio.ask(asked.standing, 1, tried=tried)


def score(portfolio: Portfolio, **given: int) -> str:
    known = {unit(portfolio, code): points for code, points in given.items()}
    return portfolio.do(scores.score_parts, 1, known).label


# --- parts ----------------------------------------------------------------------------------------


def test_the_worked_example_is_kept_and_taken_back(portfolio: Portfolio, project: int) -> None:
    assert standing(portfolio).reckoning.total is None
    assert score(portfolio, WP2=50, WP3=80, WP4=70) == "Score 3 parts of the work plan"
    seen = standing(portfolio)
    assert (seen.reckoning.total, seen.reckoning.percent) == (67, 10)
    assert seen.reckoning.at_risk is None
    assert [it.part.code for it in seen.reckoning.lines if not it.part.is_scored] == ["WP1"]
    assert [part.typed for part in seen.parts] == [None, 50, 80, 70]
    assert score(portfolio, WP4=78) == "Score WP4: 78"
    assert standing(portfolio).reckoning.total == 70
    portfolio.undo()
    portfolio.undo()
    assert standing(portfolio).reckoning.total is None


def test_what_is_tried_is_not_kept(portfolio: Portfolio, project: int) -> None:
    score(portfolio, WP2=50, WP3=80, WP4=70)
    tried = Tried(scores={unit(portfolio, "WP4"): 78}, refused={unit(portfolio, "WP2"): 100})
    seen = standing(portfolio, tried)
    assert seen.reckoning.total == 70
    assert seen.parts[3].line.part.whence is Whence.TRIED
    assert seen.parts[1].line.part.refused == 100
    assert standing(portfolio).reckoning.total == 67
    assert standing(portfolio, Tried(total=69)).reckoning.percent == 10


def test_the_management_and_parts_of_parts_are_not_scored(
    portfolio: Portfolio, project: int
) -> None:
    with pytest.raises(Refused, match="WP1 is the management"):
        score(portfolio, WP1=50)
    above = unit(portfolio, "WP2")
    inside = portfolio.do(work_units.add, project, "A2.1", values={"parent_id": above}).value
    with pytest.raises(Refused, match=r"A2\.1 is part of WP2"):
        portfolio.do(scores.score_parts, project, {inside: 50})
    for part, said in ((unit(portfolio, "WP1"), "management"), (inside, "part of WP2")):
        assert said in (portfolio.ask(asked.why_not_scored, part) or "")
    assert portfolio.ask(asked.why_not_scored, above) is None
    portfolio.do(work_units.edit, unit(portfolio, "WP1"), {"category": "implementation"})
    assert score(portfolio, WP1=50) == "Score WP1: 50"


def test_what_cannot_be_is_refused_and_changes_nothing(portfolio: Portfolio, project: int) -> None:
    part = unit(portfolio, "WP2")
    for bad in (-1, 101):
        with pytest.raises(Refused, match="from 0 to 100"):
            portfolio.do(scores.score_parts, project, {unit(portfolio, "WP3"): 1, part: bad})
        with pytest.raises(Refused, match="from 0 to 100"):
            portfolio.do(scores.score_parts, project, {part: 1}, refused={part: bad})
    with pytest.raises(Refused, match="WP2 has no score yet"):
        portfolio.do(scores.score_parts, project, {}, refused={part: 50})
    other = portfolio.do(projects.add, "LUNAR", today=TODAY).value
    with pytest.raises(Refused, match="of another project"):
        portfolio.do(scores.score_parts, other, {part: 50})
    assert standing(portfolio).reckoning.total is None


def test_what_would_be_refused_and_a_note(portfolio: Portfolio, project: int) -> None:
    score(portfolio, WP2=90, WP3=90, WP4=90)
    part = unit(portfolio, "WP2")
    portfolio.do(
        scores.score_parts, project, {}, refused={part: 40}, notes={part: "lists are missing"}
    )
    seen = standing(portfolio).parts[1]
    assert (seen.line.part.refused, seen.note, seen.typed) == (40, "lists are missing", 90)
    portfolio.do(scores.score_parts, project, {}, refused={part: None}, notes={part: " "})
    seen = standing(portfolio).parts[1]
    assert (seen.line.part.refused, seen.note) == (0, None)


def test_scores_are_cleared(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="no own score"):
        portfolio.do(scores.clear, project)
    score(portfolio, WP2=50, WP3=80, WP4=70)
    most = {"relevance": 25}
    portfolio.do(scores.score_criteria, project, {"relevance": 20}, most=most)
    part = unit(portfolio, "WP2")
    assert portfolio.do(scores.clear, project, parts=[part]).label == "Take away an own score"
    assert standing(portfolio).parts[1].typed is None
    assert portfolio.do(scores.clear, project, judged=Judged.REPORT).value == 2
    seen = standing(portfolio)
    assert seen.reckoning.total is None
    assert seen.judgement is not None
    assert seen.judgement.sum == 20
    assert portfolio.do(scores.clear, project).value == 1


def test_a_score_outlives_its_part_until_it_comes_back(portfolio: Portfolio, project: int) -> None:
    score(portfolio, WP2=50)
    portfolio.do(work_units.remove, [unit(portfolio, "WP2")])
    assert standing(portfolio).reckoning.total is None
    portfolio.undo()
    assert standing(portfolio).reckoning.total == 50


# --- checklists -----------------------------------------------------------------------------------


def fill(portfolio: Portfolio, score: int, name: str, part: int | None, day: date) -> int:
    template = rules.find(name)
    made = portfolio.do(checklists.start, 1, template, "Ana", day=day, work_unit=part).value
    for item in portfolio.ask(checklist_views.assessment, made).items:
        portfolio.do(checklists.answer, item.id, Answer(score))
    return made


def test_the_newest_checklist_of_a_part_gives_its_score_where_none_is_typed(
    portfolio: Portfolio, project: int
) -> None:
    part = unit(portfolio, "WP2")
    fill(portfolio, 4, "work_package", part, date(2026, 1, 1))
    newest = fill(portfolio, 2, "work_package", part, TODAY)
    empty = portfolio.do(
        checklists.start, 1, rules.find("work_package"), "Ben", day=TODAY, work_unit=part
    ).value
    seen = standing(portfolio).parts[1]
    assert (seen.line.part.score, seen.line.part.whence) == (50, Whence.CHECKLIST)
    assert seen.filled is not None
    assert seen.filled.id == newest != empty
    score(portfolio, WP2=60)
    seen = standing(portfolio).parts[1]
    assert (seen.line.part.score, seen.line.part.whence) == (60, Whence.TYPED)
    assert seen.filled is not None


def test_open_items_that_weigh_most_are_told_with_an_improvement(
    portfolio: Portfolio, project: int
) -> None:
    part = unit(portfolio, "WP4")
    made = fill(portfolio, 2, "work_package", part, TODAY)
    items = portfolio.ask(checklist_views.assessment, made).items
    portfolio.do(checklists.answer, items[0].id, Answer(0))
    portfolio.do(checklists.answer, items[1].id, Answer(4))
    best = standing(portfolio).improvements[0]
    assert best.part.code == "WP4"
    assert best.hints[0].code == "W01"
    assert "W02" not in {hint.code for hint in best.hints}
    assert len(best.hints) == 3
    # weight 3 of 28, four steps of four: 10.7 points
    assert best.hints[0].points == 107


def test_the_report_is_looked_at_by_the_criteria_of_its_checklist(
    portfolio: Portfolio, project: int
) -> None:
    assert {one.score for one in standing(portfolio).report} == {None}
    fill(portfolio, 3, "final_report", None, TODAY)
    seen = standing(portfolio)
    assert {one.score for one in seen.report} == {75}
    assert [one.id for one in seen.report][:2] == ["time", "complete"]
    best = dict.fromkeys(portfolio.ask(asked.report_criteria, project), 100)
    label = portfolio.do(
        scores.score_criteria, project, {"time": 40}, most=best, judged=Judged.REPORT
    ).label
    assert label == "Give Time 40 of 100 points"
    first = standing(portfolio).report[0]
    assert (first.score, first.counted, first.whence) == (40, 75, Whence.TYPED)


# --- award criteria -------------------------------------------------------------------------------


def test_points_of_award_criteria(portfolio: Portfolio, project: int) -> None:
    known, says = portfolio.ask(asked.criteria, project)
    assert says == "Cooperation Partnerships, call 2025"
    most = {one.id: one.most for one in known.criteria}
    given = {"relevance": 12, "design": 30, "partnership": 20, "impact": 25}
    label = portfolio.do(scores.score_criteria, project, given, most=most).label
    assert label == "Give points to 4 criteria"
    seen = standing(portfolio)
    assert seen.confirmed
    assert seen.judgement is not None
    assert (seen.judgement.total, seen.judgement.fundable) == (87, False)
    portfolio.do(scores.score_criteria, project, {"relevance": 13}, most=most)
    judgement = standing(portfolio).judgement
    assert judgement is not None
    assert judgement.fundable is True
    tried = standing(portfolio, Tried(points={"impact": 12})).judgement
    assert tried is not None
    assert tried.fundable is False
    for bad, said in (({"relevance": 26}, "0 to 25"), ({"luck": 1}, "no criterion “luck”")):
        with pytest.raises(Refused, match=said):
            portfolio.do(scores.score_criteria, project, bad, most=most)


@pytest.mark.parametrize("action", [None, "KA999", "KA240-SCH"])
def test_where_the_rules_are_not_known_that_is_said(
    portfolio: Portfolio, project: int, action: str | None
) -> None:
    portfolio.do(projects.edit, project, {"action": action, "call_year": 2026}, today=TODAY)
    seen = standing(portfolio)
    assert seen.judgement is None
    assert "not known" in seen.rules
    with pytest.raises(Refused, match="not known"):
        portfolio.ask(asked.criteria, project)
    with pytest.raises(Refused, match="not known"):
        standing(portfolio, Tried(points={"relevance": 20}))


def test_points_beyond_a_criterion_of_another_action_are_open_again(
    portfolio: Portfolio, project: int
) -> None:
    most = {"impact": 25}
    portfolio.do(scores.score_criteria, project, {"impact": 25}, most=most)
    portfolio.do(projects.edit, project, {"action": "KA210-SCH"}, today=TODAY)
    judgement = standing(portfolio).judgement
    assert judgement is not None
    assert judgement.marks[3].points is None


# --- the table of reductions ----------------------------------------------------------------------


def test_no_euros_until_the_table_is_confirmed(portfolio: Portfolio, project: int) -> None:
    score(portfolio, WP2=50, WP3=80, WP4=70)
    seen = standing(portfolio)
    assert (seen.table.origin, seen.table.confirmed) == (Origin.EXAMPLE, False)
    bands = [(70, 10), (55, 40), (40, 70)]
    outcome = portfolio.do(scores.set_table, project, bands, source="Annex III")
    assert outcome.label == "Enter the table of reductions"
    seen = standing(portfolio)
    assert (seen.table.origin, seen.table.source) == (Origin.OWN, "Annex III")
    assert seen.reckoning.at_risk is None
    outcome = portfolio.do(scores.set_table, project, bands, confirmed_on=TODAY)
    assert outcome.label == "Confirm the table of reductions"
    seen = standing(portfolio)
    assert seen.reckoning.at_risk == 12 * THOUSAND
    assert sum(line.at_risk or 0 for line in seen.reckoning.lines) == 12 * THOUSAND
    assert seen.table.source == "Annex III"
    portfolio.do(scores.set_table, project, [(70, 20)])
    assert standing(portfolio).reckoning.at_risk is None
    portfolio.undo()
    assert standing(portfolio).reckoning.at_risk == 12 * THOUSAND
    portfolio.do(scores.reset_table, project)
    assert standing(portfolio).table.origin is Origin.EXAMPLE
    with pytest.raises(Refused, match="no table of your own"):
        portfolio.do(scores.reset_table, project)


@operation("Import")
def bring(session: Session, project: int) -> None:
    for below, percent in ((70, 50), (40, 10)):
        session.add(ReductionBand(project_id=project, below=below, percent=percent))
    session.get_one(Project, project).reductions_confirmed_on = TODAY


def test_an_imported_table_that_makes_no_sense_gives_no_euros(
    portfolio: Portfolio, project: int
) -> None:
    score(portfolio, WP2=50, WP3=80, WP4=70)
    portfolio.do(bring, project)
    seen = standing(portfolio)
    assert (seen.table.origin, seen.table.confirmed) == (Origin.EXAMPLE, False)
    assert seen.reckoning.at_risk is None
    assert "cannot be used" in seen.remarks[0]
    portfolio.do(scores.set_table, project, [(70, 10)], confirmed_on=TODAY)
    assert standing(portfolio).reckoning.at_risk == 12 * THOUSAND


def test_a_table_that_cannot_be_changes_nothing(portfolio: Portfolio, project: int) -> None:
    with pytest.raises(Refused, match="cannot cost less"):
        portfolio.do(scores.set_table, project, [(70, 40), (55, 10)])
    assert standing(portfolio).table.origin is Origin.EXAMPLE


def test_the_table_of_the_older_programme_is_known_yet_not_confirmed(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(
        projects.edit, project,
        {"action": "KA201", "call_year": 2018, "shape": ProjectShape.HEADINGS}, today=TODAY,
    )  # fmt: skip
    for total, percent in ((50, 0), (49, 25), (40, 25), (39, 50), (26, 50), (25, 50), (24, 75)):
        seen = standing(portfolio, Tried(total=total))
        assert seen.reckoning.percent == percent
        assert seen.reckoning.at_risk is None
    assert seen.table.origin is Origin.RULES
    assert "erasmusplus.sk" in seen.table.source
    assert "told in two ways" in standing(portfolio, Tried(total=25)).remarks[0]
    score(portfolio, WP2=60)
    assert "judged as a whole" in standing(portfolio).remarks[-1]


def test_the_agreement_says_from_which_score_on_everything_is_paid(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(rule_values.put, project, "paid_in_full_from", 65, source="Annex III")
    assert standing(portfolio, Tried(total=65)).reckoning.percent == 0
    assert standing(portfolio, Tried(total=64)).reckoning.percent == 10
    assert standing(portfolio).table.confirmed is False


@pytest.mark.parametrize(
    ("action", "year", "told"),
    [
        ("KA240-SCH", 2026, True),
        ("KA220-SCH", 2021, True),
        ("EPPKA2-KA", 2018, True),
        ("ERASMUS-EDU-2025-CBHE-STRAND-1", 2025, True),
        ("KA999", 2025, True),
        (None, None, True),
        ("KA220-SCH", 2023, False),
        ("KA220-SCH", None, False),
        ("KA210-SCH", 2026, False),
        ("KA201", 2018, False),
    ],
)
def test_the_line_and_the_table_are_not_passed_off_as_those_of_other_actions(
    portfolio: Portfolio, project: int, action: str | None, year: int | None, *, told: bool
) -> None:
    portfolio.do(projects.edit, project, {"action": action, "call_year": year}, today=TODAY)
    assert not standing(portfolio).remarks
    for tried in (Tried(total=65), Tried(scores={unit(portfolio, "WP2"): 65})):
        remarks = " ".join(standing(portfolio, tried).remarks)
        assert ("KA210 and KA220 since call 2022" in remarks) is told
        assert "older programme" not in remarks
    portfolio.do(scores.set_table, project, [(70, 10)], source="Annex III")
    assert "KA210 and KA220" not in " ".join(standing(portfolio, Tried(total=65)).remarks)


def test_69_points_of_an_older_call_are_not_told_to_be_too_few(
    portfolio: Portfolio, project: int
) -> None:
    portfolio.do(projects.edit, project, {"call_year": 2022}, today=TODAY)
    points = {"relevance": 17, "design": 20, "partnership": 14, "impact": 18}
    seen = standing(portfolio, Tried(points=points))
    assert seen.judgement is not None
    assert (seen.judgement.total, seen.judgement.fundable, seen.confirmed) == (69, True, False)
    assert "before 2024 is remembered, not read" in (seen.source or "")
    portfolio.do(projects.edit, project, {"call_year": 2024}, today=TODAY)
    judgement = standing(portfolio, Tried(points=points)).judgement
    assert judgement is not None
    assert judgement.fundable is False


# --- shapes ---------------------------------------------------------------------------------------


def test_activities_of_a_small_partnership_are_scored(portfolio: Portfolio) -> None:
    made = portfolio.do(
        projects.add, "SMALL", today=TODAY, action="KA210-SCH", call_year=2025,
        shape=ProjectShape.ACTIVITIES,
    ).value  # fmt: skip
    for code, title, amount in (("A1", "Coordination", 90), ("A2", "Kit", 10), ("A3", "Day", 30)):
        portfolio.do(work_units.add, made, code, title, values={"amount_cents": amount * THOUSAND})
    parts = {part.code: part.id for part in portfolio.ask(asked.standing, made).parts}
    portfolio.do(scores.score_parts, made, {parts["A2"]: 100, parts["A3"]: 60})
    seen = portfolio.ask(asked.standing, made)
    assert seen.reckoning.total == 70
    assert [it.part.code for it in seen.reckoning.lines if not it.part.is_scored] == ["A1"]


def test_a_work_package_without_an_amount_has_that_of_its_activities(
    portfolio: Portfolio, project: int
) -> None:
    above = portfolio.do(work_units.add, project, "WP5", "More").value
    for code in ("A5.1", "A5.2"):
        portfolio.do(
            work_units.add,
            project,
            code,
            values={"parent_id": above, "amount_cents": 15 * THOUSAND},
        )
    part = standing(portfolio).parts[-1]
    assert (part.code, part.line.part.cents) == ("WP5", 30 * THOUSAND)


def test_a_project_without_a_plan(portfolio: Portfolio) -> None:
    made = portfolio.do(projects.add, "EMPTY", today=TODAY).value
    seen = portfolio.ask(asked.standing, made)
    assert (seen.parts, seen.improvements, seen.full, seen.remarks) == ((), (), None, ())
    assert portfolio.ask(asked.standing, made, tried=Tried(total=55)).reckoning.percent == 10


# --- behind the figures ---------------------------------------------------------------------------


def behind(portfolio: Portfolio, name: str) -> tuple[Figure, tuple[BehindRow, ...]]:
    found = portfolio.ask(figures.one, 1, name, today=TODAY)
    return found, portfolio.ask(behind_views.rows, found.trace, today=TODAY)


def test_behind_the_total_stand_score_and_weight_of_each_part(
    portfolio: Portfolio, project: int
) -> None:
    score(portfolio, WP2=50, WP3=80, WP4=70)
    found, rows = behind(portfolio, "score.total")
    assert (found.said, found.adds_up) == ("66.875", True)
    assert [(row.code, row.facts, str(row.adds)) for row in rows] == [
        ("WP2", "50 × 31 %", "15.625"),
        ("WP3", "80 × 31 %", "25"),
        ("WP4", "70 × 38 %", "26.25"),
    ]
    assert "rounded: 67 of 100" in found.how


def test_what_parts_bring_adds_up_where_no_decimals_do(portfolio: Portfolio, project: int) -> None:
    for part in ("WP2", "WP3", "WP4"):
        portfolio.do(work_units.edit, unit(portfolio, part), {"amount_cents": 100})
    score(portfolio, WP2=70, WP3=70, WP4=69)
    found, rows = behind(portfolio, "score.total")
    assert (found.said, found.adds_up) == ("69.6666", True)
    assert len(rows) == 3
    score(portfolio, WP2=0, WP3=0, WP4=0)
    assert behind(portfolio, "score.total")[0].said == "0"


def test_no_figure_of_a_total_or_of_money_that_is_not_known(
    portfolio: Portfolio, project: int
) -> None:
    with pytest.raises(Refused, match="no figure"):
        behind(portfolio, "score.total")
    score(portfolio, WP2=59, WP3=80, WP4=90)
    portfolio.do(scores.set_table, project, [(70, 10)], confirmed_on=TODAY)
    with pytest.raises(Refused, match="no figure"):
        behind(portfolio, "score.at_risk")
    score(portfolio, WP2=50, WP3=60, WP4=60)
    found, rows = behind(portfolio, "score.at_risk")
    assert found.adds_up
    assert [row.facts for row in rows] == [
        "management, not scored", "score 50", "score 60", "score 60"
    ]  # fmt: skip


def test_behind_the_points_of_the_application_stand_its_criteria(
    portfolio: Portfolio, project: int
) -> None:
    most = {"relevance": 25, "design": 30}
    portfolio.do(scores.score_criteria, project, {"relevance": 12, "design": 20}, most=most)
    found, rows = behind(portfolio, "score.award")
    assert (found.said, found.adds_up) == ("32", True)
    assert {(row.facts, row.adds) for row in rows} == {
        ("Relevance, of 25, at least 13", 12),
        ("Design and implementation, of 30, at least 15", 20),
    }
    assert "2 of 4 criteria" in found.how
