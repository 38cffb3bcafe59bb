"""Papers: how far each one of a partner is, with the days on which that came to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import papers as rules
from ka2tui.domain.kinds import AgreementState, PaperState
from ka2tui.domain.papers import Paper, Truth
from ka2tui.domain.refusal import Refused
from ka2tui.operations.fields import Values, change, read_lines
from ka2tui.operations.given import existing, several
from ka2tui.operations.partners import called
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Partner, PartnerPaper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.operations.fields import FieldConflict

_DAYS = {
    PaperState.ASKED: "asked_on",
    PaperState.RECEIVED: "received_on",
    PaperState.CHECKED: "checked_on",
}
_ORDER = (PaperState.ASKED, PaperState.RECEIVED, PaperState.CHECKED)

FIELDS = frozenset({"asked_on", "received_on", "checked_on", "note"})
"""What can be edited of a paper, besides its state."""


@operation("Note how far a paper is")
def put(
    session: Session, partners: Sequence[int], paper: Paper, state: PaperState, *, on: date
) -> None:
    """Note how far a paper of partners is; the day is kept, and earlier days stay.

    The partnership agreement is kept with the partner; a number there says by itself that it came.

    Args:
        partners: Their ids.
        paper: Which paper.
        state: How far it is.
        on: The day it was asked for, came or was checked.

    Raises:
        Refused: An agreement that is not needed, or a number that is not entered.
    """
    found = several(session, Partner, partners, "partner")
    for record in found:
        _refuse_untrue(record, paper, state)
        _put(session, record, paper, state, on)
    who = called(found[0]) if len(found) == 1 else f"{len(found)} partners"
    say(session, "{paper} of {who}: {state}", paper=paper.title, who=who, state=state.word)


@operation("Edit a paper")
def edit(
    session: Session,
    partner: int,
    paper: Paper,
    values: Values,
    based_on: Values | None = None,
    *,
    on: date,
) -> tuple[FieldConflict, ...]:
    """Change state, days and note of a paper.

    Args:
        partner: Its id.
        paper: Which paper.
        values: New values of `FIELDS`, and `state`.
        based_on: What they were when the editing began.
        on: The day a new state came to be, where none is given.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: Days that run backwards or lie ahead, or a state that cannot be.
    """
    record = existing(session, Partner, partner, "partner")
    wanted: dict[str, Any] = dict(values)
    state = wanted.pop("state", None)
    if state is not None:
        _refuse_untrue(record, paper, PaperState(state))
        _put(session, record, paper, PaperState(state), on)
    row = _row(session, record, paper)
    if "note" in wanted:
        wanted["note"] = read_lines(wanted["note"])
    conflicts = change(row, wanted, based_on, allowed=FIELDS)
    _refuse_odd_days(row, on)
    say(session, "Edit {paper} of {who}", paper=paper.title, who=called(record))
    return conflicts


def _row(session: Session, partner: Partner, paper: Paper) -> PartnerPaper:
    """Give the entry of a paper; a new one where there is none."""
    found = session.scalar(
        select(PartnerPaper).where(
            PartnerPaper.partner_id == partner.id, PartnerPaper.kind == paper.id
        )
    )
    if found is None:
        found = PartnerPaper(
            project_id=partner.project_id,
            partner_id=partner.id,
            kind=paper.id,
            state=PaperState.NONE,
        )
        session.add(found)
    return found


def _put(session: Session, partner: Partner, paper: Paper, state: PaperState, on: date) -> None:
    """Set the state where it is kept, and the day it came to be."""
    row = _row(session, partner, paper)
    if paper.truth is Truth.AGREEMENT:
        partner.agreement_state = rules.agreement_of(state) or AgreementState.NONE
    else:
        row.state = state
    if state in (PaperState.NONE, PaperState.NOT_NEEDED):
        row.asked_on = row.received_on = row.checked_on = None
        return
    reached = _ORDER.index(state)
    for later in _ORDER[reached + 1 :]:
        setattr(row, _DAYS[later], None)
    if getattr(row, _DAYS[state]) is None:
        setattr(row, _DAYS[state], on)
    if state is PaperState.CHECKED and row.received_on is None:
        row.received_on = on
    for earlier in _ORDER[:reached]:
        day = getattr(row, _DAYS[earlier])
        if day is not None and day > on:
            setattr(row, _DAYS[earlier], on)


def _refuse_untrue(partner: Partner, paper: Paper, state: PaperState) -> None:
    """Refuse what another field of the partner says better."""
    if paper.truth is Truth.AGREEMENT and rules.agreement_of(state) is None:
        raise Refused(
            "The partnership agreement is not sent, sent or signed; an associated partner has none."
        )
    if paper.truth not in rules.NUMBERS or state not in (PaperState.RECEIVED, PaperState.CHECKED):
        return
    has = {Truth.OID: partner.oid, Truth.PIC: partner.pic}.get(
        paper.truth, partner.oid or partner.pic
    )
    if not has:
        raise Refused(
            f"Enter the number itself at {called(partner)}: that shows that the paper is there."
        )


def _refuse_odd_days(row: PartnerPaper, today: date) -> None:
    """Refuse days that run backwards or have not come yet."""
    days = [day for day in (row.asked_on, row.received_on, row.checked_on) if day is not None]
    if days != sorted(days):
        raise Refused("A paper is asked for, then it comes, then it is checked: in this order.")
    if days and days[-1] > today:
        raise Refused("This day is still to come.")
