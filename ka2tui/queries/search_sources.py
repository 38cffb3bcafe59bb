"""What of each kind of record is searched: its words, and what it is shown as."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ka2tui.domain.kinds import CandidateState, DisseminationState, MeetingState, RiskState
from ka2tui.frozen import frozen
from ka2tui.store import records as r

if TYPE_CHECKING:
    from sqlalchemy import Row

_TITLE = 80
"""Letters of a message that stand for its title."""


@frozen
class Source:
    """A table that is searched: what is read of it, and what that makes."""

    table: type[Any]
    texts: tuple[str, ...]
    """Columns whose words are looked for as they stand."""
    others: tuple[str, ...]
    """Columns of which the rest of an entry is made."""
    make: Callable[[Row[Any]], dict[str, Any]]
    """Gives what an entry has beside table, id, project and those texts."""


def _below(table: str, record: int | None) -> tuple[str, int] | None:
    """Name what a record belongs to, where it belongs to anything."""
    return None if record is None else (table, record)


def _project(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "project", "code": row.acronym, "title": row.title}


def _partner(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "partner",
        "code": row.acronym or "",
        "title": row.name,
        "over": row.left_on is not None,
        "state": row.role.word,
    }


def _contact(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "contact", "title": row.name, "owner": _below("partner", row.partner_id)}


def _work_unit(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "code": row.code,
        "title": row.title,
        "over": row.state.closed,
        "state": row.state.word,
        "owner": _below("work_unit", row.parent_id),
    }


def _planned(row: Row[Any]) -> dict[str, Any]:
    """Give what tasks, deliverables and milestones have in common."""
    return {
        "code": row.code or "",
        "title": row.title,
        "day": row.due,
        "owner": _below("work_unit", row.work_unit_id),
    }


def _deliverable(row: Row[Any]) -> dict[str, Any]:
    given = {"kind": "deliverable", "over": row.state.done, "state": row.state.word}
    return _planned(row) | given


def _milestone(row: Row[Any]) -> dict[str, Any]:
    reached = row.reached_on is not None
    state = "reached" if reached else "planned"
    return _planned(row) | {"kind": "milestone", "over": reached, "state": state}


def _task(row: Row[Any]) -> dict[str, Any]:
    given = {"kind": "task", "over": row.state.closed, "state": row.state.word}
    return _planned(row) | given


def _meeting(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "meeting",
        "code": row.code or "",
        "title": row.title,
        "over": row.state is not MeetingState.PLANNED,
        "day": row.day,
        "state": row.state.word,
    }


def _agenda_item(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "agenda_item", "title": row.title, "owner": ("meeting", row.meeting_id)}


def _outcome(row: Row[Any]) -> dict[str, Any]:
    return {"kind": row.kind.value, "title": row.text, "owner": ("meeting", row.meeting_id)}


def _assessment(row: Row[Any]) -> dict[str, Any]:
    state = row.state.word
    return {"kind": "assessment", "title": row.title, "day": row.day, "state": state}


def _answer(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "checklist_item",
        "code": row.code,
        "title": row.text,
        "state": _score(row),
        "owner": ("assessment", row.assessment_id),
    }


def _score(row: Row[Any]) -> str:
    if not row.applies:
        return "not applicable"
    return "not answered" if row.score is None else f"{row.score} of 4"


def _message(row: Row[Any]) -> dict[str, Any]:
    text = row.text or ""
    first = next(iter(text.splitlines()), "")
    title = first if len(first) <= _TITLE else first[: _TITLE - 1].rstrip() + "…"
    return {
        "kind": "message",
        "title": title,
        "body": {"text": text} if title != text else {},
        "day": row.day,
        "state": f"{row.channel.word} {row.direction.word}",
        "owner": _below("partner", row.partner_id),
    }


def _paper(row: Row[Any]) -> dict[str, Any]:
    """Make of the state of a paper all but its title, which is looked up once for all of them."""
    return {
        "kind": "paper",
        "title": row.kind,
        "state": row.state.word,
        "owner": ("partner", row.partner_id),
    }


def _phase(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "phase", "title": row.kind.word, "state": row.state.word}


def _proof(row: Row[Any]) -> dict[str, Any]:
    state = f"{row.kind.word}, {row.state.word}"
    return {"kind": "proof", "title": row.title, "day": row.day, "state": state}


def _participant(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "participant", "title": row.name, "owner": ("meeting", row.meeting_id)}


def _indicator(row: Row[Any]) -> dict[str, Any]:
    return _planned(row) | {"kind": "indicator"}


def _measurement(row: Row[Any]) -> dict[str, Any]:
    owner = ("indicator", row.indicator_id)
    return {"kind": "measurement", "title": row.value, "day": row.day, "owner": owner}


def _risk(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "risk",
        "code": row.code or "",
        "title": row.title,
        "over": row.state is RiskState.CLOSED,
        "day": row.review_on,
        "state": row.state.word,
        "owner": _below("work_unit", row.work_unit_id),
    }


def _log_entry(row: Row[Any]) -> dict[str, Any]:
    given = {"kind": row.kind.value, "over": row.state.closed, "state": row.state.word}
    return _planned(row) | given


def _dissemination(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "dissemination",
        "title": row.title,
        "over": row.state is not DisseminationState.PLANNED,
        "day": row.day,
        "state": row.state.word,
        "owner": _below("work_unit", row.work_unit_id),
    }


def _letter(row: Row[Any]) -> dict[str, Any]:
    state = f"{row.channel.word} {row.direction.word}"
    return {"kind": "letter", "title": row.subject, "day": row.day, "state": state}


def _aim(row: Row[Any]) -> dict[str, Any]:
    return {"kind": row.kind.value, "code": row.code or "", "title": row.text}


def _candidate(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "candidate",
        "code": row.acronym or "",
        "title": row.name,
        "over": row.state is CandidateState.DECLINED,
        "state": row.state.word,
        "owner": _below("partner", row.partner_id),
    }


def _departure(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "departure",
        "title": f"{row.about}, {row.field}".replace("_", " "),
        "state": row.handling.word if row.handling else "not decided",
    }


def _payment(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "payment",
        "title": row.title,
        "over": row.paid_on is not None,
        "day": row.due,
        "state": row.kind.word,
        "owner": _below("partner", row.partner_id),
    }


def _cost(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "cost",
        "title": row.title or row.kind.word,
        "day": row.quarter,
        "state": row.kind.word,
        "owner": _below("partner", row.partner_id),
    }


def _journey(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "journey",
        "title": row.title or "journey",
        "day": row.day,
        "owner": _below("meeting", row.meeting_id),
    }


_PLANNED = ("work_unit_id", "code", "title", "due")
SOURCES: tuple[Source, ...] = (
    Source(r.Project, ("agreement", "action", "call", "field", "goal", "summary", "notes",
                        "outcome_note", "website", "agency"), ("acronym", "title"), _project),
    Source(r.Partner, ("city", "country", "notes", "oid", "pic", "website"),
            ("acronym", "name", "role", "left_on"), _partner),
    Source(r.Contact, ("role", "organisation", "email", "phone", "notes"),
            ("partner_id", "name"), _contact),
    Source(r.WorkUnit, ("objectives", "expected_results", "category", "place", "notes"),
            ("kind", "code", "title", "parent_id", "state"), _work_unit),
    Source(r.Deliverable, ("notes", "published_at", "languages", "lead_text"),
            (*_PLANNED, "state"), _deliverable),
    Source(r.Milestone, ("verification", "notes"), (*_PLANNED, "reached_on"), _milestone),
    Source(r.Meeting, ("summary", "place", "city", "country", "notes"),
            ("code", "title", "state", "day"), _meeting),
    Source(r.AgendaItem, ("notes", "presenter"), ("meeting_id", "title"), _agenda_item),
    Source(r.MeetingOutcome, (), ("meeting_id", "kind", "text"), _outcome),
    Source(r.Assessment, ("assessor", "notes"), ("title", "day", "state"), _assessment),
    Source(r.Answer, ("note", "found_at", "proof", "criterion_title"),
            ("assessment_id", "code", "text", "applies", "score"), _answer),
    Source(r.PartnerPaper, ("note",), ("partner_id", "kind", "state"), _paper),
    Source(r.PartnerMessage, (), ("partner_id", "day", "direction", "channel", "text"), _message),
    Source(r.Phase, ("notes", "override_reason"), ("kind", "state"), _phase),
    Source(r.Proof, ("path", "url", "place", "holder_text", "notes"),
           ("title", "kind", "day", "state"), _proof),
    Source(r.Participant, ("organisation", "country", "profile", "role", "certificate", "notes"),
           ("meeting_id", "name"), _participant),
    Source(r.Indicator, ("unit", "source", "notes"), _PLANNED, _indicator),
    Source(r.Measurement, ("source", "note"), ("indicator_id", "value", "day"), _measurement),
    Source(r.Risk, ("description", "category", "action", "notes"),
           ("code", "title", "state", "review_on", "work_unit_id"), _risk),
    Source(r.LogEntry, ("description", "category", "raised_by", "decided_by", "reason",
                        "consequence", "solution", "notes"),
           (*_PLANNED, "kind", "state"), _log_entry),
    Source(r.Dissemination, ("audience", "language", "place", "link", "notes"),
           ("title", "state", "day", "work_unit_id"), _dissemination),
    Source(r.Letter, ("text", "with_whom", "reference_nr", "notes"),
           ("subject", "day", "direction", "channel"), _letter),
    Source(r.Aim, ("target_group", "source", "notes"), ("kind", "code", "text"), _aim),
    Source(r.Candidate, ("brings", "found_at", "person", "email", "phone", "country", "city",
                         "oid", "pic", "website", "notes"),
           ("acronym", "name", "state", "partner_id"), _candidate),
    Source(r.Departure, ("why", "notes"), ("about", "field", "handling"), _departure),
    Source(r.Payment, ("condition", "notes"),
           ("title", "kind", "due", "paid_on", "partner_id"), _payment),
    Source(r.Cost, ("staff_category", "notes"),
           ("title", "kind", "quarter", "partner_id"), _cost),
    Source(r.Journey, ("notes",), ("title", "day", "meeting_id"), _journey),
    Source(r.Task, ("notes",), (*_PLANNED, "state"), _task),
)  # fmt: skip
"""In the order in which they are read: the many tasks last."""

SAID = {"lead_text": "lead", "criterion_title": "criterion", "override_reason": "reason"} | {
    "holder_text": "kept by",
    "reference_nr": "reference number",
    "with_whom": "with",
    "raised_by": "raised by",
    "decided_by": "decided by",
    "staff_category": "staff",
    "target_group": "target group",
    "found_at": "found at",
}
"""What columns are called where a hit in them is told."""
