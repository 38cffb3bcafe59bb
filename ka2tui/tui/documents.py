"""Files that are handed out: where they go by default, and one that is named, written and told."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled


async def folder() -> Path:
    """Give the documents of whoever is logged in, else their home."""
    return await asyncio.to_thread(_folder)


def _folder() -> Path:
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return documents if documents.is_dir() else Path.home()


async def write(
    desk: Desk, title: str, name: str, make: Callable[[Path], Path], *, about: str
) -> None:
    """Ask what a file shall be called, write it, and tell where it lies.

    Args:
        desk: Where it is asked.
        title: What is written.
        name: What it is called where nobody says otherwise.
        make: Writes it, in a thread of its own; what it refuses is told in the form.
        about: Stands above the name.
    """
    from ka2tui.tui.dialogs.form import Field, Form

    async def save(filled: Filled) -> Path:
        return await asyncio.to_thread(make, Path(str(filled.values["file"])))

    usual = str(await folder() / name)
    fields = [Field("file", "File", value=usual, required=True)]
    filled = await desk.push_screen_wait(Form(title, fields, about=about, save=save))
    if filled is not None:
        desk.tell(f"Written to {filled.saved}.")
