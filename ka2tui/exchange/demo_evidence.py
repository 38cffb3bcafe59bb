"""What the example project has to show: proof, people, impact, risks, letters and money.

Each noun is a chapter of its own: what happens on one day is told in one change.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui import datafiles
from ka2tui.domain import proof_sorts
from ka2tui.domain.application import Spot
from ka2tui.domain.kinds import (
    Channel,
    Direction,
    DisseminationState,
    Handling,
    LogKind,
    LogState,
    PaymentKind,
    PlatformState,
    ProofKind,
    ProofState,
    RiskStrategy,
    Term,
)
from ka2tui.domain.text import fold
from ka2tui.exchange.demo_story import DAY, Called
from ka2tui.operations import (
    application,
    deliverables,
    dissemination,
    indicators,
    letters,
    logs,
    meetings,
    participants,
    payments,
    proofs,
    risks,
)
from ka2tui.queries.references import find
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Measurement, MeetingOutcome, Payment, Proof, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.exchange.demo_story import Calendar, Row, Story

_ACCOUNTS = "Luis Prieto Sanz"
"""Who keeps the money and its papers."""


def tell(story: Story) -> None:
    """Note everything that happens in these chapters."""
    _pay(story)
    _list_participants(story)
    _write_letters(story)
    _keep_application(story)
    _watch(story)
    _keep_logs(story)
    _measure(story)
    _share(story)
    _file_proof(story)  # on one day, what it proves comes first


def _given(row: Row, *names: str) -> Row:
    """Give the fields of a row that are there."""
    return {name: row[name] for name in names if name in row}


def _due(calendar: Calendar, said: str) -> Row:
    """Give when something is due, as its fields."""
    due = calendar.due(said)
    return {"due": due.day, "due_month": due.month, "due_precision": due.precision}


def _partner(session: Session, project: int, row: Row, field: str) -> Row:
    """Give the partner that a row names, under the name of the field for it."""
    return {field: find(session, "partner", project, row["partner"])} if "partner" in row else {}


# -- people --------------------------------------------------------------------------------------


def _list_participants(story: Story) -> None:
    rows = datafiles.read_toml("demo/participants.toml")["group"]
    for code in dict.fromkeys(row["meeting"] for row in rows):
        mine = [row for row in rows if row["meeting"] == code]
        story.at(mine[0]["on"], _enter_people, story.project, code, mine, actor=mine[0]["by"])


@operation("Add participants")
def _enter_people(session: Session, project: int, code: str, groups: Sequence[Row]) -> None:
    meeting = find(session, "meeting", project, code)
    people: list[Row] = []
    for group in groups:
        shared = _given(group, "country", "profile") | _partner(
            session, project, group, "partner_id"
        )
        for name in group["names"]:
            number = f"no. {len(people) + 1:02}" if group.get("certificates") else None
            less = name in group.get("fo", ())
            people.append(
                shared | {"name": name, "certificate": number, "fewer_opportunities": less}
            )
    participants.add_several(session, meeting, people)


# -- proof ---------------------------------------------------------------------------------------


FOLDER = "example-SOLARIS"
"""Where the files of the example lie in the proof folder, apart from anybody's own."""


def _file_proof(story: Story) -> None:
    data = datafiles.read_toml("demo/proofs.toml")
    for rows, change in ((data["proof"], _add_proof), (data["filed"], _file_at_once)):
        together: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            together.setdefault((row["added"], row["by"]), []).append(row)
        for (when, by), some in together.items():
            story.at(when, change, story.project, some, story.calendar, actor=by)
    story.at(data["checked"], _check_proof, story.project, data["proof"], DAY, actor=_ACCOUNTS)


@operation("Add proof")
def _add_proof(session: Session, project: int, rows: Sequence[Row], calendar: Calendar) -> None:
    for row in rows:
        about = [(table, find(session, table, project, code)) for table, code in row["about"]]
        values = _given(row, "sort", "place", "notes")
        if "day" in row:
            values["day"] = calendar.past(row["day"])
        kind = ProofKind.FILE
        if "file" in row:
            values["path"] = f"{FOLDER}/{row['file']}"
            values |= _print(row["holds"])
        elif "link" in row:
            kind, values["url"] = ProofKind.LINK, row["link"]
        else:
            kind = ProofKind.PAPER
            values["holder_id"] = find(session, "partner", project, row["paper"])
        proofs.add(session, project, kind, row["title"], about=about, values=values)
    if len(rows) > 1:
        say(session, "Add {count} proofs", count=len(rows))


