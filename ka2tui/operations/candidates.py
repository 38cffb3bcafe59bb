"""Candidates: organisations that may become partners: noted, asked, answered, taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import candidates as rules
from ka2tui.domain import countries, identifiers
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import CandidateState, PartnerRole
from ka2tui.domain.mail_address import read_mail
from ka2tui.domain.refusal import Refused
from ka2tui.operations import contacts, partners
from ka2tui.operations.fields import FieldConflict, Values, change, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Candidate, Partner, Project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

EDITABLE = frozenset(
    {"name", "acronym", "country", "city", "sort", "oid", "pic", "website", "brings", "found_at"}
    | {"person", "email", "phone", "state", "asked_on", "answered_on", "notes"}
)
"""What can be edited of a candidate."""


@operation("Add candidate")
def add(session: Session, project: int, name: str, *, values: Values | None = None) -> int:
    """Note an organisation that may become a partner; give its id.

    Args:
        project: Which one it may join.
        name: Its name.
        values: Other fields of `EDITABLE`.

    Raises:
        Refused: No name, or one that stands there already.
        Misread: A country, number or address that cannot be read.
    """
    if session.get(Project, project) is None:
        raise Refused("There is no such project.")
    wanted = _read({**(values or {}), "name": name})
    _refuse_twin(session, project, wanted)
    made = Candidate(project_id=project, name="", state=CandidateState.TO_ASK)
    change(made, wanted, allowed=EDITABLE)
    _refuse_odd_days(made)
    session.add(made)
    session.flush()
    say(session, "Note {who} as a possible partner", who=called(made))
    return made.id


@operation("Edit candidate")
def edit(
    session: Session, candidate: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change what is known of a candidate.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: No name, or one that stands there already.
        Misread: A country, number or address that cannot be read.
    """
    record = find(session, candidate)
    wanted = _read(values)
    _refuse_twin(session, record.project_id, wanted, record)
    conflicts = change(record, wanted, based_on, allowed=EDITABLE)
    _refuse_odd_days(record)
    say(session, "Edit possible partner {who}", who=called(record))
    return conflicts


@operation("Ask candidates")
def ask(session: Session, candidates: Sequence[int], *, day: date, today: date) -> None:
    """Note that candidates were asked on a day; one that said something before is asked again.

    Raises:
        Refused: The day is still to come, or one is a partner already.
    """
    if day > today:
        raise Refused(f"{say_brief(day)} is still to come: nobody was asked yet.")
    found = load(session, candidates)
    _refuse_partners(session, found)
    for one in found:
        one.state = CandidateState.ASKED
        one.asked_on, one.answered_on = day, None
    say(session, "Ask {who} to join", who=_counted(found))


@operation("Note answers of candidates")
def answer(
    session: Session,
    candidates: Sequence[int],
    state: CandidateState,
    *,
    day: date,
    today: date,
) -> None:
    """Note what candidates answered: interested, agreed or declined.

    Raises:
        Refused: The day is still to come, or lies before the question.
    """
    state = CandidateState(state)
    if not rules.after_answer(state):
        raise Refused("An answer is interested, agreed or declined.")
    if day > today:
        raise Refused(f"{say_brief(day)} is still to come: nobody answered yet.")
    found = load(session, candidates)
    for one in found:
        one.state, one.answered_on = state, day
        _refuse_odd_days(one)
    say(session, "{who}: {state}", who=_counted(found), state=state.word)


