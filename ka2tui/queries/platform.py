"""Results on the programme's platform: which are drafted, sent for review, published, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import timeline
from ka2tui.domain.days import say_brief
from ka2tui.domain.figure import Figure, Trace
from ka2tui.domain.kinds import DeliverableState, PlatformState, Precision
from ka2tui.frozen import frozen
from ka2tui.store.records import Deliverable, Partner, Project, WorkUnit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session


@frozen
class ResultRow:
    """A deliverable, and how far it is on the platform."""

    id: int
    code: str
    title: str
    due: date | None
    due_month: int | None
    precision: Precision
    state: DeliverableState
    work_unit: str | None
    lead: str | None
    platform: PlatformState
    since: date | None
    link: str | None

    @property
    def to_draft(self) -> bool:
        """Whether it was accepted here, and is not even a draft there."""
        return self.state.done and self.platform is PlatformState.NONE


@frozen
class Results:
    """The results of a project, and whether the time of review has come."""

    rows: tuple[ResultRow, ...]
    end: date | None
    """The project's last day."""
    reviewable: bool | None
    """Whether they can usually be sent for review; None where the end is not known."""

    @property
    def hint(self) -> str:
        """Say what is next for the results, hedged."""
        if self.reviewable:
            return (
                "The project's last day is over: drafts can usually be sent for review. They are "
                "judged with the final report, so send them before it."
            )
        if self.end is None:
            return "Usually results can be sent for review only after the project's last day."
        return (
            f"Drafts now; sent for review usually only after the last day, {say_brief(self.end)}, "
            "or once the final report is submitted. Ask your agency."
        )

    @property
    def early(self) -> tuple[ResultRow, ...]:
        """Results that stand as sent for review before that is usually possible."""
        if self.reviewable is not False or self.end is None:
            return ()
        return tuple(
            row
            for row in self.rows
            if row.platform in (PlatformState.SENT, PlatformState.PUBLISHED)
            and (row.since is None or row.since <= self.end)
        )


def listed(session: Session, project: int, *, today: date) -> Results:
    """List the results by when they are due."""
    facts = session.execute(
        select(Project.start, Project.end, Project.months).where(Project.id == project)
    ).one()
    end = facts.end
    if end is None and facts.start is not None and facts.months is not None:
        end = timeline.project_end(facts.start, facts.months)
    over = None if end is None else today > end
    rows = session.execute(
        _some()
        .where(Deliverable.project_id == project)
        .order_by(Deliverable.due.is_(None), Deliverable.due, Deliverable.id)
    )
    return Results(tuple(ResultRow(*row) for row in rows), end, over)


def _some() -> Any:
    return (
        select(
            *(Deliverable.id, Deliverable.code, Deliverable.title, Deliverable.due),
            *(Deliverable.due_month, Deliverable.due_precision, Deliverable.state),
            WorkUnit.code,
            func.coalesce(Partner.acronym, Partner.name, Deliverable.lead_text),
            func.coalesce(Deliverable.platform_state, PlatformState.NONE),
            *(Deliverable.platform_on, Deliverable.platform_link),
        )
        .outerjoin(WorkUnit.__table__, Deliverable.work_unit_id == WorkUnit.id)
        .outerjoin(Partner.__table__, Deliverable.lead_id == Partner.id)
    )


def figures(session: Session, project: int, today: date) -> Iterator[Figure]:
    """Give how many results are how far on the platform."""
    rows = listed(session, project, today=today).rows
    for state, title in (
        (PlatformState.NONE, "Results not on the platform yet"),
        (PlatformState.DRAFTED, "Results drafted on the platform"),
        (PlatformState.SENT, "Results sent for review on the platform"),
        (PlatformState.PUBLISHED, "Results published on the platform"),
    ):
        ids = [row.id for row in rows if row.platform is state]
        yield Figure(f"platform.{state}", title, len(ids), Trace.rows("deliverable", ids))
