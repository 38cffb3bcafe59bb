"""Partners: the organisations of a consortium, of which exactly one coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import countries, identifiers, instants
from ka2tui.domain.kinds import AgreementState, PartnerRole
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import fold, quoted
from ka2tui.operations.fields import FieldConflict, Values, change, read_lines, read_text
from ka2tui.operations.given import existing, several
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Candidate,
    Contact,
    Cost,
    Deliverable,
    Dissemination,
    HeadCount,
    Indicator,
    Journey,
    LogEntry,
    Meeting,
    Participant,
    Partner,
    PartnerMessage,
    PartnerPaper,
    Payment,
    Proof,
    Risk,
    Share,
    Task,
    WorkUnit,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

FIELDS = frozenset(
    {"nr", "acronym", "name", "role", "oid", "pic", "country", "city", "zone"}
    | {"working_days", "day_start_minute", "day_end_minute", "agreement_state"}
    | {"joined_on", "left_on", "website", "notes"}
    | {"sort", "established_on", "eche", "applications", "newcomer"}
)
"""What can be edited of a partner."""

_MINUTES_A_DAY = 24 * 60
MOST_APPLICATIONS = 1000
"""Applications of one organisation at one deadline; more is a slip."""


@operation("Add partner")
def add(
    session: Session,
    project: int,
    name: str,
    *,
    nr: str | None = None,
    acronym: str | None = None,
    role: PartnerRole = PartnerRole.BENEFICIARY,
    oid: str | None = None,
    pic: str | None = None,
    country: str | None = None,
    city: str | None = None,
    zone: str | None = None,
    working_days: str | None = None,
    day_start_minute: int | None = None,
    day_end_minute: int | None = None,
    agreement_state: AgreementState = AgreementState.NONE,
    joined_on: date | None = None,
    left_on: date | None = None,
    website: str | None = None,
    notes: str | None = None,
    sort: str | None = None,
    established_on: date | None = None,
    eche: bool | None = None,
    applications: int | None = None,
    newcomer: bool | None = None,
    uid: str | None = None,
) -> int:
    """Add an organisation to a consortium, and give its id.

    Args:
        name: Its legal name.
        role: A new coordinator takes over from the one there is.
        zone: Where not given, that of its country: the only one, or the mainland's in Europe.
        working_days: ISO weekdays, "1,2,3,4,5"; Monday is 1.
        sort: What it is: an id of the list of sorts, ours or the user's own.
        established_on: Since when it exists in law.
        eche: Whether it has the Erasmus Charter for Higher Education.
        applications: In how many applications at this deadline it takes part, this one included.
        newcomer: Whether it never took part in such a project.
        uid: What it is known by elsewhere; without one it gets its own.

    Raises:
        Refused: No name, or an acronym that another partner has.
        Misread: A country, zone or number that cannot be read.
    """
    given = {"name": name, "nr": nr, "acronym": acronym, "oid": oid, "pic": pic}
    given |= {"country": country, "city": city, "zone": zone, "working_days": working_days}
    given |= {"website": website, "notes": notes, "agreement_state": agreement_state}
    values = _read(
        given
        | {"sort": sort, "established_on": established_on, "eche": eche}
        | {"applications": applications, "newcomer": newcomer}
        | {"day_start_minute": day_start_minute, "day_end_minute": day_end_minute}
        | {"joined_on": joined_on, "left_on": left_on}
    )
    if values["zone"] is None:
        values["zone"] = _main_zone(values["country"])
    _refuse_clash(session, project, values)
    partner = Partner(project_id=project, **values, **({"uid": uid} if uid else {}))
    session.add(partner)
    session.flush()
    _refuse_odd_times(partner)
    if role is PartnerRole.COORDINATOR:
        _make_coordinator(session, partner)
    else:
        partner.role = role
    say(session, "Add partner {partner}", partner=called(partner))
    return partner.id


@operation("Edit partner")
def edit(
    session: Session, partner: int, values: Values, based_on: Values | None = None
) -> tuple[FieldConflict, ...]:
    """Change what is known of a partner.

    A partner that becomes the coordinator swaps roles with the one who was. With the country the
    zone changes, where none is given and the new country has a main one.

    Args:
        partner: Its id.
        values: New values of `FIELDS`.
        based_on: What they were when the editing began.

    Returns:
        The fields that somebody else changed meanwhile; they were left alone.

    Raises:
        Refused: No name, an acronym that another partner has, or nobody left to coordinate.
        Misread: A country, zone or number that cannot be read.
    """
    record = existing(session, Partner, partner, "partner")
    wanted = _read(values)
    _refuse_clash(session, record.project_id, wanted, record)
    if wanted.get("country") not in (None, record.country) and "zone" not in wanted:
        # an old zone in a new country would set every clock wrong
        wanted["zone"] = _main_zone(wanted["country"])
    role = wanted.pop("role", record.role)
    conflicts = change(record, wanted, based_on, allowed=FIELDS)
    _refuse_odd_times(record)
    if role is not record.role:
        conflicts += _change_role(session, record, role, based_on)
    say(session, "Edit partner {partner}", partner=called(record))
    return conflicts


@operation("Remove partners")
def remove(session: Session, partners: Sequence[int]) -> None:
    """Remove partners that nothing refers to.

    Raises:
        Refused: One coordinates others, or something is still in its name; the sentence says what.
    """
    found = several(session, Partner, partners, "partner")
    for record in found:
        uses = _uses(session, record.id)
        if uses:
            raise Refused(
                f"{called(record)} cannot be removed, it still has {_listed(uses)}. Give them to "
                "somebody else, or enter the day it left."
            )
        staying = [other for other in _others(session, record) if other not in found]
        if record.role is PartnerRole.COORDINATOR and staying:
            raise Refused(
                f"{called(record)} is the coordinator: make another partner the coordinator first."
            )
    for record in found:
        # its papers, and what was written to it, are nobody else's
        for table in (PartnerPaper, PartnerMessage):
            for owned in session.scalars(select(table).where(table.partner_id == record.id)):
                session.delete(owned)
        became = select(Candidate).where(Candidate.partner_id == record.id)
        for candidate in session.scalars(became):
            candidate.partner_id = None
        session.flush()
        session.delete(record)
    what = f"partner {called(found[0])}" if len(found) == 1 else f"{len(found)} partners"
    say(session, "Remove {what}", what=what)


# -- rules


def called(partner: Partner) -> str:
    """Give what a partner is called in a sentence."""
    return partner.acronym or partner.name


def _read(values: Values) -> dict[str, Any]:
    """Read the values of fields, each as its kind asks; empty text is nothing."""
    read = {
        field: _READERS.get(field, read_text)(value)
        for field, value in values.items()
        if value is not None or field not in _ALWAYS
    }
    if "name" in read and not read["name"]:
        raise Refused("A partner needs a name.")
    return read


def _country(value: str | None) -> str | None:
    return countries.read_country(value) if value else None


def _zone(value: str | None) -> str | None:
    return instants.read_zone(value) if value else None


def _oid(value: str | None) -> str | None:
    return identifiers.read_oid(value).number if value else None


def _pic(value: str | None) -> str | None:
    return identifiers.read_pic(value).number if value else None


def read_working_days(value: str) -> str:
    """Read the days of a working week as numbers, Monday is 1.

    Raises:
        Misread: They are something else.
    """
    found = {part.strip() for part in value.split(",")}
    if not found <= set("1234567"):
        raise Misread(f"{quoted(value)} are no working days: write 1,2,3,4,5 for Monday to Friday.")
    return ",".join(sorted(found))


def _applications(value: int | None) -> int | None:
    if value is not None and not 0 <= value <= MOST_APPLICATIONS:
        raise Misread(f"Applications are a number from 0 to {MOST_APPLICATIONS}, not {value}.")
    return value


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "country": _country,
    "zone": _zone,
    "oid": _oid,
    "pic": _pic,
    "role": PartnerRole,
    "agreement_state": AgreementState,
    "working_days": read_working_days,
    "notes": read_lines,
    "applications": _applications,
}


_ALWAYS = {"role", "working_days", "day_start_minute", "day_end_minute", "agreement_state"}
"""What every partner has; nothing given leaves it as it is."""


def _main_zone(country: str | None) -> str | None:
    """Give a country's zone: its only one, or in a programme country that of its mainland."""
    found = countries.country(country) if country else None
    if found is None or not found.zones:
        return None
    return found.zones[0] if found.in_programme or len(found.zones) == 1 else None


