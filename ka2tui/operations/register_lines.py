"""What risks and the lines of the log have in common: a code, an owner, steps from 1 to 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain import risks as scale
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, quoted
from ka2tui.operations import codes, task_fields
from ka2tui.store.records import LogEntry, Project, Risk, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.operations.fields import Values

_TEXTS = frozenset({"code", "title", "category", "raised_by", "decided_by"})
_LONG = frozenset({"description", "action", "reason", "consequence", "solution", "notes"})
_STEPS = frozenset({"likelihood", "impact", "urgency", "size"})
_DAYS_IN_ORDER = ("opened_on", "closed_on")


def refuse_no_project(session: Session, project: int) -> None:
    """Refuse to add something to a project that is not there."""
    if session.get(Project, project) is None:
        raise Refused("There is no such project.")


def checked(session: Session, line: Risk | LogEntry, values: Values, word: str) -> dict[str, Any]:
    """Give values as they are kept.

    Raises:
        Refused: A value cannot be.
    """
    kept: dict[str, Any] = {name: _cleaned(name, value) for name, value in values.items()}
    if "title" in kept and not kept["title"]:
        raise Refused(f"A {word} needs a title.")
    if kept.get("code"):
        codes.refuse_taken(session, line, kept["code"])
    for name in _STEPS & kept.keys():
        if kept[name] is not None and not scale.LEAST <= kept[name] <= scale.MOST:
            raise Refused(f"Write {name} as a whole number from {scale.LEAST} to {scale.MOST}.")
    project = line.project_id
    if "work_unit_id" in kept:
        unit = kept["work_unit_id"]
        task_fields.of_project(session, WorkUnit, unit, project, "work package or activity")
    if kept.keys() & {"partner_id", "contact_id"}:
        kept |= task_fields.owner(session, line, kept)
    opened, closed = (kept.get(name, getattr(line, name)) for name in _DAYS_IN_ORDER)
    if opened and closed and closed < opened:
        raise Refused("It would be closed before it was opened.")
    return kept


def called(line: Risk | LogEntry) -> str:
    """Name one in a sentence: R2 “A partner leaves”."""
    return f"{line.code} {quoted(line.title)}" if line.code else quoted(line.title)


def counted(lines: Sequence[Risk | LogEntry], several: str) -> str:
    """Name one, or say how many: “7 risks”."""
    return called(lines[0]) if len(lines) == 1 else f"{len(lines)} {several}"


def owner_of(line: Risk | LogEntry) -> Mapping[str, int | None]:
    """Give whose matter it is, and the part of the plan, as what comes of it takes them over."""
    return {
        "partner_id": line.partner_id,
        "contact_id": line.contact_id,
        "work_unit_id": line.work_unit_id,
    }


def _cleaned(name: str, value: Any) -> Any:
    if name in _TEXTS or name in _LONG:
        return clean(value or "", lines=name in _LONG) or None
    return value