@operation("Take as partner")
def take(
    session: Session,
    candidates: Sequence[int],
    *,
    today: date,
    role: PartnerRole = PartnerRole.BENEFICIARY,
) -> list[int]:
    """Make partners of candidates, each with its person; give the ids of the partners.

    What only it would add goes into the partner's notes.

    Raises:
        Refused: One declined, is a partner already, or a partner of that acronym is there.
    """
    found = load(session, candidates)
    _refuse_partners(session, found)
    made = []
    for one in found:
        if one.state is CandidateState.DECLINED:
            raise Refused(f"{called(one)} declined: note another answer first.")
        notes = "\n".join(
            filter(None, [f"Brings: {one.brings}" if one.brings else None, one.notes])
        )
        partner = partners.add(
            session,
            one.project_id,
            one.name,
            acronym=one.acronym,
            role=role,
            oid=one.oid,
            pic=one.pic,
            country=one.country,
            city=one.city,
            website=one.website,
            notes=notes or None,
            sort=one.sort,
        )
        if one.person or one.email or one.phone:
            contacts.add(
                session,
                one.project_id,
                one.person or called(one),
                partner_id=partner,
                email=one.email,
                phone=one.phone,
            )
        one.partner_id = partner
        if one.state is not CandidateState.AGREED:
            one.state, one.answered_on = CandidateState.AGREED, one.answered_on or today
            _refuse_odd_days(one)
        made.append(partner)
    session.flush()
    say(session, "Take {who} as partner" + "s" * (len(found) > 1), who=_counted(found))
    return made


@operation("Remove candidates")
def remove(session: Session, candidates: Sequence[int]) -> None:
    """Take candidates off the list; a partner that one became stays."""
    found = load(session, candidates)
    what = _counted(found)
    for one in found:
        session.delete(one)
    say(session, "Remove {what} from the possible partners", what=what)


def find(session: Session, candidate: int) -> Candidate:
    """Give the record of a candidate.

    Raises:
        Refused: There is none.
    """
    return existing(session, Candidate, candidate, "possible partner")


def load(session: Session, candidates: Sequence[int]) -> list[Candidate]:
    """Give the records of candidates, each once, in the order given.

    Raises:
        Refused: None was named, or one is gone.
    """
    return several(session, Candidate, candidates, "possible partner")


def called(candidate: Candidate) -> str:
    """Name one as people do: its acronym, else its name."""
    return candidate.acronym or candidate.name


# -- rules ---------------------------------------------------------------------------------------


def _number_of(reader: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda value: reader(value).number if value else None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "country": lambda value: countries.read_country(value) if value else None,
    "oid": _number_of(identifiers.read_oid),
    "pic": _number_of(identifiers.read_pic),
    "email": lambda value: read_mail(value) if value else None,
    "brings": read_lines,
    "notes": read_lines,
    "state": CandidateState,
    "asked_on": lambda value: value,
    "answered_on": lambda value: value,
}


def _read(values: Values) -> dict[str, Any]:
    """Read the values of fields, each as its kind asks; empty text is nothing."""
    kept = {
        field: _READERS.get(field, read_text)(value)
        for field, value in values.items()
        if value is not None or field != "state"
    }
    if "name" in kept and not kept["name"]:
        raise Refused("A possible partner needs a name.")
    return kept


def _refuse_twin(
    session: Session, project: int, values: Values, record: Candidate | None = None
) -> None:
    """Refuse a name that stands on the list already, however it is written."""
    name = values.get("name")
    if not name or (record is not None and record.name == name):
        return
    rows = session.execute(
        select(Candidate.id, Candidate.name).where(Candidate.project_id == project)
    )
    taken = [row.name for row in rows if record is None or row.id != record.id]
    twin = rules.twins(name, taken)
    if twin is not None:
        raise Refused(f"{twin} stands on the list already.")


def _refuse_odd_days(record: Candidate) -> None:
    if record.asked_on and record.answered_on and record.answered_on < record.asked_on:
        raise Refused(
            f"{called(record)} would have answered before it was asked "
            f"({say_brief(record.asked_on)})."
        )


def _refuse_partners(session: Session, found: Sequence[Candidate]) -> None:
    for one in found:
        if one.partner_id is not None and session.get(Partner, one.partner_id) is not None:
            raise Refused(f"{called(one)} is a partner already.")


def _counted(found: Sequence[Candidate]) -> str:
    return called(found[0]) if len(found) == 1 else f"{len(found)} possible partners"
