"""Proof of the work: what shows it, counts it, endangers it, tells of it, and pays for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from ka2tui.store import columns

revision = "0005"
down_revision = "0004"

_ADDED_REFERENCES = (
    ("partner", "successor_id", "partner"),
    ("task", "risk_id", "risk"),
    ("task", "log_entry_id", "log_entry"),
)
_ADDED_COUNTS = (
    ("work_unit", "reported_participants"),
    ("meeting", "expected_participants"),
    ("head_count", "fewer_opportunities"),
)


def upgrade() -> None:
    """Add tables, and columns that may be empty; what is there already stays as it is."""
    _create_tables()
    # In words of its own: alembic would add the constraint apart, which SQLite cannot.
    for table, name, target in _ADDED_REFERENCES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {name} INTEGER CONSTRAINT fk_{table}_{name} "
            f"REFERENCES {target} (id) DEFERRABLE INITIALLY IMMEDIATE{_alone(table, name)}"
        )
        op.create_index(f"ix_{table}_{name}", table, [name])
    for table, name in _ADDED_COUNTS:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {name} INTEGER "
            f"CONSTRAINT ck_{table}_{name} CHECK ({name} >= 0)"
        )
    op.add_column("project", _day("approved_on"))
    op.add_column("partner", _words("leave_reason"))
    op.add_column("meeting", _words("direction"))
    op.add_column("deliverable", _code("platform_state"))
    op.add_column("deliverable", _day("platform_on"))
    op.add_column("deliverable", _words("platform_link"))


def _create_tables() -> None:
    """Create the new tables, each after those it refers to."""
    _create(
        "approved_fact",
        [
            _code("about", needed=True),
            _code("about_uid", needed=True),
            _code("field", needed=True),
            _words("value"),
            _words("said", needed=True),
        ],
        unique=("project_id", "about", "about_uid", "field"),
    )
    _create(
        "payment",
        [
            _code("kind", needed=True),
            _words("title", needed=True),
            _to("partner", "partner_id"),
            _number("position", needed=True),
            _day("due"),
            _number("due_month"),
            _code("due_precision", needed=True),
            _number("amount_cents"),
            _day("paid_on"),
            _number("paid_cents"),
            _words("condition"),
            _words("notes"),
        ],
        checks={"amount_cents": "amount_cents >= 0", "paid_cents": "paid_cents >= 0"},
        indexes={"ix_payment_due": ("project_id", "due")},
    )
    _create(
        "proof",
        [
            _code("kind", needed=True),
            _code("sort"),
            _words("title", needed=True),
            _day("day"),
            _words("path"),
            _code("sha256"),
            _number("size_bytes"),
            _words("url"),
            _to("partner", "holder_id"),
            _words("holder_text"),
            _words("place"),
            _code("state", needed=True),
            _day("checked_on"),
            _words("notes"),
        ],
        checks={"size_bytes": "size_bytes >= 0"},
    )
    _create(
        "proof_waiver",
        [
            _code("about", needed=True),
            _code("about_uid", needed=True),
            _code("sort", needed=True),
            _words("why", needed=True),
        ],
        unique=("project_id", "about", "about_uid", "sort"),
    )
    _create(
        "indicator",
        [
            _words("code"),
            _words("title", needed=True),
            _to("work_unit", "work_unit_id"),
            _to("partner", "lead_id"),
            _words("unit"),
            _words("baseline"),
            _words("target"),
            _yes_no("rising", needed=True),
            _code("term"),
            _words("source"),
            _day("due"),
            _number("due_month"),
            _code("due_precision", needed=True),
            _words("notes"),
        ],
        unique=("project_id", "code"),
        indexes={"ix_indicator_due": ("project_id", "due")},
    )
    _create(
        "letter",
        [
            _day("day", needed=True),
            _code("direction", needed=True),
            _code("channel", needed=True),
            _to("contact", "contact_id"),
            _words("with_whom"),
            _words("subject", needed=True),
            _words("text"),
            _words("reference_nr"),
            _day("answer_by"),
            _day("answered_on"),
            _to("letter", "answers_id"),
            _words("notes"),
        ],
        checks={"answers": "answers_id <> id"},
        indexes={
            "ix_letter_answer_by": ("project_id", "answer_by"),
            "ix_letter_day": ("project_id", "day"),
        },
    )
    _create(
        "proof_use",
        [
            _to("proof", "proof_id", needed=True),
            _code("about", needed=True),
            _code("about_uid", needed=True),
        ],
        unique=("proof_id", "about", "about_uid"),
        indexes={"ix_proof_use_about": ("about", "about_uid")},
    )
    _create(
        "risk",
        [
            _words("code"),
            _words("title", needed=True),
            _words("description"),
            _words("category"),
            _to("work_unit", "work_unit_id"),
            _to("partner", "partner_id"),
            _to("contact", "contact_id"),
            _number("likelihood"),
            _number("impact"),
            _code("strategy"),
            _words("action"),
            _code("state", needed=True),
            _day("opened_on"),
            _day("review_on"),
            _day("closed_on"),
            _words("notes"),
        ],
        checks={"impact": "impact BETWEEN 1 AND 5", "likelihood": "likelihood BETWEEN 1 AND 5"},
        unique=("project_id", "code"),
    )
    _create(
        "cost",
        [
            _to("work_unit", "work_unit_id"),
            _to("partner", "partner_id"),
            _code("kind", needed=True),
            _words("title"),
            _code("staff_category"),
            _day("quarter"),
            _number("planned_hundredths"),
            _number("used_hundredths"),
            _number("rate_cents"),
            _number("planned_cents"),
            _number("used_cents"),
            _to("meeting", "meeting_id"),
            _words("notes"),
        ],
        checks={
            "planned_cents": "planned_cents >= 0",
            "planned_hundredths": "planned_hundredths >= 0",
            "rate_cents": "rate_cents >= 0",
            "used_cents": "used_cents >= 0",
            "used_hundredths": "used_hundredths >= 0",
        },
    )
    _create(
        "departure",
        [
            _code("about", needed=True),
            _code("about_uid", needed=True),
            _code("field", needed=True),
            _words("why"),
            _code("handling"),
            _day("asked_on"),
            _day("answered_on"),
            _code("answer"),
            _to("letter", "letter_id"),
            _words("notes"),
        ],
        unique=("project_id", "about", "about_uid", "field"),
    )
    _create(
        "dissemination",
        [
            _words("title", needed=True),
            _code("sort"),
            _code("state", needed=True),
            _day("day"),
            _number("day_month"),
            _code("precision", needed=True),
            _day("end_day"),
            _to("partner", "partner_id"),
            _to("work_unit", "work_unit_id"),
            _to("deliverable", "deliverable_id"),
            _words("audience"),
            _number("reach"),
            _words("language"),
            _words("place"),
            _words("link"),
            _yes_no("emblem"),
            _yes_no("disclaimer"),
            _words("notes"),
        ],
        checks={"day_to_end_day": '"end_day" >= "day"', "reach": "reach >= 0"},
        indexes={"ix_dissemination_day": ("project_id", "day")},
    )
    _create(
        "journey",
        [
            _to("meeting", "meeting_id"),
            _to("partner", "partner_id"),
            _day("day"),
            _words("title"),
            _number("people", needed=True),
            _number("distance_km"),
            _yes_no("green", needed=True),
            _number("amount_cents"),
            _number("used_cents"),
            _words("notes"),
        ],
        checks={
            "amount_cents": "amount_cents >= 0",
            "distance_km": "distance_km >= 0",
            "people": "people >= 1",
            "used_cents": "used_cents >= 0",
        },
    )
    _create(
        "measurement",
        [
            _to("indicator", "indicator_id", needed=True),
            _day("day", needed=True),
            _words("value", needed=True),
            _words("source"),
            _words("note"),
        ],
        indexes={"ix_measurement_day": ("indicator_id", "day")},
    )
    _create(
        "participant",
        [
            _to("meeting", "meeting_id", needed=True),
            _to("contact", "contact_id"),
            _to("partner", "partner_id"),
            _words("name", needed=True),
            _words("organisation"),
            _code("country"),
            _words("profile"),
            _yes_no("fewer_opportunities"),
            _yes_no("online", needed=True),
            _words("role"),
            _words("certificate"),
            _day("day"),
            _words("notes"),
            _code("person"),
        ],
    )
    _create(
        "log_entry",
        [
            _code("kind", needed=True),
            _words("code"),
            _words("title", needed=True),
            _words("description"),
            _words("category"),
            _code("state", needed=True),
            _day("opened_on"),
            _day("due"),
            _day("closed_on"),
            _words("raised_by"),
            _to("partner", "partner_id"),
            _to("contact", "contact_id"),
            _number("urgency"),
            _number("impact"),
            _number("size"),
            _words("reason"),
            _words("consequence"),
            _words("decided_by"),
            _day("decided_on"),
            _words("solution"),
            _to("log_entry", "issue_id"),
            _to("work_unit", "work_unit_id"),
            _to("risk", "risk_id"),
            _to("outcome", "outcome_id"),
            _words("notes"),
        ],
        checks={
            "impact": "impact BETWEEN 1 AND 5",
            "issue": "issue_id <> id",
            "size": "size BETWEEN 1 AND 5",
            "urgency": "urgency BETWEEN 1 AND 5",
        },
        unique=("project_id", "code"),
        indexes={"ix_log_entry_due": ("project_id", "due")},
    )


def _create(
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
        _code("uid", needed=True),
        _to("project", "project_id", needed=True),
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


def _alone(table: str, name: str) -> str:
    return f" CONSTRAINT ck_{table}_successor CHECK ({name} <> id)" if table == "partner" else ""


def _to(target: str, name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=not needed, info={"to": target})


def _words(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, columns.Words(), nullable=not needed)


def _code(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, columns.Code(), nullable=not needed)


def _day(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, columns.Day(), nullable=not needed)


def _number(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def _yes_no(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=not needed)
