from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Integer

from ka2tui.domain.text import clean
from ka2tui.exchange import project_toml
from ka2tui.exchange.tables import ImportFault
from ka2tui.operations import deliverables, import_tables, imports, projects, work_units
from ka2tui.operations import tasks as task_operations
from ka2tui.queries import export
from ka2tui.store import records
from ka2tui.store.columns import Code, Day, Instant
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.domain.intake import Taken

DAY = date(2026, 11, 22)
LINKS = {
    "phase_step": {"phase_id": "phase"},
    "contact": {"partner_id": "partner"},
    "partner_paper": {"partner_id": "partner"},
    "message": {"partner_id": "partner", "contact_id": "contact"},
    "work_unit": {"lead_id": "partner"},
    "share": {"work_unit_id": "work_unit", "partner_id": "partner"},
    "deliverable": {"work_unit_id": "work_unit", "lead_id": "partner"},
    "milestone": {"work_unit_id": "work_unit"},
    "meeting": {"host_id": "partner", "work_unit_id": "work_unit"},
    "agenda_item": {"meeting_id": "meeting"},
    "head_count": {"meeting_id": "meeting", "partner_id": "partner"},
    "attendance": {"meeting_id": "meeting", "contact_id": "contact"},
    "outcome": {"meeting_id": "meeting", "agenda_item_id": "agenda_item"},
    "assessment": {"work_unit_id": "work_unit"},
    "answer": {"assessment_id": "assessment"},
    "task": {
        "work_unit_id": "work_unit",
        "partner_id": "partner",
        "contact_id": "contact",
        "outcome_id": "outcome",
        "answer_id": "answer",
        "risk_id": "risk",
        "log_entry_id": "log_entry",
    },
    "tag": {"task_id": "task"},
    "participant": {"meeting_id": "meeting", "contact_id": "contact", "partner_id": "partner"},
    "indicator": {"work_unit_id": "work_unit", "lead_id": "partner"},
    "measurement": {"indicator_id": "indicator"},
    "risk": {"work_unit_id": "work_unit", "partner_id": "partner", "contact_id": "contact"},
    "log_entry": {
        "partner_id": "partner",
        "contact_id": "contact",
        "work_unit_id": "work_unit",
        "risk_id": "risk",
        "outcome_id": "outcome",
    },
    "dissemination": {
        "partner_id": "partner",
        "work_unit_id": "work_unit",
        "deliverable_id": "deliverable",
    },
    "letter": {"contact_id": "contact"},
    "payment": {"partner_id": "partner"},
    "cost": {"work_unit_id": "work_unit", "partner_id": "partner", "meeting_id": "meeting"},
    "journey": {"meeting_id": "meeting", "partner_id": "partner"},
    "proof": {"holder_id": "partner"},
    "proof_use": {"proof_id": "proof"},
    "departure": {"letter_id": "letter"},
    "aim_link": {"aim_id": "aim"},
    "candidate": {"partner_id": "partner"},
}
WITHIN = {"parent_id", "answers_id", "successor_id", "issue_id"}
FROM_ONE = {"likelihood", "impact", "urgency", "size", "minutes_long", "weight", "number"}
UNIQUE = {("phase", "kind"), ("partner", "acronym"), ("work_unit", "code"), ("task", "code")} | {
    ("deliverable", "code"),
    ("milestone", "code"),
    ("answer", "code"),
    ("tag", "name"),
    ("partner_paper", "kind"),
    ("saved_filter", "name"),
    *((table, "code") for table in ("indicator", "risk", "log_entry", "aim")),
    *((table, "field") for table in ("approved_fact", "departure")),
    *((table, "about_uid") for table in ("proof_use", "proof_waiver", "aim_link")),
    *((table, "about_uid") for table in ("set_aside", "own_score")),
    *(("rule_value", "key"), ("reduction_band", "below")),
}
ORDERED = {"start", "end", "start_month", "end_month", "planned_start", "planned_end"} | {
    "actual_start",
    "actual_end",
    "day",
    "end_day",
}
SHAPED = {"zone": "Europe/Warsaw", "working_days": "1,2,3", "recurrence": "FREQ=WEEKLY;INTERVAL=2"}
"""Texts that are more than words."""
WORDS = st.text(min_size=1, max_size=12).map(lambda text: clean(text, lines=True) or "x")


