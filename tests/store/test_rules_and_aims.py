"""What a project is held against, its aims and who may join: kept, moved, let go of, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ka2tui.domain import kinds
from ka2tui.exchange import project_toml
from ka2tui.operations import contacts, imports, partners, projects, work_units
from ka2tui.queries import changes, export
from ka2tui.store import engine, records
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from tests.store.test_work_shown import DAY, TODAY, only

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

NEW = frozenset({"rule_value", "set_aside", "own_score", "reduction_band", "aim", "aim_link"}) | {
    "candidate"
}


@pytest.fixture
def portfolio(database: str) -> Iterator[Portfolio]:
    opened = Portfolio.open(database, actor="Ana")
    yield opened
    opened.close()


@pytest.fixture
def project(portfolio: Portfolio) -> int:
    """A project with one of everything."""
    made = portfolio.do(projects.add, "SOLAR", start=DAY, months=24, today=TODAY).value
    portfolio.do(fill, made)
    return int(made)


@operation("Make up")
def fill(session: Session, project: int) -> None:
    def put(table: type[Any], **values: Any) -> Any:
        made = table(project_id=project, **values)
        session.add(made)
        session.flush()
        return made

    home = session.get_one(records.Project, project)
    home.reductions_confirmed_on = DAY
    home.reductions_source = "Annex III of our agreement"
    partner = put(
        records.Partner,
        name="Liceul Avram Iancu",
        sort="school",
        established_on=DAY,
        eche=False,
        applications=2,
        newcomer=True,
    )
    put(records.Contact, name="Maria Canary")
    unit = put(records.WorkUnit, code="WP2")
    put(records.Assessment, checklist="x", title="X", assessor="Ben", day=DAY, work_unit_id=unit.id)
    put(records.RuleValue, key="management_share_max_percent", value="15", source="Art. 4")
    put(records.SetAside, number=304, about="project", about_uid=home.uid, why="Agreed with them")
    put(records.SetAside, number=404, about="work_unit", about_uid=unit.uid, why="It is so")
    put(
        records.OwnScore,
        judged="final_report",
        about="work_unit",
        about_uid=unit.uid,
        score=70,
        refused_percent=10,
    )
    put(
        records.OwnScore,
        judged="application",
        about="criterion",
        about_uid="relevance",
        score=20,
    )
    put(records.ReductionBand, below=70, percent=10)
    need = put(records.Aim, kind=kinds.AimKind.NEED, code="N1", text="Too few read")
    aim = put(
        records.Aim, kind=kinds.AimKind.OBJECTIVE, code="O1", text="More read", parent_id=need.id
    )
    put(records.AimLink, aim_id=aim.id, about="work_unit", about_uid=unit.uid)
    put(
        records.Candidate,
        name="Biblioteca Norte",
        country="PT",
        sort="ngo",
        found_at="EPALE",
        person="María Canary",
        email="canary@example.org",
        phone="+351 canary",
        partner_id=partner.id,
    )


def test_every_new_table_is_filled_and_comes_back(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    rows = portfolio.ask(export.everything, project)
    assert {name for name in NEW if rows[name]} == NEW
    file = tmp_path / "project.toml"
    file.write_bytes(project_toml.write(rows))
    there = Portfolio.open(tmp_path / "there.db", actor="Ben")
    taken = there.do(imports.take, project_toml.read(file), today=TODAY).value
    assert (taken.errors, taken.doubtful, taken.dropped) == ([], [], [])
    assert project_toml.write(there.ask(export.everything, 1)) == file.read_bytes()
    again = there.do(imports.take, project_toml.read(file), update=True, today=TODAY).value
    assert (again.added, again.changed) == ([], [])
    there.close()


def test_a_copy_of_a_project_is_judged_by_itself(
    portfolio: Portfolio, project: int, tmp_path: Path
) -> None:
    rows = portfolio.ask(export.everything, project)
    uid = rows["project"][0]["uid"]
    text = project_toml.write(rows).decode()
    file = tmp_path / "copy.toml"
    text = text.replace('"SOLAR"', '"LUNAR"', 1).replace(uid, "other")
    file.write_text(text, "utf-8")
    taken = portfolio.do(imports.take, project_toml.read(file), today=TODAY).value
    assert taken.errors == []
    assert taken.project is not None
    copy = portfolio.ask(export.everything, taken.project)
    (unit,) = copy["work_unit"]
    assert unit["uid"] != rows["work_unit"][0]["uid"]
    whole, part = copy["set_aside"]
    assert whole["about_uid"] == copy["project"][0]["uid"]
    assert part["about_uid"] == unit["uid"]
    assert copy["aim_link"][0]["about_uid"] == unit["uid"]
    scored, criterion = copy["own_score"]
    assert scored["about_uid"] == unit["uid"]
    assert criterion["about_uid"] == "relevance"


def test_removing_a_project_takes_everything_and_one_undo_brings_it_back(
    portfolio: Portfolio, project: int
) -> None:
    before = portfolio.ask(export.everything, project)
    portfolio.do(projects.remove, project)
    assert not any(portfolio.ask(export.everything, project).values())
    portfolio.undo()
    assert portfolio.ask(export.everything, project) == before
    portfolio.check_history()


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (records.RuleValue, {"key": "management_share_max_percent", "value": "20"}),
        (records.SetAside, {"number": 0, "about": "project", "about_uid": "x", "why": "x"}),
        (
            records.OwnScore,
            {"judged": "application", "about": "criterion", "about_uid": "x", "score": 101},
        ),
        (
            records.OwnScore,
            {"judged": "application", "about": "criterion", "about_uid": "relevance", "score": 1},
        ),
        (records.ReductionBand, {"below": 50, "percent": 101}),
        (records.ReductionBand, {"below": 0, "percent": 1}),
        (records.ReductionBand, {"below": 70, "percent": 1}),
        (records.Aim, {"kind": kinds.AimKind.NEED, "code": "O1", "text": "x"}),
        (records.Partner, {"name": "x", "applications": -1}),
    ],
)
def test_nonsense_is_never_stored(
    portfolio: Portfolio, project: int, table: type[Any], values: dict[str, Any]
) -> None:
    with pytest.raises(engine.Clash):
        portfolio.do(_add, table, {"project_id": project, **values})


@operation("Add")
def _add(session: Session, table: type[Any], values: dict[str, Any]) -> None:
    session.add(table(**values))


def test_a_candidate_and_a_checklist_stay_without_what_they_named(
    portfolio: Portfolio, project: int
) -> None:
    before = portfolio.ask(export.everything, project)
    portfolio.do(partners.remove, [1])
    assert "partner" not in only(portfolio, records.Candidate)
    portfolio.do(work_units.remove, [1])
    assert "work_unit" not in only(portfolio, records.Assessment)
    portfolio.undo()
    portfolio.undo()
    assert portfolio.ask(export.everything, project) == before


def test_forgetting_a_person_reaches_who_was_asked(portfolio: Portfolio, project: int) -> None:
    told = portfolio.do(contacts.forget, 1).value
    portfolio.erase(told)
    assert "canary" not in str(portfolio.ask(export.everything, project)).casefold()
    candidate = only(portfolio, records.Candidate)
    assert (candidate["person"], candidate["name"]) == ("Person 1", "Biblioteca Norte")
    portfolio.check_history()


def test_the_history_says_new_records_in_words(portfolio: Portfolio, project: int) -> None:
    told = portfolio.ask(changes.changes, portfolio.clock())
    names = {record.name for record in told.records}
    for name in (
        "own value of a rule management share max percent",
        "finding set aside 304, project",
        "own score final report, work package or activity",
        "line of the table of reductions 70",
        "need N1 Too few read",
        "objective O1 More read",
        "what serves a need or objective O1 More read, work package or activity",
        "possible partner Biblioteca Norte",
    ):
        assert name in names
    words = {field.name: field.after for one in told.records for field in one.fields}
    assert words["Erasmus charter (ECHE)"] == "no"
    assert words["new to such projects"] == "yes"
    assert {name for name in words if "_" in name} == set()
