"""The tables that the migrations make are the tables that the records describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ka2tui.store import migrations
from ka2tui.store.records import Record

if TYPE_CHECKING:
    from ka2tui.store.portfolio import Portfolio


def test_the_migrations_make_what_the_records_describe(portfolio: Portfolio) -> None:
    with portfolio._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Record.metadata) == []


def test_every_revision_is_known_in_its_order() -> None:
    scripts = ScriptDirectory(
        str(migrations._FOLDER), version_locations=[str(migrations._FOLDER / "versions")]
    )
    found = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(found)) == migrations.REVISIONS


def test_every_table_refuses_a_value_of_another_type(portfolio: Portfolio) -> None:
    if not portfolio.place.endswith(".db"):
        return
    with portfolio._engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).all()
    loose = [name for name, sql in tables if not sql.rstrip().upper().endswith("STRICT")]
    assert loose == ["alembic_version"]
    assert all("AUTOINCREMENT" in sql for name, sql in tables if name != "alembic_version")
