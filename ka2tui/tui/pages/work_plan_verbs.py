"""What can be done with parts of the work plan: each verb asks what it needs to know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain.bulk import is_many
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import DeliverableState, PlanKind, WorkUnitState
from ka2tui.domain.spans import NEVER, Span
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import work_plan_forms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.operations import deliverables, milestones, work_plan, work_units
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries import work_plan_about as views
    from ka2tui.queries import work_units as unit_views
    from ka2tui.queries.work_plan import PlanRow
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled
else:
    deliverables = lazily("ka2tui.operations.deliverables")
    milestones = lazily("ka2tui.operations.milestones")
    work_plan = lazily("ka2tui.operations.work_plan")
    work_units = lazily("ka2tui.operations.work_units")
    task_views = lazily("ka2tui.queries.tasks")
    views = lazily("ka2tui.queries.work_plan_about")
    unit_views = lazily("ka2tui.queries.work_units")

_NEXT = {
    WorkUnitState.PLANNED: WorkUnitState.UNDER_WAY,
    WorkUnitState.UNDER_WAY: WorkUnitState.DONE,
    WorkUnitState.DONE: WorkUnitState.UNDER_WAY,
    WorkUnitState.CANCELLED: WorkUnitState.PLANNED,
}


def named(verb: str, rows: Sequence[PlanRow], tail: str = "") -> str:
    """Name what a verb is about to do: one by its code and title, several by their number."""
    if len(rows) == 1:
        what = plain.cut(plain.join([rows[0].code, rows[0].title], " "), 48)
    else:
        words = {row.kind.word for row in rows}
        word = words.pop() if len(words) == 1 else "row"
        many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
        what = plain.count(len(rows), word, many)
    return f"{verb} {what}{tail}"


def ids(rows: Sequence[PlanRow]) -> dict[str, Any]:
    """Give the ids by kind, as the operations take them; kinds that are not there are left out."""
    found: dict[str, Any] = {}
    for row in rows:
        kind = "work_units" if row.is_unit else f"{row.kind}s"
        found.setdefault(kind, []).append(row.id)
    return found


async def advance(desk: Desk, rows: Sequence[PlanRow]) -> bool:
    """Take one to its next state; finish several, or open them again where all are closed."""
    if len(rows) > 1:
        if {row.kind for row in rows} == {PlanKind.DELIVERABLE}:
            return await choose_state(desk, rows)
        verb: Any = work_plan.reopen if all(row.closed for row in rows) else work_plan.finish
        return await desk.do(verb, **ids(rows), today=desk.today) is not None
    row = rows[0]
    if isinstance(row.state, WorkUnitState):
        return await desk.do(work_units.mark, [row.id], _NEXT[row.state]) is not None
    if isinstance(row.state, DeliverableState):
        states = list(DeliverableState)
        at = states.index(row.state)
        if at == len(states) - 1:
            return await choose_state(desk, rows)
        return await _take(desk, rows, states[at + 1])
    on = None if row.closed else desk.today
    return await desk.do(milestones.reach, [row.id], on=on) is not None


async def choose_state(desk: Desk, rows: Sequence[PlanRow]) -> bool:
    """Ask for a state, and take all of them there."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    kinds = {row.kind if not row.is_unit else PlanKind.WORK_PACKAGE for row in rows}
    if len(kinds) > 1:
        desk.tell("Work, deliverables and milestones have different states: mark only one sort.")
        return False
    first = rows[0]
    if first.kind is PlanKind.MILESTONE:
        items = [Item(0, "planned"), Item(1, "reached", "today")]
        chosen = await desk.push_screen_wait(
            Choose(named("How far is", rows), items, at=int(not first.closed))
        )
        if chosen is None:
            return False
        points = [row.id for row in rows]
        day = desk.today if chosen else None
        return await desk.do(milestones.reach, points, on=day) is not None
    states: list[Any] = list(type(first.state))
    items = [Item(at, state.word) for at, state in enumerate(states)]
    at = min(states.index(first.state) + 1, len(states) - 1)
    chosen = await desk.push_screen_wait(Choose(named("How far is", rows), items, at=at))
    if chosen is None:
        return False
    if first.is_unit:
        units = [row.id for row in rows]
        return await desk.do(work_units.mark, units, states[chosen]) is not None
    return await _take(desk, rows, states[chosen])


async def _take(desk: Desk, rows: Sequence[PlanRow], state: DeliverableState) -> bool:
    """Take deliverables to a state; ask what belongs to it."""
    given = [row.id for row in rows]
    if state is DeliverableState.PUBLISHED and len(rows) == 1:
        return await work_plan_forms.publish(desk, given[0])
    if state is DeliverableState.REVIEW:
        due = await _ask_day(desk, named("By when do reviewers answer:", rows), rows[0].review_due)
        if due is None:
            return False
        done = await desk.do(deliverables.review, given, by=due.day, today=desk.today)
        return done is not None
    return await desk.do(deliverables.move, given, state, today=desk.today) is not None


