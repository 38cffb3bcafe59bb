"""Deadlines on the command line: read from an option, and written with their project month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.indicators import IndicatorRow
    from ka2tui.queries.milestones import MilestoneRow


def due_values(ctx: Context, text: str) -> dict[str, Any]:
    """Read when something is due, as the fields that keep it; an empty text clears them."""
    from ka2tui.domain import work_plan

    due = work_plan.due_of(ctx.day(text)) if text else work_plan.NO_DUE
    return {"due": due.day, "due_month": due.month, "due_precision": due.precision}


def say_due(ctx: Context, row: DeliverableRow | MilestoneRow | IndicatorRow) -> str:
    """Write when something is due, with its project month beside it."""
    from ka2tui.domain.days import say_day
    from ka2tui.domain.timeline import say_month

    day = say_day(row.due, ctx.today, row.precision) if row.due is not None else ""
    month = say_month(row.due_month) if row.due_month is not None else ""
    return f"{day} {month}".strip()
