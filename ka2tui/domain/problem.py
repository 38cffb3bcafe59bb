"""What a check found: something to look at, with its reason; it never stops anybody."""

from __future__ import annotations

from dataclasses import dataclass

from ka2tui.domain.kinds import Kind


class Severity(Kind):
    """How much a finding matters."""

    ERROR = "error", "against a rule"
    WARNING = "warning", "look at this"
    NOTE = "note", "good to know"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a check."""

    code: str
    """Stays the same from version to version: "too-few-countries"."""
    severity: Severity
    where: str
    """What it is about, as the user wrote it; "" for the whole project."""
    text: str
    why: str
    source: str
    """A key of data/sources.toml."""
    place: str | None = None
    """Where in the source."""
