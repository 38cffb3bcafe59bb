"""Work packages, activities and headings: add, edit, remove; and what each partner has in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import work_plan
from ka2tui.domain.kinds import WorkUnitKind, WorkUnitState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations import codes
from ka2tui.operations.fields import FieldConflict, Values, change
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Assessment,
    Cost,
    Deliverable,
    Dissemination,
    Indicator,
    LogEntry,
    Meeting,
    Milestone,
    Partner,
    Project,
    Risk,
    Share,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"kind", "code", "title", "parent_id", "position", "category", "lead_id", "start_month"}
    | {"end_month", "start", "end", "place", "amount_cents", "objectives", "expected_results"}
    | {"expected_participants", "reported_participants", "state", "percent", "notes"}
)

CALLED = "work package or activity"


@operation("Add work package or activity")
def add(
    session: Session,
    project: int,
    code: str,
    title: str = "",
    *,
    kind: WorkUnitKind | None = None,
    values: Values | None = None,
) -> int:
    """Add a part of the work plan.

    Args:
        kind: Without it, what its place, its code and the shape of the project say.
        values: Other fields.

    Returns:
        Its id.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    owner = session.get(Project, project)
    if owner is None:
        raise Refused("There is no such project.")
    more = dict(values or {})
    made = kind or work_plan.kind_for(code, owner.shape, nested=more.get("parent_id") is not None)
    unit = WorkUnit(project_id=project, kind=made, code="", title=clean(title))
    _check(session, unit, {**more, "code": code, "kind": made})
    change(unit, {**more, "code": clean(code)}, allowed=EDITABLE)
    if "position" not in more:
        unit.position = last_position(session, project) + 1
    session.add(unit)
    session.flush()
    say(session, "Add {kind} {what}", kind=made.word, what=codes.called(unit))
    return unit.id


