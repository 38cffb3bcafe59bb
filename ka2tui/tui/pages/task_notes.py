"""The notes of a task, edited in the editor of one's own, or in a form where none is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from ka2tui.domain.refusal import Refused
from ka2tui.tui import editor, plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from ka2tui.operations import tasks
    from ka2tui.queries import tasks as views
    from ka2tui.queries.tasks import TaskDetails
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled
else:
    tasks = lazily("ka2tui.operations.tasks")
    views = lazily("ka2tui.queries.tasks")


async def edit(desk: Desk, task: int) -> None:
    """Let the notes of a task be edited, and keep them; what meets another change is asked."""
    try:
        seen = await desk.ask(views.one, task)
        command = editor.command()
    except editor.NoEditor:
        await _in_form(desk, seen)
        return
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return
    stands = seen.notes or ""
    text = stands
    while True:
        try:
            with desk.suspend():
                text = editor.edit(text, _file_name(seen), command)
        except SuspendNotSupported:
            await _in_form(desk, seen)
            return
        except Refused as refusal:
            desk.tell(str(refusal), severity="warning")
            return
        if text == stands:
            return
        kept = await _keep(desk, task, text, stands)
        if kept is None:
            return
        stands, text = kept


async def _keep(desk: Desk, task: int, text: str, stands: str) -> tuple[str, str] | None:
    """Keep notes; give what stands and what is to be edited where they are edited again."""
    from ka2tui.tui.dialogs.both import BETWEEN, Both

    while True:
        outcome = await desk.do(tasks.edit, task, {"notes": text}, {"notes": stands or None})
        if outcome is None:
            desk.copy_to_clipboard(text)
            desk.tell("What you wrote is in the clipboard.", severity="warning", timeout=12)
            return None
        if not outcome.value:
            return None
        theirs = str(outcome.value[0].theirs or "")
        chosen = await desk.push_screen_wait(Both("Notes changed meanwhile", theirs, text))
        if chosen == "both":
            return theirs, f"{theirs}{BETWEEN}{text}"
        if chosen != "mine":
            return None
        stands = theirs


async def _in_form(desk: Desk, seen: TaskDetails) -> None:
    """Let notes be edited in the app itself."""
    from ka2tui.tui.dialogs.form import Field, Form

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(tasks.edit, seen.row.id, filled.changed, filled.based_on)

    heading = f"Notes of {plain.cut(plain.line(seen.row.title), 50)}"
    field = Field("notes", "Notes", "long", seen.notes)
    desk.tell(editor.HOW)
    await desk.push_screen_wait(Form(heading, [field], save=save))


def _file_name(seen: TaskDetails) -> str:
    """Give a file a name that tells which task it is of, in letters that every system takes."""
    said = re.sub(r"[^A-Za-z0-9.]+", "-", seen.row.code or seen.row.title).strip("-.")
    return f"notes-{said[:40] or seen.row.id}.md"
