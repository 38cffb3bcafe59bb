"""What tables say of partners beside name and country: what they are, since when, how often."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ka2tui.exchange import tables, understanding
from ka2tui.operations import imports, projects
from ka2tui.queries import partners as views

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.domain.intake import Taken
    from ka2tui.queries.partners import PartnerRow
    from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


def taken(portfolio: Portfolio, place: Path, rows: str) -> tuple[list[PartnerRow], Taken]:
    """Import a table of partners into a new project."""
    project = int(portfolio.do(projects.add, "SOLAR", today=DAY).value)
    file = place / "partners.csv"
    file.write_text(rows, "utf-8")
    grids, _ = tables.read([file])
    intake = understanding.understand(grids)
    done = portfolio.do(imports.take, intake, project=project, today=DAY)
    return [*portfolio.ask(views.listed, project, today=DAY)], done.value


def test_what_an_organisation_is_and_since_when(portfolio: Portfolio, tmp_path: Path) -> None:
    rows, told = taken(
        portfolio,
        tmp_path,
        "acronym,name,country,role,organisation type,established,ECHE,applications,newcomer\n"
        "UA,Univ A,ES,coordinator,University,2001-01-15,yes,3,no\n"
        "UB,School B,PL,partner,School,1990,,12,yes\n"
        "UC,Company C,FI,partner,=1+1,,,,\n",
    )
    seen = [(it.sort, it.established_on, it.eche, it.applications, it.newcomer) for it in rows]
    assert seen == [
        ("hei", date(2001, 1, 15), True, 3, False),
        ("school", date(1990, 1, 1), None, 12, True),
        (None, None, None, None, None),
    ]
    doubts = [doubt.reason for doubt in told.doubtful]
    assert any("1 January 1990 is taken" in doubt for doubt in doubts)
    assert any("kind of organisation is not known" in doubt for doubt in doubts)


@pytest.mark.parametrize(
    ("word", "role", "sort"),
    [
        ("partner", "beneficiary", None),
        ("coordinator", "coordinator", None),
        ("NGO", "beneficiary", "ngo"),
        ("VET provider", "beneficiary", "vet_provider"),
    ],
)
def test_a_column_type_is_the_role_or_what_it_is(
    portfolio: Portfolio, tmp_path: Path, word: str, role: str, sort: str | None
) -> None:
    rows, _ = taken(portfolio, tmp_path, f"acronym,name,country,type\nUA,Univ A,ES,{word}\n")
    assert [(it.role, it.sort) for it in rows] == [(role, sort)]
