"""A file of each earlier version catches up, and what was done in it can still be taken back.

`before/NNNN.sql` is what that version wrote: a project, a partner, two tasks, one of them finished
and the other removed.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ka2tui.domain.kinds import TaskState
from ka2tui.queries import tasks
from ka2tui.store import engine, migrations
from ka2tui.store.portfolio import Portfolio

BEFORE = Path(__file__).parent / "before"
EARLIER = migrations.REVISIONS[:-1]


@pytest.fixture(params=EARLIER)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that an earlier version wrote."""
    file = tmp_path / "old.db"
    with sqlite3.connect(file) as connection:
        connection.executescript((BEFORE / f"{request.param}.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id={engine.APPLICATION_ID}")
    connection.close()
    return file


def test_there_is_a_file_of_every_earlier_version() -> None:
    assert {file.stem for file in BEFORE.glob("*.sql")} == set(EARLIER)


def test_an_old_file_catches_up_and_keeps_a_copy(old: Path) -> None:
    with sqlite3.connect(old) as connection:
        counts = {name: _count(connection, name) for name in _tables(connection)}
        used = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    connection.close()
    portfolio = Portfolio.open(old, actor="Ana")
    portfolio.verify()
    portfolio.check_history()
    portfolio.close()
    with sqlite3.connect(old) as connection:
        assert {name: _count(connection, name) for name in counts} == counts
        now = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        assert now.items() >= used.items(), "an id could be used twice"
    connection.close()
    (copy,) = old.parent.glob("*.backup")
    assert f"before-{migrations.HEAD}" in copy.name


def test_what_was_done_before_can_be_taken_back(old: Path) -> None:
    portfolio = Portfolio.open(old, actor="Ana")
    assert portfolio.undo().label == "Remove “Book rooms”"
    assert portfolio.undo().label == "Finish “Send minutes”"
    shown = portfolio.ask(tasks.listed, 1, all=True).rows
    assert {(row.title, row.state) for row in shown} == {
        ("Send minutes", TaskState.OPEN),
        ("Book rooms", TaskState.OPEN),
    }
    portfolio.redo()
    portfolio.redo()
    portfolio.check_history()
    portfolio.close()


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [name for (name,) in found]


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