def _refuse_odd_times(partner: Partner) -> None:
    """Refuse a working day or a membership that ends before it begins."""
    if not 0 <= partner.day_start_minute < partner.day_end_minute <= _MINUTES_A_DAY:
        raise Refused("The working day ends before it begins.")
    if partner.joined_on and partner.left_on and partner.left_on < partner.joined_on:
        raise Refused("This partner would leave before it joined.")


def _others(session: Session, partner: Partner) -> list[Partner]:
    mine = select(Partner).where(Partner.project_id == partner.project_id, Partner.id != partner.id)
    return list(session.scalars(mine.order_by(Partner.id)))


def _refuse_clash(
    session: Session, project: int, values: Values, partner: Partner | None = None
) -> None:
    """Refuse an acronym that another partner has or is named, and a name that is its acronym."""
    acronym, name = (fold(values.get(field) or "") for field in ("acronym", "name"))
    there = select(Partner.id, Partner.acronym, Partner.name).where(Partner.project_id == project)
    for row in session.execute(there):
        if partner is not None and row.id == partner.id:
            continue
        short = fold(row.acronym or "")
        if acronym and acronym == short:
            raise Refused(f"There is already a partner {row.acronym}: {row.name}.")
        if name and name == short:
            raise Refused(f"{row.acronym} is the acronym of {row.name}: write the whole name.")
        if acronym and acronym == fold(row.name):
            raise Refused(f"{row.name} is the name of another partner: choose another acronym.")


