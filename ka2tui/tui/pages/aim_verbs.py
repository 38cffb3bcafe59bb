"""What can be done with needs and objectives, what serves them, goal and priorities."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain.kinds import AimKind
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ka2tui.operations import aims, projects
    from ka2tui.queries import aims as views
    from ka2tui.queries.aims import AimRow, Goal
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled
else:
    aims = lazily("ka2tui.operations.aims")
    projects = lazily("ka2tui.operations.projects")
    views = lazily("ka2tui.queries.aims")

GROUPS = {
    "work_unit": "Work packages and activities",
    "deliverable": "Deliverables",
    "milestone": "Milestones",
    "indicator": "Indicators",
}
"""What stands above the parts of the plan that can serve an aim."""


async def add(desk: Desk, seen: Goal, kind: AimKind, below: AimRow | None) -> int | None:
    """Add a need or an objective in a form; give its id.

    Args:
        desk: Where it is asked.
        seen: What there is.
        kind: Which of the two.
        below: Where the cursor stands: its need is proposed for an objective.
    """
    from ka2tui.tui.dialogs.form import Form

    need = None
    if below is not None:
        need = below.id if below.aim.kind is AimKind.NEED else below.aim.parent_id

    async def save(filled: Filled) -> Any:
        values = {name: it for name, it in filled.values.items() if it is not None}
        text = values.pop("text")
        return await desk.attempt(aims.add, seen.project_id, kind, text, values=values)

    form = Form(f"New {kind.word}", _fields(seen, kind, None, need), save=save)
    filled = await desk.push_screen_wait(form)
    return None if filled is None else int(filled.saved.value)


async def edit(desk: Desk, seen: Goal, row: AimRow) -> bool:
    """Edit one in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(aims.edit, row.id, filled.changed, filled.based_on)

    title = f"Edit {row.aim.kind.word} {plain.cut(plain.line(row.aim.called), 40)}"
    form = Form(title, _fields(seen, row.aim.kind, row, row.aim.parent_id), save=save)
    filled = await desk.push_screen_wait(form)
    return filled is not None and filled.saved is not None


async def link(desk: Desk, seen: Goal, row: AimRow) -> bool:
    """Pick what serves it: parts of the plan, results, milestones, indicators."""
    from ka2tui.tui.dialogs.pick import Item, Pick

    there = await desk.ask(views.choices, seen.project_id)
    if not there:
        desk.tell("There is nothing to link yet: g w adds work packages, g i indicators.")
        return False
    chosen = {(one.table, one.id) for one in row.links}
    items = [
        Item(at, one.said or one.called, group=GROUPS[one.table]) for at, one in enumerate(there)
    ]
    ticked = [at for at, one in enumerate(there) if (one.table, one.id) in chosen]
    title = f"What serves {plain.cut(plain.line(row.aim.said), 60)}"
    picked = await desk.push_screen_wait(Pick(title, items, ticked))
    if picked is None:
        return False
    wanted = [(there[at].table, there[at].id) for at in picked]
    return await desk.do(aims.link, row.id, wanted) is not None


async def priorities(desk: Desk, seen: Goal) -> bool:
    """Pick the EU priorities that the project answers, or type one of its own."""
    from ka2tui.domain.text import fold
    from ka2tui.tui.dialogs.pick import Item, Pick

    mine = {fold(name) for name in seen.priorities}
    offered = list(seen.offer or ())
    known = {fold(one.title) for one in offered}
    own = [name for name in seen.priorities if fold(name) not in known]
    names = [*own, *(one.title for one in offered)]
    groups = [*("Entered by you" for _ in own), *(one.field_title for one in offered)]
    items = [Item(at, name, group=groups[at]) for at, name in enumerate(names)]
    items.append(Item(len(names), "another one, typed", group="Not in this list"))
    ticked = [at for at, name in enumerate(names) if fold(name) in mine]
    title = seen.offer.said if seen.offer is not None else "EU priorities"
    picked = await desk.push_screen_wait(Pick(title, items, ticked))
    if picked is None:
        return False
    wanted = [names[at] for at in picked if at < len(names)]
    if len(names) in picked:
        from ka2tui.tui.dialogs.line import Line

        about = "As your application form or your national agency names it."
        typed = await desk.push_screen_wait(Line("Another priority", about=about))
        if typed is None:
            return False
        wanted.append(typed)
    # those kept stay in their order, new ones come after them
    place = {fold(name): at for at, name in enumerate(seen.priorities)}
    wanted.sort(key=lambda name: place.get(fold(name), len(place)))
    return await desk.do(aims.choose_priorities, seen.project_id, wanted) is not None


