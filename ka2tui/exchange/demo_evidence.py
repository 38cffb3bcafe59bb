"""What the example project has to show: proof, people, impact, risks, letters and money.

Each noun is a chapter of its own: what happens on one day is told in one change.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui import datafiles
from ka2tui.domain.application import Spot
from ka2tui.domain.kinds import Handling, PaymentKind, ProofKind, ProofState
from ka2tui.exchange.demo_story import DAY
from ka2tui.operations import (
    application,
    deliverables,
    meetings,
    participants,
    payments,
    proofs,
)
from ka2tui.queries.references import find
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Payment, Proof, Record

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    _file_proof(story)
    _keep_application(story)


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
    for row in data["proof"]:
        story.at(row["added"], _add_proof, story.project, row, story.calendar, actor=row["by"])
    story.at(data["checked"], _check_proof, story.project, data["proof"], DAY, actor=_ACCOUNTS)


@operation("Add proof")
def _add_proof(session: Session, project: int, row: Row, calendar: Calendar) -> None:
    about = [(table, find(session, table, project, code)) for table, code in row["about"]]
    values = _given(row, "sort", "place", "notes")
    if "day" in row:
        values["day"] = calendar.past(row["day"])
    kind = ProofKind.FILE
    if "file" in row:
        holds = row["holds"].encode()
        values["path"] = f"{FOLDER}/{row['file']}"
        values |= {"sha256": sha256(holds).hexdigest(), "size_bytes": len(holds)}
    elif "link" in row:
        kind, values["url"] = ProofKind.LINK, row["link"]
    else:
        kind = ProofKind.PAPER
        values["holder_id"] = find(session, "partner", project, row["paper"])
    proofs.add(session, project, kind, row["title"], about=about, values=values)


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
    states = {row.id: became[row.path] for row in session.execute(filed)}
    proofs.note(session, states, today=day)


def write_files(root: Path) -> None:
    """Write the files of proof into the proof folder; one was changed, one is gone."""
    for row in datafiles.read_toml("demo/proofs.toml")["proof"]:
        if "file" in row and not row.get("lost"):
            file = root / FOLDER / row["file"]
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.write_bytes(row.get("changed", row["holds"]).encode())


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
        }
        spots = [Spot(row["table"], uid, field) for field in row["fields"]]
        application.explain(session, project, spots, values)
    say(session, "{what}", what=row["said"])


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
