"""The approved application: keep it, explain what departs from it, take over what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import application as rules
from ka2tui.domain.application import THERE, YES, How, Names, Spot
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import AgencyAnswer, Handling
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.operations.fields import FieldConflict, change, read_lines
from ka2tui.operations.given import existing
from ka2tui.store import promised
from ka2tui.store.operation import operation, say
from ka2tui.store.records import ApprovedFact, Departure, Letter, Partner, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.application import Difference, Fact
    from ka2tui.operations.fields import Values

EDITABLE = frozenset({"why", "handling", "asked_on", "answered_on", "answer", "letter_id", "notes"})


@operation("Keep the application as approved", point=True)
def freeze(
    session: Session, project: int, *, on: date, today: date, reason: str | None = None
) -> int:
    """Keep what the project promises as it stands now; what differs later is a departure.

    Args:
        session: Of the change.
        project: Whose.
        on: The day from which it holds: of the decision, or of an amendment.
        today: The day it is done.
        reason: Why it is kept anew; owed where it was kept before.

    Returns:
        How many facts are kept.

    Raises:
        Refused: A day to come, nothing to keep, or no reason for doing it again.
    """
    found = existing(session, Project, project, "project")
    if on > today:
        raise Refused(f"{say_brief(on)} is still to come: an application is kept when approved.")
    why = clean(reason or "")
    facts = list(_to_keep(session, project))
    if not facts:
        raise Refused("There is nothing to keep yet: enter or import the work plan first.")
    if found.approved_on is not None and not why:
        number = len([*_differences(session, project)])
        differ = "1 difference" if number == 1 else f"{number} differences"
        raise Refused(
            f"The application is kept as of {say_brief(found.approved_on)}. Say why it is kept "
            f"anew: {differ} would then count as promised."
        )
    again = found.approved_on is not None
    _keep(session, project, facts)
    found.approved_on = on
    words: dict[str, Any] = {"acronym": found.acronym, "day": say_brief(on)}
    if again:
        say(session, "Keep {acronym} as approved anew, {day}: {why}", why=why, **words)
    else:
        say(session, "Keep {acronym} as approved, {day}", **words)
    return len(facts)


@operation("Explain departures")
def explain(
    session: Session,
    project: int,
    spots: Sequence[Spot],
    values: Values,
    based_on: Values | None = None,
) -> tuple[FieldConflict, ...]:
    """Say why things are not as they were promised, and what was done about it.

    Args:
        session: Of the change.
        project: Whose.
        spots: What is explained, in one step.
        values: New values of `EDITABLE`; what is not named stays.
        based_on: What they were when the editing began.

    Returns:
        The fields that somebody else changed meanwhile, left alone.

    Raises:
        Refused: Something is as promised, or an answer came before the question.
    """
    wanted = _read(session, project, values)
    differing = {it.spot: it for it in _differences(session, project)}
    records = {_spot(it): it for it in session.scalars(_of(Departure, project))}
    conflicts: list[FieldConflict] = []
    said: list[str] = []
    for spot in dict.fromkeys(map(Spot._make, spots)):
        record, found = records.get(spot), differing.get(spot)
        if record is None and found is None:
            raise Refused("This is as it was promised; there is nothing to explain.")
        said.append(found.said if found else _kept_name(session, project, spot))
        if record is None:
            record = Departure(project_id=project, **_about(spot))
            session.add(record)
        elif found is not None and all(getattr(record, k) == v for k, v in wanted.items()):
            record = _renewed(session, record)
        conflicts += change(record, wanted, based_on, allowed=EDITABLE)
        _refuse_odd_days(record)
    if not said:
        raise Refused("Say which departure is meant.")
    names = list(dict.fromkeys(said))
    what = names[0] if len(names) == 1 else f"{len(names)} departures"
    say(session, "Explain {what}", what=what)
    return tuple(conflicts)


@operation("Take over as promised")
def accept(session: Session, project: int, spots: Sequence[Spot], *, on: date) -> None:
    """Take over what the agency accepted: what is planned now is what is promised.

    What was said about it stays, with what had been promised before.

    Args:
        session: Of the change.
        project: Whose.
        spots: Which departures.
        on: The day the agency answered, where none was noted.

    Raises:
        Refused: Something is as promised already, or the agency refused it.
    """
    differing = {it.spot: it for it in _differences(session, project)}
    records = {_spot(it): it for it in session.scalars(_of(Departure, project))}
    now = list(promised.now(session, project))
    names = _names(session, project)
    said: list[str] = []
    for spot in dict.fromkeys(map(Spot._make, spots)):
        found = differing.get(spot)
        if found is None:
            raise Refused("This is as it was promised already.")
        record = records.get(spot)
        if record is None:
            record = Departure(project_id=project, **_about(spot), handling=Handling.AMENDMENT)
            session.add(record)
        if record.answer is AgencyAnswer.REFUSED:
            raise Refused(f"{found.said}: the agency refused this. Correct the answer first.")
        record.handling = record.handling or Handling.AMENDMENT
        record.answer = AgencyAnswer.ACCEPTED
        record.answered_on = record.answered_on or on
        _refuse_odd_days(record)
        record.notes = "\n".join(filter(None, (record.notes, _told(found, names, on))))
        _take_over(session, project, found, now)
        said.append(found.said)
    if not said:
        raise Refused("Say which departure is meant.")
    unique = list(dict.fromkeys(said))
    what = unique[0] if len(unique) == 1 else f"{len(unique)} departures"
    say(session, "Take over {what} as promised", what=what)


@operation("Forget explanations")
def withdraw(session: Session, project: int, spots: Sequence[Spot]) -> None:
    """Take away what was said about departures; those that still are have to be explained anew.

    Raises:
        Refused: Nothing was said about any of them.
    """
    wanted = set(map(Spot._make, spots))
    found = [it for it in session.scalars(_of(Departure, project)) if _spot(it) in wanted]
    if not found:
        raise Refused("Nothing was said about this yet.")
    for record in found:
        session.delete(record)
    number = len(found)
    what = "1 departure" if number == 1 else f"{number} departures"
    say(session, "Take away what was said about {what}", what=what)


# -- rules


def _differences(session: Session, project: int) -> Iterable[Difference]:
    session.flush()
    kept = promised.approved(session, project)
    starts = promised.starts(session, project, kept)
    if not kept:
        return ()
    return rules.differences(kept, promised.now(session, project), starts)


def _to_keep(session: Session, project: int) -> Iterator[Fact]:
    """Give what is promised: nothing that was left open, that left, or that is cancelled."""
    every = [fact for fact in promised.now(session, project) if fact.promised]
    away = {it.spot[:2] for it in every if it.field == THERE and it.value != YES}
    return (it for it in every if it.value is not None and it.spot[:2] not in away)


def _keep(session: Session, project: int, facts: Iterable[Fact]) -> None:
    """Keep these facts in place of those that were kept; what is the same stays untouched."""
    kept = {Spot(it.about, it.about_uid, it.field): it for it in _facts(session, project)}
    for fact in facts:
        record = kept.pop(fact.spot, None)
        if record is None:
            session.add(_made(project, fact))
        else:
            record.value, record.said = fact.value, fact.said
    for gone in kept.values():
        session.delete(gone)


def _take_over(session: Session, project: int, found: Difference, now: Sequence[Fact]) -> None:
    """Let what is planned now be what is promised, of one difference."""
    if found.how is How.CHANGED:
        session.get_one(ApprovedFact, found.fact).value = found.now
        return
    mine = found.spot[:2]
    if found.how is How.ADDED:
        facts = (it for it in now if (it.about, it.uid) == mine and it.value is not None)
        session.add_all(_made(project, it) for it in facts)
        return
    for record in _facts(session, project):
        if (record.about, record.about_uid) == mine:
            session.delete(record)


def _made(project: int, fact: Fact) -> ApprovedFact:
    return ApprovedFact(
        project_id=project,
        about=fact.about,
        about_uid=fact.uid,
        field=fact.field,
        value=fact.value,
        said=fact.said,
    )


def _told(found: Difference, names: Names, on: date) -> str:
    known = rules.promise(found.spot.about, found.spot.field)
    label = f"{known.label}: " if known and known.label else ""
    was, now = rules.say_promised(found, names), rules.say_now(found, names)
    return f"{label}promised until {say_brief(on)}: {was}; since then: {now}."


def _names(session: Session, project: int) -> Names:
    partners = {it.about_uid: it.said for it in _facts(session, project) if it.about == "partner"}
    for record in session.scalars(_of(Partner, project)):
        partners[record.uid] = record.acronym or record.name
    return Names(session.get_one(Project, project).currency, partners)


def _kept_name(session: Session, project: int, spot: Spot) -> str:
    kept = (it.said for it in _facts(session, project) if (it.about, it.about_uid) == spot[:2])
    return next(kept, rules.WORDS.get(spot.about, spot.about))


def _read(session: Session, project: int, values: Values) -> dict[str, Any]:
    """Read the values of fields, each as its kind asks; empty text is nothing."""
    wanted = dict(values)
    for name in ("why", "notes"):
        if name in wanted:
            wanted[name] = read_lines(wanted[name])
    readers: Mapping[str, Any] = {"handling": Handling, "answer": AgencyAnswer}
    for name, reader in readers.items():
        if wanted.get(name) is not None:
            wanted[name] = reader(wanted[name])
    letter = wanted.get("letter_id")
    if letter is not None and existing(session, Letter, letter, "letter").project_id != project:
        raise Refused("That letter is of another project.")
    return wanted


def _refuse_odd_days(record: Departure) -> None:
    if record.asked_on and record.answered_on and record.answered_on < record.asked_on:
        asked = say_brief(record.asked_on)
        raise Refused(f"The agency was asked on {asked}: it cannot have answered before.")


def _renewed(session: Session, record: Departure) -> Departure:
    """Say the same once more: what was said is then newer than what was changed."""
    kept = {name: getattr(record, name) for name in EDITABLE}
    session.delete(record)
    session.flush()
    made = Departure(project_id=record.project_id, **_about(_spot(record)), **kept)
    session.add(made)
    return made


def _about(spot: Spot) -> dict[str, str]:
    return {"about": spot.about, "about_uid": spot.uid, "field": spot.field}


def _spot(record: Departure) -> Spot:
    return Spot(record.about, record.about_uid, record.field)


def _facts(session: Session, project: int) -> Iterable[ApprovedFact]:
    return session.scalars(_of(ApprovedFact, project))


def _of(table: Any, project: int) -> Any:
    return select(table).where(table.project_id == project).order_by(table.id)
