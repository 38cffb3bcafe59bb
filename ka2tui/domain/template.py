"""Plans to start a project from: work, results, first tasks and meetings in project months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ka2tui.domain import recurrence
from ka2tui.domain.entries import Malformed, once, rows, table, text, texts, whole
from ka2tui.domain.kinds import (
    Kind,
    MeetingKind,
    MeetingMode,
    Precision,
    Priority,
    ProjectShape,
    WorkUnitKind,
)
from ka2tui.domain.refusal import Misread
from ka2tui.domain.timeline import LONGEST, month_end, month_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COORDINATOR: Final = "coordinator"
"""What a plan writes where the user's own organisation is meant."""

AnyKind = TypeVar("AnyKind", bound=Kind)


@dataclass(frozen=True, slots=True)
class WorkUnit:
    """A work package, activity or budget heading of a plan."""

    kind: WorkUnitKind
    code: str
    title: str
    parent: str | None
    """The code of the one it belongs to."""
    category: str | None
    lead: str | None
    start_month: int
    end_month: int
    share_percent: int | None
    """Of the grant; those without a parent add up to 100."""
    objectives: str | None
    expected_results: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """When something of a plan is due."""

    month: int
    day: int | None = None
    """The day within that project month; None where the month is all that is planned."""

    @property
    def precision(self) -> Precision:
        """Whether a day is meant, or a month."""
        return Precision.MONTH if self.day is None else Precision.DAY

    def on(self, start: date) -> date:
        """Resolve it for a project that starts on this day: a month means its last day."""
        if self.day is None:
            return month_end(start, self.month)
        return month_start(start, self.month) + timedelta(days=self.day - 1)


@dataclass(frozen=True, slots=True)
class Task:
    """A first task of a plan."""

    code: str
    title: str
    work_unit: str | None
    assignee: str | None
    due: Due
    priority: Priority
    recurrence: str | None
    """RFC 5545 RRULE."""
    needs: tuple[str, ...]
    """The codes of tasks that come first."""
    notes: str | None


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A promised result of a plan."""

    code: str
    title: str
    work_unit: str | None
    lead: str | None
    due: Due


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point to reach."""

    code: str
    title: str
    work_unit: str | None
    due: Due
    verification: str | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of an agenda."""

    title: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting known by its project month."""

    title: str
    kind: MeetingKind
    mode: MeetingMode | None
    month: int
    work_unit: str | None
    agenda: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A plan, as its file has it."""

    id: str
    title: str
    about: str
    position: int
    version: str
    source: str
    action: str | None
    managed_by: str | None
    shape: ProjectShape
    months: int
    grant_cents: int | None
    currency: str
    work_units: tuple[WorkUnit, ...]
    """Each after the one it belongs to."""
    tasks: tuple[Task, ...]
    deliverables: tuple[Deliverable, ...]
    milestones: tuple[Milestone, ...]
    meetings: tuple[Meeting, ...]


def read_template(data: Mapping[str, Any], file: str = "template") -> Template:
    """Read a plan as a TOML file gives it.

    Args:
        data: The parsed file.
        file: Its name, for messages.

    Raises:
        Malformed: Something is missing, unknown, or outside the project; the message names file
            and place.
    """
    (place, head), (of_project, project) = _one(data, "template", file), _one(data, "project", file)
    months = whole(project, "months", of_project, least=1, most=LONGEST)
    euros = whole(project, "grant_eur", of_project, least=0, most=10**9, default=0)
    units = _work_units(data, file, months)
    reader = _Reader(data, file, months, frozenset(unit.code for unit in units))
    return Template(
        id=text(head, "id", place),
        title=text(head, "title", place),
        about=text(head, "about", place, ""),
        position=whole(head, "position", place, least=1, most=999, default=999),
        version=text(head, "version", place),
        source=text(head, "source", place, "practice"),
        action=text(project, "action", of_project, "") or None,
        managed_by=text(project, "managed_by", of_project, "") or None,
        shape=_kind(project, "shape", of_project, ProjectShape),
        months=months,
        grant_cents=euros * 100 or None,
        currency=text(project, "currency", of_project, "EUR"),
        work_units=units,
        tasks=reader.tasks(),
        deliverables=reader.deliverables(),
        milestones=reader.milestones(),
        meetings=reader.meetings(),
    )


def _work_units(data: Mapping[str, Any], file: str, months: int) -> tuple[WorkUnit, ...]:
    units: list[WorkUnit] = []
    for place, row in rows(data, "work_unit", file):
        parent = text(row, "parent", place, "") or None
        if parent is not None and parent not in {unit.code for unit in units}:
            raise Malformed(f"{place}: nothing before it has the code {parent!r}.")
        first = whole(row, "start_month", place, least=1, most=months)
        units.append(
            WorkUnit(
                kind=_kind(row, "kind", place, WorkUnitKind),
                code=text(row, "code", place),
                title=text(row, "title", place),
                parent=parent,
                category=text(row, "category", place, "") or None,
                lead=_lead(row, "lead", place),
                start_month=first,
                end_month=whole(row, "end_month", place, least=first, most=months),
                share_percent=_share(row, place),
                objectives=text(row, "objectives", place, "") or None,
                expected_results=text(row, "expected_results", place, "") or None,
            )
        )
    once((unit.code for unit in units), f"{file}: work_unit")
    shares = [unit.share_percent for unit in units if unit.parent is None]
    if any(shares) and sum(share or 0 for share in shares) != 100:
        raise Malformed(f"{file}: the shares add up to {sum(s or 0 for s in shares)}, not to 100.")
    return tuple(units)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what hangs on the work: dates lie within the project, codes exist."""

    data: Mapping[str, Any]
    file: str
    months: int
    units: frozenset[str]

    def tasks(self) -> tuple[Task, ...]:
        """Read the first tasks; what one needs stands before it."""
        read: list[Task] = []
        for place, row in self._rows("task"):
            needs = texts(row, "needs", place)
            for code in needs:
                if code not in {task.code for task in read}:
                    raise Malformed(f"{place}: no task before it has the code {code!r}.")
            read.append(
                Task(
                    code=text(row, "code", place),
                    title=text(row, "title", place),
                    work_unit=self._unit(row, place),
                    assignee=_lead(row, "assignee", place),
                    due=self._due(row, place),
                    priority=_kind(row, "priority", place, Priority, Priority.NORMAL),
                    recurrence=_rule(row, place),
                    needs=needs,
                    notes=text(row, "notes", place, "") or None,
                )
            )
        self._once((task.code for task in read), "task")
        return tuple(read)

    def deliverables(self) -> tuple[Deliverable, ...]:
        """Read the promised results."""
        read = tuple(
            Deliverable(
                code=text(row, "code", place),
                title=text(row, "title", place),
                work_unit=self._unit(row, place),
                lead=_lead(row, "lead", place),
                due=self._due(row, place),
            )
            for place, row in self._rows("deliverable")
        )
        self._once((one.code for one in read), "deliverable")
        return read

    def milestones(self) -> tuple[Milestone, ...]:
        """Read the points to reach."""
        read = tuple(
            Milestone(
                code=text(row, "code", place),
                title=text(row, "title", place),
                work_unit=self._unit(row, place),
                due=self._due(row, place),
                verification=text(row, "verification", place, "") or None,
            )
            for place, row in self._rows("milestone")
        )
        self._once((one.code for one in read), "milestone")
        return read

    def meetings(self) -> tuple[Meeting, ...]:
        """Read the first meetings."""
        return tuple(
            Meeting(
                title=text(row, "title", place),
                kind=_kind(row, "kind", place, MeetingKind),
                mode=_kind(row, "mode", place, MeetingMode) if "mode" in row else None,
                month=whole(row, "month", place, least=1, most=self.months),
                work_unit=self._unit(row, place),
                agenda=_agenda(row, place),
            )
            for place, row in self._rows("meeting")
        )

    def _rows(self, key: str) -> list[tuple[str, Mapping[str, Any]]]:
        return rows(self.data, key, self.file) if key in self.data else []

    def _unit(self, row: Mapping[str, Any], place: str) -> str | None:
        code = text(row, "work_unit", place, "") or None
        if code is not None and code not in self.units:
            raise Malformed(f"{place}: nothing in this plan has the code {code!r}.")
        return code

    def _due(self, row: Mapping[str, Any], place: str) -> Due:
        month = whole(row, "due_month", place, least=1, most=self.months)
        day = whole(row, "due_day", place, least=1, most=28) if "due_day" in row else None
        return Due(month, day)

    def _once(self, codes: Iterable[str], key: str) -> None:
        once(codes, f"{self.file}: {key}")


