"""Rules and aims: own values of rules, what a check found, scores, needs, possible partners."""

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

revision = "0006"
down_revision = "0005"

_ABOUT = ("about", "about_uid")


def upgrade() -> None:
    """Add tables, and columns that may be empty; what is there already stays as it is."""
    op.add_column("project", day("reductions_confirmed_on"))
    op.add_column("project", words("reductions_source"))
    op.add_column("partner", code("sort"))
    op.add_column("partner", day("established_on"))
    op.add_column("partner", yes_no("eche"))
    add_count("partner", "applications")
    op.add_column("partner", yes_no("newcomer"))
    add_reference("assessment", "work_unit_id", "work_unit")
    _create_judgements()
    _create_aims()


def _create_judgements() -> None:
    """Create what is held against the project: own rules, findings set aside, scores."""
    create_table(
        "rule_value",
        [code("key", needed=True), words("value", needed=True), words("source")],
        unique=("project_id", "key"),
    )
    create_table(
        "set_aside",
        [
            number("number", needed=True),
            *(code(name, needed=True) for name in _ABOUT),
            words("why", needed=True),
        ],
        checks={"number": "number >= 1"},
        unique=("project_id", "number", *_ABOUT),
    )
    create_table(
        "own_score",
        [
            code("judged", needed=True),
            *(code(name, needed=True) for name in _ABOUT),
            number("score", needed=True),
            number("refused_percent"),
            words("note"),
        ],
        checks={
            "score": "score BETWEEN 0 AND 100",
            "refused_percent": "refused_percent BETWEEN 0 AND 100",
        },
        unique=("project_id", "judged", *_ABOUT),
    )
    create_table(
        "reduction_band",
        [number("below", needed=True), number("percent", needed=True)],
        checks={"below": "below BETWEEN 1 AND 100", "percent": "percent BETWEEN 0 AND 100"},
        unique=("project_id", "below"),
    )


def _create_aims() -> None:
    """Create needs and objectives, what serves them, and who may become a partner."""
    create_table(
        "aim",
        [
            code("kind", needed=True),
            words("code"),
            words("text", needed=True),
            to("aim", "parent_id"),
            words("target_group"),
            words("source"),
            number("position", needed=True),
            words("notes"),
        ],
        checks={"parent": "parent_id <> id"},
        unique=("project_id", "code"),
    )
    create_table(
        "aim_link",
        [to("aim", "aim_id", needed=True), *(code(name, needed=True) for name in _ABOUT)],
        unique=("aim_id", *_ABOUT),
        indexes={"ix_aim_link_about": _ABOUT},
    )
    create_table(
        "candidate",
        [
            words("name", needed=True),
            words("acronym"),
            code("country"),
            words("city"),
            code("sort"),
            *(words(name) for name in ("oid", "pic", "website", "brings", "found_at")),
            *(words(name) for name in ("person", "email", "phone")),
            code("state", needed=True),
            day("asked_on"),
            day("answered_on"),
            to("partner", "partner_id"),
            words("notes"),
        ],
    )
