"""Problems: what the checks find in a project, the heaviest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain import rulebook
from ka2tui.domain.checks import application, catalogue, consortium, money, work_plan
from ka2tui.domain.checks.stage import Stage
from ka2tui.domain.checks.subject import Subject
from ka2tui.domain.problem import Found, Severity
from ka2tui.domain.rulebook import Applied
from ka2tui.domain.text import coded
from ka2tui.frozen import frozen
from ka2tui.queries import aims, checked, rule_values, under_way
from ka2tui.store.records import Record, SetAside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.problem import Problem

AREAS: dict[str, Callable[[Subject, Applied | None], Iterable[Found]]] = {
    "consortium": consortium.found,
    "application": application.found,
    "money": money.found,
    "work_plan": work_plan.found,
}
"""What looks at each area, by the name of its file of checks; given the rules of the action."""


@frozen
class Problems:
    """What the checks found in one project."""

    stage: Stage
    rows: tuple[Problem, ...]
    """What counts, the heaviest first."""
    set_aside: tuple[Problem, ...] = ()
    """What somebody has set aside, each with the reason."""

    @property
    def errors(self) -> int:
        """How many findings are against a rule."""
        return sum(each.severity is Severity.ERROR for each in self.rows)


@frozen
class Aside:
    """A finding that somebody has set aside, whether or not it would be told now."""

    number: int
    about: str
    id: int | None
    """None: the whole project."""
    where: str
    why: str


def problems(
    session: Session,
    project: int,
    *,
    today: date,
    own: Path | None = None,
    stage: Stage | None = None,
) -> Problems:
    """Check a project.

    Args:
        session: Of the database.
        project: Which one.
        today: The day it is looked at.
        own: The user's folder of words and numbers.
        stage: Check it as if it stood there; without one, where it stands that day.
    """
    # Sixty statements, asked while a page rests: kept compiled they take 1.2 MB, made anew 25 ms.
    session.connection().execution_options(compiled_cache=None)
    subject = checked.subject(session, project, today=today, stage=stage, own=own)
    rules = rule_values.applied(session, project, own=own)
    reasons = {(each.number, each.about, each.id): each.why for each in aside(session, project)}
    found = chain(
        chain.from_iterable(look(subject, rules) for look in AREAS.values()),
        under_way.found(session, project, subject.stage, today=today, own=own),
        aims.found(session, project, subject.stage),
    )
    titles = {key: str(row.get("title", key)) for key, row in rulebook.sources(own).items()}
    told = [
        catalogue.told(each, reasons.get((each.number, each.about, each.id)), titles)
        for each in found
        if catalogue.matters(each, subject.stage)
    ]
    told.sort(key=lambda each: (each.severity.weight, each.number))
    return Problems(
        subject.stage,
        tuple(each for each in told if each.counts),
        tuple(each for each in told if not each.counts),
    )


def aside(session: Session, project: int) -> tuple[Aside, ...]:
    """List what was set aside in a project; what it was about and is gone is left out."""
    rows = session.execute(
        select(SetAside.number, SetAside.about, SetAside.about_uid, SetAside.why)
        .where(SetAside.project_id == project)
        .order_by(SetAside.number, SetAside.id)
    ).all()
    known = {
        (about, uid): (key, name)
        for about in {row.about for row in rows} - {"project"}
        for key, uid, name in _records(session, about, [r.about_uid for r in rows])
    }
    found = []
    for number, about, uid, why in rows:
        if about == "project":
            found.append(Aside(number, about, None, "project", why))
        elif (about, uid) in known:
            found.append(Aside(number, about, *known[about, uid], why))
    return tuple(found)


def _records(session: Session, about: str, uids: Sequence[str]) -> Iterable[tuple[int, str, str]]:
    """Give id, uid and what they are called of the records of a table."""
    table: Any = Record.by_table.get(about)
    if table is None:
        return
    names = [name for name in _NAMES if hasattr(table, name)]
    columns = [getattr(table, name) for name in names]
    for key, uid, *said in session.execute(
        select(table.id, table.uid, *columns).where(table.uid.in_(uids))
    ):
        given = dict(zip(names, said, strict=True))
        short = given.get("acronym") or given.get("code")
        name = next((each for field, each in given.items() if field not in _SHORT and each), None)
        yield key, uid, (short or name or about) if "acronym" in given else coded(short, name)


_SHORT = ("acronym", "code")
_NAMES = (*_SHORT, "title", "name", "subject", "text")
