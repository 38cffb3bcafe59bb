"""What is done about items of an assessment: proof is found, weak ones become tasks."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from ka2tui.domain import mending
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.operations import checklist_tasks, checklists
    from ka2tui.queries import checklists as views
    from ka2tui.queries import proofs
    from ka2tui.queries import tasks as task_views
    from ka2tui.queries.checklists import ItemView, TaskOf
    from ka2tui.queries.proofs import Found, ProofRow
    from ka2tui.tui.desk import Desk
else:
    checklist_tasks = lazily("ka2tui.operations.checklist_tasks")
    checklists = lazily("ka2tui.operations.checklists")
    views = lazily("ka2tui.queries.checklists")
    proofs = lazily("ka2tui.queries.proofs")
    task_views = lazily("ka2tui.queries.tasks")

PLACES = "T2.3, TPM2, https://..., lists/tpm2.pdf"
"""Said where a place can be typed."""

_NO_FILE = "://"
"""Where the database is no file of a folder."""


def say_task(task: TaskOf, today: date) -> str:
    """Say how the task of an item stands: "open, due Fri 4 Dec", "open, 3 d late"."""
    from ka2tui.domain.days import say_day, say_late

    if task.due is None or task.over:
        return task.state.word
    due = say_late(task.due, today) or f"due {say_day(task.due, today)}"
    return f"{task.state.word}, {due}"


def needs_task(item: ItemView) -> str | None:
    """Say why an item gets no task; None where it gets one."""
    if item.task is not None and not item.task.over:
        return f"{item.code} has a task already: {item.task.title}"
    why = mending.why_not(item.answer)
    return None if why is None else f"{item.code} {why}: nothing is left to do"


async def make_tasks(desk: Desk, project: int, items: Sequence[ItemView]) -> bool:
    """Ask who does it and by when, and make a task of each item; say whether there are new ones.

    Args:
        desk: The app.
        project: Its id.
        items: Those that are meant; what needs no task is passed over.
    """
    from ka2tui.domain.due import Due, read_due, say_as_read, write_due
    from ka2tui.tui.dialogs.form import Field, Form, Option
    from ka2tui.tui.pages.task_verbs import as_values, who

    wanted = [item for item in items if needs_task(item) is None]
    if not wanted:
        reasons = [str(needs_task(item)) for item in items]
        desk.tell(reasons[0] if len(reasons) == 1 else "Each of these has a task or needs none.")
        return False
    choices = await desk.ask(task_views.choices, project)
    one = wanted[0] if len(wanted) == 1 else None
    due = await desk.ask(views.due_of_task, wanted[0].id, today=desk.today)
    units = [Option(each.id, each.word, each.note) for each in choices.work_units]
    fields = [
        Field("who", "Who", "choice", None, options=who(choices)),
        Field(
            "due",
            "Until",
            value=Due(due),
            hint="fri, +2w, 12 Jan, Feb 2027, M18",
            read=partial(read_due, today=desk.today, start=choices.start),
            write=write_due,
            say=partial(say_as_read, today=desk.today, end=choices.end),
        ),
        Field(
            *("work_unit_id", "Belongs to", "choice", None),
            options=[Option(None, "–"), *units],
        ),
    ]
    if one is not None:
        title = mending.title(one.code, one.text)
        fields.insert(0, Field("title", "Title", value=title, required=True))
    called = f"A task for {one.code}" if one else f"{plain.count(len(wanted), 'task')} of items"
    form = Form(
        called,
        fields,
        save=lambda filled: desk.attempt(
            checklist_tasks.make,
            [item.id for item in wanted],
            today=desk.today,
            title=filled.values.get("title"),
            work_unit_id=filled.values["work_unit_id"],
            **as_values({name: filled.values[name] for name in ("due", "who")}),
        ),
    )
    filled = await desk.push_screen_wait(form)
    if filled is None:
        return False
    if len(items) > len(wanted):
        desk.tell(f"{len(items) - len(wanted)} passed over: they have a task, or need none.")
    return True


async def say_where(desk: Desk, item: ItemView) -> None:
    """Ask where the proof of an item lies, and keep it."""
    from ka2tui.tui import opener
    from ka2tui.tui.dialogs.form import Field, Form

    place = desk.place or _NO_FILE
    folder = opener.folders(place, None)[-1]
    own = "" if _NO_FILE in place else ", or in a folder there that is called like the project"
    title = plain.cut(f"Proof of {item.code}: {plain.line(item.proof or item.text)}", 68)
    form = Form(
        title,
        [
            Field(
                *("place", "Lies at", "text", item.found_at),
                hint=PLACES,
            )
        ],
        save=lambda filled: desk.attempt(
            checklists.answer, item.id, found_at=filled.values["place"] or ""
        ),
        about=f"A file without its whole path is looked for in {folder}{own}.",
    )
    await desk.push_screen_wait(form)


async def go_to_proof(desk: Desk, project: int, item: ItemView) -> None:
    """Go to the proof of an item: the page of a record, or whatever opens a link or file."""
    try:
        found = None
        if item.found_at:
            found = await desk.ask(proofs.find, project, item.found_at)
        if await _chosen_filed(desk, project, item, found) or found is None:
            return
        if found.table:
            _go(desk, project, found)
        else:
            desk.tell(await asyncio.to_thread(_open, desk, found))
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")


async def filed(
    desk: Desk, project: int, item: ItemView, found: Found | None = None
) -> Sequence[ProofRow]:
    """Give the proofs that are filed of an item, and of the record its proof lies at."""
    about = {("answer", item.id)}
    if found is not None and found.table:
        about.add((found.table, found.id))
    return await desk.ask(proofs.of_records, project, about, today=desk.today)


async def _chosen_filed(desk: Desk, project: int, item: ItemView, found: Found | None) -> bool:
    """Offer the proofs that are filed besides; True where one was opened, or none wanted."""
    from ka2tui.tui.dialogs.choose import Choose, Item
    from ka2tui.tui.pages import proof_verbs

    rows = await filed(desk, project, item, found)
    if not rows:
        return False
    items = [Item(row.id, row.title, row.where) for row in rows]
    if found is not None:
        items.insert(0, Item(0, f"Go to {found.title or found.said}", found.word))
    title = plain.cut(f"Proof of {item.code}", 60)
    chosen = await desk.push_screen_wait(Choose(title, items))
    if chosen == 0:
        return False
    row = next((row for row in rows if row.id == chosen), None)
    if row is not None:
        await proof_verbs.open_one(desk, row)
    return True


def _go(desk: Desk, project: int, found: Found) -> None:
    from ka2tui.domain.search import Entry

    desk.go_to(Entry(found.table, found.id, project, found.kind, found.title))


def _open(desk: Desk, found: Found) -> str:
    from ka2tui.exchange import proof_files
    from ka2tui.tui import opener

    if found.link:
        return opener.open_link(found.link)
    root = proof_files.folder(desk.settings, desk.place)
    folders = (root, *opener.folders(desk.place or _NO_FILE, found.project))
    return opener.open_file(found.path, folders)