async def review(desk: Desk, rows: Sequence[PlanRow]) -> bool:
    """Say by when reviewers answer, whatever state the deliverables are in."""
    chosen = [row for row in rows if row.kind is PlanKind.DELIVERABLE]
    if len(chosen) < len(rows):
        desk.tell("Only deliverables are reviewed.")
        return False
    stands = rows[0].review_due if len(rows) == 1 else None
    due = await _ask_day(desk, named("By when do reviewers answer:", rows), stands)
    if due is None:
        return False
    done = await desk.do(deliverables.review_until, [row.id for row in rows], due.day)
    return done is not None


async def _ask_day(desk: Desk, title: str, stands: Any) -> Due | None:
    """Ask for a day, or none; None where it was left."""
    from ka2tui.domain.days import say_day
    from ka2tui.domain.due import read_due, write_due
    from ka2tui.tui.dialogs.line import Line

    start = None
    if desk.project is not None:
        start = (await desk.ask(task_views.choices, desk.project)).start
    read = partial(read_due, today=desk.today, start=start)
    text = await desk.push_screen_wait(
        Line(
            title,
            value=write_due(Due(stands)),
            placeholder="fri, +2w, 12 Jan; empty: no date",
            read=lambda said: say_day(day, desk.today) if (day := read(said).day) else said,
            empty=True,
            anew=True,
        )
    )
    if text is None:
        return None
    return read(text) if text.strip() else Due()


async def set_date(desk: Desk, project: int, rows: Sequence[PlanRow]) -> bool:
    """Say when work runs, or when something is due."""
    units = [row for row in rows if row.is_unit]
    if units and len(units) < len(rows):
        desk.tell("Work runs for months, deliverables have a date: mark only one of the two.")
        return False
    choices = await desk.ask(task_views.choices, project)
    start = choices.start
    if units:
        return await _set_span(desk, units, start, choices.end)
    from ka2tui.tui.dialogs.due_line import ask_due

    stands = due_of(rows[0]) if len(rows) == 1 else None
    due = await ask_due(desk, named("When is it due:", rows), stands, start=start, end=choices.end)
    if due is None:
        return False
    return await desk.do(work_plan.date_promises, **ids(rows), to=due) is not None


async def _set_span(
    desk: Desk, rows: Sequence[PlanRow], start: date | None, end: date | None
) -> bool:
    from ka2tui.domain.spans import example, read_span, say_as_read
    from ka2tui.tui.dialogs.line import Line

    stands = ""
    if len(rows) == 1:
        span = await _span_of(desk, rows[0])
        stands = "" if span == NEVER else str(span)
    read = partial(read_span, today=desk.today, start=start)
    text = await desk.push_screen_wait(
        Line(
            named("From when to when:", rows),
            value=stands,
            placeholder=f"{example(start)}; empty: not known",
            read=lambda said: say_as_read(read(said), start, end),
            empty=True,
            anew=True,
        )
    )
    if text is None or (text.strip() == stands and len(rows) == 1):
        return False
    span = read(text) if text.strip() else NEVER
    return await desk.do(work_plan.schedule, [row.id for row in rows], span) is not None


async def _span_of(desk: Desk, row: PlanRow) -> Span:
    """Read when work runs, as it was entered."""
    seen = await desk.ask(unit_views.one, row.id)
    return Span(seen.row.start_month, seen.row.end_month, seen.start, seen.end)


def due_of(row: PlanRow) -> Due:
    """Give when a row is due; of work its end."""
    return Due(row.due, row.due_month, row.due_precision)


async def postpone(desk: Desk, project: int, rows: Sequence[PlanRow]) -> bool:
    """Put off by a step or to a date; of work that has begun only the end moves."""
    from ka2tui.tui.dialogs.put_off import PutOff
    from ka2tui.tui.dialogs.put_off_work import PutOffWork

    start = (await desk.ask(task_views.choices, project)).start
    title = named("Postpone", rows)
    stands = due_of(rows[0]) if len(rows) == 1 else None
    dialog = PutOff(title, stands, desk.today, start=start)
    if len(rows) == 1 and rows[0].is_unit:
        begun = rows[0].state is not WorkUnitState.PLANNED
        span = await _span_of(desk, rows[0])
        dialog = PutOffWork(title, span, desk.today, begun=begun, start=start)
    answer = await desk.push_screen_wait(dialog)
    if answer is None:
        return False
    given: dict[str, Any] = {"to": answer} if isinstance(answer, Due) else {"by": answer}
    done = await desk.do(work_plan.postpone, **ids(rows), **given, late_from=desk.today)
    if done is not None and done.value < len(rows):
        desk.tell(f"{done.label}; what has no date, or is planned in months, stays.")
    return done is not None