def _make_coordinator(session: Session, partner: Partner) -> None:
    """Let a partner coordinate; who did so takes its role."""
    for other in _others(session, partner):
        if other.role is PartnerRole.COORDINATOR:
            other.role = partner.role
    partner.role = PartnerRole.COORDINATOR


def _change_role(
    session: Session, partner: Partner, role: PartnerRole, based_on: Values | None
) -> tuple[FieldConflict, ...]:
    """Change a partner's role so that exactly one coordinates."""
    if based_on is not None and based_on.get("role", partner.role) != partner.role:
        return (FieldConflict("role", role, partner.role),)
    if role is PartnerRole.COORDINATOR:
        _make_coordinator(session, partner)
        return ()
    if partner.role is PartnerRole.COORDINATOR and _others(session, partner):
        raise Refused(
            f"{called(partner)} is the coordinator: make another partner the "
            "coordinator instead, and the two swap."
        )
    partner.role = role
    return ()


def _uses(session: Session, partner: int) -> list[str]:
    """Say what a partner has: "2 contacts", "1 meeting to host"."""
    kinds = (
        (Contact.partner_id, "contact"),
        (WorkUnit.lead_id, "work package or activity to lead|work packages or activities to lead"),
        (Share.partner_id, "share of the work|shares of the work"),
        (Task.partner_id, "task"),
        (Deliverable.lead_id, "deliverable"),
        (Meeting.host_id, "meeting to host|meetings to host"),
        (HeadCount.partner_id, "head count"),
        (Participant.partner_id, "participant"),
        (Indicator.lead_id, "indicator"),
        (Risk.partner_id, "risk"),
        (LogEntry.partner_id, "line of the log|lines of the log"),
        (Dissemination.partner_id, "act of dissemination|acts of dissemination"),
        (Payment.partner_id, "payment"),
        (Cost.partner_id, "cost"),
        (Journey.partner_id, "journey"),
        (Proof.holder_id, "proof to keep|proofs to keep"),
        (Partner.successor_id, "partner whose work it took over|partners whose work it took over"),
    )
    found = []
    for column, word in kinds:
        number = session.scalar(select(func.count()).where(column == partner)) or 0
        one, _, many = word.partition("|")
        if number:
            found.append(f"{number} {one if number == 1 else many or one + 's'}")
    return found


def _listed(parts: list[str]) -> str:
    """Join as people do: "2 contacts, 3 tasks and 1 meeting"."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
