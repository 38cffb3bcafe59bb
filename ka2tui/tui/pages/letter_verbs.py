"""What can be done with letters: kept, answered, edited, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ka2tui.domain import letters as rules
from ka2tui.domain.kinds import Channel, Direction
from ka2tui.domain.refusal import Refused
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ka2tui.operations import letters
    from ka2tui.queries import contacts as contact_views
    from ka2tui.queries import letters as views
    from ka2tui.queries.letters import LetterDetails, LetterRow
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
else:
    letters = lazily("ka2tui.operations.letters")
    contact_views = lazily("ka2tui.queries.contacts")
    views = lazily("ka2tui.queries.letters")


async def add(desk: Desk, project: int) -> int | None:
    """Keep a letter in a form; give its id."""
    from ka2tui.tui.dialogs.form import Form

    people = await _people(desk, project)

    async def save(filled: Filled) -> Any:
        values = dict(filled.values)
        given = {name: values.pop(name) for name in ("subject", "day", "direction")}
        return await desk.attempt(
            letters.add, project, given["subject"], day=given["day"],
            direction=given["direction"], values=values,
        )  # fmt: skip

    form = Form("New letter", _fields(None, people, desk.today), save=save)
    filled = await desk.push_screen_wait(form)
    return None if filled is None else int(filled.saved.value)


async def reply(desk: Desk, project: int, row: LetterRow) -> int | None:
    """Keep the answer to a letter in a form that begins with what is known; give its id."""
    from ka2tui.tui.dialogs.form import Field, Form

    people = await _people(desk, project)
    back = "to" if row.direction is Direction.IN else "from"
    fields = [
        Field("subject", "Subject", value=rules.answer_subject(row.subject), required=True),
        Field("text", "Text", "long"),
        Field("day", "Day", "date", desk.today, required=True),
        *_with(row, people),
        Field("reference_nr", "Reference", value=row.reference_nr),
        Field("answer_by", "Answer by", "date", hint="where this wants an answer too"),
        Field("notes", "Notes", "long", more=True),
    ]

    async def save(filled: Filled) -> Any:
        values = dict(filled.values)
        subject, day = values.pop("subject"), values.pop("day")
        return await desk.attempt(letters.answer, row.id, day=day, subject=subject, values=values)

    title = f"Answer {back} {plain.cut(plain.line(row.who), 40)}"
    filled = await desk.push_screen_wait(Form(title, fields, save=save))
    return None if filled is None else int(filled.saved.value)


async def edit(desk: Desk, project: int, letter: int) -> None:
    """Edit a letter in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form

    try:
        found = await desk.ask(views.one, letter, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return
    people = await _people(desk, project)

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(letters.edit, letter, filled.changed, filled.based_on)

    title = f"Edit {plain.cut(plain.line(found.row.subject), 56)}"
    await desk.push_screen_wait(Form(title, _fields(found, people, desk.today), save=save))


async def answered(desk: Desk, rows: Sequence[LetterRow]) -> bool:
    """Mark letters as answered today; where all are, take the mark off."""
    still = [row.id for row in rows if row.answered_on is None]
    if still:
        return await desk.do(letters.answered, still, on=desk.today) is not None
    return await desk.do(letters.answered, [row.id for row in rows], on=None) is not None


async def remove(desk: Desk, rows: Sequence[LetterRow]) -> bool:
    """Remove letters; ask first."""
    from ka2tui.tui.dialogs.ask import Ask

    if not rows:
        return False
    one = plain.cut(plain.line(rows[0].subject), 40)
    what = one if len(rows) == 1 else plain.count(len(rows), "letter")
    about = "What it alone answered is to be answered again; u brings all of it back."
    if await desk.push_screen_wait(Ask(f"Remove {what}?", about=about, yes="remove")) is not True:
        return False
    return await desk.do(letters.remove, [row.id for row in rows]) is not None


def _fields(found: LetterDetails | None, people: Sequence[Option], today: date) -> list[Field]:
    """Give the lines of the form of a letter."""
    from ka2tui.tui.dialogs.form import Field, Option

    row = None if found is None else found.row
    return [
        Field("subject", "Subject", value=row and row.subject, required=True),
        Field("direction", "Way", "choice", row.direction if row else Direction.IN,
              options=[Option(it, it.word) for it in Direction]),
        Field("day", "Day", "date", row.day if row else today, required=True),
        *_with(row, people),
        Field("reference_nr", "Reference", value=row and row.reference_nr,
              hint="their number or yours"),
        Field("answer_by", "Answer by", "date", row and row.answer_by,
              hint="on this day it appears on Today"),
        Field("text", "Text", "long", found and found.text),
        *([Field("answered_on", "Answered", "date", row.answered_on, more=True)] if row else []),
        Field("notes", "Notes", "long", found and found.notes, more=True),
    ]  # fmt: skip


def _with(row: LetterRow | None, people: Sequence[Option]) -> list[Field]:
    from ka2tui.tui.dialogs.form import Field, Option

    return [
        Field("channel", "How", "choice", row.channel if row else Channel.MAIL,
              options=[Option(it, it.word) for it in Channel]),
        Field("with_whom", "With", value=row and row.with_whom, hint="nobody named: the agency"),
        Field("contact_id", "Person", "choice", row and row.contact_id,
              options=[Option(None, "not said"), *people]),
    ]  # fmt: skip


async def _people(desk: Desk, project: int) -> list[Option]:
    """Offer the people of the project."""
    from ka2tui.tui.dialogs.form import Option

    known = await desk.ask(contact_views.listed, project)
    return [Option(it.id, it.name, it.where or "") for it in known]
