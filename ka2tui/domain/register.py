"""The register: risks, issues, decisions and changes in one list."""

from __future__ import annotations

from ka2tui.domain.kinds import Kind


class RegisterKind(Kind):
    """What a line of the register is."""

    RISK = "risk"
    ISSUE = "issue"
    DECISION = "decision"
    CHANGE = "change"


TABLES = ("risk", "log_entry", "outcome")
"""Where a line stands; a decision that is in minutes alone is a line of those."""


def key(table: str, record: int) -> int:
    """Give a number that no other line of the register has."""
    return record * len(TABLES) + TABLES.index(table)
