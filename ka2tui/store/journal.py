"""The journal: the one place that records what changed, and that takes it back.

Every entry carries a digest over its own contents and the digest before it, so that a change made
behind its back is found. What a person wrote enters the digest as a salted digest of its own: it
can be erased later (value and salt), and the chain stays checkable.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, bindparam, event, insert, select, update

from ka2tui.domain.refusal import Refused
from ka2tui.store import engine
from ka2tui.store.columns import Words, canonical, freeze, thaw
from ka2tui.store.lots import in_parts
from ka2tui.store.operation import Label
from ka2tui.store.records import HISTORY, Change, Entry, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Table
    from sqlalchemy.orm import ORMExecuteState, Session

Image = dict[str, Any]
"""A row as JSON holds it; columns without a value are left out."""

Key = tuple[str, int]
"""Table and id."""

ERASED = "erased"
"""The only key of what stands in an image where a value was erased."""

_CLOCK = "SELECT id, digest FROM history_entry ORDER BY id DESC LIMIT 1"
_TABLES = {name: kind.__table__ for name, kind in Record.by_table.items() if kind not in HISTORY}


class Conflict(Refused):
    """Somebody changed this since; it can no longer be taken back."""


class Gone(Refused):
    """What this change held was erased on request; it can no longer be taken back."""


class Broken(Refused):
    """The history does not add up."""


class Recorder:
    """Follows one session, and knows in the end which rows it changed, and how."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.before: dict[Key, Image | None] = {}
        self._new: list[Record] = []
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", self._refuse_bulk)

    def changes(self) -> list[Image]:
        """Give the changes of the whole transaction: one a row, in the order of first touch."""
        self.session.flush()
        after = images(self.session.connection(), self.before)
        found = []
        for key, before in self.before.items():
            now = after.get(key)
            if before is None or now is None:
                if before is not now:
                    found.append(row_change(key, before, now))
            elif sides := differing(before, now):
                found.append(row_change(key, *sides))
        return found

    def _before_flush(self, session: Session, _context: object, _objects: object) -> None:
        self._new += [row for row in session.new if not isinstance(row, HISTORY)]
        changed = {
            (row.__tablename__, row.id)
            for row in (*session.dirty, *session.deleted)
            if row in session.deleted or session.is_modified(row)
        }
        unseen = changed - self.before.keys()
        if unseen:
            self.before |= dict.fromkeys(sorted(unseen)) | images(session.connection(), unseen)

    def _after_flush(self, _session: Session, _context: object) -> None:
        for row in self._new:
            self.before.setdefault((row.__tablename__, row.id), None)
        self._new.clear()

    @staticmethod
    def _refuse_bulk(state: ORMExecuteState) -> None:
        if not state.is_select:
            raise TypeError("a bulk statement passes the history by; change the records")


def write(
    session: Session,
    changes: list[Image],
    *,
    at: datetime,
    actor: str,
    kind: str,
    label: Label,
    project: int | None,
    undoes: int | None,
    revision: str,
) -> tuple[int, str]:
    """Write one entry with its changes.

    Args:
        changes: As `Recorder.changes` and `revert` give them.
        at: In UTC.

    Returns:
        The entry's id and digest.
    """
    entry: Image = {
        "at": at,
        "actor": actor,
        "kind": kind,
        "label": label.template,
        "words": label.words,
        "project": project,
        "undoes": undoes,
        "revision": revision,
        "salts": {"salt": secrets.token_hex(8)},
    }
    connection = session.connection()
    last = connection.scalar(select(Entry.digest).order_by(Entry.id.desc()).limit(1))
    entry["digest"] = _digest(last or "", entry, changes)
    made = connection.execute(insert(Entry).values(**entry).returning(Entry.id)).scalar_one()
    connection.execute(insert(Change), [{"entry_id": made, **change} for change in changes])
    return made, entry["digest"]


