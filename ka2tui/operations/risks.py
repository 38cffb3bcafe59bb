"""Risks: added, looked at again, happened, closed; what is done about one becomes a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import risks as rules
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import LogKind, RiskState
from ka2tui.domain.logs import RISK_PREFIX
from ka2tui.domain.refusal import Refused
from ka2tui.operations import codes, logs, register_lines, tasks
from ka2tui.operations.fields import FieldConflict, Values, change
from ka2tui.operations.given import several
from ka2tui.store.lots import in_parts
from ka2tui.store.operation import operation, say
from ka2tui.store.records import LogEntry, Risk, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"code", "title", "description", "category", "work_unit_id", "partner_id", "contact_id"}
    | {"likelihood", "impact", "strategy", "action", "state", "opened_on", "review_on"}
    | {"closed_on", "notes"}
)


@operation("Add risk")
def add(
    session: Session, project: int, title: str, *, today: date, values: Values | None = None
) -> int:
    """Add a risk, with the next free code where none is given.

    Args:
        title: What may happen.
        today: When it was seen first, where nothing else is said.
        values: Other fields of `EDITABLE`.

    Returns:
        Its id.

    Raises:
        Refused: No title, a code that is taken, or a value that cannot be.
    """
    register_lines.refuse_no_project(session, project)
    risk = Risk(project_id=project, title="", state=RiskState.OPEN)
    given = {"opened_on": today, **(values or {}), "title": title}
    given["code"] = given.get("code") or codes.next_free(session, Risk, project, RISK_PREFIX)
    change(risk, register_lines.checked(session, risk, given, "risk"), allowed=EDITABLE)
    session.add(risk)
    session.flush()
    say(session, "Add risk {what}", what=register_lines.called(risk))
    return risk.id


@operation("Edit risk")
def edit(
    session: Session, risk: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a risk.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: No title, a code that is taken, or a value that cannot be.
    """
    (record,) = load(session, [risk])
    wanted = register_lines.checked(session, record, values, "risk")
    conflicts = change(
        record, wanted, based_on, allowed=EDITABLE, together=("partner_id", "contact_id")
    )
    say(session, "Edit risk {what}", what=register_lines.called(record))
    return conflicts


@operation("Look at risks again")
def review(
    session: Session,
    risks: Sequence[int],
    *,
    today: date,
    again: date | None = None,
    likelihood: int | None = None,
    impact: int | None = None,
) -> None:
    """Note that open risks were looked at, and when next; with a new estimate where it changed.

    Args:
        today: The day they were looked at.
        again: When they are looked at next; None: in four weeks.
        likelihood: From now on; None: as before.
        impact: From now on; None: as before.

    Raises:
        Refused: One is not open any more, or the next day is past.
    """
    found = load(session, risks)
    _refuse_not_open(found)
    day = again or rules.next_review(today)
    if day < today:
        raise Refused(f"{say_brief(day)} is past: say a day on which to look again.")
    steps = {"likelihood": likelihood, "impact": impact}
    new = {name: step for name, step in steps.items() if step is not None}
    for risk in found:
        change(risk, register_lines.checked(session, risk, new, "risk"), allowed=EDITABLE)
        risk.review_on = day
    what = _counted(found)
    if new and len(found) == 1:
        told = {"level": rules.say(found[0].likelihood, found[0].impact), "day": say_brief(day)}
        say(session, "Look at {what}: {level}, again on {day}", what=what, **told)
    else:
        say(session, "Look at {what}, again on {day}", what=what, day=say_brief(day))


@operation("Note that risks happened")
def happened(
    session: Session, risks: Sequence[int], *, today: date, values: Values | None = None
) -> list[int]:
    """Note that risks happened: each becomes an issue in the log, with its owner.

    Args:
        today: The day it happened, where nothing else is said.
        values: Fields of the issue, where there is one risk: title, due, urgency ...

    Returns:
        The ids of the issues.

    Raises:
        Refused: One happened already, or was closed.
    """
    found = load(session, risks)
    _refuse_not_open(found)
    made = []
    for risk in found:
        risk.state, risk.closed_on = RiskState.HAPPENED, max(today, risk.opened_on or today)
        given: dict[str, Any] = {
            "description": risk.description,
            "category": risk.category,
            "impact": risk.impact,
            **register_lines.owner_of(risk),
            **(values or {}),
            "risk_id": risk.id,
        }
        title = given.pop("title", None) or risk.title
        made.append(
            logs.add(session, risk.project_id, LogKind.ISSUE, title, today=today, values=given)
        )
    say(session, "Note that {what} happened", what=_counted(found))
    return made


@operation("Close risks")
def close(session: Session, risks: Sequence[int], *, today: date) -> None:
    """Close risks that cannot happen any more.

    Raises:
        Refused: One is closed already, or happened.
    """
    found = load(session, risks)
    _refuse_not_open(found)
    for risk in found:
        risk.state, risk.closed_on = RiskState.CLOSED, max(today, risk.opened_on or today)
    say(session, "Close {what}", what=_counted(found, "risk "))


@operation("Open risks again")
def reopen(session: Session, risks: Sequence[int]) -> None:
    """Open risks again that were closed or happened; the issue of one that happened stays.

    Raises:
        Refused: All are open.
    """
    changed = [risk for risk in load(session, risks) if risk.state is not RiskState.OPEN]
    if not changed:
        raise Refused("This is still open.")
    for risk in changed:
        risk.state, risk.closed_on = RiskState.OPEN, None
    say(session, "Open {what} again", what=_counted(changed, "risk "))


@operation("Make a task of a risk")
def make_task(
    session: Session, risk: int, *, title: str | None = None, values: Values | None = None
) -> int:
    """Make a task of what is to be done about a risk.

    Args:
        title: None: the first line of its action, else of its title.
        values: Other fields that `tasks.add` takes: due, partner_id, contact_id ...

    Returns:
        The id of the task.
    """
    (record,) = load(session, [risk])
    first = (record.action or "").partition("\n")[0].strip()
    given: dict[str, Any] = {**register_lines.owner_of(record), **(values or {})}
    task = tasks.add(
        session,
        record.project_id,
        title or first or f"Do something about: {record.title}",
        risk_id=record.id,
        **given,
    )
    name = session.get_one(Task, task).title
    say(session, "Make the task “{title}” of {what}", title=name, what=_counted([record]))
    return task


@operation("Remove risks")
def remove(session: Session, risks: Sequence[int]) -> None:
    """Remove risks; their tasks and issues stay, by themselves."""
    found = load(session, risks)
    for some in in_parts([risk.id for risk in found]):
        for task in session.scalars(select(Task).where(Task.risk_id.in_(some))):
            task.risk_id = None
        for line in session.scalars(select(LogEntry).where(LogEntry.risk_id.in_(some))):
            line.risk_id = None
    session.flush()
    what = _counted(found, "risk ")
    for risk in found:
        session.delete(risk)
    session.flush()
    say(session, "Remove {what}", what=what)


def load(session: Session, risks: Sequence[int]) -> list[Risk]:
    """Give the records of risks.

    Raises:
        Refused: None was named, or one is gone.
    """
    return several(session, Risk, risks, "risk")


def _counted(found: Sequence[Risk], before: str = "") -> str:
    return (before if len(found) == 1 else "") + register_lines.counted(found, "risks")


def _refuse_not_open(found: Sequence[Risk]) -> None:
    for risk in found:
        if risk.state is not RiskState.OPEN:
            how = "happened" if risk.state is RiskState.HAPPENED else "is closed"
            raise Refused(f"{register_lines.called(risk)} {how}: open it again first.")
