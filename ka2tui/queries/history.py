"""History: who changed what, and when, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain import recurrence
from ka2tui.domain.countries import say_country
from ka2tui.domain.days import say_brief
from ka2tui.domain.kinds import Kind
from ka2tui.domain.money import say_amount
from ka2tui.domain.text import fold
from ka2tui.domain.timeline import say_month
from ka2tui.store import journal
from ka2tui.store.columns import Code, Day, Instant, thaw
from ka2tui.store.records import HISTORY, Change, Entry, Project, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Column, Select, Table
    from sqlalchemy.orm import Session

    from ka2tui.store.journal import Image, Key

_WINDOW = 2000
"""Lines read at once while words are looked for."""
_SOME = 500
"""Ids in one statement."""


class EntryRow(NamedTuple):
    """One line of history."""

    id: int
    at: datetime
    """In UTC."""
    actor: str
    kind: str
    """do, undo or redo."""
    label: str
    project_id: int | None
    project: str | None
    """Acronym; None where it touched several projects, or one that is gone."""
    records: int
    """How many records it changed."""
    standing: bool
    """False where it was taken back, and not brought again since."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field, before and after; "" where nothing stood."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """One record, and what of it changed."""

    name: str
    """What it is called: "task T2.3 Send minutes"."""
    how: str
    """added, changed or removed."""
    fields: tuple[ChangedField, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What one line of history changed."""

    records: tuple[ChangedRecord, ...]
    more: int
    """How many further records it changed."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What taking back and bringing again would do for somebody, in words; None: nothing."""

    undo: str | None
    redo: str | None


def entries(
    session: Session,
    project: int | None = None,
    *,
    words: str = "",
    before: int | None = None,
    limit: int = 200,
) -> list[EntryRow]:
    """Give the newest lines of history, newest first.

    Args:
        project: Only of this project; None: of the whole database.
        words: Only lines in which every one of these words occurs.
        before: Only lines older than this one.
        limit: At most so many.
    """
    wanted = fold(words).split()
    if wanted:
        return _rows(session, _with_words(session, project, wanted, before, limit))
    ids = _of(project, select(Entry.id)).order_by(Entry.id.desc()).limit(limit)
    if before is not None:
        ids = ids.where(Entry.id < before)
    return _rows(session, session.scalars(ids).all())


def project_named(session: Session, said: str) -> int | None:
    """Give the id of a project by id, acronym or agreement number, also of one that is gone."""
    images = select(Change.row_id, Change.before, Change.after)
    wanted = fold(said.strip())
    for row, before, after in session.execute(
        images.where(Change.table_name == "project").order_by(Change.id.desc())
    ):
        image = {**(before or {}), **(after or {})}
        names = (row, image.get("acronym"), image.get("agreement"))
        if wanted in (fold(str(name)) for name in names if isinstance(name, (int, str))):
            return int(row)
    return None


def count(session: Session, project: int | None = None) -> int:
    """Count the lines of history there are."""
    return session.scalar(_of(project, select(func.count(Entry.id)))) or 0


def of_record(session: Session, table: str, row: int, *, limit: int = 20) -> list[EntryRow]:
    """Give the newest lines of history of one record, newest first."""
    mine = select(Change.entry_id).where(Change.table_name == table, Change.row_id == row)
    newest = mine.distinct().order_by(Change.entry_id.desc()).limit(limit)
    return _rows(session, session.scalars(newest).all())


def steps(session: Session, project: int | None, actor: str) -> Steps:
    """Say what undo and redo would do for somebody now, by the rule of the portfolio."""
    taken_back = select(Entry.undoes).where(Entry.undoes.is_not(None))
    mine = _of(project, select(Entry.id, Entry.label, Entry.words).where(Entry.actor == actor))
    mine = mine.order_by(Entry.id.desc()).limit(1)
    standing = mine.where(Entry.id.not_in(taken_back))
    undo = session.execute(standing.where(Entry.kind.in_(["do", "redo"]))).one_or_none()
    redo = session.execute(standing.where(Entry.kind == "undo")).one_or_none()
    newest = session.execute(mine.where(Entry.kind == "do")).one_or_none()
    if redo is not None and newest is not None and newest.id > redo.id:
        redo = None
    said = (None if row is None else journal.entry_label(row[1], row[2]) for row in (undo, redo))
    return Steps(*said)


def _of(project: int | None, query: Select[Any]) -> Select[Any]:
    return query if project is None else query.where(Entry.project == project)


def _with_words(
    session: Session, project: int | None, wanted: Sequence[str], before: int | None, limit: int
) -> list[int]:
    """Look for lines with every one of these words, the newest first."""
    columns = (Entry.id, Entry.label, Entry.words, Entry.actor, Project.acronym)
    query = select(*columns).outerjoin(Project, Project.id == Entry.project)
    query = _of(project, query).order_by(Entry.id.desc()).limit(_WINDOW)
    found: list[int] = []
    while len(found) < limit:
        some = query if before is None else query.where(Entry.id < before)
        window = session.execute(some).all()
        for entry, label, filled, actor, acronym in window:
            said = (word if isinstance(word, str) else "(erased)" for word in filled.values())
            text = "\n".join((_frame(label), fold("\n".join((*said, actor, acronym or "")))))
            if all(word in text for word in wanted):
                found.append(entry)
        if len(window) < _WINDOW:
            break
        before = window[-1][0]
    return found[:limit]


@cache
def _frame(label: str) -> str:
    """Give the folded words of a template, without its gaps."""
    return fold(" ".join(part for part, *_ in Formatter().parse(label)))


def _rows(session: Session, ids: Sequence[int]) -> list[EntryRow]:
    """Read lines of history, in the order of the ids given."""
    found: dict[int, EntryRow] = {}
    undone_by = _undone_by(session, min(ids)) if ids else {}
    for start in range(0, len(ids), _SOME):
        some = ids[start : start + _SOME]
        sizes = select(Change.entry_id, func.count()).where(Change.entry_id.in_(some))
        size = {row[0]: row[1] for row in session.execute(sizes.group_by(Change.entry_id))}
        columns = (Entry.id, Entry.at, Entry.actor, Entry.kind, Entry.label, Entry.words)
        query = (
            select(*columns, Entry.project, Project.acronym)
            .outerjoin(Project, Project.id == Entry.project)
            .where(Entry.id.in_(some))
        )
        for entry, at, actor, kind, label, words, project, acronym in session.execute(query):
            found[entry] = EntryRow(
                entry,
                at,
                actor,
                kind,
                journal.entry_label(label, words),
                project,
                acronym,
                size.get(entry, 0),
                _stands(entry, undone_by),
            )
    return [found[entry] for entry in ids]


def _undone_by(session: Session, oldest: int) -> dict[int, int]:
    """Map what was taken back to the line that did; from the oldest line shown on."""
    pairs = select(Entry.undoes, Entry.id).where(Entry.undoes >= oldest)
    return {undone: by for undone, by in session.execute(pairs) if undone is not None}


def _stands(entry: int, undone_by: Mapping[int, int]) -> bool:
    """Say whether a line stands: what took it back may have been taken back itself."""
    stands, at = True, entry
    while at in undone_by:
        at, stands = undone_by[at], not stands
    return stands


# -- what a line changed


def changes(session: Session, entry: int, *, limit: int = 60) -> Changes:
    """Tell what one line of history changed, record by record, in words.

    Args:
        limit: At most so many records.
    """
    mine = Change.entry_id == entry
    found = session.scalars(select(Change).where(mine).order_by(Change.id).limit(limit)).all()
    total = session.scalar(select(func.count(Change.id)).where(mine)) or 0
    reader = _Reader(session)
    reader.look_up((change.table_name, change.row_id) for change in found)
    for _ in range(2):
        # what a record points to may need what that one points to for its name
        reader.look_up(
            key
            for change in found
            for image in reader.whole(change)
            for key in _points(change, image)
        )
    return Changes(tuple(reader.record(change) for change in found), max(total - len(found), 0))


_TABLES: dict[str, Table] = {
    table.name: table
    for table in Record.metadata.sorted_tables
    if table.name not in {kind.__tablename__ for kind in HISTORY}
}
_KINDS = {
    "work_unit": "work package or activity",
    "task_link": "dependency",
    "phase_step": "step",
    "agenda_item": "point of the agenda",
    "head_count": "count of people",
    "outcome": "line of minutes",
    "assessment": "checklist",
    "partner_paper": "paper",
    "saved_filter": "filter",
    "restore_point": "restore point",
}
_NAMED_BY = ("code", "acronym", "title", "name", "text")
"""Columns that say what a record is called, the first two of them that are filled."""
_CALLED_AFTER = {
    "attendance": ("contact_id", "meeting_id"),
    "head_count": ("partner_id", "meeting_id"),
    "share": ("work_unit_id", "partner_id"),
    "tag": ("task_id",),
    "task_link": ("task_id", "needs_id"),
    "partner_paper": ("partner_id",),
    "message": ("partner_id", "contact_id"),
}
"""Records that have no name of their own: what they are between."""
_SILENT = frozenset({"id", "uid", "project_id", "position"})
_WORDS = {
    "partner_id": "partner",
    "needs_id": "needs",
    "parent_id": "part of",
    "answer_id": "from the checklist",
    "outcome_id": "from the minutes",
    "work_unit_id": "work package or activity",
    "contact_id": "person",
    "grant_cents": "grant",
    "amount_cents": "money",
    "gate_minimum": "own estimate wanted",
    "override_reason": "reason for going on",
    "override_open": "what was still open",
    "effort_minutes": "effort in minutes",
    "minutes_long": "length in minutes",
    "minutes_planned": "minutes planned",
    "due_precision": "due, how exactly",
    "starts_at": "begins",
    "oid": "OID",
    "pic": "PIC",
}


def _points(change: Change, image: Mapping[str, Any]) -> Iterator[Key]:
    """Give the records that a row points to."""
    table = _TABLES[change.table_name]
    for name, value in image.items():
        column = table.columns.get(name)
        target = None if column is None else _target(column)
        if target is not None and isinstance(value, int) and name not in _SILENT:
            yield target, value


def _target(column: Column[Any]) -> str | None:
    """Name the table a column points to."""
    return next((key.column.table.name for key in column.foreign_keys), None)


@dataclass(slots=True)
class _Reader:
    """Turns rows of the history into words; knows what records are called, also those gone."""

    session: Session
    known: dict[Key, Image] = field(default_factory=dict)

    def look_up(self, keys: Iterable[Key]) -> None:
        """Read records as they stand, or as they last stood."""
        wanted = {*keys} - self.known.keys()
        now = journal.images(self.session.connection(), wanted)
        self.known |= now
        self._look_back(wanted - now.keys())

    def _look_back(self, gone: Collection[Key]) -> None:
        for table, row in gone:
            last = (
                select(Change.before)
                .where(
                    Change.table_name == table,
                    Change.row_id == row,
                    Change.before.is_not(None),
                    Change.after.is_(None),
                )
                .order_by(Change.id.desc())
                .limit(1)
            )
            self.known[table, row] = self.session.scalar(last) or {}

    def whole(self, change: Change) -> tuple[Image, ...]:
        """Give the row as it is known, before and after."""
        known = self.known.get((change.table_name, change.row_id), {})
        return known, change.before or {}, change.after or {}

    def record(self, change: Change) -> ChangedRecord:
        """Tell one record's change."""
        known, before, after = self.whole(change)
        table = _TABLES[change.table_name]
        how = "added" if change.before is None else "removed" if change.after is None else "changed"
        image = {**known, **before, **after}
        return ChangedRecord(self.called(table, image), how, self._fields(table, before, after))

    def called(self, table: Table, image: Mapping[str, Any]) -> str:
        """Call a record by its kind and its name."""
        kind = _KINDS.get(table.name, table.name.replace("_", " "))
        if table.name == "work_unit" and isinstance(image.get("kind"), str):
            kind = self._shown(table.c.kind, image["kind"])
        return f"{kind} {self.name(table, image)}".strip()

    def name(self, table: Table, image: Mapping[str, Any]) -> str:
        """Give the name of a record without its kind."""

        def shown(columns: Iterable[str]) -> list[str]:
            filled = [name for name in columns if image.get(name) is not None]
            cells = [(table.columns.get(name), image[name]) for name in filled]
            return [self._shown(column, value) for column, value in cells if column is not None]

        own = shown(_NAMED_BY)[:2] or [", ".join(shown(_CALLED_AFTER.get(table.name, ("kind",))))]
        return " ".join(part for part in own if part)

    def _fields(
        self, table: Table, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> tuple[ChangedField, ...]:
        found = []
        for column in table.columns:
            if column.name in _SILENT:
                continue
            old, new = (self._shown(column, side.get(column.name)) for side in (before, after))
            if old != new:
                found.append(ChangedField(_word(column.name), old, new))
        return tuple(found)

    def _shown(self, column: Column[Any], value: Any) -> str:
        """Say a value as a person reads it."""
        if value is None or value == "":
            return ""
        if isinstance(value, dict) and journal.ERASED in value:
            return "(erased)"
        if isinstance(value, bool):
            return "yes" if value else "no"
        target = _target(column)
        if target is not None and isinstance(value, int):
            return self.name(_TABLES[target], self.known.get((target, value), {})) or "(removed)"
        kind = column.type
        if isinstance(kind, Day):
            return say_brief(thaw(kind, value))
        if isinstance(kind, Instant):
            moment = thaw(kind, value)
            return f"{say_brief(moment.date())} {moment:%H:%M} UTC"
        if isinstance(kind, Code) and kind.kind is not None:
            # a code of an earlier version may no longer be one of its kind
            member = next((one for one in kind.kind if one.value == value), value)
            return member.word if isinstance(member, Kind) else str(member)
        return _said(column.name, value)


def _said(name: str, value: Any) -> str:
    """Say a plain value by what its column is for."""
    if name.endswith("_cents"):
        # the currency is the project's, which may have been another one then
        return say_amount(value, "EUR").removeprefix("€ ")
    if name.endswith("month"):
        return say_month(value)
    if name in {"percent", "gate_minimum"}:
        return f"{value} %"
    if name == "country":
        return say_country(str(value))
    if name == "recurrence":
        return recurrence.say_rule(str(value))
    if name.startswith("day_") and name.endswith("_minute"):
        return f"{value // 60:02}:{value % 60:02}"
    return str(value)


def _word(name: str) -> str:
    """Say what a field is called."""
    return _WORDS.get(name, name.removesuffix("_id").replace("_", " "))
