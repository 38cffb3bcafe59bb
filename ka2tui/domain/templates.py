"""Templates: plans in project months to begin a project with, as data/templates has them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ka2tui import datafiles
from ka2tui.domain import own_files
from ka2tui.domain.entries import Malformed, every, once, table, text, texts, whole
from ka2tui.domain.kinds import Kind, MeetingKind, MeetingMode, Priority, ProjectShape, WorkUnitKind
from ka2tui.domain.recurrence import read_rule
from ka2tui.domain.refusal import Misread, Refused
from ka2tui.domain.text import fold, quoted
from ka2tui.domain.timeline import LONGEST
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

K = TypeVar("K", bound=Kind)

COORDINATOR = "coordinator"
"""The one name a template gives: the organisation that begins the project."""

_MOST_EUROS = 100_000_000


@frozen
class Part:
    """A work package, an activity or a budget heading."""

    kind: WorkUnitKind
    code: str
    title: str
    parent: str | None
    category: str | None
    led: bool
    """Whether the coordinator leads it, until somebody else is entered."""
    start_month: int
    end_month: int
    percent: int | None
    """Of the grant."""
    objectives: str | None
    expected_results: str | None


@frozen
class Due:
    """When something is due: in a project month, or on a day of it."""

    month: int
    day: int | None
    """1 to 28; the month's last day where not given."""


@frozen
class Result:
    """A deliverable, or a milestone with the way to verify it."""

    code: str
    title: str
    part: str | None
    led: bool
    due: Due
    verification: str | None


@frozen
class Job:
    """A task."""

    code: str
    title: str
    part: str | None
    assigned: bool
    """Whether the coordinator does it."""
    due: Due
    priority: Priority
    recurrence: str | None
    needs: tuple[str, ...]
    """Codes of the tasks it comes after."""
    notes: str | None


@frozen
class Gathering:
    """A meeting, planned for a project month."""

    title: str
    kind: MeetingKind
    mode: MeetingMode | None
    month: int
    part: str | None
    agenda: tuple[tuple[str, int | None], ...]
    """Each point and its minutes."""


