"""Templates of meetings: kind, length, usual points, and what is to be done before and after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ka2tui.domain import own_files
from ka2tui.domain.days import say_brief
from ka2tui.domain.entries import Malformed, clean_text, every, table, text, whole, within, wrong
from ka2tui.domain.kinds import Kind, MeetingKind, MeetingMode
from ka2tui.domain.own_files import Found, bare
from ka2tui.domain.refusal import Refused
from ka2tui.domain.text import clean, quoted
from ka2tui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

K = TypeVar("K", bound=Kind)

FOLDER = "meetings"
"""Their place in the data folder, and in the user's own."""

COORDINATOR, HOST = "coordinator", "host"
"""Whom a template can name: it knows no partner."""

MEETING = "{meeting}"
"""Stands in the title of a task for what the meeting is called."""

_LAST = 999
_LONGEST_DAYS = 60
_LONGEST_MINUTES = _LONGEST_DAYS * 24 * 60
_MOST_DAYS = 400


@frozen
class Point:
    """A point of the agenda."""

    title: str
    minutes: int | None
    who: str | None
    """`COORDINATOR`, `HOST` or nobody."""
    notes: str | None


@frozen
class Job:
    """Something to do before a meeting, or after it."""

    title: str
    days: int
    """Before its first day, where below 0; else after its last one."""
    who: str | None
    notes: str | None

    def called(self, meeting: str) -> str:
        """Give its title with the name of the meeting in it."""
        return self.title.replace(MEETING, meeting)

    def due(self, first: date, last: date) -> date:
        """Give the day until which it is to be done."""
        return (first if self.before else last) + timedelta(days=self.days)

    @property
    def before(self) -> bool:
        """Whether it prepares the meeting."""
        return self.days < 0

    @property
    def when(self) -> str:
        """Say when it is due: 30 d before, on the last day, 10 d after."""
        if self.days == 0:
            return "on the last day"
        return f"{abs(self.days)} d {'before' if self.before else 'after'}"


class ToDo(NamedTuple):
    """A job of one meeting, and when it is to be done."""

    job: Job
    due: date | None
    passed: bool
    """Whether its own day has passed already, so that it is due today."""


@frozen
class MeetingTemplate:
    """A meeting to start from."""

    id: str
    title: str
    about: str
    position: int
    kind: MeetingKind
    mode: MeetingMode | None
    days: int
    length: int | None
    """All of it, in minutes."""
    points: tuple[Point, ...]
    jobs: tuple[Job, ...]
    """In the order in which they are due."""

    @property
    def minutes(self) -> int:
        """How long its points take."""
        return sum(point.minutes or 0 for point in self.points)

    def to_do(self, first: date | None, last: date | None, today: date) -> tuple[ToDo, ...]:
        """Give what is to be done for a meeting of these days; nothing for one that is over."""
        if first is None or last is None:
            return tuple(ToDo(job, None, passed=False) for job in self.jobs)
        if last < today:
            return ()
        dues = ((job, job.due(first, last)) for job in self.jobs)
        return tuple(ToDo(job, max(due, today), due < today) for job, due in dues)


def found(own: Path | None = None) -> Found[MeetingTemplate]:
    """Read every template that is shipped or in the user's own folder.

    Raises:
        Refused: One that is shipped cannot be read.
    """
    return own_files.found(FOLDER, own_files.Lined(read_template), own, head="meeting")


def find(said: str, own: Path | None = None) -> MeetingTemplate:
    """Give the template of an id or title.

    Raises:
        Refused: There is none, or its file cannot be read; those there are get named.
    """
    known = found(own)
    wanted = bare(said.strip().removesuffix(".toml"))
    for one in known.entries:
        if wanted in (bare(one.id), bare(one.title), bare(one.kind.value), bare(one.kind.word)):
            return one
    for fault in known.broken:
        if wanted == bare(fault.name):
            raise Malformed(fault.why)
    names = ", ".join(one.id for one in known.entries)
    raise Refused(f"There is no meeting template {quoted(said)}; there are {names}.")


