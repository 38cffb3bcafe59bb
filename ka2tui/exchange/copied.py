"""What a list is when it is copied: the columns that a spreadsheet gets, by the list's noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DUE = (("Code", "code"), ("Title", "title"), ("State", "state"), ("Due", "due"))

COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "task": (
        *_DUE,
        ("Priority", "priority"),
        ("Assignee", "assignee"),
        ("Work package", "work_unit"),
        ("Tags", "tags"),
        ("Repeat", "recurrence"),
        ("Finished", "finished_on"),
    ),
    "today": (
        ("Kind", "kind"),
        *_DUE,
        ("Priority", "priority"),
        ("Assignee", "assignee"),
        ("Work package", "work_unit"),
        ("Tags", "tags"),
        ("Waiting since", "waiting_since"),
        ("Project", "project"),
    ),
    "meeting": (
        ("Code", "code"),
        ("Title", "title"),
        ("Type", "kind"),
        ("Date", "day"),
        ("End", "end_day"),
        ("Time", "starts_at"),
        ("Time zone", "zone"),
        ("Mode", "mode"),
        ("Place", "place"),
        ("City", "city"),
        ("Country", "country"),
        ("Host", "host"),
        ("Work package", "work_unit"),
        ("State", "state"),
        ("Participants", "stated"),
        ("Minutes sent", "minutes_sent_on"),
        ("Decisions", "decisions"),
        ("Open actions", "open_actions"),
    ),
    "payment": (
        ("Title", "title"),
        ("Type", "kind"),
        ("Partner", "partner"),
        ("Due", "due"),
        ("Amount", "amount_cents"),
        ("Paid on", "paid_on"),
        ("Amount paid", "paid_cents"),
        ("Condition", "condition"),
        ("State", "state"),
    ),
    "cost": (
        ("Cost category", "kind"),
        ("Description", "title"),
        ("Work package", "work_unit"),
        ("Partner", "partner"),
        ("Quarter", "quarter"),
        ("Planned amount", "all_planned_cents"),
        ("Used", "all_used_cents"),
    ),
    "journey": (
        ("Journey", "title"),
        ("Meeting", "meeting"),
        ("Partner", "partner"),
        ("Day", "day"),
        ("Travellers", "people"),
        ("Kilometres", "distance_km"),
        ("Green travel", "green"),
        ("Planned amount", "amount_cents"),
        ("Used", "used_cents"),
    ),
    "history": (
        ("When", "at"),
        ("Who", "actor"),
        ("What", "label"),
        ("Kind", "kind"),
        ("Project", "project"),
        ("Records", "records"),
    ),
    "checklist": (
        ("Checklist", "row.title"),
        ("Phase", "row.phase"),
        ("Items", "row.items"),
        ("Last", "row.last.day"),
        ("By", "row.last.assessor"),
        ("Own estimate", "row.last.score.total"),
    ),
    "partner": (
        ("Acronym", "acronym"),
        ("Name", "name"),
        ("Country", "country"),
        ("City", "city"),
        ("Role", "role"),
        ("OID", "oid"),
        ("PIC", "pic"),
        ("Time zone", "zone"),
        ("Agreement", "agreement_state"),
        ("Leads", "leads"),
        ("Open tasks", "open_tasks"),
        ("Late", "late"),
        ("Coming", "coming"),
        ("Papers missing", "papers_missing"),
        ("Days silent", "silent_days"),
        ("Left", "left_on"),
    ),
    "contact": (
        ("Name", "name"),
        ("Partner", "partner"),
        ("Organisation", "organisation"),
        ("Role", "role"),
        ("Email", "email"),
        ("Phone", "phone"),
        ("Language", "language"),
    ),
    "wp": (
        ("Code", "code"),
        ("Title", "title"),
        ("Type", "kind"),
        ("Lead", "lead"),
        ("Start month", "start_month"),
        ("End month", "end_month"),
        ("Amount", "amount_cents"),
        ("State", "state"),
        ("Percent", "percent"),
    ),
    "plan": (
        ("Kind", "kind"),
        ("Code", "code"),
        ("Title", "title"),
        ("Lead", "lead"),
        ("Work package", "work_unit"),
        ("Start month", "start_month"),
        ("End month", "end_month"),
        ("Due", "due"),
        ("State", "state"),
        ("Done", "done"),
        ("Amount", "amount_cents"),
        ("Place", "place"),
        ("Expected participants", "participants"),
    ),
    "deliverable": (
        *_DUE,
        ("Lead", "lead"),
        ("Work package", "work_unit"),
        ("Review", "review_due"),
        ("Delivered", "delivered_on"),
    ),
    "milestone": (
        ("Code", "code"),
        ("Title", "title"),
        ("Due", "due"),
        ("Work package", "work_unit"),
        ("Reached", "reached_on"),
        ("Verification", "verification"),
    ),
    "participant": (
        ("Event", "event"),
        ("Participant", "name"),
        ("Organisation", "organisation"),
        ("Country", "country"),
        ("Profile", "profile"),
        ("Fewer opportunities", "fewer_opportunities"),
        ("Online", "online"),
        ("Role in event", "role"),
        ("Certificate", "certificate"),
        ("Day", "day"),
        ("Notes", "notes"),
    ),
    "indicator": (
        ("Code", "code"),
        ("Indicator", "title"),
        ("WP", "work_unit"),
        ("Lead", "lead"),
        ("Unit", "unit"),
        ("Baseline", "baseline"),
        ("Target", "target"),
        ("Actual", "value"),
        ("Measured on", "measured_on"),
        ("Percent of the way", "way"),
        ("Stands", "state"),
        ("Term", "term"),
        ("Source", "source"),
        ("Due", "due"),
    ),
    "dissemination": (
        ("Dissemination activity", "title"),
        ("Kind", "sort"),
        ("Status", "state"),
        ("Date", "day"),
        ("End date", "end_day"),
        ("Partner", "partner"),
        ("WP", "work_unit"),
        ("Deliverable", "deliverable"),
        ("Target audience", "audience"),
        ("Reach", "reach"),
        ("Language", "language"),
        ("Place", "place"),
        ("Link", "link"),
        ("EU emblem", "emblem"),
        ("Disclaimer", "disclaimer"),
    ),
    "result": (
        ("Code", "code"),
        ("Title", "title"),
        ("Due", "due"),
        ("State", "state"),
        ("On the results platform", "platform"),
        ("Since", "since"),
        ("Link", "link"),
    ),
    "project": (
        ("Acronym", "acronym"),
        ("Title", "title"),
        ("Action", "action"),
        ("Agreement", "agreement"),
        ("Start", "start"),
        ("End", "end"),
        ("Phase", "phase"),
        ("Outcome", "outcome"),
        ("Done", "done"),
        ("Open", "open"),
        ("Late", "late"),
        ("Next deadline", "next_date.day"),
        ("Partners", "partners"),
        ("Grant", "grant_cents"),
        ("Currency", "currency"),
    ),
}
"""Of each list the headings and what of a row stands under them."""

PASTED: dict[str, tuple[str, ...]] = {
    "task": ("task",),
    "today": ("task",),
    "meeting": ("meeting",),
    "partner": ("partner", "contact"),
    "contact": ("contact",),
    "wp": ("work_unit", "deliverable", "milestone"),
    "plan": ("work_unit", "deliverable", "milestone"),
    "deliverable": ("deliverable",),
    "milestone": ("milestone",),
    "participant": ("participant",),
    "indicator": ("indicator",),
    "risk": ("risk",),
    "log": ("log_entry",),
    "dissemination": ("dissemination",),
    "letter": ("letter",),
    "payment": ("payment",),
}
"""What rows that are pasted on a list can be."""


def of(noun: str, rows: Iterable[Any]) -> tuple[list[str], list[list[object]]] | None:
    """Give the headings and the cells of rows; a column without anything in it is left out.

    None where rows of this list have no columns here.
    """
    columns = COLUMNS.get(noun)
    if columns is None:
        return None
    found = [[_value(row, path) for _, path in columns] for row in rows]
    kept = [
        at
        for at, (title, _) in enumerate(columns)
        if title in {"Title", "Due"} or any(row[at] not in (None, "", ()) for row in found)
    ]
    if not any(any(value not in (None, "") for value in row) for row in found):
        return None
    return [columns[at][0] for at in kept], [[row[at] for at in kept] for row in found]


def _value(row: Any, path: str) -> object:
    value = row
    for name in path.split("."):
        value = getattr(value, name, None)
    if value is None:
        return None
    if path.endswith("_cents"):
        return _amount(value)
    if path == "starts_at":
        return _clock(row, value)
    if path == "at":
        return value.astimezone()
    return value


def _amount(cents: int) -> object:
    """Give an amount as a plain number."""
    return cents // 100 if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02}"


def _clock(row: Any, starts: Any) -> str:
    """Give the time of a day where it is held."""
    from ka2tui.domain import instants

    zone = getattr(row, "zone", None)
    local = instants.local(starts, zone) if zone else starts
    return f"{local:%H:%M}"


def cells(
    titles: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[list[object]]]:
    """Give rows as a table shows them, without columns that hold nothing."""
    kept = [at for at in range(len(titles)) if any(row[at].strip() for row in rows)]
    named = [titles[at] or f"column {at + 1}" for at in kept]
    return named, [[row[at].strip() for at in kept] for row in rows]
