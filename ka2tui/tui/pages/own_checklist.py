"""Beginning a checklist of one's own from one that is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled


async def begin(desk: Desk, checklist: str, title: str) -> bool:
    """Ask for a name and copy a checklist into the user's folder; say whether that was done.

    Args:
        desk: The app.
        checklist: The id of the one that is copied.
        title: What that one is called.
    """
    from ka2tui.domain import checklist_files
    from ka2tui.tui.dialogs.form import Field, Form

    folder = desk.settings.data or _usual(desk)
    if folder is None:
        desk.tell("There is no place for settings here: set data to a folder first.")
        return False

    async def save(filled: Filled) -> Path:
        return await asyncio.to_thread(
            checklist_files.copy,
            checklist,
            folder,
            name=filled.values["name"],
            title=filled.values["title"],
        )

    form = Form(
        f"Your own checklist, from: {title}",
        [
            Field("title", "Title", value=f"{title}, our own", required=True),
            Field(
                *("name", "Short name", "text", f"own_{checklist}"),
                required=True,
                hint="small letters, digits and _",
            ),
        ],
        save=save,
    )
    filled = await desk.push_screen_wait(form)
    if filled is None:
        return False
    if desk.settings.data is None:
        await desk.keep_settings(data=folder)
    desk.tell(f"Change it in any editor: {filled.saved}")
    return True


def _usual(desk: Desk) -> Path | None:
    """Give the folder that is made for what is one's own: beside the settings, if they are kept."""
    path = desk.settings.path
    return None if path is None else path.parent / "data"
