"""All that is known of one part of the work plan, as the pane beside the list shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.domain import progress
from ka2tui.domain.days import say_brief, say_day, say_late, say_until
from ka2tui.domain.due import Due, say_due
from ka2tui.domain.kinds import ACCEPTED_RESULTS, DeliverableState, WorkUnitState
from ka2tui.domain.money import say_amount
from ka2tui.domain.plan_money import say_activities, say_shares
from ka2tui.domain.spans import Span, say_span
from ka2tui.tui import plain
from ka2tui.tui.pages import history_words, work_plan_rows
from ka2tui.tui.widgets.details import Fact, Head, Jump, Line, Private, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ka2tui.queries.deliverables import DeliverableDetails
    from ka2tui.queries.milestones import MilestoneRow
    from ka2tui.queries.work_plan import PlanRow, WorkPlan
    from ka2tui.queries.work_plan_about import About, OpenTask
    from ka2tui.queries.work_units import WorkUnitDetails
    from ka2tui.tui.plain import Cell, Piece, Tone
    from ka2tui.tui.widgets.details import Item, Shown


def of_part(row: PlanRow, seen: About, plan: WorkPlan, today: date) -> list[Item]:
    """Tell everything that is known of a row of the plan."""
    items: list[Item] = [Words(plain.join([row.code, row.title], " "), "strong"), Line("")]
    if seen.unit is not None:
        items += _of_unit(row, seen.unit, seen.tasks, plan, today)
    elif seen.deliverable is not None:
        items += _of_deliverable(row, seen.deliverable, today)
    elif seen.milestone is not None:
        items += _of_milestone(row, seen.milestone, today)
    names = (f"{row.code} “{row.title}”", f"“{row.title}”", *filter(None, [row.code]))
    return [*items, *history_words.lines_of(seen.history, today, *names)]


# -- work packages, activities, headings


def _of_unit(
    row: PlanRow, seen: WorkUnitDetails, tasks: Sequence[OpenTask], plan: WorkPlan, today: date
) -> list[Item]:
    span = Span(row.start_month, row.end_month, seen.start, seen.end)
    late = say_late(row.due, today) if row.late and row.due else ""
    items: list[Item] = [
        Fact("What", plain.join([row.kind.word, seen.category, _inside(row)])),
        Fact("State", [row.state.word, (f" · {late}" if late else "", "late")]),
        Fact("When", say_span(span, plan.start)),
        Fact("Led by", row.lead),
        Fact("Place", row.place),
        Fact("Expected", _people(row)),
        *_progress(row),
        Private(_money(row, seen, plan.currency)),
        Fact("Look at", (seen.warning, "soon") if seen.warning else None),
    ]
    if seen.objectives:
        items += [Head("Objectives"), *_words(seen.objectives)]
    if seen.expected_results:
        items += [Head("Expected results"), *_words(seen.expected_results)]
    items.append(Private(_shares(row, seen, plan.currency)))
    items += _tasks(row, tasks, today)
    below = [each for each in plan.rows if each.parent == row.key]
    inside = {each.key for each in below}
    promised = [
        each for each in plan.rows
        if not each.is_unit and (each.parent == row.key or each.parent in inside)
    ]  # fmt: skip
    items += _listed("Activities", [each for each in below if each.is_unit], today)
    items += _listed("Deliverables", [p for p in promised if p.kind == "deliverable"], today)
    items += _listed("Milestones", [p for p in promised if p.kind == "milestone"], today)
    return [*items, *_notes(seen.notes)]


def _inside(row: PlanRow) -> str:
    return f"in {row.work_unit}" if row.work_unit else ""


def _people(row: PlanRow) -> str | None:
    return None if row.participants is None else plain.count(row.participants, "participant")


def _progress(row: PlanRow) -> list[Item]:
    """Draw how far it is against its time, and say where the figure comes from."""
    time = f"{row.elapsed} % of its time" if row.elapsed is not None else ""
    if row.done is None:
        none = "nothing to count yet"
        return [Fact("Progress", (plain.join([none, time]), "quiet"))]
    how = row.standing.word if row.standing is not None else ""
    tone: Tone = "late" if how == "behind" else ""
    bar = progress.bar(row.done, mark=row.elapsed)
    drawn = [*plain.shaded(bar, tone or "accent"), f" {row.done} %"]
    items: list[Item] = [Fact("Progress", drawn), Fact("", (plain.join([how, time]), tone))]
    if row.stated is not None and row.state is not WorkUnitState.DONE:
        counted = "" if row.counted is None else f"counted {row.counted} %"
        items.append(Fact("", (plain.join(["as its lead says", counted]), "quiet")))
    return items


def _money(row: PlanRow, seen: WorkUnitDetails, currency: str) -> list[Shown]:
    items: list[Shown] = []
    if row.amount_cents is not None:
        items.append(Fact("Money", say_amount(row.amount_cents, currency)))
    if row.has_activities:
        tone: Tone = "" if row.activities.adds_up else "soon"
        items.append(Fact("Activities", (say_activities(row.activities, currency), tone)))
    if row.amount_cents is None and seen.shares and row.has_shares:
        items.append(Fact("Money", f"shares {say_shares(row.shares, currency)}"))
    return items


def _shares(row: PlanRow, seen: WorkUnitDetails, currency: str) -> list[Shown]:
    if not seen.shares:
        return []
    said = say_shares(row.shares, currency) if row.has_shares else ""
    items: list[Shown] = [Head("Shares")]
    names = plain.longest([share.partner for share in seen.shares], 4, 16)
    amounts = [
        "" if share.amount_cents is None else say_amount(share.amount_cents, currency)
        for share in seen.shares
    ]
    room = plain.longest(amounts)
    for share, amount in zip(seen.shares, amounts, strict=True):
        name = plain.pad(plain.line(share.partner), names)
        role: Piece = (f"  {share.role}" if share.role else "", "quiet")
        items.append(Line([f"{name}  {plain.pad(amount, room, 'right')}", role]))
    if said:
        items.append(Words(said, "quiet" if row.shares.adds_up else "soon"))
    return items


def _tasks(row: PlanRow, tasks: Sequence[OpenTask], today: date) -> list[Item]:
    counts = row.counts
    if not counts.tasks:
        return []
    late = f"{counts.tasks_late} late" if counts.tasks_late else ""
    left = counts.tasks - counts.tasks_done
    said = plain.join([f"{counts.tasks_done} of {counts.tasks} done", late], ", ")
    items: list[Item] = [Head("Tasks", said)]
    for task in tasks:
        glyph, tone, _ = plain.state_of(task.state, task.due, today)
        due = say_due(Due(task.due, task.due_month, task.due_precision), today)
        told: Tone = tone if tone in ("late", "soon") else "quiet"
        line: Cell = [(f"{glyph} ", tone), task.title, (f"  {task.who or ''}", "quiet")]
        items.append(Jump(line, ("task", task.id), (due, told)))
    more = left - len(tasks)
    if more > 0:
        items.append(Words(f"and {more} more open", "quiet"))
    items.append(Words("T shows them in the list of tasks", "quiet"))
    return items


def _listed(title: str, rows: Sequence[PlanRow], today: date) -> list[Item]:
    """List what stands below a part, each with how it stands and when it is due."""
    if not rows:
        return []
    done = sum(row.closed for row in rows)
    return [Head(title, f"{done} of {len(rows)} done"), *(_one(row, today) for row in rows)]


def _one(row: PlanRow, today: date) -> Jump:
    """Name a row below in one line that leads there."""
    glyph, tone, _ = work_plan_rows.state_of(row, today)
    name = f"{row.code} {row.title}"
    target = ("work_plan", row.key)
    if row.is_unit:
        tail: Piece = ("" if row.done is None else f"{row.done} %", "quiet")
        return Jump([(f"{glyph} ", tone), name], target, tail)
    due = Due(row.due, row.due_month, row.due_precision)
    told: Tone = tone if tone in ("late", "soon") and not row.closed else "quiet"
    when: Piece = (str(due) if row.closed else say_due(due, today), told)
    said: list[Piece] = []
    if row.kind == "deliverable" and not row.closed:
        said.append((f"{row.state.word}  ", "quiet"))
        if row.review_due is not None:
            said.append((f"review by {say_due(Due(row.review_due), today)}  ", "quiet"))
    return Jump([(f"{glyph} ", tone), *said, name], target, when)


# -- what was promised


def _of_deliverable(row: PlanRow, seen: DeliverableDetails, today: date) -> list[Item]:
    _, tone, _ = work_plan_rows.state_of(row, today)
    review: Piece | None = None
    if seen.review_due is not None:
        over = row.state is DeliverableState.REVIEW and seen.review_due < today
        review = (_day(seen.review_due, today, open_=not row.closed), "late" if over else "")
    items: list[Item] = [
        Fact("What", "deliverable"),
        Fact("State", [_steps(row.state), f"  {row.state.word}"]),
        Fact("Due", (_when(row, today), tone)),
        Fact("Led by", row.lead),
        Fact("Belongs to", row.work_unit),
        Fact("Review by", review),
        Fact("Delivered", _came(row)),
        Fact("Languages", seen.languages),
        Fact("Licence", seen.licence),
        Fact("EU emblem", _checked(seen)),
        Fact("Published at", seen.published_at),
        Fact("Platform", on_platform(seen, today)),
        Fact("", (seen.platform_link, "quiet") if seen.platform_link else None),
    ]
    missing = _missing(seen)
    if missing and row.state in ACCEPTED_RESULTS:
        what = "is not noted" if len(missing) == 1 else "are not noted"
        items.append(Fact("Look at", (f"{' and '.join(missing)} {what}", "soon")))
    return [*items, *_notes(seen.notes)]


def on_platform(seen: DeliverableDetails, today: date) -> str | None:
    """Say how far a deliverable is on the programme's platform of results."""
    if seen.platform_state is None:
        return None
    since = say_day(seen.platform_on, today) if seen.platform_on else ""
    return plain.join([seen.platform_state.word, since])


