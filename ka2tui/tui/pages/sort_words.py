"""What an organisation is, in words: the sorts of the user's own file among ours."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Option


async def to_choose(desk: Desk, now: str | None, nothing: str) -> list[Option]:
    """Give the sorts to choose from.

    Args:
        desk: The app.
        now: What is entered; it can be chosen although its file has it no more.
        nothing: What stands where none is entered.
    """
    from ka2tui.domain import organisation_sorts
    from ka2tui.tui.dialogs.form import Option

    known = await asyncio.to_thread(organisation_sorts.load, desk.settings.data)
    given = [Option(it.id, it.title) for it in known.values()]
    gone = [Option(now, now)] if now and now not in known else []
    return [Option(None, nothing), *given, *gone]


async def said(desk: Desk, sort: str | None) -> str:
    """Give the title of a sort."""
    from ka2tui.domain import organisation_sorts

    return await asyncio.to_thread(organisation_sorts.say, sort, desk.settings.data)
