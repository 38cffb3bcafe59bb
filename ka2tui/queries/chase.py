"""Chase: everything that a reminder to a partner is made of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain.chase import COMING, Case, Owed, OwedKind, Person
from ka2tui.domain.due import Due
from ka2tui.domain.kinds import PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.queries import messages, owed, papers
from ka2tui.store.records import Contact, Partner, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.papers import PaperList, Standing
    from ka2tui.queries.papers import PaperRow


def cases(
    session: Session,
    project: int,
    partners: Sequence[int] | None = None,
    *,
    today: date,
    sender: str = "",
    known: PaperList | None = None,
) -> tuple[Case, ...]:
    """Give what reminders to partners are made of, in the order of the ids given.

    Args:
        project: The project.
        partners: Their ids; None: all but the coordinator that owe something late or missing.
        today: The day they are written.
        sender: Who writes: one of the coordinator's people, or anybody else; then the
            coordinator's first person signs.
        known: The list of papers; without it the one that is shipped.

    Raises:
        Refused: One coordinates, or has left, or is gone.
    """
    rows = {
        row.id: row for row in session.scalars(select(Partner).where(Partner.project_id == project))
    }
    for partner in partners or ():
        _refuse(rows.get(partner), partner, today)
    found = session.get_one(Project, project)
    people = _people(session, project)
    coordinator = next((p for p in rows.values() if p.role is PartnerRole.COORDINATOR), None)
    heard = messages.heard(session, project, today=today)
    chased = messages.chased(session, project)
    until = today + timedelta(days=COMING)
    due = owed.by_partner(session, project, until=until, partners=partners)
    undated = owed.agreed(session, project, partners=partners)
    grid = papers.grid(session, project, today=today, known=known)

    def case(partner: Partner) -> Case:
        mine = due.get(partner.id, ())
        papered = tuple(_papers(grid.row(partner.id)))
        return Case(
            partner=partner.id,
            called=partner.acronym or partner.name,
            name=partner.name,
            project=found.acronym,
            project_title=found.title,
            agreement=found.agreement,
            coordinator=coordinator.name if coordinator else None,
            sender=_sender(people.get(coordinator.id, ()) if coordinator else (), sender),
            people=tuple(people.get(partner.id, ())),
            late=tuple(one for one in mine if one.late(today)),
            coming=tuple(one for one in mine if one.coming(today)),
            agreed=undated.get(partner.id, ()),
            papers=tuple(one for one in papered if grid.noted or one.asked_on),
            unnoted=0 if grid.noted else sum(one.asked_on is None for one in papered),
            heard=heard.get(partner.id),
            chased=chased.get(partner.id, ()),
        )

    if partners is not None:
        return tuple(case(rows[partner]) for partner in partners)
    others = [grid_row.id for grid_row in grid.rows if grid_row.role is not PartnerRole.COORDINATOR]
    made = (case(rows[partner]) for partner in others)
    return tuple(one for one in made if one.late or one.papers)


def _refuse(partner: Partner | None, number: int, today: date) -> None:
    """Refuse whom no reminder can be written to."""
    if partner is None:
        raise Refused(f"There is no partner {number} any more.")
    called = partner.acronym or partner.name
    if partner.role is PartnerRole.COORDINATOR:
        raise Refused(f"{called} is the coordinator: a reminder goes to the others.")
    if partner.left_on is not None and partner.left_on <= today:
        raise Refused(f"{called} has left the project.")


def _people(session: Session, project: int) -> dict[int, list[Person]]:
    """Give the people of each partner; who has an address, and was entered first, first."""
    found: dict[int, list[Person]] = {}
    query = select(Contact).where(Contact.project_id == project, Contact.partner_id.is_not(None))
    rows = sorted(session.scalars(query), key=lambda it: (not it.email, it.id))
    for row in rows:
        person = Person(row.id, row.name, row.role, row.email, row.phone)
        found.setdefault(row.partner_id or 0, []).append(person)
    return found


def _sender(people: Sequence[Person], who: str) -> Person | None:
    """Give who signs: the one who writes, where known, else the first."""
    return next((one for one in people if fold(one.name) == fold(who)), None) or next(
        iter(people), None
    )


def _papers(row: PaperRow | None) -> Iterable[Owed]:
    """Give what a partner can send: not what the coordinator has to send first."""
    for at, standing in enumerate(row.standings if row else ()):
        if standing is not None and standing.missing and not standing.ours:
            yield _paper(at, standing)


def _paper(at: int, standing: Standing) -> Owed:
    words, asked = standing.paper.words, standing.asked_on
    return Owed(OwedKind.PAPER, at, None, words, Due(standing.due), asked)
