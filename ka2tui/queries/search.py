"""Search: reads every record into an index, keeps that true, and finds by words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import papers
from ka2tui.domain.countries import say_country
from ka2tui.domain.kinds import MeetingState, WorkUnitState
from ka2tui.domain.search import Answer, Entry, Index
from ka2tui.domain.search import read as read_question
from ka2tui.store import records as r
from ka2tui.store.journal import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

SLICE = 2000
"""Records that are read in one go; between two others are served."""

_AFRESH = 3000
"""More changed records than this are not read one by one: everything is read again."""

_AT_ONCE = 500
"""Ids that are named in one statement."""

_TITLE = 80
"""Letters of a message that stand for its title."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A table that is searched: what is read of it, and what that makes."""

    table: type[Any]
    texts: tuple[str, ...]
    """Columns whose words are looked for as they stand."""
    others: tuple[str, ...]
    """Columns of which the rest of an entry is made."""
    make: Callable[[Row[Any]], dict[str, Any]]
    """Gives what an entry has beside table, id, project and those texts."""


def _below(table: str, record: int | None) -> tuple[str, int] | None:
    """Name what a record belongs to, where it belongs to anything."""
    return None if record is None else (table, record)


def _project(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "project", "code": row.acronym, "title": row.title}


def _partner(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "partner",
        "code": row.acronym or "",
        "title": row.name,
        "over": row.left_on is not None,
        "state": row.role.word,
    }


def _contact(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "contact", "title": row.name, "owner": _below("partner", row.partner_id)}


def _work_unit(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "code": row.code,
        "title": row.title,
        "over": row.state in (WorkUnitState.DONE, WorkUnitState.CANCELLED),
        "state": row.state.word,
        "owner": _below("work_unit", row.parent_id),
    }


def _planned(row: Row[Any]) -> dict[str, Any]:
    """Give what tasks, deliverables and milestones have in common."""
    return {
        "code": row.code or "",
        "title": row.title,
        "day": row.due,
        "owner": _below("work_unit", row.work_unit_id),
    }


def _deliverable(row: Row[Any]) -> dict[str, Any]:
    given = {"kind": "deliverable", "over": row.state.done, "state": row.state.word}
    return _planned(row) | given


def _milestone(row: Row[Any]) -> dict[str, Any]:
    reached = row.reached_on is not None
    state = "reached" if reached else "planned"
    return _planned(row) | {"kind": "milestone", "over": reached, "state": state}


def _task(row: Row[Any]) -> dict[str, Any]:
    given = {"kind": "task", "over": row.state.closed, "state": row.state.word}
    return _planned(row) | given


def _meeting(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "meeting",
        "code": row.code or "",
        "title": row.title,
        "over": row.state is not MeetingState.PLANNED,
        "day": row.day,
        "state": row.state.word,
    }


def _agenda_item(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "agenda_item", "title": row.title, "owner": ("meeting", row.meeting_id)}


def _outcome(row: Row[Any]) -> dict[str, Any]:
    return {"kind": row.kind.value, "title": row.text, "owner": ("meeting", row.meeting_id)}


def _assessment(row: Row[Any]) -> dict[str, Any]:
    state = row.state.word
    return {"kind": "assessment", "title": row.title, "day": row.day, "state": state}


def _answer(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": "checklist_item",
        "code": row.code,
        "title": row.text,
        "state": _score(row),
        "owner": ("assessment", row.assessment_id),
    }


def _score(row: Row[Any]) -> str:
    if not row.applies:
        return "not applicable"
    return "not answered" if row.score is None else f"{row.score} of 4"


def _message(row: Row[Any]) -> dict[str, Any]:
    text = row.text or ""
    first = next(iter(text.splitlines()), "")
    title = first if len(first) <= _TITLE else first[: _TITLE - 1].rstrip() + "…"
    return {
        "kind": "message",
        "title": title,
        "body": {"text": text} if title != text else {},
        "day": row.day,
        "state": f"{row.channel.word} {row.direction.word}",
        "owner": _below("partner", row.partner_id),
    }


def _paper(row: Row[Any]) -> dict[str, Any]:
    """Make of the state of a paper all but its title, which is looked up once for all of them."""
    return {
        "kind": "paper",
        "title": row.kind,
        "state": row.state.word,
        "owner": ("partner", row.partner_id),
    }