def project_of(changes: Iterable[Image], connection: Connection) -> int | None:
    """Name the one project that changes belong to; None where they touch several, or none."""
    found: set[int] = set()
    unsaid: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        project = _project_said(change)
        if project is None:
            unsaid[change["table_name"]].append(change["row_id"])
        else:
            found.add(project)
    for name, rows in unsaid.items():
        table = _TABLES[name]
        for some in in_parts(rows):
            of = select(table.c.project_id).where(table.c.id.in_(some)).distinct()
            found |= set(connection.scalars(of))
    return found.pop() if len(found) == 1 else None


def _project_said(change: Image) -> int | None:
    """Give the project that a change names itself; one of a few columns seldom does."""
    if change["table_name"] == "project":
        return int(change["row_id"])
    for image in (change["before"], change["after"]):
        if image and image.get("project_id") is not None:
            return int(image["project_id"])
    return None


def images(connection: Connection, keys: Collection[Key]) -> dict[Key, Image]:
    """Read rows as they stand in the database now; rows that are not there are left out."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for name, id_ in keys:
        wanted[name].append(id_)
    found: dict[Key, Image] = {}
    for name, ids in wanted.items():
        table = _TABLES[name]
        for part in in_parts(ids):
            some = select(table).where(table.c.id.in_(part))
            for row in connection.execute(some).mappings():
                found[name, row["id"]] = _image(row)
    return found


def revert(session: Session, entry: int) -> list[Image]:
    """Put every row that an entry changed back as it was.

    Returns:
        The changes this made, to be written as an entry of their own.

    Raises:
        Conflict: A row is no longer as the entry left it.
        Gone: A value it would need was erased.
    """
    return put_back(session, _changes_of(session.connection(), entry), entry)


def put_back(session: Session, changes: list[Image], entry: int) -> list[Image]:
    """Put rows back as they were before changes, of which there is one a row.

    Args:
        entry: The newest entry that the changes are of.

    Returns:
        The changes this made, to be written as an entry of their own.

    Raises:
        Conflict: A row is no longer as the changes left it.
        Gone: A value it would need was erased.
    """
    connection = session.connection()
    now = images(connection, [key_of(change) for change in changes])
    for change in changes:
        _check_as_left(connection, entry, change, now.get(key_of(change)))
    engine.defer_references(connection)
    removed = [c for c in changes if c["before"] is None]
    moved = [c for c in changes if None not in (c["before"], c["after"]) and _frees_unique(c)]
    restored = [c for c in changes if c["after"] is None] + moved
    edited = [c for c in changes if None not in (c["before"], c["after"]) and not _frees_unique(c)]
    for table, some in _by_table(removed + moved):
        rows = [{"row": change["row_id"]} for change in some]
        connection.execute(table.delete().where(table.c.id == bindparam("row")), rows)
    for table, some in _by_table(restored):
        whole = [{**now.get(key_of(c), {}), **c["before"]} for c in some]
        names = table.columns.keys()
        connection.execute(table.insert(), [_thawed(table, image, names) for image in whole])
    for change in edited:
        table = _TABLES[change["table_name"]]
        values = _thawed(table, change["before"], change["before"])
        connection.execute(table.update().where(table.c.id == change["row_id"]).values(values))
    return [row_change(key_of(c), c["after"], c["before"]) for c in changes]


def differing(old: Image, new: Image) -> tuple[Image, Image] | None:
    """Give of two images of a row what differs; None where nothing does."""
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    if not names:
        return None
    return {name: old.get(name) for name in names}, {name: new.get(name) for name in names}


def erase(session: Session, texts: Collection[str]) -> int:
    """Take texts out of the whole history for good; its chain of digests stays whole.

    Args:
        texts: What is erased wherever a value contains one of them, in any letter case.

    Returns:
        How many values were erased.
    """
    needles = [text.casefold() for text in texts if text]
    connection = session.connection()

    def hit(value: object) -> bool:
        return isinstance(value, str) and any(needle in value.casefold() for needle in needles)

    count = 0
    for row in connection.execute(select(Change.__table__)).mappings().all():
        sides = {side: row[side] for side in ("before", "after")}
        kept, hits = _without(row["table_name"], sides, row["salts"], hit)
        if hits:
            where = update(Change).where(Change.id == row["id"])
            connection.execute(where.values(**sides, salts=kept))
            count += hits
    for row in connection.execute(select(Entry.__table__)).mappings().all():
        told: dict[str, Image | None] = {"entry": {**row["words"], "@actor": row["actor"]}}
        kept, hits = _without(None, told, row["salts"], hit)
        if hits:
            words = told["entry"] or {}
            actor = words.pop("@actor")
            if not isinstance(actor, str):
                kept["actor"], actor = actor[ERASED], ERASED
            where = update(Entry).where(Entry.id == row["id"])
            connection.execute(where.values(words=words, salts=kept, actor=actor))
            count += hits
    return count


def check(session: Session) -> None:
    """Recompute the chain, and hold the records against what the history says of them.

    Raises:
        Broken: An entry, a change or a record was altered behind the history's back.
    """
    connection = session.connection()
    by_entry: dict[int, list[Image]] = defaultdict(list)
    stands: dict[Key, Image | None] = {}
    for row in connection.execute(select(Change.__table__).order_by(Change.id)).mappings():
        change = dict(row)
        by_entry[change["entry_id"]].append(change)
        _follow(stands, change)
    last = ""
    for row in connection.execute(select(Entry.__table__).order_by(Entry.id)).mappings():
        entry = dict(row)
        if _digest(last, entry, by_entry.pop(entry["id"], [])) != entry["digest"]:
            raise Broken(f"History entry {entry['id']} is not as it was written.")
        last = entry["digest"]
    if by_entry:
        raise Broken("The history holds changes of an entry that is gone.")
    _hold_against(connection, stands)


def _follow(stands: dict[Key, Image | None], change: Image) -> None:
    """Carry one change into what the history says stands."""
    key, after = key_of(change), change["after"]
    if after is None or change["before"] is None:
        stands[key] = after
    else:
        stands[key] = {**(stands.get(key) or {}), **after}


def _hold_against(connection: Connection, stands: dict[Key, Image | None]) -> None:
    for name, table in _TABLES.items():
        rows = {r["id"]: _image(r) for r in connection.execute(select(table)).mappings()}
        said = {row: image for (of, row), image in stands.items() if of == name and image}
        for row in {*rows, *said}:
            told = {k: v for k, v in said.get(row, {}).items() if v is not None}
            seen = rows.get(row, {})
            if {k: v for k, v in told.items() if not _erased(v)} != {
                k: v for k, v in seen.items() if not _erased(told.get(k))
            }:
                raise Broken(f"A {name.replace('_', ' ')} (id {row}) is not as the history says.")


def entry_label(label: str, words: Image) -> str:
    """Give an entry's sentence; erased words show as "(erased)"."""
    shown = {name: "(erased)" if _erased(word) else str(word) for name, word in words.items()}
    return str(Label(label, shown))


