"""Letters: the list in threads, one with its thread, and what is to be answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import letters
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import Channel, Direction
from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.queries.chosen import chosen
from ka2tui.store.records import Contact, Letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class LetterRow:
    """A letter, mail or call."""

    id: int
    day: date
    direction: Direction
    channel: Channel
    subject: str
    reference_nr: str | None
    answer_by: date | None
    answered_on: date | None
    answers_id: int | None
    contact_id: int | None
    contact: str | None
    with_whom: str | None
    late: bool
    """Whether an answer should have been there by now."""
    thread: int = 0
    """The letter that its thread begins with."""

    @property
    def who(self) -> str:
        """Whom it is with."""
        return self.with_whom or self.contact or letters.AGENCY

    @property
    def to_answer(self) -> bool:
        """Whether the project owes an answer."""
        return letters.to_answer(self.direction, self.answer_by, self.answered_on)

    @property
    def waited_for(self) -> bool:
        """Whether the project waits for an answer."""
        return letters.waits_for(self.direction, self.answer_by, self.answered_on)


@frozen
class LetterDetails:
    """All that is known of one letter."""

    row: LetterRow
    text: str | None
    notes: str | None
    thread: tuple[LetterRow, ...]
    """All letters of its thread, the oldest first."""


def listed(session: Session, project: int, *, today: date) -> tuple[LetterRow, ...]:
    """List the letters of a project by thread.

    What is to be answered comes first, by its day, then the threads with the newest letters; in a
    thread the oldest letter stands first.
    """
    rows = session.execute(_some().where(Letter.project_id == project))
    threads = letters.threads([_row(row, today) for row in rows])
    return tuple(replace(row, thread=each[0].id) for each in threads for row in each)


def some(session: Session, ids: Sequence[int], *, today: date) -> tuple[LetterRow, ...]:
    """List chosen letters, in the order of their ids given."""
    return chosen(session, _some(), Letter.id, ids, lambda row: _row(row, today))


def one(session: Session, letter: int, *, today: date) -> LetterDetails:
    """Give all that is known of one letter.

    Raises:
        Refused: It is gone.
    """
    record = session.get(Letter, letter)
    if record is None:
        raise Refused(f"There is no letter {letter} any more.")
    thread = _thread(session, record, today)
    mine = next(row for row in thread if row.id == letter)
    return LetterDetails(mine, record.text, record.notes, thread)


def _thread(session: Session, letter: Letter, today: date) -> tuple[LetterRow, ...]:
    """Give the letters of a thread, the oldest first; of the others only the links are read."""
    links = session.execute(
        select(Letter.id, Letter.answers_id).where(
            Letter.project_id == letter.project_id, Letter.answers_id.is_not(None)
        )
    ).all()
    beside: dict[int, set[int]] = defaultdict(set)
    for each, answers in links:
        if answers is not None:
            beside[each].add(answers)
            beside[answers].add(each)
    mine, found = [letter.id], {letter.id}
    while mine:
        more = beside[mine.pop()] - found
        found |= more
        mine += more
    (thread,) = letters.threads(some(session, sorted(found), today=today))
    return tuple(replace(row, thread=thread[0].id) for row in thread)


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give how many letters there are, are to be answered, are late, and are waited for."""
    rows = listed(session, project, today=today)

    def counted(name: str, title: str, found: Sequence[LetterRow]) -> Figure:
        return Figure(
            f"letter.{name}", title, len(found), Trace.rows("letter", [row.id for row in found])
        )

    owed = [row for row in rows if row.to_answer]
    yield counted("all", "Letters kept", rows)
    yield counted("to_answer", "Letters to be answered", owed)
    yield counted("late", "Letters that should have been answered", [r for r in owed if r.late])
    yield counted("waited_for", "Answers waited for", [row for row in rows if row.waited_for])


def _some() -> Any:
    return select(
        *(Letter.id, Letter.day, Letter.direction, Letter.channel, Letter.subject),
        *(Letter.reference_nr, Letter.answer_by, Letter.answered_on, Letter.answers_id),
        *(Letter.contact_id, Contact.name, Letter.with_whom),
    ).outerjoin(Contact.__table__, Letter.contact_id == Contact.id)


def _row(row: Any, today: date) -> LetterRow:
    late = letters.is_open(row.answer_by, row.answered_on) and row.answer_by < today
    return LetterRow(*[*row, late])
