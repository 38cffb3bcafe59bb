"""What can be done with partners and people wherever they are shown."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from ka2tui.domain.kinds import AgreementState, Channel, Direction, PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import capital
from ka2tui.tui import plain
from ka2tui.tui.lazy import lazily
from ka2tui.tui.pages import sort_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ka2tui.domain.chase import Case
    from ka2tui.operations import contacts, messages, partners
    from ka2tui.queries import chase as chase_views
    from ka2tui.queries import contacts as contact_views
    from ka2tui.queries import messages as message_views
    from ka2tui.queries import partners as views
    from ka2tui.queries.contacts import ContactRow
    from ka2tui.queries.partners import PartnerDetails, PartnerRow
    from ka2tui.tui.desk import Desk
    from ka2tui.tui.dialogs.form import Field, Filled, Option
else:
    contacts = lazily("ka2tui.operations.contacts")
    messages = lazily("ka2tui.operations.messages")
    partners = lazily("ka2tui.operations.partners")
    chase_views = lazily("ka2tui.queries.chase")
    contact_views = lazily("ka2tui.queries.contacts")
    message_views = lazily("ka2tui.queries.messages")
    views = lazily("ka2tui.queries.partners")

_MOST = 1000
"""Applications of one organisation at one deadline."""

# -- partners ------------------------------------------------------------------------------------


async def add(desk: Desk, project: int) -> int | None:
    """Add a partner in a form; give its id."""
    from ka2tui.tui.dialogs.form import Form

    async def save(filled: Filled) -> Any:
        values = _values({name: it for name, it in filled.values.items() if it is not None})
        return await desk.attempt(partners.add, project, values.pop("name"), **values)

    sorts = await sort_words.to_choose(desk, None, "not entered")
    form = Form("New partner", partner_fields(None, sorts), save=save)
    filled = await desk.push_screen_wait(form)
    return None if filled is None else int(filled.saved.value)


async def edit(desk: Desk, partner: int) -> bool:
    """Edit a partner in a form; what somebody else changed meanwhile is asked."""
    from ka2tui.tui.dialogs.form import Form

    try:
        details = await desk.ask(views.one, partner, today=desk.today)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        changed, before = _values(filled.changed), _values(filled.based_on)
        return await desk.attempt(partners.edit, partner, changed, before)

    title = f"Edit {plain.cut(plain.line(details.row.called), 56)}"
    sorts = await sort_words.to_choose(desk, details.row.sort, "not entered")
    form = Form(title, partner_fields(details, sorts), save=save)
    filled = await desk.push_screen_wait(form)
    return filled is not None and filled.saved is not None


async def remove(desk: Desk, rows: Sequence[PartnerRow]) -> bool:
    """Remove partners that nothing refers to; ask first."""
    from ka2tui.tui.dialogs.ask import Ask

    what = _called(rows)
    about = "Its papers and messages go with it; u brings all of it back."
    if await desk.push_screen_wait(Ask(f"Remove {what}?", about=about, yes="remove")) is not True:
        return False
    return await desk.do(partners.remove, [row.id for row in rows]) is not None


def partner_fields(details: PartnerDetails | None, sorts: Sequence[Option]) -> list[Field]:
    """Give the lines of the form of a partner; `sorts` are what it can be."""
    from ka2tui.domain import countries, identifiers, instants
    from ka2tui.tui.dialogs.form import Field, Option

    row = details.row if details else None
    known = [Option(None, "not known"), Option(True, "yes"), Option(False, "no")]

    def zone_said(zone: str) -> str:
        return f"clocks of {instants.city(zone)}"

    return [
        Field("name", "Legal name", value=row and row.name, required=True,
              hint="as in the register"),
        Field("acronym", "Called", value=row and row.acronym, hint="short name: KMOP"),
        Field("role", "Role", "choice", row.role if row else PartnerRole.BENEFICIARY,
              options=[Option(it, it.word) for it in PartnerRole]),
        Field("country", "Country", value=row and row.country, hint="PL, EL, Türkiye",
              read=countries.read_country, write=str, say=countries.say_country),
        Field("city", "City", value=row and row.city),
        Field("zone", "Time zone", value=row and row.zone,
              hint="that of the country, where it has one",
              read=instants.read_zone, write=str, say=zone_said),
        Field("oid", "OID", value=details and details.oid, hint="E1 and seven digits",
              read=lambda said: identifiers.read_oid(said).number, write=str,
              say=lambda it: identifiers.read_oid(it).doubt or "well formed"),
        Field("pic", "PIC", value=details and details.pic, hint="nine digits",
              read=lambda said: identifiers.read_pic(said).number, write=str,
              say=lambda it: identifiers.read_pic(it).doubt or "well formed"),
        Field("sort", "Sort", "choice", row and row.sort, options=sorts),
        Field("agreement_state", "Agreement", "choice",
              row.agreement_state if row else AgreementState.NONE,
              options=[Option(it, it.word) for it in AgreementState]),
        Field("established_on", "Exists since", "date", row and row.established_on, more=True,
              hint="in law, as its register says"),
        Field("eche", "ECHE", "choice", row and row.eche, more=True, options=known,
              hint="Erasmus Charter for Higher Education"),
        Field("newcomer", "Newcomer", "choice", row and row.newcomer, more=True, options=known,
              hint="its first such project"),
        Field("applications", "Applications", value=row and row.applications, more=True,
              read=_read_count, write=str,
              hint="in how many at this deadline, this one included"),
        Field("nr", "Number", value=row and row.nr, more=True, hint="in the application"),
        Field("working_days", "Working days", more=True, read=_read_days, write=str,
              value=details.working_days if details else "1,2,3,4,5", say=_say_days,
              hint="1,2,3,4,5 are Monday to Friday"),
        Field("hours", "Working hours", more=True, read=_read_hours, write=_write_hours,
              value=(details.day_start_minute, details.day_end_minute) if details
              else (9 * 60, 17 * 60), say=_write_hours, hint="09:00-17:00",
              parts={"day_start_minute": _say_minute, "day_end_minute": _say_minute}),
        Field("joined_on", "Joined", "date", details and details.joined_on, more=True),
        Field("left_on", "Left", "date", row and row.left_on, more=True,
              hint="the last day it took part"),
        Field("website", "Website", value=details and details.website, more=True),
        Field("notes", "Notes", "long", details and details.notes, more=True,
              hint="yours alone: they stand in no message"),
    ]  # fmt: skip


def _values(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a partner as records have them."""
    values = dict(filled)
    hours = values.pop("hours", None)
    if hours is not None:
        values["day_start_minute"], values["day_end_minute"] = hours
    return values


