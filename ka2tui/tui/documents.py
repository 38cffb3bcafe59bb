"""Files that are handed out: where they go by default, and one that is named, written and told."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from ka2tui.datafiles import DataFault
from ka2tui.domain.refusal import Refused

if TYPE_CHECKING:
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Filled

V_co = TypeVar("V_co", covariant=True)


class Writes(Protocol[V_co]):
    """Writes files; it is told whether they may take the place of others."""

    def __call__(self, *, replace: bool) -> V_co:
        """Write, in a thread of its own."""


class WritesTo(Protocol):
    """Writes one file to the place that was named."""

    def __call__(self, place: Path, *, replace: bool) -> Path:
        """Write, in a thread of its own; give the whole path."""


async def folder() -> Path:
    """Give the documents of whoever is logged in, else their home."""
    return await asyncio.to_thread(_folder)


def _folder() -> Path:
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return documents if documents.is_dir() else Path.home()


def _shortly(path: Path) -> str:
    """Write a path so that its end is in sight: what lies in one's home begins with ~."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home) if path.is_relative_to(home) else path)


async def put(desk: Desk, make: Writes[V_co]) -> V_co:
    """Write, over what is there only where somebody says so.

    Raises:
        Refused: It cannot be written, or shall not be.
    """
    from ka2tui.reports.saving import Exists
    from ka2tui.tui.dialogs.ask import Ask

    try:
        return await asyncio.to_thread(make, replace=False)
    except Exists as exists:
        question = Ask("Write over it?", about=str(exists), yes="write over it")
        if not await desk.push_screen_wait(question):
            raise Refused("Nothing was written: choose another name.") from None
    except DataFault as fault:
        raise Refused(str(fault)) from None
    return await asyncio.to_thread(make, replace=True)


async def write(desk: Desk, title: str, name: str, make: WritesTo, *, about: str) -> None:
    """Ask what a file shall be called, write it, and tell where it lies.

    Args:
        desk: Where it is asked.
        title: What is written.
        name: What it is called where nobody says otherwise.
        make: Writes it; what it refuses is told in the form.
        about: Stands above the name.
    """
    from ka2tui.tui.dialogs.form import Field, Form

    async def save(filled: Filled) -> Path:
        place = Path(str(filled.values["file"]).strip().strip("\"'"))  # as people paste it
        return await put(desk, partial(make, place))

    usual = _shortly(await folder() / name)
    fields = [Field("file", "File", value=usual, required=True)]
    filled = await desk.push_screen_wait(Form(title, fields, about=about, save=save))
    if filled is not None:
        desk.tell(f"Written to {filled.saved}.")
