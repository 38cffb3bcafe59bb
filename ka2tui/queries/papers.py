"""Papers: which partner has brought which, as a grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from ka2tui.domain import instants, papers
from ka2tui.domain.checklist import manager_of
from ka2tui.domain.kinds import PaperState
from ka2tui.domain.papers import Entry, Holder, Paper, PaperList, Setting, Standing
from ka2tui.frozen import frozen
from ka2tui.queries.partners import order
from ka2tui.store.records import Partner, PartnerPaper, Project

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.kinds import PartnerRole


@frozen
class PaperRow:
    """The papers of one partner."""

    id: int
    """Of the partner."""
    called: str
    name: str
    role: PartnerRole
    oid: str | None
    pic: str | None
    standings: tuple[Standing | None, ...]
    """In the order of the grid's papers; None: not of this partner."""
    missing: int
    total: int

    def late(self, today: date) -> int:
        """Count what is missing although its day is over."""
        return sum(each is not None and each.late(today) for each in self.standings)


@frozen
class PaperGrid:
    """Partners and papers."""

    papers: tuple[Paper, ...]
    """Those that at least one partner owes."""
    rows: tuple[PaperRow, ...]
    noted: bool
    """Whether the grid is kept: a paper was noted, or the project has not begun."""

    def row(self, partner: int) -> PaperRow | None:
        """Find the papers of a partner."""
        return next((row for row in self.rows if row.id == partner), None)


def grid(
    session: Session, project: int, *, today: date, known: PaperList | None = None
) -> PaperGrid:
    """Give the papers of all partners that take part.

    Args:
        project: The project.
        today: The day it is looked at.
        known: The list of papers; without it the one that is shipped.
    """
    listed = known or papers.load()
    setting = setting_of(session, project, today=today)
    asked = papers.asked_in(listed, setting)
    entries = {
        (row.partner_id, row.kind): Entry(
            row.state, row.asked_on, row.received_on, row.checked_on, row.note
        )
        for row in session.execute(
            select(PartnerPaper.__table__).where(PartnerPaper.project_id == project)
        )
    }
    partners = session.execute(
        select(Partner.__table__).where(
            Partner.project_id == project,
            Partner.left_on.is_(None) | (Partner.left_on > today),
        )
    )
    rows = []
    for partner in sorted(partners, key=lambda it: order(it.role, it.nr, it.id)):
        holder = Holder(
            partner.name, partner.role, partner.oid, partner.pic, partner.agreement_state
        )
        found = tuple(
            papers.standing(listed, paper, setting, holder, entries.get((partner.id, paper.id)))
            for paper in asked
        )
        missing, total = papers.missing(each for each in found if each is not None)
        called = partner.acronym or partner.name
        rows.append(
            PaperRow(
                *(partner.id, called, partner.name, partner.role, partner.oid, partner.pic),
                *(found, missing, total),
            )
        )
    used = [at for at in range(len(asked)) if any(row.standings[at] for row in rows)]
    shown = tuple(replace(row, standings=tuple(row.standings[at] for at in used)) for row in rows)
    noted = any(entry.state is not PaperState.NONE for entry in entries.values())
    return PaperGrid(tuple(asked[at] for at in used), shown, noted or not setting.begun)


def setting_of(session: Session, project: int, *, today: date) -> Setting:
    """Give what of a project decides which papers it asks for."""
    found = session.execute(select(Project.__table__).where(Project.id == project)).one()
    day = None
    if found.application_deadline is not None:
        zone = found.application_zone or "Europe/Brussels"
        day = instants.local(found.application_deadline, zone).date()
    manager = found.managed_by or manager_of(found.action)
    return Setting(manager, found.call_year, day, found.start, today)
