"""What can be done with meetings, wherever they are shown: each verb asks what it needs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain import days
from ka2tui.domain.bulk import is_many
from ka2tui.domain.instants import doubt
from ka2tui.domain.kinds import MeetingState, Precision
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import meeting_words as words
from ka2tui.tui.pages.meeting_fields import (
    fields_of,
    read_when,
    say_when,
    values_of,
    when_of,
    write_when,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.domain.meeting_templates import MeetingTemplate
    from ka2tui.operations import meeting_series, meeting_tasks, meetings
    from ka2tui.queries import meeting_clocks
    from ka2tui.queries import meetings as views
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.meeting_row import MeetingRow
    from ka2tui.queries.meetings import MeetingDetails
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled
    from ka2tui.tui.pages.meeting_fields import When
else:
    meeting_series = lazily("ka2tui.operations.meeting_series")
    meeting_tasks = lazily("ka2tui.operations.meeting_tasks")
    meetings = lazily("ka2tui.operations.meetings")
    meeting_clocks = lazily("ka2tui.queries.meeting_clocks")
    views = lazily("ka2tui.queries.meetings")
    task_views = lazily("ka2tui.queries.tasks")


_MOST_NAMED = 6
"""How many meetings a question names."""


async def edit(desk: Desk, project: int, meeting: int) -> bool:
    """Edit a meeting in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.pages.meeting_form import MeetingForm, tell_odd
    from ka2tui.tui.pages.meeting_planning import with_later

    try:
        details = await desk.ask(views.one, meeting, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False
    choices = await desk.ask(task_views.choices, project)
    zones = await desk.ask(meeting_clocks.zones, project)
    later: bool | None = None

    async def save(filled: Filled) -> Any:
        nonlocal later
        if not filled.changed:
            return None
        changed, before = values_of(filled.changed), values_of(filled.based_on)
        if later is None:  # asked once, also where a field is saved again after another window's
            later = await with_later(desk, details.row.series, "Edit")
        if later is None:
            raise Refused("Nothing was saved yet.")
        if "when" in filled.changed:
            along = await _along(desk, meeting, changed, later=later)
            if along is None:
                raise Refused("Nothing was saved yet.")
            if along:
                saved: Any = await desk.attempt(
                    meeting_tasks.move,
                    *(meeting, changed, before),
                    templates=along,
                    today=desk.today,
                    later=later,
                )
                return replace(saved, value=saved.value.conflicts)
        operation = meeting_series.edit if later else meetings.edit
        return await desk.attempt(operation, meeting, changed, before)

    heading = f"Edit {plain.cut(plain.line(details.row.title), 56)}"
    form = MeetingForm(heading, fields_of(desk.today, choices, details), zones, save=save)
    filled = await desk.push_screen_wait(form)
    if filled is None or filled.saved is None:
        return False
    if {"when", "at", "zone", "country", "host_id"} & filled.changed.keys():
        await tell_odd(desk, [meeting], filled.values["at"])
    return True


async def move(desk: Desk, project: int, row: MeetingRow) -> bool:
    """Move a meeting to another day or month; the time on the wall stays."""
    from ka2tui.tui.pages.meeting_form import tell_odd

    moved = await _move(desk, project, row)
    if moved and row.local is not None:
        await tell_odd(desk, [row.id], row.local.time())
    return moved


async def _move(desk: Desk, project: int, row: MeetingRow) -> bool:
    from ka2tui.tui.dialogs.line import Line
    from ka2tui.tui.pages.meeting_planning import with_later

    start = (await desk.ask(task_views.choices, project)).start
    read = partial(read_when, today=desk.today, start=start)
    old = when_of(row)
    stands = "" if old is None else write_when(old)
    text = await desk.push_screen_wait(
        Line(
            f"Move {plain.cut(plain.line(row.title), 50)} to",
            value=stands,
            placeholder="fri, 3 Dec, 3-5 Dec, Jan 2027, M15",
            about=_stays(row),
            read=lambda said: _say_when(read(said), row, desk.today),
            anew=True,
        )
    )
    if text is None or text == stands:
        return False
    when = read(text)
    later = await with_later(desk, row.series, "Move")
    if later is None:
        return False
    whole = when.end_day is not None or when.precision is Precision.MONTH
    values: dict[str, Any] = when._asdict() if whole else {"day": when.day}
    along = await _along(desk, row.id, values, later=later)
    if along is None:
        return False
    if along:
        moved = await desk.do(
            *(meeting_tasks.move, row.id, values), templates=along, today=desk.today, later=later
        )
        return moved is not None
    if whole:
        edit_it = meeting_series.edit if later else meetings.edit
        return await desk.do(edit_it, row.id, values) is not None
    if later:
        return await desk.do(meeting_series.move, row.id, when.day) is not None
    return await desk.do(meetings.move, row.id, when.day) is not None


def _say_when(when: When, row: MeetingRow, today: date) -> str:
    """Say to when a meeting is moved, and what the clocks make of its hour then."""
    local = row.local
    odd = None
    if local is not None and row.zone is not None and when.precision is Precision.DAY:
        odd = doubt(when.day, local.time(), row.zone)
    return plain.join([say_when(when, today), odd])


async def _along(
    desk: Desk, meeting: int, values: dict[str, Any], *, later: bool
) -> Sequence[MeetingTemplate] | None:
    """Ask whether the tasks of its template are to move with a meeting.

    Returns:
        The templates, where they are; nothing where there are none or they stay; None where the
        move was thought better of.
    """
    from ka2tui.domain import meeting_templates
    from ka2tui.tui.dialogs.ask import Ask

    known = (await asyncio.to_thread(meeting_templates.found, desk.settings.data)).entries
    try:
        seen = await desk.rehearse(
            *(meeting_tasks.move, meeting, values), templates=known, today=desk.today, later=later
        )
    except Refused:  # the move itself will say why
        return ()
    if not seen.tasks:
        return ()
    named = [f"· {plain.cut(plain.line(title), 60)}" for title in seen.tasks[:_MOST_NAMED]]
    more = len(seen.tasks) - len(named)
    question = Ask(
        f"Move {plain.count(len(seen.tasks), 'task')} along?",
        about="\n".join(
            ["They came with the template, and nobody has changed them since:", *named]
            + [f"  and {more} more"] * (more > 0)
        ),
        yes="move them too",
        proposed=True,
    )
    answer = await desk.push_screen_wait(question)
    return None if answer is None else known if answer else ()


def _stays(row: MeetingRow) -> str:
    """Say what a move leaves as it is."""
    local = row.local
    if local is None or row.zone is None:
        return ""
    from ka2tui.domain.instants import city

    return f"It stays at {local:%H:%M} {city(row.zone)}."


async def hold(desk: Desk, rows: Sequence[MeetingRow]) -> bool:
    """Mark meetings as held, after asking where one is still to come; where all are, undo it."""
    held = all(row.state is MeetingState.HELD for row in rows)
    state = MeetingState.PLANNED if held else MeetingState.HELD
    if not held and not await _meant(desk, rows):
        return False
    ids = [row.id for row in rows]
    return await desk.do(meetings.set_state, ids, state, now=desk.now()) is not None


async def may_start(desk: Desk, details: MeetingDetails) -> bool:
    """Ask before a meeting that was held, or is planned for another day, is started."""
    from ka2tui.tui.dialogs.ask import Ask

    row = details.row
    if row.goes_on or row.state is MeetingState.CANCELLED:
        return True  # a cancelled one is refused, with the reason
    if row.state is MeetingState.HELD:
        about = "It was held already. Its clock goes on where it stopped."
    elif row.day is not None and desk.today not in (row.days or (desk.today,)):
        about = f"It is planned for {words.when(row, desk.today, hour=False)}."
    else:
        return True
    question = Ask(
        f"Start {plain.cut(plain.line(row.title), 40)} now?", about=about, yes="start it"
    )
    meant = await desk.push_screen_wait(question)
    return bool(meant)


async def _meant(desk: Desk, rows: Sequence[MeetingRow]) -> bool:
    """Ask before what is planned for another day to come is marked as held."""
    from ka2tui.tui.dialogs.ask import Ask

    if len(rows) == 1 and rows[0].goes_on and desk.today in rows[0].days[:-1]:
        return await _ends_early(desk, rows[0])
    coming = [
        row
        for row in rows
        if row.state is not MeetingState.HELD and not row.goes_on
        if row.day is not None and row.day > desk.today
    ]
    if not coming:
        return True
    if len(rows) == 1:
        about = f"It is planned for {words.when(coming[0], desk.today, hour=False)}."
        question = Ask(
            f"Mark {plain.cut(plain.line(rows[0].title), 40)} as held?",
            about=f"{about} Mark it as held all the same?",
            yes="mark as held",
        )
    else:
        named = [
            f"· {plain.cut(plain.line(row.title), 44)}, {words.when(row, desk.today, hour=False)}"
            for row in coming[:_MOST_NAMED]
        ]
        more = len(coming) - _MOST_NAMED
        question = Ask(
            f"Mark {plain.count(len(rows), 'meeting')} as held?",
            about="\n".join(
                ["Still to come:", *named, *([f"  and {more} more"] if more > 0 else [])]
            ),
            yes="mark as held",
        )
    answer = await desk.push_screen_wait(question)
    return bool(answer)


async def _ends_early(desk: Desk, row: MeetingRow) -> bool:
    """Ask before a meeting of several days is ended while some of them are still to come."""
    from ka2tui.tui.dialogs.ask import Ask

    until = "" if row.last_day is None else days.say_day(row.last_day, desk.today)
    question = Ask(
        f"End {plain.cut(plain.line(row.title), 40)} today?",
        about=f"It lasts until {until}. b breaks off for the night instead, S goes on.",
        yes="end it",
    )
    answer = await desk.push_screen_wait(question)
    return bool(answer)


async def cancel(desk: Desk, rows: Sequence[MeetingRow]) -> bool:
    """Cancel meetings, but keep them; plan them again where all are cancelled."""
    gone = all(row.state is MeetingState.CANCELLED for row in rows)
    state = MeetingState.PLANNED if gone else MeetingState.CANCELLED
    ids = [row.id for row in rows]
    return await desk.do(meetings.set_state, ids, state, now=desk.now()) is not None


async def remove(desk: Desk, rows: Sequence[MeetingRow]) -> bool:
    """Remove meetings, after asking; the tasks of their actions stay or go along."""
    from ka2tui.tui.dialogs.ask import Ask
    from ka2tui.tui.dialogs.choose import Choose, Item
    from ka2tui.tui.pages.meeting_planning import with_later

    one = len(rows) == 1
    later = await with_later(desk, rows[0].series if one else None, "Remove")
    if later is None:
        return False
    if later:
        return await _remove_later(desk, rows[0])
    named = plain.cut(plain.line(rows[0].title), 48) if one else plain.count(len(rows), "meeting")
    title, ids = f"Remove {named}?", [row.id for row in rows]
    actions = sum(row.actions for row in rows)
    if not actions:
        about = "Agenda, lists and minutes go with it; u brings it back."
        # many are shown before they go, and that is question enough
        if not is_many(len(ids)) and not await desk.push_screen_wait(
            Ask(title, about=about, yes="remove")
        ):
            return False
        return await desk.do(meetings.remove, ids) is not None
    tasks = plain.count(actions, "action")
    items = [
        Item(0, f"Remove, and keep the tasks of the {tasks}"),
        Item(1, f"Remove with the tasks of the {tasks}"),
    ]
    chosen = await desk.push_screen_wait(Choose(title, items))
    if chosen is None:
        return False
    return await desk.do_agreed(meetings.remove, ids, with_tasks=bool(chosen)) is not None


async def _remove_later(desk: Desk, row: MeetingRow) -> bool:
    """Remove a meeting and all later ones of its series; the tasks of actions stay or go along."""
    from ka2tui.tui.dialogs.choose import Choose, Item

    items = [Item(0, "Remove, and keep the tasks of actions"), Item(1, "Remove with those tasks")]
    title = f"Remove {plain.cut(plain.line(row.title), 40)} and all later ones?"
    chosen = await desk.push_screen_wait(Choose(title, items))
    if chosen is None:
        return False
    removed = await desk.do(meeting_series.remove, row.id, with_tasks=bool(chosen))
    return removed is not None
