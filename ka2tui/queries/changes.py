"""Changes: what became of each record, field by field, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from ka2tui.domain import dissemination, organisation_sorts, proof_sorts, recurrence
from ka2tui.domain.costs import say_days
from ka2tui.domain.countries import say_country
from ka2tui.domain.days import DAY_NAMES, say_brief, say_calendar_month
from ka2tui.domain.kinds import Kind
from ka2tui.domain.money import say_amount
from ka2tui.domain.timeline import say_month
from ka2tui.frozen import frozen
from ka2tui.store import journal
from ka2tui.store.columns import Code, Day, Instant, thaw
from ka2tui.store.records import HISTORY, Change, Record, RestorePoint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session

    from ka2tui.domain.sorts import Titled
    from ka2tui.store.journal import Image, Key


_TABLES: dict[str, Table] = {
    table.name: table
    for table in Record.metadata.sorted_tables
    if table.name not in {kind.__tablename__ for kind in HISTORY}
}


@frozen
class ChangedField:
    """One field, before and after; "" where nothing stood."""

    name: str
    before: str
    after: str


@frozen
class ChangedRecord:
    """One record, and what of it changed."""

    name: str
    """What it is called: "task T2.3 Send minutes"."""
    how: str
    """added, changed or removed."""
    fields: tuple[ChangedField, ...]
    table: str = ""
    row: int = 0

    @property
    def said(self) -> str:
        """What becomes of it: its fields before and after, or that it comes or goes."""
        if self.how != "changed":
            return self.how
        return ", ".join(
            f"{field.name} {field.before or 'nothing'} → {field.after or 'nothing'}"
            for field in self.fields
        )


@frozen
class Changes:
    """What one line of history changed."""

    records: tuple[ChangedRecord, ...]
    more: int
    """How many further records it changed."""
    kinds: tuple[str, ...] = ()
    """How many records of each kind: "12 tasks", "3 meetings"."""


@frozen
class Staying:
    """A record that was chosen, and that a change leaves as it is."""

    name: str
    why: str


@frozen
class Foreseen:
    """What a change would do."""

    changes: Changes
    staying: tuple[Staying, ...]
    """Some of what was chosen and stays as it is."""
    left: int
    """How much of what was chosen stays as it is, in all."""


@frozen
class Known:
    """A record as it stands now, in words."""

    table: str
    id: int
    kind: str
    """What it is: "work package", "step"."""
    name: str
    """What it is called, without its kind."""
    image: Image
    """Its columns as the history writes them."""
    fields: dict[str, tuple[str, str]]
    """Of each filled column what it is called, and what stands in it."""


class _Row(NamedTuple):
    table_name: str
    row_id: int
    before: Image | None
    after: Image | None


def changes(session: Session, entry: int, *, limit: int = 60) -> Changes:
    """Tell what one line of history changed, record by record, in words.

    Args:
        limit: At most so many records.
    """
    mine = Change.entry_id == entry
    columns = (Change.table_name, Change.row_id, Change.before, Change.after)
    of_people = Change.table_name != RestorePoint.__tablename__
    rows = select(*columns).where(mine).order_by(of_people.desc(), Change.id).limit(limit)
    sizes = select(Change.table_name, func.count()).where(mine).group_by(Change.table_name)
    sized: dict[str, int] = {row[0]: row[1] for row in session.execute(sizes)}
    return _told(session, [_Row(*row) for row in session.execute(rows)], sized)


def known(session: Session, keys: Iterable[Key], columns: Collection[str]) -> dict[Key, Known]:
    """Tell records as they stand now; those that are gone are left out.

    Args:
        keys: Table and id of each.
        columns: Whose values are told, in this order.
    """
    now = journal.images(session.connection(), dict.fromkeys(keys))
    reader = _reader_of(session, [_Row(*key, None, None) for key in now], now)
    return {key: reader.standing(key, image, columns) for key, image in now.items()}


def told(session: Session, images: Sequence[Image], *, limit: int = 60) -> Changes:
    """Tell changes that are in no history, or not yet.

    Args:
        images: As the journal has them, one a row.
        limit: At most so many records.
    """
    sized = Counter(change["table_name"] for change in images)
    rows = [_Row(*(change[name] for name in _Row._fields)) for change in images[:limit]]
    return _told(session, rows, sized)


def foreseen(
    session: Session, images: Sequence[Image], chosen: Sequence[int], *, limit: int = 12
) -> Foreseen:
    """Tell what a change that was only rehearsed would do, and what of the chosen it leaves.

    Args:
        images: As the journal has them, one a row.
        chosen: The ids of the records that it was asked for.
        limit: At most so many records of each sort.
    """
    wanted = {row: at for at, row in enumerate(dict.fromkeys(chosen))}
    touched: dict[str, set[int]] = {}
    for change in images:
        for table, row in _about(change):
            if row in wanted:
                touched.setdefault(table, set()).add(row)
    kind = max(touched, key=lambda name: len(touched[name]), default=None)
    first = sorted(
        images,
        key=lambda it: (it["table_name"] != kind, wanted.get(it["row_id"], len(wanted))),
    )
    seen = told(session, first, limit=limit)
    if kind is None:
        return Foreseen(seen, (), 0)
    left = [row for row in wanted if row not in touched[kind]]
    reader = _Reader(session)
    reader.look_up((kind, row) for row in left[:limit])
    set_to = _set_to(images, kind)
    staying = [
        Staying(reader.called(_TABLES[kind], image), _why_left(_TABLES[kind], image, set_to))
        for image in (reader.known[kind, row] for row in left[:limit])
    ]
    return Foreseen(seen, tuple(staying), len(left))


def _about(change: Image) -> Iterator[Key]:
    """Give the records that a change is about: its own, and those it belongs to."""
    yield journal.key_of(change)
    for image in (change["before"], change["after"]):
        for column in _TABLES[change["table_name"]].columns:
            target = _target(column)
            if image and target and column.name not in _SILENT and not column.nullable:
                yield target, image.get(column.name, 0)


def _set_to(images: Sequence[Image], table: str) -> set[str]:
    """Name the columns that are changed in the records of a table."""
    edits = (it for it in images if it["table_name"] == table and it["before"] and it["after"])
    return {name for change in edits for name in change["after"]} - _SILENT


def _why_left(table: Table, image: Mapping[str, Any], names: Collection[str]) -> str:
    """Say why a record stays as it is where others change."""
    state = table.columns.get("state")
    if state is not None and isinstance(state.type, Code) and state.type.kind is not None:
        member = next((it for it in state.type.kind if it.value == image.get("state")), None)
        if isinstance(member, Kind) and "state" in names:
            return f"is {member.word} already"
    if "due" in names and image.get("due") is None:
        return "has no date"
    return "is so already"


def _told(session: Session, rows: Sequence[_Row], sized: Mapping[str, int]) -> Changes:
    """Put rows of changes into words; `sized` says how many there are of each table."""
    point = RestorePoint.__tablename__
    # one that set itself before a change is not what the change was about
    if len(sized) > 1:
        sized = {table: number for table, number in sized.items() if table != point}
        rows = [row for row in rows if row.table_name != point]
    reader = _reader_of(session, rows)
    sizes = sorted(sized.items(), key=lambda pair: -pair[1])
    kinds = tuple(_counted(table, number) for table, number in sizes)
    more = max(sum(sized.values()) - len(rows), 0)
    return Changes(tuple(reader.record(row) for row in rows), more, kinds)


def _reader_of(
    session: Session, rows: Sequence[_Row], known: Mapping[Key, Image] | None = None
) -> _Reader:
    """Read rows that are not known yet, and what they point to for their names."""
    reader = _Reader(session, {**(known or {})})
    reader.look_up((row.table_name, row.row_id) for row in rows)
    for _ in range(2):
        # what a record points to may need what that one points to for its name
        reader.look_up(
            key for row in rows for image in reader.whole(row) for key in _points(row, image)
        )
    return reader


def _counted(table: str, number: int) -> str:
    kind = _KINDS.get(table, table.replace("_", " "))
    return f"{number} {kind if number == 1 else _SEVERAL.get(table, f'{kind}s')}"


_KINDS = {
    "work_unit": "work package or activity",
    "task_link": "dependency",
    "phase_step": "step",
    "agenda_item": "point of the agenda",
    "head_count": "count of people",
    "outcome": "line of minutes",
    "assessment": "checklist",
    "partner_paper": "paper",
    "proof_use": "what a proof is about",
    "proof_waiver": "proof that is not needed",
    "log_entry": "line of the log",
    "dissemination": "act of dissemination",
    "approved_fact": "fact as approved",
    "departure": "departure from the application",
    "rule_value": "own value of a rule",
    "set_aside": "finding set aside",
    "reduction_band": "line of the table of reductions",
    "aim": "need or objective",
    "aim_link": "what serves a need or objective",
    "candidate": "possible partner",
    "saved_filter": "filter",
    "restore_point": "restore point",
}
_SEVERAL = {
    "work_unit": "work packages and activities",
    "task_link": "dependencies",
    "agenda_item": "points of the agenda",
    "head_count": "counts of people",
    "outcome": "lines of minutes",
    "priority": "priorities",
    "attendance": "entries of attendance",
    "proof_use": "records that proofs are about",
    "proof_waiver": "proofs that are not needed",
    "log_entry": "lines of the log",
    "dissemination": "acts of dissemination",
    "approved_fact": "facts as approved",
    "departure": "departures from the application",
    "rule_value": "own values of rules",
    "set_aside": "findings set aside",
    "reduction_band": "lines of the table of reductions",
    "aim": "needs and objectives",
    "aim_link": "things that serve needs and objectives",
}
_NAMED_BY = ("code", "acronym", "title", "name", "said", "text")
"""Columns that say what a record is called, the first two of them that are filled."""
_NAMED_SO = {"letter": ("subject",)}
"""Records that are named by other columns: a letter has a text, which is not its name."""
LONGEST_NAME = 80
"""Letters of a record's name that are told."""
_CALLED_AFTER = {
    "attendance": ("contact_id", "meeting_id"),
    "head_count": ("partner_id", "meeting_id"),
    "share": ("work_unit_id", "partner_id"),
    "tag": ("task_id",),
    "task_link": ("task_id", "needs_id"),
    "partner_paper": ("partner_id",),
    "message": ("partner_id", "contact_id"),
    "participant": ("meeting_id",),
    "measurement": ("indicator_id", "day"),
    "proof_use": ("proof_id",),
    "proof_waiver": ("about", "sort"),
    "departure": ("about", "field"),
    "cost": ("kind", "partner_id", "work_unit_id"),
    "journey": ("partner_id", "meeting_id"),
    "rule_value": ("key",),
    "set_aside": ("number", "about"),
    "own_score": ("judged", "about"),
    "reduction_band": ("below",),
    "aim_link": ("aim_id", "about"),
}
"""Records that have no name of their own: what they are between."""
_SILENT = frozenset({"id", "uid", "project_id", "position", "series", "person", "about_uid"})
_WORDS = {
    "partner_id": "partner",
    "needs_id": "needs",
    "parent_id": "part of",
    "answer_id": "from the checklist",
    "found_at": "proof lies at",
    "holder_id": "kept by",
    "holder_text": "kept by, as written",
    "sha256": "fingerprint",
    "size_bytes": "size in bytes",
    "sort": "what it is",
    "url": "address",
    "path": "file",
    "rising": "more is better",
    "review_on": "to be looked at again",
    "risk_id": "risk",
    "log_entry_id": "from the log",
    "issue_id": "from the issue",
    "with_whom": "with",
    "reference_nr": "reference number",
    "answer_by": "answer by",
    "answers_id": "answers",
    "letter_id": "letter",
    "successor_id": "went on with by",
    "leave_reason": "why it left",
    "eche": "Erasmus charter (ECHE)",
    "applications": "applications at this deadline",
    "newcomer": "new to such projects",
    "reductions_confirmed_on": "table of reductions confirmed on",
    "reductions_source": "source of the table of reductions",
    "number": "number of the check",
    "refused_percent": "refused, in per cent",
    "below": "below the score of",
    "brings": "what only it would add",
    "about": "of",
    "approved_on": "application kept as approved",
    "paid_cents": "money paid",
    "planned_cents": "money planned",
    "used_cents": "money used",
    "rate_cents": "money a day",
    "planned_hundredths": "days planned",
    "used_hundredths": "days used",
    "emblem": "emblem of the EU",
    "green": "green travel",
    "distance_km": "distance in km",
    "platform_state": "on the results platform",
    "platform_on": "on the results platform since",
    "platform_link": "address on the results platform",
    "day_month": "planned for",
    "expected_participants": "participants expected",
    "reported_participants": "participants, as reported",
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
    "due_month": "due, as a project month",
    "due_precision": "date known to",
    "precision": "date known to",
    "starts_at": "begins",
    "oid": "OID",
    "pic": "PIC",
    "nr": "number in the application",
    "zone": "time zone",
    "application_zone": "time zone of the deadline",
    "resubmits": "handed in again for",
    "shape": "divided into",
    "day_start_minute": "day begins",
    "day_end_minute": "day ends",
    "agreement_state": "partnership agreement",
    "lead_text": "lead, as written",
    "review_due": "review until",
    "lag_days": "days between",
    "remote_participants": "participants online",
    "month": "planned for",
    "chase": "reminder",
    "entry": "set after line",
    "made_by_itself": "set by itself",
}
_EXACTLY = {"day": "the day", "month": "the month", "time": "the minute"}
"""How exactly a date is known."""