@frozen
class Template:
    """A plan to start from."""

    id: str
    title: str
    about: str
    position: int
    action: str | None
    managed_by: str | None
    shape: ProjectShape
    months: int
    grant_cents: int | None
    currency: str
    parts: tuple[Part, ...]
    deliverables: tuple[Result, ...]
    milestones: tuple[Result, ...]
    tasks: tuple[Job, ...]
    meetings: tuple[Gathering, ...]

    def first_month(self, month: int, months: int) -> int:
        """Place the beginning of something in a project that is longer or shorter."""
        return (month - 1) * months // self.months + 1

    def last_month(self, month: int, months: int) -> int:
        """Place the end of something in a project that is longer or shorter, to the nearest."""
        return max(1, (2 * month * months + self.months) // (2 * self.months))


def load(own: Path | None = None) -> tuple[Template, ...]:
    """Give every template that is shipped or in the user's own folder, in their order.

    Raises:
        DataFault: A file cannot be read.
        Malformed: Something in one is missing or cannot be, or two have the same id.
    """
    names = datafiles.names("templates", ".toml", own)
    read = [own_files.one(name, read_template, own) for name in names]
    once((one.id for one in read), "templates: the id")
    return tuple(sorted(read, key=lambda one: (one.position, one.id)))


def find(said: str, own: Path | None = None) -> Template:
    """Give the template of an id, or the first one for an action such as KA220-SCH.

    Raises:
        Refused: There is none; those there are get named.
    """
    wanted = fold(said)
    for one in load(own):
        if fold(one.id) == wanted:
            return one
    for one in load(own):
        action = fold(one.action or "")
        if action and (wanted == action or wanted.startswith(f"{action}-")):
            return one
    names = ", ".join(one.id for one in load(own))
    raise Refused(f"There is no template {quoted(said)}; there are {names}.")


def read_template(data: Mapping[str, Any], file: str = "template") -> Template:
    """Read a template as a TOML file gives it.

    Args:
        data: The parsed file.
        file: Its name, for messages.

    Raises:
        Malformed: Something is missing or cannot be; the message names file and place.
    """
    place, at = f"{file}, [template]", f"{file}, [project]"
    head = table(data.get("template"), place)
    project = table(data.get("project"), at)
    months = whole(project, "months", at, least=1, most=LONGEST)
    parts = every(data, "work_unit", file, partial(_part, months=months))
    once((part.code for part in parts), f"{file}: work_unit")
    _refuse_unknown_parents(parts, file)
    _refuse_broken_shares(parts, file)
    reader = _Reader(data, file, months, frozenset(part.code for part in parts))
    return Template(
        id=text(head, "id", place),
        title=text(head, "title", place),
        about=text(head, "about", place, ""),
        position=whole(head, "position", place, least=1, most=999, default=999),
        action=_or_none(project, "action", at),
        managed_by=_or_none(project, "managed_by", at),
        shape=_kind(ProjectShape, project, "shape", at),
        months=months,
        grant_cents=_euros(project, at),
        currency=text(project, "currency", at, "EUR"),
        parts=parts,
        deliverables=reader.results("deliverable"),
        milestones=reader.results("milestone"),
        tasks=reader.jobs(),
        meetings=reader.gatherings(),
    )


@frozen
class _Reader:
    """Reads what belongs to the parts of one file."""

    data: Mapping[str, Any]
    file: str
    months: int
    known: frozenset[str]
    """Codes of the parts."""

    def results(self, key: str) -> tuple[Result, ...]:
        found = every(self.data, key, self.file, self.result, needed=False)
        once((one.code for one in found), f"{self.file}: {key}")
        return found

    def result(self, row: Mapping[str, Any], place: str) -> Result:
        return Result(
            code=text(row, "code", place),
            title=text(row, "title", place),
            part=self.part(row, place),
            led=_is_coordinator(row, "lead", place),
            due=self.due(row, place),
            verification=_or_none(row, "verification", place),
        )

    def jobs(self) -> tuple[Job, ...]:
        found = every(self.data, "task", self.file, self.job, needed=False)
        once((one.code for one in found), f"{self.file}: task")
        _refuse_unknown_needs(found, self.file)
        return found

    def job(self, row: Mapping[str, Any], place: str) -> Job:
        return Job(
            code=text(row, "code", place),
            title=text(row, "title", place),
            part=self.part(row, place),
            assigned=_is_coordinator(row, "assignee", place),
            due=self.due(row, place),
            priority=_kind(Priority, {"priority": "normal", **row}, "priority", place),
            recurrence=_rule(row, place),
            needs=texts(row, "needs", place),
            notes=_or_none(row, "notes", place),
        )

    def gatherings(self) -> tuple[Gathering, ...]:
        return every(self.data, "meeting", self.file, self.gathering, needed=False)

    def gathering(self, row: Mapping[str, Any], place: str) -> Gathering:
        return Gathering(
            title=text(row, "title", place),
            kind=_kind(MeetingKind, row, "kind", place),
            mode=_kind(MeetingMode, row, "mode", place) if "mode" in row else None,
            month=whole(row, "month", place, least=1, most=self.months),
            part=self.part(row, place),
            agenda=every(row, "agenda", place, _point, needed=False),
        )

    def due(self, row: Mapping[str, Any], place: str) -> Due:
        month = whole(row, "due_month", place, least=1, most=self.months)
        day = whole(row, "due_day", place, least=1, most=28) if "due_day" in row else None
        return Due(month, day)

    def part(self, row: Mapping[str, Any], place: str) -> str | None:
        code = _or_none(row, "work_unit", place)
        if code is not None and code not in self.known:
            raise Malformed(f"{place}: there is no work_unit {code!r}.")
        return code


def _point(row: Mapping[str, Any], place: str) -> tuple[str, int | None]:
    return text(row, "title", place), _minutes(row, place)


def _part(row: Mapping[str, Any], place: str, months: int) -> Part:
    first = whole(row, "start_month", place, least=1, most=months)
    return Part(
        kind=_kind(WorkUnitKind, row, "kind", place),
        code=text(row, "code", place),
        title=text(row, "title", place),
        parent=_or_none(row, "parent", place),
        category=_or_none(row, "category", place),
        led=_is_coordinator(row, "lead", place),
        start_month=first,
        end_month=whole(row, "end_month", place, least=first, most=months),
        percent=_percent(row, place),
        objectives=_or_none(row, "objectives", place),
        expected_results=_or_none(row, "expected_results", place),
    )


# --- single entries -----------------------------------------------------------------------------


def _or_none(row: Mapping[str, Any], key: str, place: str) -> str | None:
    return text(row, key, place, "") or None


def _kind(kind: type[K], row: Mapping[str, Any], key: str, place: str) -> K:
    code = text(row, key, place)
    if code not in {member.value for member in kind}:
        raise Malformed(f"{place}: {key} is one of {', '.join(kind)}, not {code!r}.")
    return kind(code)


def _rule(row: Mapping[str, Any], place: str) -> str | None:
    rule = _or_none(row, "recurrence", place)
    if rule is None:
        return None
    try:
        return read_rule(rule)
    except Misread as misread:
        raise Malformed(f"{place}: recurrence: {misread}") from None


def _minutes(row: Mapping[str, Any], place: str) -> int | None:
    return whole(row, "minutes", place, least=0, most=24 * 60) if "minutes" in row else None


def _percent(row: Mapping[str, Any], place: str) -> int | None:
    return whole(row, "share_percent", place, least=0, most=100) if "share_percent" in row else None


def _euros(row: Mapping[str, Any], place: str) -> int | None:
    if "grant_eur" not in row:
        return None
    return whole(row, "grant_eur", place, least=0, most=_MOST_EUROS) * 100


def _is_coordinator(row: Mapping[str, Any], key: str, place: str) -> bool:
    name = text(row, key, place, "")
    if name not in {"", COORDINATOR}:
        raise Malformed(f"{place}: {key} is {COORDINATOR!r} or left out, not {name!r}.")
    return bool(name)


def _refuse_unknown_parents(parts: tuple[Part, ...], file: str) -> None:
    before: set[str] = set()
    for part in parts:
        if part.parent is not None and part.parent not in before:
            raise Malformed(
                f"{file}: {part.code} lies in {part.parent}, which does not stand above it."
            )
        before.add(part.code)


def _refuse_broken_shares(parts: tuple[Part, ...], file: str) -> None:
    shares = [part.percent for part in parts if part.percent is not None]
    if shares and sum(shares) != 100:
        raise Malformed(f"{file}: the shares add up to {sum(shares)}, not to 100.")


def _refuse_unknown_needs(tasks: tuple[Job, ...], file: str) -> None:
    before: set[str] = set()
    for task in tasks:
        for code in task.needs:
            if code not in before:
                raise Malformed(f"{file}: {task.code} needs {code}, which does not stand above it.")
        before.add(task.code)
