"""Meetings as tables tell them, with agenda, head counts and attendance."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from ka2tui.domain import countries, days, instants
from ka2tui.domain.intake import Link
from ka2tui.domain.kinds import (
    MeetingKind,
    MeetingMode,
    MeetingState,
    Precision,
    Presence,
)
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, headings

if TYPE_CHECKING:
    from datetime import time

    from ka2tui.domain.days import ReadDay


_HOUR = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]m)?"
_HOURS = (
    rf"(?P<at>{_HOUR})(?:\s*(?:[-\u2013\u2014]|to|until)\s*(?P<to>{_HOUR}))?"
    r"(?P<offset>Z|[+\u2212-]\d{2}:?\d{2})?"
    r"\s*(?:h|hrs?|Uhr)?\s*\(?(?P<zone>[A-Z]{2,4}|[A-Z][a-z]+/[A-Z][a-z_]+)?(?:\s*time)?\)?"
)
_TIME_TAIL = re.compile(rf"(?<=\d),?(?:[ T]|\s+(?:at|um)\s+){_HOURS}$", re.IGNORECASE)
_BEHIND = re.compile(r"(?:,\s*([^,()]+)|\(([^,()]+)\))\s*$")
_TIME = re.compile(_HOURS, re.IGNORECASE)
_SUMMER = {"CEST": "CET", "EEST": "EET", "WEST": "WET", "BST": "Europe/London"}
"""What clocks show in summer in the zones of partners."""


_MEETING_KINDS = (
    (r"kick ?-?off|\bkom\b|auftakt|lanzamiento|lancement|inauguracyjn", MeetingKind.KICK_OFF),
    (r"multiplier|\bme ?\d", MeetingKind.MULTIPLIER),
    (r"monitoring", MeetingKind.MONITORING),
    (r"ltta|training|learning|summer school|mobility", MeetingKind.LEARNING),
    (
        (
            r"\btpm|transna[ct]ion|transnazional|ponadnarodow|ulusotesi|project meeting"
            r"|partner(?:s|ship)? meeting|\btm ?\d"
        ),
        MeetingKind.TPM,
    ),
    (r"\bonline|virtual|webinar", MeetingKind.ONLINE),
)


def meeting(record: cells.Record) -> None:
    """Understand a meeting or event."""
    cells.code(record)
    cells.text(record, "title")
    values = record.item.values
    _meeting_name(record)
    for name in ("place", "city", "link"):
        cells.text(record, name)
    if "title" not in values:
        where = values.get("city") or values.get("place")
        if where is None:
            record.wrong("title", "a meeting needs a name")
            return
        values["title"] = f"Meeting in {where}"
        record.doubt("city" if "city" in values else "place", f"no name; called {values['title']}")
    cells.country(record)
    cells.zone(record)
    cells.choice(MeetingMode)(record, "mode")
    cells.choice(MeetingState)(record, "state")
    _meeting_kind(record)
    _country_of_place(record)
    meeting_time(record)
    for name in (
        *("participants", "remote_participants", "expected_participants", "minutes_long"),
    ):
        cells.number(record, name)
    cells.text(record, "direction")
    if values.get("minutes_long") == 0:
        del values["minutes_long"]
    cells.link(record, "host", "partner", "host_id", otherwise="notes")
    cells.work_unit(record)
    cells.day(record, "minutes_sent_on")
    for name in ("summary", "notes"):
        cells.lines(record, name)
    _meeting_place(record)
    if "agenda_items" in record.cells:
        stated = record.take("agenda_items")
        if stated and stated.isdecimal():
            record.item.defaults["_agenda_items"] = int(stated)
    record.item.name = values["title"]
    record.intake.items.append(record.item)


def _meeting_name(record: cells.Record) -> None:
    values, columns = record.item.values, record.item.columns
    code = values.get("code")
    if code is None:
        return
    if code.isdecimal():
        tpm = headings.plain(record.heading).startswith("tpm")
        values["code"] = f"TPM{int(code)}" if tpm else code
        if "title" not in values:
            values["title"] = values["code"] if tpm else f"Meeting {code}"
            columns["title"] = columns["code"]
    elif "title" not in values:
        values["title"] = code
        columns["title"] = columns["code"]


def _meeting_kind(record: cells.Record) -> None:
    text = record.take("kind")
    values = record.item.values
    said = f"{text or ''} {values['title']} {values.get('code', '')}"
    for pattern, kind in _MEETING_KINDS:
        if text and re.search(pattern, fold(text)):
            values["kind"] = kind
            return
    found = next((k for p, k in _MEETING_KINDS if re.search(p, fold(said))), MeetingKind.OTHER)
    if text:
        record.notes.append(f"{record.cells['kind'][0]}: {text}")
    record.item.defaults["kind"] = found


def meeting_time(record: cells.Record) -> None:
    """Read when a meeting takes place: a day or a stretch, an hour, a month, words beside them."""
    cell = record.cells.get("day")
    hour = _TIME_TAIL.search(cell[1]) if cell else None
    if cell and hour:
        record.cells["day"] = (cell[0], cell[1][: hour.start()])
        record.cells.setdefault("time", (cell[0], cell[1][hour.start("at") :]))
    day = cells.read_when(record, "day", months=True)
    month = cells.read_when(record, "month", months=True)
    label = cells.read_label(record, "date_label", ("day", "month"))
    known = day or month or label
    if known is None:
        return
    source = "day" if day else "month" if month else "date_label"
    values, columns = record.item.values, record.item.columns
    values["precision"] = known.precision
    columns["precision"] = record.cells[source]
    for name, value in (("day", known.day), ("month", known.month), ("end_day", known.day_to)):
        if value is not None:
            values[name] = value
            columns[name] = record.cells[source]
    for other, name in ((month, "month"), (label, "date_label")):
        if other is not None and other is not known:
            _check_same_time(record, known, other, name)
    if day and month and month.month is not None:
        values["month"] = month.month
    if "end_day" in record.cells:
        _meeting_end(record)
    _meeting_hour(record)


def _check_same_time(record: cells.Record, known: ReadDay, other: ReadDay, name: str) -> None:
    """Hold two columns that say when a meeting is against each other."""
    if known.day is None or other.day is None:
        return
    exact = known.precision is not Precision.MONTH and other.precision is not Precision.MONTH
    last = record.item.values.get("end_day")
    same = (
        (known.day == other.day)
        if exact
        else (
            (known.day.year, known.day.month) == (other.day.year, other.day.month)
            or other.day <= known.day <= (other.last or other.day)
        )
    )
    if not same:
        record.doubt(
            name,
            f"another column says {known.day if exact else days.say_calendar_month(known.day)}",
        )
    elif exact and other.day_to and last is None and "end_day" not in record.cells:
        record.item.values["end_day"] = other.day_to
        record.item.columns["end_day"] = record.cells[name]


def _meeting_end(record: cells.Record) -> None:
    read = cells.read_when(record, "end_day", months=True)
    if read is None:
        return
    last = read.last or read.day
    first = record.item.values.get("day")
    if last is None:
        return
    if first is not None and last < first:
        record.wrong("end_day", f"it ends before it begins on {first}")
        return
    record.item.values["end_day"] = last


def _meeting_hour(record: cells.Record) -> None:
    text = record.take("time")
    if text is None:
        return
    values = record.item.values
    found = _TIME.fullmatch(text)
    try:
        at = instants.read_time(found["at"] if found else re.split(r"\s*[-–—]\s*", text)[0])
        until = instants.read_time(found["to"]) if found and found["to"] else None
    except Misread:
        record.keep_as_note("time", "this is no time of day")
        return
    if found and found["zone"] and not _hour_zone(record, found["zone"]):
        return
    zone = values.get("zone") or record.item.defaults.get("zone")
    if zone is None and (where := values.get("country")):
        zones = countries.zones_of(where)
        zone = zones[0] if zones else None
    if zone is None or values.get("day") is None or values.get("precision") is Precision.MONTH:
        record.keep_as_note("time", "without a day and a zone this is no moment")
        if until is not None and until > at:
            _length(record, at, until)
        return
    if "zone" not in values:
        values["zone"] = zone
        record.item.columns["zone"] = record.item.columns["country"]
        record.doubt("time", f"read as the time in {zone}")
    begins = instants.instant(values["day"], at, zone)
    ahead = instants.local(begins, zone).utcoffset()
    offset = _offset(found["offset"]) if found else None
    if offset is not None and offset != ahead:
        # the clocks of the meeting show another hour, and perhaps another day
        begins = datetime.combine(values["day"], at, timezone(offset)).astimezone(UTC)
        values["day"] = instants.local(begins, zone).date()
        record.doubt("time", f"read as {instants.local(begins, zone):%Y-%m-%d %H:%M} in {zone}")
    values["starts_at"] = begins
    values["precision"] = Precision.TIME
    record.item.columns |= dict.fromkeys(("starts_at", "precision"), record.cells["time"])
    # 09:30-04:00 is half past nine where clocks are four hours behind, not a stretch of time
    behind = found and found["to"] and f"-{found['to']}" in text and _offset(f"-{found['to']}")
    if until is not None and until > at and ahead != (behind or None):
        _length(record, at, until)


def _offset(text: str | None) -> timedelta | None:
    """Read how far clocks are ahead of UTC: +01:00, -0400, Z."""
    found = re.fullmatch(r"([+\u2212-])(\d{2}):?(\d{2})", text or "")
    if found is None:
        return timedelta() if text and text in "Zz" else None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return None if ahead >= timedelta(days=1) else ahead if found[1] == "+" else -ahead


def _length(record: cells.Record, at: time, until: time) -> None:
    if "minutes_long" not in record.cells:
        minutes = 60 * (until.hour - at.hour) + until.minute - at.minute
        record.item.values["minutes_long"] = minutes
        record.item.columns["minutes_long"] = record.cells["time"]


def _hour_zone(record: cells.Record, said: str) -> bool:
    """Take the zone that stands behind an hour; what is none keeps the hour in the notes."""
    name = said.upper()
    try:
        zone = instants.read_zone(_SUMMER.get(name, name if "/" not in said else said))
    except Misread:
        record.keep_as_note("time", "this is no hour of a zone that is known")
        return False
    record.item.values.setdefault("zone", zone)
    record.item.columns.setdefault("zone", record.cells["time"])
    return True


def _country_of_place(record: cells.Record) -> None:
    """Read the country behind a place: "Cork, Ireland", "Leeds (UK)"."""
    values = record.item.values
    found = _BEHIND.search(values.get("place", ""))
    if found is None or "country" in values:
        return
    try:
        values["country"] = countries.read_country(found[1] or found[2])
    except Misread:
        return
    record.item.columns["country"] = record.cells["place"]
    record.doubt("place", f"the country was read as {values['country']}")


def _meeting_place(record: cells.Record) -> None:
    """Say who hosts where the place is a partner; doubt a city that is none."""
    values = record.item.values
    place, city = values.get("place"), values.get("city")
    if place and "mode" not in values and fold(place) in {"online", "zoom", "teams", "virtual"}:
        values["mode"] = MeetingMode.ONLINE
        record.item.columns["mode"] = record.cells["place"]
    if place and city and fold(place) == fold(city) and len(place.split()) > 2:
        record.doubt("city", "the same as the place; this may be no city")
    online = values.get("mode") is MeetingMode.ONLINE
    if place and "country" not in values and not online:
        record.doubt("place", "no country is given for this meeting")
    if place and "host_id" not in record.item.links and not online:
        record.item.defaults["_place"] = place


def agenda_item(record: cells.Record) -> None:
    """Understand a point of an agenda."""
    cells.link(record, "meeting", "meeting", "meeting_id")
    cells.text(record, "title")
    cells.text(record, "presenter")
    cells.number(record, "position")
    cells.number(record, "minutes_planned")
    cells.lines(record, "notes")
    if "title" not in record.item.values or "meeting_id" not in record.item.links:
        record.wrong("title", "an agenda item needs a meeting and a text")
        return
    meeting = record.item.links["meeting_id"].said
    record.item.name = f"{meeting}: {record.item.values['title']}"
    if "position" not in record.item.values:
        before = sum(
            item.kind == "agenda_item" and fold(item.links["meeting_id"].said) == fold(meeting)
            for item in record.intake.items
        )
        record.item.defaults["position"] = before + 1
    record.intake.items.append(record.item)


def head_count(record: cells.Record) -> None:
    """Understand how many of an organisation came."""
    cells.link(record, "meeting", "meeting", "meeting_id")
    cells.country(record)
    cells.text(record, "profile")
    people = cells.number(record, "people")
    cells.number(record, "online")
    cells.number(record, "fewer_opportunities")
    if people is None or "meeting_id" not in record.item.links:
        record.wrong("people", "a head count needs a meeting and a number")
        return
    cells.link(record, "organisation", "partner", "partner_id", otherwise="organisation")
    said = record.cells.get("organisation", ("", ""))[1] or record.item.values.get("profile") or ""
    record.item.name = f"{record.item.links['meeting_id'].said}: {said}"
    record.intake.items.append(record.item)


def attendance(record: cells.Record) -> None:
    """Understand who was there."""
    cells.link(record, "meeting", "meeting", "meeting_id")
    name = record.take("contact")
    cells.day(record, "day")
    cells.choice(Presence)(record, "presence")
    if name is None or "meeting_id" not in record.item.links:
        record.wrong("contact", "attendance needs a meeting and a name")
        return
    record.item.values.setdefault("presence", Presence.PRESENT)
    record.item.links["contact_id"] = Link("contact", clean(name), otherwise="+")
    record.item.columns["contact_id"] = record.cells["contact"]
    if text := record.take("partner"):
        record.item.defaults["_partner"] = clean(text)
    record.item.name = f"{record.item.links['meeting_id'].said}: {clean(name)}"
    record.intake.items.append(record.item)
