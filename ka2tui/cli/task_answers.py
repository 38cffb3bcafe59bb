"""What the command line answers about tasks: as the contract asks for it, and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ka2tui.cli.context import Context
    from ka2tui.queries.task_panel import About
    from ka2tui.queries.tasks import LinkRow, TaskDetails, TaskRow
    from ka2tui.queries.urgency import Urgency
    from ka2tui.store.portfolio import Outcome

GLYPHS = {"open": "·", "doing": "▸", "waiting": "‖", "done": "✓", "cancelled": "✗"}


def plain(row: TaskRow) -> dict[str, Any]:
    """Give a task as the contract asks for it in a list."""
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "state": row.state,
        "due": row.due,
        "priority": row.priority,
        "assignee": row.assignee,
        "work_unit": row.work_unit,
        "tags": list(row.tags),
    }


def answered(ctx: Context, ids: Sequence[int], outcome: Outcome[Any], *more: str) -> None:
    """Answer with the tasks as they are now: one by itself, several as a list."""
    from ka2tui.queries import tasks

    rows = [plain(row) for row in ctx.ask(tasks.some, ids)]
    ctx.answer(rows[0] if len(rows) == 1 else rows, "\n".join([outcome.label, *more]))


def whole(found: TaskDetails) -> dict[str, Any]:
    """Give all that is known of a task, for programs."""
    row = found.row

    def linked(link: LinkRow) -> dict[str, Any]:
        return {**plain(link.task), "kind": link.kind, "lag_days": link.lag_days}

    return {
        **plain(row),
        "due_month": row.due_month,
        "due_precision": row.due_precision,
        "start": found.start,
        "partner": row.partner,
        "contact": row.contact,
        "phase": found.phase,
        "effort_minutes": found.effort_minutes,
        "recurrence": row.recurrence,
        "waiting_since": row.waiting_since,
        "finished_on": row.finished_on,
        "notes": found.notes,
        "origin": found.origin,
        "parent": None if found.parent is None else plain(found.parent),
        "subtasks": [plain(each) for each in found.subtasks],
        "waits_for": [linked(each) for each in found.waits_for],
        "holds_up": [linked(each) for each in found.holds_up],
        "history": [
            {"at": output.utc(line.at), "actor": line.actor, "label": line.label}
            for line in found.history
        ],
    }


def say_due_of(ctx: Context, row: TaskRow) -> str:
    """Say when a task is due; what is done is no longer late."""
    from ka2tui.domain.due import Due, say_due

    due = Due(row.due, row.due_month, row.due_precision)
    if due == Due():
        return ""
    return str(due) if row.state.closed else say_due(due, ctx.today)


def table(ctx: Context, rows: Sequence[TaskRow]) -> str:
    """Give tasks as a table for people."""
    cells = [
        (
            GLYPHS[row.state],
            row.id,
            row.code,
            ("▲ " if row.priority == "high" else "") + row.title,
            row.work_unit,
            row.assignee,
            say_due_of(ctx, row),
            " ".join(f"#{tag}" for tag in row.tags),
        )
        for row in rows
    ]
    return output.table(("", "id", "code", "task", "wp", "who", "due", "tags"), cells)


def tree(ctx: Context, rows: Sequence[TaskRow]) -> str:
    """Give tasks with their parts below them, as the tree of the app has them."""
    from ka2tui.queries import tasks
    from ka2tui.tui.pages.task_tree import as_tree

    arranged, depth = as_tree(rows, None)
    every = ctx.ask(tasks.listed, ctx.project, all=True).rows
    called = {row.id: row.code or row.title for row in every}
    parts: dict[int | None, list[bool]] = {}
    for row in every:
        parts.setdefault(row.parent_id, []).append(row.state.closed)
    cells = [
        (
            GLYPHS[row.state],
            row.id,
            row.code,
            "  " * depth[row.id] + ("▲ " if row.priority == "high" else "") + row.title,
            called[row.parent_id] if row.parent_id and output.is_plain() else "",
            f"{sum(below)} of {len(below)} done" if (below := parts.get(row.id)) else "",
            row.assignee,
            say_due_of(ctx, row),
        )
        for row in arranged
    ]
    return output.table(("", "id", "code", "task", "part of", "parts", "who", "due"), cells)


def board(ctx: Context, rows: Sequence[TaskRow], *, by_partner: bool) -> str:
    """Give tasks in a list for each state or partner, as the board of the app has them."""
    from ka2tui.queries import tasks
    from ka2tui.tui.pages import task_board

    if by_partner:
        choices = ctx.ask(tasks.choices, ctx.project)
        lanes: Sequence[Any] = task_board.by_partner(rows, choices.partners + choices.gone)
    else:
        lanes = task_board.by_state(rows, 0)
    parts = []
    for lane in lanes:
        found = table(ctx, lane.rows) if lane.rows else "Nothing."
        parts.append(f"{lane.title}: {len(lane.rows)}\n{found}")
    return "\n\n".join(parts)


def text(ctx: Context, about: About, *, urgent: bool) -> str:
    """Give all that is known of a task, for people."""
    from ka2tui.domain.days import say_brief
    from ka2tui.domain.effort import say_effort
    from ka2tui.domain.recurrence import say_rule

    found = about.details
    row = found.row
    head = " ".join(filter(None, [row.code, row.title]))
    late = about.outlook.late if about.causes else 0
    days = "day" if late == 1 else "days"
    cause = f"{late} {days} late by {named(about.causes[-1])}" if late else ""
    since = "" if row.waiting_since is None else f" since {say_brief(row.waiting_since)}"
    on = "" if row.finished_on is None else f" on {say_brief(row.finished_on)}"
    who = " of ".join(filter(None, [row.contact, row.partner]))
    facts = [
        ("state", row.state.word + since + on),
        ("due", say_due_of(ctx, row)),
        ("start", found.start and say_brief(found.start)),
        ("who", who),
        ("in", " ".join(filter(None, [row.work_unit, found.work_unit_title]))),
        ("phase", found.phase and found.phase.word),
        ("priority", row.priority.word),
        ("effort", found.effort_minutes and say_effort(found.effort_minutes)),
        ("repeats", row.recurrence and say_rule(row.recurrence)),
        ("tags", " ".join(f"#{tag}" for tag in row.tags)),
        ("part of", found.parent and found.parent.title),
        ("from", found.origin),
        *(("waits for", _link(ctx, link)) for link in found.waits_for),
        *(("holds up", _link(ctx, link)) for link in found.holds_up),
        ("outlook", cause),
        ("urgency", str(about.urgency.score) if about.urgency.parts else ""),
    ]
    told = [f"{head} (id {row.id})"]
    told += [f"  {name:9} {value}" for name, value in facts if value]
    told += ["  " + line for line in lines(about.urgency) if urgent]
    told += [f"  {GLYPHS[each.state]} {each.title}" for each in found.subtasks]
    if found.notes:
        told += ["", found.notes]
    return "\n".join(told)


def _link(ctx: Context, link: LinkRow) -> str:
    said = [link.task.code, link.task.title]
    when = ", ".join(filter(None, [link.task.state.word, say_due_of(ctx, link.task)]))
    return f"{' '.join(filter(None, said))} ({when})"


def named(row: TaskRow) -> str:
    """Name a task in a line of its own."""
    return " ".join(filter(None, [row.code, row.title]))


def counted(seen: Urgency) -> dict[str, Any]:
    """Give an urgency for programs: the points of the parts add up to the score."""
    parts = [{"part": it.name, "said": it.said, "points": it.points} for it in seen.parts]
    return {"score": seen.score, "parts": parts}


def lines(seen: Urgency) -> list[str]:
    """Give the parts of an urgency, a line each."""
    return [f"  {part.points:+4d}  {part.said}" for part in seen.parts]


def outlook(about: About) -> dict[str, Any]:
    """Give what others do to the dates of a task, for programs."""
    seen = about.outlook
    return {
        "earliest_start": seen.start,
        "earliest_end": seen.end,
        "days_late": seen.late,
        "because_of": [
            {"id": row.id, "code": row.code, "title": row.title} for row in about.causes
        ],
    }
