"""What can be asked of each list, and the filters that each has from the beginning.

Rows are whatever a list shows; only the names of what they have are known here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ka2tui.domain.known_names import Known
from ka2tui.domain.list_flags import Marks
from ka2tui.domain.money_lists import costs, journeys, payments
from ka2tui.domain.people_lists import candidates, contacts, meetings, participants, partners
from ka2tui.domain.plan_lists import (
    aims,
    deliverables,
    departures,
    milestones,
    plan,
    projects,
    work_units,
)
from ka2tui.domain.reach_lists import asked, dissemination, indicators, proofs, results
from ka2tui.domain.task_lists import items, tasks
from ka2tui.domain.vocabulary import Vocabulary
from ka2tui.domain.watch_lists import checklists, history, letters, problems, register, rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


LISTS: Mapping[str, Callable[[Known, date, Marks | None], Vocabulary]] = {
    "task": tasks,
    "today": items,
    "meeting": meetings,
    "history": history,
    "checklist": checklists,
    "partner": partners,
    "contact": contacts,
    "wp": work_units,
    "plan": plan,
    "deliverable": deliverables,
    "milestone": milestones,
    "participant": participants,
    "proof": proofs,
    "asked": asked,
    "payment": payments,
    "cost": costs,
    "journey": journeys,
    "project": projects,
    "departure": departures,
    "register": register,
    "letter": letters,
    "indicator": indicators,
    "dissemination": dissemination,
    "result": results,
    "candidate": candidates,
    "aim": aims,
    "problem": problems,
    "rule": rules,
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