async def lead(desk: Desk, project: int, rows: Sequence[PlanRow]) -> bool:
    """Choose which partner leads."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    led = [row for row in rows if row.kind is not PlanKind.MILESTONE]
    if not led:
        desk.tell("A milestone has nobody who leads it: its work package has.")
        return False
    partners = (await desk.ask(task_views.choices, project)).partners
    items = [Item(0, "nobody"), *(Item(it.id, it.word, it.note) for it in partners)]
    at = led[0].lead_id if len(led) == 1 else None
    chosen = await desk.push_screen_wait(Choose(named("Who leads", led), items, at=at))
    if chosen is None:
        return False
    return await desk.do(work_plan.lead, chosen or None, **ids(led)) is not None


async def shares(desk: Desk, project: int, row: PlanRow, currency: str) -> bool:
    """Divide the money of one part among the partners."""
    from ka2tui.tui.dialogs.shares import Shares

    if not row.is_unit:
        desk.tell("Money is divided in work packages, activities and headings.")
        return False
    partners = (await desk.ask(task_views.choices, project)).partners
    if not partners:
        desk.tell("There are no partners yet to divide money among: page 6 adds them.")
        return False
    seen = await desk.ask(unit_views.one, row.id)
    stands = {share.partner_id: share.amount_cents for share in seen.shares}

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        amounts = {int(key): cents for key, cents in filled.changed.items()}
        before = {int(key): cents for key, cents in filled.based_on.items()}
        return await desk.attempt(work_units.share_out, row.id, amounts, before)

    lines = [(each.id, each.word, stands.get(each.id)) for each in partners]
    filled = await desk.push_screen_wait(
        Shares(named("Shares of", [row]), lines, row.amount_cents, currency, save=save)
    )
    return filled is not None and filled.saved is not None


async def percent(desk: Desk, rows: Sequence[PlanRow]) -> bool:
    """Keep how far work is as its lead says."""
    from ka2tui.domain.refusal import Misread
    from ka2tui.tui.dialogs.line import Line

    units = [row for row in rows if row.is_unit]
    if len(units) < len(rows):
        desk.tell("Per cents are stated for work; a deliverable has states (space).")
        return False

    def read(text: str) -> int:
        digits = text.strip().removesuffix("%").strip()
        if not digits.isdecimal() or len(digits) > 3 or int(digits) > 100:
            raise Misread("Per cent, from 0 to 100; empty: counted from tasks and deliverables.")
        return int(digits)

    one = units[0] if len(units) == 1 else None
    counted = "" if one is None or one.counted is None else f" Counted: {one.counted} %."
    text = await desk.push_screen_wait(
        Line(
            named("How far is", rows),
            value="" if one is None or one.stated is None else str(one.stated),
            placeholder="per cent; empty: counted",
            about=f"As its lead says it.{counted}",
            read=lambda said: f"{read(said)} % done, as its lead says",
            empty=True,
            anew=True,
        )
    )
    if text is None:
        return False
    given = read(text) if text.strip() else None
    return await desk.do(work_units.state_percent, [row.id for row in units], given) is not None


async def belong(desk: Desk, project: int, rows: Sequence[PlanRow]) -> bool:
    """Move below another work package or activity, or below none."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    units = (await desk.ask(task_views.choices, project)).work_units
    given = {row.id for row in rows if row.is_unit}
    items = [
        Item(0, "none"),
        *(Item(it.id, it.word, it.note) for it in units if it.id not in given),
    ]
    chosen = await desk.push_screen_wait(Choose(named("Move below:", rows), items))
    if chosen is None:
        return False
    return await move_below(desk, rows, chosen or None)


async def move_below(desk: Desk, rows: Sequence[PlanRow], to: int | None) -> bool:
    """Move below a part of the plan, or to its top level."""
    return await desk.do(work_plan.belong, to, **ids(rows)) is not None


async def remove(desk: Desk, rows: Sequence[PlanRow]) -> bool:
    """Remove, after saying what hangs on it."""
    from ka2tui.tui.dialogs.ask import Ask

    given = ids(rows)
    along = False
    said = ["u brings it back."]
    units = given.get("work_units", [])
    if units:
        found = await desk.ask(views.hanging, units)
        along = bool(found.activities)
        if along:
            word = plain.count(found.activities, "activity", "activities")
            said.insert(0, f"Its {word} {'goes' if found.activities == 1 else 'go'} along.")
        stays = [
            plain.count(number, word)
            for number, word in zip(
                found[1:], ("task", "deliverable", "milestone", "meeting"), strict=True
            )
            if number
        ]
        if stays:
            said.insert(-1, f"{', '.join(stays)} stay, in no work package.")
    many = is_many(sum(map(len, given.values())))
    if not many:
        question = Ask(f"{named('Remove', rows)}?", about=" ".join(said), yes="remove",
                       proposed=not along)  # fmt: skip
        if not await desk.push_screen_wait(question):
            return False
    return await desk.do(work_plan.remove, **given, with_activities=along) is not None
