"""Checks of money and registers: payments, letters, risks and the log, each by its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.days import say_brief, say_late, say_until
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.text import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ka2tui.domain.checks.running import Due, Running


def found(seen: Running) -> Iterator[Found]:
    """Check what the registers of a project ask for by this day."""
    for one in _over(seen.payments, seen.today):
        text = f"It is not paid, {say_late(one.due, seen.today)}"
        why = f"{capital(one.note)}." if one.note else None
        yield Found(611, Severity.WARNING, one.said, f"{text}.", "payment", one.id, why)
    for one in _over(seen.letters, seen.today):
        ago = f"due {say_brief(one.due)}, {say_until(one.due, seen.today)}"
        if one.ours:
            text = f"It is not answered, {ago}"
            yield Found(612, Severity.WARNING, one.said, f"{text}.", "letter", one.id)
        else:
            text = f"Their answer has not come, {ago}"
            why = "Ask again, and keep the letter that does."
            yield Found(612, Severity.HINT, one.said, f"{text}.", "letter", one.id, why)
    for one in seen.risks:
        ago = say_until(one.due, seen.today)
        text = f"It was to be looked at again on {say_brief(one.due)}, {ago}"
        if one.due == seen.today:
            text = "It is to be looked at again today"
        yield Found(613, Severity.HINT, one.said, f"{text}.", "risk", one.id)
    for one in _over(seen.lines, seen.today):
        text = f"It was due on {say_brief(one.due)}, {say_until(one.due, seen.today)}, and is open"
        yield Found(614, Severity.WARNING, one.said, f"{text}.", "log_entry", one.id)
    for risk in seen.heavy:
        text = f"It is {risk.level}, and nothing is written that is done about it"
        yield Found(629, Severity.HINT, risk.said, f"{text}.", "risk", risk.id)
    if not seen.any_risk and seen.stage in (Stage.PREPARING, Stage.RUNNING):
        yield Found(615, Severity.GOOD_PRACTICE, "project", "No risk is written down.")


def _over(rows: Sequence[Due], today: date) -> Iterator[Due]:
    """Give what should have been done before today."""
    return (row for row in rows if row.due < today)
