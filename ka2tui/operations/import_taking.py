"""An import on its way: the records it knows, and what it has found."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ka2tui.domain.intake import Finding, Intake, Item, Taken
from ka2tui.operations.import_names import compared, forms, key_of, names_of, say_value
from ka2tui.operations.import_tables import KEYS, TABLES, WITH_GAPS, word_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from ka2tui.store.records import Project


class Taking:
    """One import on its way: what is known, what was made, and what was found."""

    def __init__(
        self, session: Session, intake: Intake, *, update: bool, today: date, copied: bool = False
    ) -> None:
        self.session = session
        self.intake = intake
        self.update = update
        self.today = today
        self.copied = copied
        """Whether these are rows of a list, which can say of a time no more than its day."""
        self.result = Taken(
            doubtful=list(intake.doubtful),
            dropped=list(intake.dropped),
            errors=list(intake.errors),
        )
        self.items: dict[str, list[Item]] = defaultdict(list)
        for item in intake.items:
            self.items[item.kind].append(item)
        self.known: dict[str, list[Any]] = {}
        self.names: dict[str, dict[str, Any]] = {}
        self.uids: dict[str, dict[str, Any]] = {}
        self.refused: dict[str, set[str]] = defaultdict(set)
        """By table the codes of rows that an error stopped."""
        self.made: dict[int, Any] = {}
        """By the identity of an item the record it became."""
        self.project: Project | None = None
        self.home: Project
        """The project once it is known; from then on the same."""
        self.new_project = False
        self.fresh: set[int] = set()
        """By the identity of a record, those added here; `known` keeps them alive."""
        self.own: set[str] = set()
        """The kinds whose rows have the ids of this project."""
        self.claims: dict[int, Any] = {}
        """By the identity of an item the stored record that it surely means."""
        self._used: set[int] = set()
        self._others: dict[str, bool] = {}

    def flush(self) -> None:
        """Give the new records their ids; with an error nothing is written, only looked on."""
        if not self.result.errors:
            self.session.flush()

    def load(self, kind: str) -> None:
        """Read the stored records of a kind, once."""
        if kind in self.known:
            return
        table = TABLES[kind]
        self.known[kind], self.names[kind], self.uids[kind] = [], {}, {}
        if not self.new_project or kind in {"phase", "phase_step", "priority"}:
            mine = select(table).where(table.project_id == self.home.id).order_by(table.id)
            self.known[kind] = list(self.session.scalars(mine))
            if kind == "task":
                # of several with the same title the one that is still to be done is meant
                self.known[kind].sort(key=lambda task: task.state.closed)
        for record in self.known[kind]:
            self.uids[kind][record.uid] = record
            self.learn(kind, record)

    def learn(self, kind: str, record: Any) -> None:
        """Remember what a record is called."""
        names = self.names[kind]
        for name in names_of(kind, record):
            names.setdefault(name, record)

    def named(self, kind: str, said: str) -> Any:
        """Find what words name: a code, an acronym, a name, with or without more behind it."""
        self.load(kind)
        names = self.names[kind]
        for form in forms(kind, said):
            if form in names:
                return names[form]
        return None

    def keys(self, kind: str, get: Callable[[str], Any]) -> Iterator[tuple[Any, ...]]:
        """Give the natural keys of a row, the strongest first."""
        for fields in KEYS[kind]:
            values = tuple(compared(get(name)) for name in fields)
            gaps = kind in WITH_GAPS and (len(fields) > 1 and any(v is not None for v in values))
            if gaps or None not in values:
                yield (fields, *values)

    def index(self, kind: str) -> dict[tuple[Any, ...], list[Any]]:
        """Find the stored records of a kind by their keys."""
        found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for record in self.known[kind]:
            for key in self.keys(kind, lambda name, of=record: getattr(of, name)):  # type: ignore[misc]
                found[key].append(record)
        return found

    def match(
        self, item: Item, values: dict[str, Any], unused: dict[tuple[Any, ...], list[Any]]
    ) -> Any:
        """Find the stored record an item means: by uid, else by its natural key; each once."""
        if item.uid is not None and item.uid in self.uids[item.kind]:
            found = self.uids[item.kind][item.uid]
            if id(found) in self._used:
                self.error(item, "uid", "this uid stands there twice")
            self._used.add(id(found))
            return found
        if id(item) in self.claims:
            return self.claims[id(item)]
        if not unused:
            return None
        whole = {**item.defaults, **values}
        for key in self.keys(item.kind, whole.get):
            for record in unused.get(key, ()):
                if id(record) not in self._used and not self._means_other(item, record, key):
                    self._used.add(id(record))
                    return record
        return None

    def claim(self, item: Item, record: Any) -> None:
        """Keep a stored record for the row that surely means it."""
        self.claims[id(item)] = record
        self._used.add(id(record))

    def is_used(self, record: Any) -> bool:
        """Tell whether a row has been found to mean a stored record."""
        return id(record) in self._used

    @staticmethod
    def _means_other(item: Item, record: Any, key: tuple[Any, ...]) -> bool:
        """Tell whether a weaker key fits although a stronger one says otherwise."""
        if item.kind == "partner" and key[0] == ("name",):
            both = item.values.get("acronym"), record.acronym
            return None not in both and key_of(str(both[0])) != key_of(str(both[1]))
        if item.kind == "meeting" and key[0] == ("title",):
            # by its title alone only where neither says when
            said = [item.values.get("day"), item.values.get("month"), record.day, record.month]
            if any(when is not None for when in said):
                return True
        if key[0] != ("code",) and ("code",) in KEYS[item.kind]:
            both = item.values.get("code"), record.code
            return None not in both and key_of(str(both[0])) != key_of(str(both[1]))
        if item.kind == "contact" and key[0] == ("name",):
            return "partner_id" in item.links and record.partner_id is not None
        return False

    def uid_taken(self, kind: str, uid: str) -> bool:
        """Tell whether a uid belongs to a record already."""
        table = TABLES[kind]
        if kind != "project" and self.new_project and not self._uids_elsewhere(kind):
            return False
        return self.session.scalar(select(table.id).where(table.uid == uid)) is not None

    def _uids_elsewhere(self, kind: str) -> bool:
        if kind not in self._others:
            table = TABLES[kind]
            other = select(table.id).where(table.project_id != self.home.id).limit(1)
            self._others[kind] = self.session.scalar(other) is not None
        return self._others[kind]

    def error(self, item: Item, name: str | None, reason: str) -> None:
        """Keep an error, each once."""
        finding = (
            item.at(name, reason) if name else Finding(item.file, item.row, None, None, reason)
        )
        if finding not in self.result.errors:
            self.result.errors.append(finding)

    def tell(self, where: list[Finding], item: Item, kind: str) -> None:
        """Keep what happened to a row."""
        where.append(Finding(item.file, item.row, None, item.name, word_for(kind)))

    def words(self, record: Any, name: str) -> str:
        """Write a stored value as people know it: a reference by its code or name."""
        value = getattr(record, name)
        if name.endswith("_id") and value is not None:
            for column in record.__table__.c[name].foreign_keys:
                table = TABLES[column.column.table.name]
                other = self.session.get(table, value)
                for field in ("code", "acronym", "name", "title"):
                    if other is not None and getattr(other, field, None):
                        return f"“{getattr(other, field)}”"
        return say_value(value, name)

    def use(self, project: Project) -> None:
        """Settle which project everything goes to."""
        self.project = project
        self.result.project, self.result.acronym = project.id, project.acronym
