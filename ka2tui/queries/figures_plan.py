"""The figures of the work plan: how much is done, tasks and deliverables, and its money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.figure import Figure, Trace, Unit
from ka2tui.domain.kinds import TaskState
from ka2tui.domain.progress import ALL, DELIVERABLE_WEIGHT, TASK_WEIGHT
from ka2tui.queries import work_plan
from ka2tui.queries.figures_work import WORK_DONE
from ka2tui.store.records import Share, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.queries.work_plan import PlanRow


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give the figures of each work package, activity or heading, and of the whole plan."""
    plan = work_plan.read(session, project, today=today)
    units = [row for row in plan.rows if row.is_unit]
    results = [row for row in plan.rows if row.kind == "deliverable"]
    below: dict[int, list[PlanRow]] = defaultdict(list)
    for unit in units:
        if unit.work_unit_id is not None:
            below[unit.work_unit_id].append(unit)
    tasks = _by_unit(
        session.execute(
            select(Task.id, Task.work_unit_id, Task.state, Task.due)
            .where(Task.project_id == project, Task.state != TaskState.CANCELLED)
            .order_by(Task.due.is_(None), Task.due, Task.id)
        ),
    )
    promised = _by_unit(results)
    shares = _by_unit(
        session.execute(
            select(Share.id, Share.work_unit_id, Share.amount_cents).where(
                Share.project_id == project, Share.amount_cents.is_not(None)
            )
        )
    )
    for unit in units:
        inside = [unit.id, *(part.id for part in below[unit.id])]
        mine = [task for part in inside for task in tasks[part]]
        due = [result for part in inside for result in promised[part]]
        yield from _work(unit, mine, due, today)
        yield from _money(unit, below[unit.id], shares[unit.id], plan.currency)
    tops = [unit for unit in units if unit.parent is None]
    whole = Trace()
    for unit in tops:
        parts = [unit] if unit.amount_cents is not None else below[unit.id]
        whole += Trace.sums("work_unit", _amounts(parts))
    yield Figure(
        "plan.money", "Money of the work plan", plan.money.parts, whole, Unit.MONEY,
        how="Of a part without an amount its activities are taken.", currency=plan.currency,
    )  # fmt: skip


def _work(unit: PlanRow, tasks: list[Any], results: list[PlanRow], today: date) -> Iterator[Figure]:
    about = ("work_unit", unit.id)
    done = Trace.share("task", {it.id: it.state is TaskState.DONE for it in tasks}, TASK_WEIGHT)
    accepted = Trace.share("deliverable", {it.id: it.closed for it in results}, DELIVERABLE_WEIGHT)
    if unit.stated is not None:
        stated = Trace.share("work_unit", {unit.id: unit.stated}, ALL)
        how = "As its lead says; beside it stands what its tasks and deliverables come to."
        yield Figure(f"plan.{unit.code}.done", f"Done of {unit.code}", unit.stated, stated,
                     Unit.SHARE, about, how)  # fmt: skip
    if unit.counted is not None:
        yield Figure(
            f"plan.{unit.code}.counted", f"Done of {unit.code}, as counted", unit.counted,
            done + accepted, Unit.SHARE, about, WORK_DONE,
        )  # fmt: skip
    counts = unit.counts
    finished = [it.id for it in tasks if it.state is TaskState.DONE]
    late = [it.id for it in tasks if not it.state.closed and it.due is not None and it.due < today]
    for name, title, value, table, ids in (
        ("tasks", "Tasks", counts.tasks, "task", [it.id for it in tasks]),
        ("tasks_done", "Tasks done", counts.tasks_done, "task", finished),
        ("tasks_late", "Tasks late", counts.tasks_late, "task", late),
        *(
            ("deliverables", "Deliverables", counts.deliverables, "deliverable",
             [it.id for it in results]),
            ("deliverables_done", "Deliverables accepted", counts.deliverables_done,
             "deliverable", [it.id for it in results if it.closed]),
        ),
    ):  # fmt: skip
        if ids:
            trace = Trace.rows(table, ids)
            said = f"{title} of {unit.code}"
            yield Figure(f"plan.{unit.code}.{name}", said, value, trace, about=about)


def _money(
    unit: PlanRow, parts: Iterable[PlanRow], shares: list[Any], currency: str
) -> Iterator[Figure]:
    about = ("work_unit", unit.id)
    money: list[tuple[str, str, int | None, Trace]] = []
    if unit.amount_cents is not None:
        own = Trace.sums("work_unit", {unit.id: unit.amount_cents})
        money.append(("money", f"Money of {unit.code}", unit.amount_cents, own))
    if unit.has_shares:
        given = Trace.sums("share", {it.id: it.amount_cents for it in shares})
        money.append(("shares", f"Shares of partners in {unit.code}", unit.shares.parts, given))
    if unit.has_activities:
        inside = Trace.sums("work_unit", _amounts(parts))
        title = f"Money of the activities in {unit.code}"
        money.append(("activities", title, unit.activities.parts, inside))
    for name, title, value, trace in money:
        yield Figure(
            f"plan.{unit.code}.{name}", title, value, trace, Unit.MONEY, about, currency=currency
        )


def _amounts(rows: Iterable[PlanRow]) -> Mapping[int, int]:
    return {it.id: it.amount_cents for it in rows if it.amount_cents is not None}


def _by_unit(rows: Iterable[Any]) -> Mapping[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.work_unit_id].append(row)
    return found