@operation("Add proof")
def _file_at_once(session: Session, project: int, rows: Sequence[Row], _calendar: Calendar) -> None:
    """File what there is of some things: a file for each sort."""
    for row in rows:
        table, called = row["about"]
        record = find(session, table, project, called)
        about = [(table, record)]
        if table == "indicator":
            mine = select(Measurement.id).where(Measurement.indicator_id == record)
            about = [("measurement", each) for each in session.scalars(mine)]
        for path, title, sort in _files(row):
            values = {"path": path, "sort": sort} | _print(title)
            proofs.add(session, project, ProofKind.FILE, title, about=about, values=values)
    what = ", ".join(row["about"][1].partition(":")[0] for row in rows)
    count = sum(len(row["sorts"]) for row in rows)
    say(session, "Add {count} proofs of {what}", count=count, what=what)


def _files(row: Row) -> Iterator[tuple[str, str, str]]:
    """Give path, title and sort of what is filed at once; the title is what it holds."""
    _, called = row["about"]
    known = proof_sorts.load()
    folder = fold(called).partition(":")[0].replace(" ", "-").replace(",", "")
    for sort in row["sorts"]:
        title = f"{known.title(sort).partition(',')[0].capitalize()}: {called}"
        yield f"{FOLDER}/{folder}/{sort.replace('_', '-')}.txt", title, sort


def _print(holds: str) -> Row:
    """Give what a file that holds a text is known by."""
    data = holds.encode()
    return {"sha256": sha256(data).hexdigest(), "size_bytes": len(data)}


@operation("Check proof")
def _check_proof(session: Session, project: int, rows: Sequence[Row], day: date) -> None:
    """Look at all files, as the app does: one was changed meanwhile, one is gone."""
    became = {
        f"{FOLDER}/{row['file']}": ProofState.CHANGED
        if "changed" in row
        else ProofState.MISSING
        if row.get("lost")
        else ProofState.THERE
        for row in rows
        if "file" in row
    }
    filed = select(Proof.id, Proof.path).where(Proof.project_id == project, Proof.path.is_not(None))
    states = {row.id: became.get(row.path, ProofState.THERE) for row in session.execute(filed)}
    proofs.note(session, states, today=day)


def write_files(root: Path) -> None:
    """Write the files of proof into the proof folder; one was changed, one is gone."""
    data = datafiles.read_toml("demo/proofs.toml")
    files = {path: title for row in data["filed"] for path, title, _ in _files(row)}
    for row in data["proof"]:
        if "file" in row and not row.get("lost"):
            files[f"{FOLDER}/{row['file']}"] = row.get("changed", row["holds"])
    for path, holds in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(0o600)
        file.write_bytes(holds.encode())


# -- the application -----------------------------------------------------------------------------


def _keep_application(story: Story) -> None:
    """Keep what was approved; what was moved later departs from it."""
    data = datafiles.read_toml("demo/application.toml")
    kept = story.at(
        data["kept"],
        application.freeze,
        story.project,
        on=story.calendar.day(data["approved"]),
        today=DAY,
    )
    for row in data["change"]:
        story.at(row["on"], _depart, story.project, row, story.calendar, after=kept)


@operation("Change what was promised")
def _depart(session: Session, project: int, row: Row, calendar: Calendar) -> None:
    """Change a date or an event, and say why where somebody did."""
    record = find(session, row["table"], project, row["code"])
    if row["table"] == "meeting":
        meetings.edit(session, record, row["values"])
    else:
        deliverables.edit(session, record, _due(calendar, row["due"]))
    if "why" in row:
        uid = session.get_one(Record.by_table[row["table"]], record).uid  # type: ignore[attr-defined]
        values = {
            "why": row["why"],
            "handling": Handling(row["handling"]),
            "asked_on": calendar.past(row["on"]),
            "letter_id": find(session, "letter", project, row["letter"]),
        }
        spots = [Spot(row["table"], uid, field) for field in row["fields"]]
        application.explain(session, project, spots, values)
    say(session, "{what}", what=row["said"])