# -- images and digests


def key_of(change: Image) -> Key:
    """Name the row of a change."""
    return change["table_name"], change["row_id"]


def row_change(key: Key, before: Image | None, after: Image | None) -> Image:
    """Put both sides of a row into one change."""
    return {
        "table_name": key[0],
        "row_id": key[1],
        "before": before,
        "after": after,
        "salts": {"salt": secrets.token_hex(8)},
    }


def _image(row: Any) -> Image:
    return {name: freeze(value) for name, value in row.items() if value is not None}


def _thawed(table: Table, image: Image, names: Iterable[str]) -> Image:
    return {name: thaw(table.c[name].type, image.get(name)) for name in names}


def _erased(value: object) -> bool:
    return isinstance(value, dict) and ERASED in value


def _is_words(table: str | None, column: str) -> bool:
    return table is None or isinstance(_TABLES[table].c[column].type, Words)


def _salted(salts: Image, place: str, value: object) -> str:
    """Give the digest that stands for a value; where it was erased, the one kept for it."""
    if isinstance(value, dict) and ERASED in value:
        return str(value[ERASED])
    salt = salts[place] if place in salts else _derive(salts["salt"], place)
    return hashlib.sha256(salt.encode() + canonical(value)).hexdigest()


def _digest(last: str, entry: Image, changes: Iterable[Image]) -> str:
    salts, erased_actor = entry["salts"], entry["salts"].get("actor")
    actor = {ERASED: erased_actor} if erased_actor else entry["actor"]
    told = {"actor": _salted(salts, "entry.@actor", actor)}
    told |= {name: _salted(salts, f"entry.{name}", word) for name, word in entry["words"].items()}
    whole = hashlib.sha256(last.encode())
    fixed = (
        freeze(entry["at"]),
        entry["kind"],
        entry["label"],
        told,
        entry["project"],
        entry["undoes"],
        entry["revision"],
    )
    whole.update(canonical(fixed))
    for change in changes:
        whole.update(canonical([*key_of(change), *_sides(change)]))
    return whole.hexdigest()


