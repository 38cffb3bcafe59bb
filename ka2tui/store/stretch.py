"""A stretch of the history: what came of each row over several entries, and what they were."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.refusal import Refused
from ka2tui.frozen import frozen
from ka2tui.store import journal, migrations
from ka2tui.store.records import Change, Entry, Record, RestorePoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from ka2tui.store.journal import Image, Key

WENT_BACK = "Go back to before ‘{first}’ ({changes})"
"""The label of going back; its words also hold `since`, the entry gone back to."""

_POINT = RestorePoint.__tablename__


class NothingSince(Refused):
    """Nothing was done since then."""


@frozen
class Stretch:
    """All that was done in one project after an entry of the history."""

    project: int
    since: int
    """The entry after which it begins; 0: with the first."""
    entries: tuple[int, ...]
    """The entries, oldest first."""
    changes: list[Image]
    """What came of each row, one change a row."""


def since(session: Session, entry: int, project: int | None = None) -> Stretch:
    """Give everything that was done in a project after an entry, by everybody.

    Restore points are left out, so that they survive going back, unless the project itself goes.

    Args:
        entry: The last entry that is not part of it; 0: the whole history of the project.
        project: None: the project of that entry.

    Raises:
        Refused: The entry is of another project or of several, or something was done since that
            reaches beyond this project or that this version cannot take back.
        NothingSince: Nothing was done since.
    """
    if entry or project is None:
        project = _project_of(session, entry, project)
    revisions = select(Entry.revision).where(Entry.project == project, Entry.id > entry).distinct()
    if not migrations.SAME_ROWS.issuperset(session.scalars(revisions)):
        raise journal.Gone(
            "Since then there are changes of an earlier version of ka2tui, which can no longer be "
            "taken back."
        )
    _refuse_wider(session, entry, project)
    changes = _changes(session, entry, project)
    net = merged(changes)
    ends = any(journal.key_of(one) == ("project", project) and one["before"] is None for one in net)
    kept = changes if ends else [one for one in changes if one["table_name"] != _POINT]
    entries = tuple(dict.fromkeys(one["entry_id"] for one in kept))
    if not entries:
        raise NothingSince
    net = [one for one in net if ends or one["table_name"] != _POINT]
    return Stretch(project, entry, entries, net)


def merged(changes: Iterable[Image]) -> list[Image]:
    """Fold changes that followed each other into one a row, without rows that end as they began.

    Args:
        changes: In the order in which they were made.
    """
    found: dict[Key, _Course] = {}
    for change in changes:
        key, before, after = journal.key_of(change), change["before"], change["after"]
        if key in found:
            found[key].go_on(before, after)
        else:
            found[key] = _Course(before, after, whole=before is None or after is None)
    sides = ((key, course.sides()) for key, course in found.items())
    return [journal.row_change(key, *pair) for key, pair in sides if pair is not None]


def count_records(changes: Sequence[Image]) -> int:
    """Count the records that changes are about; what came or went with its owner is part of it."""
    added = {journal.key_of(change) for change in changes if change["before"] is None}
    removed = {journal.key_of(change) for change in changes if change["after"] is None}

    def belongs(change: Image) -> bool:
        fate = added if change["before"] is None else removed
        image = change["after"] or change["before"] or {}
        owners = _owners(change["table_name"])
        return any((table, image.get(column)) in fate for column, table in owners)

    return sum(not belongs(change) for change in changes if change["table_name"] != _POINT)


@cache
def _owners(table: str) -> list[tuple[str, str]]:
    """Give the columns that point to what a row cannot be without, each with that table."""
    return [
        (column.name, key.column.table.name)
        for column in Record.metadata.tables[table].columns
        for key in column.foreign_keys
        if not column.nullable and column.name != "project_id"
    ]


@dataclass(slots=True)
class _Course:
    """What became of one row over several changes."""

    first: Image | None
    last: Image | None
    whole: bool
    """Whether the images are whole rows, because it was added or removed on the way."""

    def go_on(self, before: Image | None, after: Image | None) -> None:
        """Carry on with the next change of the row."""
        if before is None:
            self.last = after
        elif after is None:
            if not self.whole:
                self.first = _filled({**before, **(self.first or {})})
            self.last, self.whole = None, True
        elif self.whole:
            self.last = _filled({**(self.last or {}), **after})
        else:
            self.first = {**before, **(self.first or {})}
            self.last = {**(self.last or {}), **after}

    def sides(self) -> tuple[Image | None, Image | None] | None:
        """Give the row before all of it and after all of it; None where it is the same."""
        if self.first is None or self.last is None:
            return None if self.first is self.last else (self.first, self.last)
        return journal.differing(self.first, self.last)


def _filled(image: Image) -> Image:
    return {name: value for name, value in image.items() if value is not None}


def _project_of(session: Session, entry: int, wanted: int | None) -> int:
    """Give the project whose history an entry belongs to."""
    found = session.execute(select(Entry.project).where(Entry.id == entry)).first()
    if found is None:
        raise Refused(f"There is no line {entry} in the history.")
    if found.project is None:
        raise Refused(
            f"Line {entry} of the history touched several projects, so none of them alone can go "
            "back to it: choose a line of one project."
        )
    if wanted not in (None, found.project):
        raise Refused(
            f"Line {entry} of the history belongs to another project: choose a line of this one."
        )
    return int(found.project)


def _refuse_wider(session: Session, entry: int, project: int) -> None:
    """Refuse to go back beyond what touched this project and others at once."""
    for change in _changes(session, entry, None):
        if journal.project_of([change], session.connection()) not in (None, project):
            continue
        found = session.get_one(Entry, change["entry_id"])
        raise Refused(
            f"‘{journal.entry_label(found.label, found.words)}’ touched several projects at once, "
            f"and one of them alone cannot go back beyond it: choose a line after {found.id}."
        )


def _changes(session: Session, entry: int, project: int | None) -> list[Image]:
    """Read all changes of a project, or of several at once, after an entry, oldest first."""
    table: Any = Change.__table__
    rows = select(table).join(Entry.__table__, Entry.id == table.c.entry_id)
    rows = rows.where(Entry.id > entry, Entry.project.is_not_distinct_from(project))
    return [dict(row) for row in session.connection().execute(rows.order_by(table.c.id)).mappings()]