def _rule(row: Mapping[str, Any], place: str) -> str | None:
    rule = text(row, "recurrence", place, "")
    try:
        return recurrence.read_rule(rule) if rule else None
    except Misread as misread:
        raise Malformed(f"{place}: recurrence: {misread}") from misread


def _agenda(row: Mapping[str, Any], place: str) -> tuple[AgendaItem, ...]:
    if "agenda" not in row:
        return ()
    return tuple(
        AgendaItem(
            text(item, "title", at),
            whole(item, "minutes", at, least=0, most=24 * 60) if "minutes" in item else None,
        )
        for at, item in rows(row, "agenda", place)
    )


def _one(data: Mapping[str, Any], key: str, file: str) -> tuple[str, Mapping[str, Any]]:
    return f"{file}, [{key}]", table(data.get(key), f"{file}, [{key}]")


def _kind(
    row: Mapping[str, Any],
    key: str,
    place: str,
    kinds: type[AnyKind],
    default: AnyKind | None = None,
) -> AnyKind:
    code = text(row, key, place, default)
    if code not in {kind.value for kind in kinds}:
        words = ", ".join(kind.value for kind in kinds)
        raise Malformed(f"{place}: {key} is one of {words}, not {code!r}.")
    return kinds(code)


def _lead(row: Mapping[str, Any], key: str, place: str) -> str | None:
    lead = text(row, key, place, "") or None
    if lead not in {None, COORDINATOR}:
        raise Malformed(f"{place}: {key} is {COORDINATOR!r} or not given, not {lead!r}.")
    return lead


def _share(row: Mapping[str, Any], place: str) -> int | None:
    if "share_percent" not in row:
        return None
    return whole(row, "share_percent", place, least=0, most=100)
