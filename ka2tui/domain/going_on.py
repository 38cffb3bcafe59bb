"""Before you go on: what is still open in a phase; it never stops anybody, it asks for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.text import quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ka2tui.domain.checklist import Score


@frozen
class Standing:
    """How one checklist of a phase stands."""

    checklist: str
    """The id of its template."""
    title: str
    score: Score | None
    """The own estimate that counts, see `telling`; None where there never was one."""
    newest: Score | None = None
    """That of the newest assessment."""

    @property
    def said(self) -> str:
        """Say how it stands, and how far a newer assessment is."""
        if self.score is None:
            return "never filled in"
        if self.newest is None or self.newest is self.score:
            return self.score.say
        return f"{self.score.say}; {so_far(self.newest)}"


def so_far(score: Score) -> str:
    """Say of an assessment that is not filled in to its end: "57 so far, 4 of 16"."""
    if score.total is None:
        return score.so_far
    return f"{score.total} so far, {score.answered} of {score.items}"


def telling(assessments: Iterable[tuple[bool, Score]]) -> Score | None:
    """Choose the own estimate that counts: the newest finished one, else the newest.

    An assessment just begun does not take away what the one before it said.

    Args:
        assessments: Of one checklist, oldest first; each with whether it was closed.
    """
    newest = finished = None
    for closed, score in assessments:
        newest = score
        if closed or not score.unanswered:
            finished = score
    return finished or newest


def still_open(
    steps: Iterable[tuple[str, bool]], standings: Iterable[Standing], minimum: int | None
) -> tuple[str, ...]:
    """List in words what is open before going on; nothing where all is well.

    Args:
        steps: Each step's title, and whether it is done.
        standings: The checklists that belong to the phase.
        minimum: The own estimate each should reach, in per cent; None asks only for answers.
    """
    points = [f"Step {quoted(title)} is not done" for title, done in steps if not done]
    for one in standings:
        points.extend(_open_in(one, minimum or 0))
    return tuple(points)


def work_open(tasks: int, late: int, results_late: Sequence[str]) -> tuple[str, ...]:
    """Tell in words what of the work is open: nothing of it stops anybody.

    Args:
        tasks: How many are open.
        late: How many of them are late.
        results_late: The codes of deliverables that are late.
    """
    points = []
    if tasks:
        of_them = ", and late" if tasks == 1 else f", {late} of them late"
        of_them = of_them if late else ""
        points.append(f"{tasks} task{' is' if tasks == 1 else 's are'} open{of_them}")
    if results_late:
        are = "is" if len(results_late) == 1 else "are"
        points.append(f"{', '.join(results_late)} {are} late")
    return tuple(points)


def _open_in(one: Standing, minimum: int) -> list[str]:
    name = f"Checklist {quoted(one.title)}"
    if one.score is None:
        return [f"{name} was never filled in"]
    points = []
    if one.score.unanswered:
        points.append(f"{name} has {one.score.unanswered} of {one.score.items} items not answered")
    if one.score.total is not None and one.score.total < minimum:
        points.append(f"{name}: own estimate {one.score.total} of 100, at least {minimum} wanted")
    return points