def value_of(draw: st.DrawFn, table: str, column: Any, number: int) -> Any:
    """Draw a value that a column takes."""
    kind = column.type
    if (table, column.name) in UNIQUE:
        if isinstance(kind, Code) and kind.kind is not None:
            return list(kind.kind)[number]
        if isinstance(kind, Integer):
            return number + 1
        words = draw(WORDS)  # a code is one line
        return f"{clean(words) if isinstance(kind, Code) else words} {number}"
    if column.nullable and (column.name in ORDERED or draw(st.booleans())):
        return None
    if column.name in SHAPED:
        return SHAPED[column.name]
    match kind:
        case Boolean():
            return draw(st.booleans())
        case Integer():
            whole = "month" in column.name or column.name in FROM_ONE or table == "journey"
            low = 1 if whole else 0
            return draw(st.integers(low, 3))
        case Instant():
            naive = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001
            return draw(naive).replace(tzinfo=UTC)
        case Day():
            return draw(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
        case Code(kind=choices) if choices is not None:
            return draw(st.sampled_from(list(choices)))
        case Code():
            return draw(st.sampled_from(["EUR", "GR", "1,2,3"]))
        case _:
            return draw(WORDS)


@operation("Make up")
def make_up(session: Session, rows: list[tuple[str, dict[str, Any]]]) -> None:
    made: dict[str, list[Any]] = {}
    for table, values in rows:
        whole = dict(values)
        for field, target in LINKS.get(table, {}).items():
            at = whole.pop(field)
            whole[field] = None if at is None else made[target][at % len(made[target])].id
        if table != "project":
            whole["project_id"] = made["project"][0].id
        record = import_tables.TABLES[table](**whole)
        session.add(record)
        session.flush()
        made.setdefault(table, []).append(record)


@st.composite
def whole_projects(draw: st.DrawFn) -> list[tuple[str, dict[str, Any]]]:
    rows: list[tuple[str, dict[str, Any]]] = []
    for table in ("project", *import_tables.ORDER):
        if table == "task_link":
            continue
        columns = export.TABLES[table].c
        links = LINKS.get(table, {})
        count = (
            1 if table in {"project", "share", "attendance", "phase"} else draw(st.integers(1, 3))
        )
        for number in range(count):
            values = {
                column.name: value_of(draw, table, column, number)
                for column in columns
                if column.name not in {"id", "uid", "project_id", *WITHIN, *links}
            }
            for field in links:
                loose = columns[field].nullable and draw(st.booleans())
                values[field] = None if loose else draw(st.integers(0, 2))
            rows.append((table, values))
    return rows


def take(portfolio: Portfolio, path: Path, **more: Any) -> Taken:
    try:
        return portfolio.do(imports.take, project_toml.read(path), today=DAY, **more).value
    except imports.Faulty as faulty:
        return faulty.taken


def out(portfolio: Portfolio, project: int = 1) -> bytes:
    return project_toml.write(portfolio.ask(export.everything, project))


@cache
def empty() -> bytes:
    """Give the bytes of a database in which nothing was done."""
    with tempfile.TemporaryDirectory() as folder:
        Portfolio.open(Path(folder) / "empty.db", actor="Ana").close()
        return (Path(folder) / "empty.db").read_bytes()


def opened(file: Path, actor: str) -> Portfolio:
    file.write_bytes(empty())
    file.chmod(0o600)
    return Portfolio.open(file, actor=actor)


# every example is two databases and three imports
@settings(max_examples=settings.default.max_examples // 3 if settings.default else 15)
@given(whole_projects())
def test_a_project_comes_back_without_loss(rows: list[tuple[str, dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        here = opened(place / "here.db", "Ana")
        here.do(make_up, rows)
        file = place / "project.toml"
        file.write_bytes(out(here))
        there = opened(place / "there.db", "Ben")
        taken = take(there, file)
        assert taken.errors == []
        assert out(there) == file.read_bytes()
        again = take(there, file, update=True)
        assert (again.added, again.changed, again.doubtful) == ([], [], [])
        here.close()
        there.close()


@pytest.fixture
def full(portfolio: Portfolio, tmp_path: Path) -> Path:
    """A small project with parents, dependencies and phases, written out."""
    project = portfolio.do(
        projects.add, "SOLAR", start=date(2025, 12, 1), months=24, today=DAY
    ).value
    wp1 = portfolio.do(work_units.add, project, "WP1", "Plan\nit").value
    portfolio.do(work_units.add, project, "A1.1", values={"parent_id": wp1})
    first = portfolio.do(task_operations.add, project, "First", code="T1", tags=["x"]).value
    portfolio.do(task_operations.add, project, "Second", code="T2", parent_id=first)
    portfolio.do(deliverables.add, project, "D1", values={"work_unit_id": wp1})
    file = tmp_path / "project.toml"
    file.write_bytes(out(portfolio))
    return file


def test_parents_phases_and_steps_come_back(
    portfolio: Portfolio, full: Path, tmp_path: Path
) -> None:
    there = Portfolio.open(tmp_path / "there.db", actor="Ben")
    assert take(there, full).errors == []
    assert out(there) == full.read_bytes()
    assert there.undo().label == "Import SOLAR from project.toml"
    assert there.ask(export.everything, 1)["phase"] == []
    there.close()


def test_a_second_import_keeps_what_was_changed_here(portfolio: Portfolio, full: Path) -> None:
    portfolio.do(deliverables.edit, 1, {"title": "Mine"})
    clock = portfolio.clock()
    taken = take(portfolio, full)
    assert (taken.added, taken.changed) == ([], [])
    assert [(one.column, "Mine" in one.reason) for one in taken.doubtful] == [("title", True)]
    assert portfolio.clock() == clock
    assert [one.column for one in take(portfolio, full, update=True).changed] == ["title"]


def test_a_copy_under_another_name_becomes_a_project_of_its_own(
    portfolio: Portfolio, full: Path
) -> None:
    text = full.read_text().replace('"SOLAR"', '"LUNAR"', 1)
    old = text.split('uid = "')[1].split('"')[0]
    full.write_text(text.replace(old, "11111111-2222-3333-4444-555555555555", 1))
    taken = take(portfolio, full)
    assert taken.errors == []
    assert any("was given a new one" in one.reason for one in taken.doubtful)
    assert len(portfolio.ask(export.everything, 2)["task"]) == 2


HEAD = 'format = "ka2tui project"\nversion = 1\n[project]\nacronym = "S"\n'
PROMISE = '[[approved_fact]]\nabout = "project"\nabout_uid = "p"\nfield = "money"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = \n", "line 1"),
        (HEAD + "x = 1\nx = 2\n", "line 6"),
        ("a = 1\n", "no project written by"),
        (HEAD.replace("version = 1", "version = 2"), "newer ka2tui"),
        ('format = "ka2tui project"\nversion = 1\n', "no project in it"),
        ("a = " + "[" * 5000, "well-formed"),
        ("a = " + "1" * 5000, "well-formed"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "p.toml"
    file.write_text(text)
    with pytest.raises(ImportFault, match=words):
        project_toml.read(file)


@pytest.mark.parametrize(
    ("rows", "column", "words"),
    [
        ('[[task]]\ntitle = "x"\nstate = "asleep"\n', "state", "one of open"),
        ('[[task]]\ntitle = "x"\ndue = "soon"\n', "due", "a date"),
        ('[[task]]\ntitle = "x"\neffort_minutes = -1\n', "effort_minutes", "0 or more"),
        ('[[task]]\ntitle = "x"\neffort_minutes = 99999999999\n', "effort_minutes", "fits"),
        ('[[task]]\ntitle = "x"\nwork_unit = "nobody"\n', "work_unit", "no work package"),
        ('[[task]]\ncode = "T1"\n', None, "needs title"),
        ('[[task]]\nuid = "a"\ntitle = "x"\nparent = "a"\n', "parent", "part of itself"),
        ('[[work_unit]]\ncode = "A"\n[[work_unit]]\ncode = "a"\n', "code", "two of"),
        ('[[work_unit]]\ncode = "A"\nstart_month = 3\nend_month = 2\n', "end_month", "before"),
        ('[[share]]\nrole = "x"\n', None, "needs"),
        ("task = 3\n", "acronym", ""),
        ('[[partner]]\nname = "x"\nacronym = "A"\nuid = "ü"\n', "uid", "no uid"),
        ('[[partner]]\nname = "x"\nworking_days = "mon"\n', "working_days", "Monday to Friday"),
        ('[[partner]]\nname = "x"\nzone = "Nowhere/X"\n', "zone", "not a time zone"),
        ('[[meeting]]\ntitle = "x"\nzone = "[red]"\n', "zone", "not a time zone"),
        ('[[task]]\ntitle = "x"\nrecurrence = "often"\n', "recurrence", "often"),
        (f'{PROMISE}value = "much"\n', "value", "no amount"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(
    portfolio: Portfolio, tmp_path: Path, rows: str, column: str | None, words: str
) -> None:
    file = tmp_path / "p.toml"
    file.write_text(HEAD + rows)
    taken = take(portfolio, file)
    if not words:
        assert [(one.column, one.reason) for one in taken.dropped] == [
            ("task", "not taken: this field is not known")
        ]
        return
    assert taken.errors
    assert any(words in one.reason and one.column in {column, None} for one in taken.errors)
    assert taken.errors[0].row in {5, 7}
    assert portfolio.clock() == 0


def test_a_project_that_cannot_be_is_told_where_its_phases_are_known(
    portfolio: Portfolio, tmp_path: Path
) -> None:
    file = tmp_path / "p.toml"
    file.write_text(f'{HEAD}months = 500\n[[phase]]\nkind = "goal"\n')
    taken = take(portfolio, file)
    assert [one.reason for one in taken.errors] == ["500 is not between 1 and 120"]


def test_unknown_tables_and_fields_are_named(portfolio: Portfolio, tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text(HEAD + 'colour = "blue"\n[[rocket]]\nname = "x"\n')
    taken = take(portfolio, file)
    assert taken.errors == []
    assert {one.column for one in taken.dropped} == {"colour", "rocket"}
    assert records.Project.__tablename__ == "project"
