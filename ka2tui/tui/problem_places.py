"""Where a finding of the checks is shown: its page, standing on its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ka2tui.tui import going

if TYPE_CHECKING:
    from ka2tui.tui.desk import Desk

OVER = frozenset({"papers", "platform"})
"""Pages that stand over another one and are left with q."""


def go(desk: Desk, page: str, about: str, record: int | None) -> None:
    """Go where a finding is mended.

    Args:
        desk: The app.
        page: As the list of checks names it.
        about: The table of the record it is about.
        record: Its id; None for the whole project, or where the page is enough.
    """
    if page in OVER:
        _go_over(desk, page, about, record)
        return
    at = None if record is None else place(page, about, record)
    if at is None:
        desk.action_go(page)
    else:
        desk.open_record(page, at)


def place(page: str, about: str, record: int) -> int | None:
    """Give the number by which a page knows a record; None where it has no row of its own."""
    if page == "application":
        from ka2tui.domain.application import row_number

        number = row_number(about, record)
        return None if number is None else -number
    if page == "participants":
        return -record if about == "meeting" else None
    if page == "asked":
        return record if about == "meeting" else None
    found = going.place(about, record)
    return found[1] if found is not None and found[0] == page else None


def _go_over(desk: Desk, page: str, about: str, record: int | None) -> None:
    if page == "papers":
        from ka2tui.tui.pages.papers import PapersPage

        desk.push_screen(PapersPage(record if about == "partner" else None))
        return
    from ka2tui.tui.pages.platform import PlatformPage

    if record is not None and about == "deliverable":
        desk.wanted_records[PlatformPage.MODE] = record
    desk.push_screen(PlatformPage())
