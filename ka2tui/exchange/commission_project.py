"""One project of the Commission's list: itself, its coordinator and its partners as items."""

from __future__ import annotations

import re
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from ka2tui.domain import countries, days, identifiers, money, organisation_sorts
from ka2tui.domain.intake import Finding, Intake, Item
from ka2tui.domain.kinds import PartnerRole, PhaseKind, PhaseState, ProjectShape
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ka2tui.exchange.commission_files import Entry

MOST_PARTNERS = 100
"""So many partners the list has room for."""

_SPACE = uuid.UUID("6a7a1a6e-52a7-5d6e-9d0c-2f5b8a7d3c11")
_LONGEST_ACRONYM = 24
_MANY_ZONES = 3
_FINISHED = {"finalized", "finalised", "finished", "closed", "completed", "ended"}
_RUNNING = {"ongoing", "on going", "on-going", "active", "running", "in progress", "started"}
_KEPT = {
    "programme": "Programme",
    "key_action": "Key action",
    "action_type": "Action type",
    "topics": "Topics",
    "status": "Status in the list",
    "good_practice": "Good practice",
    "success_story": "Success story",
    "results": "Results available",
    "card": "Project card",
    "countries": "Participating countries",
}
"""What has no field of its own here, and is kept in the notes under these words."""
_TOLD = {
    "summary": "",
    "background": "Background",
    "implementation": "Implementation",
    "results told": "Results",
}
_KEPT_OF_PARTNER = {"type": "Kind of organisation", "address": "Address", "region": "Region"}
_ROUND = re.compile(r"20\d\d-(\d)-([A-Z]{2}\d\d)-", re.ASCII)
_ACTION = re.compile(r"\bKA2\d\d(?:-(?:ADU|HED?|SCH|VET|YOU))?\b", re.ASCII)
_BEFORE = re.compile(r"[\"“«]?([^\W\d_][\w+&.-]{1,14})[\"”»]?\s*(?::|\s[-–—])\s+\S")
_BEHIND = re.compile(r"[\"“«(]([^\W\d_][\w+&.-]{1,14})[\"”»)]\.?$")
_SMALL = (
    "a an and as at by for from in into of on or the to with through via "
    "der die das den dem des und im zur zum für von mit auf et le la les l de du d en pour dans "
    "par un une y el los las del para por con e il lo gli di da della nel per i o os do na "
    "w z dla ve ile için"
)
_SMALL_WORDS = frozenset(map(fold, _SMALL.split()))
_FIRST_YEAR = 2014
_LONGEST_POSTCODE = 10


@frozen
class _Organisation:
    """What an entry says of one organisation."""

    beside: str
    """What its fields begin with: coordinator, or partner 7."""
    name: str
    heading: str


def understand(entry: Entry) -> Intake:
    """Understand one entry as a project with its consortium, without looking at what is stored."""
    intake = Intake()
    item = _project(entry, intake)
    intake.items.append(item)
    partners = _partners(entry, intake)
    intake.items += partners
    intake.counts[entry.file] = {"project": 1, "partner": len(partners)}
    _hold_countries(entry, intake, partners)
    item.defaults["_when_new"] = (*item.defaults["_when_new"], *_missing(entry, item, partners))
    for heading, text in entry.strays:
        intake.dropped.append(
            Finding(entry.file, entry.row, heading or None, text, "not taken: no place for it")
        )
    intake.doubtful += [Finding(entry.file, entry.row, None, None, why) for why in entry.doubts]
    return intake


def is_same(name: str, one: str, other: str) -> bool:
    """Tell whether two lists say the same of one field, each in its manner."""
    if clean(one, lines=True) == clean(other, lines=True):
        return True
    if name == "grant":
        try:
            return money.read_amount(one) == money.read_amount(other)
        except Misread:
            return False
    if name.endswith("website") or name == "card":
        return _bare_address(one) == _bare_address(other)
    if name.endswith(("country", "countries")):
        return _codes(one)[0] == _codes(other)[0] != frozenset()
    return fold(one) == fold(other)


def acronym_from(title: str) -> str | None:
    """Derive a short name from a title: the one it begins or ends with, itself, or its initials."""
    title = clean(title)
    for found in (_BEFORE.match(title), _BEHIND.search(title)):
        if found and sum(sign.isupper() for sign in found[1]) > 1:
            return found[1].strip(".-")
    if 0 < len(title) <= _LONGEST_ACRONYM:
        return title
    words = re.findall(r"[^\W\d_]\w*", title)
    letters = "".join(word[0] for word in words if fold(word) not in _SMALL_WORDS)
    return letters[:6].upper() if len(letters) > 1 else None


# --- the project --------------------------------------------------------------------------------


