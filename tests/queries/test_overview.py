"""Projects side by side."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from ka2tui.domain.health import Health
from ka2tui.domain.kinds import PhaseKind, ProposalOutcome
from ka2tui.operations import deliverables, milestones, partners, projects, proposals, tasks
from ka2tui.queries import overview
from ka2tui.queries import projects as one

if TYPE_CHECKING:
    from ka2tui.queries.overview import ProjectSummary
    from ka2tui.store.portfolio import Portfolio

pytestmark = pytest.mark.both_databases


def seen(portfolio: Portfolio, today: date) -> dict[str, ProjectSummary]:
    return {row.acronym: row for row in portfolio.ask(overview.listed, today=today)}


@pytest.fixture
def solaris(portfolio: Portfolio, today: date) -> int:
    made: int = portfolio.do(
        projects.add,
        "SOLARIS",
        agreement="2025-1-ES01-KA220-ADU-000123456",
        start=date(2025, 10, 1),
        months=24,
        grant_cents=250_000_00,
        today=today,
    ).value
    return made


def test_a_project_is_summed_up(portfolio: Portfolio, solaris: int, today: date) -> None:
    portfolio.do(partners.add, solaris, "One")
    gone = portfolio.do(partners.add, solaris, "Gone").value
    portfolio.do(partners.edit, gone, {"left_on": date(2026, 1, 1)})
    done = portfolio.do(tasks.add, solaris, "Done", due=date(2026, 1, 1)).value
    portfolio.do(tasks.finish, [done], today=today)
    portfolio.do(tasks.add, solaris, "Late", due=date(2026, 11, 20))
    portfolio.do(tasks.cancel, [portfolio.do(tasks.add, solaris, "Off", due=today).value])
    portfolio.do(deliverables.add, solaris, "D1", values={"due": date(2026, 11, 1)})
    portfolio.do(milestones.add, solaris, "M1", values={"due": date(2027, 1, 1)})
    row = seen(portfolio, today)["SOLARIS"]
    assert (row.open, row.late, row.partners) == (3, 2, 1)
    assert (row.done, row.passed, row.month) == (20, 57, 14)
    assert row.next_date is not None
    assert (row.next_date.title, row.next_date.day) == ("Final report", date(2027, 11, 29))
    assert row.next_date.why == "derived: end + 60 days"
    assert row.judgement.health is Health.TROUBLE
    assert "2 of 3 open things late, the longest 21 d" in row.judgement.why


def test_one_that_is_applied_for_shows_its_deadline_and_one_that_failed_is_closed(
    portfolio: Portfolio, solaris: int, today: date
) -> None:
    new = portfolio.do(proposals.resubmit, solaris, "AGAIN", call_year=2027, today=today).value
    assert seen(portfolio, today)["AGAIN"].next_date is None  # no call lends its deadline
    at = datetime(2027, 3, 5, 11, tzinfo=UTC)
    portfolio.do(projects.edit, new, {"application_deadline": at}, today=today)
    row = seen(portfolio, today)["AGAIN"]
    assert (row.resubmits, row.passed) == ("SOLARIS", None)
    assert row.next_date is not None
    assert (row.next_date.title, row.next_date.day) == ("Application", date(2027, 3, 5))
    assert row.next_date.why == "as you entered it"
    note = "58 of 100"
    portfolio.do(proposals.decide, new, ProposalOutcome.REJECTED, note=note, today=today)
    row = seen(portfolio, today)["AGAIN"]
    assert (row.phase, row.outcome_note) == (PhaseKind.PROPOSAL, note)
    assert row.judgement.health is Health.CLOSED
    assert row.next_date is None
    standing = portfolio.ask(one.standing, new, today)
    assert standing is not None
    assert standing.facts == "Proposal · rejected"


def test_the_same_few_questions_are_asked_for_any_number(
    portfolio: Portfolio, solaris: int, today: date
) -> None:
    asked: list[str] = []

    def note(*args: Any) -> None:
        asked.append(args[2])

    event.listen(portfolio._engine, "before_cursor_execute", note)
    seen(portfolio, today)
    few = len(asked)
    for number in range(3):
        portfolio.do(projects.add, f"P{number}", today=today)
    asked.clear()
    assert len(seen(portfolio, today)) == 4
    assert len(asked) == few