def _sides(change: Image) -> Iterator[Image | None]:
    table = _TABLES[change["table_name"]]
    words = {c.name for c in table.columns if isinstance(c.type, Words)}
    for side in ("before", "after"):
        image = change[side]
        yield (
            None
            if image is None
            else {
                name: _salted(change["salts"], f"{side}.{name}", value)
                if name in words and value is not None
                else value
                for name, value in image.items()
            }
        )


def _without(
    table: str | None,
    sides: dict[str, Image | None],
    salts: Image,
    hit: Any,
) -> tuple[Image, int]:
    """Erase what hits from the sides, in place; give the salts of what is left."""
    kept = {name: value for name, value in salts.items() if name != "salt"}
    count = 0
    for side, image in sides.items():
        if image is None:
            continue
        for name, value in image.items():
            if value is None or _erased(value) or not _is_words(table, name):
                continue
            place = f"{side}.{name}"
            if hit(value):
                image[name] = {ERASED: _salted(salts, place, value)}
                kept.pop(place, None)
                count += 1
            elif "salt" in salts:
                kept[place] = _derive(salts["salt"], place)
    return kept, count


def _derive(salt: str, place: str) -> str:
    """Give one value's own salt, from which the others cannot be found."""
    return hashlib.sha256(f"{salt}/{place}".encode()).hexdigest()[:16]


def _changes_of(connection: Connection, entry: int) -> list[Image]:
    mine = select(Change.__table__).where(Change.entry_id == entry).order_by(Change.id)
    return [dict(row) for row in connection.execute(mine).mappings()]


def _check_as_left(connection: Connection, entry: int, change: Image, now: Image | None) -> None:
    before, after = change["before"], change["after"]
    if any(_erased(value) for side in (before, after) for value in (side or {}).values()):
        raise Gone
    if before is None or after is None:
        as_left = now == after
    else:
        as_left = now is not None and all(now.get(k) == v for k, v in after.items())
    if not as_left:
        raise Conflict(_who_since(connection, entry, change))


def _who_since(connection: Connection, entry: int, change: Image) -> str:
    since = (
        select(Entry.actor, Entry.label, Entry.words)
        .join(Change.__table__, Change.entry_id == Entry.id)
        .where(Entry.id > entry, Change.table_name == change["table_name"])
        .where(Change.row_id == change["row_id"])
        .order_by(Entry.id.desc())
        .limit(1)
    )
    found = connection.execute(since).first()
    if found is None:
        return ""
    did = entry_label(found.label, found.words)
    return f"{found.actor} changed this since ({did}); it can no longer be taken back."


def _by_table(changes: Iterable[Image]) -> Iterator[tuple[Table, list[Image]]]:
    found: dict[str, list[Image]] = defaultdict(list)
    for change in changes:
        found[change["table_name"]].append(change)
    for name, some in found.items():
        yield _TABLES[name], some


def _frees_unique(change: Image) -> bool:
    """Tell whether an update touches a value that must be unique, so that values may swap."""
    table = _TABLES[change["table_name"]]
    return any(
        column.name in change["before"]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
    )


def newest(connection: Connection) -> tuple[int, str]:
    """Give the highest entry, a number that grows with every change, and its digest; 0: none."""
    found = connection.exec_driver_sql(_CLOCK).one_or_none()
    return (0, "") if found is None else (found[0], found[1])


def stands(connection: Connection, entry: tuple[int, str]) -> bool:
    """Say whether an entry is in this history: an older copy lacks it, or has another there."""
    number, digest = entry
    return not number or connection.scalar(select(Entry.digest).where(Entry.id == number)) == digest