def _say_minute(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _read_count(said: str) -> int:
    if not said.isdecimal() or int(said) > _MOST:
        raise Refused(f"Write a number from 0 to {_MOST}.")
    return int(said)


def _read_days(said: str) -> str:
    found = set(said.replace(",", " ").split())
    if not found <= set("1234567"):
        raise Refused("Write the days as numbers: 1,2,3,4,5 are Monday to Friday.")
    return ",".join(sorted(found))


def _say_days(days: str) -> str:
    from ka2tui.domain.days import DAY_NAMES

    return " ".join(DAY_NAMES[int(day) - 1] for day in days.split(",") if day)


def _read_hours(said: str) -> tuple[int, int]:
    from ka2tui.domain.instants import read_time

    begin, dash, end = said.replace("–", "-").partition("-")
    if not dash:
        raise Refused("Write the hours as 09:00-17:00.")
    first, last = read_time(begin.strip()), read_time(end.strip())
    minutes = first.hour * 60 + first.minute, last.hour * 60 + last.minute
    if minutes[1] <= minutes[0]:
        raise Refused("The working day ends before it begins.")
    return minutes


def _write_hours(hours: tuple[int, int]) -> str:
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in hours)


# -- people --------------------------------------------------------------------------------------


async def add_contact(desk: Desk, project: int, partner: int | None) -> int | None:
    """Add a person in a form, to a partner or to nobody; give the id."""
    from ka2tui.tui.dialogs.form import Form

    fields = contact_fields(await _whose(desk, project), None, partner)

    async def save(filled: Filled) -> Any:
        values = dict(filled.values)
        return await desk.attempt(contacts.add, project, values.pop("name"), **values)

    filled = await desk.push_screen_wait(Form("New person", fields, save=save))
    return None if filled is None else int(filled.saved.value)


async def edit_contact(desk: Desk, project: int, contact: int) -> bool:
    """Edit a person in a form."""
    from ka2tui.tui.dialogs.form import Form

    try:
        row = await desk.ask(contact_views.one, contact)
    except Refused as gone:
        desk.tell(str(gone), severity="warning")
        return False
    fields = contact_fields(await _whose(desk, project), row, row.partner_id)

    async def save(filled: Filled) -> Any:
        if not filled.changed:
            return None
        return await desk.attempt(contacts.edit, contact, filled.changed, filled.based_on)

    title = f"Edit {plain.cut(plain.line(row.name), 56)}"
    filled = await desk.push_screen_wait(Form(title, fields, save=save))
    return filled is not None and filled.saved is not None


async def remove_contacts(desk: Desk, rows: Sequence[ContactRow]) -> bool:
    """Remove people whom nothing names; ask first."""
    from ka2tui.tui.dialogs.ask import Ask

    what = (
        plain.line(rows[0].name) if len(rows) == 1 else plain.count(len(rows), "person", "people")
    )
    about = "u brings them back. To take a name out of the history too, forget the person instead."
    if await desk.push_screen_wait(Ask(f"Remove {what}?", about=about, yes="remove")) is not True:
        return False
    return await desk.do(contacts.remove, [row.id for row in rows]) is not None


