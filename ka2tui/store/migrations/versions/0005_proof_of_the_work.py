"""Proof of the work: what shows it, counts it, endangers it, tells of it, and pays for it."""

from __future__ import annotations

from alembic import op

from ka2tui.store.migrations.tables import (
    add_count,
    add_reference,
    code,
    create_table,
    day,
    number,
    to,
    words,
    yes_no,
)

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
    for table, name, target in _ADDED_REFERENCES:
        add_reference(table, name, target, _alone(table, name))
    for table, name in _ADDED_COUNTS:
        add_count(table, name)
    op.add_column("project", day("approved_on"))
    op.add_column("partner", words("leave_reason"))
    op.add_column("meeting", words("direction"))
    op.add_column("deliverable", code("platform_state"))
    op.add_column("deliverable", day("platform_on"))
    op.add_column("deliverable", words("platform_link"))


def _create_tables() -> None:
    """Create the new tables, each after those it refers to."""
    create_table(
        "approved_fact",
        [
            code("about", needed=True),
            code("about_uid", needed=True),
            code("field", needed=True),
            words("value"),
            words("said", needed=True),
        ],
        unique=("project_id", "about", "about_uid", "field"),
    )
    create_table(
        "payment",
        [
            code("kind", needed=True),
            words("title", needed=True),
            to("partner", "partner_id"),
            number("position", needed=True),
            day("due"),
            number("due_month"),
            code("due_precision", needed=True),
            number("amount_cents"),
            day("paid_on"),
            number("paid_cents"),
            words("condition"),
            words("notes"),
        ],
        checks={"amount_cents": "amount_cents >= 0", "paid_cents": "paid_cents >= 0"},
        indexes={"ix_payment_due": ("project_id", "due")},
    )
    create_table(
        "proof",
        [
            code("kind", needed=True),
            code("sort"),
            words("title", needed=True),
            day("day"),
            words("path"),
            code("sha256"),
            number("size_bytes"),
            words("url"),
            to("partner", "holder_id"),
            words("holder_text"),
            words("place"),
            code("state", needed=True),
            day("checked_on"),
            words("notes"),
        ],
        checks={"size_bytes": "size_bytes >= 0"},
    )
    create_table(
        "proof_waiver",
        [
            code("about", needed=True),
            code("about_uid", needed=True),
            code("sort", needed=True),
            words("why", needed=True),
        ],
        unique=("project_id", "about", "about_uid", "sort"),
    )
    create_table(
        "indicator",
        [
            words("code"),
            words("title", needed=True),
            to("work_unit", "work_unit_id"),
            to("partner", "lead_id"),
            words("unit"),
            words("baseline"),
            words("target"),
            yes_no("rising", needed=True),
            code("term"),
            words("source"),
            day("due"),
            number("due_month"),
            code("due_precision", needed=True),
            words("notes"),
        ],
        unique=("project_id", "code"),
        indexes={"ix_indicator_due": ("project_id", "due")},
    )
    create_table(
        "letter",
        [
            day("day", needed=True),
            code("direction", needed=True),
            code("channel", needed=True),
            to("contact", "contact_id"),
            words("with_whom"),
            words("subject", needed=True),
            words("text"),
            words("reference_nr"),
            day("answer_by"),
            day("answered_on"),
            to("letter", "answers_id"),
            words("notes"),
        ],
        checks={"answers": "answers_id <> id"},
        indexes={
            "ix_letter_answer_by": ("project_id", "answer_by"),
            "ix_letter_day": ("project_id", "day"),
        },
    )
    create_table(
        "proof_use",
        [
            to("proof", "proof_id", needed=True),
            code("about", needed=True),
            code("about_uid", needed=True),
        ],
        unique=("proof_id", "about", "about_uid"),
        indexes={"ix_proof_use_about": ("about", "about_uid")},
    )
    create_table(
        "risk",
        [
            words("code"),
            words("title", needed=True),
            words("description"),
            words("category"),
            to("work_unit", "work_unit_id"),
            to("partner", "partner_id"),
            to("contact", "contact_id"),
            number("likelihood"),
            number("impact"),
            code("strategy"),
            words("action"),
            code("state", needed=True),
            day("opened_on"),
            day("review_on"),
            day("closed_on"),
            words("notes"),
        ],
        checks={"impact": "impact BETWEEN 1 AND 5", "likelihood": "likelihood BETWEEN 1 AND 5"},
        unique=("project_id", "code"),
    )
    create_table(
        "cost",
        [
            to("work_unit", "work_unit_id"),
            to("partner", "partner_id"),
            code("kind", needed=True),
            words("title"),
            code("staff_category"),
            day("quarter"),
            number("planned_hundredths"),
            number("used_hundredths"),
            number("rate_cents"),
            number("planned_cents"),
            number("used_cents"),
            to("meeting", "meeting_id"),
            words("notes"),
        ],
        checks={
            "planned_cents": "planned_cents >= 0",
            "planned_hundredths": "planned_hundredths >= 0",
            "rate_cents": "rate_cents >= 0",
            "used_cents": "used_cents >= 0",
            "used_hundredths": "used_hundredths >= 0",
        },
    )
    create_table(
        "departure",
        [
            code("about", needed=True),
            code("about_uid", needed=True),
            code("field", needed=True),
            words("why"),
            code("handling"),
            day("asked_on"),
            day("answered_on"),
            code("answer"),
            to("letter", "letter_id"),
            words("notes"),
        ],
        unique=("project_id", "about", "about_uid", "field"),
    )
    create_table(
        "dissemination",
        [
            words("title", needed=True),
            code("sort"),
            code("state", needed=True),
            day("day"),
            number("day_month"),
            code("precision", needed=True),
            day("end_day"),
            to("partner", "partner_id"),
            to("work_unit", "work_unit_id"),
            to("deliverable", "deliverable_id"),
            words("audience"),
            number("reach"),
            words("language"),
            words("place"),
            words("link"),
            yes_no("emblem"),
            yes_no("disclaimer"),
            words("notes"),
        ],
        checks={"day_to_end_day": '"end_day" >= "day"', "reach": "reach >= 0"},
        indexes={"ix_dissemination_day": ("project_id", "day")},
    )
    create_table(
        "journey",
        [
            to("meeting", "meeting_id"),
            to("partner", "partner_id"),
            day("day"),
            words("title"),
            number("people", needed=True),
            number("distance_km"),
            yes_no("green", needed=True),
            number("amount_cents"),
            number("used_cents"),
            words("notes"),
        ],
        checks={
            "amount_cents": "amount_cents >= 0",
            "distance_km": "distance_km >= 0",
            "people": "people >= 1",
            "used_cents": "used_cents >= 0",
        },
    )
    create_table(
        "measurement",
        [
            to("indicator", "indicator_id", needed=True),
            day("day", needed=True),
            words("value", needed=True),
            words("source"),
            words("note"),
        ],
        indexes={"ix_measurement_day": ("indicator_id", "day")},
    )
    create_table(
        "participant",
        [
            to("meeting", "meeting_id", needed=True),
            to("contact", "contact_id"),
            to("partner", "partner_id"),
            words("name", needed=True),
            words("organisation"),
            code("country"),
            words("profile"),
            yes_no("fewer_opportunities"),
            yes_no("online", needed=True),
            words("role"),
            words("certificate"),
            day("day"),
            words("notes"),
            code("person"),
        ],
    )
    create_table(
        "log_entry",
        [
            code("kind", needed=True),
            words("code"),
            words("title", needed=True),
            words("description"),
            words("category"),
            code("state", needed=True),
            day("opened_on"),
            day("due"),
            day("closed_on"),
            words("raised_by"),
            to("partner", "partner_id"),
            to("contact", "contact_id"),
            number("urgency"),
            number("impact"),
            number("size"),
            words("reason"),
            words("consequence"),
            words("decided_by"),
            day("decided_on"),
            words("solution"),
            to("log_entry", "issue_id"),
            to("work_unit", "work_unit_id"),
            to("risk", "risk_id"),
            to("outcome", "outcome_id"),
            words("notes"),
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


def _alone(table: str, name: str) -> str:
    return f" CONSTRAINT ck_{table}_successor CHECK ({name} <> id)" if table == "partner" else ""