def _project(entry: Entry, intake: Intake) -> Item:
    cells = entry.cells
    item = Item("project", entry.file, entry.row, "the project")
    for name in ("identifier", "title", "grant", "website", "call_year", "start", "end"):
        if name in cells:
            field = {"identifier": "agreement", "grant": "grant_cents"}.get(name, name)
            item.columns[field] = (entry.headings[name], cells[name])
    values, defaults = item.values, item.defaults
    defaults["_when_new"] = ()
    _agreement(entry, item, intake)
    if "title" in cells:
        values["title"] = clean(cells["title"])
        defaults["_acronym"] = acronym_from(cells["title"])
    if "website" in cells:
        values["website"] = clean(cells["website"])
    _summary(entry, item)
    _call_year(entry, item, intake)
    _grant(entry, item, intake)
    for name in ("start", "end"):
        _day(entry, item, intake, name)
    if values.get("start") and values.get("end") and values["end"] < values["start"]:
        intake.doubtful.append(item.at("end", f"this is before {values['start']}; left out"))
        del values["end"]
    _standing(entry, item, intake)
    _notes(entry, item, intake)
    return item


def _agreement(entry: Entry, item: Item, intake: Intake) -> None:
    said = entry.cells.get("identifier", "")
    number = identifiers.read_agreement(said)
    item.name = item.values["agreement"] = number.number
    item.uid = str(uuid.uuid5(_SPACE, number.number))
    other = re.search(r"\bKA[13]\d\d\b", number.number) if number.scheme is None else None
    doubt = number.doubt
    if other:
        kind = entry.cells.get("key_action") or entry.cells.get("action_type")
        doubt = f"{other[0]} is no KA2 action" + (f" but {clean(kind)}" if kind else "")
    if doubt:
        intake.doubtful.append(item.at("agreement", doubt))
    called = _ACTION.search(entry.cells.get("action_type", "").upper())
    if number.action is None and called:
        item.defaults["action"] = called[0]
    elif number.action is None and "small-scale" in fold(entry.cells.get("action_type", "")):
        item.defaults["shape"] = ProjectShape.ACTIVITIES
    part = _ROUND.match(number.number)
    if part and number.scheme is not None:
        item.defaults["call"] = f"{number.call_year}, round {part[1]}"
        item.defaults["agency"] = part[2]


def _call_year(entry: Entry, item: Item, intake: Intake) -> None:
    said = entry.cells.get("call_year")
    if said is None:
        return
    found = re.fullmatch(r"(20\d\d)(?:\.0)?", said.strip())
    if not found:
        intake.doubtful.append(item.at("call_year", "this is no year of a call; left out"))
        return
    year = int(found[1])
    item.values["call_year"] = year
    told = identifiers.read_agreement(entry.cells["identifier"]).call_year
    if told is not None and told != year:
        intake.doubtful.append(
            item.at("call_year", f"the identifier says {told}; {year} is taken as the call year")
        )


def _grant(entry: Entry, item: Item, intake: Intake) -> None:
    said = entry.cells.get("grant")
    if said is None:
        return
    try:
        cents, doubt = money.read_amount_with_doubt(said)
    except Misread as misread:
        intake.doubtful.append(item.at("grant_cents", f"{misread} Left out."))
        return
    item.values["grant_cents"] = cents
    # a comma before three digits parts thousands in these lists; a point may be something else
    if doubt and "," not in said:
        intake.doubtful.append(item.at("grant_cents", doubt))


def _day(entry: Entry, item: Item, intake: Intake, name: str) -> None:
    said = entry.cells.get(name)
    if said is None:
        return
    day = _read_day(said)
    if day is None:
        intake.doubtful.append(item.at(name, "this is no date; left out"))
    else:
        item.values[name] = day


def _read_day(said: str) -> date | None:
    bare = re.sub(r"(?<=\d)T\d\d:.*$", "", said.strip())
    try:
        found = days.read_day(bare)
    except Misread:
        return None
    if found.day is None or found.day.year < _FIRST_YEAR:
        return None
    return found.day


def _summary(entry: Entry, item: Item) -> None:
    parts = []
    for name, word in _TOLD.items():
        if text := entry.cells.get(name):
            parts.append(f"{word}: {text}" if word else text)
            item.columns.setdefault("summary", (entry.headings[name], text))
    if parts:
        item.values["summary"] = clean("\n\n".join(parts), lines=True)
    if text := entry.cells.get("objectives"):
        item.values["goal"] = clean(text, lines=True)
        item.columns["goal"] = (entry.headings["objectives"], text)


