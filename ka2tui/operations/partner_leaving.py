"""A partner leaves, and others take over; or it comes back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import leaving, work_plan
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import PartnerRole, PaymentKind
from ka2tui.domain.leaving import Take
from ka2tui.domain.refusal import Refused
from ka2tui.operations import payments
from ka2tui.operations.fields import read_lines
from ka2tui.operations.given import existing
from ka2tui.operations.partners import called
from ka2tui.store import holdings, journal
from ka2tui.store.columns import thaw
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Attendance,
    Change,
    Cost,
    Deliverable,
    Dissemination,
    Indicator,
    Journey,
    LogEntry,
    Meeting,
    Partner,
    Payment,
    Proof,
    Record,
    Risk,
    Share,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.leaving import Holding, Key

_OWNED: Mapping[Take, tuple[type[Record], str]] = {
    Take.LEADS: (WorkUnit, "lead_id"),
    Take.DELIVERABLES: (Deliverable, "lead_id"),
    Take.MEETINGS: (Meeting, "host_id"),
    Take.INDICATORS: (Indicator, "lead_id"),
    Take.DISSEMINATION: (Dissemination, "partner_id"),
    Take.PAYMENTS: (Payment, "partner_id"),
    Take.COSTS: (Cost, "partner_id"),
    Take.JOURNEYS: (Journey, "partner_id"),
    Take.PROOFS: (Proof, "holder_id"),
}
"""What is handed over by writing another partner into one field."""

_PEOPLES: Mapping[Take, type[Task | Risk | LogEntry]] = {
    Take.TASKS: Task,
    Take.RISKS: Risk,
    Take.LOGS: LogEntry,
}
"""What belongs to a partner or to one of its people."""


@operation("Partner leaves", point=True)
def leave(
    session: Session,
    partner: int,
    *,
    on: date,
    today: date,
    given: Mapping[Key, int] | None = None,
    successor: int | None = None,
    reason: str | None = None,
    recover: int | None = None,
) -> None:
    """Let a partner leave; what is done stays in its name, the rest goes to others or to nobody.

    Args:
        session: Of the change.
        partner: Who leaves.
        on: The last day it takes part; in the future, what ends by then stays in its name.
        today: The day it is done.
        given: Who takes over what, by what it is and its id. Without it the successor takes all.
        successor: Who goes on with its work; by default the first that takes something over.
        reason: Why it leaves.
        recover: Cents that it has to give back: a payment is planned.

    Raises:
        Refused: It has left already, nobody would coordinate, or somebody cannot take over.
    """
    record = existing(session, Partner, partner, "partner")
    who = called(record)
    if record.joined_on is not None and on < record.joined_on:
        raise Refused(f"{who} would leave before it joined, on {say_brief(record.joined_on)}.")
    held = holdings.of(session, record, on, today)
    if given is None:
        given = {} if successor is None else {it.key: successor for it in held}
    moves = any(it.key in given or not it.take.stays for it in held)
    if record.left_on is not None and (record.left_on != on or not moves):
        # what is in its name in spite of that can be handed over later, with the same day
        raise Refused(f"{who} has left already, on {say_brief(record.left_on)}.")
    heirs = _heirs(session, record, on)
    leaving.check(held, given, heirs)
    if successor is not None and successor not in heirs:
        raise Refused("Only a partner that stays in the project can take over.")
    unpaid = [
        heirs[heir]
        for (take, _), heir in given.items()
        if take in {Take.SHARES, Take.PAYMENTS} and heirs[heir].role is PartnerRole.ASSOCIATED
    ]
    if unpaid:
        raise Refused(f"{called(unpaid[0])} is an associated partner: it can have no money.")
    parts = {part.id: part for part in holdings.parts(session, record)}
    for each in held:
        _hand_over(session, record, each, given.get(each.key), parts)
    for entry, _ in holdings.expected(session, record, on):
        session.delete(session.get_one(Attendance, entry))
    record.left_on = on
    record.leave_reason = read_lines(reason) or record.leave_reason
    record.successor_id = record.successor_id or _successor(given, successor)
    if recover is not None:
        _recover(session, record, recover)
    session.flush()
    ahead = "will leave" if on > today else "leaves"
    say(session, f"{{partner}} {ahead} on {{day}}: {{what}}", partner=who, day=say_brief(on),
        what=_told(heirs, held, given))  # fmt: skip


@operation("Partner comes back")
def back(session: Session, partner: int) -> tuple[str, ...]:
    """Let a partner take part again, with all that it handed over and that nobody changed since.

    Args:
        session: Of the change.
        partner: Who had left.

    Returns:
        What stays with others, since it was changed after the partner left.

    Raises:
        Refused: It has not left.
    """
    record = existing(session, Partner, partner, "partner")
    if record.left_on is None:
        raise Refused(f"{called(record)} has not left.")
    kept = _give_back(session, record)
    record.left_on = record.leave_reason = record.successor_id = None
    say(session, "{partner} takes part again", partner=called(record))
    return tuple(kept)


# -- handing over


def _hand_over(
    session: Session,
    partner: Partner,
    each: Holding,
    heir: int | None,
    parts: Mapping[int, holdings.Part],
) -> None:
    """Give one thing to a partner that stays, or to nobody."""
    if each.take is Take.COORDINATION:
        new = session.get_one(Partner, heir)
        partner.role, new.role = PartnerRole.BENEFICIARY, PartnerRole.COORDINATOR
    elif each.take is Take.SHARES:
        _hand_over_share(session, parts[each.id], heir)
    elif each.take in _PEOPLES:
        owned: Any = session.get_one(_PEOPLES[each.take], each.id)
        if owned.partner_id in {None, partner.id}:
            owned.partner_id = heir
        owned.contact_id = None
    elif heir is not None or not each.take.stays:
        table, field = _OWNED[each.take]
        setattr(session.get_one(table, each.id), field, heir)


def _hand_over_share(session: Session, part: holdings.Part, heir: int | None) -> None:
    """Keep what is for work done; add the rest to the share of a partner that stays."""
    share = session.get_one(Share, part.id)
    left = None if part.cents is None else part.cents - part.earned
    theirs = None
    if heir is not None:
        mine = select(Share).where(Share.work_unit_id == part.work_unit, Share.partner_id == heir)
        theirs = session.scalars(mine).one_or_none()
    if theirs is not None and left is not None:
        theirs.amount_cents = (theirs.amount_cents or 0) + left
    if part.earned:
        share.amount_cents = part.earned
        if heir is not None and theirs is None:
            session.add(
                Share(
                    project_id=share.project_id,
                    work_unit_id=share.work_unit_id,
                    partner_id=heir,
                    role=share.role,
                    amount_cents=left,
                )
            )
    elif heir is not None and theirs is None:
        share.partner_id = heir
    else:
        session.delete(share)


def _recover(session: Session, partner: Partner, cents: int) -> None:
    work_plan.check_amount(cents)
    if cents == 0:
        raise Refused("There is nothing to recover.")
    values = {"partner_id": partner.id, "amount_cents": cents}
    title = f"Back from {called(partner)}"[:200]
    payments.add(session, partner.project_id, PaymentKind.FROM_PARTNER, title, values=values)


def _heirs(session: Session, partner: Partner, on: date) -> dict[int, Partner]:
    """Give the partners that stay."""
    others = select(Partner).where(
        Partner.project_id == partner.project_id, Partner.id != partner.id
    )
    return {it.id: it for it in session.scalars(others) if it.left_on is None or it.left_on > on}


def _successor(given: Mapping[Key, int], said: int | None) -> int | None:
    if said is not None:
        return said
    leads = [heir for (take, _), heir in given.items() if take is Take.COORDINATION]
    return next(iter([*leads, *given.values()]), None)


def _told(heirs: Mapping[int, Partner], held: tuple[Holding, ...], given: Mapping[Key, int]) -> str:
    """Say who takes over how much, and how much nobody does."""
    if not held:
        return "nothing was in its name"
    counts = Counter(given.values())
    said = [
        f"{called(heirs[heir])} takes over {_things(number)}" for heir, number in counts.items()
    ]
    rest = sum(1 for it in held if it.key not in given and not it.take.stays)
    if rest:
        said.append(f"{_things(rest)} without an owner")
    return ", ".join(said) or "nothing is handed over"


def _things(number: int) -> str:
    return "1 thing" if number == 1 else f"{number} things"


# -- coming back


def _give_back(session: Session, partner: Partner) -> list[str]:
    """Put back what the leaving changed, as far as it still is as the leaving left it."""
    entry = _entry_of_leaving(session, partner)
    if entry is None:
        return []
    rows = session.execute(
        select(Change.table_name, Change.row_id, Change.before, Change.after)
        .where(Change.entry_id == entry)
        .order_by(Change.id)
    ).all()
    mine = [row for row in rows if row.table_name not in {"restore_point", "project"}]
    now = journal.images(session.connection(), [(row.table_name, row.row_id) for row in mine])
    kept: list[str] = []
    restored: list[tuple[type[Record], dict[str, Any]]] = []
    for row in mine:
        table = Record.by_table[row.table_name]
        stands = now.get((row.table_name, row.row_id))
        if row.before is None:
            if stands == row.after:
                session.delete(session.get_one(table, row.row_id))
            elif stands is not None:
                kept.append(_said(stands))
        elif row.after is None:
            if stands is None:
                restored.append((table, row.before))
        elif stands is not None and all(stands.get(k) == v for k, v in row.after.items()):
            found = session.get_one(table, row.row_id)
            for name, value in row.before.items():
                setattr(found, name, thaw(table.__table__.columns[name].type, value))
        elif row.table_name != "partner":
            kept.append("something that is gone" if stands is None else _said(stands))
    session.flush()
    for table, image in restored:
        _restore(session, table, image, kept)
    return kept


def _restore(
    session: Session, table: type[Record], image: Mapping[str, Any], kept: list[str]
) -> None:
    """Bring back a row that went, unless there is another one in its place."""
    columns = table.__table__.columns
    values = {name: thaw(columns[name].type, value) for name, value in image.items()}
    if table is Share:
        twin = select(Share.id).where(
            Share.work_unit_id == values["work_unit_id"], Share.partner_id == values["partner_id"]
        )
        if session.scalar(twin) is not None:
            kept.append("a share")
            return
    session.add(table(**values))
    session.flush()


def _entry_of_leaving(session: Session, partner: Partner) -> int | None:
    """Find the line of history in which a partner left."""
    rows = (
        select(Change.entry_id, Change.after)
        .where(
            Change.table_name == "partner",
            Change.row_id == partner.id,
            Change.after.is_not(None),
            Change.before.is_not(None),
        )
        .order_by(Change.entry_id.desc())
    )
    for entry, after in session.execute(rows):
        if "left_on" in after:
            # a later correction of the day alone hands nothing back
            return int(entry) if after["left_on"] is not None else None
    return None


def _said(image: Mapping[str, Any]) -> str:
    known = [str(image[name]) for name in ("code", "title", "name") if image.get(name)]
    return " ".join(known[:2]) or "something without a name"
