"""Tasks on a board: which lanes there are, what a card says, and what moving one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain.due import Due, say_due
from ka2tui.domain.kinds import TaskState
from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import task_verbs
from ka2tui.tui.widgets.board import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.operations import task_board, tasks
    from ka2tui.queries.task_row import TaskRow
    from ka2tui.queries.tasks import Choice
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.plain import Cell, Piece
else:
    task_board = lazily("ka2tui.operations.task_board")
    tasks = lazily("ka2tui.operations.tasks")

NOBODY = 0
"""The lane of what no partner does."""

_LANES = (TaskState.OPEN, TaskState.DOING, TaskState.WAITING, TaskState.DONE)


def by_state(rows: Sequence[TaskRow], hidden: int) -> list[Lane[TaskRow]]:
    """Lay tasks out by their state.

    Args:
        rows: In the order wanted.
        hidden: How many that are done or given up are not among them.
    """
    lots: dict[str, list[TaskRow]] = {state: [] for state in TaskState}
    for row in rows:
        lots[row.state].append(row)
    kept = [*_LANES, *([TaskState.CANCELLED] if lots[TaskState.CANCELLED] else [])]
    note = f"{plain.number(hidden)} hidden (.)" if hidden else ""
    return [
        Lane(state, capital(state.word), lots[state], note if state is TaskState.DONE else "")
        for state in kept
    ]


def by_partner(
    rows: Sequence[TaskRow], partners: Sequence[Choice], gone: Sequence[Choice] = ()
) -> list[Lane[TaskRow]]:
    """Lay tasks out by the partner who does them.

    All partners of the project have a lane; those that left (`gone`) where something is theirs.
    """
    lots: dict[int, list[TaskRow]] = {NOBODY: [], **{each.id: [] for each in partners}}
    for row in rows:
        lots.setdefault(row.partner_id or NOBODY, []).append(row)
    names = {NOBODY: "No partner", **{each.id: each.word for each in (*partners, *gone)}}
    return [Lane(key, names.get(key, "?"), lot) for key, lot in lots.items()]


def card(
    row: TaskRow, room: int, lines: int, *, today: date, partners: bool, score: int | None
) -> list[Cell]:
    """Say a task on a card: its title, and below it when, who and where, each whole or not at all.

    Args:
        row: The task.
        room: Cells in a line.
        lines: Lines there are, the last one for when, who and where.
        today: The day it is seen from.
        partners: Whether the lane says the partner already.
        score: How urgent it is, where that is told.
    """
    glyph, tone, _ = plain.state_of(row.state, row.due, today)
    priority = {"high": plain.HIGH, "low": plain.LOW}.get(row.priority, "")
    again = plain.RECURRING if row.recurrence else ""
    before = "".join(f"{sign} " for sign in (priority, again) if sign)
    code = f"{row.code} " if row.code else ""
    title = plain.line(f"{before}{code}{row.title}")
    said: list[Cell] = []
    broken = plain.wrap(title, room) if lines > 2 else [title]
    if len(broken) > lines - 1:
        broken = [*broken[: lines - 2], plain.cut(" ".join(broken[lines - 2 :]), room)]
    for number, line in enumerate(broken):
        head = before if not number and line.startswith(before) else ""
        title = line[len(head) :]
        known = code if not number and title.startswith(code) else ""
        marks: list[Piece] = [(head, "late" if before[:1] == plain.HIGH else "quiet")]
        said.append([*marks, (known, "quiet"), title[len(known) :]])
    due = task_verbs.due_of(row)
    closed = task_verbs.is_closed(row)
    when = str(due) if closed and due != Due() else say_due(due, today)
    who = "" if partners and row.contact is None else row.assignee or ""
    told = tone if tone in ("late", "soon") else "quiet"
    points = "" if score is None else str(score)
    facts = [when, points, plain.short_name(who) if row.contact else who, row.work_unit]
    rest = plain.fitting(facts, room - plain.width(glyph) - 1)
    foot: list[Piece] = [(f"{glyph} ", tone)]
    first = rest[: len(when)] if when else ""
    foot += [(first, told), (rest[len(first) :], "quiet")]
    said.append(foot)
    return said


async def carry(
    desk: Desk,
    rows: Sequence[TaskRow],
    lane: Lane[TaskRow],
    below: Sequence[TaskRow],
) -> bool:
    """Bring tasks into another lane; say whether it was done.

    Args:
        desk: Where it is done.
        rows: Which ones.
        lane: Of a state or of a partner.
        below: What is open below them, where the lane is one of what is closed.
    """
    chosen = task_verbs.ids(rows)
    if not isinstance(lane.key, TaskState):
        partner = lane.key or None
        return await desk.do(tasks.assign, chosen, partner_id=partner, contact_id=None) is not None
    if lane.key.closed and below:
        verb = "Finish" if lane.key is TaskState.DONE else "Give up"
        title = task_verbs.named(verb, rows)
        if not await task_verbs.along(desk, title, below, "all of them"):
            return False
    done = await desk.do(
        task_board.put, chosen, lane.key, today=desk.today, with_subtasks=bool(below)
    )
    return done is not None