async def _whose(desk: Desk, project: int) -> list[Option]:
    """Give what a person can belong to."""
    from ka2tui.tui.dialogs.form import Option

    rows = await desk.ask(views.listed, project, today=desk.today)
    return [Option(None, "nobody"), *(Option(row.id, row.called, row.name) for row in rows)]


def contact_fields(
    whose: Sequence[Option], row: ContactRow | None, partner: int | None
) -> list[Field]:
    """Give the lines of the form of a person."""
    from ka2tui.tui.dialogs.form import Field

    return [
        Field("name", "Name", value=row and row.name, required=True, hint="as they write it"),
        Field("partner_id", "Of", "choice", partner, options=whose),
        Field("organisation", "Works at", value=row and row.organisation,
              hint="of nobody: the agency, the evaluator's company"),
        Field("role", "Role", value=row and row.role, hint="what they do in the project"),
        Field("email", "Mail", value=row and row.email,
              check=partial(_no_mail, stands=row.email if row else None), hint="name@example.org"),
        Field("phone", "Phone", value=row and row.phone),
        Field("language", "Language", value=row and row.language, hint="what to write in"),
        Field("notes", "Notes", "long", row and row.notes, more=True,
              hint="yours alone: they stand in no message"),
    ]  # fmt: skip


def _no_mail(said: str | None, *, stands: str | None = None) -> str | None:
    """Say what is wrong with a mail address that does not stand there already."""
    from ka2tui.domain.mail_address import read_mail
    from ka2tui.domain.refusal import Misread

    if said and said != stands:
        try:
            read_mail(said)
        except Misread as wrong:
            return str(wrong)
    return None


# -- heard from, chased --------------------------------------------------------------------------


async def heard(desk: Desk, project: int, rows: Sequence[tuple[int, str]]) -> bool:
    """Note that partners were heard from: how, then a line about it.

    Args:
        desk: Where it is done.
        project: The project.
        rows: Id of each partner, and what it is called.
    """
    from ka2tui.domain import silence
    from ka2tui.tui.dialogs.form import Field, Option
    from ka2tui.tui.dialogs.heard import How, Note

    last = await desk.ask(message_views.heard, project, today=desk.today)
    names = [plain.cut(plain.line(called), 24) for _, called in rows[:3]]
    who = ", ".join(names) + (f" and {len(rows) - 3} more" if len(rows) > 3 else "")
    about = ""
    if len(rows) == 1:
        said = silence.say(last.get(rows[0][0]), desk.today)
        about = f"{capital(said)}."
    channel: Channel | None = await desk.push_screen_wait(How(f"Heard from {who}", about))
    if channel is None:
        return False
    people: list[Option] = []
    if len(rows) == 1:
        known = await desk.ask(contact_views.listed, project)
        people = [Option(it.id, it.name) for it in known if it.partner_id == rows[0][0]]
    fields = [
        Field("text", "About", hint="in a line what was said; enter saves"),
        Field("day", "Day", "date", desk.today, required=False),
        Field("direction", "Direction", "choice", Direction.IN,
              options=[Option(it, it.word) for it in Direction]),
    ]  # fmt: skip
    if people:
        options = [Option(None, "not said"), *people]
        fields.append(Field("contact_id", "With", "choice", None, options=options))

    async def save(filled: Filled) -> Any:
        values = dict(filled.values)
        values["day"] = values["day"] or desk.today
        ids = [partner for partner, _ in rows]
        return await desk.attempt(messages.note, ids, channel, today=desk.today, **values)

    title = f"{channel.word.capitalize()}: heard from {who}"
    return await desk.push_screen_wait(Note(title, fields, save=save)) is not None


async def chase(desk: Desk, project: int, ids: Sequence[int]) -> bool:
    """Write reminders to partners, and show them before they go."""
    from ka2tui.domain import papers
    from ka2tui.tui.dialogs.remind import Remind

    try:
        known = await asyncio.to_thread(papers.load, desk.settings.data)
        cases: Sequence[Case] = await desk.ask(
            chase_views.cases,
            project,
            list(ids),
            today=desk.today,
            sender=desk.actor,
            known=known,
        )
    except Refused as refusal:
        desk.tell(str(refusal), severity="warning")
        return False
    return await Remind(cases).sent(desk)


# -- words ---------------------------------------------------------------------------------------


def _called(rows: Sequence[PartnerRow]) -> str:
    if len(rows) == 1:
        return plain.cut(plain.line(rows[0].called), 48)
    return plain.count(len(rows), "partner")
