"""The whole work plan as the command line tells it: for programs, and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.queries.work_plan import PlanRow, WorkPlan


def plain(row: PlanRow, currency: str) -> dict[str, Any]:
    """Give a row as an object; keys are never absent."""
    counts = row.counts
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "lead": row.lead,
        "start_month": row.start_month,
        "end_month": row.end_month,
        "amount_cents": row.amount_cents,
        "currency": currency,
        "kind": row.kind,
        "state": row.state,
        "work_unit": row.work_unit,
        "start": row.first,
        "due": row.due,
        "due_month": row.due_month,
        "late": row.late,
        "review_due": row.review_due,
        "done_on": row.done_on,
        "percent": row.done,
        "percent_stated": row.stated,
        "percent_counted": row.counted,
        "percent_time": row.elapsed,
        "standing": row.standing,
        "shares_cents": row.shares.parts if row.has_shares else None,
        "activities_cents": row.activities.parts if row.has_activities else None,
        "tasks": counts.tasks,
        "tasks_done": counts.tasks_done,
        "tasks_late": counts.tasks_late,
        "deliverables": counts.deliverables,
        "deliverables_done": counts.deliverables_done,
        "deliverables_late": counts.deliverables_late,
        "place": row.place,
        "expected_participants": row.participants,
        "published_at": row.published_at,
    }


def table(rows: Sequence[PlanRow], plan: WorkPlan, today: date) -> str:
    """Draw the rows as a tree, and say under it how the money stands."""
    from ka2tui.domain.plan_money import say_grant

    if not rows:
        return ""
    levels: dict[int, int] = {}
    for row in plan.rows:
        levels[row.key] = 0 if row.parent is None else levels.get(row.parent, -1) + 1
    cells = [_cells(row, "  " * levels[row.key], plan.currency, today) for row in rows]
    headings = ("", "code", "title", "lead", "months", "due", "progress", "tasks", "money")
    drawn = output.table(headings, cells)
    whole = len(rows) == len(plan.rows) and plan.money.parts
    return f"{drawn}\n{say_grant(plan.money, plan.currency)}" if whole else drawn


def _cells(row: PlanRow, indent: str, currency: str, today: date) -> tuple[object, ...]:
    from ka2tui.domain import progress
    from ka2tui.domain.due import Due, say_due
    from ka2tui.domain.money import say_amount
    from ka2tui.domain.spans import say_months

    due = Due(row.due, None if row.due is not None else row.due_month, row.due_precision)
    bar = row.state.word
    if row.is_unit and row.done is not None:
        bar = f"{progress.bar(row.done, mark=row.elapsed)} {row.done} %"
    late = row.counts.tasks_late
    months = say_months(row.start_month, row.end_month)
    if not row.is_unit:
        months = "" if row.due_month is None else f"M{row.due_month}"
    said = "" if due == Due() else str(due) if row.closed else say_due(due, today)
    return (
        "!" if row.late else "✓" if row.closed else "",
        indent + row.code,
        row.title,
        row.lead,
        months,
        said,
        bar,
        f"{late} late" if late else "",
        "" if row.amount_cents is None else say_amount(row.amount_cents, currency),
    )
