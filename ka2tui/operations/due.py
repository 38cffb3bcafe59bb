"""What is due, whatever it is: tasks, deliverables and milestones dealt with in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import due as dates
from ka2tui.domain.due import Due
from ka2tui.domain.refusal import Refused
from ka2tui.operations import deliverables as deliverable_verbs
from ka2tui.operations import milestones as milestone_verbs
from ka2tui.operations import promises, work_plan
from ka2tui.operations import tasks as task_verbs
from ka2tui.operations.given import several
from ka2tui.operations.tasks import NO_DATE
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Deliverable, Milestone, Project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.due import Step


@operation("Postpone")
def postpone(
    session: Session,
    *,
    tasks: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
    reviews: Sequence[int] = (),
    by: Step | None = None,
    to: Due = NO_DATE,
    late_from: date | None = None,
) -> None:
    """Put off whatever is due; see `tasks.postpone` for how dates move.

    Args:
        reviews: Of these deliverables the reviews are put off, not they themselves.

    Raises:
        Refused: A task is done or cancelled, or nothing would change.
    """
    if tasks:
        task_verbs.postpone(session, tasks, by=by, to=to, late_from=late_from)
    if reviews:
        _postpone_reviews(session, reviews, by, to, late_from)
    others = len(tasks) + len(reviews)
    results: list[Deliverable | Milestone] = [
        *(deliverable_verbs.find(session, each) for each in deliverables),
        *(milestone_verbs.find(session, each) for each in milestones),
    ]
    if not results:
        if tasks and reviews:
            say(session, "Postpone {count} things {how}", count=others, how=_how(by, to))
        return
    starts = {
        row.id: row.start
        for row in session.execute(
            select(Project.id, Project.start).where(
                Project.id.in_({each.project_id for each in results})
            )
        )
    }
    moved: list[tuple[Deliverable | Milestone, Due, Due]] = []
    for each in results:
        start = starts[each.project_id]
        found = promises.put_off(each, by, to, start=start, late_from=late_from)
        if found is not None:
            moved.append((each, *found))
    if not moved and not others:
        raise Refused("It is already due then.")
    if len(moved) + others == 1 and moved:
        each, old, new = moved[0]
        what = f"{each.code} {each.title}".strip()
        say(session, "Postpone “{what}” {old} → {new}", what=what, old=old, new=new)
    elif moved:
        count = len(moved) + others
        say(session, "Postpone {count} things {how}", count=count, how=_how(by, to))


def _how(by: Step | None, to: Due) -> str:
    return f"by {by}" if by is not None else f"to {to}"


def _postpone_reviews(
    session: Session,
    deliverables: Sequence[int],
    by: Step | None,
    to: Due,
    late_from: date | None,
) -> None:
    """Put off the day by which deliverables should be reviewed."""
    found = several(session, Deliverable, deliverables, "deliverable")
    words: list[tuple[str, Due, Due]] = []
    for each in found:
        old = Due(each.review_due)
        new = to if by is None else dates.moved(old, by, late_from=late_from)
        if new.day != each.review_due:
            each.review_due = new.day
            words.append((f"{each.code} {each.title}".strip(), old, Due(new.day)))
    if not words:
        raise Refused("The review is already due then.")
    if len(words) == 1:
        what, old, new = words[0]
        say(session, "Postpone review of “{what}” {old} → {new}", what=what, old=old, new=new)
    else:
        count, how = len(words), _how(by, to)
        say(session, "Postpone {count} reviews {how}", count=count, how=how)


@operation("Finish")
def finish(
    session: Session,
    *,
    tasks: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
    today: date,
    with_subtasks: bool = False,
) -> None:
    """Finish tasks, approve deliverables and reach milestones.

    Raises:
        Refused: As `tasks.finish` and `work_plan.finish` refuse.
    """
    if tasks:
        task_verbs.finish(session, tasks, today=today, with_subtasks=with_subtasks)
    if deliverables or milestones:
        work_plan.finish(session, deliverables=deliverables, milestones=milestones, today=today)
    if sum(map(bool, (tasks, deliverables, milestones))) > 1:
        count = len(tasks) + len(deliverables) + len(milestones)
        say(session, "Finish {count} things", count=count)
