"""What the own agreement says otherwise: kept, undone, and read even where it is nonsense."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain.refusal import Refused
from ka2tui.operations import projects, rule_values
from ka2tui.queries import deadlines
from ka2tui.queries import rule_values as query
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import RuleValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

TODAY = date(2026, 11, 22)


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    opened = Portfolio.open(tmp_path / "p.db", actor="Ana")
    opened.do(projects.add, "SOLAR", action="KA220-SCH", call_year=2025, today=TODAY)
    yield opened
    opened.close()


def number(portfolio: Portfolio, key: str) -> int | None:
    found = portfolio.ask(query.applied, 1)
    return None if found is None else found.number(key)


def test_one_undo_takes_it_back(portfolio: Portfolio) -> None:
    portfolio.do(rule_values.put, 1, "months_max", 30, source="Art. 2")
    assert number(portfolio, "months_max") == 30
    outcome = portfolio.do(rule_values.remove, 1, ["months_max"])
    assert outcome.label == "Take Months, at most from the rules of the call again"
    portfolio.undo()
    assert number(portfolio, "months_max") == 30
    portfolio.undo()
    assert number(portfolio, "months_max") == 36
    portfolio.check_history()


def test_lists_come_back_as_they_were(portfolio: Portfolio) -> None:
    portfolio.do(rule_values.put, 1, "lump_sums_eur", [60_000, 90_000])
    found = portfolio.ask(query.applied, 1)
    assert found is not None
    assert found.several("lump_sums_eur") == (60_000, 90_000)


@pytest.mark.parametrize(
    ("key", "value"),
    [("months_max", "x"), ("months_max", 0), ("lump_sums_eur", 5), ("nothing", 1), ("eur", True)],
)
def test_nonsense_is_refused(portfolio: Portfolio, key: str, value: Any) -> None:
    with pytest.raises(Refused):
        portfolio.do(rule_values.put, 1, key, value)


@operation("Bring")
def bring(session: Session, key: str, value: str) -> None:
    session.add(RuleValue(project_id=1, key=key, value=value))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("months_max", "{"),
        ("months_max", '"x"'),
        ("unheard_of", "3"),
        ("keep_papers_years", "[" * 5000),
    ],
)
def test_what_an_import_brought_counts_only_where_it_can_be(
    portfolio: Portfolio, key: str, value: str
) -> None:
    portfolio.do(bring, key, value)
    assert portfolio.ask(query.own_values, 1) == {}
    assert portfolio.ask(query.own_dates, None) == {}
    assert number(portfolio, "months_max") == 36
    portfolio.do(rule_values.remove, 1, [key])


def test_an_agreement_speaks_where_no_rules_are_known(portfolio: Portfolio) -> None:
    portfolio.do(projects.edit, 1, {"action": "KA999"}, today=TODAY)
    assert portfolio.ask(query.applied, 1) is None
    assert portfolio.ask(query.sheet, 1).says == "no rules of KA999 are known"
    older = {"action": "KA210", "call_year": None, "agreement": "2016-1-PL01-KA201-026123"}
    portfolio.do(projects.edit, 1, older, today=TODAY)
    assert portfolio.ask(query.sheet, 1).says.startswith("Call 2016 had no KA210")
    portfolio.do(projects.edit, 1, {"action": "KA999", "agreement": None}, today=TODAY)
    portfolio.do(rule_values.put, 1, "minimum_countries", 2)
    found = portfolio.ask(query.applied, 1)
    assert found is not None
    assert not found.carried
    rows = portfolio.ask(query.sheet, 1).rows
    assert [(row.key, row.own) for row in rows if row.group == "Partnership"] == [
        ("minimum_countries", True)
    ]


def test_what_the_agreement_says_of_dates_moves_them(portfolio: Portfolio) -> None:
    given = {"start": date(2025, 10, 1), "months": 24}
    portfolio.do(
        projects.edit, 1, {**given, "agreement": "2025-1-ES01-KA220-SCH-000123456"}, today=TODAY
    )
    portfolio.do(rule_values.put, 1, "final_report_days", 45)
    portfolio.do(rule_values.put, 1, "amendment_days", 60)
    portfolio.do(rule_values.put, 1, "keep_papers_years", 10)
    (found,) = portfolio.ask(deadlines.listed, 1, today=TODAY)
    days = {one.id: one.day for one in found.dates}
    assert days["final_report"] == date(2027, 11, 14)
    assert days["amendment"] == date(2027, 8, 1)
    assert days["keep_papers"] == date(2037, 9, 30)
