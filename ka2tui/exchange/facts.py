"""Facts of a project, from rows of name and value or from one row of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ka2tui.domain import countries, identifiers, timeline
from ka2tui.domain.intake import Finding, Intake, Item
from ka2tui.domain.kinds import (
    PartnerRole,
    ProjectShape,
)
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, headings

_LENGTH_AND_DAYS = re.compile(
    r"(\d{1,3}(?: [^\W\d]+)?)\s*[,;:(\[-]\s*([^()\[\]]*\d{4}[^()\[\]]*)[)\]]?"
)
"""24 months (01/09/2024 - 31/08/2026)."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ka2tui.exchange.headings import Table


def project_of(intake: Intake) -> Item | None:
    """Give the project that files describe, if they do."""
    return next(iter(intake.of("project")), None)


def take(intake: Intake, tables: Sequence[Table]) -> None:
    """Put the facts of a project together, from every table of them."""
    for table in tables:
        for record in _fact_records(intake, table):
            _project(record)
            _merge_project(intake, record)


def _fact_records(intake: Intake, table: Table) -> Iterable[cells.Record]:
    if not table.vertical:
        for number, row in table.rows:
            item = Item("project", table.file, number, "the project")
            yield cells.Record(
                cells.of_row(intake, table, number, row),
                item,
                intake,
                cells.Frame(),
                "",
            )
        return
    at = table.columns[0].at
    item = Item("project", table.file, table.heading_row, "the project")
    found: dict[str, tuple[str, str]] = {}
    rows: dict[str, int] = {}
    for number, row in table.rows:
        name, *rest = [*row[at:], ""]
        said = [cell for cell in rest if cell]
        meant = headings.fact(name) if name else None
        if meant is None or not said:
            reason = "not taken: no place for this fact" if said else "not taken: nothing beside it"
            if name or said:
                value = "; ".join(said) or None
                intake.dropped.append(Finding(table.file, number, name or None, value, reason))
            continue
        if meant in found and meant not in {"notes", "priorities"}:
            if fold(found[meant][1]) != fold(said[0]):
                reason = (
                    f"{found[meant][0]} in row {rows[meant]} says {found[meant][1]}, which is kept"
                )
                intake.doubtful.append(Finding(table.file, number, name, said[0], reason))
            continue
        if meant in found:
            said = [found[meant][1], *said]
        text = (
            ("; " if meant == "priorities" else "\n").join(said)
            if meant in {"notes", "priorities"}
            else said[0]
        )
        if len(said) > 1 and meant not in {"notes", "priorities"}:
            reason = "not taken: only the cell beside the name is"
            intake.dropped.append(Finding(table.file, number, name, "; ".join(said[1:]), reason))
        found[meant], rows[meant] = (name, text), number
    record = cells.Record(found, item, intake, cells.Frame(), "")
    yield record
    _put_rows(intake, item, found, rows)


def _put_rows(
    intake: Intake, item: Item, found_cells: dict[str, tuple[str, str]], rows: dict[str, int]
) -> None:
    """Give findings about facts the row that the fact stands in."""
    by_name = {cell[0]: rows[name] for name, cell in found_cells.items()}
    for found in (intake.doubtful, intake.errors):
        for at, one in enumerate(found):
            if one.file == item.file and one.row == item.row and one.column in by_name:
                found[at] = one._replace(row=by_name[one.column])
    intake.read += [
        Finding(item.file, rows[name], cell[0], cell[1], f"project: {name.removesuffix('_cents')}")
        for name, cell in found_cells.items()
    ]


def _project(record: cells.Record) -> None:
    values = record.item.values
    for name in ("acronym", "title", "field", "call", "managed_by", "agency", "language"):
        cells.text(record, name)
    for name in ("website", "goal", "summary", "notes", "uid"):
        cells.lines(record, name)
    if text := record.take("action"):
        values["action"] = clean(text).upper()
    _agreement(record)
    _call_year(record)
    cells.choice(ProjectShape)(record, "shape")
    for name, last in (("start", False), ("end", True), ("progress_report_due", True)):
        cells.day(record, name, last=last)
    for name in ("interim_report_due", "final_report_due"):
        cells.day(record, name, last=True)
    _duration(record)
    months = cells.number(record, "months")
    if months is not None and not 1 <= months <= timeline.LONGEST:
        record.wrong("months", f"a project lasts 1 to {timeline.LONGEST} months")
        del values["months"]
    cells.amount(record, "grant_cents")
    _currency(record)
    _check_length(record)
    _coordinator(record)
    _partners(record)
    _priorities(record)
    if record.notes:
        values["notes"] = "\n".join(filter(None, [values.get("notes"), *record.notes]))


def _duration(record: cells.Record) -> None:
    """Read "36 months (01/09/2019 - 31/08/2022)": the days beside a length, told as such."""
    heading, text = record.cells.get("months", ("", ""))
    found = _LENGTH_AND_DAYS.fullmatch(text)
    if found is None:
        return
    try:
        read = record.dated(found[2], months=False)
    except Refused:
        return
    if read.day is None or read.day_to is None:
        return
    record.cells["months"] = (heading, found[1])
    for name, day in (("start", read.day), ("end", read.day_to)):
        if name not in record.cells:
            record.item.values[name] = day
            record.item.columns[name] = (heading, text)
            record.doubt(name, f"read as {name} {day}")


