"""Forgetting: where else a person stands by name, beside the contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.text import fold
from ka2tui.store.records import (
    AgendaItem,
    Assessment,
    Candidate,
    Letter,
    LogEntry,
    Participant,
    PartnerMessage,
    Proof,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

_NAMED: tuple[tuple[type[Any], str], ...] = (
    (AgendaItem, "presenter"),
    (Assessment, "assessor"),
    (LogEntry, "raised_by"),
    (LogEntry, "decided_by"),
    (Proof, "holder_text"),
    (Letter, "with_whom"),
)
"""Fields that hold the name of a person as it was written, and nothing else."""


def take_off(
    session: Session, project: int, name: str, alias: str, *, contact: int | None = None
) -> list[str]:
    """Put an alias where a person stands by name: in lists, minutes, logs, proofs and letters.

    Of an organisation that may become a partner the person's address and phone go as well.

    What is counted stays: country, profile, opportunities. Free text that names the person is not
    touched, but for letters and reminders to the person, which begin with the name.

    Args:
        contact: Whose letters and lists they are, where the person is a contact.

    Returns:
        The words to erase from the history too: the name as it was written, and what a list of
        participants holds of nobody else.
    """
    told: list[str] = []
    wanted = fold(name)
    for table, field in _NAMED:
        mine = select(table).where(table.project_id == project, getattr(table, field).is_not(None))
        for record in session.scalars(mine):
            written = getattr(record, field)
            if fold(written) == wanted:
                told.append(written)
                setattr(record, field, alias)
    for one in session.scalars(select(Participant).where(Participant.project_id == project)):
        if fold(one.name) == wanted or (contact is not None and one.contact_id == contact):
            told += [text for text in (one.name, one.certificate, one.notes) if text]
            one.name, one.certificate, one.notes = alias, None, None
    for candidate in session.scalars(select(Candidate).where(Candidate.project_id == project)):
        if candidate.person and fold(candidate.person) == wanted:
            told += [it for it in (candidate.person, candidate.email, candidate.phone) if it]
            candidate.person, candidate.email, candidate.phone = alias, None, None
    for record, field in _written_to(session, contact):
        text = getattr(record, field)
        if text and name in text:
            setattr(record, field, text.replace(name, alias))
    return told


def _written_to(session: Session, contact: int | None) -> Iterator[tuple[Any, str]]:
    """Give the texts that were written to a contact and begin with the name."""
    if contact is None:
        return
    for message in session.scalars(
        select(PartnerMessage).where(PartnerMessage.contact_id == contact)
    ):
        # a reminder begins with the name, and nobody wrote that by hand
        if message.chase:
            yield message, "text"
    for letter in session.scalars(select(Letter).where(Letter.contact_id == contact)):
        yield letter, "with_whom"
        yield letter, "subject"
        yield letter, "text"