# -- risks, logs and letters ---------------------------------------------------------------------


def _owned(session: Session, project: int, row: Row) -> Row:
    """Give who watches over something, and the part of the plan it is about."""
    found = {}
    if "owner" in row:
        found["contact_id"] = find(session, "contact", project, row["owner"])
    if "part" in row:
        found["work_unit_id"] = find(session, "work_unit", project, row["part"])
    return found


def _watch(story: Story) -> None:
    rows = datafiles.read_toml("demo/control.toml")["risk"]
    for row in rows:
        added = story.at(row["opened"], _add_risk, story.project, row, story.calendar, DAY)
        called = Called("risk", row["code"])
        if "closed" in row:
            story.at(row["closed"], risks.close, [called], after=added, today=DAY)
        if "happened" in row:
            story.at(
                row["happened"], _happen, called, row["issue"], story.calendar, DAY, after=added
            )


@operation("Add risk")
def _add_risk(session: Session, project: int, row: Row, calendar: Calendar, day: date) -> None:
    values = _given(row, "code", "category", "likelihood", "impact", "action")
    values |= _owned(session, project, row)
    values["strategy"] = RiskStrategy(row["strategy"])
    if "review" in row:
        values["review_on"] = calendar.day(row["review"])
    risks.add(session, project, row["title"], today=day, values=values)


@operation("Note that risks happened")
def _happen(session: Session, risk: int, issue: Row, calendar: Calendar, day: date) -> None:
    values = _given(issue, "title", "description", "urgency", "size", "raised_by")
    values |= {"due": calendar.day(issue["due"]), "state": LogState(issue["state"])}
    risks.happened(session, [risk], today=day, values=values)


def _keep_logs(story: Story) -> None:
    for row in datafiles.read_toml("demo/control.toml")["log"]:
        story.at(row["opened"], _log, story.project, row, story.calendar, DAY)
        if "closed" in row and row["kind"] == LogKind.ISSUE:
            called = Called("log_entry", row["title"])
            story.at(row["closed"], logs.move, [called], LogState.DONE, today=DAY)


@operation("Add to the log")
def _log(session: Session, project: int, row: Row, calendar: Calendar, day: date) -> None:
    kind = LogKind(row["kind"])
    values = _given(
        row, "description", "category", "urgency", "impact", "size", "raised_by", "consequence"
    )
    values |= _owned(session, project, row)
    if "due" in row:
        values["due"] = calendar.day(row["due"])
    if row["state"] == LogState.GOING_ON:
        values["state"] = LogState.GOING_ON
    if kind is not LogKind.DECISION:
        logs.add(session, project, kind, row["title"], today=day, values=values)
        return
    noted = session.scalars(
        select(MeetingOutcome.id).where(
            MeetingOutcome.project_id == project, MeetingOutcome.text == row["minutes"]
        )
    ).one()
    values |= _given(row, "title", "reason")
    logs.take_up(session, [noted], today=day, values=values)


def _write_letters(story: Story) -> None:
    for row in datafiles.read_toml("demo/control.toml")["letter"]:
        story.at(row["day"], _write, story.project, row, story.calendar, DAY, actor=row["by"])


@operation("Add letter")
def _write(session: Session, project: int, row: Row, calendar: Calendar, day: date) -> None:
    values: Row = _given(row, "text") | {"channel": Channel(row["channel"])}
    if "reference" in row:
        values["reference_nr"] = row["reference"]
    if "answer_by" in row:
        values["answer_by"] = calendar.day(row["answer_by"])
    way = Direction(row["direction"])
    letters.add(session, project, row["subject"], day=day, direction=way, values=values)


# -- what it changes, and who hears of it --------------------------------------------------------


def _measure(story: Story) -> None:
    rows = datafiles.read_toml("demo/impact.toml")["indicator"]
    added = story.at("M1.24", _add_indicators, story.project, rows, story.calendar)
    for row in rows:
        called = Called("indicator", row["code"])
        for when, value in row.get("measured", ()):
            by = story.person(row["lead"])
            named = {"day": DAY, "today": DAY, "source": row["source"]}
            story.at(when, indicators.measure, called, value, actor=by, after=added, **named)


