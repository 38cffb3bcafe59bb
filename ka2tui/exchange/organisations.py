"""Partners and contacts as tables tell them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from ka2tui.datafiles import DataFault
from ka2tui.domain import countries, identifiers, organisation_sorts
from ka2tui.domain.entries import Malformed
from ka2tui.domain.intake import Item, Link
from ka2tui.domain.kinds import AgreementState, CandidateState, PartnerRole
from ka2tui.domain.mail_address import mails_in
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, measures, words

if TYPE_CHECKING:
    from pathlib import Path

_LINES = 8
"""Lines of an address in which a country is looked for, from below."""
_YEAR = re.compile(r"1\d{3}|20\d\d", re.ASCII)
_LEADS = re.compile(r"\s*[;,/\n]\s*|\s+(?:and|&)\s+")


_CO = re.compile(
    r"\(?\s*(co[- ]?lead(?:er)?s?|co[- ]?leading|deputy|support(?:ing)?)\s*\)?", re.IGNORECASE
)


def partner(record: cells.Record) -> None:
    """Understand a partner, what it leads and whom to ask there."""
    cells.code(record, "nr")
    _address_of(record)
    for name in ("acronym", "name", "city", "website"):
        cells.text(record, name)
    values = record.item.values
    if "name" not in values and "acronym" in values:
        values["name"] = values["acronym"]
        record.item.columns["name"] = record.cells["acronym"]
        record.doubt("acronym", "no legal name; the acronym is kept as the name")
    cells.country(record)
    cells.zone(record)
    cells.identifier(identifiers.read_oid)(record, "oid")
    cells.identifier(identifiers.read_pic)(record, "pic")
    _sort(record)
    _role(record)
    cells.choice(AgreementState)(record, "agreement_state")
    for name in ("joined_on", "left_on"):
        cells.day(record, name)
    _founded(record)
    for name in ("eche", "newcomer"):
        measures.yes_no(record, name)
    cells.number(record, "applications")
    cells.lines(record, "notes")
    if record.take("grant_cents"):
        record.keep_as_note("grant_cents", "money of a partner has no place here yet")
    if "zone" not in values and (where := values.get("country")):
        zones = countries.zones_of(where)
        if zones:
            record.item.defaults["zone"] = zones[0]
        if len(zones) > 1 and cells.key_of(values.get("city", "")) != cells.key_of(
            zones[0].rpartition("/")[2]
        ):
            record.doubt("country", f"no time zone is given; {zones[0]} is taken")
    record.item.name = values.get("acronym") or values.get("name") or ""
    if not record.item.name:
        record.wrong("name", "a partner needs a name")
        return
    record.intake.items.append(record.item)
    _leads(record)
    _contact_of(record)


def _address_of(record: cells.Record) -> None:
    """Take the first line of a name for it, and a country in a line below; the rest is a note."""
    heading, text = record.cells.get("name", ("", ""))
    first, *others = filter(None, map(str.strip, text.split("\n"))) if "\n" in text else [text]
    if not others:
        return
    record.item.columns["name"] = (heading, text)
    record.keep_as_note("name", f"its first line is kept as the name: {first}")
    record.cells["name"] = (heading, first)
    for line in others[-1 : -_LINES - 1 : -1]:
        with suppress(Misread):
            countries.read_country(line)
            record.cells.setdefault("country", (heading, line))


def _role(record: cells.Record) -> None:
    text = record.take("role")
    if text is None:
        return
    found = words.choose(PartnerRole, text)
    if (
        found is None
        and "sort" not in record.item.values
        and (sort := _read_sort(text, record.frame.own))
    ):
        record.item.values["sort"] = sort  # "type" is the role in one table, what it is in another
        record.item.columns["sort"] = record.cells["role"]
        return
    if found is None:
        found = words.within(PartnerRole, text)
        if found is None:
            record.keep_as_note("role", "this role is not known here")
            return
        if not re.search("coordinator|partner|beneficiary|associate", fold(text)):
            record.doubt("role", f"read as {found.word}")
    record.item.values["role"] = found


def _leads(record: cells.Record) -> None:
    """Read the work packages that a partner leads, or leads with another."""
    text = record.take("leads")
    if text is None:
        return
    for part in filter(None, _LEADS.split(text)):
        together = _CO.search(part)
        code = _CO.sub("", part).strip(" ()")
        made = Item("_lead", record.item.file, record.item.row, code)
        made.columns = {"work_unit_id": (record.cells["leads"][0], part)}
        made.links = {"work_unit_id": Link("work_unit", code)}
        made.values = {"partner": record.item, "role": "co-lead" if together else None}
        record.intake.items.append(made)


def _contact_of(record: cells.Record) -> None:
    name = record.take("contact_name")
    email, phone = cells.mail(record, "contact_email"), record.take("contact_phone")
    if name is not None and (mails := mails_in(name)):
        first = re.split(r"[\n,;(<]", name.partition(mails[0])[0])[0].strip() or mails[0]
        record.keep_as_note("contact_name", f"read as {first}, {mails[0]}")
        name, email = first, email or mails[0]
    if name is None and (email or phone):
        name = record.item.name
        record.doubt("contact_email" if email else "contact_phone", "no name beside it")
    if name is None:
        return
    made = Item("contact", record.item.file, record.item.row, clean(name))
    made.values = {"name": clean(name)}
    made.columns = {"name": record.cells.get("contact_name", ("", name))}
    for field_, cell in (("email", email), ("phone", phone)):
        if cell:
            made.values[field_] = clean(cell)
            made.columns[field_] = record.cells.get(f"contact_{field_}", ("", cell))
    made.links = {"partner_id": Link("partner", record.item.name)}
    record.intake.items.append(made)


def contact(record: cells.Record) -> None:
    """Understand a person."""
    for name in ("name", "organisation", "role", "phone", "language"):
        cells.text(record, name)
    if email := cells.mail(record, "email"):
        record.item.values["email"] = email
    cells.lines(record, "notes")
    first, last = record.take("first_name"), record.take("last_name")
    values = record.item.values
    if first or last:
        together = clean(" ".join(filter(None, (first, last))))
        if not values.get("name") or fold(values["name"]) in {fold(first or ""), fold(last or "")}:
            values["name"] = together
            record.item.columns["name"] = record.cells["last_name" if last else "first_name"]
    if not values.get("name"):
        record.wrong("name", "a contact needs a name")
        return
    cells.link(record, "partner", "partner", "partner_id", otherwise="organisation")
    record.item.name = values["name"]
    record.intake.items.append(record.item)


def candidate(record: cells.Record) -> None:
    """Understand an organisation that may become a partner."""
    for name in ("name", "acronym", "city", "website", "found_at", "person", "phone"):
        cells.text(record, name)
    values = record.item.values
    if not values.get("name"):
        if not values.get("acronym"):
            record.wrong("name", "a possible partner needs a name")
            return
        values["name"] = values["acronym"]
        record.item.columns["name"] = record.item.columns["acronym"]
    record.item.name = values["name"]
    cells.country(record)
    cells.identifier(identifiers.read_oid)(record, "oid")
    cells.identifier(identifiers.read_pic)(record, "pic")
    _sort(record)
    if email := cells.mail(record, "email"):
        values["email"] = email
    cells.lines(record, "brings")
    cells.choice(CandidateState)(record, "state")
    for name in ("asked_on", "answered_on"):
        cells.day(record, name)
    asked, answered = values.get("asked_on"), values.get("answered_on")
    if asked and answered and answered < asked:
        record.doubt("answered_on", "this is before it was asked")
    if asked and "state" not in values:
        record.item.defaults["state"] = CandidateState.ASKED
    cells.lines(record, "notes")
    record.intake.items.append(record.item)


def _sort(record: cells.Record) -> None:
    """Read what an organisation is; other words are kept as a note."""
    text = record.take("sort")
    if text is None:
        return
    found = _read_sort(text, record.frame.own)
    if found is None:
        record.keep_as_note("sort", "this kind of organisation is not known here")
        return
    record.item.values["sort"] = found
    record.item.columns["sort"] = record.cells["sort"]


def _read_sort(text: str, own: Path | None) -> str | None:
    with suppress(Misread):
        try:
            return organisation_sorts.read(text, own)
        except (DataFault, Malformed):  # what is wrong in a file of one's own is told elsewhere
            return organisation_sorts.read(text)
    return None


def _founded(record: cells.Record) -> None:
    """Read since when an organisation exists; of a bare year the first day is taken."""
    text = record.cells.get("established_on", ("", ""))[1].strip()
    if not _YEAR.fullmatch(text):
        cells.day(record, "established_on")
        return
    record.take("established_on")
    record.item.values["established_on"] = date(int(text), 1, 1)
    record.doubt("established_on", f"only the year is given; 1 January {text} is taken")