def _agreement(record: cells.Record) -> None:
    """Read the number of the project."""
    if text := record.take("agreement"):
        try:
            agreement = identifiers.read_agreement(text)
            record.item.values["agreement"] = agreement.number
            if agreement.doubt:
                record.doubt("agreement", agreement.doubt)
        except Misread as misread:
            record.doubt("agreement", str(misread))


def _currency(record: cells.Record) -> None:
    """Read the currency, as three letters."""
    if text := record.take("currency"):
        code = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR"}.get(
            clean(text).upper(), clean(text).upper()
        )
        if re.fullmatch(r"[A-Z]{3}", code):
            record.item.values["currency"] = code
        else:
            record.keep_as_note("currency", "this is no currency of three letters")


def _priorities(record: cells.Record) -> None:
    """Read the EU priorities, one record each."""
    if text := record.take("priorities"):
        for position, name in enumerate(filter(None, re.split(r"\s*[;\n|]\s*", text)), start=1):
            made = Item("priority", record.item.file, record.item.row, name)
            made.values = {"name": clean(name)}
            made.defaults = {"position": position}
            record.intake.items.append(made)


def _call_year(record: cells.Record) -> None:
    text = record.take("call_year")
    if text is None:
        found = re.search(r"(?<!\d)(20[12]\d)(?!\d)", record.item.values.get("call", ""))
        if found:
            record.item.values["call_year"] = int(found[1])
            record.item.columns["call_year"] = record.cells["call"]
        return
    found = re.search(r"(?<!\d)(20[12]\d)(?!\d)", text)
    if found:
        record.item.values["call_year"] = int(found[1])
    else:
        record.keep_as_note("call_year", "this is no year of a call")


def _check_length(record: cells.Record) -> None:
    values = record.item.values
    start, end, months = values.get("start"), values.get("end"), values.get("months")
    if start is not None and end is not None and end < start:
        record.wrong("end", f"the project would end before it begins on {start}")
        del values["end"]
    elif start is not None and end is not None and months is not None:
        meant = timeline.project_end(start, months)
        if meant != end:
            record.doubt("months", f"{months} months from {start} end on {meant}, not on {end}")


def _coordinator(record: cells.Record) -> None:
    text = record.take("coordinator")
    if text:
        made = Item("partner", record.item.file, record.item.row, clean(text))
        made.columns = {"name": record.cells["coordinator"]}
        made.values = {"name": clean(text), "role": PartnerRole.COORDINATOR}
        made.defaults = {"_coordinator": True}
        _wide(record, made, "coordinator s")
        record.intake.items.append(made)


def _partners(record: cells.Record) -> None:
    """Read the partners that stand beside their project in one row."""
    for name in [name for name in record.cells if headings.WIDE.fullmatch(name)]:
        beside, _, what = name.rpartition(" ")
        text = record.take(name)
        if text is None or what != "name" or not beside.startswith("partner"):
            continue
        made = Item("partner", record.item.file, record.item.row, clean(text))
        made.columns = {"name": record.cells[name]}
        made.values = {"name": clean(text), "nr": beside.removeprefix("partner ")}
        made.columns["nr"] = (record.cells[name][0], made.values["nr"])
        _wide(record, made, beside)
        record.intake.items.append(made)


def _wide(record: cells.Record, partner: Item, beside: str) -> None:
    """Read country and website of a partner that stands beside its project."""
    text = record.take(f"{beside} website")
    if text:
        partner.values["website"] = clean(text)
        partner.columns["website"] = record.cells[f"{beside} website"]
    text = record.take(f"{beside} country")
    if text is None:
        return
    partner.columns["country"] = record.cells[f"{beside} country"]
    try:
        partner.values["country"] = countries.read_country(text)
    except Misread as misread:
        record.intake.doubtful.append(partner.at("country", f"{misread}; left out"))


def _merge_project(intake: Intake, record: cells.Record) -> None:
    first = project_of(intake)
    item = record.item
    item.uid = item.values.pop("uid", None)
    item.name = item.values.get("acronym") or item.values.get("agreement") or "the project"
    if first is None:
        if item.values:
            intake.items.insert(0, item)
        return
    for name, value in item.values.items():
        if first.values.setdefault(name, value) != value:
            intake.doubtful.append(disagreement(first, item, name))
        else:
            first.columns.setdefault(name, item.columns.get(name, ("", "")))


def frame(intake: Intake, frame: cells.Frame | None) -> cells.Frame:
    """Say what months are counted from: the stored project, else what the files say."""
    project = project_of(intake)
    said = project.values if project is not None else {}
    start, months, end = said.get("start"), said.get("months"), said.get("end")
    if months is None and start is not None and end is not None:
        months = timeline.month_of(start, end)
    if frame is None:
        return cells.Frame(start, months)
    return frame._replace(start=frame.start or start, months=frame.months or months)


def disagreement(first: Item, second: Item, name: str) -> Finding:
    """Say that a second table says something else; the first is kept."""
    kept = first.columns.get(name, ("", str(first.values.get(name))))[1]
    reason = f"{first.file} says {kept!r} of {first.name}, which is kept".replace("'", "“", 1)
    return second.at(name, reason.replace("'", "”", 1))
