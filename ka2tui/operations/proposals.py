"""Proposals: handed in, decided on, and handed in again in the next call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ka2tui.domain import deadline_rules, rulebook
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import Precision, ProposalOutcome, TaskState, WorkUnitState
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean
from ka2tui.domain.timeline import LONGEST, month_of
from ka2tui.operations import phases, projects
from ka2tui.operations.given import existing
from ka2tui.store.operation import operation, say
from ka2tui.store.records import (
    Aim,
    AimLink,
    Contact,
    Deliverable,
    Milestone,
    Partner,
    Priority,
    Project,
    Record,
    Share,
    Tag,
    Task,
    TaskLink,
    WorkUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

R = TypeVar("R", bound=Record)

_UNTIL = re.compile(r";?UNTIL=[^;]*")


@operation("Note what became of the application")
def decide(
    session: Session,
    project: int,
    outcome: ProposalOutcome | None,
    *,
    on: date | None = None,
    note: str | None = None,
    today: date,
    own: Path | None = None,
) -> None:
    """Note whether an application was funded, and let the phases follow.

    What is funded goes on to the next phase; what is rejected or withdrawn closes with a reason.

    Args:
        outcome: None: nobody knows (again).
        on: The day it became known; where it is not said, the day that is noted, else today.
        note: Points, reasons, what the assessors wrote.
        own: The user's folder of words and numbers.

    Raises:
        Refused: The day is still to come, or a reason is owed.
    """
    found = existing(session, Project, project, "project")
    known = found.outcome_on if outcome is not None and found.outcome is outcome else None
    day, said = on or known or today, clean(note or "", lines=True) or None
    if day > today:
        raise Refused(f"{say_brief(day)} is still to come: enter the day when it is past.")
    if outcome is not None and found.submitted_on is not None and day < found.submitted_on:
        handed_in = say_brief(found.submitted_on)
        raise Refused(f"The application was handed in on {handed_in}: this cannot be before.")
    if outcome is not None and outcome.closes and said is None:
        raise Refused(f"An application that is {outcome.word} closes with a reason: say why.")
    same = (found.outcome, found.outcome_on, found.outcome_note) == (outcome, day, said)
    if same or (outcome is None and found.outcome is None):
        raise Refused(f"{found.acronym} stands like that already.")
    found.outcome = outcome
    found.outcome_on = day if outcome is not None else None
    found.outcome_note = said if outcome is not None else None
    phases.decided(session, project, outcome, on=day, reason=said, own=own)
    words: dict[str, Any] = {"acronym": found.acronym}
    if outcome is None:
        say(session, "{acronym}: outcome of the application not known", **words)
    else:
        words |= {"outcome": outcome.word, "day": say_brief(day)}
        say(session, "{acronym}: application {outcome}, {day}", **words)


@operation("Hand in again")
def resubmit(
    session: Session,
    project: int,
    acronym: str,
    *,
    call_year: int | None = None,
    today: date,
    own: Path | None = None,
) -> int:
    """Copy a project into the next call: partners, people, plan, goal and needs; no dates.

    Project months stay; what was planned for a day is planned for the month that day was in.
    Everything is as if nothing had been done yet. Tasks that came from a meeting or a checklist
    stay behind, and so do partners who left.

    Args:
        acronym: What the new one is called.
        call_year: The year of the call; by default the next one that can still be applied to.
        own: The user's folder of words and numbers.

    Returns:
        The id of the new project.

    Raises:
        Refused: The acronym is missing or taken, or the call is not a later one.
    """
    old = existing(session, Project, project, "project")
    year = call_year or _next_call(old, today, own)
    if old.call_year is not None and year < old.call_year:
        raise Refused(f"{old.acronym} was for the call of {old.call_year}: name a later one.")
    copied = ("field", "managed_by", "agency", "language", "months", "grant_cents", "currency")
    new = projects.add(
        session,
        acronym,
        title=old.title,
        action=_of_call(old.action, old.call_year, year),
        call_year=year,
        shape=old.shape,
        goal=old.goal,
        summary=old.summary,
        priorities=_priorities(session, old),
        today=today,
        own=own,
        **{name: getattr(old, name) for name in copied},
    )
    made = existing(session, Project, new, "project")
    made.resubmits = old.uid
    copy = _Copy(session, old, new)
    copy.consortium()
    copy.work_plan()
    copy.aims()
    copy.tasks()
    say(session, "Hand in {old} again as {new}", old=old.acronym, new=made.acronym)
    return new


def _next_call(old: Project, today: date, own: Path | None) -> int:
    """Give the year of the first call after a project's own whose deadlines are not all past."""
    year = max((old.call_year or today.year) + 1, today.year)
    known = rulebook.load(own)
    there = deadline_rules.rounds(known, old.action, year, old.managed_by, usual=True)
    ends = [one.on for one in there]
    return year if not ends or max(ends) >= today else year + 1


