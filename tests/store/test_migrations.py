"""The tables that the migrations make are the tables that the records describe."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

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
        found = compare_metadata(context, Record.metadata)
    if portfolio.place.endswith(".db"):
        # of a reference that came later SQLite tells where it leads, but neither name nor options
        found = _without_the_same(found)
    assert found == []


def _without_the_same(differences: list[Any]) -> list[Any]:
    """Leave out references that are taken away and added from and to the same place."""
    counted: Counter[Any] = Counter()
    for one in differences:
        if one[0] in {"add_fk", "remove_fk"}:
            counted[_way(one[1])] += 1 if one[0] == "add_fk" else -1
    same = {way for way, number in counted.items() if number == 0}
    return [one for one in differences if not one[0].endswith("_fk") or _way(one[1]) not in same]


def _way(key: Any) -> tuple[str, ...]:
    (element,) = key.elements
    return (key.table.name, element.parent.name, element.target_fullname)


def test_a_reference_that_came_later_can_wait_for_the_end_of_a_change(
    portfolio: Portfolio,
) -> None:
    if not portfolio.place.endswith(".db"):
        return
    with portfolio._engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'"
        ).scalars()
        for sql in tables:
            assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY IMMEDIATE")


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
