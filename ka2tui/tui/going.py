"""Where each kind of record is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ka2tui.domain.search import Entry
    from ka2tui.tui.desk import Desk

_PAGES = {
    "project": "projects",
    "partner": "partners",
    "task": "tasks",
    "phase": "lifecycle",
    "meeting": "meetings",
    "proof": "proofs",
    "participant": "participants",
    "indicator": "indicators",
    "dissemination": "dissemination",
    "letter": "letters",
    "departure": "application",
    "approved_fact": "application",
    "payment": "payments",
    "cost": "costs",
    "journey": "journeys",
    "candidate": "candidates",
    "aim": "goal",
    "own_score": "score",
}
"""The page that has the records of a table in its list, by their ids."""


def place(table: str, record: int) -> tuple[str, int] | None:
    """Give the page that lists a record, and the number it is known by there."""
    if table in ("work_unit", "deliverable", "milestone"):
        from ka2tui.domain.work_plan import table_key

        return "work_plan", table_key(table, record)
    if table in ("risk", "log_entry"):
        from ka2tui.domain.register import key

        return "register", key(table, record)
    page = _PAGES.get(table)
    return None if page is None else (page, record)


def to(desk: Desk, table: str, record: int) -> bool:
    """Go to a record; False where its table does not tell where it is shown."""
    if table == "meeting":
        _to_meeting(desk, record)
        return True
    found = place(table, record)
    if found is not None:
        desk.open_record(*found)
    return found is not None


def go(desk: Desk, entry: Entry) -> None:
    """Go to a record, or to what it is a part of: a page then stands on it, or is opened at it."""
    owner = entry.owner[1] if entry.owner else None
    if entry.table in ("agenda_item", "outcome"):
        _to_meeting(desk, entry.id if owner is None else owner, (entry.table, entry.id))
    elif entry.table in ("assessment", "answer"):
        from ka2tui.tui.pages.assessment import AssessmentPage

        item = None if owner is None else entry.id
        assessment = entry.id if owner is None else owner
        if isinstance(desk.screen, AssessmentPage) and desk.screen.assessment == assessment:
            desk.screen.stand_on(item)
        else:
            desk.push_screen(AssessmentPage(assessment, item))
    elif entry.table == "contact":
        from ka2tui.tui.pages.people import PeoplePage

        desk.push_screen(PeoplePage(person=entry.id))
    elif entry.table == "partner_paper":
        from ka2tui.tui.pages.papers import PapersPage

        desk.push_screen(PapersPage(owner, entry.title))
    elif entry.table == "measurement":
        desk.open_record("indicators", entry.id if owner is None else owner)
    elif not to(desk, entry.table, entry.id) and owner is not None:
        desk.open_record("partners", owner)


def _to_meeting(desk: Desk, meeting: int, at: tuple[str, int] | None = None) -> None:
    """Open a meeting, at a point of its agenda or a line of its minutes."""
    from ka2tui.tui.pages.meeting import MeetingPage

    if isinstance(desk.screen, MeetingPage) and desk.screen.meeting == meeting:
        desk.screen.stand_on(at)
    else:
        desk.push_screen(MeetingPage(meeting, at))