def _standing(entry: Entry, item: Item, intake: Intake) -> None:
    """Let the phases stand where the status says, for no list says when they were gone through."""
    said = entry.cells.get("status", "")
    word = fold(said)
    if word in _FINISHED:
        item.defaults["_phases"] = dict.fromkeys(PhaseKind, PhaseState.DONE)
        return
    if said and word not in _RUNNING:
        reason = "this status is not known; the project is taken for one under way"
        intake.doubtful.append(
            Finding(entry.file, entry.row, entry.headings["status"], said, reason)
        )
    if "start" in item.values and "end" in item.values:
        return
    under_way = {PhaseKind.IMPLEMENTATION, PhaseKind.EVALUATION}
    item.defaults["_phases"] = {
        kind: PhaseState.UNDER_WAY if kind in under_way else PhaseState.DONE for kind in PhaseKind
    }


def _notes(entry: Entry, item: Item, intake: Intake) -> None:
    lines = ["From the Commission's list of projects:"]
    for name, word in _KEPT.items():
        if text := entry.cells.get(name):
            lines.append(f"{word}: {clean(text)}")
            intake.read.append(_in_notes(entry, name))
    for name in ("grant", "call_year", "start", "end"):
        field = "grant_cents" if name == "grant" else name
        if name in entry.cells and field not in item.values:
            lines.append(f"{clean(entry.headings[name])}: {clean(entry.cells[name])}")
    if len(lines) > 1:
        item.defaults["notes"] = "\n".join(lines)


def _in_notes(entry: Entry, name: str) -> Finding:
    reason = f"{name.rpartition(' ')[0].rstrip(' 0123456789') or 'project'}: kept in the notes"
    return Finding(entry.file, entry.row, entry.headings[name], entry.cells[name], reason)


def _missing(entry: Entry, item: Item, partners: list[Item]) -> Iterator[Finding]:
    """Say what the list does not tell of a project that is new here, and how to give it."""
    if "start" not in item.values:
        reason = (
            "the list gives no first day and no length: give them with "
            "'ka2tui project edit --start 2026-09-01 --months 24' or in the app"
        )
        yield Finding(entry.file, entry.row, None, None, reason)
    if partners:
        reason = "the list gives no acronyms of partners: they are called by their names until then"
        yield Finding(entry.file, entry.row, None, None, reason)


# --- the consortium -----------------------------------------------------------------------------


def _partners(entry: Entry, intake: Intake) -> list[Item]:
    made: list[Item] = []
    seen: dict[tuple[str, str, str], str] = {}
    for one in _organisations(entry, intake):
        key = (
            fold(one.name),
            fold(entry.cells.get(f"{one.beside} country", "")),
            fold(entry.cells.get(f"{one.beside} address", "")),
        )
        if key in seen:
            reason = f"{seen[key]} is the same organisation; taken once"
            intake.doubtful.append(Finding(entry.file, entry.row, one.heading, one.name, reason))
            continue
        twin = next((beside for known, beside in seen.items() if known[0] == key[0]), None)
        if twin is not None:
            reason = f"{twin} has the same name at another address; both are taken"
            intake.doubtful.append(Finding(entry.file, entry.row, one.heading, one.name, reason))
        seen[key] = one.beside
        made.append(_partner(entry, one, intake, len(seen) if twin is not None else None))
    return made


def _organisations(entry: Entry, intake: Intake) -> Iterator[_Organisation]:
    """Give the coordinator, then the partners by number; say where one has no name."""
    numbers = sorted(
        {int(name.split(" ")[1]) for name in entry.cells if name.startswith("partner ")}
    )
    for beside in ("coordinator", *(f"partner {number}" for number in numbers)):
        name = clean(entry.cells.get(f"{beside} name", ""))
        heading = entry.headings.get(f"{beside} name", beside)
        if name:
            yield _Organisation(beside, name, heading)
            continue
        if beside == "coordinator":
            reason = "the list names no coordinator: give one with 'ka2tui partner add'"
            intake.doubtful.append(Finding(entry.file, entry.row, heading, None, reason))
        for known, text in entry.cells.items():
            if known.startswith(f"{beside} "):
                reason = "not taken: no name of an organisation beside it"
                found = Finding(entry.file, entry.row, entry.headings[known], text, reason)
                intake.dropped.append(found)
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        gaps = sorted(set(range(1, numbers[-1])) - set(numbers))
        reason = f"{len(numbers)} partners stand in it, but none at {_listed(gaps)}: check the list"
        intake.doubtful.append(Finding(entry.file, entry.row, None, None, reason))
    if len(numbers) >= MOST_PARTNERS:
        reason = f"all {MOST_PARTNERS} places for partners are filled: there may be more of them"
        intake.doubtful.append(Finding(entry.file, entry.row, None, None, reason))