def _of_call(action: str | None, was: int | None, year: int) -> str | None:
    """Give the code of an action in another call: some have the year in them."""
    if action is None or was is None:
        return action
    return action.replace(f"-{was}-", f"-{year}-")


def _priorities(session: Session, old: Project) -> Sequence[str]:
    mine = select(Priority.name).where(Priority.project_id == old.id)
    return session.scalars(mine.order_by(Priority.position, Priority.id)).all()


class _Copy:
    """A plan on its way into another project."""

    def __init__(self, session: Session, old: Project, new: int) -> None:
        self.session = session
        self.old = old
        self.new = new
        self.partners: dict[int | None, int] = {}
        self.contacts: dict[int | None, int] = {}
        self.units: dict[int | None, int] = {}

    def consortium(self) -> None:
        """Copy partners that have not left, and all people but theirs."""
        kept: tuple[str, ...] = (
            *("nr", "acronym", "name", "role", "oid", "pic", "country", "city", "zone"),
            *("working_days", "day_start_minute", "day_end_minute", "website", "notes"),
            *("sort", "established_on", "eche", "newcomer"),
        )
        rows = self._all(Partner)
        staying = [row for row in rows if row.left_on is None]
        self.partners = self._add(
            staying, [Partner(project_id=self.new, **_kept(row, kept)) for row in staying]
        )
        gone = {row.id for row in rows} - {row.id for row in staying}
        kept = ("organisation", "name", "role", "email", "phone", "language", "notes")
        people = [row for row in self._all(Contact) if row.partner_id not in gone]
        self.contacts = self._add(
            people,
            [
                Contact(
                    project_id=self.new,
                    partner_id=self.partners.get(row.partner_id),
                    **_kept(row, kept),
                )
                for row in people
            ],
        )

    def work_plan(self) -> None:
        """Copy work packages with their activities and shares, deliverables and milestones."""
        kept: tuple[str, ...] = (
            *("kind", "code", "title", "position", "category", "place", "amount_cents"),
            *("objectives", "expected_results", "expected_participants", "notes"),
        )
        rows = self._all(WorkUnit)
        units = [
            WorkUnit(
                project_id=self.new,
                lead_id=self.partners.get(row.lead_id),
                start_month=row.start_month or self._month(row.start),
                end_month=row.end_month or self._month(row.end),
                state=WorkUnitState.PLANNED,
                **_kept(row, kept),
            )
            for row in rows
        ]
        self.units = self._add(rows, units)
        for row, unit in zip(rows, units, strict=True):
            unit.parent_id = self.units.get(row.parent_id)
        self.session.add_all(
            Share(
                project_id=self.new,
                work_unit_id=self.units[row.work_unit_id],
                partner_id=self.partners[row.partner_id],
                **_kept(row, ("role", "amount_cents")),
            )
            for row in self._all(Share)
            if row.partner_id in self.partners
        )
        kept = ("code", "title", "lead_text", "languages", "licence", "notes")
        self.session.add_all(
            Deliverable(
                project_id=self.new,
                work_unit_id=self.units.get(row.work_unit_id),
                lead_id=self.partners.get(row.lead_id),
                **self._due(row),
                **_kept(row, kept),
            )
            for row in self._all(Deliverable)
        )
        self.session.add_all(
            Milestone(
                project_id=self.new,
                work_unit_id=self.units.get(row.work_unit_id),
                **self._due(row),
                **_kept(row, ("code", "title", "verification", "notes")),
            )
            for row in self._all(Milestone)
        )

    def aims(self) -> None:
        """Copy needs and objectives, and what of the copied plan serves them."""
        rows = self._all(Aim)
        kept = ("kind", "code", "text", "target_group", "source", "position", "notes")
        made = [Aim(project_id=self.new, **_kept(row, kept)) for row in rows]
        ids = self._add(rows, made)
        uids = self._served()
        for row, aim in zip(rows, made, strict=True):
            aim.parent_id = ids.get(row.parent_id)
        self.session.add_all(
            AimLink(
                project_id=self.new,
                aim_id=ids[link.aim_id],
                about=link.about,
                about_uid=uids[link.about, link.about_uid],
            )
            for link in self._all(AimLink)
            if (link.about, link.about_uid) in uids
        )

    def _served(self) -> dict[tuple[str, str], str]:
        """Give by table and uid of a part of the old plan the uid of its copy, told by its code."""
        self.session.flush()
        found = {}
        for table in (WorkUnit, Deliverable, Milestone):
            codes: dict[int, dict[str, str]] = {self.old.id: {}, self.new: {}}
            query = select(table.project_id, table.code, table.uid).where(
                table.project_id.in_(codes), table.code.is_not(None)
            )
            for project, code, uid in self.session.execute(query):
                codes[project][code] = uid
            for code, uid in codes[self.old.id].items():
                if code in codes[self.new]:
                    found[table.__tablename__, uid] = codes[self.new][code]
        return found

    def tasks(self) -> None:
        """Copy the tasks of the plan, open; of one that repeats, one."""
        kept = (
            *("title", "phase", "priority", "effort_minutes", "position", "notes"),
            *("partner_id", "contact_id", "work_unit_id"),
        )
        rows, codes = self._planned()
        maps: dict[str, Mapping[int | None, int]] = {
            "partner_id": self.partners,
            "contact_id": self.contacts,
            "work_unit_id": self.units,
        }
        tasks = []
        for row in rows:
            values = _kept(row, kept)
            values |= {name: known.get(values[name]) for name, known in maps.items()}
            rule = row.recurrence and _UNTIL.sub("", row.recurrence)
            tags = [Tag(project_id=self.new, name=tag.name) for tag in row.tags]
            tasks.append(
                Task(
                    project_id=self.new,
                    code=codes.get(row.id, row.code),
                    recurrence=rule,
                    tags=tags,
                    **self._due(row),
                    **values,
                )
            )
        made = self._add(rows, tasks)
        for row, task in zip(rows, tasks, strict=True):
            if row.parent_id in made:
                task.parent_id = made[row.parent_id]
        # by themselves: a list of links that is set would be read first, task by task
        self.session.add_all(
            TaskLink(
                project_id=self.new,
                task_id=made[row.id],
                needs_id=made[link.needs_id],
                kind=link.kind,
                lag_days=link.lag_days,
            )
            for row in rows
            for link in row.links
            if link.needs_id in made
        )

    def _planned(self) -> tuple[list[Task], dict[int, str]]:
        """Give the tasks of the plan, and the codes of those whose first of a series had one."""
        mine = select(Task).where(
            Task.project_id == self.old.id,
            Task.outcome_id.is_(None),
            Task.answer_id.is_(None),
            Task.state != TaskState.CANCELLED,
        )
        loaded = mine.options(selectinload(Task.tags), selectinload(Task.links))
        rows = self.session.scalars(loaded.order_by(Task.id)).all()
        series = {(row.title, row.work_unit_id): row for row in rows if row.recurrence}
        kept, codes = [], {}
        for row in rows:
            going_on = series.get((row.title, row.work_unit_id), row)
            if going_on is row or row.state is not TaskState.DONE:
                kept.append(row)
            elif row.code is not None and going_on.code is None:
                codes[going_on.id] = row.code
        return kept, codes

    def _due(self, row: Task | Deliverable | Milestone) -> dict[str, Any]:
        """Plan something for its project month; without one, for no time."""
        month = row.due_month or self._month(row.due)
        return {
            "due": None,
            "due_month": month,
            "due_precision": Precision.DAY if month is None else Precision.MONTH,
        }

    def _month(self, day: date | None) -> int | None:
        """Give the project month of a day, where that is one."""
        if day is None or self.old.start is None:
            return None
        month = month_of(self.old.start, day)
        return month if 1 <= month <= LONGEST else None

    def _all(self, table: type[R]) -> Sequence[R]:
        mine = select(table).where(table.project_id == self.old.id)
        return self.session.scalars(mine.order_by(table.id)).all()

    def _add(self, rows: Iterable[Record], made: Sequence[Record]) -> dict[int | None, int]:
        """Add records, and give the new id of each old one."""
        self.session.add_all(made)
        self.session.flush()
        return {row.id: one.id for row, one in zip(rows, made, strict=True)}


def _kept(row: Record, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
