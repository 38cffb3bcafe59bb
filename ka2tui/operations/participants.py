"""Participants: who came to an event, who is the same person, and whom to forget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from ka2tui.domain import countries, participation
from ka2tui.domain.days import say_span
from ka2tui.domain.kinds import MeetingMode, Precision
from ka2tui.domain.participation import APART, JOINED, Taken
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.operations import contacts, forgetting, meeting_days
from ka2tui.operations.fields import FieldConflict, Values, change, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Contact, Meeting, Participant, Partner

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

FIELDS = frozenset(
    {"meeting_id", "contact_id", "partner_id", "name", "organisation", "country", "profile"}
    | {"fewer_opportunities", "online", "role", "certificate", "day", "notes"}
)
"""What can be edited of a participant."""

_OF_ONE = ("name", "contact_id")
"""What several people cannot have in common."""

_AT = {"meeting_id", "day"}


@operation("Add participant")
def add(session: Session, meeting: int, values: Values) -> int:
    """Put somebody on the list of an event, and give the id.

    Args:
        meeting: Its id.
        values: Values of `FIELDS`, the name among them; who said nothing of it took part in
            person, or online where the event was.

    Raises:
        Refused: No name, a partner of another project, or a day on which the event is not.
        Misread: A country that cannot be read.
    """
    (made,) = _add(session, meeting, [values])
    say(
        session,
        "Add participant {name} to {meeting}",
        name=made.name,
        meeting=made.meeting.title,
    )
    return made.id


@operation("Add participants")
def add_several(session: Session, meeting: int, rows: Sequence[Values]) -> list[int]:
    """Put several people on the list of an event, all or none, and give the ids.

    Raises:
        Refused: As for one; the sentence names whom.
    """
    made = _add(session, meeting, rows)
    title = existing(session, Meeting, meeting, "event").title
    what = f"participant {made[0].name}" if len(made) == 1 else f"{len(made)} participants"
    say(session, "Add {what} to {meeting}", what=what, meeting=title)
    return [each.id for each in made]


def _add(session: Session, meeting: int, rows: Sequence[Values]) -> list[Participant]:
    record = existing(session, Meeting, meeting, "event")
    made = []
    for values in rows:
        wanted = _read(values)
        if not wanted.get("name"):
            raise Refused("A participant needs a name.")
        one = Participant(project_id=record.project_id, name="")
        one.online = record.mode is MeetingMode.ONLINE
        _check(session, record, wanted)
        change(one, wanted, allowed=FIELDS - {"meeting_id"})
        record.people.append(one)
        made.append(one)
    session.flush()
    return made


@operation("Edit participants")
def edit(
    session: Session,
    participants: Sequence[int],
    values: Values,
    based_on: Values | None = None,
) -> tuple[FieldConflict, ...]:
    """Change what is known of one or several people on lists.

    Args:
        participants: Their ids.
        values: What all of them get.
        based_on: What was seen before, of one.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: As for adding; or several people would get one name.
    """
    found = several(session, Participant, participants, "participant")
    wanted = _read(values)
    if len(found) > 1 and not wanted.keys().isdisjoint(_OF_ONE):
        raise Refused("Several people cannot have one name: edit them one by one.")
    if "name" in wanted and not wanted["name"]:
        raise Refused("A participant needs a name.")
    conflicts: tuple[FieldConflict, ...] = ()
    for record in found:
        meeting = record.meeting
        if wanted.get("meeting_id") is not None:
            meeting = existing(session, Meeting, wanted["meeting_id"], "event")
            if meeting.project_id != record.project_id:
                raise Refused("This event belongs to another project.")
        _check(session, meeting, {"day": record.day, **wanted} if _AT & wanted.keys() else wanted)
        conflicts += change(record, _with_one_home(wanted), based_on, allowed=FIELDS)
    if len(found) == 1:
        say(session, "Edit participant {name}", name=found[0].name)
    elif len(wanted) == 1:
        (field,) = wanted
        what = field.removesuffix("_id").replace("_", " ")
        say(session, "Set {what} of {many} participants", what=what, many=len(found))
    else:
        say(session, "Edit {many} participants", many=len(found))
    return conflicts


@operation("Remove participants")
def remove(session: Session, participants: Sequence[int]) -> None:
    """Take people off the lists of events."""
    found = several(session, Participant, participants, "participant")
    if len(found) == 1:
        words = {"name": found[0].name, "meeting": found[0].meeting.title}
        say(session, "Remove participant {name} from {meeting}", **words)
    else:
        say(session, "Remove {many} participants", many=len(found))
    for record in found:
        record.meeting.people.remove(record)


@operation("Say that they are one person")
def join(session: Session, participants: Sequence[int], *, contact: int | None = None) -> None:
    """Say that people on lists are one person, however they are written; nothing is rewritten.

    Args:
        participants: One row of each, or more; all rows of the same people go with them.
        contact: The contact that this person is.

    Raises:
        Refused: There is nobody to join with.
    """
    given = several(session, Participant, participants, "participant")
    person = None if contact is None else existing(session, Contact, contact, "contact")
    if not given or (len(given) == 1 and person is None):
        raise Refused("Mark at least two people to join them.")
    _refuse_mixed(given, person)
    groups = _groups(session, given)
    rows = [row for group in groups for row in group]
    known = sorted(row.person for row in rows if row.person and row.person.startswith(JOINED))
    mark = known[0] if known else f"{JOINED}{uuid4().hex}"
    for row in rows:
        row.person = mark
        if contact is not None:
            row.contact_id = contact
    names = list(dict.fromkeys(row.name for row in given))
    say(session, "{names} are one person", names=" and ".join(names[:3]))


@operation("Keep people apart")
def keep_apart(session: Session, participants: Sequence[int]) -> None:
    """Say that people on lists are different people, however alike their names are.

    Args:
        participants: One row of each; two rows of what counted as one person are parted.
    """
    given = several(session, Participant, participants, "participant")
    if not given:
        raise Refused("Mark the people that are not the same.")
    _refuse_mixed(given, None)
    for group in _groups(session, given):
        meant = [row for row in group if row in given]
        for row in meant if len(meant) > 1 else group[:1]:
            mark = f"{APART}{uuid4().hex}"
            for each in [row] if len(meant) > 1 else group:
                each.person = mark
    names = list(dict.fromkeys(row.name for row in given))
    if len(names) == 1:
        say(session, "Keep people called {name} apart", name=names[0])
    else:
        say(session, "Keep {names} apart", names=" and ".join(names[:3]))


@operation("Forget a person")
def forget(session: Session, participant: int) -> list[str]:
    """Take everything personal of a participant out of the records; what is counted stays.

    All rows of the same person go with it, under one alias; a contact is forgotten as one. The
    history still holds the words: the caller has them erased there by `Portfolio.erase`.

    Returns:
        The words to erase from the history.
    """
    record = find(session, participant)
    (group,) = _groups(session, [record])
    names = {row.name for row in group}
    told = [text for row in group for text in (row.name, row.certificate, row.notes) if text]
    known = sorted({row.contact_id for row in group if row.contact_id is not None})
    alias = f"Person {known[0]}" if known else f"Participant {min(row.id for row in group)}"
    for contact in known:
        told += contacts.forget(session, contact)
    mine = {row.id for row in group}
    for name in names:
        if not _somebody_else(session, record.project_id, name, mine):
            told += forgetting.take_off(session, record.project_id, name, alias)
    for row in group:
        row.name, row.certificate, row.notes = alias, None, None
    say(session, "Forget a person")  # no words: the line of the history must not tell whom
    return [text for text in dict.fromkeys(told) if text != alias]


def _somebody_else(session: Session, project: int, name: str, mine: Collection[int]) -> bool:
    """Tell whether another person of the project has the same name."""
    wanted = fold(name)
    others = select(Participant.name, Participant.id).where(Participant.project_id == project)
    if any(fold(row.name) == wanted and row.id not in mine for row in session.execute(others)):
        return True
    known = select(Contact.name).where(Contact.project_id == project)
    return any(fold(each) == wanted for each in session.scalars(known))


def find(session: Session, participant: int) -> Participant:
    """Give the record of a participant.

    Raises:
        Refused: There is none.
    """
    return existing(session, Participant, participant, "participant")


def _groups(session: Session, given: Sequence[Participant]) -> list[list[Participant]]:
    """Give all rows of each person that some rows are of, persons in their order."""
    project = given[0].project_id
    every = list(
        session.scalars(
            select(Participant).where(Participant.project_id == project).order_by(Participant.id)
        )
    )
    rows = {row.id: row for row in every}
    people = participation.people(_taken(row) for row in every)
    wanted = {row.id for row in given}
    grouped = [[rows[row.key[1]] for row in person.rows] for person in people]
    return [group for group in grouped if any(row.id in wanted for row in group)]


def _taken(row: Participant) -> Taken:
    place = f"={row.partner_id}" if row.partner_id else fold(row.organisation or "")
    key = ("participant", row.id)
    return Taken(key, row.meeting_id, row.name, place, row.contact_id, row.person)


def _refuse_mixed(given: Sequence[Participant], contact: Contact | None) -> None:
    projects = {row.project_id for row in given} | ({contact.project_id} if contact else set())
    if len(projects) > 1:
        raise Refused("These people belong to different projects.")


def _read(values: Values) -> dict[str, Any]:
    """Clean the values of fields; empty ones are nothing."""
    read: dict[str, Any] = {
        field: read_lines(value) if field == "notes" else read_text(value)
        for field, value in values.items()
    }
    if read.get("country"):
        read["country"] = countries.read_country(read["country"])
    if "online" in read:
        read["online"] = bool(read["online"])
    return read


def _with_one_home(values: dict[str, Any]) -> dict[str, Any]:
    """Let a partner take the place of an organisation in words, and the other way round."""
    if values.get("partner_id") is not None:
        return {**values, "organisation": None}
    if values.get("organisation"):
        return {**values, "partner_id": None}
    return values


def _check(session: Session, meeting: Meeting, values: Values) -> None:
    """Refuse records of another project, and a day on which the event is not."""
    for field, table, word in _LINKS:
        linked = values.get(field)
        if linked is not None:
            found: Any = existing(session, table, linked, word)
            if found.project_id != meeting.project_id:
                raise Refused(f"This {word} belongs to another project.")
    day = values.get("day")
    if day is None or meeting.day is None or meeting.precision is Precision.MONTH:
        return
    if day not in meeting_days.days_of(meeting):
        raise Refused(f"{meeting.title} is not on {say_span(day, day)}.")


_LINKS: tuple[tuple[str, type[Any], str], ...] = (
    ("partner_id", Partner, "partner"),
    ("contact_id", Contact, "contact"),
)
