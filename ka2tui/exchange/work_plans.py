"""Work packages, tasks, deliverables and milestones as tables tell them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain import timeline, work_plan
from ka2tui.domain.intake import Item, Link
from ka2tui.domain.kinds import (
    DeliverableState,
    PhaseKind,
    PlatformState,
    Priority,
    WorkUnitKind,
    WorkUnitState,
)
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold, is_blank
from ka2tui.exchange import cells, headings, task_cells, words

if TYPE_CHECKING:
    from datetime import date

    from ka2tui.domain.days import ReadDay


_CODE_AND_TITLE = re.compile(
    r"((?:WP|IO|PR|MS|TPM|[A-Z]{1,2}) ?\d{1,2}(?:\.\d{1,3}){0,2})\s*[:–—.-]?\s+(\S.*)", re.DOTALL
)


_CODE = re.compile(r"[A-Z]{1,3} ?\d{1,2}(?:\.\d{1,3}){0,2}")
_CO_LEAD = re.compile(r"\(\s*(?:co|deputy|support)\b[^)]*\)|\bco[- ]?lead\w*\b:?", re.IGNORECASE)
_UNIT_LETTERS = (
    (
        r"\bwps?\b|work ?package|work ?plan|arbeitspaket|lot de travail|paquete|pacchett|pakiet",
        "WP",
    ),
    (r"intellectual output|\bios?\b", "IO"),
    (r"activit|aktivitat|actividad|attivita|dzialan|faaliyet", "A"),
)
_PARTS = re.compile(r"\s*[;,/\n]\s*|\s+(?:and|und|et|y|e|i|ve|&|\+)\s+")


def code_and_title(record: cells.Record, word: str) -> None:
    """Read code and title; a code that is a text becomes the title, and both may share a cell."""
    cells.code(record)
    cells.text(record, "title")
    values, columns = record.item.values, record.item.columns
    code, title = values.get("code"), values.get("title")
    if title is None and code is not None:
        if both := _CODE_AND_TITLE.fullmatch(code):
            values["code"], values["title"] = both[1], both[2]
            columns["title"] = columns["code"]
        elif _is_words(code, record.item.kind):
            values["title"] = values.pop("code")
            columns["title"] = columns["code"]
    elif title is not None and (code is None or code.isdecimal()):
        if both := _CODE_AND_TITLE.fullmatch(title):
            values["code"], values["title"] = both[1], both[2]
            columns["code"] = columns["title"]
        elif code is None and _CODE.fullmatch(title):
            values["code"] = title
            columns["code"] = columns["title"]
    if len(values.get("code", "")) > 60:
        record.wrong("code", f"this is too long for the code of a {word}")
    record.item.name = values.get("code") or values.get("title") or ""


def _is_words(code: str, kind: str) -> bool:
    """Tell whether what stands in the column of codes is a text; a short MGT is a code."""
    if any(map(str.isdecimal, code)):
        return len(code) > 16 or len(code.split()) > 2
    return kind != "work_unit" or len(code) > 8 or len(code.split()) > 1 or code != code.upper()


def work_package(record: cells.Record) -> None:
    """Understand a work package, activity or heading, and who takes part."""
    code_and_title(record, "work package")
    values = record.item.values
    if not _unit_code(record):
        return
    _unit_kind(record)
    cells.work_unit(record, "parent", "parent_id")
    if "parent_id" in record.item.links:
        parent = record.item.links["parent_id"].said
        if cells.key_of(parent) == cells.key_of(values["code"]):
            del record.item.links["parent_id"]
    helpers = _co_leads(record)
    cells.people(record, "lead", "lead_id", otherwise=None)
    _unit_time(record)
    cells.amount(record)
    cells.text(record, "place")
    for name in ("objectives", "expected_results", "notes"):
        cells.lines(record, name)
    _expected_people(record)
    for name in ("expected_participants", "reported_participants"):
        cells.number(record, name)
    cells.choice(WorkUnitState)(record, "state")
    cells.percent(record, "percent")
    record.intake.items.append(record.item)
    for name, role in (("co_leads", "co-lead"), ("partners", None)):
        _unit_shares(record, name, role)
    for part in helpers:
        _share_of(record, "lead", part, "co-lead")
    outside = work_plan.outside_project(
        values.get("start_month"), values.get("end_month"), record.frame.months
    )
    if outside:
        record.doubt("end_month" if "end_month" in values else "start_month", outside)


def _unit_code(record: cells.Record) -> bool:
    """Give a code to a work package, activity or heading that is only called by its title."""
    values, item = record.item.values, record.item
    if "code" in values:
        return True
    if "title" not in values:
        record.wrong("title", "neither code nor title")
        return False
    units = record.intake.of("work_unit")
    same = [one for one in units if fold(one.values.get("title", "")) == fold(values["title"])]
    before = [one for one in same if one.file != item.file]
    if before:
        values["code"] = before[0].values["code"]
    else:
        called = headings.plain(f"{record.cells.get('title', ('',))[0]} {record.heading}")
        letters = next((letter for word, letter in _UNIT_LETTERS if re.search(word, called)), None)
        if letters is None:
            called = headings.plain(item.file.rpartition(".")[0])
            letters = next((found for word, found in _UNIT_LETTERS if re.search(word, called)), "H")
        taken = {cells.key_of(one.values["code"]) for one in units}
        number = next(n for n in range(1, 10_000) if f"{letters.lower()}{n}" not in taken)
        values["code"] = f"{letters}{number}"
    item.defaults["_made_up"] = True
    item.name = values["code"]
    record.doubt("title", f"no code; it was given {values['code']}")
    return True


def _unit_kind(record: cells.Record) -> None:
    text = record.take("type")
    if text is None:
        return
    kind = words.choose(WorkUnitKind, text)
    if kind is not None:
        record.item.values["kind"] = kind
        record.item.columns["kind"] = record.cells["type"]
    else:
        record.item.values["category"] = clean(text)
        record.item.columns["category"] = record.cells["type"]


def _unit_time(record: cells.Record) -> None:
    """Read when a work package takes place: project months, days, or a stretch of either."""
    for name, last in (("start_month", False), ("end_month", True)):
        read = cells.read_when(record, name, months=True)
        if read is not None:
            _set_unit_time(record, name, read, last=last)
    read = (
        cells.read_when(record, "period", months=True)
        if "start_month" not in record.item.values
        else None
    )
    if read is not None:
        stretch = bool(read.month_to or read.day_to)
        for name, last in (("start_month", False), ("end_month", True)):
            if name not in record.item.values and (stretch or last):
                record.item.columns[name] = record.cells["period"]
                _set_unit_time(record, name, read, last=last)
    values = record.item.values
    for first, end in (("start_month", "end_month"), ("start", "end")):
        if first in values and end in values and values[end] < values[first]:
            record.wrong("end_month", f"it ends before it begins ({values[first]})")
            del values[end]


def _set_unit_time(record: cells.Record, name: str, read: ReadDay, *, last: bool) -> None:
    values = record.item.values
    if read.month is not None:
        values[name] = (read.month_to or read.month) if last else read.month
        return
    day = (read.last or read.day) if last else read.day
    if day is None:
        return
    plain = "end" if last else "start"
    values[plain] = day
    record.item.columns[plain] = record.item.columns.get(name, ("", ""))
    if record.frame.start is not None:
        month = timeline.month_of(record.frame.start, day)
        if 1 <= month <= timeline.LONGEST:
            values[name] = month
        else:
            record.doubt(name, "this lies outside the project")


def _unit_shares(record: cells.Record, name: str, role: str | None) -> None:
    text = record.take(name)
    if text is None or words.is_everybody(text):
        if text:
            record.doubt(name, "no partner by name; left out")
        return
    for part in filter(None, _PARTS.split(text)):
        together = _CO_LEAD.search(part)
        partner = _CO_LEAD.sub("", part).strip(" ()") if together else part
        _share_of(record, name, partner, "co-lead" if together else role)


def _share_of(record: cells.Record, name: str, partner: str, role: str | None) -> None:
    made = Item("share", record.item.file, record.item.row, f"{record.item.name}, {partner}")
    made.columns = {"partner_id": (record.cells[name][0], partner)}
    made.links = {
        "work_unit_id": Link("work_unit", record.item.values["code"]),
        "partner_id": Link("partner", clean(partner), otherwise="?"),
    }
    made.values = {"role": role} if role else {}
    record.intake.items.append(made)


def _co_leads(record: cells.Record) -> list[str]:
    """Take those out of the cell of who leads that only lead with another."""
    heading, text = record.cells.get("lead", ("", ""))
    parts = [part for part in _PARTS.split(text) if part]
    helpers = [part for part in parts if _CO_LEAD.search(part)]
    if not helpers:
        return []
    leaders = [part for part in parts if part not in helpers]
    record.item.columns["lead_id"] = (heading, text)
    if not leaders:
        record.doubt("lead_id", "leads with another, but nobody is named who leads")
    record.cells["lead"] = (heading, ", ".join(leaders))
    return [_CO_LEAD.sub("", part).strip(" ()") for part in helpers]


def _expected_people(record: cells.Record) -> None:
    """Take a number below "Participants" for how many people are expected."""
    heading, text = record.cells.get("partners", ("", ""))
    counted = re.search(r"particip|teilnehm|uczestn|katilim|partecip", headings.plain(heading))
    if counted and re.fullmatch(r"(?:ca\.?|about|~|≈)?\s*\d[\d .]*(?:\s+\D{0,24})?", text):
        del record.cells["partners"]
        record.cells.setdefault("expected_participants", (heading, text))


def share(record: cells.Record) -> None:
    """Understand one partner's part of a work package."""
    cells.work_unit(record)
    cells.link(record, "partner", "partner", "partner_id")
    cells.amount(record)
    cells.text(record, "role")
    links = record.item.links
    if {"work_unit_id", "partner_id"} <= links.keys():
        record.item.name = f"{links['work_unit_id'].said}, {links['partner_id'].said}"
        record.intake.items.append(record.item)
    else:
        record.doubt("work_unit", "no work package or no partner; the row was left out")


