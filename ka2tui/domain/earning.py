"""What is earned, at risk and not started: an own reckoning from completion, no promise."""

from __future__ import annotations

from typing import NamedTuple

from ka2tui.domain.kinds import WorkUnitState
from ka2tui.domain.progress import Standing

HOW = (
    "Earned is money times per cent done, rounded down to the cent. What is left counts as at risk "
    "where the work is cancelled, behind its time, or over its end; as not started where nothing "
    "is done and its time has not begun; as still to do else. Per cent done is what the lead "
    "states, else what tasks and deliverables say. This is the consortium's own reckoning: under a "
    "lump sum a work package is paid when it is complete, and the agency decides."
)
"""How the amounts were reckoned, in words that stand beside them."""

IN_SHORT = "Own reckoning from money and completion; the agency decides."


class Earning(NamedTuple):
    """The money of a part of the work plan, in four parts that add up to the cent."""

    earned: int
    at_risk: int
    not_started: int
    to_do: int
    """Under way and in time."""

    @property
    def whole(self) -> int:
        """All of it."""
        return sum(self)

    def plus(self, other: Earning) -> Earning:
        """Add two parts of the plan up."""
        return Earning(*(mine + its for mine, its in zip(self, other, strict=True)))


NOTHING = Earning(0, 0, 0, 0)


def reckon(
    cents: int | None,
    state: WorkUnitState,
    done: int | None,
    elapsed: int | None,
    standing: Standing | None,
) -> Earning:
    """Part the money of a work package, activity or heading.

    Args:
        cents: Its money; None: not known, nothing.
        state: As its lead says.
        done: Per cent; None: nobody knows, which counts as nothing.
        elapsed: Per cent of its time that has passed; None: not known.
        standing: How work and time compare, where both are known.
    """
    whole = cents or 0
    if state is WorkUnitState.DONE:
        return Earning(whole, 0, 0, 0)
    earned = whole * (done or 0) // 100
    left = whole - earned
    if state is WorkUnitState.CANCELLED:
        return Earning(earned, left, 0, 0)
    over = elapsed is not None and elapsed >= 100
    if over or standing is Standing.BEHIND or (elapsed and done is None):
        return Earning(earned, left, 0, 0)
    if not done and not elapsed and state is WorkUnitState.PLANNED:
        return Earning(earned, 0, left, 0)
    return Earning(earned, 0, 0, left)


def why(
    state: WorkUnitState, done: int | None, elapsed: int | None, standing: Standing | None
) -> str:
    """Say why money counts as it does."""
    if state is WorkUnitState.DONE:
        return "done, as its lead says"
    if state is WorkUnitState.CANCELLED:
        return "cancelled: what is not done is at risk"
    if done is None:
        started = "its time has begun" if elapsed else "its time has not begun"
        return f"nobody said how far it is, and {started}"
    if elapsed is None:
        return f"{done} % done; when it takes place is not known"
    if elapsed >= 100 and done < 100:
        return f"{done} % done, and its time is over"
    if standing is None or not (done or elapsed):
        return "nothing done, and its time has not begun"
    return f"{done} % done, {elapsed} % of its time: {standing.word}"