def _points(change: _Row, image: Mapping[str, Any]) -> Iterator[Key]:
    """Give the records that a row points to."""
    table = _TABLES[change.table_name]
    for name, value in image.items():
        column = table.columns.get(name)
        target = None if column is None else _target(column)
        if target is not None and isinstance(value, int) and name not in _SILENT:
            yield target, value


def _brief(name: str) -> str:
    """Give the first line of a name: that of a message is all that was written."""
    first, *more = name.strip().split("\n", 1)
    return f"{first[:LONGEST_NAME]}…" if more or len(first) > LONGEST_NAME else first


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

    def whole(self, change: _Row) -> tuple[Image, ...]:
        """Give the row as it is known, before and after."""
        known = self.known.get((change.table_name, change.row_id), {})
        return known, change.before or {}, change.after or {}

    def record(self, change: _Row) -> ChangedRecord:
        """Tell one record's change."""
        known, before, after = self.whole(change)
        table = _TABLES[change.table_name]
        how = "added" if change.before is None else "removed" if change.after is None else "changed"
        image = {**known, **before, **after}
        fields = self._fields(table, known, before, after)
        return ChangedRecord(self.called(table, image), how, fields, table.name, change.row_id)

    def standing(self, key: Key, image: Image, columns: Collection[str]) -> Known:
        """Tell a record as it stands."""
        table = _TABLES[key[0]]
        given = [(column, table.columns.get(column)) for column in columns]
        told = {
            name: (_word(name), self._short(column, image.get(name)))
            for name, column in given
            if column is not None
        }
        fields = {name: pair for name, pair in told.items() if pair[1]}
        name = self.name(table, image)
        if not any(image.get(column) for column in _NAMED_BY):
            between = [(table.columns.get(it), it) for it in _CALLED_AFTER.get(table.name, ())]
            short = [self._short(it, image.get(at)) for it, at in between if it is not None]
            name = ", ".join(filter(None, short)) or name
        return Known(*key, self.kind(table, image), name, image, fields)

    def called(self, table: Table, image: Mapping[str, Any]) -> str:
        """Call a record by its kind and its name."""
        return f"{self.kind(table, image)} {self.name(table, image)}".strip()

    def kind(self, table: Table, image: Mapping[str, Any]) -> str:
        """Say what a record is."""
        if table.name in ("work_unit", "aim") and isinstance(image.get("kind"), str):
            return self._shown(table.c.kind, image["kind"])
        return _KINDS.get(table.name, table.name.replace("_", " "))

    def name(self, table: Table, image: Mapping[str, Any]) -> str:
        """Give the name of a record without its kind."""

        def shown(columns: Iterable[str]) -> list[str]:
            filled = [name for name in columns if image.get(name) is not None]
            cells = [(table.columns.get(name), image[name]) for name in filled]
            return [self._shown(column, value) for column, value in cells if column is not None]

        own = shown(_NAMED_SO.get(table.name, _NAMED_BY))[:2] or [
            ", ".join(shown(_CALLED_AFTER.get(table.name, ("kind",))))
        ]
        if len(own) > 1 and f"{own[1]} ".startswith(f"{own[0]} "):
            own = own[1:]  # its code is part of what it is called
        return " ".join(_brief(part) for part in own if part)

    def _fields(
        self,
        table: Table,
        known: Mapping[str, Any],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> tuple[ChangedField, ...]:
        found = []
        silent = {*_SILENT}
        if before.get("due") or after.get("due"):
            silent |= {"due_month", "due_precision"}
        if not before or not after:
            silent |= {"due_precision", "precision"}
        for column in table.columns:
            if column.name in silent:
                continue
            if column.name == "due":
                exactly = {n: known[n] for n in ("due_month", "due_precision") if n in known}
                was, now = (_due({**exactly, **side}) for side in (before, after))
                if was != now:
                    found.append(ChangedField("due", was, now))
                continue
            old, new = (self._shown(column, side.get(column.name)) for side in (before, after))
            if old != new:
                found.append(ChangedField(_word(column.name), old, new))
        return tuple(found)

    def _short(self, column: Column[Any], value: Any) -> str:
        """Say a value as a person reads it; a record by its code alone, where it has one."""
        target = _target(column)
        one = self.known.get((target, value), {}) if target and isinstance(value, int) else {}
        short = one.get("code") or one.get("acronym")
        return str(short) if short else self._shown(column, value)

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
        if column.name.endswith("precision"):
            return _EXACTLY.get(value, str(value))
        if isinstance(kind, Code) and kind.kind is not None:
            # a code of an earlier version may no longer be one of its kind
            member = next((one for one in kind.kind if one.value == value), value)
            return member.word if isinstance(member, Kind) else str(member)
        if column.name in {"sort", "template"}:
            return _titles(column.table.name).get(value, str(value).replace("_", " "))
        return _said(column.name, value)


@lru_cache
def _titles(table: str) -> Mapping[str, str]:
    """Give what the sorts of a table are called; one's own, in an own file, say themselves."""
    if table in {"partner", "candidate"}:
        return {name: sort.title for name, sort in organisation_sorts.load().items()}
    lists: dict[str, Iterable[Titled]] = {
        "proof": proof_sorts.load().sorts,
        "proof_waiver": proof_sorts.load().sorts,
        "dissemination": dissemination.load().sorts,
    }
    return {sort.id: sort.title for sort in lists.get(table, ())}


def _due(image: Mapping[str, Any]) -> str:
    """Say when something is due, as it was planned: to the day, the month or the project month."""
    if not image.get("due"):
        return ""
    day = date.fromisoformat(image["due"])
    if isinstance(image.get("due_month"), int):
        return f"{say_month(image['due_month'])} ({say_brief(day)})"
    return say_calendar_month(day) if image.get("due_precision") == "month" else say_brief(day)


def _said(name: str, value: Any) -> str:
    """Say a plain value by what its column is for."""
    if name == "working_days":
        return ", ".join(DAY_NAMES[int(day) - 1] for day in str(value).split(",") if day)
    if name == "resubmits":
        return "an earlier application"
    if name.endswith("_cents"):
        # the currency is the project's, which may have been another one then
        return say_amount(value, "EUR").removeprefix("€ ")
    if name.endswith("_hundredths"):
        return say_days(value)
    if name == "about":
        return _KINDS.get(value, str(value).replace("_", " "))
    if name in {"field", "key", "judged"}:
        return _word(value)
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