async def goal(desk: Desk, seen: Goal) -> bool:
    """Write down the goal, and the summary."""
    from ka2tui.tui.dialogs.form import Field, Form

    fields = [
        Field("goal", "Goal", "long", seen.goal),
        Field("summary", "Summary", "long", seen.summary),
    ]

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(
            projects.edit, seen.project_id, filled.changed, filled.based_on,
            today=desk.today, own=desk.settings.data,
        )  # fmt: skip

    about = "One clear goal; the summary is what the application needs in English."
    filled = await desk.push_screen_wait(Form("Goal", fields, about=about, save=save))
    return filled is not None and filled.saved is not None


async def remove(desk: Desk, rows: Sequence[AimRow]) -> bool:
    """Remove needs and objectives; ask where something hangs on them."""
    from ka2tui.tui.dialogs.ask import Ask

    if not rows:
        return False
    if len(rows) > 1 or rows[0].links or rows[0].line is None:
        one = plain.cut(plain.line(rows[0].aim.called), 40)
        what = f"{rows[0].aim.kind.word} {one}" if len(rows) == 1 else f"{len(rows)} of them"
        about = "Objectives of a need stay without one. u brings all of it back."
        asked = Ask(f"Remove {what}?", about=about, yes="remove")
        if await desk.push_screen_wait(asked) is not True:
            return False
    return await desk.do(aims.remove, [row.id for row in rows]) is not None


async def write(desk: Desk, seen: Goal) -> None:
    """Write goal, priorities and chain to a file: Markdown, HTML, CSV or a workbook."""
    from ka2tui.reports import saving
    from ka2tui.tui import documents

    await documents.write(
        desk,
        "Write the chain to a file",
        saving.file_name("goal", seen.project, f"{desk.today:%Y-%m-%d}", ending="md"),
        partial(_write, desk, seen),
        about="Its name says the kind: .md, .html, .csv or .xlsx.",
    )


def _write(desk: Desk, seen: Goal, place: Path, *, replace: bool) -> Path:
    """Write the file, in a thread of its own.

    Raises:
        Refused: It cannot be written, or is of no kind that is known.
    """
    from ka2tui.exchange import aim_tables
    from ka2tui.reports import saving

    data = aim_tables.rendered(
        seen, place.suffix.lower().lstrip("."), today=desk.today, own=desk.settings.data
    )
    return saving.save(place, data, replace=replace)


def _fields(seen: Goal, kind: AimKind, row: AimRow | None, need: int | None) -> list[Field]:
    """Give the lines of the form of a need or an objective."""
    from ka2tui.tui.dialogs.form import Field, Option

    aim = None if row is None else row.aim
    more = [Field("code", "Code", value=aim and aim.code, more=True,
                  hint="the next: N1" if kind is AimKind.NEED else "the next: SO1")]  # fmt: skip
    notes = row.notes if row else None
    more.append(Field("notes", "Notes", "long", notes, more=not notes))
    group = Field("target_group", "For whom", value=aim and aim.target_group,
                  hint="teachers; pupils aged 12-15")  # fmt: skip
    if kind is AimKind.NEED:
        return [
            Field("text", "Need", value=aim and aim.text, required=True,
                  hint="what is wrong, and for whom, in one sentence"),
            Field("source", "Shown by", value=aim and aim.source,
                  hint="a survey, a statistic, what they said"),
            group,
            *more,
        ]  # fmt: skip
    needs = [
        Option(one.id, plain.cut(plain.line(one.aim.said), 60))
        for one in seen.aims
        if one.aim.kind is AimKind.NEED
    ]
    return [
        Field("text", "Objective", value=aim and aim.text, required=True,
              hint="what shall be reached, by when, measurably"),
        Field("parent_id", "Answers", "choice", need,
              options=[Option(None, "no need yet"), *needs]),
        group,
        *more,
    ]  # fmt: skip
