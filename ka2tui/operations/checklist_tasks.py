"""Tasks that make items of a checklist true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import mending
from ka2tui.domain.checklist import Answer as Given
from ka2tui.domain.kinds import CLOSED_TASKS, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import quoted
from ka2tui.operations import tasks
from ka2tui.operations.given import several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Answer, Phase, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@operation("Make tasks of items")
def make(
    session: Session,
    answers: Sequence[int],
    *,
    today: date,
    title: str | None = None,
    due: date | None = None,
    due_month: int | None = None,
    due_precision: Precision = Precision.DAY,
    partner_id: int | None = None,
    contact_id: int | None = None,
    work_unit_id: int | None = None,
) -> list[int]:
    """Make a task of each item that is not answered or weak, in the phase of its checklist.

    Args:
        answers: The ids of the items in their assessment.
        title: Of the task, where there is one item; None: its code and statement.
        due: None: in two weeks, or when the phase ends; unless the month says it.

    Returns:
        The ids of the new tasks. Where there are several items, those that have a task already,
        or need none, are passed over.

    Raises:
        Refused: None of the items needs a task, or each has one that is not finished.
    """
    found = several(session, Answer, answers, "item")
    open_ones = {
        task.answer_id: task
        for task in session.scalars(
            select(Task)
            .where(Task.answer_id.in_([one.id for one in found]), Task.state.not_in(CLOSED_TASKS))
            .order_by(Task.id.desc())
        )
    }
    made: list[int] = []
    passed: list[str] = []
    for item in found:
        why = _why_not(item, open_ones.get(item.id))
        if why is not None:
            passed.append(f"{item.code} {why}")
            continue
        phase = item.assessment.phase
        end = session.scalar(
            select(Phase.planned_end).where(
                Phase.project_id == item.project_id, Phase.kind == phase
            )
        )
        made.append(
            tasks.add(
                session,
                item.project_id,
                title if title and len(found) == 1 else mending.title(item.code, item.text),
                phase=phase,
                due=due or (None if due_month else mending.due(today, end)),
                due_month=due_month,
                due_precision=due_precision,
                partner_id=partner_id,
                contact_id=contact_id,
                work_unit_id=work_unit_id,
                notes=_notes(item),
                answer_id=item.id,
            )
        )
    if not made:
        raise Refused(f"No task was made: {'; '.join(passed)}." if passed else "There is no item.")
    if len(made) == 1 and len(found) == 1:
        name = session.get_one(Task, made[0]).title
        say(session, "Make the task “{title}” of {item}", title=name, item=found[0].code)
    elif passed:
        words = {"count": str(len(made)), "passed": str(len(passed))}
        say(session, "Make {count} tasks of a checklist, {passed} passed over", **words)
    else:
        say(session, "Make {count} tasks of a checklist", count=str(len(made)))
    return made


def _why_not(item: Answer, task: Task | None) -> str | None:
    """Say why an item gets no task; None where it gets one."""
    if task is not None:
        return f"has a task already, {quoted(task.title)} ({task.state.word})"
    return mending.why_not(Given(item.score, not_applicable=not item.applies))


def _notes(item: Answer) -> str | None:
    """Bring the whole statement along, what would show it, and what was noted."""
    proof = f"Proof: {item.proof}" if item.proof else ""
    return "\n".join(filter(None, [item.text, proof, item.note])) or None
