"""How a project does, put together from a few signs that are each said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.days import say_brief, say_until
from ka2tui.domain.kinds import Kind, ProposalOutcome
from ka2tui.domain.progress import Standing, standing
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

LONG_LATE = 14
"""Days after which something late is more than a slip."""

MANY_LATE = 5
"""Things from which on lateness is more than a slip, where they are a fifth of what is open."""

FAR_BEHIND = 25
"""Percentage points that work may be behind time before that is trouble."""

NEAR = 14
"""Days ahead from which on an official date wants attention."""


class Health(Kind):
    """How a project does."""

    WELL = "well", "goes well"
    WATCH = "watch", "needs a look"
    TROUBLE = "trouble", "in trouble"
    UNKNOWN = "unknown", "nothing known yet"
    CLOSED = "closed"


@frozen
class Signs:
    """What is known of a project, as far as its health goes."""

    today: date
    open: int = 0
    """Tasks, deliverables and milestones that are not done."""
    late: int = 0
    late_since: date | None = None
    """The day on which the one that is late the longest was due."""
    done: int | None = None
    """Share of the work that is done, in per cent."""
    passed: int | None = None
    """Share of the time that has passed, in per cent; None where it has not begun."""
    next_title: str = ""
    next_day: date | None = None
    """The next official date: the application's, or a report's."""
    outcome: ProposalOutcome | None = None


@frozen
class Part:
    """One sign, and how it stands."""

    health: Health
    text: str


@frozen
class Judgement:
    """How a project does, and why."""

    health: Health
    parts: tuple[Part, ...]
    """What makes it so, what weighs most first."""

    @property
    def why(self) -> str:
        """Say it in a line."""
        return "; ".join(part.text for part in self.parts)


def judge(signs: Signs) -> Judgement:
    """Tell how a project does: as well as the worst of its signs."""
    if signs.outcome is not None and signs.outcome.closes:
        closed = Part(Health.CLOSED, f"the application was {signs.outcome.word}")
        return Judgement(Health.CLOSED, (closed,))
    if not signs.open and signs.done is None and signs.passed is None and signs.next_day is None:
        unknown = Part(Health.UNKNOWN, "there are no dates and no work yet")
        return Judgement(Health.UNKNOWN, (unknown,))
    order = [Health.TROUBLE, Health.WATCH, Health.WELL]
    parts = sorted(_parts(signs), key=lambda part: order.index(part.health))
    return Judgement(parts[0].health, tuple(parts))


def _parts(signs: Signs) -> Iterator[Part]:
    yield _lateness(signs)
    if signs.passed is not None and signs.done is not None:
        yield _progress(signs.done, signs.passed)
    if signs.next_day is not None:
        yield _deadline(signs.next_title, signs.next_day, signs.today)


def _lateness(signs: Signs) -> Part:
    if not signs.late:
        return Part(Health.WELL, "nothing is late")
    longest = (signs.today - signs.late_since).days if signs.late_since is not None else 0
    text = f"{signs.late} of {signs.open} open things late, the longest {longest} d"
    many = signs.late >= MANY_LATE and signs.late * 5 >= signs.open
    return Part(Health.TROUBLE if many or longest > LONG_LATE else Health.WATCH, text)


def _progress(done: int, passed: int) -> Part:
    text = f"{done} % done, {passed} % of the time gone"
    if standing(done, passed) is not Standing.BEHIND:
        return Part(Health.WELL, text)
    return Part(Health.TROUBLE if passed - done > FAR_BEHIND else Health.WATCH, text)


def _deadline(title: str, day: date, today: date) -> Part:
    text = f"{title[:1].lower()}{title[1:]} {say_until(day, today)}, {say_brief(day)}"
    if day < today:
        return Part(Health.WATCH, text)
    return Part(Health.WATCH if (day - today).days <= NEAR else Health.WELL, text)
