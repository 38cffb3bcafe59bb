"""Deadlines on the command line: read from an option, and written with their project month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.cli.options import sensible

if TYPE_CHECKING:
    from ka2tui.cli.context import Context
    from ka2tui.queries.deliverables import DeliverableRow
    from ka2tui.queries.indicators import IndicatorRow
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.payments import PaymentRow


def due_values(ctx: Context, text: str, *, within: bool = True) -> dict[str, Any]:
    """Read when something is due, as the fields that keep it; an empty text clears them.

    Args:
        ctx: Of the command.
        text: What was given.
        within: Whether it is usual only before the project ends.
    """
    from ka2tui.domain.due import Due, due_of

    due = sensible(ctx, due_of(ctx.day(text)), within=within) if text else Due()
    return {"due": due.day, "due_month": due.month, "due_precision": due.precision}


def say_due(ctx: Context, row: DeliverableRow | MilestoneRow | IndicatorRow | PaymentRow) -> str:
    """Write when something is due, with its project month beside it."""
    from ka2tui.domain import due

    return due.say_due(due.Due(row.due, row.due_month, row.precision), ctx.today, over=True)
