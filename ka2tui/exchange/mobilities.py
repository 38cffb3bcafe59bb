"""Mobilities and their participants as tables tell them."""

from __future__ import annotations

import re

from ka2tui.domain.intake import Item, Link
from ka2tui.domain.kinds import MeetingKind, MeetingMode
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, events, measures, words

_TOTAL = re.compile(
    r"(?P<number>\d{1,3}(?:[ .,']\d{3})+|\d{1,6})\s*(?P<more>\+)?\s*"
    r"(?:participants?|people|persons?|staff|learners)?\s*"
    r"(?:in )?(?:total|overall|insgesamt|en tout)",
)
_PLAIN = re.compile(
    r"(?P<number>\d{1,3}(?:[ .,']\d{3})+|\d{1,6})\s*(?P<more>\+)?\s*"
    r"(?P<who>(?!.*\b(?:per|each|par|pro|je|por|na|basina)\b)[^\W\d]{2,24}(?:\s[^\W\d]{2,24})?)?",
)
_PEOPLE = re.compile(
    r"participants?|people|persons?|pax|teilnehmer(?:innen)?|participantes|partecipanti|osob|kisi"
)
_A_MEETING = re.compile(r"\btpm ?\d|\d(?:st|nd|rd|th)? ?tpm\b|kick ?-?off")


def mobility(record: cells.Record) -> None:
    """Understand a mobility as a learning activity that is planned."""
    item = record.item
    item.kind = "meeting"
    cells.code(record)
    cells.text(record, "title")
    values = item.values
    if "title" not in values:
        if "code" in values:
            values["title"] = values["code"]
            item.columns["title"] = item.columns["code"]
        else:
            record.wrong("title", "a mobility needs a name")
            return
    item.name = values["title"]
    for name in ("direction", "place", "city"):
        cells.text(record, name)
    cells.country(record)
    cells.choice(MeetingMode)(record, "mode")
    _sending(record)
    item.defaults["kind"] = MeetingKind.LEARNING
    if _A_MEETING.search(fold(values["title"])):
        record.doubt("title", "this names a meeting; kept as an activity of its own")
    events.meeting_time(record)
    _expected(record)
    for name in ("days", "fewer_opportunities", "online_participants", "women", "men"):
        if said := record.take(name):
            record.notes.append(f"{record.cells[name][0]}: {said}")
    cells.link(record, "host", "partner", "host_id", otherwise="notes")
    cells.work_unit(record)
    cells.lines(record, "notes")
    record.intake.items.append(item)


def _sending(record: cells.Record) -> None:
    """Keep who sends where it is no direction."""
    text = record.take("sending")
    if text is None:
        return
    if "direction" in record.item.values:
        record.notes.append(f"{record.cells['sending'][0]}: {text}")
        return
    host = record.cells.get("host", ("", ""))[1]
    record.item.values["direction"] = f"{clean(text)} → {clean(host)}" if host else clean(text)
    record.item.columns["direction"] = record.cells["sending"]


def _expected(record: cells.Record) -> None:
    """Read how many are expected, where a number of all of them is plainly said."""
    text = record.take("participants")
    if text is None:
        return
    said = fold(clean(text))
    plain = _PLAIN.fullmatch(said)
    found = plain or _TOTAL.search(said)
    number = int(re.sub(r"\D", "", found["number"])) if found else None
    if number is not None:
        record.item.values["expected_participants"] = number
        record.item.columns["expected_participants"] = record.cells["participants"]
    if plain and not plain["more"] and _PEOPLE.fullmatch(plain["who"] or "people"):
        return
    reason = "no number of all of them" if found is None else f"{number} are expected"
    if found is not None and found["more"]:
        reason = f"at least {number} are expected"
    record.keep_as_note("participants", reason)


def participant(record: cells.Record) -> None:
    """Understand somebody on the list of an event; who has no name is counted."""
    item = record.item
    name = _name(record)
    _event(record)
    cells.country(record)
    cells.text(record, "profile")
    measures.yes_no(record, "fewer_opportunities")
    _online(record)
    if "meeting_id" not in item.links:
        record.doubt("name", "no event is named; the row was left out")
        return
    event = item.links["meeting_id"].said
    if name is None:
        _count(record, event)
        return
    item.values["name"] = name
    item.name = f"{event}: {name}"
    cells.link(record, "partner", "partner", "partner_id", otherwise="organisation")
    for field in ("role", "certificate"):
        cells.text(record, field)
    cells.day(record, "day")
    cells.lines(record, "notes")
    record.intake.items.append(item)


def _name(record: cells.Record) -> str | None:
    whole = record.take("name")
    parts = [part for field in ("first_name", "last_name") if (part := record.take(field))]
    if whole is None and parts:
        whole = " ".join(parts)
        record.item.columns["name"] = record.cells.get("last_name") or record.cells["first_name"]
    return clean(whole) or None if whole else None


def _event(record: cells.Record) -> None:
    """Read the event; a list without one is that of the event its sheet is called after."""
    cells.link(record, "meeting", "meeting", "meeting_id")
    if "meeting" in record.cells or "meeting_id" in record.item.links:
        return
    sheet = record.item.file.rpartition(", sheet ")[2] if ", sheet " in record.item.file else ""
    called = re.sub(r"(?i)\b(?:list of )?(?:participants?|attendees)(?: list)?\b", "", sheet)
    if called := called.strip(" -–_:"):
        record.item.links["meeting_id"] = Link("meeting", called, otherwise="?")
        record.item.columns["meeting_id"] = ("sheet", called)


def _online(record: cells.Record) -> None:
    """Read whether somebody took part from elsewhere: yes, or a way to attend."""
    text = record.take("online")
    if text is None:
        return
    mode = words.choose(MeetingMode, text) if words.yes_no(text) is None else None
    if mode is not None:
        record.item.values["online"] = mode is MeetingMode.ONLINE
    else:
        measures.yes_no(record, "online")


def _count(record: cells.Record, event: str) -> None:
    """Count a person without a name; those who are alike are put together in the end."""
    said = record.item.values
    partner = record.cells.get("partner", ("", ""))[1]
    counted = Item("head_count", record.item.file, record.item.row, f"{event}: {partner}")
    counted.columns = {name: cell for name, cell in record.item.columns.items() if name != "name"}
    counted.links["meeting_id"] = record.item.links["meeting_id"]
    if partner:
        counted.links["partner_id"] = Link("partner", clean(partner), otherwise="organisation")
        counted.columns["partner_id"] = record.cells["partner"]
    counted.values = {name: said[name] for name in ("country", "profile") if name in said}
    counted.values |= {"people": 1, "online": int(said.get("online", False))}
    if "fewer_opportunities" in said:
        counted.values["fewer_opportunities"] = int(said["fewer_opportunities"])
    counted.defaults["_like"] = (
        *(record.item.file, fold(event), fold(partner)),
        *(said.get("country"), fold(said.get("profile", ""))),
    )
    record.intake.items.append(counted)
    # what was said of one of them has no place where they are counted
    record.item.kind = "head_count"