def _phase(row: Row[Any]) -> dict[str, Any]:
    return {"kind": "phase", "title": row.kind.word, "state": row.state.word}


_PLANNED = ("work_unit_id", "code", "title", "due")
_SOURCES: tuple[_Source, ...] = (
    _Source(r.Project, ("agreement", "action", "call", "field", "goal", "summary", "notes",
                        "outcome_note", "website", "agency"), ("acronym", "title"), _project),
    _Source(r.Partner, ("city", "country", "notes", "oid", "pic", "website"),
            ("acronym", "name", "role", "left_on"), _partner),
    _Source(r.Contact, ("role", "organisation", "email", "phone", "notes"),
            ("partner_id", "name"), _contact),
    _Source(r.WorkUnit, ("objectives", "expected_results", "category", "place", "notes"),
            ("kind", "code", "title", "parent_id", "state"), _work_unit),
    _Source(r.Deliverable, ("notes", "published_at", "languages", "lead_text"),
            (*_PLANNED, "state"), _deliverable),
    _Source(r.Milestone, ("verification", "notes"), (*_PLANNED, "reached_on"), _milestone),
    _Source(r.Meeting, ("summary", "place", "city", "country", "notes"),
            ("code", "title", "state", "day"), _meeting),
    _Source(r.AgendaItem, ("notes", "presenter"), ("meeting_id", "title"), _agenda_item),
    _Source(r.MeetingOutcome, (), ("meeting_id", "kind", "text"), _outcome),
    _Source(r.Assessment, ("assessor", "notes"), ("title", "day", "state"), _assessment),
    _Source(r.Answer, ("note", "found_at", "proof", "criterion_title"),
            ("assessment_id", "code", "text", "applies", "score"), _answer),
    _Source(r.PartnerPaper, ("note",), ("partner_id", "kind", "state"), _paper),
    _Source(r.PartnerMessage, (), ("partner_id", "day", "direction", "channel", "text"), _message),
    _Source(r.Phase, ("notes", "override_reason"), ("kind", "state"), _phase),
    _Source(r.Task, ("notes",), (*_PLANNED, "state"), _task),
)  # fmt: skip
"""In the order in which they are read: the many tasks last."""

_SAID = {"lead_text": "lead", "criterion_title": "criterion", "override_reason": "reason"}
"""What columns are called where a hit in them is told."""

_BY_TABLE = {source.table.__tablename__: source for source in _SOURCES}


def read(session: Session, index: Index, *, own: Path | None = None, rows: int = SLICE) -> bool:
    """Read the next records into an index; say whether there are more.

    Args:
        session: Of the database.
        index: It keeps how far it has come.
        own: The user's folder with data of their own, for the names of papers.
        rows: How many records at most.
    """
    place, after = index.at
    if index.at == (0, 0):
        index.clock = clock(session.connection())
    left = rows
    while left > 0 and place < len(_SOURCES):
        source = _SOURCES[place]
        found, last = _slice(session, source, index.only, after, left, own=own)
        index.add(found)
        left -= max(len(found), 1)
        place, after = (place, last) if last is not None else (place + 1, 0)
    index.at = (place, after)
    index.complete = place == len(_SOURCES)
    if index.complete:
        keep_up(session, index, own=own)
    return not index.complete


def once(
    session: Session,
    words: str,
    *,
    project: int | None = None,
    limit: int = 500,
    own: Path | None = None,
) -> Answer:
    """Find what has all the words, in a project or in all of them, and keep nothing.

    Args:
        session: Of the database.
        words: As they were typed; quoted ones stand together.
        project: Its id; None: all projects.
        limit: How many are given at most.
        own: The user's folder with data of their own, for the names of papers.
    """
    index = Index(only=project)
    while read(session, index, own=own):
        pass
    return index.find(read_question(words), limit=limit)