def task(record: cells.Record) -> None:
    """Understand a task."""
    code_and_title(record, "task")
    values = record.item.values
    if "title" not in values:
        if "code" not in values:
            record.wrong("title", "a task needs a title")
            return
        values["title"] = values["code"]
        record.item.columns["title"] = record.item.columns["code"]
        record.doubt("code", "no title; the code is kept as the title")
    task_cells.without_brackets(record, "assignee", "tags", "needs", "work_unit", "parent")
    if "work_unit_id" not in record.item.links:
        cells.work_unit(record)
    _task_time(record)
    cells.people(record, "assignee", "partner_id", otherwise="contact_id")
    if record.take("contact"):
        cells.link(record, "contact", "contact", "contact_id", otherwise="notes")
    task_cells.state(record)
    task_cells.group(record)
    task_cells.entry(record)
    cells.choice(Priority)(record, "priority")
    cells.choice(PhaseKind)(record, "phase")
    _effort(record)
    cells.day(record, "finished_on")
    cells.lines(record, "notes")
    if text := record.take("parent"):
        record.item.links["parent_id"] = Link("task", clean(text))
        record.item.columns["parent_id"] = record.cells["parent"]
    _rule(record)
    record.intake.items.append(record.item)
    this = Link("task", values.get("code") or values["title"])
    task_cells.tags(record, this)
    task_cells.needs(record, this)


