"""Candidates: organisations that may become partners, and what the consortium still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import candidates as rules
from ka2tui.domain import partner_search, priorities
from ka2tui.domain.call_rules import PROGRAMME
from ka2tui.domain.candidates import Adds, Member, Minimum, Reach
from ka2tui.domain.chase import Person
from ka2tui.domain.checklist import manager_of
from ka2tui.domain.countries import say_country
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import CandidateState, PartnerRole
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import fold
from ka2tui.frozen import frozen
from ka2tui.queries import deadlines, rule_values
from ka2tui.store.records import Candidate, Contact, Partner, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.partner_search import PartnerSearch

_ORDER = {
    state: at
    for at, state in enumerate(
        (
            CandidateState.AGREED,
            CandidateState.INTERESTED,
            CandidateState.ASKED,
            CandidateState.TO_ASK,
            CandidateState.DECLINED,
        )
    )
}


@frozen
class CandidateRow:
    """An organisation that may become a partner."""

    id: int
    name: str
    acronym: str | None
    country: str | None
    city: str | None
    sort: str | None
    oid: str | None
    pic: str | None
    website: str | None
    brings: str | None
    found_at: str | None
    person: str | None
    email: str | None
    phone: str | None
    state: CandidateState
    asked_on: date | None
    answered_on: date | None
    notes: str | None
    partner_id: int | None
    partner: str | None
    """The partner it became, as it is called."""
    said: str
    """How far it is, in words."""
    waits: int | None
    """Days since it was asked, while there is no answer."""
    adds: Adds | None
    """What it would add to the minimum; None of partners, and where no minimum is known."""

    @property
    def called(self) -> str:
        """Its acronym, else its name."""
        return self.acronym or self.name

    @property
    def silent(self) -> bool:
        """Whether it was asked some time ago, and has not answered."""
        return self.waits is not None and self.waits >= rules.QUIET


@frozen
class Lacking:
    """What a consortium still lacks by the minimum of its action."""

    now: Reach
    """With the partners there are."""
    agreed: Reach
    """With the candidates too that have agreed."""
    hoped: Reach
    """With those too that are interested."""

    @property
    def steps(self) -> Iterator[tuple[str, Reach]]:
        """How far it has come, and would with others, where these bring it any further."""
        yield "now", self.now
        for word, before, then in (
            ("+ agreed", self.now, self.agreed),
            ("+ interested", self.agreed, self.hoped),
        ):
            if before != then:
                yield word, then


@frozen
class Search:
    """The candidates of a project, what is lacking, and where to look."""

    rows: tuple[CandidateRow, ...]
    lacking: Lacking | None
    """None where the rules of the action are not known."""
    why_unknown: str
    """Why they are not known; "" where they are."""
    search: PartnerSearch
    """What to look for, and where, for this project's field and action."""


@frozen
class Asking:
    """All that a letter to a candidate is made of; notes are no part of it."""

    row: CandidateRow
    project: str
    title: str
    goal: str | None
    summary: str | None
    priorities: tuple[str, ...]
    action: str | None
    field: str | None
    managed_by: str | None
    """NA or EACEA, where that is known."""
    start: date | None
    months: int | None
    deadline: date | None
    """By which the application must be in, where that is sure and still to come."""
    coordinator: str | None
    sender: Person | None
    partners: tuple[str, ...]
    """The names of the others, with their countries."""


def looked_for(session: Session, project: int, *, today: date, own: Path | None = None) -> Search:
    """Give all that the page of finding partners shows.

    Args:
        project: Which one.
        today: The day it is looked at.
        own: The user's folder of words and numbers.
    """
    home = session.get_one(Project, project)
    minimum = _minimum(session, home, own)
    lacking = None
    if minimum is not None:
        lacking = _lacking(session, project, minimum, today)
    why = ""
    if minimum is None:
        why = (
            f"No rules are known for {home.action}."
            if home.action
            else "Enter the action of the project to see what its minimum is."
        )
    field = priorities.field_of(home.field, home.action, priorities.load(own))
    return Search(
        listed(session, project, today=today, reached=lacking.agreed if lacking else None),
        lacking,
        why,
        partner_search.load(own).of(field, home.action),
    )