def keep_up(session: Session, index: Index, *, own: Path | None = None) -> bool:
    """Take into an index what was changed since it was read; say whether anything was.

    Too much at once is not taken in: the index is then to be made anew, and not complete.
    """
    now = clock(session.connection())
    if now == index.clock or not index.complete:
        return False
    rows = session.execute(
        select(r.Change.table_name, r.Change.row_id, r.Change.before, r.Change.after)
        .where(r.Change.entry_id > index.clock)
        .limit(_AFRESH + 1)
    ).all()
    if len(rows) > _AFRESH:
        fresh = Index(only=index.only)
        for name in index.__slots__:
            setattr(index, name, getattr(fresh, name))
        return True
    changed: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.table_name == "tag":
            # a tag belongs to a task for good: both images of one that comes or goes name it
            changed["task"].update(
                image["task_id"] for image in (row.before, row.after) if "task_id" in (image or {})
            )
        elif row.table_name in _BY_TABLE:
            changed[row.table_name].add(row.row_id)
    renamed = [row.row_id for row in rows if row.table_name == "tag"]
    changed["task"].update(
        session.scalars(select(r.Tag.task_id).where(r.Tag.id.in_(renamed))) if renamed else ()
    )
    index.remove({(table, row) for table, ids in changed.items() for row in ids})
    for table, ids in changed.items():
        index.add(_named(session, _BY_TABLE[table], index.only, sorted(ids), own))
    index.clock = now
    return True


def find(
    session: Session,
    index: Index,
    words: str,
    *,
    project: int | None = None,
    limit: int = 500,
    own: Path | None = None,
) -> Answer:
    """Find what has all the words, in an index that is made true before.

    Args:
        session: Of the database.
        index: Where it is looked for; while it is being read, in what is read already.
        words: As they were typed; quoted ones stand together.
        project: The project whose records stand first.
        limit: How many are given at most.
        own: The user's folder with data of their own.
    """
    keep_up(session, index, own=own)
    return index.find(read_question(words), first=project, limit=limit)


def _slice(
    session: Session,
    source: _Source,
    project: int | None,
    after: int,
    rows: int,
    *,
    own: Path | None,
) -> tuple[Sequence[Entry], int | None]:
    """Read some records of a table after an id; also the last id, None where no more come."""
    table = source.table
    query = _columns(source, project).where(table.id > after).order_by(table.id).limit(rows)
    found = session.execute(query).all()
    tags: dict[int, list[str]] = {}
    if table is r.Task and found:
        tags = _tags(session, r.Tag.task_id.between(found[0].id, found[-1].id))
    made = list(_entries(source, found, tags, own))
    return made, found[-1].id if len(found) == rows else None


def _named(
    session: Session, source: _Source, project: int | None, ids: Sequence[int], own: Path | None
) -> list[Entry]:
    """Read some records by their ids; those that are gone are left out."""
    made: list[Entry] = []
    for begin in range(0, len(ids), _AT_ONCE):
        some = ids[begin : begin + _AT_ONCE]
        found = session.execute(_columns(source, project).where(source.table.id.in_(some))).all()
        tags = _tags(session, r.Tag.task_id.in_(some)) if source.table is r.Task else {}
        made += _entries(source, found, tags, own)
    return made


def _columns(source: _Source, project: int | None) -> Any:
    """Begin the statement that reads a table."""
    table = source.table
    owner = table.id if table is r.Project else table.project_id
    query = select(
        table.id,
        owner.label("of_project"),
        *(getattr(table, name) for name in (*source.texts, *source.others)),
    )
    if project is not None:
        query = query.where(owner == project)
    if table is r.PartnerPaper:
        query = query.where(func.coalesce(table.note, "") != "")
    elif table is r.PartnerMessage:
        query = query.where(func.coalesce(table.text, "") != "")
    return query


def _tags(session: Session, which: Any) -> dict[int, list[str]]:
    """Give the tags of tasks."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for task, name in session.execute(
        select(r.Tag.task_id, r.Tag.name).where(which).order_by(r.Tag.id)
    ):
        found[task].append(name)
    return found


def _entries(
    source: _Source,
    rows: Iterable[Row[Any]],
    tags: dict[int, list[str]],
    own: Path | None,
) -> Iterable[Entry]:
    """Make of rows what is kept of them."""
    name = source.table.__tablename__
    known = papers.load(own) if source.table is r.PartnerPaper else None
    named = [(_SAID.get(text, text), text) for text in source.texts]
    for row in rows:
        made = source.make(row)
        if known is not None and (paper := known.get(row.kind)) is not None:
            made["title"] = paper.title
        texts = {field: getattr(row, text) for field, text in named}
        if texts.get("country"):
            texts["country"] = say_country(texts["country"])
        if row.id in tags:
            texts["tags"] = " ".join(tags[row.id])
        texts |= made.pop("body", {})
        kept = tuple((field, text) for field, text in texts.items() if text)
        yield Entry(name, row.id, row.of_project, body=kept, **made)
