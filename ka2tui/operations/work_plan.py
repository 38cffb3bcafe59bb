"""The work plan as a whole: its parts and what was promised in them, dealt with in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import due as dates
from ka2tui.domain import spans, work_plan
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import DeliverableState, WorkUnitState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.spans import Span
from ka2tui.operations import codes, promises
from ka2tui.operations import deliverables as deliverable_verbs
from ka2tui.operations import milestones as milestone_verbs
from ka2tui.operations import work_units as unit_verbs
from ka2tui.operations.given import several
from ka2tui.operations.work_units import check_home
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Deliverable, Milestone, Partner, Project, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.due import Step

    Part = WorkUnit | Deliverable | Milestone


@operation("Finish")
def finish(
    session: Session,
    *,
    work_units: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
    today: date,
) -> None:
    """Note that work is done, deliverables are approved and milestones are reached.

    Raises:
        Refused: All of them are already.
    """
    units = [unit for unit in _units(session, work_units) if unit.state is not WorkUnitState.DONE]
    promised = [deliverable_verbs.find(session, one) for one in deliverables]
    results = [one for one in promised if not one.state.done]
    aims = [milestone_verbs.find(session, one) for one in milestones]
    points = [one for one in aims if one.reached_on is None]
    if not (units or results or points):
        raise Refused("That is done already.")
    if units:
        unit_verbs.mark(session, [unit.id for unit in units], WorkUnitState.DONE)
    if results:
        ids = [one.id for one in results]
        deliverable_verbs.move(session, ids, DeliverableState.APPROVED, today=today)
    if points:
        milestone_verbs.reach(session, [one.id for one in points], on=today)
    _tell(session, "Finish", [*units, *results, *points])


@operation("Open again")
def reopen(
    session: Session,
    *,
    work_units: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
    today: date,
) -> None:
    """Note that work goes on, deliverables are drafts and milestones not reached after all."""
    parts = _parts(session, work_units, deliverables, milestones)
    if work_units:
        unit_verbs.mark(session, work_units, WorkUnitState.UNDER_WAY)
    if deliverables:
        deliverable_verbs.move(session, deliverables, DeliverableState.DRAFT, today=today)
    if milestones:
        milestone_verbs.reach(session, milestones, on=None)
    _tell(session, "Open", parts, "again")


@operation("Postpone")
def postpone(
    session: Session,
    *,
    work_units: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
    by: Step | None = None,
    to: Due | None = None,
    late_from: date | None = None,
) -> int:
    """Put off the ends of work and the dates of what was promised.

    Of work that has begun only the end moves; what has not begun is moved as it is.

    Args:
        by: How far ...
        to: ... or to when.
        late_from: What lies before this day is moved from this day.

    Returns:
        How many were put off; of several, those that cannot be are left alone.

    Raises:
        Refused: None of them can be put off, or nothing would change.
    """
    parts = _parts(session, work_units, deliverables, milestones)
    start = _start(session, parts)
    moved: list[tuple[Part, Any, Any]] = []
    why: Refused | None = None
    for part in parts:
        try:
            if isinstance(part, WorkUnit):
                moved += _put_off(part, by, to, start, late_from)
                continue
            found = promises.put_off(part, by, to or Due(), start=start, late_from=late_from)
            if found is not None:
                moved.append((part, *found))
        except Refused as refusal:
            why = why or Refused(f"{part.code}: {refusal}")
    if not moved:
        raise why or Refused("It is already due then.")
    if len(moved) == 1:
        one, before, after = moved[0]
        what = _called(one)
        say(session, "Postpone {what} {old} → {new}", what=what, old=before, new=after)
    else:
        how = f"by {by}" if by is not None else f"to {to}"
        say(session, "Postpone {what} {how}", what=_counted([one for one, *_ in moved]), how=how)
    return len(moved)


def _put_off(
    unit: WorkUnit, by: Step | None, to: Due | None, start: date | None, late_from: date | None
) -> list[tuple[Part, Any, Any]]:
    was = span_of(unit)
    begun = unit.state is not WorkUnitState.PLANNED
    if by is not None:
        now = spans.put_off(was, by, begun=begun, start=start, late_from=late_from)
    else:
        now = spans.ending(was, to or Due(), begun=begun, start=start)
    if now == was:
        return []
    _set(unit, now)
    return [(unit, was, now)]


@operation("Set dates")
def schedule(session: Session, work_units: Sequence[int], span: Span) -> None:
    """Say when work runs, in project months or days.

    Raises:
        Refused: It would end before it begins.
    """
    work_plan.check_months(span.start_month, span.end_month)
    work_plan.check_days(span.start, span.end)
    units = several(session, WorkUnit, work_units, unit_verbs.CALLED)
    for unit in units:
        _set(unit, span)
    _tell(session, "Plan", units, f"for {span}" if span != spans.NEVER else "without dates")


@operation("Set dates")
def date_promises(
    session: Session,
    *,
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
    to: Due,
) -> None:
    """Say when deliverables and milestones are due, or that nobody knows yet."""
    parts = _parts(session, (), deliverables, milestones)
    now = dates.due(*to, start=_start(session, parts))
    for part in parts:
        if not isinstance(part, WorkUnit):
            part.due, part.due_month, part.due_precision = now
    _tell(session, "Plan", parts, f"for {now}" if now != Due() else "without a date")


@operation("Choose who leads")
def lead(
    session: Session,
    partner: int | None,
    *,
    work_units: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    named: str | None = None,
) -> None:
    """Say which partner leads work packages, activities and deliverables.

    Args:
        partner: None: nobody, or whoever is `named`.
        named: Who leads a deliverable where it is no partner.

    Raises:
        Refused: The partner is of another project.
    """
    parts = _parts(session, work_units, deliverables, ())
    for part in parts:
        check_home(session, part.project_id, None, partner)
        if isinstance(part, Deliverable):
            part.lead_text = named
        if not isinstance(part, Milestone):
            part.lead_id = partner
    who = session.get_one(Partner, partner) if partner is not None else None
    name = (who.acronym or who.name) if who is not None else named or "nobody"
    if len(parts) == 1:
        say(session, "Let {who} lead {what}", who=name, what=_called(parts[0]))
    else:
        say(session, "Let {who} lead {what}", who=name, what=_counted(parts))


@operation("Move within the work plan")
def belong(
    session: Session,
    to: int | None,
    *,
    work_units: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
) -> None:
    """Put activities, deliverables and milestones below another work package or activity.

    Args:
        to: None: below none.

    Raises:
        Refused: They stand there already, or nothing of this kind can stand there.
    """
    parts = _parts(session, work_units, deliverables, milestones)
    above = None if to is None else unit_verbs.find(session, to)
    changed: list[Part] = []
    for part in parts:
        check_home(session, part.project_id, to, None)
        if isinstance(part, WorkUnit):
            if part.parent_id != to:
                unit_verbs.check_place(session, part, part.kind, to)
                part.parent_id = to
                part.position = unit_verbs.last_position(session, part.project_id) + 1
                changed.append(part)
                session.flush()
        elif part.work_unit_id != to:
            part.work_unit_id = to
            changed.append(part)
    where = "the top level" if above is None else above.code
    if not changed:
        stands = "stands" if len(parts) == 1 else "stand"
        raise Refused(f"{_counted(parts)} {stands} below {where} already.")
    _tell(session, "Move", changed, f"to {where}" if above is None else f"below {where}")


@operation("Move within the work plan")
def place(
    session: Session,
    work_units: Sequence[int],
    *,
    before: int | None = None,
    after: int | None = None,
) -> None:
    """Put parts of the work plan directly before or after another one of the same level.

    Args:
        work_units: In the order they are to stand in.
        before: The one that is to come next ...
        after: ... or the one that is to come just before them.

    Raises:
        Refused: They stand on another level, or there already.
    """
    units = several(session, WorkUnit, work_units, unit_verbs.CALLED)
    beside = unit_verbs.find(session, before if before is not None else after or 0)
    level = beside.project_id, beside.parent_id
    if any((unit.project_id, unit.parent_id) != level for unit in units) or beside in units:
        raise Refused("Only rows of the same level can change places.")
    same = select(WorkUnit).where(
        WorkUnit.project_id == beside.project_id,
        WorkUnit.parent_id.is_not_distinct_from(beside.parent_id),
    )
    stand = list(session.scalars(same.order_by(WorkUnit.position, WorkUnit.id)))
    others = [each for each in stand if each not in units]
    at = others.index(beside) + (before is None)
    wanted = [*others[:at], *units, *others[at:]]
    if wanted == stand:
        stands = "stands" if len(units) == 1 else "stand"
        raise Refused(f"{_counted(units)} {stands} there already.")
    places: list[int] = []
    for each in stand:
        places.append(each.position if not places else max(each.position, places[-1] + 1))
    for each, position in zip(wanted, places, strict=True):
        if each.position != position:
            each.position = position
    word = "after" if before is None else "before"
    _tell(session, "Move", units, f"{word} {beside.code}")


@operation("Remove from the work plan")
def remove(
    session: Session,
    *,
    work_units: Sequence[int] = (),
    deliverables: Sequence[int] = (),
    milestones: Sequence[int] = (),
    with_activities: bool = False,
) -> None:
    """Remove parts of the work plan and what was promised; what is attached stays, without them.

    Args:
        with_activities: Remove the activities of work packages as well.

    Raises:
        Refused: A work package contains activities that are to stay.
    """
    parts = _parts(session, work_units, deliverables, milestones)
    ids = list(work_units)
    if with_activities and ids:
        inside = select(WorkUnit.id).where(WorkUnit.parent_id.in_(ids))
        ids += [one for one in session.scalars(inside.order_by(WorkUnit.id)) if one not in ids]
    names = _called(parts[0]) if len(parts) == 1 else _counted(parts)
    if deliverables:
        deliverable_verbs.remove(session, deliverables)
    if milestones:
        milestone_verbs.remove(session, milestones)
    if ids:
        unit_verbs.remove(session, ids)
    along = len(ids) - len(work_units)
    more = f" with {along} activit{'y' if along == 1 else 'ies'}" if along else ""
    say(session, "Remove {what}" + more, what=names)


def span_of(unit: WorkUnit) -> Span:
    """Give when a part of the plan runs."""
    return Span(unit.start_month, unit.end_month, unit.start, unit.end)


# -- what verbs are given


def _set(unit: WorkUnit, span: Span) -> None:
    unit.start_month, unit.end_month, unit.start, unit.end = span


def _units(session: Session, ids: Sequence[int]) -> list[WorkUnit]:
    return several(session, WorkUnit, ids, unit_verbs.CALLED) if ids else []


def _parts(
    session: Session,
    work_units: Sequence[int],
    deliverables: Sequence[int],
    milestones: Sequence[int],
) -> list[Part]:
    parts: list[Part] = [
        *_units(session, work_units),
        *(deliverable_verbs.find(session, one) for one in dict.fromkeys(deliverables)),
        *(milestone_verbs.find(session, one) for one in dict.fromkeys(milestones)),
    ]
    if not parts:
        raise Refused("Nothing of the work plan was named.")
    return parts


def _start(session: Session, parts: Sequence[Part]) -> date | None:
    return session.scalar(select(Project.start).where(Project.id == parts[0].project_id))


def _word(part: Part) -> str:
    if isinstance(part, WorkUnit):
        return part.kind.word
    return "deliverable" if isinstance(part, Deliverable) else "milestone"


def _called(part: Part) -> str:
    """Name one in a sentence: work package WP2 “Handbook”."""
    return f"{_word(part)} {codes.called(part)}"


def _counted(parts: Sequence[Part]) -> str:
    """Name several by their number: 3 deliverables, 5 parts of the work plan."""
    if len(parts) == 1:
        return parts[0].code
    words = {_word(part) for part in parts}
    if len(words) > 1:
        return f"{len(parts)} parts of the work plan"
    word = words.pop()
    return f"{len(parts)} {word[:-1] + 'ies' if word.endswith('y') else word + 's'}"


def _tell(session: Session, verb: str, parts: Sequence[Part], tail: str = "") -> None:
    what = _called(parts[0]) if len(parts) == 1 else _counted(parts)
    say(session, f"{verb} {{what}} {{tail}}" if tail else f"{verb} {{what}}", what=what, tail=tail)