def _task_time(record: cells.Record) -> None:
    start = cells.read_when(record, "start", months=True)
    values = record.item.values
    if start is not None:
        if start.day is not None:
            values["start"] = start.day
        else:
            record.keep_as_note("start", "the project's start is not known, so this is no date")
    stretch = None
    if record.take("due") is not None:
        stretch = _stretch(record, "due")
        cells.due(record)
    elif "period" in record.cells:
        stretch = _stretch(record, "period")
        cells.due(record, "period")
    if stretch is not None and "start" not in values:
        values["start"] = stretch
        record.item.columns["start"] = record.item.columns["due"]
    late = work_plan.outside_project(None, values.get("due_month"), record.frame.months)
    if late:
        record.doubt("due", late)
    first, due = values.get("start"), values.get("due")
    if first is not None and due is not None and due < first:
        record.doubt("due", f"due before it begins on {first}")


def _stretch(record: cells.Record, name: str) -> date | None:
    """Give the first day of a stretch of time in a cell."""
    text = record.cells[name][1]
    if is_blank(text) or cells.EMPTY_DATE.fullmatch(text):
        return None
    try:
        read = record.dated(text, months=True)
    except Refused:
        return None
    return read.day if read.month_to or read.day_to else None


def _effort(record: cells.Record) -> None:
    text = record.take("effort")
    if text is None:
        return
    found = re.fullmatch(
        r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(h|hours?|hrs?|d|days?|pd|min|minutes?)?", fold(text)
    )
    if not found:
        record.keep_as_note("effort", "this is no effort in hours or days")
        return
    heading = headings.plain(record.cells["effort"][0])
    unit = found[2] or ("d" if "day" in heading else "h")
    minutes = float(found[1].replace(",", ".")) * (1 if unit.startswith("m") else 60)
    if not minutes:
        return
    record.item.values["effort_minutes"] = round(minutes * (8 if unit[0] in "dp" else 1))
    record.item.columns["effort_minutes"] = record.cells["effort"]
    if unit[0] in "dp":
        record.doubt("effort", "a day was counted as 8 hours")


