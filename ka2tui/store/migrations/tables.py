"""How migrations make tables, in the words that all of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from ka2tui.store import columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def create_table(
    table: str,
    parts: Sequence[sa.Column[Any]],
    *,
    checks: Mapping[str, str] | None = None,
    unique: Sequence[str] = (),
    indexes: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Create a table of what belongs to a project; a column that refers to a record has an index.

    Args:
        parts: Its columns beside id, uid and project.
        checks: What must hold, by the name of the rule.
        unique: The columns of which each combination stands there once.
        indexes: Of several columns each, by name.
    """
    whole: list[sa.Column[Any]] = [
        sa.Column("id", sa.Integer(), nullable=False),
        code("uid", needed=True),
        to("project", "project_id", needed=True),
        *parts,
    ]
    targets = {column.name: column.info["to"] for column in whole if "to" in column.info}
    rules: list[sa.Constraint] = [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
    ]
    for name, target in targets.items():
        rules.append(
            sa.ForeignKeyConstraint(
                [name],
                [f"{target}.id"],
                name=op.f(f"fk_{table}_{name}"),
                initially="IMMEDIATE",
                deferrable=True,
            )
        )
    for name, rule in (checks or {}).items():
        rules.append(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")))
    if unique:
        name = op.f(f"uq_{table}_{'_'.join(unique)}")
        rules.append(sa.UniqueConstraint(*unique, name=name))
    op.create_table(table, *whole, *rules, sqlite_autoincrement=True, sqlite_strict=True)
    for name in targets:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    for name, several in (indexes or {}).items():
        op.create_index(op.f(name), table, list(several))


def to(target: str, name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Point to a record of a table."""
    return sa.Column(name, sa.Integer(), nullable=not needed, info={"to": target})


def words(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Hold what a person wrote."""
    return sa.Column(name, columns.Words(), nullable=not needed)


def code(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Hold a code of ours."""
    return sa.Column(name, columns.Code(), nullable=not needed)


def day(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Hold a day."""
    return sa.Column(name, columns.Day(), nullable=not needed)


def number(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Hold a whole number."""
    return sa.Column(name, sa.Integer(), nullable=not needed)


def yes_no(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """Hold yes or no."""
    return sa.Column(name, sa.Boolean(), nullable=not needed)


def add_reference(table: str, name: str, target: str, rule: str = "") -> None:
    """Add a column that refers to a record and may be empty, with an index.

    Args:
        rule: What else must hold of it, in SQL.
    """
    # In words of its own: alembic would add the constraint apart, which SQLite cannot.
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} INTEGER CONSTRAINT fk_{table}_{name} "
        f"REFERENCES {target} (id) DEFERRABLE INITIALLY IMMEDIATE{rule}"
    )
    op.create_index(f"ix_{table}_{name}", table, [name])


def add_count(table: str, name: str) -> None:
    """Add a column for a number that is never below zero and may be empty."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} INTEGER "
        f"CONSTRAINT ck_{table}_{name} CHECK ({name} >= 0)"
    )
