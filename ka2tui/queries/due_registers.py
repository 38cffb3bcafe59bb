"""What risks, the log and letters ask for by a day: a look, a settlement, an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import letters as letter_rules
from ka2tui.domain import risks as risk_rules
from ka2tui.domain.kinds import CLOSED_LINES, Direction, Precision, RiskState
from ka2tui.queries.due_items import Item
from ka2tui.store.records import Contact, Letter, LogEntry, Partner, Risk, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.queries.due_items import Kind, Owners


def letters(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the letters that want an answer by a day: ours, or theirs."""
    columns: list[Any] = [
        *(Letter.id, Letter.subject, Letter.direction, Letter.answer_by, Letter.reference_nr),
        *(Letter.with_whom, Letter.project_id, Contact.name),
    ]
    query = (
        select(*columns)
        .outerjoin(Contact.__table__, Letter.contact_id == Contact.id)
        .where(*whose.of(Letter), Letter.answer_by <= last, Letter.answered_on.is_(None))
    )
    for row in session.execute(query):
        ours = row.direction is Direction.IN
        yield Item(
            *("letter", row.id, None, f"{'Answer' if ours else 'Their answer'}: {row.subject}"),
            *("open" if ours else "waiting", row.answer_by, None, Precision.DAY),
            *(row.with_whom or row.name or letter_rules.AGENCY, None),
            project_id=row.project_id,
            project=whose.acronyms.get(row.project_id),
            name="" if ours else "theirs",
            note=row.reference_nr or "",
        )


def risks(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the open risks that are to be looked at again by a day."""
    more = (Risk.likelihood, Risk.impact)
    where = (Risk.review_on <= last, Risk.state == RiskState.OPEN)
    for row in session.execute(_owned(Risk, Risk.review_on, *more).where(*whose.of(Risk), *where)):
        said = risk_rules.say(row.likelihood, row.impact)
        yield _item("risk", row, whose, f"Look again: {row.title}", said)


def lines(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give the issues, decisions and changes that are to be settled by a day."""
    where = (LogEntry.due <= last, LogEntry.state.not_in(CLOSED_LINES))
    found = _owned(LogEntry, LogEntry.due, LogEntry.kind).where(*whose.of(LogEntry), *where)
    for row in session.execute(found):
        yield _item("log_entry", row, whose, row.title, row.kind.word)


def every(session: Session, whose: Owners, last: date) -> Iterator[Item]:
    """Give all that these registers ask for by a day."""
    yield from letters(session, whose, last)
    yield from risks(session, whose, last)
    yield from lines(session, whose, last)


def _owned(table: Any, due: Any, *more: Any) -> Any:
    return (
        select(
            *(table.id, table.code, table.title, due.label("due"), table.project_id, *more),
            func.coalesce(Contact.name, Partner.acronym, Partner.name).label("who"),
            *(table.contact_id, WorkUnit.code.label("unit")),
        )
        .outerjoin(Partner.__table__, table.partner_id == Partner.id)
        .outerjoin(Contact.__table__, table.contact_id == Contact.id)
        .outerjoin(WorkUnit.__table__, table.work_unit_id == WorkUnit.id)
    )


def _item(kind: Kind, row: Any, whose: Owners, title: str, note: str) -> Item:
    return Item(
        *(kind, row.id, row.code, title, "open", row.due, None, Precision.DAY),
        *(row.who, row.unit),
        person=row.contact_id is not None,
        project_id=row.project_id,
        project=whose.acronyms.get(row.project_id),
        note=note,
    )
