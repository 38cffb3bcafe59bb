"""Indicators with their values, and the spreading of the word, as tables tell them."""

from __future__ import annotations

from contextlib import suppress

from ka2tui.domain import dissemination as sorts
from ka2tui.domain.intake import Item, Link
from ka2tui.domain.kinds import DisseminationState, Precision, Term
from ka2tui.domain.refusal import Misread
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, measures, words, work_plans


def indicator(record: cells.Record) -> None:
    """Understand an indicator, and the value that it had on a day."""
    work_plans.code_and_title(record, "indicator")
    values = record.item.values
    if "title" not in values:
        if "code" not in values:
            record.wrong("title", "an indicator needs a name")
            return
        values["title"] = values["code"]
        record.item.columns["title"] = record.item.columns["code"]
    record.item.name = values.get("code") or values["title"]
    cells.work_unit(record)
    cells.people(record, "lead", "lead_id", otherwise="notes")
    cells.text(record, "unit")
    units = {unit for name in ("baseline", "target") if (unit := measures.decimal(record, name))}
    if units and "unit" not in values:
        values["unit"] = min(units)
        record.item.columns["unit"] = record.cells.get("target") or record.cells["baseline"]
    cells.lines(record, "source")
    cells.choice(Term)(record, "term")
    cells.due(record)
    cells.lines(record, "notes")
    record.intake.items.append(record.item)
    _actual(record)


def _actual(record: cells.Record) -> None:
    """Make a measurement of the value beside an indicator, where its day is known."""
    if record.take("actual") is None:
        return
    made = Item("measurement", record.item.file, record.item.row, record.item.name)
    beside = cells.Record(
        {
            "day": record.cells.get("measured_on", ("", "")),
            "value": record.cells["actual"],
        },
        made,
        record.intake,
        record.frame,
        record.heading,
    )
    cells.day(beside, "day")
    if "day" not in made.values:
        record.keep_as_note("actual", "without its day this is no measurement")
        return
    measures.decimal(beside, "value")
    if "value" not in made.values:
        record.notes += beside.notes
        return
    if beside.notes:
        made.values["note"] = "\n".join(beside.notes)
    said = record.item.values.get("code") or record.item.values["title"]
    made.links["indicator_id"] = Link("indicator", said)
    record.intake.items.append(made)


def measurement(record: cells.Record) -> None:
    """Understand the value of an indicator on one day."""
    cells.link(record, "indicator", "indicator", "indicator_id")
    cells.day(record, "day")
    measures.decimal(record, "value")
    cells.text(record, "source")
    cells.lines(record, "note")
    values, links = record.item.values, record.item.links
    if "day" not in values or "value" not in values or "indicator_id" not in links:
        if record.intake.errors and record.intake.errors[-1].row == record.item.row:
            return
        record.doubt("value", "a measurement needs an indicator, a day and a number; left out")
        return
    if record.notes:
        values["note"] = "\n".join(filter(None, [values.get("note"), *record.notes]))
        record.notes.clear()
    record.item.name = f"{links['indicator_id'].said}, {values['day']}"
    record.intake.items.append(record.item)


def dissemination(record: cells.Record) -> None:
    """Understand one act of spreading the word, planned or done."""
    cells.text(record, "title")
    values = record.item.values
    _sort(record)
    if "title" not in values:
        said = record.take("sort")
        if said is None:
            record.wrong("title", "an act of dissemination needs a name")
            return
        values["title"] = clean(said)
        record.item.columns["title"] = record.cells["sort"]
        record.doubt("sort", f"no name; called {values['title']}")
    record.item.name = values["title"]
    _time(record)
    cells.choice(DisseminationState)(record, "state")
    cells.people(record, "partner", "partner_id", otherwise="notes")
    cells.work_unit(record)
    cells.link(record, "deliverable", "deliverable", "deliverable_id", otherwise="notes")
    for name in ("audience", "language", "place", "link"):
        cells.text(record, name)
    _reach(record)
    for name in ("emblem", "disclaimer"):
        measures.yes_no(record, name)
    cells.lines(record, "notes")
    record.intake.items.append(record.item)


def _sort(record: cells.Record) -> None:
    """Read what it is; a word that is not known is kept in the notes."""
    text = record.take("sort")
    if text is None:
        return
    found = words.meant("dissemination_sort", text)
    with suppress(Misread):
        found = found or sorts.load_safely().named(text)
    if found is None:
        record.keep_as_note("sort", "this sort is not known here")
    else:
        record.item.values["sort"] = found


def _time(record: cells.Record) -> None:
    """Read when it was or is to be: a day, a stretch of days, a month."""
    read = cells.read_when(record, "day", months=True)
    name = "day"
    label = cells.read_label(record, "date_label", ("day",))
    if read is None:
        read, name = label, "date_label"
    if read is None:
        return
    values, columns = record.item.values, record.item.columns
    values["precision"] = Precision.MONTH if read.precision is Precision.MONTH else Precision.DAY
    for field, value in (("day", read.day), ("day_month", read.month), ("end_day", read.day_to)):
        if value is not None:
            values[field] = value
            columns[field] = record.cells[name]
    columns["precision"] = record.cells[name]
    if (last := cells.read_when(record, "end_day", months=False)) is not None:
        end = last.last or last.day
        if end is not None and "day" in values and end < values["day"]:
            record.wrong("end_day", f"it ends before it begins on {values['day']}")
        elif end is not None:
            values["end_day"] = end


def _reach(record: cells.Record) -> None:
    """Read how many were reached; what is no number is kept in the notes."""
    text = record.take("reach")
    if text is None:
        return
    number = measures.whole(text)
    if number is None or number > cells.LARGEST:
        record.keep_as_note("reach", "this is no whole number")
        return
    record.item.values["reach"] = number
    if fold(clean(text)).strip(".,' ") != str(number) and not text.replace(" ", "").isdecimal():
        record.doubt("reach", f"read as {number}")
