"""Figures: every number that pages and reports show of a project, with the rows behind it.

Each noun tells its own in a function `figures`; here is where they are known by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ka2tui.domain import figure as rules
from ka2tui.domain.refusal import Refused
from ka2tui.queries import (
    aims,
    application,
    candidates,
    dissemination,
    figures_meetings,
    figures_money,
    figures_participants,
    figures_plan,
    figures_proofs,
    figures_score,
    figures_way,
    figures_work,
    indicators,
    letters,
    logs,
    platform,
    risks,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from ka2tui.domain.figure import Figure

Source = Callable[["Session", int, date], Iterable["Figure"]]

SOURCES: dict[str, Source] = {
    "project": figures_work.project,
    "tasks": figures_work.tasks,
    "phase": figures_way.phases,
    "checklist": figures_way.checklists,
    "plan": figures_plan.figures,
    "application": application.figures,
    "aim": aims.figures,
    "candidate": candidates.figures,
    "meeting": figures_meetings.figures,
    "participant": figures_participants.figures,
    "money": figures_money.figures,
    "indicator": indicators.figures,
    "dissemination": dissemination.figures,
    "platform": platform.figures,
    "risk": risks.figures,
    "log": logs.figures,
    "letter": letters.figures,
    "proof": figures_proofs.figures,
    "score": figures_score.figures,
}
"""What tells the figures whose names begin with this word: "tasks.late"."""

EVERY = "every"
"""Stands for all of them, of whatever record: what a report may show."""


def listed(
    session: Session,
    project: int,
    sources: Collection[str] | None = None,
    *,
    today: date,
    own: Path | None = None,
) -> tuple[Figure, ...]:
    """Give the figures of a project.

    Args:
        session: Of the database.
        project: Whose.
        sources: Only those that these tell.
        today: The day they are looked at.
        own: The user's folder of words and numbers.
    """
    told = SOURCES | {
        "proof": partial(figures_proofs.figures, own=own),
        "score": partial(figures_score.figures, own=own),
    }
    wanted = SOURCES if sources is None else sources
    return tuple(each for name in wanted for each in told[name](session, project, today))


def at(
    session: Session,
    project: int,
    sources: Collection[str],
    about: tuple[str, int | None] | None,
    *,
    today: date,
    own: Path | None = None,
) -> tuple[Figure, ...]:
    """Give the figures a page shows of one record first, then those of the whole.

    Args:
        session: Of the database.
        project: Whose.
        sources: What tells the figures of the page.
        about: Table and id of the record, None in its place for every one of that table; None
            where there is no such record.
        today: The day they are looked at.
        own: The user's folder of words and numbers.
    """
    if EVERY in sources:
        return listed(session, project, today=today, own=own)
    every = listed(session, project, sources, today=today, own=own)
    mine = [each for each in every if about is not None and _is_about(each, about)]
    return (*mine, *(each for each in every if each.about is None))


def _is_about(figure: Figure, about: tuple[str, int | None]) -> bool:
    table, record = about
    return figure.about is not None and figure.about[0] == table and record in (
        None, figure.about[1]
    )  # fmt: skip


def one(
    session: Session, project: int, name: str, *, today: date, own: Path | None = None
) -> Figure:
    """Give a figure by its name.

    Raises:
        Refused: There is none of that name.
    """
    begins = name.partition(".")[0].strip().casefold()
    if begins in SOURCES:
        found = rules.named(listed(session, project, [begins], today=today, own=own), name)
        if found is not None:
            return found
    raise Refused(f"There is no figure {name}: figure list names all of them.")
