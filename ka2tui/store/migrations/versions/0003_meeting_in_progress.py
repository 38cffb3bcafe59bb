"""When a meeting and each point of its agenda really began and ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ka2tui.store import columns

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add columns that may be empty; what is there already stays as it is."""
    op.add_column("meeting", sa.Column("started_at", columns.Instant(), nullable=True))
    op.add_column("meeting", sa.Column("ended_at", columns.Instant(), nullable=True))
    op.add_column("agenda_item", sa.Column("started_at", columns.Instant(), nullable=True))
    op.add_column("agenda_item", sa.Column("ended_at", columns.Instant(), nullable=True))
    op.add_column("agenda_item", sa.Column("seconds_before", sa.Integer(), nullable=True))
