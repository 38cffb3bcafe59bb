"""Meetings that belong to a series or came from a template, and where proof of an answer lies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ka2tui.store import columns

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add columns that may be empty; what is there already stays as it is."""
    op.add_column("meeting", sa.Column("series", columns.Code(), nullable=True))
    op.add_column("meeting", sa.Column("template", columns.Code(), nullable=True))
    op.add_column("answer", sa.Column("found_at", columns.Words(), nullable=True))
