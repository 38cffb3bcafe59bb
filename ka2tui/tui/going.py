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
}
"""The page that has a table in its list."""

_OF_THE_WORK = {
    "proof": "proofs",
    "participant": "participants",
    "indicator": "indicators",
    "measurement": "indicators",
    "risk": "register",
    "log_entry": "register",
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
"""Likewise; a record whose page is not there is shown by its history."""


def go(desk: Desk, entry: Entry) -> None:
    """Go to a record: a page then stands on it, or one of its own is opened at it."""
    owner = entry.owner[1] if entry.owner else None
    if entry.table in _PAGES:
        desk.open_record(_PAGES[entry.table], entry.id)
    elif entry.table in ("work_unit", "deliverable", "milestone"):
        from ka2tui.domain.kinds import PlanKind
        from ka2tui.domain.work_plan import plan_key

        desk.open_record("work_plan", plan_key(PlanKind(entry.kind), entry.id))
    elif entry.table in ("meeting", "agenda_item", "outcome"):
        from ka2tui.tui.pages.meeting import MeetingPage

        at = None if entry.table == "meeting" else (entry.table, entry.id)
        meeting = entry.id if owner is None else owner
        if isinstance(desk.screen, MeetingPage) and desk.screen.meeting == meeting:
            desk.screen.stand_on(at)
        else:
            desk.push_screen(MeetingPage(meeting, at))
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
    elif entry.table in _OF_THE_WORK:
        _go_to_work(desk, entry)
    elif owner is not None:
        desk.open_record("partners", owner)


def _go_to_work(desk: Desk, entry: Entry) -> None:
    """Go to what shows, counts or pays for the work."""
    page = _OF_THE_WORK[entry.table]
    record = entry.owner[1] if entry.table == "measurement" and entry.owner else entry.id
    if page == "register":
        from ka2tui.domain.register import key

        record = key(entry.table, entry.id)
    if page in desk.MODES:
        desk.open_record(page, record)
    elif entry.table == "participant" and entry.owner:
        from ka2tui.tui.pages.meeting import MeetingPage

        desk.push_screen(MeetingPage(entry.owner[1], None))
    else:
        desk.open_history(entry.table, entry.id, entry.title)
