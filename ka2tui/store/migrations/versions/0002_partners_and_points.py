"""What partners owe and say, saved filters, restore points, and what became of an application."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ka2tui.store import columns

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add them; what is there already stays as it is."""
    op.create_table(
        "restore_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", columns.Words(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("made_by_itself", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_restore_point_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restore_point")),
        sa.UniqueConstraint("uid", name=op.f("uq_restore_point_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_restore_point_project_id"), "restore_point", ["project_id"], unique=False
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("list", columns.Code(), nullable=False),
        sa.Column("name", columns.Words(), nullable=False),
        sa.Column("text", columns.Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_saved_filter_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint(
            "project_id", "list", "name", name=op.f("uq_saved_filter_project_id_list_name")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_filter_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_saved_filter_project_id"), "saved_filter", ["project_id"], unique=False
    )
    op.create_table(
        "partner_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("kind", columns.Code(), nullable=False),
        sa.Column("state", columns.Code(), nullable=False),
        sa.Column("asked_on", columns.Day(), nullable=True),
        sa.Column("received_on", columns.Day(), nullable=True),
        sa.Column("checked_on", columns.Day(), nullable=True),
        sa.Column("note", columns.Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_partner_paper_partner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_partner_paper_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_paper")),
        sa.UniqueConstraint("partner_id", "kind", name=op.f("uq_partner_paper_partner_id_kind")),
        sa.UniqueConstraint("uid", name=op.f("uq_partner_paper_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_partner_paper_partner_id"), "partner_paper", ["partner_id"], unique=False
    )
    op.create_index(
        op.f("ix_partner_paper_project_id"), "partner_paper", ["project_id"], unique=False
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", columns.Code(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("day", columns.Day(), nullable=False),
        sa.Column("direction", columns.Code(), nullable=False),
        sa.Column("channel", columns.Code(), nullable=False),
        sa.Column("chase", sa.Boolean(), nullable=False),
        sa.Column("tone", columns.Code(), nullable=True),
        sa.Column("text", columns.Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_message_contact_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_message_partner_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_message_project_id"),
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("uid", name=op.f("uq_message_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_message_contact_id"), "message", ["contact_id"], unique=False)
    op.create_index(op.f("ix_message_partner_id"), "message", ["partner_id"], unique=False)
    op.create_index("ix_message_partner_id_day", "message", ["partner_id", "day"], unique=False)
    op.create_index(op.f("ix_message_project_id"), "message", ["project_id"], unique=False)
    op.add_column("contact", sa.Column("organisation", columns.Words(), nullable=True))
    op.add_column("project", sa.Column("application_deadline", columns.Instant(), nullable=True))
    op.add_column("project", sa.Column("application_zone", columns.Code(), nullable=True))
    op.add_column("project", sa.Column("submitted_on", columns.Day(), nullable=True))
    op.add_column("project", sa.Column("outcome", columns.Code(), nullable=True))
    op.add_column("project", sa.Column("outcome_on", columns.Day(), nullable=True))
    op.add_column("project", sa.Column("outcome_note", columns.Words(), nullable=True))
    op.add_column("project", sa.Column("resubmits", columns.Code(), nullable=True))