def say_passed(number: int) -> str:
    """Say that tasks whose day has passed are due today; nothing where there are none."""
    if not number:
        return ""
    return f"; {number} task{'s' * (number > 1)} whose day has passed due today"


def called(title: str, day: date | None, *, in_series: bool) -> str:
    """Give what tasks call a meeting: one of a series with its day, as all have one title."""
    return f"{title} ({say_brief(day)})" if in_series and day is not None else title


def read_template(data: Mapping[str, Any], file: str = "meeting") -> MeetingTemplate:
    """Read a template as a TOML file gives it.

    Raises:
        Malformed: Something is missing or cannot be; the message names file, place and key.
    """
    with within("meeting"):
        at = f"{file}, [meeting]"
        head = table(data.get("meeting"), at)
        known = {"id", "title", "about", "kind", "mode", "days", "length", "position", "source"}
        _refuse_others(head, known, at)
        key, title = clean_text(head, "id", at), clean_text(head, "title", at)
        about = clean_text(head, "about", at, "")
        kind = _kind(MeetingKind, head, "kind", at)
        mode = _kind(MeetingMode, head, "mode", at) if "mode" in head else None
        days = whole(head, "days", at, least=1, most=_LONGEST_DAYS, default=1)
        length = None
        if "length" in head:
            length = whole(head, "length", at, least=1, most=_LONGEST_MINUTES)
        position = whole(head, "position", at, least=1, most=_LAST, default=_LAST)
    jobs = every(data, "task", file, _job, needed=False)
    return MeetingTemplate(
        id=key,
        title=title,
        about=about,
        position=position,
        kind=kind,
        mode=mode,
        days=days,
        length=length,
        points=every(data, "point", file, _point, needed=False),
        jobs=tuple(sorted(jobs, key=lambda job: job.days)),
    )


def _point(row: Mapping[str, Any], at: str) -> Point:
    _refuse_others(row, {"title", "minutes", "who", "notes"}, at)
    minutes = None
    if "minutes" in row:
        minutes = whole(row, "minutes", at, least=0, most=24 * 60)
    return Point(clean_text(row, "title", at), minutes, _who(row, at), _notes(row, at))


def _job(row: Mapping[str, Any], at: str) -> Job:
    _refuse_others(row, {"title", "days_before", "days_after", "who", "notes"}, at)
    if ("days_before" in row) == ("days_after" in row):
        raise wrong("days_before", f"{at}: say either days_before or days_after.")
    if "days_before" in row:
        days = -whole(row, "days_before", at, least=1, most=_MOST_DAYS)
    else:
        days = whole(row, "days_after", at, least=0, most=_MOST_DAYS)
    return Job(clean_text(row, "title", at), days, _who(row, at), _notes(row, at))


def _who(row: Mapping[str, Any], at: str) -> str | None:
    who = clean_text(row, "who", at, "")
    if who not in ("", COORDINATOR, HOST):
        raise wrong("who", f"{at}: who is {COORDINATOR!r}, {HOST!r} or left out, not {who!r}.")
    return who or None


def _notes(row: Mapping[str, Any], at: str) -> str | None:
    return clean(text(row, "notes", at, ""), lines=True) or None


def _kind(kind: type[K], row: Mapping[str, Any], key: str, at: str) -> K:
    code = clean_text(row, key, at)
    if code not in {member.value for member in kind}:
        raise wrong(key, f"{at}: {key} is one of {', '.join(kind)}, not {code!r}.")
    return kind(code)


def _refuse_others(row: Mapping[str, Any], known: set[str], at: str) -> None:
    """Refuse a key that means nothing: a slip would go unnoticed."""
    for key in row:
        if key not in known:
            raise wrong(
                key, f"{at}: there is no key {key!r}; there are {', '.join(sorted(known))}."
            )
