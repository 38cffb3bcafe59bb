"""Contacts: the people of the partners, and those of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.mail_address import read_mail
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations import forgetting
from ka2tui.operations.fields import FieldConflict, Values, change
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Attendance,
    Change,
    Contact,
    Letter,
    LogEntry,
    Participant,
    Partner,
    PartnerMessage,
    Risk,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

FIELDS = frozenset(
    {"partner_id", "organisation", "name", "role", "email", "phone", "language", "notes"}
)
"""What can be edited of a contact."""

PERSONAL = ("name", "email", "phone", "notes")
"""What tells who somebody is; a role or a language is shared by many."""


@operation("Add contact")
def add(
    session: Session,
    project: int,
    name: str,
    *,
    partner_id: int | None = None,
    organisation: str | None = None,
    role: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    language: str | None = None,
    notes: str | None = None,
    uid: str | None = None,
) -> int:
    """Add a person, and give the id.

    Args:
        name: As they write it.
        partner_id: Whose they are; None: nobody's, like an officer of the agency.
        organisation: Where somebody of nobody works; of a partner's people the partner says it.
        uid: What they are known by elsewhere; without one they get their own.

    Raises:
        Refused: No name, or a partner of another project.
        Misread: An address that mail cannot go to.
    """
    given = {"name": name, "partner_id": partner_id, "role": role, "email": email}
    given |= {"organisation": None if partner_id is not None else organisation}
    values = _read(given | {"phone": phone, "language": language, "notes": notes})
    _refuse_stranger(session, project, partner_id)
    contact = Contact(project_id=project, **values, **({"uid": uid} if uid else {}))
    session.add(contact)
    session.flush()
    say(session, "Add contact {name}", name=contact.name)
    return contact.id


@operation("Edit contact")
def edit(
    session: Session, contact: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change what is known of a person.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: No name, or a partner of another project.
        Misread: A new address that mail cannot go to.
    """
    record = existing(session, Contact, contact, "contact")
    wanted = _read(values, stands=record.email)
    _refuse_stranger(session, record.project_id, wanted.get("partner_id"))
    if wanted.get("partner_id", record.partner_id) is not None and (
        record.organisation or "organisation" in wanted
    ):
        wanted["organisation"] = None
    conflicts = change(record, wanted, based_on, allowed=FIELDS)
    say(session, "Edit contact {name}", name=record.name)
    return conflicts


_STAYING: tuple[Any, ...] = (PartnerMessage, Letter, Participant)
"""What tells of a person in words of its own, and stays when the contact goes."""


@operation("Remove contacts")
def remove(session: Session, contacts: Sequence[int]) -> None:
    """Remove people who have nothing to do and whom no list of attendance names.

    Raises:
        Refused: One does; forgetting the person keeps the fact and takes the name.
    """
    found = several(session, Contact, contacts, "contact")
    for record in found:
        uses = _uses(session, record.id)
        if uses:
            raise Refused(
                f"{record.name} cannot be removed: {' and '.join(uses)} would lose a name. To "
                "take only what is personal, forget this person instead."
            )
        for table in _STAYING:
            for row in session.scalars(select(table).where(table.contact_id == record.id)):
                row.contact_id = None
        session.flush()
        session.delete(record)
    what = f"contact {found[0].name}" if len(found) == 1 else f"{len(found)} contacts"
    say(session, "Remove {what}", what=what)


@operation("Forget a person")
def forget(session: Session, contact: int) -> list[str]:
    """Take everything personal from a contact; tasks and lists keep "Person 7" in its place.

    The history still holds the words: the caller has them erased there by `Portfolio.erase`.
    Free text that names the person is not touched; see `forgetting`.

    Returns:
        The words to erase from the history: name, address, phone, notes, as they are and were.
    """
    record = existing(session, Contact, contact, "contact")
    told = _ever_told(session, record)
    alias = f"Person {record.id}"
    told += forgetting.take_off(session, record.project_id, record.name, alias, contact=record.id)
    record.name = alias
    record.role = record.email = record.phone = record.language = record.notes = None
    record.organisation = None
    # no words: the line of the history must not tell whom
    say(session, "Forget a person")
    return list(dict.fromkeys(told))


def _ever_told(session: Session, contact: Contact) -> list[str]:
    """List what is personal of somebody, now and wherever the history still has it."""
    images: list[dict[str, Any] | None] = [{field: getattr(contact, field) for field in PERSONAL}]
    changes = select(Change.before, Change.after).where(
        Change.table_name == Contact.__tablename__, Change.row_id == contact.id
    )
    for before, after in session.execute(changes):
        images += [before, after]
    told = [image.get(field) for image in images if image for field in PERSONAL]
    # what was erased before stands there as something else than text
    return list(dict.fromkeys(text for text in told if isinstance(text, str) and text))


def _uses(session: Session, contact: int) -> list[str]:
    """Say what names a person: "2 tasks", "1 meeting"."""
    columns = (
        (Task.id, Task.contact_id, "task"),
        (Attendance.meeting_id, Attendance.contact_id, "meeting"),
        (Risk.id, Risk.contact_id, "risk"),
        (LogEntry.id, LogEntry.contact_id, "line of the log|lines of the log"),
    )
    found = []
    for what, who, word in columns:
        number = session.scalar(select(func.count(what.distinct())).where(who == contact)) or 0
        one, _, many = word.partition("|")
        if number:
            found.append(f"{number} {one if number == 1 else many or one + 's'}")
    return found


def _read(values: Values, stands: str | None = None) -> dict[str, Any]:
    """Clean the texts of a contact; empty ones are nothing.

    Args:
        stands: The address that is known already, and not looked at again.
    """
    read: dict[str, Any] = {}
    for field, value in values.items():
        text = clean(value, lines=field == "notes") if isinstance(value, str) else value
        read[field] = text or None
    if "name" in read and not read["name"]:
        raise Refused("A contact needs a name.")
    if read.get("email") and read["email"] != stands:
        read["email"] = read_mail(read["email"])
    return read


def _refuse_stranger(session: Session, project: int, partner: int | None) -> None:
    """Refuse a partner of another project."""
    if partner is None:
        return
    if existing(session, Partner, partner, "partner").project_id != project:
        raise Refused("This partner belongs to another project.")