@operation("Edit work package or activity")
def edit(
    session: Session, work_unit: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a work package, activity or heading.

    Args:
        based_on: What the editor saw before.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: The code is taken, or a value cannot be.
    """
    unit = find(session, work_unit)
    wanted = {k: clean(v) if k in {"code", "title"} else v for k, v in values.items()}
    _check(session, unit, wanted)
    conflicts = change(unit, wanted, based_on, allowed=EDITABLE)
    say(session, "Edit {kind} {what}", kind=unit.kind.word, what=codes.called(unit))
    return conflicts


@operation("Change the state of work packages or activities")
def mark(session: Session, work_units: Sequence[int], state: WorkUnitState) -> None:
    """Note how far work packages, activities or headings are.

    Raises:
        Refused: All are in this state already.
    """
    units = several(session, WorkUnit, work_units, CALLED)
    changed = [unit for unit in units if unit.state is not state]
    if not changed:
        one = units[0].code if len(units) == 1 else "All of them"
        raise Refused(f"{one} {'is' if len(units) == 1 else 'are'} {state.word} already.")
    for unit in changed:
        unit.state = state
    what = (
        codes.called(changed[0]) if len(changed) == 1 else f"{len(changed)} parts of the work plan"
    )
    say(session, "Note that {what} {are} {state}", what=what, state=state.word,
        are="is" if len(changed) == 1 else "are")  # fmt: skip


@operation("State how far work is")
def state_percent(session: Session, work_units: Sequence[int], percent: int | None) -> None:
    """Keep what leads say of how far work is; `None`: what tasks and deliverables tell again.

    Raises:
        Refused: Not between 0 and 100.
    """
    _check_counts({"percent": percent})
    units = several(session, WorkUnit, work_units, CALLED)
    for unit in units:
        unit.percent = percent
    what = codes.called(units[0]) if len(units) == 1 else f"{len(units)} parts of the work plan"
    if percent is None:
        say(session, "Count again how far {what} is", what=what)
    else:
        say(session, "State that {what} is at {percent} %", what=what, percent=percent)


_ATTACHED: tuple[Any, ...] = (
    *(Task, Deliverable, Milestone, Meeting),
    *(Indicator, Risk, LogEntry, Dissemination, Cost, Assessment),
)
"""What may belong to a part of the work plan, and stays without it."""


@operation("Remove work packages or activities")
def remove(session: Session, work_units: Sequence[int]) -> None:
    """Remove parts of the work plan; what was attached to them stays, without them.

    Raises:
        Refused: A work package still contains activities.
    """
    units = several(session, WorkUnit, work_units, CALLED)
    going = {unit.id for unit in units}
    for unit in units:
        _refuse_while_it_contains(session, unit, going)
        for table in _ATTACHED:
            mine = select(table).where(table.work_unit_id == unit.id)
            for record in session.scalars(mine):
                record.work_unit_id = None
    session.flush()
    for unit in sorted(units, key=lambda one: one.parent_id is None):
        session.delete(unit)
    session.flush()
    if len(units) == 1:
        say(session, "Remove {kind} {what}", kind=units[0].kind.word, what=codes.called(units[0]))
    else:
        say(session, "Remove {count} parts of the work plan", count=len(units))


@operation("Set a partner's share")
def set_share(
    session: Session,
    work_unit: int,
    partner: int,
    *,
    role: str | None = None,
    amount_cents: int | None = None,
) -> int:
    """Say what a partner does in a work package or activity, and with how much money.

    Returns:
        The id of the share.

    Raises:
        Refused: The partner is not of this project, or the amount is below zero.
    """
    unit, who = find(session, work_unit), _partner(session, work_unit, partner)
    work_plan.check_amount(amount_cents)
    share = _share(session, work_unit, partner)
    if share is None:
        share = Share(project_id=unit.project_id, work_unit_id=unit.id, partner_id=who.id)
        session.add(share)
    share.role = clean(role) or None if role is not None else None
    share.amount_cents = amount_cents
    session.flush()
    say(session, "Set the share of {who} in {what}", who=who.acronym or who.name, what=unit.code)
    return share.id


@operation("Divide money among partners")
def share_out(
    session: Session,
    work_unit: int,
    amounts: Mapping[int, int | None],
    based_on: Mapping[int, int | None] | None = None,
) -> tuple[FieldConflict, ...]:
    """Say how much of a work package, activity or heading each partner gets.

    Args:
        work_unit: Which one.
        amounts: Cents by partner; None takes the partner out, unless it has a role there.
        based_on: What the editor saw before.

    Returns:
        The partners whose share somebody else changed meanwhile, left alone.

    Raises:
        Refused: A partner is not of this project, an amount is below zero, or nothing changes.
    """
    unit = find(session, work_unit)
    before = {share.partner_id: share for share in unit.shares}
    conflicts: list[FieldConflict] = []
    changed = 0
    for partner, cents in amounts.items():
        who = _partner(session, work_unit, partner)
        work_plan.check_amount(cents)
        share = before.get(partner)
        stands = None if share is None else share.amount_cents
        if stands == cents:
            continue
        if based_on is not None and partner in based_on and stands != based_on[partner]:
            conflicts.append(FieldConflict(who.acronym or who.name, cents, stands))
            continue
        changed += 1
        if share is None:
            unit.shares.append(
                Share(project_id=unit.project_id, partner_id=partner, amount_cents=cents)
            )
        elif cents is None and not share.role:
            unit.shares.remove(share)
        else:
            share.amount_cents = cents
    if not changed and not conflicts:
        raise Refused(f"The shares of {unit.code} are already like this.")
    session.flush()
    say(session, "Divide the money of {what} among partners", what=codes.called(unit))
    return tuple(conflicts)


@operation("Remove a partner's share")
def remove_share(session: Session, work_unit: int, partner: int) -> None:
    """Take a partner out of a work package or activity.

    Raises:
        Refused: The partner has no share in it.
    """
    unit, who = find(session, work_unit), _partner(session, work_unit, partner)
    share = _share(session, work_unit, partner)
    if share is None:
        raise Refused(f"{who.acronym or who.name} has no share in {unit.code}.")
    session.delete(share)
    session.flush()
    say(session, "Take {who} out of {what}", who=who.acronym or who.name, what=unit.code)


def find(session: Session, work_unit: int) -> WorkUnit:
    """Give the record of a work package, activity or heading.

    Raises:
        Refused: There is none.
    """
    return existing(session, WorkUnit, work_unit, CALLED)


def check_home(session: Session, project: int, work_unit: int | None, lead: int | None) -> None:
    """Refuse a work package or a partner of another project."""
    if work_unit is not None:
        unit = session.get(WorkUnit, work_unit)
        if unit is None or unit.project_id != project:
            raise Refused("That work package or activity is not of this project.")
    if lead is not None:
        partner = session.get(Partner, lead)
        if partner is None or partner.project_id != project:
            raise Refused("That partner is not of this project.")


def _check(session: Session, unit: WorkUnit, values: Values) -> None:
    def whole(field: str) -> Any:
        return values[field] if field in values else getattr(unit, field)

    work_plan.check_months(whole("start_month"), whole("end_month"))
    work_plan.check_days(whole("start"), whole("end"))
    work_plan.check_amount(whole("amount_cents"))
    _check_counts(values)
    check_home(session, unit.project_id, whole("parent_id"), whole("lead_id"))
    check_place(session, unit, WorkUnitKind(whole("kind")), whole("parent_id"))
    if "code" in values:
        code = work_plan.check_code(values["code"], WorkUnitKind(whole("kind")).word)
        codes.refuse_taken(session, unit, code)


def _check_counts(values: Values) -> None:
    percent = values.get("percent")
    if percent is not None and not 0 <= percent <= 100:
        raise Refused("Completion is between 0 and 100 per cent.")
    for field, word in (
        ("expected_participants", "expected"),
        ("reported_participants", "reported"),
    ):
        people = values.get(field)
        if people is not None and people < 0:
            raise Refused(f"The {word} participants are 0 or more.")


def check_place(session: Session, unit: WorkUnit, kind: WorkUnitKind, parent: int | None) -> None:
    """Refuse a place in the plan where a part of this kind cannot stand."""
    if parent is not None:
        if parent == unit.id:
            raise Refused(f"{unit.code} cannot be part of itself.")
        work_plan.check_nesting(kind, find(session, parent).kind)
    if unit.id is not None and kind is not WorkUnitKind.WORK_PACKAGE:
        _refuse_while_it_contains(session, unit, set())


def _refuse_while_it_contains(session: Session, unit: WorkUnit, going: set[int]) -> None:
    inside = session.scalars(select(WorkUnit).where(WorkUnit.parent_id == unit.id)).all()
    staying = [one.code for one in inside if one.id not in going]
    if staying:
        raise Refused(f"{unit.code} contains {', '.join(staying)}: move or remove that first.")


def last_position(session: Session, project: int) -> int:
    """Give the place of the last part of the work plan; 0 where there is none."""
    highest = select(func.max(WorkUnit.position)).where(WorkUnit.project_id == project)
    return session.scalar(highest) or 0


def _share(session: Session, work_unit: int, partner: int) -> Share | None:
    mine = select(Share).where(Share.work_unit_id == work_unit, Share.partner_id == partner)
    return session.scalars(mine).one_or_none()


def _partner(session: Session, work_unit: int, partner: int) -> Partner:
    check_home(session, find(session, work_unit).project_id, None, partner)
    return session.get_one(Partner, partner)