@operation("Add indicators")
def _add_indicators(
    session: Session, project: int, rows: Sequence[Row], calendar: Calendar
) -> None:
    for row in rows:
        values = _given(row, "code", "unit", "baseline", "target", "source")
        values |= _owned(session, project, row) | _due(calendar, row["due"])
        values |= {"term": Term(row["term"]), "rising": not row.get("falling")}
        values["lead_id"] = find(session, "partner", project, row["lead"])
        indicators.add(session, project, row["title"], values=values)
    say(session, "Add {count} indicators", count=len(rows))


def _share(story: Story) -> None:
    data = datafiles.read_toml("demo/impact.toml")
    planned = [row for row in data["shared"] if "planned" in row]
    story.at("M4.22", _plan_sharing, story.project, planned, story.calendar)
    for row in data["shared"]:
        if "on" in row:
            by = story.person(row["partner"])
            story.at(row["on"], _note_shared, story.project, row, DAY, actor=by)
    for code, steps in data["platform"].items():
        called = Called("deliverable", code)
        state = next(state for state in PlatformState if state.value in steps)
        named = {"on": DAY, "link": steps.get("link")}
        change = deliverables.put_on_platform
        story.at(steps[state.value], change, [called], state, actor=_ACCOUNTS, **named)


def _act(session: Session, project: int, row: Row) -> Row:
    """Give what is known of an act of dissemination."""
    values = _given(
        row, "sort", "audience", "reach", "language", "link", "emblem", "disclaimer", "notes"
    )
    values |= _owned(session, project, row) | _partner(session, project, row, "partner_id")
    if "deliverable" in row:
        values["deliverable_id"] = find(session, "deliverable", project, row["deliverable"])
    return values


@operation("Plan dissemination")
def _plan_sharing(session: Session, project: int, rows: Sequence[Row], calendar: Calendar) -> None:
    for row in rows:
        due = calendar.due(row["planned"])
        when = {"day": due.day, "day_month": due.month, "precision": due.precision}
        dissemination.add(session, project, row["title"], values=_act(session, project, row) | when)
    say(session, "Plan {count} acts of dissemination", count=len(rows))


@operation("Add dissemination")
def _note_shared(session: Session, project: int, row: Row, day: date) -> None:
    values = _act(session, project, row) | {"state": DisseminationState.DONE, "day": day}
    dissemination.add(session, project, row["title"], values=values)


# -- money ---------------------------------------------------------------------------------------


def _pay(story: Story) -> None:
    rows = datafiles.read_toml("demo/money.toml")["payment"]
    planned = story.at(
        "M1.16", _plan_payments, story.project, rows, story.calendar, actor=_ACCOUNTS
    )
    paid: dict[date, list[Row]] = {}
    for row in rows:
        if "paid" in row:
            paid.setdefault(story.calendar.past(row["paid"]), []).append(row)
    for day, some in paid.items():
        story.at(day, _note_paid, story.project, some, day, actor=_ACCOUNTS, after=planned)


@operation("Plan payments")
def _plan_payments(session: Session, project: int, rows: Sequence[Row], calendar: Calendar) -> None:
    for row in rows:
        values: dict[str, Any] = _given(row, "condition") | _due(calendar, row["due"])
        values |= _partner(session, project, row, "partner_id")
        values["amount_cents"] = 100 * row["amount_eur"]
        payments.add(session, project, PaymentKind(row["kind"]), row["title"], values=values)
    say(session, "Plan {count} payments", count=len(rows))


@operation("Note payments as paid")
def _note_paid(session: Session, project: int, rows: Sequence[Row], day: date) -> None:
    ids = []
    for row in rows:
        partner = _partner(session, project, row, "partner_id").get("partner_id")
        called = select(Payment.id).where(
            Payment.project_id == project,
            Payment.title == row["title"],
            Payment.partner_id == partner if partner else Payment.partner_id.is_(None),
        )
        ids.append(session.scalars(called).one())
    payments.pay(session, ids, on=day)
