"""What can be asked of each list, and the filters that each has from the beginning.

Rows are whatever a list shows; only the names of what they have are known here.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from ka2tui.domain.known_names import Known
from ka2tui.domain.list_flags import Marks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ka2tui.domain.vocabulary import Vocabulary


def _of(place: str) -> Callable[[Known, date, Marks | None], Vocabulary]:
    """Name what makes a vocabulary; a page, or a command, loads that of its own list alone."""
    module, name = place.split(":")

    def made(known: Known, today: date, marks: Marks | None) -> Vocabulary:
        make = getattr(import_module(f"ka2tui.domain.{module}"), name)
        vocabulary: Vocabulary = make(known, today, marks)
        return vocabulary

    return made


LISTS: Mapping[str, Callable[[Known, date, Marks | None], Vocabulary]] = {
    "task": _of("task_lists:tasks"),
    "today": _of("task_lists:items"),
    "meeting": _of("people_lists:meetings"),
    "history": _of("watch_lists:history"),
    "checklist": _of("watch_lists:checklists"),
    "partner": _of("people_lists:partners"),
    "contact": _of("people_lists:contacts"),
    "wp": _of("plan_lists:work_units"),
    "plan": _of("plan_lists:plan"),
    "deliverable": _of("plan_lists:deliverables"),
    "milestone": _of("plan_lists:milestones"),
    "participant": _of("people_lists:participants"),
    "proof": _of("reach_lists:proofs"),
    "asked": _of("reach_lists:asked"),
    "payment": _of("money_lists:payments"),
    "cost": _of("money_lists:costs"),
    "journey": _of("money_lists:journeys"),
    "project": _of("plan_lists:projects"),
    "departure": _of("plan_lists:departures"),
    "register": _of("watch_lists:register"),
    "letter": _of("watch_lists:letters"),
    "indicator": _of("reach_lists:indicators"),
    "dissemination": _of("reach_lists:dissemination"),
    "result": _of("reach_lists:results"),
    "candidate": _of("people_lists:candidates"),
    "aim": _of("plan_lists:aims"),
    "problem": _of("watch_lists:problems"),
    "rule": _of("watch_lists:rules"),
}
"""What can be asked of each list, by the noun of the list."""

OWN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "task": (("Late", "is:late"), ("Next 14 days", "due:today..+14d"), ("Waiting", "is:waiting")),
    "meeting": (("To come", "is:coming"), ("No minutes", "is:past minutes:none not is:cancelled")),
    "deliverable": (("Late", "is:late"), ("Open", "is:open")),
    "plan": (("Open", "is:open"), ("Late", "is:late"), ("In review", "state:review")),
    "payment": (("Now", "is:now"), ("Open", "is:open"), ("Paid", "is:paid")),
    "cost": (("More than planned", "is:exceeding"),),
    "partner": (("Late", "is:late"), ("Silent", "is:silent"), ("Papers", "papers>0")),
    "participant": (
        *(("Fewer opportunities", "is:fewer"), ("Online", "is:online")),
        *(("No certificate", "not is:certified"), ("Perhaps the same", "is:doubtful")),
    ),
    "register": (
        *(("Risks", "kind:risk"), ("Issues", "kind:issue"), ("Decisions", "kind:decision")),
        ("Changes", "kind:change"),
    ),
    "letter": (("To answer", "is:owed"), ("Awaited", "is:awaited")),
    "candidate": (
        *(("To be asked", "state:to_ask not is:partner"), ("No answer", "is:silent")),
        *(("Agreed", "state:agreed not is:partner"), ("Helps to the minimum", "is:helps")),
    ),
    "aim": (("Gaps", "is:broken"), ("Needs", "kind:need"), ("Objectives", "kind:objective")),
    "proof": (("Changed or missing", "is:broken"), ("Attached to nothing", "is:loose")),
    "asked": (("Missing", "is:missing"), ("Late", "is:late"), ("Files", "is:broken")),
    "indicator": (("Behind", "is:behind"), ("Reached", "is:reached"), ("Lacking", "is:lacking")),
    "dissemination": (
        *(("Planned", "is:planned"), ("Late", "is:late"), ("Done", "is:done")),
        ("Something missing", "is:lacking"),
    ),
    "problem": (
        *(("Errors", "is:error"), ("Warnings", "is:warning"), ("Hints", "is:hint")),
        *(("Good practice", "is:practice"), ("Set aside", "is:aside")),
    ),
    "rule": (("Your agreement", "is:own"), ("Not confirmed", "is:unconfirmed")),
    "result": (("Not there yet", "is:missing"), ("Drafts", "platform:draft")),
    "departure": (("To be explained", "is:unexplained"), ("Waiting", "is:waiting")),
}
"""Filters of ours for some lists: name and text."""
