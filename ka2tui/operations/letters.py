"""Letters to and from the agency and others: kept, answered, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import letters as rules
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import Channel, Direction
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, quoted
from ka2tui.operations import register_lines, task_fields
from ka2tui.operations.fields import FieldConflict, Values, change
from ka2tui.operations.given import several
from ka2tui.store.lots import in_parts
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Contact, Departure, Letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"day", "direction", "channel", "contact_id", "with_whom", "subject", "text"}
    | {"reference_nr", "answer_by", "answered_on", "answers_id", "notes"}
)
_LINES = frozenset({"text", "notes"})
_TEXTS = frozenset({"subject", "with_whom", "reference_nr"})


@operation("Add letter")
def add(
    session: Session,
    project: int,
    subject: str,
    *,
    day: date,
    direction: Direction = Direction.IN,
    values: Values | None = None,
) -> int:
    """Keep a letter, mail or call.

    Args:
        subject: What it is about.
        day: When it was written or came.
        direction: Which way it went.
        values: Other fields of `EDITABLE`; with whom: None is the project's agency.

    Returns:
        Its id.

    Raises:
        Refused: No subject, or a value that cannot be.
    """
    register_lines.refuse_no_project(session, project)
    letter = Letter(project_id=project, subject="", day=day, direction=direction)
    given = {"channel": Channel.MAIL, **(values or {}), "subject": subject, "day": day}
    given["direction"] = direction
    change(letter, _checked(session, letter, given), allowed=EDITABLE)
    session.add(letter)
    session.flush()
    way = "from" if letter.direction is Direction.IN else "to"
    words = {"what": quoted(letter.subject), "who": _who(session, letter)}
    say(session, f"Keep the {letter.channel.word} {way} {{who}}: {{what}}", **words)
    return letter.id


@operation("Edit letter")
def edit(
    session: Session, letter: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change fields of a letter.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: No subject, or a value that cannot be.
    """
    (record,) = load(session, [letter])
    wanted = _checked(session, record, values)
    conflicts = change(
        record, wanted, based_on, allowed=EDITABLE, together=("contact_id", "with_whom")
    )
    say(session, "Edit letter {what}", what=quoted(record.subject))
    return conflicts


@operation("Answer letter")
def answer(
    session: Session,
    letter: int,
    *,
    day: date,
    subject: str | None = None,
    values: Values | None = None,
) -> int:
    """Keep the answer to a letter, which is answered then.

    Args:
        letter: The one that is answered.
        day: When the answer was given.
        subject: None: that of the letter, behind "Re:".
        values: Other fields of the answer; with whom, and by which channel, are the letter's.

    Returns:
        The id of the answer.

    Raises:
        Refused: The answer is older than the letter, or a value cannot be.
    """
    (asked,) = load(session, [letter])
    given: dict[str, Any] = {
        "channel": asked.channel,
        "contact_id": asked.contact_id,
        "with_whom": asked.with_whom,
        "reference_nr": asked.reference_nr,
        **(values or {}),
        "answers_id": asked.id,
    }
    back = Direction.OUT if asked.direction is Direction.IN else Direction.IN
    title = subject or rules.answer_subject(asked.subject)
    made = add(session, asked.project_id, title, day=day, direction=back, values=given)
    say(session, "Answer {what}", what=quoted(asked.subject))
    return made


@operation("Mark letters as answered")
def answered(session: Session, letters: Sequence[int], *, on: date | None) -> None:
    """Mark letters as answered on a day without keeping the answer; `None`: not answered yet.

    Raises:
        Refused: One is younger than that day.
    """
    found = load(session, letters)
    for letter in found:
        change(letter, _checked(session, letter, {"answered_on": on}), allowed=EDITABLE)
    what = _counted(found)
    if on is None:
        say(session, "Mark {what} as not answered", what=what)
    else:
        say(session, "Mark {what} as answered on {day}", what=what, day=say_brief(on))


@operation("Remove letters")
def remove(session: Session, letters: Sequence[int]) -> None:
    """Remove letters; what was answered by one alone is to be answered again."""
    found = load(session, letters)
    gone = {letter.id for letter in found}
    for some in in_parts(list(gone)):
        for other in session.scalars(select(Letter).where(Letter.answers_id.in_(some))):
            other.answers_id = None
        for departure in session.scalars(select(Departure).where(Departure.letter_id.in_(some))):
            departure.letter_id = None
    for letter in found:
        if letter.answers_id is not None:
            _open_again(session, letter, gone)
            letter.answers_id = None
    session.flush()
    what = _counted(found)
    for letter in found:
        session.delete(letter)
    session.flush()
    say(session, "Remove {what}", what=what if len(found) > 1 else f"letter {what}")


def load(session: Session, letters: Sequence[int]) -> list[Letter]:
    """Give the records of letters, each once.

    Raises:
        Refused: None was named, or one is gone.
    """
    return several(session, Letter, letters, "letter")


def _checked(session: Session, letter: Letter, values: Values) -> dict[str, Any]:
    """Give values as they are kept; the letter that is answered is marked so."""
    kept: dict[str, Any] = {
        name: clean(value or "", lines=name in _LINES) or None
        if name in _TEXTS or name in _LINES
        else value
        for name, value in values.items()
    }
    if "subject" in kept and not kept["subject"]:
        raise Refused("A letter needs a subject.")
    if "day" in kept and kept["day"] is None:
        raise Refused("A letter needs its day.")
    day = kept.get("day", letter.day)
    for name, word in (("answer_by", "would be due"), ("answered_on", "would be given")):
        then = kept.get(name, getattr(letter, name))
        if then is not None and then < day:
            raise Refused(f"The answer {word} on {say_brief(then)}, before the letter.")
    contact = kept.get("contact_id")
    task_fields.of_project(session, Contact, contact, letter.project_id, "contact")
    _mark_answered(session, letter, kept.get("answers_id"), day)
    return kept


def _mark_answered(session: Session, letter: Letter, answers: int | None, day: date) -> None:
    """Mark the letter that is answered; refuse one that is younger, or an answer in a circle."""
    if answers is None or answers == letter.answers_id:
        return
    asked = task_fields.of_project(session, Letter, answers, letter.project_id, "letter")
    if asked is None:
        return
    if asked.day > day:
        raise Refused(f"{quoted(asked.subject)} is of {say_brief(asked.day)}, after its answer.")
    above: Letter | None = asked
    seen: set[int] = set()
    while above is not None and above.id not in seen:
        if above.id == letter.id:
            raise Refused("These letters would answer each other in a circle.")
        seen.add(above.id)
        above = None if above.answers_id is None else session.get(Letter, above.answers_id)
    if asked.answered_on is None:
        asked.answered_on = day


def _open_again(session: Session, letter: Letter, gone: set[int]) -> None:
    """Take the mark off what this letter alone answered."""
    if letter.answers_id is None or letter.answers_id in gone:
        return
    asked = session.get(Letter, letter.answers_id)
    others = session.scalar(
        select(func.count(Letter.id)).where(
            Letter.answers_id == letter.answers_id, Letter.id.not_in(gone)
        )
    )
    if asked is not None and not others and asked.answered_on == letter.day:
        asked.answered_on = None


def _who(session: Session, letter: Letter) -> str:
    """Name whom a letter is with."""
    if letter.with_whom:
        return letter.with_whom
    person = None if letter.contact_id is None else session.get(Contact, letter.contact_id)
    return rules.AGENCY if person is None else person.name


def _counted(found: Sequence[Letter]) -> str:
    return quoted(found[0].subject) if len(found) == 1 else f"{len(found)} letters"
