"""Risks, issues, decisions, changes and letters as tables tell them."""

from __future__ import annotations

import re

from ka2tui.domain.intake import Intake, Link
from ka2tui.domain.kinds import (
    Channel,
    Direction,
    LogKind,
    LogState,
    RiskState,
    RiskStrategy,
)
from ka2tui.domain.text import clean, fold
from ka2tui.exchange import cells, measures, words, work_plans

_AGENCY = re.compile(
    r"agenc|agentur|commission|eacea|\bna\b|indire|inapp|sepie|daad|frse|injuve|nuffic|anpcdefp|iky"
    r"|ulusal ajans|epos|fundacja rozwoju"
)


_UNSAID = "nothing says whether it is an issue, a decision or a change; an issue"


def risk(record: cells.Record) -> None:
    """Understand a risk."""
    if not _named(record, "risk"):
        return
    cells.lines(record, "description")
    cells.text(record, "category")
    cells.work_unit(record)
    _owner(record)
    for name in ("likelihood", "impact"):
        measures.scale(record, name)
    cells.choice(RiskStrategy)(record, "strategy")
    cells.lines(record, "action")
    for name in ("level", "contingency"):
        _note(record, name)
    cells.choice(RiskState)(record, "state")
    for name in ("opened_on", "review_on", "closed_on"):
        cells.day(record, name)
    cells.lines(record, "notes")
    record.intake.items.append(record.item)


def log_entry(record: cells.Record) -> None:
    """Understand an issue, a decision or a change."""
    if not _named(record, "line of the log"):
        return
    _kind(record)
    cells.lines(record, "description")
    cells.text(record, "category")
    cells.choice(LogState)(record, "state")
    for name in ("opened_on", "due", "closed_on", "decided_on"):
        cells.day(record, name)
    for name in ("raised_by", "decided_by"):
        cells.text(record, name)
    _owner(record)
    for name in ("urgency", "impact", "size"):
        measures.scale(record, name)
    for name in ("reason", "consequence", "solution"):
        cells.lines(record, name)
    if text := record.take("issue"):
        record.item.links["issue_id"] = Link("log_entry", clean(text))
        record.item.columns["issue_id"] = record.cells["issue"]
    cells.work_unit(record)
    cells.link(record, "risk", "risk", "risk_id", otherwise="notes")
    cells.lines(record, "notes")
    record.intake.items.append(record.item)


def _named(record: cells.Record, word: str) -> bool:
    """Read code and title; say whether there is a title."""
    work_plans.code_and_title(record, word)
    values, columns = record.item.values, record.item.columns
    if "title" not in values and (text := record.take("description")):
        values["title"] = clean(text)
        columns["title"] = record.cells.pop("description")
    if "title" not in values:
        if "code" not in values:
            record.wrong("title", f"a {word} needs a title")
            return False
        values["title"] = values["code"]
        columns["title"] = columns["code"]
        record.doubt("code", "no title; the code is kept as the title")
    record.item.name = values.get("code") or values["title"]
    return True


def _kind(record: cells.Record) -> None:
    """Read whether it is an issue, a decision or a change, or tell it by what the table says."""
    values = record.item.values
    text = record.take("kind")
    if text is not None:
        found = words.choose(LogKind, text) or words.within(LogKind, text)
        if found is not None:
            values["kind"] = found
            return
        record.keep_as_note("kind", "this is no issue, decision or change")
    headings = " ".join(heading for heading, _ in record.cells.values())
    for place in (record.item.file, headings):
        found = words.within(LogKind, place)
        if found is not None:
            values["kind"] = found
            return
    values["kind"] = LogKind.ISSUE
    record.item.defaults["_unsaid"] = True
    record.doubt("title", _UNSAID)


def settle(intake: Intake, kind: LogKind) -> None:
    """Let lines of a log be what somebody says they are, where their table does not say it."""
    for item in intake.of("log_entry"):
        if item.defaults.get("_unsaid"):
            item.values["kind"] = kind
    intake.doubtful[:] = [one for one in intake.doubtful if one.reason != _UNSAID]


def _owner(record: cells.Record) -> None:
    """Read whose matter it is: a partner, a person, or words that are kept."""
    text = record.take("owner")
    if text is None:
        return
    record.item.columns["partner_id"] = record.cells["owner"]
    if words.is_everybody(text):
        record.keep_as_note("owner", "nobody by name")
        return
    record.item.links["partner_id"] = Link("partner", clean(text), otherwise="who")


def _note(record: cells.Record, name: str) -> None:
    """Keep a text in the notes, under its heading."""
    if text := record.take(name):
        record.notes.append(f"{record.cells[name][0]}: {text}")


def letter(record: cells.Record) -> None:
    """Understand a letter, mail or call between the project and its agency."""
    cells.text(record, "subject")
    cells.day(record, "day")
    values = record.item.values
    if "subject" not in values or "day" not in values:
        record.wrong("subject" if "day" in values else "day", "a letter needs a day and a subject")
        return
    record.item.name = values["subject"]
    _direction(record)
    cells.choice(Channel)(record, "channel")
    cells.lines(record, "text")
    cells.text(record, "reference_nr")
    for name in ("answer_by", "answered_on"):
        cells.day(record, name)
    cells.lines(record, "notes")
    record.intake.items.append(record.item)


def _direction(record: cells.Record) -> None:
    """Read which way it went, and with whom; the own side is whoever is not the agency."""
    values, columns = record.item.values, record.item.columns
    sender, receiver = record.take("sender"), record.take("receiver")
    whom = record.take("with_whom")
    text = record.take("direction")
    said = words.choose(Direction, text) if text else None
    if text and said is None:
        record.keep_as_note("direction", "this word is not known here")
    if said is None and (sender or receiver):
        of_agency = sender is not None and _AGENCY.search(fold(sender)) is not None
        said = Direction.IN if of_agency or receiver is None else Direction.OUT
        columns["direction"] = record.cells["sender" if sender else "receiver"]
        if not of_agency and not (receiver and _AGENCY.search(fold(receiver))):
            place = "sender" if sender else "receiver"
            record.doubt(place, f"read as {said.word}")
    if said is None:
        said = Direction.OUT
        record.doubt("subject", "nothing says which way it went; read as sent by the project")
    values["direction"] = said
    other = sender if said is Direction.IN else receiver
    if whom and fold(whom) == "the agency":
        whom = None  # as a list names the one that nobody is named for
    if whom or other:
        values["with_whom"] = clean(whom or other or "")
        place = "with_whom" if whom else "sender" if said is Direction.IN else "receiver"
        columns["with_whom"] = record.cells[place]
    own = receiver if said is Direction.IN else sender
    if own:
        place = "receiver" if said is Direction.IN else "sender"
        record.notes.append(f"{record.cells[place][0]}: {own}")
