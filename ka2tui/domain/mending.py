"""Making an item of a checklist true: what the task for it is called, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from ka2tui.domain.checklist import BEST, Answer

LONGEST: Final = 100
"""Letters of a title that is made of an item."""

TIME: Final = timedelta(days=14)
"""How long a task may take that nobody has thought about yet."""


def title(code: str, text: str) -> str:
    """Make the title of a task: code and statement, cut between words where it is long."""
    whole = f"{code}: {text.strip().rstrip('.')}"
    if len(whole) <= LONGEST:
        return whole
    cut = whole[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:(-–")
    return f"{cut or whole[: LONGEST - 1]} …"


def due(today: date, planned_end: date | None) -> date:
    """Propose when it is due: in two weeks, or when its phase ends where that is sooner."""
    soon = today + TIME
    return min(soon, planned_end) if planned_end is not None and planned_end >= today else soon


def why_not(answer: Answer) -> str | None:
    """Say why there is nothing to be done about an item; None where there is."""
    if answer.not_applicable:
        return "does not apply"
    return "is done, with proof" if answer.score == BEST else None