def _partner(entry: Entry, one: _Organisation, intake: Intake, twin: int | None) -> Item:
    item = Item("partner", entry.file, entry.row, one.name)
    again = "" if twin is None else f"/{twin}"
    number = identifiers.read_agreement(entry.cells["identifier"]).number
    item.uid = str(uuid.uuid5(_SPACE, f"{number}/{fold(one.name)}{again}"))
    item.values["name"] = one.name
    item.columns["name"] = (one.heading, one.name)
    if one.beside == "coordinator":
        item.values["role"] = PartnerRole.COORDINATOR
        item.columns["role"] = item.columns["name"]

    def cell(what: str) -> str | None:
        text = entry.cells.get(f"{one.beside} {what}")
        if text is not None:
            item.columns[what] = (entry.headings[f"{one.beside} {what}"], text)
        return text

    if text := cell("website"):
        item.values["website"] = clean(text)
    if text := cell("country"):
        _country(item, text, intake)
    if text := cell("pic"):
        pic = identifiers.read_pic(text)
        item.values["pic"] = pic.number
        if pic.doubt:
            intake.doubtful.append(item.at("pic", pic.doubt))
    _notes_of_partner(entry, one, item, intake)
    address = f"{one.beside} address"
    city = cell("city") or city_of(entry.cells.get(address, ""))
    if city:
        item.defaults["city"] = clean(city)
        if address in entry.cells:
            found = Finding(entry.file, entry.row, entry.headings[address], city, "partner: city")
            intake.read.append(found)
    return item


def _notes_of_partner(entry: Entry, one: _Organisation, item: Item, intake: Intake) -> None:
    """Keep in the notes what an organisation has no field for."""
    notes = []
    if "country" in item.columns and "country" not in item.values:
        notes.append(f"Country: {clean(item.columns['country'][1])}")
    for what, word in _KEPT_OF_PARTNER.items():
        name = f"{one.beside} {what}"
        if text := entry.cells.get(name):
            notes.append(f"{word}: {clean(text)}")
            intake.read.append(_in_notes(entry, name))
    if notes:
        item.defaults["notes"] = "\n".join(notes)
    kind = entry.cells.get(f"{one.beside} type")
    if kind:
        with suppress(Misread):  # in words that no list has it stays a note
            item.defaults["sort"] = organisation_sorts.read(kind)


def _country(item: Item, text: str, intake: Intake) -> None:
    try:
        code = countries.read_country(text)
    except Misread as misread:
        intake.doubtful.append(item.at("country", f"{misread} Left out."))
        return
    item.values["country"] = code
    known = countries.country(code)
    zones = countries.zones_of(code)
    if not zones or known is None:
        return
    if known.in_programme or len(zones) == 1:
        item.defaults["zone"] = zones[0]
        if len(zones) >= _MANY_ZONES:
            intake.doubtful.append(
                item.at("country", f"no time zone is given; {zones[0]} is taken")
            )
    else:
        intake.doubtful.append(
            item.at("country", f"no time zone is given, and {known.name} has several; none is set")
        )


def city_of(address: str) -> str | None:
    """Find the city in an address as these lists write it: street, postcode, city."""
    parts = [part.strip() for part in clean(address).split(",")]
    codes = [
        at
        for at, part in enumerate(parts[:-1])
        if at and re.search(r"\d", part) and len(part) <= _LONGEST_POSTCODE
    ]
    found = parts[codes[-1] + 1] if codes else parts[-1] if len(parts) > 1 else ""
    return found if re.search(r"[^\W\d_]{2}", found) else None


def _hold_countries(entry: Entry, intake: Intake, partners: list[Item]) -> None:
    """Hold the countries of the partners against those that are said to take part."""
    said = entry.cells.get("countries")
    if said is None:
        return
    stated, unknown = _codes(said)
    mine = {item.values["country"] for item in partners if "country" in item.values}
    heading = entry.headings["countries"]
    reasons = []
    if unknown:
        reasons.append(f"{_listed(unknown)} is no country known here")
    if extra := sorted(stated - mine):
        reasons.append(f"no organisation of the list is from {_named(extra)}")
    if missing := sorted(mine - stated):
        reasons.append(f"organisations from {_named(missing)} are in the list as well")
    intake.doubtful += [Finding(entry.file, entry.row, heading, said, why) for why in reasons]


def _codes(said: str) -> tuple[frozenset[str], list[str]]:
    """Read a line of countries: their codes, and what is none."""
    found, unknown = set(), []
    for part in filter(None, re.split(r"\s*[,;|/\n]\s*", said.strip())):
        try:
            found.add(countries.read_country(part))
        except Misread:
            unknown.append(clean(part))
    return frozenset(found), unknown


def _named(codes: list[str]) -> str:
    return _listed([countries.say_country(code) for code in codes])


def _listed(parts: list[str] | list[int]) -> str:
    *most, last = map(str, parts)
    return f"{', '.join(most)} and {last}" if most else last


def _bare_address(text: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?|/+$", "", fold(text))
