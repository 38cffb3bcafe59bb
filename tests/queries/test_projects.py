"""Projects found, listed and said in a line; the way read in a handful of statements."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ka2tui.domain import checklist as rules
from ka2tui.domain.kinds import PhaseKind
from ka2tui.domain.refusal import Refused
from ka2tui.operations import checklists, phases, projects
from ka2tui.queries import checklists as checklist_views
from ka2tui.queries import lifecycle
from ka2tui.queries import projects as asked
from ka2tui.store.portfolio import Portfolio

NUMBER = "2025-1-ES01-KA220-SCH-000123456"


@pytest.fixture
def solaris(portfolio: Portfolio, today: date) -> int:
    start = date(2025, 10, 1)
    made = portfolio.do(
        projects.add, "Sólaris", title="Sun", start=start, months=24, agreement=NUMBER, today=today
    )
    return made.value


def test_a_project_is_found_by_acronym_number_or_id(portfolio: Portfolio, solaris: int) -> None:
    for code in ("SOLARIS", " sólaris ", NUMBER.lower(), str(solaris)):
        assert portfolio.ask(asked.find, code) == solaris
    assert portfolio.ask(asked.find, "nobody") is None


def test_an_acronym_made_of_digits_wins_over_an_id(
    portfolio: Portfolio, solaris: int, today: date
) -> None:
    named = portfolio.do(projects.add, str(solaris), today=today).value
    assert portfolio.ask(asked.find, str(solaris)) == named


def test_projects_are_chosen_by_name(portfolio: Portfolio, solaris: int, today: date) -> None:
    portfolio.do(projects.add, "ZETA", start=date(2026, 9, 1), today=today)
    idea = portfolio.do(projects.add, "alfa", today=today).value
    assert [one.acronym for one in portfolio.ask(asked.choices)] == ["alfa", "Sólaris", "ZETA"]
    assert portfolio.ask(asked.count) == 3
    assert portfolio.ask(asked.start_of, idea) is None


@pytest.mark.parametrize(
    ("day", "facts"),
    [
        (date(2026, 11, 22), "Implementation · M14 of 24"),
        (date(2025, 9, 30), "Implementation · starts tomorrow"),
        (date(2025, 1, 1), "Implementation · starts Wed 1 Oct"),
        (date(2027, 10, 1), "Implementation · ended Thu 30 Sep"),
    ],
)
def test_where_a_project_stands_is_said_in_a_line(
    portfolio: Portfolio, solaris: int, day: date, facts: str
) -> None:
    standing = portfolio.ask(asked.standing, solaris, day)
    assert standing is not None
    assert (standing.acronym, standing.facts) == ("Sólaris", facts)


def test_a_project_that_is_gone_has_no_standing_and_no_facts(
    portfolio: Portfolio, solaris: int, today: date
) -> None:
    portfolio.do(projects.remove, solaris)
    assert portfolio.ask(asked.standing, solaris, today) is None
    with pytest.raises(Refused, match="There is no project 1 any more"):
        portfolio.ask(asked.facts, solaris, today=today)
    with pytest.raises(Refused, match="There is no project 1 any more"):
        portfolio.ask(checklist_views.overview, solaris)


def test_evaluation_comes_to_the_fore_when_the_work_is_done(
    portfolio: Portfolio, solaris: int, today: date
) -> None:
    way = portfolio.ask(lifecycle.way, solaris, today=today)
    assert way.current is PhaseKind.IMPLEMENTATION
    for kind in (PhaseKind.IMPLEMENTATION, PhaseKind.EVALUATION):
        phase = portfolio.ask(lifecycle.find_phase, solaris, kind)
        portfolio.do(phases.go_on, phase, today=today, reason="done")
        assert portfolio.ask(lifecycle.way, solaris, today=today).current is PhaseKind.EVALUATION


def test_the_way_spans_everything_dated_and_nothing_without_dates(
    portfolio: Portfolio, solaris: int, today: date
) -> None:
    way = portfolio.ask(lifecycle.way, solaris, today=today)
    assert way.span == (date(2024, 8, 1), date(2027, 11, 29))
    assert (way.month, way.months) == (14, 24)
    bare = portfolio.do(projects.add, "IDEA", today=today).value
    assert portfolio.ask(lifecycle.way, bare, today=today).span is None


def test_the_questions_do_not_grow_with_what_was_answered(
    portfolio: Portfolio, solaris: int, today: date
) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            portfolio.ask(lifecycle.way, solaris, today=today)
            portfolio.ask(checklist_views.overview, solaris)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return sum(statement.lstrip().startswith("SELECT") for statement in seen)

    portfolio.do(checklists.start, solaris, rules.find("goal"), "Ana", day=today)
    few = statements()
    for name in ("goal", "goal", "proposal", "funding", "implementation"):
        portfolio.do(checklists.start, solaris, rules.find(name), "Ana", day=today)
    assert statements() == few <= 12
