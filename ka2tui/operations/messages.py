"""Messages: that a partner was heard from, written to, or chased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.kinds import Channel, Direction, Tone
from ka2tui.domain.refusal import Refused
from ka2tui.operations.fields import FieldConflict, Values, change, read_lines
from ka2tui.operations.given import existing, several
from ka2tui.operations.partners import called
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Contact, Partner, PartnerMessage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.chase import Reminder

FIELDS = frozenset({"day", "direction", "channel", "contact_id", "text"})
"""What can be edited of a message."""


@operation("Note a message")
def note(
    session: Session,
    partners: Sequence[int],
    channel: Channel,
    *,
    day: date,
    today: date,
    text: str | None = None,
    direction: Direction = Direction.IN,
    contact_id: int | None = None,
) -> list[int]:
    """Note that partners were heard from, or written to; give the ids of the notes.

    Args:
        partners: Their ids; a call may be with several.
        channel: How.
        day: When; not in the future.
        today: The day it is noted.
        text: In short, what was said.
        direction: Whether they spoke or were spoken to.
        contact_id: With whom, where it was one person of the one partner.

    Raises:
        Refused: A day that has not come yet, nobody, or a person of another project.
    """
    if not partners:
        raise Refused("Say whom you heard from.")
    found = several(session, Partner, partners, "partner")
    _refuse_ahead(day, today)
    for partner in found:
        _refuse_stranger(session, partner, contact_id)
    rows = [
        PartnerMessage(
            project_id=partner.project_id,
            partner_id=partner.id,
            contact_id=contact_id,
            day=day,
            direction=Direction(direction),
            channel=Channel(channel),
            text=read_lines(text),
        )
        for partner in found
    ]
    session.add_all(rows)
    session.flush()
    words = {"channel": Channel(channel).word, "who": _listed(found)}
    if direction is Direction.OUT:
        say(session, "{channel} to {who}", **(words | {"channel": words["channel"].capitalize()}))
    else:
        say(session, "Heard from {who}: {channel}", **words)
    return [row.id for row in rows]


@operation("Chase partners")
def chase(session: Session, reminders: Sequence[Reminder], *, day: date) -> list[int]:
    """Note that partners were reminded of what they owe; give the ids of the notes.

    Args:
        reminders: One a partner, with its whole text.
        day: When they were sent.

    Raises:
        Refused: No reminder, or an empty one.
    """
    found, rows = [], []
    for one in reminders:
        partner = existing(session, Partner, one.partner, "partner")
        text = read_lines(one.text)
        if not text:
            raise Refused("There is nothing in this message.")
        _refuse_stranger(session, partner, one.contact_id)
        found.append(partner)
        rows.append(
            PartnerMessage(
                project_id=partner.project_id,
                partner_id=partner.id,
                contact_id=one.contact_id,
                day=day,
                direction=Direction.OUT,
                channel=Channel.MAIL,
                chase=True,
                tone=Tone(one.tone),
                text=text,
            )
        )
    if not rows:
        raise Refused("There is nobody to chase.")
    session.add_all(rows)
    session.flush()
    tones = {one.tone for one in reminders}
    template = "Chase {who} ({tone})" if len(tones) == 1 else "Chase {who}"
    say(session, template, who=_listed(found), tone=" ".join(tone.word for tone in tones))
    return [row.id for row in rows]


@operation("Edit a message")
def edit(
    session: Session,
    message: int,
    values: Values,
    based_on: Values | None = None,
    *,
    today: date,
) -> tuple[FieldConflict, ...]:
    """Change what is noted of a message.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: A day that has not come yet, or a person of another project.
    """
    record = existing(session, PartnerMessage, message, "message")
    wanted = dict(values)
    if "text" in wanted:
        wanted["text"] = read_lines(wanted["text"])
    if wanted.get("day") is not None:
        _refuse_ahead(wanted["day"], today)
    partner = record.partner_id and session.get(Partner, record.partner_id)
    if partner and wanted.get("contact_id") is not None:
        _refuse_stranger(session, partner, wanted["contact_id"])
    conflicts = change(record, wanted, based_on, allowed=FIELDS)
    who = called(partner) if partner else "nobody"
    say(session, "Edit {channel} of {who}", channel=record.channel.word, who=who)
    return conflicts


@operation("Remove messages")
def remove(session: Session, messages: Sequence[int]) -> None:
    """Take notes of messages away."""
    found = several(session, PartnerMessage, messages, "message")
    for record in found:
        session.delete(record)
    many = "a message" if len(found) == 1 else f"{len(found)} messages"
    owners = {record.partner_id for record in found}
    names = session.scalars(select(Partner).where(Partner.id.in_(owners)))
    who = _listed(list(names)) or "nobody"
    say(session, "Remove {many} of {who}", many=many, who=who)


def _listed(partners: Sequence[Partner]) -> str:
    """Name one or two partners, count more."""
    if len(partners) > 2:
        return f"{len(partners)} partners"
    return " and ".join(called(partner) for partner in partners)


def _refuse_ahead(day: date, today: date) -> None:
    if day > today:
        raise Refused("This day is still to come: add a task for what you plan to say.")


def _refuse_stranger(session: Session, partner: Partner, contact: int | None) -> None:
    """Refuse a person of another project, or of another partner."""
    if contact is None:
        return
    person = existing(session, Contact, contact, "contact")
    if person.project_id != partner.project_id:
        raise Refused("This person belongs to another project.")
    if person.partner_id not in (None, partner.id):
        raise Refused(f"{person.name} is not of {called(partner)}.")