def listed(
    session: Session, project: int, *, today: date, reached: Reach | None = None
) -> tuple[CandidateRow, ...]:
    """List the candidates: those that agreed first, then by how far they are and by name.

    Args:
        project: Which one.
        today: The day they are looked at.
        reached: How far the consortium is; with it each row says what it would add.
    """
    rows = [
        _row(row, today, reached)
        for row in session.execute(_some().where(Candidate.project_id == project))
    ]
    return tuple(
        sorted(rows, key=lambda it: (it.partner_id is not None, _ORDER[it.state], it.name, it.id))
    )


def some(
    session: Session, candidates: Sequence[int], *, today: date, own: Path | None = None
) -> tuple[CandidateRow, ...]:
    """List chosen ones, in the order of their ids given."""
    found = {}
    reached: dict[int, Reach | None] = {}
    for row in session.execute(_some().where(Candidate.id.in_(candidates))):
        project = row.project_id
        if project not in reached:
            minimum = _minimum(session, session.get_one(Project, project), own)
            found_now = None if minimum is None else _lacking(session, project, minimum, today)
            reached[project] = None if found_now is None else found_now.agreed
        found[row.id] = _row(row, today, reached[project])
    return tuple(found[one] for one in candidates if one in found)


def asking(
    session: Session,
    candidates: Sequence[int],
    *,
    today: date,
    sender: str = "",
    own: Path | None = None,
) -> tuple[Asking, ...]:
    """Give what letters to candidates are made of.

    Args:
        candidates: Their ids; all of one project.
        today: The day they are written.
        sender: Who writes: one of the coordinator's people signs, the one of this name first.
        own: The user's folder of words and numbers.

    Raises:
        Refused: One is gone.
    """
    rows = some(session, candidates, today=today, own=own)
    if len(rows) < len(set(candidates)) or not rows:
        raise Refused("There is no such possible partner any more.")
    project = session.get_one(Candidate, rows[0].id).project_id
    home = session.get_one(Project, project)
    partners = session.execute(
        select(Partner.id, Partner.name, Partner.country, Partner.role, Partner.left_on)
        .where(Partner.project_id == project)
        .order_by(Partner.id)
    ).all()
    first = next((one for one in partners if one.role is PartnerRole.COORDINATOR), None)
    staying = [one for one in partners if one.left_on is None or one.left_on > today]
    names = tuple(_with_country(one.name, one.country) for one in staying if one is not first)
    signs = None if first is None else _sender(session, first.id, sender)
    deadline = _deadline(session, project, today, own)
    answered = tuple(one.name for one in home.priorities)
    return tuple(
        Asking(
            row=row,
            project=home.acronym,
            title=home.title,
            goal=home.goal,
            summary=home.summary,
            priorities=answered,
            action=home.action,
            field=home.field,
            managed_by=home.managed_by or manager_of(home.action),
            start=home.start,
            months=home.months,
            deadline=deadline,
            coordinator=first.name if first else None,
            sender=signs,
            partners=names,
        )
        for row in rows
    )


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give how many possible partners there are, by how far they are."""
    rows = listed(session, project, today=today)

    def counted(name: str, title: str, found: Iterable[CandidateRow]) -> Figure:
        ids = [row.id for row in found]
        return Figure(f"candidate.{name}", title, len(ids), Trace.rows("candidate", ids))

    yield counted("all", "Possible partners", rows)
    taken = [row for row in rows if row.partner_id is not None]
    yield counted("taken", "Possible partners that are partners now", taken)
    for state in CandidateState:
        mine = [row for row in rows if row.state is state and row.partner_id is None]
        yield counted(state.value, f"Possible partners: {state.word}", mine)
    yield counted(
        "silent", "Possible partners that have not answered", [row for row in rows if row.silent]
    )


# -- reading -------------------------------------------------------------------------------------


def _some() -> Any:
    names = (
        *("id", "name", "acronym", "country", "city", "sort", "oid", "pic", "website", "brings"),
        *("found_at", "person", "email", "phone", "state", "asked_on", "answered_on", "notes"),
        *("partner_id", "project_id"),
    )
    return select(
        *(getattr(Candidate, name) for name in names),
        Partner.acronym.label("partner_acronym"),
        Partner.name.label("partner_name"),
    ).outerjoin(Partner.__table__, Candidate.partner_id == Partner.id)


def _row(row: Any, today: date, reached: Reach | None) -> CandidateRow:
    open_ = row.partner_id is None and row.state is not CandidateState.DECLINED
    return CandidateRow(
        *(row.id, row.name, row.acronym, row.country, row.city, row.sort, row.oid, row.pic),
        *(row.website, row.brings, row.found_at, row.person, row.email, row.phone, row.state),
        *(row.asked_on, row.answered_on, row.notes, row.partner_id),
        partner=row.partner_acronym or row.partner_name,
        said=rules.say_state(row.state, row.asked_on, row.answered_on, today),
        waits=None if row.partner_id else rules.waits(row.state, row.asked_on, today),
        adds=_adds(row, reached) if reached is not None and open_ else None,
    )


def _adds(row: Any, reached: Reach) -> Adds:
    """Say what one adds; whoever has agreed is among those that are counted already."""
    found = rules.adds(reached, row.country)
    if row.state is CandidateState.AGREED and not found.doubt:
        return Adds("counts already", helps=False)
    return found


def _lacking(session: Session, project: int, minimum: Minimum, today: date) -> Lacking:
    partners = session.execute(
        select(Partner.country, Partner.role, Partner.oid, Partner.pic).where(
            Partner.project_id == project, Partner.left_on.is_(None) | (Partner.left_on > today)
        )
    )
    there = [Member(*row) for row in partners]
    open_ = session.execute(
        select(Candidate.country, Candidate.oid, Candidate.pic, Candidate.state).where(
            Candidate.project_id == project, Candidate.partner_id.is_(None)
        )
    ).all()
    agreed, hoped = (
        [Member(row.country, oid=row.oid, pic=row.pic) for row in open_ if row.state is state]
        for state in (CandidateState.AGREED, CandidateState.INTERESTED)
    )
    return Lacking(
        rules.reach(minimum, there),
        rules.reach(minimum, [*there, *agreed]),
        rules.reach(minimum, [*there, *agreed, *hoped]),
    )


def _minimum(session: Session, project: Project, own: Path | None) -> Minimum | None:
    """Give the minimum of the project's action: of its call, else of the call nearest to it."""
    found = rule_values.applied(session, project.id, own=own)
    if found is None:
        return None
    organisations, countries = (
        found.number(key) for key in ("minimum_organisations", "minimum_countries")
    )
    if organisations is None or countries is None:
        return None
    said = [found.get(key) for key in ("minimum_organisations", "minimum_countries")]
    sure = next((value for value in said if value is not None and not value.confirmed), said[0])
    confirmed = sure is not None and sure.confirmed
    return Minimum(
        action=found.rules.name,
        says=found.says if found.carried or confirmed else f"{found.says}, not confirmed",
        organisations=organisations,
        countries=countries,
        also=found.word("minimum_also"),
        anywhere=found.word("countries_from") == "any",
        excluded=frozenset(found.several("excluded_countries")),
        elsewhere=found.word("partners_elsewhere") or "yes",
        source=sure.source if sure is not None else "",
        place=sure.place if sure is not None else None,
        confirmed=confirmed,
        homes={code: it.status == PROGRAMME for code, it in found.countries.items()},
    )


def _deadline(session: Session, project: int, today: date, own: Path | None) -> date | None:
    """Give the day by which the application must be in; None where it is over or not sure."""
    for one in deadlines.listed(session, project, today=today, own=own):
        due = one.application
        if due is not None and due.confirmed and due.day > today:
            return due.day
    return None


def _sender(session: Session, partner: int, who: str) -> Person | None:
    """Give who signs: the coordinator's person of this name, else its first."""
    people = [
        Person(row.id, row.name, row.role, row.email, row.phone)
        for row in session.scalars(
            select(Contact).where(Contact.partner_id == partner).order_by(Contact.id)
        )
    ]
    named = next((one for one in people if fold(one.name) == fold(who)), None)
    return named or next(iter(people), None)


def _with_country(name: str, code: str | None) -> str:
    return f"{name} ({say_country(code)})" if code else name
