"""Lists of organisations that may join, as coordinators keep them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ka2tui.domain.intake import Taken
from ka2tui.domain.kinds import CandidateState
from ka2tui.exchange import aim_tables, table_writer, tables, understanding
from ka2tui.operations import candidates, imports, projects
from ka2tui.queries import candidates as asked
from ka2tui.queries import partners as partner_views
from ka2tui.queries import uids
from ka2tui.store.portfolio import Portfolio

DAY = date(2026, 11, 22)


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    return int(portfolio.do(projects.add, "SOLAR", action="KA220-SCH", today=DAY).value)


def take(portfolio: Portfolio, project: int, file: Path, *, update: bool = False) -> Taken:
    grids, _ = tables.read([file])
    intake = understanding.understand(grids)
    done = portfolio.do(imports.take, intake, project=project, today=DAY, update=update)
    return done.value


def listed(portfolio: Portfolio, project: int) -> list[asked.CandidateRow]:
    return [*portfolio.ask(asked.listed, project, today=DAY)]


def test_a_list_by_its_name_and_a_list_by_its_headings_are_both_taken(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    named = tmp_path / "candidates.csv"
    named.write_text(
        "Name;Country;State;Type;Contact;E-mail\n"
        "Biblioteka Łódź;PL;Yes;school;Zofia;z@example.org\n"
        "[red]KMOP =1+1;EL;contacted;NGO;;\n"
        "Nobody;Atlantis;who knows;circus;;\n",
        "utf-8",
    )
    taken = take(portfolio, project, named)
    assert taken.errors == []
    found = {row.name: row for row in listed(portfolio, project)}
    assert found["Biblioteka Łódź"].state is CandidateState.AGREED
    assert (found["[red]KMOP =1+1"].country, found["[red]KMOP =1+1"].state) == (
        "GR", CandidateState.ASKED,
    )  # fmt: skip
    odd = found["Nobody"]
    assert (odd.country, odd.state, odd.sort) == (None, CandidateState.TO_ASK, None)
    assert "State: who knows" in (odd.notes or "")
    told = tmp_path / "table.csv"
    told.write_text("Organisation,Country,Found at\nKulturhaus,AT,EPALE\n", "utf-8")
    take(portfolio, project, told)
    assert "Kulturhaus" in {row.name for row in listed(portfolio, project)}
    assert portfolio.ask(partner_views.listed, project, today=DAY) == ()


def test_partners_stay_partners(portfolio: Portfolio, project: int, tmp_path: Path) -> None:
    file = tmp_path / "partners.csv"
    file.write_text("Acronym,Name,Country\nKMOP,Kentro,GR\n", "utf-8")
    take(portfolio, project, file)
    assert listed(portfolio, project) == []
    assert len(portfolio.ask(partner_views.listed, project, today=DAY)) == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_written_is_read_as_the_same(
    portfolio: Portfolio, project: int, tmp_path: Path, ending: str
) -> None:
    values = {
        "acronym": "LODZ", "country": "PL", "city": "Łódź", "sort": "school", "oid": "E10207981",
        "brings": "readers\nand more", "found_at": "EPALE", "person": "Zofia",
        "email": "z@example.org", "phone": "+48 1", "website": "https://example.org",
        "state": CandidateState.INTERESTED, "asked_on": date(2026, 11, 1),
        "answered_on": date(2026, 11, 3), "notes": "=1+1",
    }  # fmt: skip
    portfolio.do(candidates.add, project, "Biblioteka", values=values)
    before = listed(portfolio, project)
    sheet = aim_tables.candidates(before, portfolio.ask(uids.of, project, "candidate"))
    file = tmp_path / f"candidates.{ending}"
    as_csv = ending == "csv"
    file.write_bytes(table_writer.as_csv(sheet) if as_csv else table_writer.as_workbook([sheet]))
    taken = take(portfolio, project, file, update=True)
    assert (taken.added, taken.changed, taken.errors) == ([], [], [])
    assert listed(portfolio, project) == before


def test_a_row_again_changes_the_one_that_is_there(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    file = tmp_path / "possible partners.csv"
    file.write_text("Name,Country\nKMOP,EL\n", "utf-8")
    take(portfolio, project, file)
    file.write_text("Name,Country,Answer\nKMOP,EL,declined\n", "utf-8")
    take(portfolio, project, file, update=True)
    (row,) = listed(portfolio, project)
    assert row.state is CandidateState.DECLINED
