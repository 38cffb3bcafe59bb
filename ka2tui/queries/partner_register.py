"""The register: every partner with what it owes, its papers, and when it was heard from."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING

from ka2tui.domain import silence
from ka2tui.domain.chase import COMING
from ka2tui.domain.kinds import PartnerRole
from ka2tui.frozen import frozen
from ka2tui.queries import history, messages, owed, papers, partners
from ka2tui.queries.partners import PartnerRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.domain.chase import Chased, Owed
    from ka2tui.domain.papers import PaperList, Standing
    from ka2tui.domain.silence import Heard
    from ka2tui.queries.history import EntryRow
    from ka2tui.queries.messages import MessageRow
    from ka2tui.queries.partners import PartnerDetails

MESSAGES = 12
"""The last messages that are shown of a partner."""


@frozen
class RegisterRow(PartnerRow):
    """A partner in a list, and how things stand with it."""

    late: int
    """Tasks and deliverables whose day is over."""
    coming: int
    """Those due soon."""
    papers_missing: int
    papers: int
    """How many papers it needs."""
    papers_late: int
    heard: Heard | None
    silent_days: int | None
    """Days since it was heard from; None: never, or nobody expects to."""
    chased: tuple[Chased, ...]
    """Newest first."""
    gone: bool = False
    """Whether its last day has come; who leaves later is still asked for what it owes."""

    @property
    def expected(self) -> bool:
        """Whether somebody should hear from it: not from oneself, nor from who has left."""
        return self.role is not PartnerRole.COORDINATOR and not self.gone


@frozen
class RegisterDetails:
    """One partner with everything around it."""

    row: RegisterRow
    details: PartnerDetails
    late: tuple[Owed, ...]
    coming: tuple[Owed, ...]
    papers: tuple[Standing, ...]
    messages: tuple[MessageRow, ...]
    history: tuple[EntryRow, ...]
    """Newest first."""


def listed(
    session: Session, project: int, *, today: date, known: PaperList | None = None
) -> tuple[RegisterRow, ...]:
    """List the partners of a project as `partners.listed` does, with how things stand.

    Args:
        project: The project.
        today: The day lateness and silence are counted to.
        known: The list of papers; without it the one that is shipped.
    """
    due = owed.counted(session, project, today=today)
    grid = {row.id: row for row in papers.grid(session, project, today=today, known=known).rows}
    heard = messages.heard(session, project, today=today)
    chased = messages.chased(session, project)
    rows = []
    for partner in partners.listed(session, project, today=today):
        (late, coming), papered = due.get(partner.id, (0, 0)), grid.get(partner.id)
        last = heard.get(partner.id)
        gone = partner.left_on is not None and partner.left_on <= today
        away = partner.role is PartnerRole.COORDINATOR or gone
        rows.append(
            RegisterRow(
                **{each.name: getattr(partner, each.name) for each in fields(partner)},
                late=late,
                coming=coming,
                papers_missing=papered.missing if papered else 0,
                papers=papered.total if papered else 0,
                papers_late=papered.late(today) if papered else 0,
                heard=last,
                silent_days=None if away else silence.days_silent(last, today),
                chased=chased.get(partner.id, ()),
                gone=gone,
            )
        )
    return tuple(rows)


def some(
    session: Session,
    project: int,
    chosen: Sequence[int],
    *,
    today: date,
    known: PaperList | None = None,
) -> tuple[RegisterRow, ...]:
    """List chosen partners, in the order of their ids given."""
    rows = {row.id: row for row in listed(session, project, today=today, known=known)}
    return tuple(rows[partner] for partner in chosen if partner in rows)


def one(
    session: Session, partner: int, *, today: date, known: PaperList | None = None
) -> RegisterDetails:
    """Give one partner with everything around it.

    Raises:
        Refused: It is gone.
    """
    details = partners.one(session, partner, today=today)
    project = details.project_id
    (row,) = some(session, project, [partner], today=today, known=known)
    until = today + timedelta(days=COMING)
    due = owed.by_partner(session, project, until=until, partners=[partner])
    mine = due.get(partner, ())
    papered = papers.grid(session, project, today=today, known=known).row(partner)
    return RegisterDetails(
        row=row,
        details=details,
        late=tuple(each for each in mine if each.late(today)),
        coming=tuple(each for each in mine if each.coming(today)),
        papers=tuple(each for each in papered.standings if each) if papered else (),
        messages=messages.listed(session, project, partner=partner, limit=MESSAGES),
        history=tuple(history.of_record(session, "partner", partner, limit=6)),
    )
