"""Real projects, the example and the plans to start from: what is right raises no alarm."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain import templates
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.problem import Severity
from ka2tui.exchange import commission, tables, understanding
from ka2tui.exchange.demo import build
from ka2tui.operations import imports, projects
from ka2tui.queries.problems import problems
from ka2tui.store.portfolio import Portfolio

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 22)
HEAVY = (Severity.ERROR, Severity.WARNING)


def heavy(
    portfolio: Portfolio, project: int, day: date, stage: Stage | None = None
) -> set[tuple[int, str]]:
    """Give what is told of consortium, application, money and work plan and weighs something."""
    found = portfolio.ask(problems, project, today=day, stage=stage)
    return {(each.number, each.where) for each in found.rows if each.severity in HEAVY
            and each.number < 500}  # fmt: skip


@pytest.mark.parametrize(
    "day",
    [date(2025, 11, 1), date(2026, 11, 22), date(2028, 10, 22), date(2029, 2, 10)],
)
def test_green_finance_is_in_order(portfolio: Portfolio, shared: Path, day: date) -> None:
    grids, _ = tables.read([shared / "projects" / "green_finance"])
    portfolio.do(imports.take, understanding.understand(grids), today=DAY)
    assert heavy(portfolio, 1, day) == set()


def test_green_finance_would_have_been_eligible(portfolio: Portfolio, shared: Path) -> None:
    grids, _ = tables.read([shared / "projects" / "green_finance"])
    portfolio.do(imports.take, understanding.understand(grids), today=DAY)
    told = {number for number, _ in heavy(portfolio, 1, date(2025, 1, 10), Stage.APPLYING)}
    assert told == set()  # who helps in which part is published, how the money is shared is not


@pytest.mark.parametrize("day", [date(2016, 11, 1), date(2018, 6, 1), DAY])
def test_a_project_of_meetings_alone_is_left_alone(
    portfolio: Portfolio, shared: Path, day: date
) -> None:
    facts: dict[str, Any] = {
        "action": "KA204",
        "agreement": "2016-1-ES01-KA204-025000",
        "months": 30,
    }
    made = portfolio.do(
        projects.add, "CONSUME", start=date(2016, 9, 1), today=date(2016, 9, 1), **facts
    )
    grids, _ = tables.read([shared / "projects" / "consume_aware"])
    intake = understanding.understand(grids)
    portfolio.do(imports.take, intake, project=made.value, today=DAY)
    assert heavy(portfolio, made.value, day) == set()


@pytest.mark.parametrize("day", [date(2016, 11, 1), DAY])
def test_the_commissions_own_rows_are_in_order(
    portfolio: Portfolio, shared: Path, day: date
) -> None:
    file = shared / "projects" / "eplus_export" / "projects_overview_9rows_semicolon_utf8.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        numbers = [row["Project Identifier"] for row in csv.DictReader(stream, delimiter=";")]
    assert len(numbers) == 9
    for number in numbers:
        exports, beside = commission.find((file,))
        portfolio.do(imports.take, commission.select(exports, number, beside), today=DAY)
    for project in range(1, len(numbers) + 1):
        assert heavy(portfolio, project, day) == set()


@pytest.mark.parametrize("template", templates.load(), ids=lambda one: one.id)
def test_a_plan_to_start_from_lacks_only_what_is_still_to_be_entered(
    portfolio: Portfolio, template: templates.Template
) -> None:
    dates: dict[str, Any] = {"start": date(2025, 9, 1), "call_year": 2025}
    made = portfolio.do(projects.add_from_template, template, "SOLAR", today=DAY, **dates)
    told = {number for number, _ in heavy(portfolio, made.value, date(2025, 1, 15))}
    assert told <= {101, 208}


@pytest.mark.parametrize("stage", list(Stage))
def test_the_example_is_in_order_wherever_it_stood(tmp_path: Path, stage: Stage) -> None:
    build(tmp_path / "demo.db", DAY)
    portfolio = Portfolio.open(tmp_path / "demo.db", actor="Ana")
    told = heavy(portfolio, 1, DAY, stage)
    portfolio.close()
    assert told == set()
