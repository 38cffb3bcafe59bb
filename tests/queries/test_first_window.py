from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ka2tui.domain.kinds import Precision, Priority, TaskState
from ka2tui.exchange.demo import build
from ka2tui.queries import first_window, projects
from ka2tui.queries import tasks as views
from ka2tui.store import engine, first_look, migrations
from ka2tui.store.operation import operation
from ka2tui.store.portfolio import Portfolio
from ka2tui.store.records import Contact, Partner, Project, Tag, Task, WorkUnit
from tests.copied import filled_once

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOSTILE = "[/] [@click=app.bell]Łódź[/] {x} $y 'q' \"d\""


@operation("Fill")
def _fill(session: Session) -> None:
    """Tasks of every kind, in two projects whose acronyms are not in the order of their ids."""
    session.add_all(
        [
            Project(id=1, acronym="Ünder", start=date(2025, 10, 1), months=24),
            Project(id=2, acronym="SOLARIS", start=date(2025, 10, 1), months=24),
        ]
    )
    session.flush()
    for project in (1, 2):
        lodz = Partner(project_id=project, acronym="ULODZ", name="Uniwersytet Łódzki")
        nameless = Partner(project_id=project, name="Cooperativa sociale")
        unit = WorkUnit(project_id=project, code="WP2", title="Handbook")
        session.add_all([lodz, nameless, unit])
        session.flush()
        zofia = Contact(project_id=project, partner_id=lodz.id, name="Zofia Nowak")
        session.add(zofia)
        session.flush()
        above = Task(project_id=project, title=HOSTILE, code="T1", partner_id=nameless.id)
        session.add(above)
        session.flush()
        same = {"project_id": project, "due": date(2026, 12, 1)}
        session.add_all(
            [Task(title=f"{state} {priority}", state=state, priority=priority, **same)
             for state in TaskState for priority in Priority]
        )  # fmt: skip
        session.add_all(
            [
                Task(project_id=project, title="Early", due=date(2025, 1, 31), position=4),
                Task(
                    project_id=project,
                    title="Full",
                    due=date(2026, 11, 30),
                    due_month=14,
                    due_precision=Precision.MONTH,
                    work_unit_id=unit.id,
                    partner_id=lodz.id,
                    contact_id=zofia.id,
                    parent_id=above.id,
                    recurrence="FREQ=MONTHLY",
                    state=TaskState.WAITING,
                    waiting_since=date(2026, 11, 2),
                    tags=[Tag(project_id=project, name=name) for name in ("zoo", HOSTILE, "acta")],
                ),
                Task(project_id=project, title="Undated"),
            ]
        )


@pytest.fixture
@filled_once
def file(database: str) -> str:
    with closing(Portfolio.open(database, actor="Ana")) as portfolio:
        portfolio.do(_fill)
    return database


def listed(file: str, project: int | None, limit: int) -> views.TaskList:
    """What the query itself answers."""
    with closing(Portfolio.open(file, actor="Ana", create=False)) as portfolio:
        if project is None:
            project = portfolio.ask(projects.choices)[0].id
        return portfolio.ask(views.listed, project, limit=limit)


@pytest.mark.parametrize("limit", [1, 3, 200])
@pytest.mark.parametrize("project", [None, 1, 2, 99])
def test_the_first_window_is_what_the_list_begins_with(
    file: str, project: int | None, limit: int
) -> None:
    seen = first_window.tasks(file, project, limit)
    assert seen == listed(file, project, limit)
    assert seen is not None
    assert bool(seen.rows) == (project != 99)
    for row in seen.rows:  # equal to a plain text, but not the member that pages look at
        assert isinstance(row.state, TaskState)
        assert isinstance(row.priority, Priority)
        assert isinstance(row.due_precision, Precision)


def test_the_example_project_begins_the_same_way(tmp_path: Path, today: date) -> None:
    file = tmp_path / "demo.db"
    build(file, today)
    seen = first_window.tasks(str(file), None, 200)
    assert seen == listed(str(file), None, 200)
    assert seen is not None
    assert len(seen.rows) > 20
    assert seen.closed


def test_the_tables_are_known_as_they_are_now() -> None:
    assert migrations.HEAD in first_look.REVISIONS
    assert first_look.APPLICATION_ID == engine.APPLICATION_ID


def _break(file: str, *statements: str) -> str:
    with closing(sqlite3.connect(file)) as raw, raw:
        for statement in statements:
            raw.execute(statement)
    return file


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "PRAGMA application_id = 7",
        "UPDATE task SET due = 'soon' WHERE title = 'Early'",
    ],
)
def test_nothing_is_seen_of_a_file_that_is_not_as_it_should_be(file: str, statement: str) -> None:
    assert first_window.tasks(file, 1, 200) is not None
    assert first_window.tasks(_break(file, statement), 1, 200) is None


def test_nothing_is_seen_of_what_is_no_file_of_ours(tmp_path: Path, new_database: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("Dear partners,\n" * 200)
    short = tmp_path / "short.db"
    short.write_bytes(new_database.read_bytes()[:5000])
    places = (tmp_path / "none.db", tmp_path, text, short, "postgresql://host/name", "?mode=rw")
    assert [first_window.tasks(str(place), None, 200) for place in places] == [None] * 6
    assert not (tmp_path / "none.db").exists()


def test_nothing_is_seen_while_another_program_keeps_the_file_locked(file: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        assert first_window.tasks(file, 1, 200) is None
        raw.execute("ROLLBACK")
    assert first_window.tasks(file, 1, 200) is not None


def test_nothing_is_seen_of_a_change_that_was_cut_off(file: str, tmp_path: Path) -> None:
    """A journal beside the file says that it has to be put right before anybody reads it."""
    left = tmp_path / "left.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA cache_size=1")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE task SET title = title || hex(randomblob(900))")
        shutil.copyfile(file, left)
        shutil.copyfile(f"{file}-journal", f"{left}-journal")
        raw.execute("ROLLBACK")
    before = left.read_bytes()
    assert first_window.tasks(str(left), 1, 200) is None
    assert left.read_bytes() == before
    assert Path(f"{left}-journal").exists()
    assert listed(str(left), 1, 200) == listed(file, 1, 200)


def test_looking_leaves_nothing_behind(file: str) -> None:
    folder = Path(file).parent
    before = sorted(folder.iterdir()), Path(file).read_bytes()
    first_window.tasks(file, 1, 200)
    assert (sorted(folder.iterdir()), Path(file).read_bytes()) == before
