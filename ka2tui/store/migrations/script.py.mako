"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ka2tui.store import columns
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Make it so."""
    ${upgrades if upgrades else "pass"}
