"""What a task may hold: its values, its assignee, its tags and its date, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from ka2tui.domain import days
from ka2tui.domain import due as dates
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import PhaseKind, Precision, Priority
from ka2tui.domain.recurrence import read_rule
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold
from ka2tui.operations import codes
from ka2tui.operations.chosen_tasks import named
from ka2tui.operations.fields import FieldConflict
from ka2tui.store.records import Contact, Partner, Project, Record, Tag, Task, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.operations.fields import Values
    from ka2tui.store.records import LogEntry, Risk


R = TypeVar("R", bound=Record)

DUE = ("due", "due_month", "due_precision")


def of_project(
    session: Session, kind: type[R], record_id: int | None, project: int, word: str
) -> R | None:
    """Give the record a task refers to, which must be of the same project."""
    if record_id is None:
        return None
    found = session.get(kind, record_id)
    if found is None or getattr(found, "project_id", None) != project:
        raise Refused(f"There is no such {word} in this project.")
    return found


def checked(session: Session, task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as they are kept, or refuse them with a sentence."""
    kept = dict(values)
    if "title" in kept:
        kept["title"] = clean(kept["title"] or "")
        if not kept["title"]:
            raise Refused("A task needs a title.")
    if "code" in kept:
        kept["code"] = clean(kept["code"] or "") or None
        if kept["code"]:
            codes.refuse_taken(session, task, kept["code"])
    if "work_unit_id" in kept:
        word = "work package or activity"
        of_project(session, WorkUnit, kept["work_unit_id"], task.project_id, word)
    if kept.keys() & {"partner_id", "contact_id"}:
        kept |= owner(session, task, kept)
    if kept.get("phase") is not None:
        kept["phase"] = PhaseKind(kept["phase"])
    if "priority" in kept:
        kept["priority"] = Priority(kept["priority"] or Priority.NORMAL)
    if (kept.get("effort_minutes") or 0) < 0:
        raise Refused("The effort cannot be below 0.")
    if "recurrence" in kept:
        kept["recurrence"] = read_rule(kept["recurrence"]) if kept["recurrence"] else None
    if "notes" in kept:
        kept["notes"] = clean(kept["notes"] or "", lines=True) or None
    return kept


def owner(
    session: Session, record: Task | Risk | LogEntry, values: Values
) -> dict[str, int | None]:
    """Give partner and person so that they fit; a person of another partner is let go."""
    contact = values.get("contact_id", record.contact_id)
    partner = values.get("partner_id", None if "contact_id" in values else record.partner_id)
    if "contact_id" not in values and contact is not None:
        person = session.get(Contact, contact)
        if person is not None and person.partner_id not in {None, partner}:
            contact = None
    kept = {"partner_id": assignee(session, record.project_id, partner, contact)}
    if contact != record.contact_id:
        kept["contact_id"] = contact
    return kept


def assignee(
    session: Session, project: int, partner_id: int | None, contact_id: int | None
) -> int | None:
    """Give the partner of an assignment; a person brings theirs along."""
    partner = of_project(session, Partner, partner_id, project, "partner")
    contact = of_project(session, Contact, contact_id, project, "contact")
    if contact is None or contact.partner_id is None:
        return partner_id
    if partner is not None and partner.id != contact.partner_id:
        raise Refused(f"{contact.name} is not of {partner.acronym or partner.name}.")
    return contact.partner_id


def read_tags(names: Iterable[str]) -> list[str]:
    """Give tags as they are kept: without their sign, each once whatever its letter case."""
    cleaned = (clean(name).lstrip("#").strip() for name in names)
    return list({fold(name): name for name in cleaned if name}.values())


def due_of(task: Task) -> Due:
    """Give when a task is due."""
    return Due(task.due, task.due_month, task.due_precision)


def set_due(task: Task, due: Due) -> None:
    """Set when a task is due."""
    task.due, task.due_month, task.due_precision = due


def start_of(session: Session, project: int) -> date | None:
    """Give the first day of a project."""
    return session.scalar(select(Project.start).where(Project.id == project))


def edit_due(
    session: Session, task: Task, values: Values, based_on: Values | None
) -> list[FieldConflict]:
    """Set the date of a task, unless somebody else did meanwhile."""
    new = dates.due(
        values.get("due"),
        values.get("due_month"),
        values.get("due_precision") or Precision.DAY,
        start=start_of(session, task.project_id),
    )
    if new == due_of(task):
        return []
    seen = based_on or {}
    if any(name in seen and getattr(task, name) != seen[name] for name in DUE):
        return [FieldConflict("due", new.day, task.due)]
    set_due(task, new)
    return []


def edit_tags(task: Task, names: Iterable[str], based_on: Values | None) -> list[FieldConflict]:
    """Set the tags of a task, unless somebody else did meanwhile."""
    wanted, stand = read_tags(names), [each.name for each in task.tags]
    if set(wanted) == set(stand):
        return []
    if based_on is not None and "tags" in based_on and set(based_on["tags"]) != set(stand):
        return [FieldConflict("tags", tuple(wanted), tuple(stand))]
    kept = {each.name: each for each in task.tags if each.name in wanted}
    task.tags = [kept.get(n) or Tag(project_id=task.project_id, name=n) for n in wanted]
    return []


def refuse_backwards(task: Task) -> None:
    """Refuse a task that starts after it is due."""
    if task.start and task.due and task.start > task.due:
        begin, end = days.say_brief(task.start), days.say_brief(task.due)
        raise Refused(f"{named(task)} would start on {begin}, after it is due on {end}.")
