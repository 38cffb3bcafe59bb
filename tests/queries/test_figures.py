"""Figures of a project: each equals what its rows add up to, and the rows can be told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import Precision
from ka2tui.domain.refusal import Refused
from ka2tui.operations import dissemination, tasks
from ka2tui.queries import behind, figures
from ka2tui.store.portfolio import Portfolio
from tests.reports import believable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ka2tui.domain.figure import Figure


@pytest.fixture
def portfolio(database: str) -> Iterator[Portfolio]:
    """A project with something of everything."""
    opened = Portfolio.open(database, actor="Ana")
    opened.do(believable.enter)
    opened.do(believable.enter_steps)
    yield opened
    opened.close()


def every(portfolio: Portfolio, today: date) -> dict[str, Figure]:
    found = portfolio.ask(figures.listed, 1, today=today)
    return {each.name: each for each in found}


def test_every_figure_equals_what_its_rows_add_up_to(portfolio: Portfolio, today: date) -> None:
    found = portfolio.ask(figures.listed, 1, today=today)
    assert {name.partition(".")[0] for name in every(portfolio, today)} == set(figures.SOURCES)
    assert [each.name for each in found if not each.adds_up] == []
    assert len({each.name for each in found}) == len(found)


def test_every_row_behind_a_figure_can_be_told_and_gone_to(
    portfolio: Portfolio, today: date
) -> None:
    for each in every(portfolio, today).values():
        rows = portfolio.ask(behind.rows, each.trace, today=today)
        assert [(row.table, row.id) for row in rows] == [
            (source.table, source.id) for source in each.trace.sources
        ]
        assert all(row.title and row.kind and row.goes.project == 1 for row in rows), each.name
        assert sum(row.adds for row in rows) == each.trace.total


def test_a_page_has_the_figures_of_its_record_first(portfolio: Portfolio, today: date) -> None:
    unit = every(portfolio, today)["plan.WP2.tasks"].about
    seen = portfolio.ask(figures.at, 1, ["plan"], unit, today=today)
    assert seen[0].about == unit
    assert seen[-1].name == "plan.money"
    phases = portfolio.ask(figures.at, 1, ["phase"], ("phase", None), today=today)
    assert len(phases) == 6


def test_rows_that_went_meanwhile_are_left_out(portfolio: Portfolio, today: date) -> None:
    late = every(portfolio, today)["tasks.late"]
    gone = next(each.id for each in late.trace.sources if each.table == "task")
    portfolio.do(tasks.remove, [gone])
    rows = portfolio.ask(behind.rows, late.trace, today=today)
    assert len(rows) == len(late.trace) - 1


def test_what_is_no_figure_is_refused(portfolio: Portfolio, today: date) -> None:
    for name in ("nothing", "tasks.nothing", "", "tasks"):
        with pytest.raises(Refused, match="figure list"):
            portfolio.ask(figures.one, 1, name, today=today)
    assert portfolio.ask(figures.one, 1, "TASKS.Late", today=today).title == "Late"


OWN = """
[[sort]]
id = "stamp"
title = "stamp"

[[set]]
id = "milestone"
title = "Milestone"
about = "milestone"

[[set.ask]]
sort = "stamp"
why = "Our own house rule."
source = "practice"
confirmed = true
"""


def test_proof_is_counted_by_the_list_in_the_users_own_folder(
    portfolio: Portfolio, today: date, tmp_path: Path
) -> None:
    ours = portfolio.ask(figures.one, 1, "proof.missing", today=today)
    (tmp_path / "proofs.toml").write_text(OWN, "utf-8")
    names = {each.name for each in portfolio.ask(figures.listed, 1, today=today, own=tmp_path)}
    assert "proof.complete" in names
    assert "proof.meeting-1.complete" not in names
    (tmp_path / "proofs.toml").write_text("[[sort", "utf-8")
    seen = portfolio.ask(figures.one, 1, "proof.missing", today=today, own=tmp_path)
    assert seen.value == ours.value


def test_a_row_that_is_known_to_the_month_says_no_day(portfolio: Portfolio, today: date) -> None:
    values = {"day": date(2027, 4, 1), "precision": Precision.MONTH}
    portfolio.do(dissemination.add, 1, "An article", values=values)
    trace = every(portfolio, today)["dissemination.planned"].trace
    (row,) = (
        one for one in portfolio.ask(behind.rows, trace, today=today) if one.title == "An article"
    )
    assert "Apr 2027" in row.facts
    assert "1 Apr 2027" not in row.facts
