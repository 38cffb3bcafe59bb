"""Names: which records of a project have these words in what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.kinds import CLOSED_TASKS, CLOSED_WORK, DeliverableState, MeetingState
from ka2tui.domain.text import coded, fold
from ka2tui.frozen import frozen
from ka2tui.queries.today import Item
from ka2tui.store.records import Deliverable, Meeting, Milestone, Partner, Task, WorkUnit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OVER = (*CLOSED_TASKS, *CLOSED_WORK, DeliverableState.PUBLISHED, MeetingState.CANCELLED)


@frozen
class Named:
    """A record that has the words in its name."""

    kind: str
    """task, meeting, partner, deliverable, milestone, or what a part of the work plan is called."""
    id: int
    name: str
    """Code or acronym, and title."""
    short: str
    """What lists call it: its acronym or code, else its name."""
    state: str
    """Its state in a word; nothing for a partner."""


def having(session: Session, project: int, words: str, *, limit: int = 20) -> list[Named]:
    """List the records whose code, acronym or title has all the words, compared folded.

    What begins with the words comes first, what is over comes last.
    """
    wanted = fold(words).split()
    if not wanted:
        return []
    part = (WorkUnit.id, WorkUnit.code, WorkUnit.title, WorkUnit.state, WorkUnit.kind)
    kinds: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("meeting", (Meeting.id, Meeting.code, Meeting.title, Meeting.state)),
        ("partner", (Partner.id, Partner.acronym, Partner.name)),
        ("work package", part),
        ("deliverable", (Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.state)),
        ("milestone", (Milestone.id, Milestone.code, Milestone.title)),
        ("task", (Task.id, Task.code, Task.title, Task.state)),
    )
    found: list[tuple[bool, bool, int, Named]] = []
    for place, (kind, columns) in enumerate(kinds):
        owner = columns[0].class_.project_id
        for number, code, title, *state in session.execute(
            select(*columns).where(owner == project)
        ):
            flat = [fold(text) for text in (code, title) if text]
            if all(any(word in text for text in flat) for word in wanted):
                over = any(one in _OVER for one in state)
                later = not any(text.startswith(wanted[0]) for text in flat)
                name = coded(code, title)
                said = state[0].word if state else ""
                sort = state[1].word if len(state) > 1 else kind
                found.append((over, later, place, Named(sort, number, name, code or title, said)))
    found.sort(key=lambda each: each[:3])
    return [named for *_, named in found[:limit]]


def deliverable(session: Session, deliverable: int) -> Item:
    """Give one deliverable as the verbs of what is due take it."""
    row = session.get_one(Deliverable, deliverable)
    return Item(
        "deliverable", row.id, row.code, row.title, row.state, row.due, row.due_month,
        row.due_precision, None, None,
    )  # fmt: skip