def _rule(record: cells.Record) -> None:
    from ka2tui.domain import recurrence

    text = record.take("recurrence")
    if text is None:
        return
    try:
        record.item.values["recurrence"] = recurrence.read_rule(text)
    except Refused as refused:
        record.keep_as_note("recurrence", str(refused).rstrip("."))


def deliverable(record: cells.Record) -> None:
    """Understand a deliverable."""
    code_and_title(record, "deliverable")
    if not _needs_code(record, "D"):
        return
    if "work_unit_id" not in record.item.links:
        cells.work_unit(record)
    cells.due(record)
    cells.people(record, "lead", "lead_id", otherwise="lead_text")
    cells.choice(DeliverableState)(record, "state")
    for name in ("review_due", "delivered_on"):
        cells.day(record, name, last=True)
    for name in ("languages", "licence", "published_at", "platform_link"):
        cells.text(record, name)
    cells.choice(PlatformState)(record, "platform_state")
    cells.day(record, "platform_on", last=True)
    cells.lines(record, "notes")
    record.intake.items.append(record.item)


def milestone(record: cells.Record) -> None:
    """Understand a milestone."""
    code_and_title(record, "milestone")
    if not _needs_code(record, "MS"):
        return
    if "work_unit_id" not in record.item.links:
        cells.work_unit(record)
    cells.due(record)
    cells.day(record, "reached_on", last=True)
    for name in ("verification", "notes"):
        cells.lines(record, name)
    record.intake.items.append(record.item)


def _needs_code(record: cells.Record, letters: str) -> bool:
    """Give a code to a row that has none: the letters of its kind and its place in the list."""
    values = record.item.values
    if "code" in values:
        return True
    if "title" not in values:
        record.wrong("title", "neither code nor title")
        return False
    before = sum(item.kind == record.item.kind for item in record.intake.items)
    values["code"] = f"{letters}{before + 1}"
    record.item.defaults["_made_up"] = True
    record.doubt("title", f"no code; it was given {values['code']}")
    record.item.name = values["code"]
    return True
