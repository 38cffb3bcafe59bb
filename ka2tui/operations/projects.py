"""Projects: begun from a few facts, edited so that the plan follows, removed as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from ka2tui.domain import actions, identifiers, instants
from ka2tui.domain.days import say_brief
from ka2tui.domain.deadlines import BRUSSELS, approved
from ka2tui.domain.identifiers import Scheme
from ka2tui.domain.kinds import PartnerRole, ProjectShape
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, fold
from ka2tui.domain.timeline import LONGEST, month_of, project_end
from ka2tui.operations import partners, phases, plan
from ka2tui.operations.fields import change
from ka2tui.operations.given import existing
from ka2tui.store import records
from ka2tui.store.operation import operation, say
from ka2tui.store.records import Project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from ka2tui.domain.templates import Template
    from ka2tui.operations.fields import FieldConflict, Values

_LINES = ("title", "field", "call", "managed_by", "agency", "language", "website")
_TEXTS = ("goal", "summary", "notes")
_DATES = ("start", "end", "progress_report_due", "interim_report_due", "final_report_due")
_APPLYING = ("application_deadline", "application_zone", "submitted_on")
EDITABLE = frozenset(
    {"acronym", "agreement", "action", "call_year", "shape", "months", "grant_cents", "currency"}
    | {*_LINES, *_TEXTS, *_DATES, *_APPLYING}
)
_MANAGED_BY = {
    Scheme.AGENCY_2014: "NA",
    Scheme.AGENCY_2021: "NA",
    Scheme.EACEA_2014: "EACEA",
    Scheme.EACEA_2021: "EACEA",
}


@operation("Add project")
def add(
    session: Session,
    acronym: str,
    *,
    title: str = "",
    action: str | None = None,
    agreement: str | None = None,
    start: date | None = None,
    months: int | None = None,
    end: date | None = None,
    grant_cents: int | None = None,
    currency: str = "EUR",
    field: str | None = None,
    call: str | None = None,
    call_year: int | None = None,
    shape: ProjectShape | None = None,
    managed_by: str | None = None,
    agency: str | None = None,
    language: str | None = None,
    website: str | None = None,
    goal: str | None = None,
    summary: str | None = None,
    notes: str | None = None,
    progress_report_due: date | None = None,
    interim_report_due: date | None = None,
    final_report_due: date | None = None,
    application_deadline: datetime | None = None,
    application_zone: str | None = None,
    submitted_on: date | None = None,
    priorities: Sequence[str] = (),
    uid: str | None = None,
    today: date,
    own: Path | None = None,
) -> int:
    """Begin a project with its six phases, which stand where the dates say.

    What the agreement number tells (action, field, call year) is filled in where it is not given,
    and so is the shape that the action brings, and of months and end the one that is missing.

    Args:
        agreement: Kept as it is where it follows no grammar.
        months: Whole project months, 1 to 120.
        end: The last day; the agreement may set another one than the months give.
        application_deadline: The instant by which the application must be in.
        application_zone: The zone the call states it in; Brussels where it is not said.
        uid: The stable name it had elsewhere.
        own: The user's folder of words and numbers.

    Returns:
        Its id.

    Raises:
        Refused: The acronym is missing or taken, or a value cannot be.
    """
    given = {
        "acronym": acronym,
        "title": title,
        "action": action,
        "agreement": agreement,
        "start": start,
        "months": months,
        "end": end,
        "grant_cents": grant_cents,
        "currency": currency,
        "field": field,
        "call": call,
        "call_year": call_year,
        "managed_by": managed_by,
        "agency": agency,
        "language": language,
        "website": website,
        "goal": goal,
        "summary": summary,
        "notes": notes,
        "progress_report_due": progress_report_due,
        "interim_report_due": interim_report_due,
        "final_report_due": final_report_due,
        "application_deadline": application_deadline,
        "application_zone": application_zone,
        "submitted_on": submitted_on,
    }
    values = _checked(given)
    _refuse_to_come(values, today)
    _fill_in_from_agreement(values)
    _fill_in_length(values)
    values["shape"] = shape or actions.shape_of(values["action"], values["call_year"])
    _refuse_taken(session, None, values)
    project = Project(**values)
    _state_in_brussels(project)
    if uid is not None:
        project.uid = uid
    session.add(project)
    session.flush()
    project.priorities = [
        records.Priority(project_id=project.id, position=position, name=name)
        for position, name in enumerate(filter(None, map(clean, priorities)), start=1)
    ]
    phases.lay_out(session, project, approved=_approved(project), today=today, own=own)
    say(session, "Add project {acronym}", acronym=project.acronym)
    return project.id


@operation("Add project")
def add_with_coordinator(
    session: Session,
    /,
    acronym: str,
    *,
    coordinator: str | None = None,
    country: str | None = None,
    today: date,
    own: Path | None = None,
    **facts: Any,
) -> int:
    """Begin a project, and enter the own organisation as its coordinator where it is named.

    Args:
        coordinator: The organisation's name.
        country: Where it is, as a code or a name.
        own: The user's folder of words and numbers.
        facts: Those that `add` takes.

    Returns:
        Its id.

    Raises:
        Refused: As `add`.
        Misread: The country cannot be read.
    """
    project = add(session, acronym, today=today, own=own, **facts)
    _add_coordinator(session, project, coordinator, country)
    say(session, "Add project {acronym}", acronym=_project(session, project).acronym)
    return project


@operation("Add project from a template")
def add_from_template(
    session: Session,
    /,
    template: Template,
    acronym: str,
    *,
    coordinator: str | None = None,
    country: str | None = None,
    today: date,
    own: Path | None = None,
    **facts: Any,
) -> int:
    """Begin a project with a whole plan: parts, results, tasks and meetings.

    A project longer or shorter than the template has its months stretched alike. Without a first
    day everything is planned in project months, and gets its dates when that day is entered.

    Args:
        template: From data/templates.
        coordinator: The name of the own organisation, which leads everything to begin with.
        country: Where that is, as a code or a name.
        own: The user's folder of words and numbers.
        facts: Those that `add` takes; they win over the template's.

    Returns:
        Its id.

    Raises:
        Refused: As `add`.
        Misread: The country cannot be read.
    """
    known = {
        "managed_by": template.managed_by,
        "grant_cents": template.grant_cents,
        "currency": template.currency,
    }
    given = {name: value for name, value in facts.items() if value is not None}
    number = identifiers.read_agreement(given["agreement"]) if given.get("agreement") else None
    if "action" not in given and (number is None or number.action is None):
        known |= {"action": template.action, "shape": template.shape}
    if given.keys().isdisjoint({"months", "end"}):
        known["months"] = template.months
    project = add(session, acronym, today=today, own=own, **{**known, **given})
    lead = _add_coordinator(session, project, coordinator, country)
    made = _project(session, project)
    plan.lay_out(session, made, template, lead)
    words = {"acronym": made.acronym, "plan": template.title}
    say(session, "Add project {acronym} from “{plan}”", **words)
    return project


@operation("Edit project")
def edit(
    session: Session,
    project: int,
    values: Values,
    based_on: Values | None = None,
    *,
    today: date,
    own: Path | None = None,
) -> tuple[FieldConflict, ...]:
    """Change facts of a project; where its dates move, what was planned in months follows.

    Raises:
        Refused: The acronym is taken, or a value cannot be.
    """
    found = _project(session, project)
    wanted = _checked(values)
    _refuse_taken(session, found, wanted)
    _refuse_to_come(wanted, today)
    was = (found.start, found.months, found.end)
    conflicts = change(found, wanted, based_on, allowed=EDITABLE)
    _state_in_brussels(found)
    _follow_length(found, wanted, was)
    if was != (found.start, found.months, found.end) or "agreement" in wanted:
        _check_length(found.start, found.months, found.end)
        phases.move(session, found, was[:2], approved=_approved(found), today=today, own=own)
        plan.move(session, found, was[0])
    say(session, "Edit project {acronym}", acronym=found.acronym)
    return conflicts


@operation("Remove project")
def remove(session: Session, project: int) -> None:
    """Remove a project with everything in it; one undo brings it all back."""
    found = _project(session, project)
    acronym = found.acronym
    owned = [table for table in _bottom_up() if table is not Project]
    for table in owned:
        _let_go_of_parents(session, table, project)
    for table in owned:
        # what is below is gone by now: telling so for all rows at once saves a look for each
        ways = inspect(table).relationships
        below = [selectinload(way.class_attribute) for way in ways if way.uselist]
        for row in session.scalars(
            select(table).where(table.project_id == project).options(*below)
        ):
            session.delete(row)
        session.flush()
    session.delete(found)
    say(session, "Remove project {acronym}", acronym=acronym)


def _add_coordinator(
    session: Session, project: int, name: str | None, country: str | None
) -> int | None:
    """Enter the own organisation, where it is named; give its id."""
    if name is None or not clean(name):
        return None
    role = PartnerRole.COORDINATOR
    return partners.add(session, project, name, role=role, country=country or None)


# --- what a project is, from what is known -------------------------------------------------------


def _project(session: Session, project: int) -> Project:
    return existing(session, Project, project, "project")


def _checked(values: Values) -> dict[str, Any]:
    """Clean the texts and refuse what cannot be."""
    checked = dict(values)
    for name in _LINES:
        if checked.get(name) is not None:
            checked[name] = clean(checked[name]) or None
    if "title" in checked:
        checked["title"] = checked["title"] or ""
    for name in _TEXTS:
        if checked.get(name) is not None:
            checked[name] = clean(checked[name], lines=True) or None
    if "acronym" in checked:
        checked["acronym"] = clean(checked["acronym"] or "")
        if not checked["acronym"]:
            raise Refused("A project needs an acronym: a short name to call it by.")
    if checked.get("action") is not None:
        checked["action"] = clean(checked["action"]).upper() or None
    if checked.get("agreement") is not None:
        number = clean(checked["agreement"])
        checked["agreement"] = identifiers.read_agreement(number).number if number else None
    if "currency" in checked:
        checked["currency"] = _currency(checked["currency"])
    if (checked.get("grant_cents") or 0) < 0:
        raise Refused("A grant cannot be below 0.")
    zone = checked.get("application_zone")
    checked |= {"application_zone": instants.read_zone(zone)} if zone is not None else {}
    return checked


def _state_in_brussels(project: Project) -> None:
    """Let a deadline without a zone be one by the clocks of Brussels."""
    if project.application_deadline is not None and project.application_zone is None:
        project.application_zone = BRUSSELS


def _refuse_to_come(values: Values, today: date) -> None:
    handed_in = values.get("submitted_on")
    if handed_in is not None and handed_in > today:
        raise Refused(f"{say_brief(handed_in)} is still to come: enter the day when it is past.")


def _currency(text: str | None) -> str:
    code = clean(text or "").upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise Refused(f"A currency is three letters such as EUR, not {code or 'nothing'}.")
    return code


def _fill_in_from_agreement(values: dict[str, Any]) -> None:
    if values["agreement"] is None:
        return
    read = identifiers.read_agreement(values["agreement"])
    values["action"] = values["action"] or read.action
    values["field"] = values["field"] or read.field
    values["call_year"] = values["call_year"] or read.call_year
    if read.scheme is not None:
        values["managed_by"] = values["managed_by"] or _MANAGED_BY.get(read.scheme)


def _fill_in_length(values: dict[str, Any]) -> None:
    start, months, end = values["start"], values["months"], values["end"]
    _check_length(start, months, end)
    if start is not None and end is None and months is not None:
        values["end"] = project_end(start, months)
    if start is not None and end is not None and months is None:
        values["months"] = month_of(start, end)
        _check_length(start, values["months"], end)


def _follow_length(
    project: Project, wanted: Values, was: tuple[date | None, int | None, date | None]
) -> None:
    """Let the last day follow first day and months, or the months follow the last day."""
    if project.start is None:
        return
    if "end" in wanted and wanted["end"] is not None:
        if "months" not in wanted or project.months is None:
            project.months = month_of(
                project.start, max(project.end or project.start, project.start)
            )
        return
    start, months, end = was
    derived = end is None or (
        start is not None and months is not None and end == project_end(start, months)
    )
    if derived and project.months is not None and 1 <= project.months <= LONGEST:
        project.end = project_end(project.start, project.months)


def _check_length(start: date | None, months: int | None, end: date | None) -> None:
    if months is not None and not 1 <= months <= LONGEST:
        raise Refused(f"A project lasts 1 to {LONGEST} months, not {months}.")
    if start is not None and end is not None and end < start:
        raise Refused(f"The project would end on {end}, before it begins on {start}.")


def _approved(project: Project) -> bool:
    return approved(project.agreement)


def _refuse_taken(session: Session, mine: Project | None, values: Values) -> None:
    """Refuse an acronym or agreement number that another project is called by."""
    others = session.execute(select(Project.id, Project.acronym, Project.agreement)).all()
    for other, acronym, agreement in others:
        if mine is not None and other == mine.id:
            continue
        if "acronym" in values and fold(acronym) == fold(values["acronym"]):
            raise Refused(f"There is a project called {acronym} already.")
        if agreement is not None and values.get("agreement") == agreement:
            raise Refused(f"The agreement number {agreement} belongs to {acronym} already.")


# --- removing -----------------------------------------------------------------------------------


def _bottom_up() -> list[type[Any]]:
    """List the kinds of record so that what refers to something stands before it."""
    tables = reversed(records.Record.metadata.sorted_tables)
    found = [records.Record.by_table[table.name] for table in tables]
    return [record for record in found if record not in records.HISTORY]


def _let_go_of_parents(session: Session, table: Any, project: int) -> None:
    """Take the parents off rows of a table that refers to itself, so that order does not matter."""
    own = table.__table__
    for key in own.foreign_keys:
        if key.column.table is own:
            name = key.parent.name
            children = select(table).where(
                table.project_id == project, getattr(table, name).is_not(None)
            )
            for row in session.scalars(children):
                setattr(row, name, None)
    session.flush()
