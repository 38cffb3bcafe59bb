"""Search: reads every record into an index, keeps that true, and finds by words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ka2tui.domain import papers
from ka2tui.domain.countries import say_country
from ka2tui.domain.search import Answer, Entry, Index
from ka2tui.domain.search import read as read_question
from ka2tui.queries.search_sources import SAID, SOURCES, Source
from ka2tui.store import records as r
from ka2tui.store.journal import newest, stands

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


_BY_TABLE = {source.table.__tablename__: source for source in SOURCES}


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
        index.clock = newest(session.connection())
    left = rows
    while left > 0 and place < len(SOURCES):
        source = SOURCES[place]
        found, last = _slice(session, source, index.only, after, left, own=own)
        index.add(found)
        left -= max(len(found), 1)
        place, after = (place, last) if last is not None else (place + 1, 0)
    index.at = (place, after)
    index.complete = place == len(SOURCES)
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

    Too much at once is not taken in, nor another copy that was laid over the database: the index
    is then to be made anew, and not complete.
    """
    now = newest(session.connection())
    if now == index.clock or not index.complete:
        return False
    rows = session.execute(
        select(r.Change.table_name, r.Change.row_id, r.Change.before, r.Change.after)
        .where(r.Change.entry_id > index.clock[0])
        .limit(_AFRESH + 1)
    ).all()
    if len(rows) > _AFRESH or not stands(session.connection(), index.clock):
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
    source: Source,
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
    session: Session, source: Source, project: int | None, ids: Sequence[int], own: Path | None
) -> list[Entry]:
    """Read some records by their ids; those that are gone are left out."""
    made: list[Entry] = []
    for begin in range(0, len(ids), _AT_ONCE):
        some = ids[begin : begin + _AT_ONCE]
        found = session.execute(_columns(source, project).where(source.table.id.in_(some))).all()
        tags = _tags(session, r.Tag.task_id.in_(some)) if source.table is r.Task else {}
        made += _entries(source, found, tags, own)
    return made


def _columns(source: Source, project: int | None) -> Any:
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
    elif table is r.Measurement:
        query = query.where(func.coalesce(table.note, table.source, "") != "")
    elif table is r.Departure:
        query = query.where(func.coalesce(table.why, table.notes, "") != "")
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
    source: Source,
    rows: Iterable[Row[Any]],
    tags: dict[int, list[str]],
    own: Path | None,
) -> Iterable[Entry]:
    """Make of rows what is kept of them."""
    name = source.table.__tablename__
    known = papers.load(own) if source.table is r.PartnerPaper else None
    named = [(SAID.get(text, text), text) for text in source.texts]
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
