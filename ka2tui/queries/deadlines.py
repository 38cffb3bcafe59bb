"""Deadlines: of applications, by the clock, and of reports, from the agreement or derived."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import deadlines as rules
from ka2tui.domain import rulebook
from ka2tui.domain.deadlines import Application, Deadline, Facts
from ka2tui.domain.kinds import PartnerRole, PhaseKind, PhaseState, Precision
from ka2tui.frozen import frozen
from ka2tui.queries.due_items import Item
from ka2tui.queries.rule_values import own_dates
from ka2tui.store.records import Partner, Phase, Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.call_rules import CallRules

PASSED = 30
"""Days for which a report's date that has passed is still told: nobody notes that it was sent."""

NEAR = 60
"""Days ahead from which on an own date stands among the official ones."""

_READ: tuple[str, ...] = (
    *("action", "managed_by", "call_year", "start", "end", "months", "grant_cents"),
    *("progress_report_due", "interim_report_due", "final_report_due"),
    *("application_deadline", "application_zone", "submitted_on", "outcome"),
)


@frozen
class ProjectDeadlines:
    """By when things must be handed in, for one project."""

    project_id: int
    project: str
    """Its acronym."""
    facts: Facts
    application: Application | None
    """Until it was handed in; None where nothing is known or nothing is owed."""
    here: str | None
    """The zone of the coordinator."""
    dates: tuple[Deadline, ...]
    """Those of the agreement, the earliest first."""

    def ahead(self, day: date) -> tuple[Deadline, ...]:
        """Give the dates still to come, and official ones that have passed not long ago."""
        long_ago = day - timedelta(days=PASSED)
        return tuple(
            one
            for one in self.dates
            if one.day >= day or (one.official and not one.not_before and one.day >= long_ago)
        )

    def near(self, day: date) -> tuple[Deadline, ...]:
        """Give of these the ones that matter by now: own dates only when they come close."""
        close = day + timedelta(days=NEAR)
        return tuple(
            one
            for one in self.ahead(day)
            if not one.not_before and (one.official or one.day <= close)
        )


def listed(
    session: Session, project: int | None, *, today: date, own: Path | None = None
) -> tuple[ProjectDeadlines, ...]:
    """Give the deadlines of a project, or of all of them in the order they were added.

    Args:
        project: None for all projects.
        today: Where a call is not known, its next round from here is taken.
        own: The user's folder of words and numbers.
    """
    known = rulebook.load(own)
    columns = [getattr(Project, name) for name in ("id", "acronym", "agreement", *_READ)]
    query = select(*columns).order_by(Project.id)
    done = select(Phase.project_id).where(
        Phase.kind == PhaseKind.PROPOSAL, Phase.state == PhaseState.DONE
    )
    homes: Any = (
        select(Partner.project_id, Partner.zone)
        .where(Partner.role == PartnerRole.COORDINATOR, Partner.zone.is_not(None))
        .order_by(Partner.id.desc())
    )
    if project is not None:
        query = query.where(Project.id == project)
        done = done.where(Phase.project_id == project)
        homes = homes.where(Partner.project_id == project)
    over = set(session.scalars(done))
    agreed = own_dates(session, project)
    zones = {of: zone for of, zone in session.execute(homes)}  # noqa: C416 - a row is no pair
    return tuple(
        _one(row, row.id in over, zones.get(row.id), known, today, agreed=agreed.get(row.id, {}))
        for row in session.execute(query)
    )


def _one(
    row: Any,
    over: bool,  # noqa: FBT001 - read together with the row
    here: str | None,
    known: Sequence[CallRules],
    today: date,
    *,
    agreed: Mapping[str, int],
) -> ProjectDeadlines:
    facts = Facts(
        **{name: getattr(row, name) for name in _READ},
        approved=rules.approved(row.agreement),
        proposal_done=over,
        own=agreed,
    )
    due = rules.application(facts, known, today=today) if facts.applying else None
    dates = rules.of_agreement(facts, known)
    return ProjectDeadlines(row.id, row.acronym, facts, due, here, dates)


def items(
    found: Sequence[ProjectDeadlines], day: date, last: date, *, named: bool = False
) -> Iterator[Item]:
    """Give what is to be handed in by a day as things that are due.

    Args:
        found: Of each project.
        day: Today.
        last: The last day that is wanted.
        named: Whether each says whose it is.
    """
    for one in found:
        whose = {"project_id": one.project_id, "project": one.project if named else None}
        due = one.application
        if due is not None and due.day <= last:
            yield Item(
                *("deadline", one.project_id, None, "Application", "open", due.day, None),
                *(Precision.DAY, None, None),
                **whose,  # type: ignore[arg-type]
                name="application",
                starts_at=due.at,
                zone=due.zone,
                note=due.why,
            )
        for date_ in one.ahead(day):
            if date_.day > last or date_.not_before:
                continue
            yield Item(
                *("deadline", one.project_id, None, date_.title, "open", date_.day, None),
                *(Precision.DAY, None, None),
                **whose,  # type: ignore[arg-type]
                name=date_.id,
                note=date_.why,
            )
