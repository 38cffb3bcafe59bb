"""The tables that an import fills: their order, their keys, and what they cannot hold."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import UniqueConstraint

from ka2tui.store.records import Record

ORDER = (
    *("priority", "phase", "phase_step", "saved_filter", "partner", "partner_paper"),
    *("contact", "message", "work_unit", "share"),
    *("deliverable", "milestone", "meeting", "agenda_item", "head_count", "attendance"),
    *("participant", "outcome", "assessment", "answer", "indicator", "measurement"),
    *("risk", "log_entry", "dissemination", "letter", "payment", "cost", "journey"),
    *("task", "tag", "task_link", "proof", "proof_use", "proof_waiver"),
    *("approved_fact", "departure", "rule_value", "set_aside", "own_score", "reduction_band"),
    *("aim", "aim_link", "candidate"),
)
"""The tables of a project, each after those it refers to."""


TABLES: dict[str, type[Any]] = {
    name: record for name, record in Record.by_table.items() if name in {*ORDER, "project"}
}


KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "priority": (("name",),),
    "phase": (("kind",),),
    "phase_step": (("phase_id", "code"), ("phase_id", "title")),
    "partner": (("acronym",), ("oid",), ("pic",), ("name",)),
    "partner_paper": (("partner_id", "kind"),),
    "contact": (("partner_id", "email"), ("partner_id", "name"), ("name",)),
    "message": (("partner_id", "day", "direction", "text"),),
    "saved_filter": (("list", "name"),),
    "work_unit": (("code",),),
    "share": (("work_unit_id", "partner_id"),),
    "deliverable": (("code",),),
    "milestone": (("code",),),
    "meeting": (("code",), ("title", "day"), ("title", "month"), ("title",)),
    "agenda_item": (("meeting_id", "position"), ("meeting_id", "title")),
    "head_count": (("meeting_id", "partner_id", "organisation", "country", "profile"),),
    "attendance": (("meeting_id", "contact_id", "day"),),
    "outcome": (("meeting_id", "kind", "text"),),
    "assessment": (("checklist", "assessor", "day"),),
    "answer": (("assessment_id", "code"),),
    "task": (("code",), ("title", "work_unit_id")),
    "tag": (("task_id", "name"),),
    "task_link": (("task_id", "needs_id"),),
    "participant": (("meeting_id", "name", "partner_id", "day"),),
    "indicator": (("code",), ("title",)),
    "measurement": (("indicator_id", "day", "source"),),
    "risk": (("code",), ("title",)),
    "log_entry": (("code",), ("kind", "title")),
    "dissemination": (("title", "day", "partner_id"),),
    "letter": (("day", "direction", "subject"),),
    "payment": (("kind", "title", "partner_id"),),
    "cost": (
        ("kind", "work_unit_id", "partner_id", "title", "staff_category", "quarter", "meeting_id"),
    ),
    "journey": (("meeting_id", "partner_id", "title", "day"),),
    "proof": (("path",), ("url",), ("title", "day")),
    "proof_use": (("proof_id", "about", "about_uid"),),
    "proof_waiver": (("about", "about_uid", "sort"),),
    "approved_fact": (("about", "about_uid", "field"),),
    "departure": (("about", "about_uid", "field"),),
    "rule_value": (("key",),),
    "set_aside": (("number", "about", "about_uid"),),
    "own_score": (("judged", "about", "about_uid"),),
    "reduction_band": (("below",),),
    "aim": (("code",), ("kind", "text")),
    "aim_link": (("aim_id", "about", "about_uid"),),
    "candidate": (("oid",), ("pic",), ("name",)),
}


WITH_GAPS = {"head_count", "attendance", "task", "contact", "message", "participant"} | {
    *("measurement", "dissemination", "payment", "cost", "journey", "proof")
}
"""Kinds whose key may hold nothing in a place."""


MERGING = {"share", "tag", "task_link", "contact", "attendance", "priority"}
"""Kinds that several rows may name; together they make one record."""


PAIRS = {
    "project": (("start", "end"),),
    "phase": (("planned_start", "planned_end"), ("actual_start", "actual_end")),
    "work_unit": (("start_month", "end_month"), ("start", "end")),
    "meeting": (("day", "end_day"),),
    "dissemination": (("day", "end_day"),),
}


RANGES: dict[str, dict[str, tuple[int, int | None]]] = {
    "project": {"months": (1, 120), "grant_cents": (0, None)},
    "partner": {
        "day_start_minute": (0, 1440),
        "day_end_minute": (0, 1440),
        "applications": (0, None),
    },
    "work_unit": {
        "start_month": (1, 120),
        "end_month": (1, 120),
        "amount_cents": (0, None),
        "percent": (0, 100),
        "expected_participants": (0, None),
        "reported_participants": (0, None),
    },
    "share": {"amount_cents": (0, None)},
    "task": {"effort_minutes": (0, None), "due_month": (1, 120)},
    "deliverable": {"due_month": (1, 120)},
    "milestone": {"due_month": (1, 120)},
    "meeting": {
        "minutes_long": (1, None),
        "participants": (0, None),
        "expected_participants": (0, None),
        "month": (1, 120),
    },
    "agenda_item": {"minutes_planned": (0, None)},
    "head_count": {"people": (0, None), "fewer_opportunities": (0, None)},
    "answer": {"score": (0, 4), "weight": (1, 3)},
    "indicator": {"due_month": (1, 120)},
    "risk": {"likelihood": (1, 5), "impact": (1, 5)},
    "log_entry": {"urgency": (1, 5), "impact": (1, 5), "size": (1, 5)},
    "dissemination": {"day_month": (1, 120), "reach": (0, None)},
    "payment": {"due_month": (1, 120), "amount_cents": (0, None), "paid_cents": (0, None)},
    "cost": {
        "planned_hundredths": (0, None),
        "used_hundredths": (0, None),
        "rate_cents": (0, None),
        "planned_cents": (0, None),
        "used_cents": (0, None),
    },
    "journey": {
        "people": (1, None),
        "distance_km": (0, None),
        "amount_cents": (0, None),
        "used_cents": (0, None),
    },
    "proof": {"size_bytes": (0, None)},
    "set_aside": {"number": (1, None)},
    "own_score": {"score": (0, 100), "refused_percent": (0, 100)},
    "reduction_band": {"below": (1, 100), "percent": (0, 100)},
}


_WORDS = {
    "work_unit": "work package or activity",
    "agenda_item": "agenda item",
    "head_count": "head count",
    "phase_step": "step",
    "task_link": "dependency",
    "log_entry": "line of the log",
    "dissemination": "act of dissemination",
    "proof_use": "use of a proof",
    "proof_waiver": "proof that is not needed",
    "approved_fact": "approved fact",
    "rule_value": "own value of a rule",
    "set_aside": "finding set aside",
    "own_score": "own score",
    "reduction_band": "line of the table of reductions",
    "aim": "need or objective",
    "aim_link": "link of a need or objective",
    "candidate": "possible partner",
    "_lead": "lead",
}


def word_for(kind: str) -> str:
    """Give the word people use for a row of a table."""
    return _WORDS.get(kind, kind.replace("_", " "))


@cache
def within(kind: str) -> str | None:
    """Name the field by which a row refers to another one of its own table."""
    own = Record.metadata.tables[kind]
    return next((key.parent.name for key in own.foreign_keys if key.column.table is own), None)


@cache
def required(kind: str) -> tuple[str, ...]:
    """List what a table must hold and nothing else fills in."""
    return tuple(
        column.name
        for column in Record.metadata.tables[kind].c
        if not column.nullable
        and column.default is None
        and column.name not in {"id", "project_id"}
    )


@cache
def unique(kind: str) -> tuple[tuple[str, ...], ...]:
    """List the fields of which a table holds each combination once."""
    return tuple(
        tuple(column.name for column in constraint.columns)
        for constraint in Record.metadata.tables[kind].constraints
        if isinstance(constraint, UniqueConstraint)
    )
