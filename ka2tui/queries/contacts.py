"""Contacts: the people of a project, and the texts that name one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.store import records
from ka2tui.store.columns import Words
from ka2tui.store.records import Contact, Partner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@frozen
class ContactRow:
    """A person."""

    id: int
    name: str
    partner_id: int | None
    partner: str | None
    """The acronym of their partner, else its name."""
    role: str | None
    email: str | None
    phone: str | None
    language: str | None
    notes: str | None
    organisation: str | None
    """Where somebody works who is of no partner."""

    @property
    def where(self) -> str | None:
        """Where they work: their partner, else their organisation."""
        return self.partner or self.organisation


@frozen
class Mention:
    """A text, other than a contact, in which a person is named."""

    kind: str
    """The table's name in plain words."""
    text: str


def listed(session: Session, project: int) -> tuple[ContactRow, ...]:
    """List the people of a project by partner, those of nobody last, then by name."""
    called = func.coalesce(Partner.acronym, Partner.name)
    columns: list[Any] = [
        *(Contact.id, Contact.name, Contact.partner_id, called, Contact.role, Contact.email),
        *(Contact.phone, Contact.language, Contact.notes, Contact.organisation),
    ]
    rows = session.execute(
        select(*columns)
        .outerjoin(Partner.__table__, Contact.partner_id == Partner.id)
        .where(Contact.project_id == project)
    )
    found = [ContactRow(*row) for row in rows]
    return tuple(
        sorted(
            found, key=lambda row: (row.partner is None, fold(row.partner or ""), fold(row.name))
        )
    )


def some(session: Session, contacts: Sequence[int]) -> tuple[ContactRow, ...]:
    """List chosen people, in the order of their ids given."""
    projects = select(Contact.project_id).where(Contact.id.in_(contacts)).distinct()
    rows = {
        row.id: row
        for project in session.scalars(projects).all()
        for row in listed(session, project)
    }
    return tuple(rows[contact] for contact in contacts if contact in rows)


def one(session: Session, contact: int) -> ContactRow:
    """Give what is known of one person.

    Raises:
        Refused: They are gone.
    """
    rows = some(session, [contact])
    if not rows:
        raise Refused(f"There is no contact {contact} any more.")
    return rows[0]


def mentions(session: Session, contact: int) -> tuple[Mention, ...]:
    """Find the texts of the project that name a person or their address.

    Forgetting somebody leaves free text as it is; whoever does it should know of these.
    """
    person = session.get_one(Contact, contact)
    needles = [fold(text) for text in (person.name, person.email, person.phone) if text]
    found = []
    for table in records.Record.metadata.sorted_tables:
        if "project_id" not in table.columns:
            continue
        texts = [column for column in table.columns if isinstance(column.type, Words)]
        rows = session.execute(
            select(table.c.id, *texts).where(table.c.project_id == person.project_id)
        )
        for number, *values in rows:
            if table.name == "contact" and number == contact:
                continue
            named = (v for v in values if v and any(needle in fold(v) for needle in needles))
            found += [Mention(table.name.replace("_", " "), value) for value in named]
    return tuple(found)