def _missing(seen: DeliverableDetails) -> list[str]:
    """Name what should be known of a deliverable that is published."""
    wanted = {
        "languages": seen.languages,
        "licence": seen.licence,
        "check of the EU emblem": seen.visibility_checked_on,
    }
    if seen.row.state is DeliverableState.PUBLISHED:
        wanted["address"] = seen.published_at
    return [name for name, value in wanted.items() if not value]


def _steps(state: object) -> Piece:
    """Draw how far a deliverable is on its way: ●●●○○."""
    states = list(DeliverableState)
    at = next((n for n, each in enumerate(states) if each == state), 0)
    return ("●" * (at + 1) + "○" * (len(states) - at - 1), "accent")


def _checked(seen: DeliverableDetails) -> str | None:
    day = seen.visibility_checked_on
    return None if day is None else f"looked at on {say_brief(day)}"


def _of_milestone(row: PlanRow, seen: MilestoneRow, today: date) -> list[Item]:
    _, tone, _ = work_plan_rows.state_of(row, today)
    items: list[Item] = [
        Fact("What", "milestone"),
        Fact("Due", (_when(row, today), tone)),
        Fact("Reached", _came(row)),
        Fact("Belongs to", row.work_unit),
        Fact("Shown by", seen.verification),
    ]
    return [*items, *_notes(seen.notes)]


def _when(row: PlanRow, today: date) -> str:
    """Say when it is due: the month, the day it means, and how far away that is."""
    if row.due is None:
        return "no date" if row.due_month is None else f"M{row.due_month}"
    month = "" if row.due_month is None else f"M{row.due_month}"
    return plain.join([month, _day(row.due, today, open_=not row.closed)])


def _day(day: date, today: date, *, open_: bool) -> str:
    said = f"{day:%a} {say_brief(day)}"
    return plain.join([said, (say_late(day, today) or say_until(day, today)) if open_ else ""])


def _came(row: PlanRow) -> str | None:
    """Say when it came, and how that compares with its date."""
    if row.done_on is None:
        return None
    slip = "" if row.due is None else progress.say_slip((row.done_on - row.due).days)
    return plain.join([say_brief(row.done_on), slip])


# -- texts


def _words(text: str) -> Iterable[Item]:
    return (Words(text),)


def _notes(text: str | None) -> list[Item]:
    return [Private([Head("Notes"), Words(text)])] if text else []
